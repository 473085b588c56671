import type { Derivation, FormulaInput } from '../measure/derivation.js';
import type { CalendarDate, Period } from '../period/types.js';
import { before, type Grain, isAsFine, isSameGrain, periodsAtHome } from '../window/grain-periods.js';
import { windowOf } from '../window/window-of.js';
import { periodOf } from './read-input.js';

/** The days of a measure, or of one of its series, that a derived value is made of: `[start, end)`. */
export interface DaysRead {
  /** Absent: the derived measure itself. */
  readonly measure?: string;
  readonly series?: string;
  readonly start: CalendarDate;
  /** First day after. */
  readonly end: CalendarDate;
}

/**
 * Which values can enter a derived value: what has to be at hand to compute it, and by what change it has to be
 * computed anew.
 *
 * A change of a period that lies outside all of these days leaves the value as it is. Of `children` nothing is told
 * but the period itself, since who they are is not known here.
 *
 * @param grainOf the grain of a measure's values; `undefined` for what is not there
 */
export function readsOf(
  derivation: Derivation,
  grain: Grain,
  period: Period,
  grainOf: (measure: string | undefined, series: string | undefined) => Grain | undefined,
): readonly DaysRead[] {
  switch (derivation.kind) {
    case 'formula':
      return Object.values(derivation.inputs).flatMap((input) => daysOf(input, grain, period, grainOf) ?? []);
    case 'window':
      return [daysOf(derivation.input, grain, period, grainOf)].flatMap((days) => days ?? []);
    case 'children':
      return [{ measure: derivation.measure, start: period.start, end: period.end }];
  }
}

function daysOf(
  input: FormulaInput,
  grain: Grain,
  period: Period,
  grainOf: (measure: string | undefined, series: string | undefined) => Grain | undefined,
): DaysRead | undefined {
  const at = periodOf(input, period, grain);
  const own = grainOf(input.measure, input.series);
  if (at === undefined || own === undefined || !isAsFine(own, grain)) return undefined;
  const [earliest = at] = input.over === undefined ? [at] : windowOf(at, input.over, grain);
  const isLifted = !isSameGrain(own, grain);
  const first = isLifted ? periodsAtHome(earliest, grain, own).at(0) : earliest;
  const last = isLifted ? periodsAtHome(at, grain, own).at(-1) : at;
  if (first === undefined || last === undefined) return undefined;
  return {
    ...(input.measure === undefined ? {} : { measure: input.measure }),
    ...(input.series === undefined ? {} : { series: input.series }),
    start: carriedFrom(first, input, own).start,
    end: last.end,
  };
}

/** The earliest period whose value may be carried into `first`. */
function carriedFrom(first: Period, { missing }: FormulaInput, own: Grain): Period {
  let earliest = first;
  const reach = typeof missing === 'object' ? missing.carryForward : 0;
  for (let back = 0; back < reach; back += 1) earliest = before(earliest, own) ?? earliest;
  return earliest;
}
