// The laws that the periods of every kind of calendar keep, at every frequency.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restatedLastYear, samePeriodLastYear } from '#src/domain/period/last-year.js';
import { nests } from '#src/domain/period/nesting.js';
import {
  FREQUENCIES,
  isOutsideList,
  isPeriodOf,
  nextPeriod,
  parsePeriodId,
  periodContaining,
  periodsIn,
  periodsWithin,
  previousPeriod,
} from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { Grain, Period } from '#src/domain/period/types.js';
import { anyFiscal, anyGrain, anyRetail } from './any-calendar.js';
import { anyDate } from './arbitraries.js';

const RUNS = { numRuns: 400 };

const daysOf = ({ start, end }: Pick<Period, 'start' | 'end'>): number =>
  (Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / 86_400_000;

describe('periods of a calendar partition time', () => {
  it('a day of any calendar lies in the period that contains it and in neither neighbour', () => {
    fc.assert(
      fc.property(anyDate, anyGrain, (date, grain) => {
        const period = periodContaining(date, grain);
        expect(period.start <= date && date < period.end).toBe(true);
        if (isOutsideList(period, grain)) return;
        const [before, after] = [previousPeriod(period, grain), nextPeriod(period, grain)];
        expect([before.end, after.start]).toEqual([period.start, period.end]);
        expect(new Set([before.id, period.id, after.id]).size).toBe(3);
        expect(nextPeriod(before, grain)).toEqual(period);
      }),
      RUNS,
    );
  });

  it('the first and last day of a period of any calendar give that period', () => {
    fc.assert(
      fc.property(anyDate, anyGrain, (date, grain) => {
        const period = periodContaining(date, grain);
        expect(periodContaining(period.start, grain)).toEqual(period);
        expect(periodContaining(addDays(period.end, -1), grain)).toEqual(period);
      }),
      RUNS,
    );
  });

  it('the first and last days of the calendar have a period of every grain', () => {
    fc.assert(
      fc.property(fc.constantFrom('0001-01-01', '0001-06-30', '9999-06-30', '9999-12-31'), anyGrain, (date, grain) => {
        const period = periodContaining(date, grain);
        expect(period.start <= date && date <= period.end).toBe(true);
        expect(parsePeriodId(period.id, grain.calendar && [grain.calendar])).toEqual(period);
      }),
      RUNS,
    );
  });
});

describe('ids of a calendar', () => {
  it('are read back to the same period, one way', () => {
    fc.assert(
      fc.property(anyDate, anyGrain, (date, grain) => {
        const period = periodContaining(date, grain);
        expect(parsePeriodId(period.id, grain.calendar && [grain.calendar])).toEqual(period);
        expect(isPeriodOf(period, grain)).toBe(true);
      }),
      RUNS,
    );
  });

  it('ascend with time as text, at one frequency', () => {
    fc.assert(
      fc.property(anyDate, anyGrain, (date, grain) => {
        fc.pre(grain.calendar?.kind !== 'list');
        const period = periodContaining(date, grain);
        expect(period.id < nextPeriod(period, grain).id).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('nests()', () => {
  const within = (inner: Period, outer: Period): boolean => inner.start >= outer.start && inner.end <= outer.end;

  it('is true only where every period of the finer grain lies whole in one of the coarser', () => {
    fc.assert(
      fc.property(anyDate, anyGrain, anyGrain, (date, finer, coarser) => {
        fc.pre(nests(finer, coarser));
        const inner = periodContaining(date, finer);
        const outer = periodContaining(inner.start, coarser);
        expect(within(inner, outer)).toBe(true);
        if (!isOutsideList(outer, coarser) && daysOf(outer) < 1000) {
          const parts = periodsWithin(outer, finer);
          expect(parts.reduce((days, part) => days + daysOf(part), 0)).toBe(daysOf(outer));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('is false only where some period of the finer grain lies in two of the coarser', () => {
    fc.assert(
      fc.property(anyGrain, anyGrain, (finer, coarser) => {
        fc.pre(!nests(finer, coarser));
        const list = [finer.calendar, coarser.calendar].find((each) => each?.kind === 'list');
        const first = list?.kind === 'list' ? list.periods[0]?.start : undefined;
        const start = addDays(first ?? '2000-01-01', -800);
        const end = addDays(list?.kind === 'list' ? list.end : '2030-01-01', 800);
        const inner: Period[] = [];
        for (let at = periodContaining(start, finer); at.start < end; at = nextPeriod(at, finer)) {
          inner.push(at);
          if (at.end === '9999-12-31') break;
        }
        expect(inner.every((period) => within(period, periodContaining(period.start, coarser)))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a calendar of years', () => {
  it('has twelve months, four quarters and two half-years in each', () => {
    fc.assert(
      fc.property(anyDate, fc.oneof(anyFiscal, anyRetail), (date, calendar) => {
        const year = periodContaining(date, { frequency: 'yearly', calendar });
        const counts = FREQUENCIES.slice(2).map((frequency) => periodsWithin(year, { frequency, calendar }).length);
        expect(counts).toEqual([12, 4, 2, 1]);
        expect(periodsWithin(year, { frequency: 'monthly', calendar })[2]?.id).toBe(`${year.id}-P03`);
      }),
      RUNS,
    );
  });

  it('of whole weeks has 52 or 53 of them, numbered from its first day on', () => {
    fc.assert(
      fc.property(anyDate, anyRetail, (date, calendar) => {
        const year = periodContaining(date, { frequency: 'yearly', calendar });
        const weeks = periodsWithin(year, { frequency: 'weekly', calendar });
        expect([52, 53]).toContain(weeks.length);
        expect(weeks[0]).toMatchObject({ id: `${year.id}-W01`, start: year.start });
        expect(weeks.at(-1)).toMatchObject({ id: `${year.id}-W${weeks.length}`, end: year.end });
      }),
      RUNS,
    );
  });
});

describe('samePeriodLastYear()', () => {
  it('gives the period of the same number a year before, or none for what the year before has not', () => {
    fc.assert(
      fc.property(anyDate, anyGrain, (date, grain) => {
        const period = periodContaining(date, grain);
        const before = samePeriodLastYear(period, grain);
        if (before === undefined) {
          expect(
            grain.calendar?.kind === 'list' || /(?:-W53|-02-29)$/.test(period.id) || hasExtraDays(date, grain),
          ).toBe(true);
          return;
        }
        expect(periodContaining(before.start, grain)).toEqual(before);
        const days = daysOf({ start: before.start, end: period.start });
        expect(days).toBeGreaterThan(350);
        expect(days).toBeLessThan(380);
        if (grain.frequency !== 'daily') expect(before.id.slice(-3)).toBe(sameTail(period.id, grain));
      }),
      RUNS,
    );
  });

  it('restated, is 52 weeks before after a year of 53 weeks', () => {
    fc.assert(
      fc.property(anyDate, anyRetail, (date, calendar) => {
        const year = periodContaining(date, { frequency: 'yearly', calendar });
        const lastYear = previousPeriod(year, { frequency: 'yearly', calendar });
        const month = periodsIn(year.start, year.end, { frequency: 'monthly', calendar })[4];
        if (month === undefined) throw new Error('a year without a fifth month');
        const restated = restatedLastYear(month, { frequency: 'monthly', calendar });
        const same = samePeriodLastYear(month, { frequency: 'monthly', calendar });
        if (daysOf(lastYear) === 371) expect(daysOf({ start: restated?.start ?? '', end: month.start })).toBe(364);
        else expect(restated).toEqual({ start: same?.start, end: same?.end });
      }),
      RUNS,
    );
  });
});

/** A day of a 53rd week. */
function hasExtraDays(date: string, { frequency, calendar }: Grain): boolean {
  if (frequency !== 'daily' || calendar === undefined) return false;
  return periodContaining(date, { frequency: 'weekly', calendar }).id.endsWith('-W53');
}

function sameTail(id: string, { frequency }: Grain): string {
  return frequency === 'yearly' ? String(Number.parseInt(id.slice(-3), 10) + 999).slice(-3) : id.slice(-3);
}
