import { describe, expect, it } from 'vitest';
import { wallTime, withWallTimes, zoneInWords } from '#src/domain/message/wall-times.js';

describe('wallTime()', () => {
  it.each([
    ['in summer', '2026-06-09T04:30:00Z', 'Europe/Berlin', '2026-06-09 06:30 Berlin time'],
    ['in winter', '2026-12-09T04:30:00.123Z', 'Europe/Berlin', '2026-12-09 05:30 Berlin time'],
    ['on another day', '2026-06-09T23:30:00Z', 'Asia/Tokyo', '2026-06-10 08:30 Tokyo time'],
    ['of UTC', '2026-06-09T04:30:00Z', 'UTC', '2026-06-09 04:30 UTC'],
    ['the first time that it comes', '2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25 02:30 +02:00 Berlin time'],
    ['the second time', '2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25 02:30 +01:00 Berlin time'],
    ['before that', '2026-10-24T23:59:00Z', 'Europe/Berlin', '2026-10-25 01:59 Berlin time'],
    ['after it', '2026-10-25T02:00:00Z', 'Europe/Berlin', '2026-10-25 03:00 Berlin time'],
    ['after a skipped hour', '2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29 03:00 Berlin time'],
  ])('is the time %s', (_when, instant, timeZone, expected) => {
    expect(wallTime(instant, timeZone)).toBe(expected);
  });
});

describe('withWallTimes()', () => {
  it('changes each instant and nothing else', () => {
    const text = 'Read for 2026-11-05T05:30:00Z and 2026-11-05T05:30Z: 2026-11-05, 2026-W45, 2026-11-05T05:30:00+01:00';
    expect(withWallTimes(text, 'America/New_York')).toBe(
      'Read for 2026-11-05 00:30 New York time and 2026-11-05 00:30 New York time: 2026-11-05, 2026-W45, 2026-11-05T05:30:00+01:00',
    );
  });
});

describe('zoneInWords()', () => {
  it.each([
    ['America/Argentina/Buenos_Aires', 'Buenos Aires time'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['CET', 'CET'],
  ])('calls %s %s', (timeZone, words) => {
    expect(zoneInWords(timeZone)).toBe(words);
  });
});
