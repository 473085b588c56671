import type { Extract } from '#src/config/types.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { PullWatermark, StoreReader } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
import { contentDigest } from '../content-digest.js';
import type { PlannedExtractMeasure } from './plan-extract.js';

/** Digest of what all measures of an extract make of its rows: one that comes, goes or changes makes another. */
export function definitionOf({ measures }: Pick<RunContext, 'measures'>, extract: Extract): string {
  const ofExtract = measures.filter((measure) => measure.extract === extract.id);
  return contentDigest(Object.fromEntries(ofExtract.map((measure) => [familyKey(measure), measure.valueDigest])));
}

/**
 * The watermark from which a source may leave unchanged rows out; `undefined` where all rows are needed: nothing was
 * collected yet, a definition has changed, the history has become longer, or days are wanted that the query kept back
 * from every read before.
 */
export async function sinceOf(
  store: StoreReader,
  { run, measures }: Pick<RunContext, 'run' | 'measures'>,
  extract: Extract,
  planned: readonly PlannedExtractMeasure[],
): Promise<string | undefined> {
  const continued = planned.every(
    ({ measure, before, window }) =>
      before?.valueDigest === measure.valueDigest && window.start >= before.collectedFrom,
  );
  if (!continued) return undefined;
  const further = planned.some(({ before, window }) => before === undefined || window.end > before.collectedTo);
  if (further && extract.since?.endsWithPeriod !== false) return undefined;
  const watermark = await store.latestWatermark(extract.id, run.logicalTime);
  if (watermark?.definition !== definitionOf({ measures }, extract)) return undefined;
  return watermark.nextSince === undefined ? watermark.value : (watermark.nextSince ?? undefined);
}

/**
 * Where the next read has to continue, if not at the watermark of this one: a row of a day that a measure does not want
 * yet was passed over, and will not change again before it is wanted.
 *
 * @param since what this read was given
 */
export function nextSinceOf(
  planned: readonly PlannedExtractMeasure[],
  newestDay: CalendarDate | undefined,
  since: string | undefined,
): Pick<PullWatermark, 'nextSince'> {
  const passedOver = newestDay !== undefined && planned.some(({ window }) => newestDay >= window.end);
  return passedOver ? { nextSince: since ?? null } : {};
}
