import { createPublicKey, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const TOKEN_ENDPOINT = 'https://oauth2.googleapis.com/token';
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SHEETS = 'https://www.googleapis.com/auth/spreadsheets.readonly';
const LONGEST_ASSERTION_SECONDS = 3600;

const ClaimsSchema = z.object({
  iss: z.string(),
  scope: z.string(),
  aud: z.literal(TOKEN_ENDPOINT),
  iat: z.number(),
  exp: z.number(),
});

/** The accounts a stand-in knows: one service account with a throw-away key, one person who granted a refresh token. */
export interface Accounts {
  readonly email: string;
  /** What Google offers for download as the key of a service account. */
  readonly keyFile: string;
  readonly oauth: { readonly client_id: string; readonly client_secret: string; readonly refresh_token: string };
  /** Answers the body of a token request: status and JSON. */
  exchange(body: URLSearchParams): { readonly status: number; readonly body: string };
  /** Scopes of the token in an `authorization` header; `undefined` where it is none of ours. */
  scopesOf(authorization: string | undefined): readonly string[] | undefined;
  /** Makes every token worthless. */
  forgetTokens(): void;
  readonly issuedTokens: readonly string[];
}

export function createAccounts(): Accounts {
  const email = 'plumbline-reader@local-stand-in.iam.gserviceaccount.com';
  const privateKey = throwAwayKey();
  const publicKey = createPublicKey(privateKey);
  const oauth = {
    client_id: 'local-stand-in.apps.googleusercontent.com',
    client_secret: `secret-${randomBytes(12).toString('hex')}`,
    refresh_token: `1//${randomBytes(24).toString('hex')}`,
  };
  const tokens = new Map<string, readonly string[]>();
  const issuedTokens: string[] = [];

  const granted = (scopes: readonly string[]) => {
    const token = `ya29.${randomBytes(24).toString('hex')}`;
    tokens.set(token, scopes);
    issuedTokens.push(token);
    const body = { access_token: token, expires_in: 3599, token_type: 'Bearer' };
    return { status: 200, body: JSON.stringify(body) };
  };
  const denied = (error: string, description: string) => ({
    status: error === 'invalid_client' ? 401 : 400,
    body: JSON.stringify({ error, error_description: description }),
  });

  return {
    email,
    oauth,
    issuedTokens,
    keyFile: JSON.stringify(
      {
        type: 'service_account',
        project_id: 'local-stand-in',
        private_key_id: randomBytes(20).toString('hex'),
        private_key: privateKey,
        client_email: email,
        client_id: '100000000000000000000',
        token_uri: TOKEN_ENDPOINT,
        universe_domain: 'googleapis.com',
      },
      null,
      2,
    ),
    exchange(body) {
      if (body.get('grant_type') === 'refresh_token') {
        if (body.get('client_id') !== oauth.client_id || body.get('client_secret') !== oauth.client_secret) {
          return denied('invalid_client', 'The OAuth client was not found.');
        }
        if (body.get('refresh_token') !== oauth.refresh_token) {
          return denied('invalid_grant', 'Token has been expired or revoked.');
        }
        return granted([SHEETS]);
      }
      if (body.get('grant_type') !== JWT_GRANT) return denied('unsupported_grant_type', 'Invalid grant_type');
      const [header = '', payload = '', signature = ''] = (body.get('assertion') ?? '').split('.');
      const claims = ClaimsSchema.safeParse(fromBase64Json(payload));
      const signed = createVerify('RSA-SHA256').update(`${header}.${payload}`);
      if (!claims.success) return denied('invalid_grant', 'Invalid JWT: a claim is missing or wrong.');
      if (claims.data.iss !== email) return denied('invalid_grant', 'Invalid grant: account not found');
      if (!signed.verify(publicKey, signature, 'base64url')) return denied('invalid_grant', 'Invalid JWT Signature.');
      const now = Date.now() / 1000;
      const { iat, exp, scope } = claims.data;
      if (exp < now || exp - iat > LONGEST_ASSERTION_SECONDS) {
        return denied('invalid_grant', 'Invalid JWT: Token must be a short-lived token.');
      }
      return granted(scope.split(' '));
    },
    scopesOf: (authorization) => tokens.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? ''),
    forgetTokens: () => tokens.clear(),
  };
}

let key: string | undefined;

/** One for each process: making it takes a while, and no real account ever has it. */
function throwAwayKey(): string {
  key ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
  return key;
}

function fromBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    // No JSON: no claims, which the schema then says.
    return undefined;
  }
}
