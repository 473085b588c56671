import type { DeliveryResult } from '../types.js';
import type { SmtpSettings } from './smtp-settings.js';

/** Wrong credentials or certificates wait for a person: often asking again would only get the account locked. */
const OPERATOR_RETRY_MS = 15 * 60_000;
const MAX_DETAIL_LENGTH = 300;
/** Replies that are about who we are, not about the message: RFC 4954. */
const LOGIN_REPLIES = [530, 534, 535, 538];

interface SmtpFailure {
  readonly code: string;
  readonly reply: number | undefined;
  readonly words: string;
}

function smtpFailure(error: unknown): SmtpFailure {
  if (!(error instanceof Error)) return { code: '', reply: undefined, words: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reply = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  return { code, reply, words: error.message };
}

/** Without credentials in any form they travel in, on one line, and not longer than a person reads. */
function safe(words: string, { credentials }: SmtpSettings): string {
  const secrets = credentials ? [credentials.password, credentials.user] : [];
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]);
  const hidden = forms.reduce((text, form) => text.replaceAll(form, '***'), words);
  const line = hidden.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > MAX_DETAIL_LENGTH ? `${line.slice(0, MAX_DETAIL_LENGTH)}…` : line;
}

/**
 * What became of a mail that could not be handed over.
 *
 * Only a lasting refusal of this very message (5xx to sender, recipient or content) ends it. What is wrong with the
 * connection, the login or the certificate is not the message's fault: it waits.
 */
export function deliveryFailure(error: unknown, settings: SmtpSettings): DeliveryResult {
  const { code, reply, words } = smtpFailure(error);
  const server = `${settings.host}:${settings.port}`;
  const said = safe(words, settings);
  if (code === 'EAUTH' || (reply !== undefined && LOGIN_REPLIES.includes(reply))) {
    return { outcome: 'retry', retryAfterMs: OPERATOR_RETRY_MS, detail: `${server} refused the login: ${said}` };
  }
  // A certificate that is not trusted comes as a mere socket error, known by its words only.
  if (code === 'ETLS' || (code === 'ESOCKET' && /certificate|\bTLS\b|\bSSL\b/i.test(words))) {
    return {
      outcome: 'retry',
      retryAfterMs: OPERATOR_RETRY_MS,
      detail: `No encrypted connection to ${server}: ${said}`,
    };
  }
  const aboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (aboutMessage && (reply === undefined || reply >= 500)) {
    return { outcome: 'reject', detail: `${server} refused the message: ${said}` };
  }
  if (reply !== undefined) return { outcome: 'retry', detail: `${server} asked to try later: ${said}` };
  return { outcome: 'retry', detail: `${server} could not be reached: ${said}` };
}
