import { describe, expect, it } from 'vitest';
import { completeness, completenessWords, isExpectedDay } from '#src/domain/measure/completeness.js';
import type { Expectation } from '#src/domain/measure/types.js';
import { parsePeriodId } from '#src/domain/period/period.js';

const calendar = { weekend: [6, 7], holidays: ['2026-04-03', '2026-04-06'] };
const period = parsePeriodId('2026-04');
const LATER = '2026-05-20';

function found(seen: number, expects: Partial<Expectation>, until = LATER) {
  const all: Expectation = { observations: 'days', of: 'days', minimum: '0.8', ...expects };
  return completeness({ aggregate: { rowsUsed: 1000, days: seen }, expects: all, period, calendar, until });
}

describe('completeness()', () => {
  it('holds the days seen against those of the period', () => {
    expect(found(24, {})).toEqual({ seen: 24, expected: 30, share: '0.8', isEnough: true });
    expect(found(23, {})).toMatchObject({ share: '0.76666666666666666667', isEnough: false });
  });

  it('expects nothing of weekends and holidays where working days are asked for', () => {
    expect(found(16, { observations: 'working_days' })).toMatchObject({ seen: 16, expected: 20, isEnough: true });
    const workingDays: Expectation = { observations: 'working_days', of: 'days', minimum: '1' };
    expect(isExpectedDay(workingDays, '2026-04-03', calendar)).toBe(false);
    expect(isExpectedDay(workingDays, '2026-04-04', calendar)).toBe(false);
    expect(isExpectedDay(workingDays, '2026-04-07', calendar)).toBe(true);
    expect(isExpectedDay({ ...workingDays, observations: 'days' }, '2026-04-03', calendar)).toBe(true);
  });

  it('counts rows where rows are asked for', () => {
    expect(found(1, { observations: 2000, of: 'rows' })).toMatchObject({ seen: 1000, expected: 2000, share: '0.5' });
    expect(found(1, { observations: 500, of: 'rows' })).toMatchObject({ share: '2', isEnough: true });
  });

  it('expects of an open period what is over', () => {
    expect(found(5, {}, '2026-04-07')).toMatchObject({ expected: 6, isEnough: true });
    expect(found(2, { observations: 'working_days' }, '2026-04-07')).toMatchObject({ expected: 2, share: '1' });
    expect(found(0, { observations: 100, of: 'days' }, '2026-04-16')).toMatchObject({ expected: 50, share: '0' });
  });

  it('is complete as long as nothing is expected', () => {
    expect(found(0, {}, '2026-04-01')).toEqual({ seen: 0, expected: 0, share: '1', isEnough: true });
  });

  it('is not known where days were not counted', () => {
    const expects: Expectation = { observations: 'days', of: 'days', minimum: '0.8' };
    expect(completeness({ aggregate: { rowsUsed: 9 }, expects, period, calendar, until: LATER })).toBeUndefined();
  });

  it('is told in words that never round up to enough', () => {
    const expects: Expectation = { observations: 'days', of: 'days', minimum: '0.8' };
    const some = { seen: 7999, expected: 10_000, share: '0.7999', isEnough: false };
    expect(completenessWords(some, expects)).toBe('7999 of 10000 expected observations: 79.9 % where 80 % are needed');
  });
});
