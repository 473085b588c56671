// Hours of a person over summer time: in Berlin the clocks go on by an hour on 29 March 2026 at 02:00 and back on 25 October
// at 03:00, so that these days have 23 and 25 hours.
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dateInZone } from '#src/domain/period/period-instants.js';
import { isWorkingDay } from '#src/domain/period/working-days.js';
import { reachableFrom } from '#src/domain/policy/reachable-from.js';
import type { DaySpan, Hours } from '#src/domain/policy/types.js';

const calendar = { weekend: [6, 7], holidays: ['2026-12-25'] };
const isWorked = (date: string): boolean => isWorkingDay(date, calendar);
const BERLIN = 'Europe/Berlin';
const night: Hours = { timeZone: BERLIN, quiet: { from: '22:00', to: '07:00' } };
const office: Hours = { timeZone: BERLIN, working: { from: '08:00', to: '17:00', isWorked } };

describe('reachableFrom()', () => {
  it.each([
    ['before the night', night, '2026-11-10T20:59:59Z', '2026-11-10T20:59:59Z'],
    ['in the night', night, '2026-11-10T21:00:00Z', '2026-11-11T06:00:00Z'],
    ['after midnight', night, '2026-11-11T02:00:00Z', '2026-11-11T06:00:00Z'],
    ['at the end of the night', night, '2026-11-11T06:00:00Z', '2026-11-11T06:00:00Z'],
    ['in the night of 23 hours a day', night, '2026-03-28T21:30:00Z', '2026-03-29T05:00:00Z'],
    ['in the night of 25 hours a day', night, '2026-10-24T20:30:00Z', '2026-10-25T06:00:00Z'],
    ['in working hours', office, '2026-11-10T09:00:00Z', '2026-11-10T09:00:00Z'],
    ['in the evening', office, '2026-11-10T16:00:00Z', '2026-11-11T07:00:00Z'],
    ['on a Saturday', office, '2026-11-14T09:00:00Z', '2026-11-16T07:00:00Z'],
    ['on a holiday before a weekend', office, '2026-12-25T09:00:00Z', '2026-12-28T07:00:00Z'],
    ['on the Sunday of 23 hours', office, '2026-03-29T09:00:00Z', '2026-03-30T06:00:00Z'],
    ['on the Sunday of 25 hours', office, '2026-10-25T09:00:00Z', '2026-10-26T07:00:00Z'],
    [
      'in quiet hours that reach into working hours',
      { ...office, quiet: { from: '22:00', to: '10:00' } },
      '2026-11-10T07:30:00Z',
      '2026-11-10T09:00:00Z',
    ],
    [
      'where quiet hours take the rest of the working day',
      { ...office, quiet: { from: '16:00', to: '07:00' } },
      '2026-11-13T15:30:00Z',
      '2026-11-16T07:00:00Z',
    ],
    [
      'at once where there is no hour at all',
      { timeZone: BERLIN, working: { from: '08:00', to: '17:00', isWorked: () => false } },
      '2026-11-10T21:00:00Z',
      '2026-11-10T21:00:00Z',
    ],
    [
      'in hours whose end the clocks skip',
      { timeZone: BERLIN, quiet: { from: '00:00', to: '02:30' } },
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'in hours whose end the clocks show twice',
      { timeZone: BERLIN, quiet: { from: '00:00', to: '02:30' } },
      '2026-10-25T00:40:00Z',
      '2026-10-25T01:30:00Z',
    ],
  ])('%s', (_, hours, at, then) => {
    expect(reachableFrom(at, hours)).toBe(then);
  });

  const times = fc
    .integer({ min: 0, max: 47 })
    .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
  const span = fc.record({ from: times, to: times }).filter(({ from, to }) => from !== to);
  const person = fc.record({
    timeZone: fc.constantFrom(BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'),
    quiet: fc.option(span, { nil: undefined }),
    working: fc.option(span, { nil: undefined }),
  });
  // Around the changes of summer time as well as in between; whole quarters, so that the search below can step by them.
  const instants = fc.integer({ min: 0, max: 4 * 24 * 366 }).map((quarter) =>
    Temporal.Instant.from('2026-01-01T00:00:00Z')
      .add({ minutes: 15 * quarter })
      .toString(),
  );

  /** By the wall clock alone: no span is made, so nothing of the code is used to judge it. */
  const isOn = ({ from, to }: DaySpan, clock: string): boolean =>
    from < to ? from <= clock && clock < to : clock >= from || clock < to;
  const clockOf = (at: string, timeZone: string): string =>
    Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });

  it('is never in quiet hours, and never earlier than asked for', () => {
    fc.assert(
      fc.property(person, instants, ({ timeZone, quiet, working }, at) => {
        const hours: Hours = {
          timeZone,
          ...(quiet === undefined ? {} : { quiet }),
          ...(working === undefined ? {} : { working: { ...working, isWorked } }),
        };
        const then = reachableFrom(at, hours);
        expect(Date.parse(then)).toBeGreaterThanOrEqual(Date.parse(at));
        // Nothing is left where the night covers the working day: then it is told at once.
        if (then === at || quiet === undefined) return;
        expect(isOn(quiet, clockOf(then, timeZone))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is the earliest such time: a quarter of an hour earlier, back to when it was asked for, is in quiet hours', () => {
    fc.assert(
      fc.property(span, instants, fc.constantFrom(BERLIN, 'Asia/Kolkata'), (quiet, at, timeZone) => {
        const then = reachableFrom(at, { timeZone, quiet });
        for (let time = Date.parse(at); time < Date.parse(then); time += 900_000) {
          const earlier = new Date(time).toISOString();
          // In the hour that is shown twice the quiet hours last to its second end.
          const shownTwice = dateInZone(earlier, timeZone) === '2026-10-25' && clockOf(earlier, timeZone) < '03:00';
          if (!shownTwice) expect([earlier, isOn(quiet, clockOf(earlier, timeZone))]).toEqual([earlier, true]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
