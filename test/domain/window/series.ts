import { periodsIn } from '#src/domain/period/period.js';
import type { Frequency } from '#src/domain/period/types.js';
import type { Combination, StoredPart, StoredSeries } from '#src/domain/window/types.js';

/** A series of values for the periods of a frequency from a day on; `undefined` leaves a period without one. */
export function series(
  frequency: Frequency,
  start: string,
  values: readonly (string | StoredPart | undefined)[],
  combination: Combination = 'sum',
): StoredSeries {
  const periods = periodsIn(start, `${Number.parseInt(start.slice(0, 4), 10) + 6}-01-01`, frequency);
  const parts = values.flatMap((value, index) => {
    const id = periods[index]?.id;
    if (id === undefined || value === undefined) return [];
    return [[id, typeof value === 'string' ? { value } : value] as const];
  });
  return { grain: { frequency }, combination, values: new Map(parts) };
}
