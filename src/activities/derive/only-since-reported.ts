import type { Derived } from '#src/domain/derivation/types.js';
import type { DerivedMeasure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import type { DerivedGraph } from './derived-graph.js';

const ALWAYS = '0001-01-01';
const NEVER = '9999-12-31';

const BEFORE_ANY: Derived = {
  reason: { code: 'absent_input', message: 'nothing that it is made of had been reported' },
  partial: true,
  inputs: [],
};

/**
 * Leaves out the values of periods before the first one in which any measure was reported that one is made of: what a
 * formula puts in place of a missing input would else fill the years before. A formula of its own series alone has values
 * in all of them.
 */
export async function onlySinceReported(
  reader: StoreReader,
  measures: readonly DerivedMeasure[],
  { inputsOf }: DerivedGraph,
): Promise<(measure: DerivedMeasure, period: Period, derived: Derived) => Derived> {
  const others = (measure: DerivedMeasure): readonly string[] =>
    inputsOf(measure).filter((address) => address !== measure.address && !address.includes('#'));
  const starts = await reader.reportedFrom([...new Set(measures.flatMap(others))]);
  const first = new Map(
    measures.map((measure) => {
      const addresses = others(measure);
      const reported = addresses.flatMap((address) => starts.get(address) ?? []);
      return [measure, addresses.length === 0 ? ALWAYS : reported.reduce((a, b) => (a < b ? a : b), NEVER)];
    }),
  );
  return (measure, period, derived) =>
    derived.value !== undefined && period.end <= (first.get(measure) ?? ALWAYS) ? BEFORE_ANY : derived;
}
