import type { Period } from '../period/types.js';
import type { DecimalText } from '../value/types.js';
import type { SeriesContext } from './context.js';

/** A value collected for a series. */
export interface CollectedValue {
  readonly period: Pick<Period, 'id' | 'start'>;
  readonly value: DecimalText;
}

/** The collected side of a {@link SeriesContext}, over the stored values of each series by its name, in any order. */
export function collectedValues(
  byName: ReadonlyMap<string, readonly CollectedValue[]>,
): Pick<SeriesContext, 'collected' | 'collectedBefore'> {
  const indexed = new Map(
    [...byName].map(([name, values]) => [
      name,
      {
        byId: new Map(values.map(({ period, value }) => [period.id, value])),
        ascending: values.toSorted((a, b) => (a.period.start < b.period.start ? -1 : 1)),
      },
    ]),
  );
  return {
    collected: (name, period) => indexed.get(name)?.byId.get(period.id),
    collectedBefore: (name, { start }) =>
      indexed.get(name)?.ascending.findLast(({ period }) => period.start < start)?.value,
  };
}
