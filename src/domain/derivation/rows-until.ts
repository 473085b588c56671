import { type CollectedMeasure, type DerivedMeasure, isCollected, type Measure } from '../measure/types.js';
import { periodContaining } from '../period/period.js';
import { addDays } from '../period/period-instants.js';
import type { CalendarDate, Period } from '../period/types.js';
import { isAsFine, isSameGrain, periodsAtHome } from '../window/grain-periods.js';
import type { KnownMeasures } from './expected-periods.js';
import { readsOf } from './reads-of.js';

/** What is known of the measures around one, for what their values are made of. */
export type MeasuresAround = Pick<KnownMeasures, 'measureOf' | 'childrenOf'>;

/**
 * The measures whose rows a value is made of, at any depth, each with the first day after all rows of it that can enter the value.
 *
 * Of a collected measure that is itself, with the end of the period. Of a derived one it goes by the periods that its inputs are
 * taken of: one that is taken a period before reaches less far, a month of weeks as far as the last of these. Series count for
 * nothing, be they targets or other: they are said ahead, and no rows of theirs make a value that is not final. Nor do inputs that
 * are reported less often, which never enter.
 */
export function rowsUntil(
  measure: Measure,
  period: Period,
  around: MeasuresAround,
): ReadonlyMap<CollectedMeasure, CalendarDate> {
  const until = new Map<Measure, CalendarDate>();
  const visit = (each: Measure, of: Period): void => {
    // What is made of its own past has been there already, with a later period.
    if ((until.get(each) ?? '') >= of.end) return;
    until.set(each, of.end);
    if (isCollected(each)) return;
    for (const [input, end] of inputsOf(each, of, around)) visit(input, periodContaining(addDays(end, -1), input));
  };
  visit(measure, period);
  return new Map([...until].flatMap(([each, end]) => (isCollected(each) ? [[each, end] as const] : [])));
}

/** The measures that a value is made of itself, each with the end of the last period of it that enters. */
function inputsOf(
  measure: DerivedMeasure,
  period: Period,
  { measureOf, childrenOf }: MeasuresAround,
): readonly (readonly [Measure, CalendarDate])[] {
  const { derivation } = measure;
  if (derivation.kind === 'children') {
    return childrenOf(measure, derivation.measure).flatMap((child) => {
      if (!isAsFine(child, measure)) return [];
      const last = isSameGrain(child, measure) ? period : periodsAtHome(period, measure, child).at(-1);
      return last === undefined ? [] : [[child, last.end] as const];
    });
  }
  const valuesOf = (address: string | undefined, series: string | undefined): Measure | undefined =>
    address === undefined || series !== undefined ? undefined : measureOf(address);
  return readsOf(derivation, measure, period, valuesOf).flatMap(({ measure: address, series, end }) => {
    const input = valuesOf(address, series);
    return input === undefined ? [] : [[input, end] as const];
  });
}
