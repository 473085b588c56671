import { Agent } from 'node:http';
import type { auth as googleAuth } from '@googleapis/sheets';
import { assertReachedHost } from '#connectors/sdk/http/allowed-hosts.js';
import type { OpenContext } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { SheetsConnection } from '../options.js';
import { serviceAccountKey } from './credentials.js';

const READ_SHEETS = 'https://www.googleapis.com/auth/spreadsheets.readonly';
const READ_DRIVE_METADATA = 'https://www.googleapis.com/auth/drive.metadata.readonly';
/** The only hosts that a signed assertion, a refresh token or an access token is ever sent to. */
const TOKEN_HOST = 'oauth2.googleapis.com';
const DRIVE_HOST = 'www.googleapis.com';
const GOOGLE_HOSTS = new Set(['sheets.googleapis.com', DRIVE_HOST, TOKEN_HOST]);

type GoogleAuth = typeof googleAuth;
/** A client of any of the three ways in. */
export type AuthClient = InstanceType<GoogleAuth['JWT']> | InstanceType<GoogleAuth['OAuth2']>;

/** The account a connection reads as. */
export interface Account {
  readonly client: AuthClient;
  /** As people know it: a service account's address. */
  readonly name: string;
  /** The address that spreadsheets are to be shared with, where there is one. */
  readonly email: string | undefined;
  /** Aborts what is in flight to the token endpoint; set by whoever asks for a token. */
  tokenSignal: AbortSignal | undefined;
  /** A text without any secret this account has: what Google says is passed on only through this. */
  withoutSecrets(text: string): string;
  close(): void;
}

/** What all clients have in common. */
interface ClientOptions {
  readonly transporterOptions: { readonly retry: false; readonly redirect: 'error'; readonly agent?: Agent };
  readonly useAuthRequestParameters: false;
}

/** @throws PlumblineError `config` SOURCE_CREDENTIALS_UNREADABLE */
export async function openAccount(options: SheetsConnection, context: OpenContext): Promise<Account> {
  const endpoint = options.endpoint === undefined ? undefined : new URL(options.endpoint);
  for (const host of endpoint === undefined ? hostsOf(options) : [endpoint.hostname]) {
    assertReachedHost(host, context, 'Opening Google Sheets: it');
  }
  const key = await serviceAccountKey(options, context);
  const { auth } = await import('@googleapis/sheets');
  const scopes = options.drive_modified_time ? [READ_SHEETS, READ_DRIVE_METADATA] : [READ_SHEETS];
  // A proxy of the environment must not get what is meant for this machine.
  const agent = endpoint === undefined ? undefined : new Agent({ keepAlive: false });
  const clientOptions: ClientOptions = {
    transporterOptions: { retry: false, redirect: 'error', ...(agent === undefined ? {} : { agent }) },
    // Else the client prints headers, tokens included, when an environment variable asks for it.
    useAuthRequestParameters: false,
  };

  let client: AuthClient;
  let email: string | undefined;
  let name: string;
  const secrets: string[] = [];
  if (key !== undefined) {
    client = new auth.JWT({
      ...clientOptions,
      email: key.email,
      key: key.privateKey,
      ...(key.keyId === undefined ? {} : { keyId: key.keyId }),
      scopes,
    });
    email = key.email;
    name = `service account ${key.email}`;
    secrets.push(key.privateKey, ...key.privateKey.split('\n').filter((line) => line.length >= 20));
  } else if (options.oauth !== undefined) {
    const { client_id: clientId, client_secret: clientSecret, refresh_token } = options.oauth;
    client = new auth.OAuth2({ ...clientOptions, clientId, clientSecret });
    client.setCredentials({ refresh_token });
    name = `OAuth client ${clientId}`;
    secrets.push(clientSecret, refresh_token);
  } else {
    const found = await applicationDefault(auth, scopes, clientOptions);
    client = found;
    email = 'email' in found && typeof found.email === 'string' ? found.email : undefined;
    name = email === undefined ? 'application default credentials' : `service account ${email}`;
  }

  const account: Account = {
    client,
    name,
    email,
    tokenSignal: undefined,
    withoutSecrets(text) {
      const token = client.credentials.access_token;
      const known = typeof token === 'string' ? [...secrets, token] : secrets;
      const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
      return hidden.replace(/ya29\.[\w-]+|eyJ[\w-]+\.[\w-]+\.[\w-]+|1\/\/[\w-]{20,}/g, '[secret]');
    },
    close: () => agent?.destroy(),
  };
  const isFixedWay = options.auth === undefined;
  client.transporter.interceptors.request.add({
    resolved: async (config) => {
      if (endpoint !== undefined) config.url = new URL(config.url.pathname + config.url.search, endpoint);
      else if (isFixedWay && !(config.url.protocol === 'https:' && GOOGLE_HOSTS.has(config.url.hostname)))
        throw foreignHost(config.url.hostname);
      assertReachedHost(config.url.hostname, context, 'Asking for Google Sheets');
      // The client's token requests ask for retries of their own; they ignore Retry-After and multiply with the runner's.
      config.retry = false;
      config.retryConfig = { retry: 0, noResponseRetries: 0 };
      // Nothing stays open between reads.
      config.headers.set('connection', 'close');
      if (config.signal === undefined && account.tokenSignal !== undefined) config.signal = account.tokenSignal;
      return config;
    },
  });
  return account;
}

/** Those that are asked in any case; how application default credentials get their token is known only when they do. */
function hostsOf({ auth, drive_modified_time: asksDrive }: SheetsConnection): readonly string[] {
  return ['sheets.googleapis.com', ...(auth === undefined ? [TOKEN_HOST] : []), ...(asksDrive ? [DRIVE_HOST] : [])];
}

async function applicationDefault(
  auth: GoogleAuth,
  scopes: string[],
  clientOptions: ClientOptions,
): Promise<AuthClient> {
  try {
    const client = await new auth.GoogleAuth({
      scopes,
      clientOptions,
    }).getClient();
    if (client instanceof auth.OAuth2) return client;
  } catch (error) {
    throw noDefault(error instanceof Error ? error.message.split('\n', 1)[0] : undefined);
  }
  throw noDefault('they are of a kind this connector does not read with');
}

function noDefault(problem = 'there are none'): PlumblineError {
  return new PlumblineError(
    'config',
    'SOURCE_CREDENTIALS_UNREADABLE',
    `Looking for application default credentials: ${problem}`,
    {
      remedy:
        'Run `gcloud auth application-default login`, set GOOGLE_APPLICATION_CREDENTIALS, or give the key of a service account as "credentials_file:".',
    },
  );
}

function foreignHost(host: string): PlumblineError {
  return new PlumblineError(
    'config',
    'SOURCE_CREDENTIALS_UNREADABLE',
    `The credentials lead to "${host}", which is no host of Google's`,
    {
      remedy: 'Give a key that was made in Google Cloud and not changed since.',
    },
  );
}
