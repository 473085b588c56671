import { describe, expect, it } from 'vitest';
import { latestDigestTime } from '#src/domain/digest/digest-time.js';
import type { DigestRule } from '#src/domain/digest/types.js';

const daily: DigestRule = { every: 'day', hour: 7, minute: 30, timeZone: 'Europe/Berlin', saysWhenEmpty: false };
const monday: DigestRule = { ...daily, every: 'week', weekday: 1 };
const first: DigestRule = { ...daily, every: 'month', day: 1 };

describe('latestDigestTime()', () => {
  it.each([
    ['on the minute', daily, '2026-11-09T06:30:00Z', '2026-11-09T06:30:00Z'],
    ['a second before', daily, '2026-11-09T06:29:59Z', '2026-11-08T06:30:00Z'],
    ['in summer', daily, '2026-07-09T12:00:00Z', '2026-07-09T05:30:00Z'],
    ['on the day of the week', monday, '2026-11-09T06:30:00Z', '2026-11-09T06:30:00Z'],
    ['before it', monday, '2026-11-09T06:00:00Z', '2026-11-02T06:30:00Z'],
    ['on the first', first, '2026-11-30T23:00:00Z', '2026-11-01T06:30:00Z'],
    ['across a year', first, '2027-01-01T06:00:00Z', '2026-12-01T06:30:00Z'],
    ['in a zone ahead', { ...daily, timeZone: 'Asia/Tokyo' }, '2026-11-08T23:00:00Z', '2026-11-08T22:30:00Z'],
    ['skipped by the clocks', { ...daily, hour: 2 }, '2026-03-29T12:00:00Z', '2026-03-29T01:30:00Z'],
    ['that comes twice', { ...daily, hour: 2 }, '2026-10-25T12:00:00Z', '2026-10-25T00:30:00Z'],
  ] as const)('is the one %s', (_when, rule, now, expected) => {
    expect(latestDigestTime(rule, now)).toBe(expected);
  });

  it('is reached by every day of the month, whatever the month', () => {
    for (let day = 1; day <= 28; day++) {
      expect(latestDigestTime({ ...first, day }, '2026-03-01T23:00:00Z')?.slice(8, 10)).toBe(
        String(day).padStart(2, '0'),
      );
    }
  });

  describe('while its reader is away', () => {
    const away = (from: string, to: string) => (date: string) => date < from || date > to;

    it.each([
      ['waits', daily, '2026-11-11T12:00:00Z', undefined],
      ['waits on the day of the return, until its time', daily, '2026-11-13T06:29:59Z', undefined],
      ['comes at its time on that day', daily, '2026-11-13T06:30:00Z', '2026-11-13T06:30:00Z'],
      [
        'comes on that day though it is for another day of the week',
        monday,
        '2026-11-15T20:00:00Z',
        '2026-11-13T06:30:00Z',
      ],
      ['goes on as usual', monday, '2026-11-16T06:30:00Z', '2026-11-16T06:30:00Z'],
    ] as const)('%s', (_what, rule, now, expected) => {
      expect(latestDigestTime(rule, now, away('2026-11-09', '2026-11-12'))).toBe(expected);
    });

    it('waits for ever for somebody who never comes back', () => {
      expect(latestDigestTime(daily, '2026-11-11T12:00:00Z', () => false)).toBeUndefined();
    });
  });
});
