import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlines } from '#src/domain/freshness/deadlines.js';
import { escalationDays, reminderDays } from '#src/domain/freshness/reminders.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import { daysBetween } from '#src/domain/period/period-instants.js';

const WORKING = { weekend: [6, 7], holidays: [] } as never;
const due = { businessDays: 5, graceDays: 3 };
const june = parsePeriodId('2026-06');

describe('reminderDays()', () => {
  it('counts from the last day of the period, both ways', () => {
    expect(reminderDays(june, { remind: { beforeDays: 15, afterDays: 3 } })).toEqual(['2026-06-15', '2026-07-03']);
    expect(reminderDays(june, { remind: { beforeDays: 0 } })).toEqual(['2026-06-30']);
    expect(reminderDays(parsePeriodId('2024-Q1'), { remind: { beforeDays: 31 } })).toEqual(['2024-02-29']);
  });

  it('gives none without a rule', () => {
    expect(reminderDays(june, {})).toEqual([]);
  });
});

describe('escalationDays()', () => {
  it('follows a notice up so many times and then leaves it at that', () => {
    const rule = { escalate: { everyDays: 3, times: 3 } };
    expect(escalationDays('2026-12-01', rule)).toEqual(['2026-12-04', '2026-12-07', '2026-12-10']);
    expect(escalationDays('2026-12-30', rule)).toEqual(['2027-01-02', '2027-01-05', '2027-01-08']);
    expect(escalationDays('2026-12-01', {})).toEqual([]);
  });

  it('keeps the same distance all along', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 366 }), fc.integer({ min: 1, max: 100 }), (everyDays, times) => {
        const days = ['2026-02-27', ...escalationDays('2026-02-27', { escalate: { everyDays, times } })];
        expect(days).toHaveLength(times + 1);
        for (const [index, day] of days.slice(1).entries()) expect(daysBetween(days[index] ?? '', day)).toBe(everyDays);
      }),
    );
  });
});

describe('a lock', () => {
  it('falls at the end of its last day in the zone of the measure, across a change of the clocks', () => {
    const lockedFrom = (id: string, lockDays: number) =>
      deadlines(parsePeriodId(id), { ...due, lockDays }, WORKING, 'Europe/Berlin').lockedFrom;
    expect(lockedFrom('2026-05', 15)).toBe('2026-06-15T22:00:00Z');
    expect(lockedFrom('2026-10', 0)).toBe('2026-10-31T23:00:00Z');
    expect(lockedFrom('2026-02', 31)).toBe('2026-03-31T22:00:00Z');
  });

  it('is none unless the rule has one', () => {
    expect(deadlines(june, due, WORKING, 'UTC')).not.toHaveProperty('lockedFrom');
  });
});
