import { silentMs } from '#src/activities/watch/watch-pipeline.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { lengthInWords } from '#src/domain/watch/silence.js';
import type { StoreReader } from '#src/store/types.js';
import { localTime } from '../render/time-words.js';
import type { Finding } from './finding.js';

const PARTS = ['sweep', 'deliver'] as const;

/** Whether sweep and delivery have ended in the time they should. */
export async function pipelineHealth(
  read: StoreReader,
  { site }: ResolvedConfig,
  now: Instant,
): Promise<readonly Finding[]> {
  const progress = await read.pipelineProgress();
  return PARTS.map((part) => {
    const finding = { area: 'pipeline', subject: part } as const;
    const seenAt = progress.find((each) => each.part === part)?.seenAt;
    const remedy = 'See what is said of Temporal, workers and schedules; without Temporal, of "plumbline run --once".';
    if (seenAt === undefined) return { ...finding, health: 'warn', says: 'It has never been there.', remedy };
    const when = localTime(seenAt, site.timeZone);
    if (millisecondsBetween(seenAt, now) <= silentMs(site)) {
      return { ...finding, health: 'ok', says: `It was there ${when} or later.` };
    }
    const ago = lengthInWords({ from: seenAt, to: now });
    return { ...finding, health: 'fail', says: `It was there ${when} for the last time, ${ago} ago.`, remedy };
  });
}
