import { describe, expect, it } from 'vitest';
import { snoozeUntil } from '#src/domain/alert/snooze-until.js';

const NOW = '2026-11-23T09:30:00Z';
const inBerlin = (written: string, now = NOW) => snoozeUntil(written, now, 'Europe/Berlin');

describe('snoozeUntil', () => {
  it.each([
    ['30m', '2026-11-23T10:00:00Z'],
    ['8h', '2026-11-23T17:30:00Z'],
    ['3d', '2026-11-26T09:30:00Z'],
    ['2w', '2026-12-07T09:30:00Z'],
    ['2026-12-01', '2026-11-30T23:00:00Z'],
    ['2026-12-01 09:00', '2026-12-01T08:00:00Z'],
    ['2026-12-01T09:00', '2026-12-01T08:00:00Z'],
    ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00Z'],
    // 10:30 is now: what is meant is the next time.
    ['11:00', '2026-11-23T10:00:00Z'],
    ['10:30', '2026-11-24T09:30:00Z'],
    ['9:00', '2026-11-24T08:00:00Z'],
  ])('takes %s for %s', (written, until) => {
    expect(inBerlin(written)).toBe(until);
  });

  it.each(['', 'tomorrow', '3 d', '-3d', '3y', '25:00', '2026-02-30', '2026-02-30 09:00', '2026-12', '1.5h'])(
    'is undefined for "%s"',
    (written) => {
      expect(inBerlin(written)).toBeUndefined();
    },
  );

  it('counts days by the calendar and hours by the clock where summer time ends', () => {
    expect(inBerlin('1d', '2026-10-24T10:00:00Z')).toBe('2026-10-25T11:00:00Z');
    expect(inBerlin('24h', '2026-10-24T10:00:00Z')).toBe('2026-10-25T10:00:00Z');
  });

  it('takes a time that summer time leaves out for the one an hour later', () => {
    expect(inBerlin('02:30', '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00Z');
  });
});
