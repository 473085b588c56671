import fc from 'fast-check';
import { FREQUENCIES } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { Grain, PeriodCalendar, WeekdayNumber, WeekRule } from '#src/domain/period/types.js';

const anyWeekday = fc.constantFrom<WeekdayNumber>(1, 2, 3, 4, 5, 6, 7);
const anyWeeks: fc.Arbitrary<WeekRule> = fc.record({ start: anyWeekday, minimumDays: fc.integer({ min: 1, max: 7 }) });
const anyName = fc.constantFrom('start' as const, 'end' as const);

/** Days that every year has. */
const anyDayOfYear = fc.integer({ min: 0, max: 364 }).map((days) => {
  const date = addDays('2025-01-01', days);
  return { month: Number.parseInt(date.slice(5, 7), 10), day: Number.parseInt(date.slice(8), 10) };
});

export const anyFiscal: fc.Arbitrary<PeriodCalendar> = fc
  .tuple(anyDayOfYear, anyName, fc.option(anyWeeks, { nil: undefined }))
  .map(([start, named, weeks]) => ({
    kind: 'fiscal',
    prefix: 'FY',
    ...start,
    named,
    ...(weeks === undefined ? {} : { weeks }),
  }));

export const anyRetail: fc.Arbitrary<PeriodCalendar> = fc.record({
  kind: fc.constant('retail' as const),
  prefix: fc.constant('R'),
  pattern: fc.constantFrom<readonly [number, number, number]>([4, 4, 5], [4, 5, 4], [5, 4, 4]),
  yearEnd: fc.record({
    weekday: anyWeekday,
    rule: fc.constantFrom('last' as const, 'nearest' as const),
    month: fc.integer({ min: 1, max: 12 }),
  }),
  named: anyName,
  extraWeekIn: fc.integer({ min: 1, max: 12 }),
});

const anyWeeksCalendar: fc.Arbitrary<PeriodCalendar> = anyWeeks.map((weeks) => ({
  kind: 'weeks',
  prefix: 'W',
  weeks,
}));

const anyList: fc.Arbitrary<PeriodCalendar> = fc
  .tuple(
    fc.integer({ min: 0, max: 2_900_000 }),
    fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 40 }),
    fc.constantFrom(...FREQUENCIES),
  )
  .map(([first, lengths, frequency]) => {
    let start = addDays('1000-01-01', first);
    const periods = lengths.map((days, index) => {
      const period = { id: String(index + 1), start };
      start = addDays(start, days);
      return period;
    });
    return { kind: 'list', prefix: 'T', frequency, periods, end: start };
  });

/** A grain of any kind of calendar, the standard one too. */
export const anyGrain: fc.Arbitrary<Grain> = fc
  .tuple(
    fc.oneof(anyFiscal, anyRetail, anyWeeksCalendar, anyList, fc.constant(undefined)),
    fc.constantFrom(...FREQUENCIES),
  )
  .map(([calendar, frequency]) => {
    if (calendar === undefined) return { frequency };
    return { frequency: calendar.kind === 'list' ? calendar.frequency : frequency, calendar };
  });
