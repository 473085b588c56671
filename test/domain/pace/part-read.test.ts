import { describe, expect, it } from 'vitest';
import { isEnoughRead, partRead, partWords, readUntil } from '#src/domain/pace/part-read.js';
import { parsePeriodId } from '#src/domain/period/period.js';

const ZONE = 'Europe/Berlin';
const OCTOBER = parsePeriodId('2026-10', []);
/** 3 October is a Saturday; the 30th is a holiday and the 23rd is worked by half. */
const calendar = { weekend: [6, 7], holidays: ['2026-10-30'], halfDays: ['2026-10-23'] };

describe('readUntil', () => {
  it.each([
    [
      'is the day of the read, in the zone, where nothing else is known',
      '2026-10-14T22:30:00Z',
      undefined,
      '2026-10-15',
    ],
    ['is the day after the newest row once that is over', '2026-10-15T04:30:00Z', '2026-10-14', '2026-10-15'],
    ['is the day of the newest row while it is not over', '2026-10-14T16:00:00Z', '2026-10-14', '2026-10-14'],
    ['does not go further than a source that has stood still', '2026-10-24T04:30:00Z', '2026-10-10', '2026-10-11'],
    ['does not go by rows of days to come', '2026-10-15T04:30:00Z', '2026-10-31', '2026-10-15'],
  ])('%s', (_, logicalTime, at, until) => {
    const stand = at === undefined ? undefined : ({ by: 'newest_row', at } as const);
    expect(readUntil(logicalTime, ZONE, stand)).toBe(until);
  });

  it('leaves the day of a change open', () => {
    expect(readUntil('2026-10-15T04:30:00Z', ZONE, { by: 'file_time', at: '2026-10-13T10:00:00Z' })).toBe('2026-10-13');
  });
});

describe('partRead', () => {
  it('counts days, also of a period that was not begun or is over', () => {
    expect(partRead(OCTOBER, '2026-10-15', 'days', calendar)).toEqual({ read: 14, all: 31, countedIn: 'days' });
    expect(partRead(OCTOBER, '2026-09-20', 'days', calendar)).toMatchObject({ read: 0, all: 31 });
    expect(partRead(OCTOBER, '2026-11-20', 'days', calendar)).toMatchObject({ read: 31, all: 31 });
  });

  it('counts working days, half ones as a half', () => {
    expect(partRead(OCTOBER, '2026-10-24', 'working_days', calendar)).toMatchObject({ read: 16.5, all: 20.5 });
  });

  it('is undefined for a period without a working day', () => {
    const weekend = { start: '2026-10-03', end: '2026-10-05' };
    expect(partRead(weekend, '2026-10-05', 'working_days', calendar)).toBeUndefined();
  });
});

describe('isEnoughRead', () => {
  it.each([
    [15, 31, 50, false],
    [16, 31, 50, true],
    [1, 2, 50, true],
    [0, 31, 1, false],
  ])('of %i of %i days from %i percent on is %s', (read, all, fromPercent, expected) => {
    expect(isEnoughRead({ read, all, countedIn: 'days' }, { fromPercent })).toBe(expected);
  });
});

describe('partWords', () => {
  it('says which days are counted', () => {
    expect(partWords({ read: 14, all: 31, countedIn: 'days' })).toBe('14 of 31 days');
    expect(partWords({ read: 0.5, all: 1, countedIn: 'working_days' })).toBe('0.5 of 1 working day');
  });
});
