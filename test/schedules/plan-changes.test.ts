import { describe, expect, it } from 'vitest';
import { calendarOf, type DesiredSchedule, describeCadence } from '#src/schedules/desired-schedules.js';
import { planScheduleChanges } from '#src/schedules/plan-changes.js';

const desired = (id: string, hash = 'h'): DesiredSchedule => ({
  id,
  hash,
  workflowType: 'collect',
  input: {},
  taskQueue: 'q',
  timing: { timeZone: 'UTC', calendars: [], intervals: [], jitterMs: 0 },
  overlap: 'SKIP',
  catchUpMs: 60_000,
});

describe('planScheduleChanges()', () => {
  it('creates what is not there', () => {
    expect(planScheduleChanges([desired('a')], []).map((change) => change.action)).toEqual(['create']);
  });

  it('is empty after it was carried out', () => {
    expect(planScheduleChanges([desired('a')], [{ id: 'a', hash: 'h', paused: false }])).toEqual([]);
  });

  it('takes a pause for no difference', () => {
    expect(planScheduleChanges([desired('a')], [{ id: 'a', hash: 'h', paused: true }])).toEqual([]);
  });

  it('updates what differs, and knows what it planned from', () => {
    const existing = { id: 'a', hash: 'old', paused: true };
    expect(planScheduleChanges([desired('a')], [existing])).toEqual([
      { action: 'update', id: 'a', desired: desired('a'), from: existing },
    ]);
  });

  it('deletes ours that is wanted no more, and never a schedule without our mark', () => {
    const existing = [
      { id: 'ours', hash: 'h', paused: false },
      { id: 'theirs', paused: false },
    ];
    expect(planScheduleChanges([], existing)).toEqual([{ action: 'delete', id: 'ours' }]);
  });
});

describe('calendarOf()', () => {
  const cadence = { every: 'day', hour: 0, minute: 0, timeZone: 'Europe/Berlin' } as const;

  it('gives every range an end, so that midnight is not midnight and one', () => {
    const { comment: _comment, ...ranges } = calendarOf(cadence);
    for (const range of Object.values(ranges)) expect(range).toHaveProperty('end');
    expect(calendarOf(cadence).hour).toEqual({ start: 0, end: 0, step: 1 });
  });

  it('names the one weekday of a weekly cadence', () => {
    expect(calendarOf({ ...cadence, every: 'week', weekday: 7 }).dayOfWeek).toEqual({
      start: 'SUNDAY',
      end: 'SUNDAY',
      step: 1,
    });
  });

  it('takes every hour for an hourly cadence', () => {
    expect(calendarOf({ ...cadence, every: 'hour', minute: 15 })).toMatchObject({
      hour: { start: 0, end: 23 },
      minute: { start: 15, end: 15 },
    });
  });

  it('is told in words', () => {
    expect(describeCadence({ ...cadence, every: 'month', day: 3, hour: 6, minute: 5 })).toBe(
      'on day 3 of every month at 06:05 Europe/Berlin',
    );
  });
});
