import type { ScheduleDescription } from '@temporalio/client';
import { lengthInWords, type PartProgress } from '#src/domain/watch/silence.js';
import type { StoreReader } from '#src/store/types.js';
import type { Finding } from './finding.js';

/** How far two clocks may be apart. Signatures and due times allow for five minutes, not for more. */
const MOST_SKEW_MS = 120_000;

const REMEDY = 'Let both machines take their time from the same servers (NTP).';

/**
 * This machine's clock against the one of Temporal. That one is between the last start of a schedule that goes on each few
 * minutes and its next.
 */
export function clockFinding({ state, info }: ScheduleDescription, now: string): readonly Finding[] {
  const last = info.recentActions.at(-1)?.takenAt;
  const [next] = info.nextActionTimes;
  if (state.paused || last === undefined || next === undefined) return [];
  const here = Date.parse(now);
  if (here < last.getTime() - MOST_SKEW_MS) return [skewed('behind', 'Temporal', now, last.toISOString())];
  if (here > next.getTime() + MOST_SKEW_MS) return [skewed('ahead of', 'Temporal', next.toISOString(), now)];
  return [within('Temporal')];
}

/**
 * This machine's clock against that of the database server of the store; a file has none.
 *
 * @param clock asked before and after the server: however long its answer takes, it is of a time between the two
 */
export async function storeClock(
  reader: Pick<StoreReader, 'serverTime'>,
  clock: () => string,
): Promise<readonly Finding[]> {
  const before = clock();
  const there = await reader.serverTime();
  const after = clock();
  if (there === undefined) return [];
  if (Date.parse(after) < Date.parse(there) - MOST_SKEW_MS) return [skewed('behind', 'store', after, there)];
  if (Date.parse(before) > Date.parse(there) + MOST_SKEW_MS) return [skewed('ahead of', 'store', there, before)];
  return [within('store')];
}

/** This machine's clock against those of the workers, by what they noted. */
export function workerClock(progress: readonly PartProgress[], now: string): readonly Finding[] {
  const newest = progress.map(({ seenAt }) => seenAt).reduce((a, b) => (a > b ? a : b), '');
  if (newest === '' || Date.parse(now) >= Date.parse(newest) - MOST_SKEW_MS) return [];
  return [skewed('behind', 'workers', now, newest)];
}

function within(subject: string): Finding {
  return { area: 'clock', subject, health: 'ok', says: 'This clock is within two minutes of it.' };
}

function skewed(how: string, subject: string, from: string, to: string): Finding {
  const says = `This clock is at least ${lengthInWords({ from, to })} ${how} it.`;
  return { area: 'clock', subject, health: 'fail', says, remedy: REMEDY };
}
