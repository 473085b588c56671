import { describe, expect, it } from 'vitest';
import { periodContaining } from '#src/domain/period/period.js';
import { isTooOld, standingPeriod } from '#src/domain/rollup/standing-period.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';

const month = (id: string, end: string, status: Status | NoScoreState) => ({ id, period: { end }, status });
const january = month('2026-01', '2026-02-01', 'on_track');
const february = month('2026-02', '2026-03-01', 'at_risk');

describe('standingPeriod', () => {
  it('is the latest period that ended on or before the day', () => {
    expect(standingPeriod([january, february], '2026-02-28')).toBe(january);
    expect(standingPeriod([january, february], '2026-03-01')).toBe(february);
    expect(standingPeriod([february, january], '2026-12-31')).toBe(february);
  });

  it('is undefined before the first period has ended', () => {
    expect(standingPeriod([january], '2026-01-31')).toBeUndefined();
    expect(standingPeriod([], '2026-01-31')).toBeUndefined();
  });

  it('passes over a period that is not due yet', () => {
    expect(standingPeriod([january, { ...february, status: 'not_due' }], '2026-03-01')).toBe(january);
    expect(standingPeriod([{ ...january, status: 'not_due' }], '2026-03-01')).toBeUndefined();
  });

  it('passes over a period in which nothing is expected', () => {
    expect(standingPeriod([january, { ...february, status: 'not_expected' }], '2026-03-01')).toBe(january);
  });

  it.each(['late', 'missing', 'no_target', 'insufficient_data'] as const)(
    'lets a period that is %s stand',
    (status) => {
      const standing = { ...february, status };
      expect(standingPeriod([january, standing], '2026-03-01')).toBe(standing);
    },
  );

  it('serves children of a finer frequency than the parent', () => {
    const weeks = ['2026-02-23', '2026-03-02', '2026-03-30', '2026-04-06'].map((end) => month(end, end, 'on_track'));
    expect(standingPeriod(weeks, '2026-04-01')).toBe(weeks[2]);
  });
});

describe('isTooOld', () => {
  const YEARLY = { frequency: 'yearly' } as const;
  const year = periodContaining('2024-06-01', YEARLY);

  it('is never so without a limit', () => {
    expect(isTooOld(year, YEARLY, '2099-01-01', {})).toBe(false);
  });

  it('counts days from the end of the period, the limit itself allowed', () => {
    expect(isTooOld(year, YEARLY, '2025-01-31', { maxAgeDays: 30 })).toBe(false);
    expect(isTooOld(year, YEARLY, '2025-02-01', { maxAgeDays: 30 })).toBe(true);
    expect(isTooOld(year, YEARLY, '2025-01-01', { maxAgeDays: 0 })).toBe(false);
    expect(isTooOld(year, YEARLY, '2025-01-02', { maxAgeDays: 0 })).toBe(true);
  });

  it('counts whole periods of the child that have ended since', () => {
    expect(isTooOld(year, YEARLY, '2025-12-31', { maxAgePeriods: 0 })).toBe(false);
    expect(isTooOld(year, YEARLY, '2026-01-01', { maxAgePeriods: 0 })).toBe(true);
    expect(isTooOld(year, YEARLY, '2026-12-31', { maxAgePeriods: 1 })).toBe(false);
    expect(isTooOld(year, YEARLY, '2027-01-01', { maxAgePeriods: 1 })).toBe(true);
  });

  it('is so when either of two limits is passed', () => {
    expect(isTooOld(year, YEARLY, '2025-06-01', { maxAgeDays: 30, maxAgePeriods: 5 })).toBe(true);
    expect(isTooOld(year, YEARLY, '2027-06-01', { maxAgeDays: 3000, maxAgePeriods: 1 })).toBe(true);
  });
});
