import type { Extract } from '#src/config/types.js';
import { isPeriodClosed } from '#src/domain/period/period.js';
import type { Instant } from '#src/domain/period/types.js';
import type { BlankPeriod, RowEvidence, StoreReader } from '#src/store/types.js';
import type { FoldResult } from './fold/extract-fold.js';

/** Blank periods kept of one pull: of a source of thousands of units, enough for the newest period. */
const MOST_BLANK = 5_000;

/** What the rows of a pull show, without what its own time of reading does. */
export function rowEvidence(extract: Extract, { values, newestDay }: FoldResult, now: Instant): RowEvidence {
  const days = [newestDay, ...values.map(({ aggregate }) => aggregate.newest)].filter((day) => day !== undefined);
  const newest = days.reduce<string | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  const blank = values
    .filter(({ aggregate }) => aggregate.reason === 'all_blank')
    .filter(({ measure, period }) => isPeriodClosed(period, now, measure.timeZone))
    .toSorted((a, b) => (a.period.start < b.period.start ? 1 : -1))
    .slice(0, MOST_BLANK)
    .map(({ measure, period }) => ({ measure: measure.address, period: period.id }));
  return {
    ...(newest === undefined || extract.snapshot !== undefined ? {} : { newestDay: newest }),
    ...(blank.length === 0 ? {} : { blankPeriods: blank }),
  };
}

/** The same of a pull that was given the changes alone: what it was not given again stands as it was. */
export async function continuedEvidence(
  reader: StoreReader,
  extract: Extract,
  result: FoldResult,
  now: Instant,
): Promise<RowEvidence> {
  const found = rowEvidence(extract, result, now);
  const before = await reader.latestRowEvidence(extract.id, now);
  const read = new Set(result.values.map(({ measure, period }) => `${measure.address} ${period.id}`));
  const kept = (before.blankPeriods ?? []).filter((each: BlankPeriod) => !read.has(`${each.measure} ${each.period}`));
  const blankPeriods = [...(found.blankPeriods ?? []), ...kept].slice(0, MOST_BLANK);
  const newestDay = [found.newestDay, before.newestDay]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
  return {
    ...(newestDay === undefined ? {} : { newestDay }),
    ...(blankPeriods.length === 0 ? {} : { blankPeriods }),
  };
}
