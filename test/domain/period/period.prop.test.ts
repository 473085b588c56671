import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isPeriodClosed,
  lastClosedPeriod,
  nextPeriod,
  parsePeriodId,
  periodContaining,
  periodsIn,
  previousPeriod,
} from '#src/domain/period/period.js';
import { addDays, dateInZone, endInstant, startInstant } from '#src/domain/period/period-instants.js';
import { anyDate, anyFrequency, anyZone } from './arbitraries.js';

/** ISO 8601 by the classic rule: a week belongs to the year its Thursday is in. Plain day counting, no library. */
function isoWeekByThursday(date: string): string {
  const day = 86_400_000;
  const time = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)));
  const thursday = new Date(time + (4 - (new Date(time).getUTCDay() || 7)) * day);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

describe('periods of a frequency partition time', () => {
  it('a day lies in the period that contains it, and in neither neighbour', () => {
    fc.assert(
      fc.property(anyDate, anyFrequency, (date, frequency) => {
        const period = periodContaining(date, frequency);
        expect(period.start <= date && date < period.end).toBe(true);
        expect(nextPeriod(period, frequency).start > date).toBe(true);
        expect(previousPeriod(period, frequency).end <= date).toBe(true);
      }),
    );
  });

  it('a period begins where the one before ends, and steps back undo steps on', () => {
    fc.assert(
      fc.property(anyDate, anyFrequency, (date, frequency) => {
        const period = periodContaining(date, frequency);
        const next = nextPeriod(period, frequency);
        expect(next.start).toBe(period.end);
        expect(next.id).not.toBe(period.id);
        expect(previousPeriod(next, frequency)).toEqual(period);
      }),
    );
  });

  it('the first and the last day of a period give that period', () => {
    fc.assert(
      fc.property(anyDate, anyFrequency, (date, frequency) => {
        const period = periodContaining(date, frequency);
        expect(periodContaining(period.start, frequency)).toEqual(period);
        expect(periodContaining(addDays(period.end, -1), frequency)).toEqual(period);
      }),
    );
  });

  it('days nest in months, months in quarters, quarters in half-years, half-years in years; days also in weeks', () => {
    const nesting = [
      ['daily', 'weekly'],
      ['daily', 'monthly'],
      ['monthly', 'quarterly'],
      ['quarterly', 'half-yearly'],
      ['half-yearly', 'yearly'],
    ] as const;
    fc.assert(
      fc.property(anyDate, fc.constantFrom(...nesting), (date, [fine, coarse]) => {
        const inner = periodContaining(date, fine);
        const outer = periodContaining(date, coarse);
        expect(inner.start >= outer.start && inner.end <= outer.end).toBe(true);
      }),
    );
  });

  it('the periods in a range follow on one another and lie wholly in it', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 900 }), anyFrequency, (start, days, frequency) => {
        const end = addDays(start, days);
        const periods = periodsIn(start, end, frequency);
        for (const [index, period] of periods.entries()) {
          expect(period.start >= start && period.end <= end).toBe(true);
          if (index > 0) expect(period.start).toBe(periods[index - 1]?.end);
        }
        const first = periods[0] ?? periodContaining(end, frequency);
        expect(previousPeriod(first, frequency).start < start).toBe(true);
        const last = periods.at(-1);
        if (last !== undefined) expect(nextPeriod(last, frequency).end > end).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('period ids', () => {
  it('are read back to the same period', () => {
    fc.assert(
      fc.property(anyDate, anyFrequency, (date, frequency) => {
        const period = periodContaining(date, frequency);
        expect(parsePeriodId(period.id)).toEqual(period);
      }),
    );
  });

  it('number weeks as the Thursday rule does', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(periodContaining(date, 'weekly').id).toBe(isoWeekByThursday(date));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('periods in zones', () => {
  const modernDate = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays('1990-01-01', days));

  it('one ends at the instant the next one starts', () => {
    fc.assert(
      fc.property(modernDate, anyFrequency, anyZone, (date, frequency, zone) => {
        const period = periodContaining(date, frequency);
        expect(endInstant(period, zone)).toBe(startInstant(nextPeriod(period, frequency), zone));
      }),
    );
  });

  it('the day at the first instant of a day is that day', () => {
    fc.assert(
      fc.property(modernDate, anyZone, (date, zone) => {
        fc.pre(date !== '2011-12-30');
        expect(dateInZone(startInstant(date, zone), zone)).toBe(date);
      }),
    );
  });

  it('the last closed period is closed and the one after is not', () => {
    fc.assert(
      fc.property(
        modernDate,
        fc.integer({ min: 0, max: 86_399 }),
        anyFrequency,
        anyZone,
        (date, second, frequency, zone) => {
          const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
          const now = `${date}T${clock.map((part) => String(part).padStart(2, '0')).join(':')}Z`;
          const closed = lastClosedPeriod(now, zone, frequency);
          expect(isPeriodClosed(closed, now, zone)).toBe(true);
          expect(isPeriodClosed(nextPeriod(closed, frequency), now, zone)).toBe(false);
        },
      ),
    );
  });
});
