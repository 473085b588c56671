import type { Aggregate } from '../actual/types.js';
import { addDays } from '../period/period-instants.js';
import type { CalendarDate, Period, WorkingCalendar } from '../period/types.js';
import { isWorkingDay } from '../period/working-days.js';
import { canonical, Decimal, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Expectation } from './types.js';

/** How much of a period was observed. */
export interface Completeness {
  readonly seen: number;
  readonly expected: number;
  /** Seen ÷ expected; 1 where nothing is expected yet. May be above 1 where rows are counted. */
  readonly share: DecimalText;
  /** Whether the share reaches the minimum. */
  readonly isEnough: boolean;
}

export interface CompletenessQuestion {
  readonly aggregate: Pick<Aggregate, 'rowsUsed' | 'days'>;
  readonly expects: Expectation;
  readonly period: Period;
  readonly calendar: WorkingCalendar;
  /** First day that is not over, so that nothing is expected of it and later ones: of an open period only a part counts. */
  readonly until: CalendarDate;
}

/**
 * Seen observations of a period against those expected; `undefined` for an aggregate whose days were not counted.
 *
 * Days on which nothing is expected, weekends and holidays under `working_days`, are neither expected nor seen. A number
 * for the whole period is, of an open one, expected in proportion to the days that are over, rounded down.
 */
export function completeness({
  aggregate,
  expects,
  period,
  calendar,
  until,
}: CompletenessQuestion): Completeness | undefined {
  const seen = expects.of === 'rows' ? aggregate.rowsUsed : aggregate.days;
  if (seen === undefined) return undefined;
  const expected = expectedIn(expects, period, calendar, until);
  const share = expected === 0 ? '1' : canonical(divide(new Decimal(seen), new Decimal(expected)));
  return { seen, expected, share, isEnough: decimal(share).greaterThanOrEqualTo(expects.minimum) };
}

/** `12 of 20 expected observations, 60 % where 80 % are needed` */
export function completenessWords({ seen, expected, share }: Completeness, { minimum }: Expectation): string {
  const percent = (part: DecimalText): string =>
    decimal(part).times(100).toDecimalPlaces(1, Decimal.ROUND_DOWN).toFixed();
  return `${seen} of ${expected} expected observations: ${percent(share)} % where ${percent(minimum)} % are needed`;
}

/** Whether an observation is expected on a day. */
export function isExpectedDay({ observations }: Expectation, day: CalendarDate, calendar: WorkingCalendar): boolean {
  return observations !== 'working_days' || isWorkingDay(day, calendar);
}

/** Whether an observation is expected in a period at all, on whichever of its days. */
export function expectsAnything(expects: Expectation, period: Period, calendar: WorkingCalendar): boolean {
  return expects.observations !== 'working_days' || expectedIn(expects, period, calendar, period.end) > 0;
}

function expectedIn(
  expects: Expectation,
  { start, end }: Period,
  calendar: WorkingCalendar,
  until: CalendarDate,
): number {
  let [all, over, wanted] = [0, 0, 0];
  for (let day = start; day < end; day = addDays(day, 1)) {
    all += 1;
    if (day >= until) continue;
    over += 1;
    if (isExpectedDay(expects, day, calendar)) wanted += 1;
  }
  const { observations } = expects;
  return typeof observations === 'number' ? Math.floor((observations * over) / all) : wanted;
}
