import type { Extract } from '#src/config/types.js';
import type { StoreReader } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
import { contentDigest } from '../content-digest.js';
import type { PlannedExtractMeasure } from './plan-extract.js';

/** Digest of what all measures of an extract make of its rows: one that comes, goes or changes makes another. */
export function definitionOf({ measures }: Pick<RunContext, 'measures'>, extract: Extract): string {
  const ofExtract = measures.filter((measure) => measure.extract === extract.id);
  return contentDigest(Object.fromEntries(ofExtract.map(({ address, valueDigest }) => [address, valueDigest])));
}

/**
 * The watermark from which a source may leave unchanged rows out; `undefined` where all rows are needed: nothing was
 * collected yet, a definition has changed, or the history has become longer.
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
  const watermark = await store.latestWatermark(extract.id, run.logicalTime);
  return watermark?.definition === definitionOf({ measures }, extract) ? watermark.value : undefined;
}
