import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import { zoneClock } from '#src/domain/period/zone-clock.js';
import { anyZone } from './arbitraries.js';

/** Days of the twentieth and twenty-first century, half of them near a change of the clocks. */
const anyDay = fc.oneof(
  fc.integer({ min: 0, max: 73_000 }).map((days) => addDays('1900-01-01', days)),
  fc
    .tuple(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2018-11-04', '2011-12-30', '2026-03-08'),
      fc.integer({ min: -2, max: 2 }),
    )
    .map(([day, off]) => addDays(day, off)),
);
const anyTime = fc
  .integer({ min: 0, max: 86_399 })
  .map((second) => [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60])
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const anyFraction = fc.constantFrom('', '.5', '.000', '.120', '.000000001');

/** Each clock is shared by all examples of its zone, so that most are answered from memory. */
const clocks = new Map<string, ReturnType<typeof zoneClock>>();
const clockOf = (zone: string): ReturnType<typeof zoneClock> => {
  const clock = clocks.get(zone) ?? zoneClock(zone);
  clocks.set(zone, clock);
  return clock;
};

describe('zoneClock()', () => {
  it('has the same day at an instant as dateInZone()', () => {
    fc.assert(
      fc.property(anyDay, anyTime, anyFraction, anyZone, (day, time, fraction, zone) => {
        const instant = `${day}T${time}${fraction}Z`;
        expect(clockOf(zone).dateAt(instant)).toBe(dateInZone(instant, zone));
      }),
      { numRuns: 1000 },
    );
  });

  it('has the same instant for a local time as the Temporal proposal, and none for one that is skipped', () => {
    fc.assert(
      fc.property(anyDay, anyTime, anyFraction, anyZone, (day, time, fraction, zone) => {
        const local = Temporal.PlainDateTime.from(`${day}T${time}${fraction}`);
        const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
        const exists = zoned.toPlainDateTime().equals(local);
        expect(clockOf(zone).instantAt(day, `${time}${fraction}`)).toBe(
          exists ? zoned.toInstant().toString() : undefined,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps to the calendar at its edges', () => {
    expect(clockOf('Europe/Berlin').dateAt('9999-12-31T23:59:59Z')).toBe('9999-12-31');
    expect(clockOf('America/New_York').dateAt('0001-01-01T00:00:00Z')).toBe('0001-01-01');
    expect(clockOf('America/New_York').instantAt('9999-12-31', '23:59:59')).toBe('out_of_range');
    expect(clockOf('Asia/Kolkata').instantAt('0001-01-01', '00:00:00')).toBe('out_of_range');
    expect(clockOf('UTC').instantAt('9999-12-31', '23:59:59.5')).toBe('9999-12-31T23:59:59.5Z');
  });
});
