import type { ResolvedConfig } from '#src/config/types.js';
import { type MeasuresAround, rowsUntil } from '#src/domain/derivation/rows-until.js';
import { familyKey } from '#src/domain/measure/family.js';
import { type CollectedMeasure, isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import { compareInstants, startInstant } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { derivedGraph } from '../../derive/derived-graph.js';
import { measuresAround } from '../../derive/measures-around.js';
import type { LatestPull } from './latest-pull.js';

/** The newest good read of each extract, by its id; absent where there never was one. */
export type SourceReads = ReadonlyMap<string, LatestPull>;

/** Whether a value of a period of a measure can be final, by what was read of its sources. */
export type IsReadToTheEnd = (period: Period, measure: Measure) => boolean;

/** The newest read of each extract; one that failed has found nothing. */
export async function lastReads(reader: StoreReader, pulls: readonly LatestPull[]): Promise<SourceReads> {
  const reads = new Map<string, LatestPull>();
  for (const pull of pulls) {
    const read = pull.outcome === 'ok' ? pull : await reader.lastRead(pull.extract);
    if (read !== undefined) reads.set(pull.extract, read);
  }
  return reads;
}

/** Reads with those of other extracts beside them. */
export async function completedReads(
  reader: StoreReader,
  reads: SourceReads,
  extracts: readonly string[],
): Promise<SourceReads> {
  const unknown = new Set(extracts.filter((extract) => !reads.has(extract)));
  if (unknown.size === 0) return reads;
  return new Map([...reads, ...(await lastReads(reader, await reader.latestPulls([...unknown])))]);
}

/**
 * Whether values of these measures can be final: all sources whose rows they are made of, at any depth, were read for a time after
 * those rows. What the run of the morning before found says nothing yet of the last day, though midnight has passed.
 *
 * Of a source that was not read since its definition changed nothing is waited for, since what stands was read before; of one that
 * was never looked at it is, by what is made of it.
 *
 * @param reads of the sources looked at; of others they are asked for here
 */
export async function readsToTheEnd(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  reads: SourceReads,
): Promise<IsReadToTheEnd> {
  const around = measuresAround(config);
  const collected = collectedBelow(config, measures, around);
  const all = await completedReads(
    reader,
    reads,
    collected.map(({ extract }) => extract),
  );
  const unread = collected.filter(({ extract }) => !all.has(extract));
  const progress = unread.length === 0 ? [] : await reader.progress([...new Set(unread.map(familyKey))]);
  const looked = new Set(progress.map(({ measure }) => measure));
  const isReadUntil = remembered((extract, end, timeZone) => {
    const read = all.get(extract);
    return read === undefined ? undefined : compareInstants(startInstant(end, timeZone), read.logicalTime) <= 0;
  });
  return (period, measure) =>
    [...rowsUntil(measure, period, around)].every(
      ([each, end]) =>
        isReadUntil(each.extract, end, each.timeZone) ?? (each === measure || looked.has(familyKey(each))),
    );
}

type ReadUntil = (extract: string, end: CalendarDate, timeZone: string) => boolean | undefined;

/** Measures by the thousand share extracts, days and zones. */
function remembered(isReadUntil: ReadUntil): ReadUntil {
  const known = new Map<string, boolean | undefined>();
  return (extract, end, timeZone) => {
    const key = `${extract} ${end} ${timeZone}`;
    if (!known.has(key)) known.set(key, isReadUntil(extract, end, timeZone));
    return known.get(key);
  };
}

/** The measures whose rows these are made of, at any depth, themselves among them. */
function collectedBelow(
  config: ResolvedConfig,
  measures: readonly Measure[],
  { measureOf }: MeasuresAround,
): readonly CollectedMeasure[] {
  const { inputsOf } = derivedGraph(config);
  const below = new Set<Measure>();
  const visit = (measure: Measure): void => {
    if (below.has(measure)) return;
    below.add(measure);
    if (!isDerived(measure)) return;
    for (const address of inputsOf(measure)) {
      const input = measureOf(address);
      if (input !== undefined) visit(input);
    }
  };
  for (const measure of measures) visit(measure);
  return [...below].filter(isCollected);
}
