import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** Whether a secret that claims to be base64 is. */
export function isSecret(secret: string): boolean {
  return !secret.startsWith(PREFIX) || /^[A-Za-z0-9+/]+={0,2}$/.test(secret.slice(PREFIX.length));
}

/** The key that a secret stands for: the bytes behind `whsec_`, or those of any other text. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);
}

/**
 * Headers by which a receiver knows that a body is ours, whole, and new.
 *
 * Signed are id, time and body; the time is that of the attempt, so that an old request cannot be played again.
 *
 * @param secrets each gives a signature: a receiver needs but one of them
 * @param seconds since 1970
 * @see Standard Webhooks, https://github.com/standard-webhooks/standard-webhooks: spec/standard-webhooks.md
 */
export function signatureHeaders(
  secrets: readonly string[],
  { id, seconds, body }: { readonly id: string; readonly seconds: number; readonly body: string },
): Readonly<Record<string, string>> {
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') };
}
