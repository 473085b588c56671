import { retryAfterMs } from '#connectors/sdk/http/retry-after.js';
import { isTlsCode } from '#connectors/sdk/http/tls-codes.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { DeliveryResult } from '../types.js';
import type { Conceal } from './conceal.js';
import type { PostAnswer } from './post.js';

/** What waits for a person: asking more often would change nothing. */
const OPERATOR_RETRY_MS = 15 * 60_000;
const MAX_EXCERPT_LENGTH = 200;

/** Statuses below 500 that are about now, not about the message (RFC 9110, RFC 8470, RFC 6585). */
const LATER = [408, 425, 429];

/** Words of the other side: without secrets and mark-up, on one line, not longer than a person reads. */
function excerpt(text: string, conceal: Conceal): string {
  const plain = conceal(text).replace(/<[^>]*>/g, ' ');
  const line = conceal(plain.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim());
  if (line === '') return '';
  return `: ${line.length > MAX_EXCERPT_LENGTH ? `${line.slice(0, MAX_EXCERPT_LENGTH)}…` : line}`;
}

/**
 * What became of a message by its answer.
 *
 * Taken is 2xx alone. A redirect is not followed: it waits for somebody who corrects the url. Any other 4xx ends the
 * message, which is told, rather than being kept for days from a webhook that was revoked.
 */
export function outcomeOfAnswer(answer: PostAnswer, host: string, conceal: Conceal, nowMs: number): DeliveryResult {
  const { status, retryAfter, text } = answer;
  if (status >= 200 && status < 300) return { outcome: 'sent', detail: `${host} took it (status ${status})` };
  const said = `(status ${status})${excerpt(text, conceal)}`;
  if (status >= 300 && status < 400) {
    const detail = `${host} redirects elsewhere, which is not followed; correct the url ${said}`;
    return { outcome: 'retry', retryAfterMs: OPERATOR_RETRY_MS, detail };
  }
  if (status >= 500 || LATER.includes(status)) {
    const wait = retryAfterMs(retryAfter, nowMs);
    const detail = `${host} asked to try later ${said}`;
    return { outcome: 'retry', detail, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  return { outcome: 'reject', detail: `${host} refused the message ${said}` };
}

/** What became of a message that got no answer. None of it is the message's fault. */
export function outcomeOfError(error: unknown, host: string, conceal: Conceal): DeliveryResult {
  if (error instanceof PlumblineError) {
    const detail = `${error.code} ${conceal(error.message)}`;
    return { outcome: 'retry', retryAfterMs: OPERATOR_RETRY_MS, detail };
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const words = excerpt(error instanceof Error ? error.message : String(error), conceal);
  if (isTlsCode(code)) {
    return { outcome: 'retry', retryAfterMs: OPERATOR_RETRY_MS, detail: `No encrypted connection to ${host}${words}` };
  }
  return { outcome: 'retry', detail: `${host} gave no whole answer${words}` };
}
