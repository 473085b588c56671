import { describe, expect, it } from 'vitest';
import { isNominalTime } from '#src/domain/collection/nominal-times.js';

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
