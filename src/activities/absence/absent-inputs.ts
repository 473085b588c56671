import type { ResolvedConfig } from '#src/config/types.js';
import type { AbsentInput } from '#src/domain/freshness/absence.js';
import { type DerivedMeasure, isDerived, type Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import type { ScoreRecord, StoreReader } from '#src/store/types.js';
import { derivedGraph } from '../derive/derived-graph.js';
import { scorecardTree } from '../score/scorecard-tree.js';
import { scoresByNode } from '../score/stored-series.js';

/** The states in which an input has no value that may still come, in the order in which inputs are named. */
const ABSENT = ['missing', 'late', 'not_due'] as const;

/**
 * What computed measures wait for, by their addresses: the measures of rows below them, however far, that have no value in the
 * period, or in a part of it. Those that are longest overdue come first; one that was never judged was never read.
 */
export async function absentInputs(
  reader: StoreReader,
  config: ResolvedConfig,
  overdue: readonly { readonly measure: Measure; readonly period: Period }[],
): Promise<ReadonlyMap<string, readonly AbsentInput[]>> {
  const leavesOf = leaves(config);
  const waiting = overdue.flatMap(({ measure, period }) =>
    isDerived(measure) ? [{ measure, period, below: leavesOf(measure) }] : [],
  );
  const from = waiting.flatMap(({ below, period }) => below.map(({ address }) => [address, period.start] as const));
  const scores = await scoresByNode(reader, from);
  return new Map(
    waiting.map(({ measure, period, below }) => {
      const places = below.map((input) => ({ input, place: placeOf(scores.get(input.address), period) }));
      const absent = places.filter(({ place }) => place !== undefined).sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
      return [measure.address, absent.map(({ input: { address, name, owner } }) => ({ address, name, owner }))];
    }),
  );
}

/** Place of the worst state in any of the periods that lie in part in this one; `undefined` where nothing is absent. */
function placeOf(scores: readonly ScoreRecord[] | undefined, { start, end }: Period): number | undefined {
  const inside = (scores ?? []).filter(({ period }) => period.start < end && period.end > start);
  if (inside.length === 0) return ABSENT.length;
  const states = new Set<string>(inside.map(({ status }) => status));
  const place = ABSENT.findIndex((state) => states.has(state));
  return place === -1 ? undefined : place;
}

/** The measures of rows that a computed one is made of, through all that are computed in between. */
function leaves(config: ResolvedConfig): (measure: DerivedMeasure) => readonly Measure[] {
  const { inputsOf } = derivedGraph(config);
  const { measureAt } = scorecardTree(config);
  const known = new Map<string, readonly Measure[]>();
  const leavesOf = (measure: DerivedMeasure): readonly Measure[] => {
    const found = known.get(measure.address);
    if (found !== undefined) return found;
    const below = inputsOf(measure).flatMap((address) => {
      const input = measureAt(address);
      if (input === undefined || address === measure.address) return [];
      return isDerived(input) ? leavesOf(input) : [input];
    });
    const unique = [...new Set(below)];
    known.set(measure.address, unique);
    return unique;
  };
  return leavesOf;
}
