import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { EmailOptions } from './definition.js';
import { type Mailbox, parseMailbox } from './mailbox.js';

/**
 * How the connection is protected.
 *
 * - `implicit`: TLS from the first byte (smtps)
 * - `required`: STARTTLS, or nothing is sent
 * - `offered`: STARTTLS when the server has it, whoever the server is: asked for by `require_tls: false`
 * - `none`: this machine only
 */
export type Protection = 'implicit' | 'required' | 'offered' | 'none';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly protection: Protection;
  readonly credentials?: { readonly user: string; readonly password: string };
  readonly from: Mailbox;
}

const PORTS = { 'smtp:': 587, 'smtps:': 465 } as const;

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

// The URL holds the password: no message quotes it.
function invalidUrl(what: string): PlumblineError {
  return new PlumblineError('config', 'CHANNEL_URL_INVALID', `Cannot open the mail channel: its url ${what}.`, {
    remedy:
      'Write smtp://user:password@host:587 or smtps://user:password@host:465, with special characters in user and password percent-encoded (@ is %40).',
  });
}

function parseUrl(text: string): { url: URL; scheme: keyof typeof PORTS } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw invalidUrl('is not a URL');
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw invalidUrl('does not begin with smtp:// or smtps://');
  if (!url.hostname) throw invalidUrl('names no host');
  if ((url.pathname !== '' && url.pathname !== '/') || url.search || url.hash) {
    throw invalidUrl('has something after the port, which would be ignored');
  }
  return { url, scheme: url.protocol };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidUrl('has a % in user or password that is not followed by two hexadecimal digits');
  }
}

function protectionOf(scheme: keyof typeof PORTS, host: string, requireTls: boolean | undefined): Protection {
  if (scheme === 'smtps:') return 'implicit';
  if (requireTls ?? !isLoopback(host)) return 'required';
  return isLoopback(host) ? 'none' : 'offered';
}

/**
 * What is needed to speak to the mail server.
 *
 * @throws PlumblineError `CHANNEL_URL_INVALID`, `CHANNEL_SENDER_INVALID`
 */
export function smtpSettings({ url: urlText, from: fromText, require_tls }: EmailOptions): SmtpSettings {
  const { url, scheme } = parseUrl(urlText);
  const from = parseMailbox(fromText);
  if (!from) {
    throw new PlumblineError(
      'config',
      'CHANNEL_SENDER_INVALID',
      `Cannot open the mail channel: from is "${fromText}", which is no mail address.`,
      {
        remedy: "Write 'Name <address@example.com>' or an address alone.",
      },
    );
  }
  // Node keeps the brackets of [::1]; sockets want the address without.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const [user, password] = [decoded(url.username), decoded(url.password)];
  return {
    host,
    port: url.port === '' ? PORTS[scheme] : Number(url.port),
    protection: protectionOf(scheme, host, require_tls),
    from,
    ...(user === '' ? {} : { credentials: { user, password } }),
  };
}
