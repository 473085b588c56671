import { addMilliseconds, millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { OutboxRecord } from '#src/store/types.js';

const FIRST_DELAY_MS = 60_000;
const LONGEST_DELAY_MS = 3_600_000;
/** A message that could not be delivered in two days is given up: by then its alert speaks of the past. */
const GIVEN_UP_AFTER_MS = 48 * 3_600_000;

/** Nor is it given up before it was tried for half a day: a deliverer that was down counts for nothing. */
const LEAST_ATTEMPTS = 16;

/** When a message is tried again: a minute, doubling to an hour, or what the other side asked for. `undefined` gives it up. */
export function nextAttemptAt(
  message: Pick<OutboxRecord, 'createdAt' | 'attempts'>,
  now: Instant,
  retryAfterMs: number | undefined,
): Instant | undefined {
  const old = millisecondsBetween(message.createdAt, now) > GIVEN_UP_AFTER_MS;
  if (old && message.attempts >= LEAST_ATTEMPTS) return undefined;
  const delay = Math.min(FIRST_DELAY_MS * 2 ** Math.min(message.attempts, 10), LONGEST_DELAY_MS);
  return addMilliseconds(now, Math.max(delay, retryAfterMs ?? 0));
}
