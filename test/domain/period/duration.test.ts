import { describe, expect, it } from 'vitest';
import { afterDuration, durationInWords, isDuration } from '#src/domain/period/duration.js';

const days = { timeZone: 'Europe/Berlin', calendar: { weekend: [6, 7], holidays: ['2026-12-25'] } };

describe('afterDuration()', () => {
  it.each([
    ['90m', '2026-11-10T09:00:00Z', '2026-11-10T10:30:00Z'],
    ['24h', '2026-10-24T10:00:00Z', '2026-10-25T10:00:00Z'],
    ['1d', '2026-10-24T10:00:00Z', '2026-10-25T11:00:00Z'],
    ['1d', '2026-03-28T10:00:00Z', '2026-03-29T09:00:00Z'],
    ['1w', '2026-03-28T10:00:00Z', '2026-04-04T09:00:00Z'],
    // Thursday 24 December: the holiday and the weekend do not count.
    ['1wd', '2026-12-24T10:00:00Z', '2026-12-28T10:00:00Z'],
    ['2wd', '2026-12-26T10:00:00Z', '2026-12-29T10:00:00Z'],
  ])('is %s after %s at %s', (duration, start, then) => {
    expect(afterDuration(start, duration, days)).toBe(then);
  });

  it('is undefined for what is no duration, and for working days that nobody counts', () => {
    expect(afterDuration('2026-11-10T09:00:00Z', '3 d', days)).toBeUndefined();
    expect(afterDuration('2026-11-10T09:00:00Z', '3wd', { timeZone: 'UTC' })).toBeUndefined();
  });
});

it('isDuration() is false for words, signs, parts and unknown units', () => {
  expect(['3d', '10wd', '30m'].every(isDuration)).toBe(true);
  expect(['', '3', '-3d', '1.5h', '3bd', 'day', '12345d'].some(isDuration)).toBe(false);
});

it('durationInWords() says the unit in full', () => {
  expect(['1d', '3wd', '1w', '30m'].map(durationInWords)).toEqual(['1 day', '3 working days', '1 week', '30 minutes']);
});
