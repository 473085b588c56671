import { addMilliseconds, millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { OutboxRecord } from '#src/store/types.js';

const FIRST_DELAY_MS = 60_000;
const LONGEST_DELAY_MS = 3_600_000;
/** A message that could not be delivered in two days is given up: by then its alert speaks of the past. */
const GIVEN_UP_AFTER_MS = 48 * 3_600_000;

/**
 * When a message is tried again: a minute, doubling to an hour, or what the other side asked for. `undefined` gives it up.
 *
 * None is given up for its age alone: also so many attempts were made as take a quarter of that time. A deliverer that was
 * down counts for nothing.
 */
export function nextAttemptAt(
  message: Pick<OutboxRecord, 'createdAt' | 'attempts'>,
  now: Instant,
  retryAfterMs: number | undefined,
  giveUpMs: number = GIVEN_UP_AFTER_MS,
): Instant | undefined {
  const old = millisecondsBetween(message.createdAt, now) > giveUpMs;
  if (old && message.attempts >= attemptsWithin(giveUpMs / 4)) return undefined;
  return addMilliseconds(now, Math.max(delayAfter(message.attempts), retryAfterMs ?? 0));
}

function delayAfter(attempts: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts, 10), LONGEST_DELAY_MS);
}

/** How many attempts fail in this time, where each takes none. */
function attemptsWithin(milliseconds: number): number {
  let attempts = 0;
  for (let passed = delayAfter(0); passed <= milliseconds; passed += delayAfter(attempts)) attempts += 1;
  return attempts;
}
