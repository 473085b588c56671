import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { WorkingCalendar } from '#src/domain/period/types.js';
import {
  addWorkingDays,
  isWorkingDay,
  nthWorkingDay,
  workingDaysAfterEnd,
  workingHalfDays,
} from '#src/domain/period/working-days.js';
import { anyDate } from './arbitraries.js';

const plain: WorkingCalendar = { weekend: [6, 7], holidays: [] };
// Good Friday and Easter Monday of 2026.
const easter: WorkingCalendar = { weekend: [6, 7], holidays: ['2026-04-03', '2026-04-06'] };

describe('isWorkingDay()', () => {
  it('is false on the weekend and on holidays', () => {
    const days = ['2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06', '2026-04-07'];
    expect(days.map((day) => isWorkingDay(day, easter))).toEqual([true, false, false, false, false, true]);
  });

  it('knows other weekends', () => {
    const gulf: WorkingCalendar = { weekend: [5, 6], holidays: [] };
    expect(isWorkingDay('2026-04-05', gulf)).toBe(true);
    expect(isWorkingDay('2026-04-03', gulf)).toBe(false);
  });
});

describe('addWorkingDays()', () => {
  it('steps over weekends and holidays, both ways', () => {
    expect(addWorkingDays('2026-04-02', 1, plain)).toBe('2026-04-03');
    expect(addWorkingDays('2026-04-02', 1, easter)).toBe('2026-04-07');
    expect(addWorkingDays('2026-04-07', -1, easter)).toBe('2026-04-02');
  });

  it('counts from a day that is not worked as from any other', () => {
    expect(addWorkingDays('2026-04-04', 1, easter)).toBe('2026-04-07');
    expect(addWorkingDays('2026-04-04', 0, easter)).toBe('2026-04-04');
  });
});

describe('workingDaysAfterEnd()', () => {
  it.each([
    [0, '2026-04-01'],
    [1, '2026-04-02'],
    [2, '2026-04-03'],
    [3, '2026-04-08'],
    [5, '2026-04-10'],
    [6, '2026-04-11'],
  ])('%i working days after March 2026, with Easter, have passed at the start of %s', (n, date) => {
    expect(workingDaysAfterEnd('2026-04-01', n, easter)).toBe(date);
  });

  it('counts the first day after the period when it is worked, and waits when it is not', () => {
    expect(workingDaysAfterEnd('2026-08-03', 1, plain)).toBe('2026-08-04');
    expect(workingDaysAfterEnd('2026-08-01', 1, plain)).toBe('2026-08-04');
  });

  it('leaves exactly n working days between the two', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 1, max: 30 }),
        fc.subarray([1, 2, 3, 4, 5, 6, 7], { maxLength: 6 }),
        (end, n, weekend) => {
          const calendar = { weekend, holidays: [end, addDays(end, 3)] };
          const passed = workingDaysAfterEnd(end, n, calendar);
          let counted = 0;
          for (let day = end; day < passed; day = addDays(day, 1)) counted += isWorkingDay(day, calendar) ? 1 : 0;
          expect(counted).toBe(n);
          expect(isWorkingDay(addDays(passed, -1), calendar)).toBe(true);
        },
      ),
    );
  });

  it('is a config error in a calendar without working days, at once', () => {
    const never = { weekend: [7, 6, 5, 4, 3, 2, 1], holidays: [] };
    expect(() => workingDaysAfterEnd('2026-04-01', 1, never)).toThrow(PlumblineError);
    expect(() => workingDaysAfterEnd('2026-04-01', 1, never)).toThrow('has none');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to count %d days', (n) => {
    expect(() => workingDaysAfterEnd('2026-04-01', n, plain)).toThrow('working days');
  });
});

describe('half days', () => {
  // Christmas Eve and New Year's Eve of 2026 are Thursdays; Christmas Day is a Friday.
  const december: WorkingCalendar = {
    weekend: [6, 7],
    holidays: ['2026-12-25', '2027-01-01'],
    halfDays: ['2026-12-24', '2026-12-26', '2026-12-31'],
  };
  const month = { start: '2026-12-01', end: '2027-01-01' };

  it('are worked, and count half', () => {
    expect(isWorkingDay('2026-12-24', december)).toBe(true);
    expect(addWorkingDays('2026-12-22', 1, december)).toBe('2026-12-23');
    expect(addWorkingDays('2026-12-22', 2, december)).toBe('2026-12-28');
    expect(addWorkingDays('2026-12-28', -1, december)).toBe('2026-12-23');
  });

  it('on a weekend or holiday are not worked at all', () => {
    expect(isWorkingDay('2026-12-26', december)).toBe(false);
    expect(isWorkingDay('2026-12-25', { ...december, halfDays: ['2026-12-25'] })).toBe(false);
  });

  it('make a half of a whole: twenty-three days less a holiday and two halves', () => {
    expect(workingHalfDays(month, { weekend: [6, 7], holidays: [] })).toBe(46);
    expect(workingHalfDays(month, december)).toBe(42);
  });
});

describe('nthWorkingDay()', () => {
  const april = { start: '2026-04-01', end: '2026-05-01' };

  it.each([
    [1, '2026-04-01'],
    [3, '2026-04-07'],
    [-1, '2026-04-30'],
    [-20, '2026-04-01'],
  ])('the working day %i of April 2026, with Easter, is %s', (n, date) => {
    expect(nthWorkingDay(april, n, easter)).toBe(date);
  });

  it('is none where the period has fewer, from either end', () => {
    expect([21, -21].map((n) => nthWorkingDay(april, n, easter))).toEqual([undefined, undefined]);
    expect(nthWorkingDay(april, 1, { weekend: [1, 2, 3, 4, 5, 6, 7], holidays: [] })).toBeUndefined();
  });

  it('has no zeroth', () => {
    expect(() => nthWorkingDay(april, 0, easter)).toThrow(PlumblineError);
  });

  it('from the end is from the start, counted the other way round', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (start, days) => {
        const period = { start, end: addDays(start, days) };
        const count = workingHalfDays(period, plain) / 2;
        for (let n = 1; n <= count; n++) {
          expect(nthWorkingDay(period, n, plain)).toBe(nthWorkingDay(period, n - count - 1, plain));
        }
        expect(nthWorkingDay(period, count + 1, plain)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});
