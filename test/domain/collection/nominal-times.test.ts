import { describe, expect, it } from 'vitest';
import { isNominalTime, lastNominalTime } from '#src/domain/collection/nominal-times.js';

const daily = { every: 'day', hour: 6, minute: 30, timeZone: 'Europe/Berlin' } as const;
const hourly = { every: 'hour', hour: 0, minute: 15, timeZone: 'Asia/Kolkata' } as const;

describe('isNominalTime()', () => {
  it.each([
    ['in winter', '2026-01-05T05:30:00Z', true],
    ['in summer', '2026-07-05T04:30:00Z', true],
    ['at the hour of another season', '2026-07-05T05:30:00Z', false],
    ['a second later', '2026-01-05T05:30:01Z', false],
    ['a fraction later', '2026-01-05T05:30:00.001Z', false],
    ['a nanosecond later', '2026-01-05T05:30:00.000000001Z', false],
    ['at another minute', '2026-01-05T05:31:00Z', false],
  ])('looks at the clock of the cadence’s zone: %s', (_, instant, expected) => {
    expect(isNominalTime(instant, daily)).toBe(expected);
  });

  it('takes any hour of an hourly cadence, by the minutes of its zone', () => {
    expect(isNominalTime('2026-01-05T05:45:00Z', hourly)).toBe(true);
    expect(isNominalTime('2026-01-05T23:45:00Z', hourly)).toBe(true);
    expect(isNominalTime('2026-01-05T05:15:00Z', hourly)).toBe(false);
  });

  it('takes both hours of a night that has one twice', () => {
    const night = { ...daily, hour: 2 };
    expect(isNominalTime('2026-10-25T00:30:00Z', night)).toBe(true);
    expect(isNominalTime('2026-10-25T01:30:00Z', night)).toBe(true);
  });
});

describe('lastNominalTime()', () => {
  it.each([
    ['at the time itself', '2026-01-05T05:30:00Z', '2026-01-05T05:30:00Z'],
    ['a second before it', '2026-01-05T05:29:59Z', '2026-01-04T05:30:00Z'],
    ['in summer', '2026-07-05T12:00:00Z', '2026-07-05T04:30:00Z'],
    ['over midnight of the zone', '2026-01-05T23:30:00Z', '2026-01-05T05:30:00Z'],
  ])('is the newest that has come: %s', (_, now, expected) => {
    expect(lastNominalTime(now, daily)).toBe(expected);
  });

  it('goes back to the day of the week', () => {
    const tuesdays = { ...daily, every: 'week', weekday: 2 } as const;
    expect(lastNominalTime('2026-01-05T12:00:00Z', tuesdays)).toBe('2025-12-30T05:30:00Z');
    expect(lastNominalTime('2026-01-06T05:30:00Z', tuesdays)).toBe('2026-01-06T05:30:00Z');
  });

  it('has none in the night that has not its hour', () => {
    expect(lastNominalTime('2026-03-29T12:00:00Z', { ...daily, hour: 2 })).toBe('2026-03-28T01:30:00Z');
  });

  it('is the newest full minute of each hour, on the clock of the zone', () => {
    const hourly = { ...daily, every: 'hour', minute: 20 } as const;
    expect(lastNominalTime('2026-01-05T12:20:00Z', hourly)).toBe('2026-01-05T12:20:00Z');
    expect(lastNominalTime('2026-01-05T12:19:59Z', hourly)).toBe('2026-01-05T11:20:00Z');
    expect(lastNominalTime('2026-01-05T00:10:00Z', { ...hourly, timeZone: 'Asia/Kolkata' })).toBe(
      '2026-01-04T23:50:00Z',
    );
  });

  it('is the day of the month, in this one or the one before', () => {
    const monthly = { ...daily, every: 'month', day: 3 } as const;
    expect(lastNominalTime('2026-03-03T12:00:00Z', monthly).slice(0, 10)).toBe('2026-03-03');
    expect(lastNominalTime('2026-03-02T12:00:00Z', monthly).slice(0, 10)).toBe('2026-02-03');
  });
});
