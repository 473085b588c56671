import type { FormulaInput } from '../measure/derivation.js';
import type { Period } from '../period/types.js';
import { WITHOUT_CASES } from '../window/combine.js';
import { type Gathered, gather } from '../window/gather.js';
import { before, type Grain, restatedLastYear, sameLastYear } from '../window/grain-periods.js';
import type { Lookup, UsedInput } from './types.js';

/** The period an input is asked for; `undefined` where the calendar has none, such as a week 53 in the year before. */
export function periodOf(input: FormulaInput, period: Period, grain: Grain): Period | undefined {
  switch (input.at) {
    case undefined:
      return period;
    case 'previous':
      return before(period, grain);
    case 'last_year':
      return sameLastYear(period, grain);
    case 'last_year_restated':
      return restatedLastYear(period, grain);
  }
}

/** Reads one input for a period: another period if it says so, lifted, over its window, under its missing policy. */
export function readInput(
  name: string,
  input: FormulaInput,
  grain: Grain,
  period: Period,
  lookup: Lookup,
): { readonly gathered: Gathered; readonly used: UsedInput } {
  const at = periodOf(input, period, grain);
  const series = lookup.series(input.measure, input.series);
  const gathered =
    at === undefined || series === undefined ? nothing(input, period, at) : ask(series, input, grain, at);
  const used: UsedInput = {
    name,
    ...(input.measure === undefined ? {} : { measure: input.measure }),
    ...(input.series === undefined ? {} : { series: input.series }),
    ...(at === undefined ? {} : { period: at.id }),
    ...outcomeOf(gathered),
  };
  return { gathered, used };
}

/** What was gathered, as it is kept with an input. */
export function outcomeOf(gathered: Gathered): Pick<UsedInput, 'value' | 'reason' | 'withoutCases' | 'taken'> {
  const { taken } = gathered;
  if ('reason' in gathered) return { reason: gathered.reason.message, taken };
  const { value } = gathered.part;
  return value === undefined ? { reason: WITHOUT_CASES.message, withoutCases: true, taken } : { value, taken };
}

function ask(
  series: NonNullable<ReturnType<Lookup['series']>>,
  { over, combine, missing }: FormulaInput,
  grain: Grain,
  period: Period,
): Gathered {
  return gather(series, {
    period,
    grain,
    missing,
    ...(over === undefined ? {} : { rule: over }),
    ...(combine === undefined ? {} : { combine }),
  });
}

function nothing(input: FormulaInput, period: Period, at: Period | undefined): Gathered {
  const message =
    at === undefined
      ? `the calendar has no ${input.at === 'previous' ? 'period before' : 'same period last year for'} ${period.id}`
      : `${[input.measure, input.series].filter((part) => part !== undefined).join(' ')} is not there`;
  return { reason: { code: 'absent_input', message }, taken: { expected: 0, without: [], filled: [] } };
}
