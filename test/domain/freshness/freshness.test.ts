import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlines, mostDaysUntilDue } from '#src/domain/freshness/deadlines.js';
import { freshness } from '#src/domain/freshness/freshness.js';
import type { FreshnessState } from '#src/domain/freshness/types.js';
import { parsePeriodId, periodContaining } from '#src/domain/period/period.js';
import { addDays, compareInstants, dateInZone, endInstant } from '#src/domain/period/period-instants.js';
import type { Frequency, WorkingCalendar } from '#src/domain/period/types.js';

const plain: WorkingCalendar = { weekend: [6, 7], holidays: [] };
const zone = 'Europe/Berlin';

describe('deadlines()', () => {
  it('are local midnights: due after the working days, missing after the days of grace', () => {
    // 1, 2, 3, 6 and 7 April are the five working days.
    expect(deadlines(parsePeriodId('2026-03'), { businessDays: 5, graceDays: 3 }, plain, zone)).toEqual({
      due: '2026-04-07T22:00:00Z',
      missingFrom: '2026-04-10T22:00:00Z',
    });
  });

  it('move with a holiday', () => {
    const calendar = { weekend: [6, 7], holidays: ['2026-04-03', '2026-04-06'] };
    expect(deadlines(parsePeriodId('2026-03'), { businessDays: 5, graceDays: 3 }, calendar, zone).due).toBe(
      '2026-04-09T22:00:00Z',
    );
  });

  it('fall on the end of the period without working days or grace', () => {
    expect(deadlines(parsePeriodId('2026-03'), { businessDays: 0, graceDays: 0 }, plain, zone)).toEqual({
      due: '2026-03-31T22:00:00Z',
      missingFrom: '2026-03-31T22:00:00Z',
    });
  });

  it('stay at midnight when the clocks change within the grace', () => {
    const day = parsePeriodId('2026-03-26');
    expect(deadlines(day, { businessDays: 1, graceDays: 3 }, plain, zone)).toEqual({
      due: '2026-03-27T23:00:00Z',
      missingFrom: '2026-03-30T22:00:00Z',
    });
  });

  it('depend on the zone of the measure', () => {
    const due = (timeZone: string) =>
      deadlines(parsePeriodId('2026-W10'), { businessDays: 1, graceDays: 0 }, plain, timeZone).due;
    expect(due('Pacific/Kiritimati')).toBe('2026-03-09T10:00:00Z');
    expect(due('America/New_York')).toBe('2026-03-10T04:00:00Z');
  });
});

describe('deadlines() by hours', () => {
  const hours = (id: string, after: number, graceDays = 0) =>
    deadlines(parsePeriodId(id), { businessDays: 0, hours: after, graceDays }, plain, zone);

  it('are hours that pass after the local end of the period, whatever weekends lie between', () => {
    expect(hours('2026-03-27', 6)).toEqual({ due: '2026-03-28T05:00:00Z', missingFrom: '2026-03-28T05:00:00Z' });
  });

  it('count hours and days of grace through a change of the clocks', () => {
    // 28 March ends an hour before the night that has 23 hours.
    expect(hours('2026-03-28', 24, 1)).toEqual({ due: '2026-03-29T23:00:00Z', missingFrom: '2026-03-30T23:00:00Z' });
  });
});

describe('deadlines() by a day of the month', () => {
  const dueOn = (id: string, dayOfMonth: number): string =>
    deadlines(parsePeriodId(id), { businessDays: 0, dayOfMonth, graceDays: 2 }, plain, 'UTC').due;

  it.each([
    ['2026-03', 15, '2026-04-16T00:00:00Z'],
    ['2026-03', 1, '2026-04-02T00:00:00Z'],
    ['2026-01', 31, '2026-03-01T00:00:00Z'],
    ['2028-01', 31, '2028-03-01T00:00:00Z'],
    ['2026-12', 5, '2027-01-06T00:00:00Z'],
    ['2026-Q1', 20, '2026-04-21T00:00:00Z'],
    // A week that ends in the middle of a month: the 5th is over, the 9th is the first day after it.
    ['2026-W10', 5, '2026-04-06T00:00:00Z'],
    ['2026-W10', 9, '2026-03-10T00:00:00Z'],
  ])('%s is due by the end of day %i: %s', (id, day, due) => {
    expect(dueOn(id, day)).toBe(due);
  });

  it('are never before the end of the period, nor later than is looked back for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_200 }),
        fc.constantFrom<Frequency>('daily', 'weekly', 'monthly', 'quarterly', 'yearly'),
        fc.oneof(
          fc.record({ businessDays: fc.constant(0), hours: fc.integer({ min: 0, max: 8784 }) }),
          fc.record({ businessDays: fc.constant(0), dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
          fc.record({ businessDays: fc.integer({ min: 0, max: 250 }) }),
        ),
        (day, frequency, rule) => {
          const period = periodContaining(addDays('2024-01-01', day), frequency);
          const due = { ...rule, graceDays: 3 };
          const { due: at, missingFrom } = deadlines(period, due, plain, zone);
          expect(compareInstants(at, endInstant(period, zone))).toBeGreaterThanOrEqual(0);
          expect(compareInstants(missingFrom, at)).toBe(1);
          expect(dateInZone(at, zone) <= addDays(period.end, mostDaysUntilDue(due))).toBe(true);
        },
      ),
    );
  });
});

describe('freshness()', () => {
  const period = parsePeriodId('2026-03');
  const rule = deadlines(period, { businessDays: 5, graceDays: 3 }, plain, zone);
  const at = (now: string, hasActual = false): FreshnessState =>
    freshness({ period, deadlines: rule, hasActual, now, timeZone: zone });

  it.each<[string, FreshnessState]>([
    ['2026-03-15T12:00:00Z', 'open'],
    ['2026-03-31T21:59:59.999Z', 'open'],
    ['2026-03-31T22:00:00Z', 'not_due'],
    ['2026-04-07T22:00:00Z', 'not_due'],
    ['2026-04-07T22:00:00.000000001Z', 'late'],
    ['2026-04-10T22:00:00Z', 'late'],
    ['2026-04-10T22:00:00.001Z', 'missing'],
    ['2027-01-01T00:00:00Z', 'missing'],
  ])('without a value, at %s is %s', (now, state) => {
    expect(at(now)).toBe(state);
  });

  it('recovers with a value however late', () => {
    expect(at('2026-04-07T23:00:00Z', true)).toBe('reported');
    expect(at('2027-01-01T00:00:00Z', true)).toBe('reported');
  });

  it('is open while the period lasts, with or without a value so far', () => {
    expect(at('2026-03-15T12:00:00Z', true)).toBe('open');
  });

  it('is never late or missing where nothing is expected, once it is over', () => {
    const state = (now: string, hasActual = false) =>
      freshness({ period, deadlines: rule, hasActual, isExpected: false, now, timeZone: zone });
    expect(state('2026-03-15T12:00:00Z')).toBe('open');
    expect(state('2026-03-31T22:00:00Z')).toBe('not_expected');
    expect(state('2027-01-01T00:00:00Z')).toBe('not_expected');
    expect(state('2027-01-01T00:00:00Z', true)).toBe('reported');
  });

  it('goes from not due to missing at once without grace', () => {
    const strict = deadlines(period, { businessDays: 0, graceDays: 0 }, plain, zone);
    const state = (now: string) => freshness({ period, deadlines: strict, hasActual: false, now, timeZone: zone });
    expect(state('2026-03-31T22:00:00Z')).toBe('not_due');
    expect(state('2026-03-31T22:00:01Z')).toBe('missing');
  });
});
