import { describe, expect, it } from 'vitest';
import { firstDayRead, historyStart, planMeasure } from '#src/domain/collection/plan-measure.js';
import { runIdOf } from '#src/domain/collection/run-id.js';

const measure = { frequency: 'monthly', timeZone: 'Europe/Berlin', restatementPeriods: 3, valueDigest: 'v1' } as const;
const collected = { valueDigest: 'v1', collectedFrom: '2024-11-01', collectedTo: '2026-12-01' };
const at = '2026-11-23T08:00:00Z';

describe('planMeasure()', () => {
  it('reads the whole history the first time, and the open period', () => {
    expect(planMeasure(measure, undefined, 24, at)).toEqual({ start: '2024-11-01', end: '2026-12-01' });
  });

  it('reads the closed periods of the restatement window after that', () => {
    expect(planMeasure(measure, collected, 24, at)).toEqual({ start: '2026-08-01', end: '2026-12-01' });
  });

  it('reads the history anew when the definition changed', () => {
    const changed = { ...collected, valueDigest: 'v0' };
    expect(planMeasure(measure, changed, 24, at).start).toBe('2024-11-01');
  });

  it('reads the history anew when it was made longer', () => {
    expect(planMeasure(measure, collected, 36, at).start).toBe('2023-11-01');
  });

  it('does not read the history anew because the days go by', () => {
    expect(planMeasure(measure, collected, 24, '2026-12-02T08:00:00Z').start).toBe('2026-08-01');
  });

  it('takes up the restatement window where it stopped, however long ago that is', () => {
    const longAgo = { ...collected, collectedTo: '2026-03-01' };
    expect(planMeasure(measure, longAgo, 24, at).start).toBe('2025-11-01');
  });

  it('reads the period again that was open at the last collection, without any restatement window', () => {
    const none = { ...measure, restatementPeriods: 0 };
    expect(planMeasure(none, { ...collected, collectedTo: '2026-11-01' }, 24, at).start).toBe('2026-10-01');
  });

  it('never reads before the history begins', () => {
    const long = { ...measure, restatementPeriods: 60 };
    expect(planMeasure(long, collected, 24, at).start).toBe('2024-11-01');
  });

  it('reads one more period of running totals, whose values stay those of the window', () => {
    const aggregation = { kind: 'cumulative', column: 'total', resets: 'yearly', where: [] } as const;
    const running = { ...measure, aggregation };
    const first = { start: '2024-11-01', end: '2026-12-01', readFrom: '2024-10-01' };
    expect(planMeasure(running, undefined, 24, at)).toEqual(first);
    expect(planMeasure(running, collected, 24, at)).toEqual({ ...first, start: '2026-08-01', readFrom: '2026-07-01' });
    expect(firstDayRead(first)).toBe('2024-10-01');
    expect(firstDayRead({ start: '2024-11-01', end: '2026-12-01' })).toBe('2024-11-01');
  });

  it('does not read locked periods again, not even one that is still waited for', () => {
    const locked = (lockDays: number) => ({ ...measure, due: { businessDays: 5, graceDays: 3, lockDays } });
    expect(planMeasure(locked(40), collected, 24, at).start).toBe('2026-10-01');
    expect(planMeasure(locked(22), collected, 24, at).start).toBe('2026-11-01');
    expect(planMeasure(locked(23), collected, 24, at).start).toBe('2026-10-01');
    expect(planMeasure(locked(40), { ...collected, waitingFrom: '2026-01-01' }, 24, at).start).toBe('2026-10-01');
    expect(planMeasure(locked(400), collected, 24, at).start).toBe('2026-08-01');
  });

  it('reads what was locked while nothing was collected once, and the history of a new definition', () => {
    const locked = { ...measure, due: { businessDays: 5, graceDays: 3, lockDays: 10 } };
    expect(planMeasure(locked, { ...collected, collectedTo: '2026-04-01' }, 24, at).start).toBe('2026-03-01');
    expect(planMeasure(locked, { ...collected, valueDigest: 'v0' }, 24, at).start).toBe('2024-11-01');
    expect(planMeasure(locked, undefined, 24, at).start).toBe('2024-11-01');
  });

  it("takes the day from the measure's zone, not from UTC", () => {
    const newYear = '2026-12-31T23:30:00Z';
    expect(planMeasure(measure, undefined, 1, newYear).end).toBe('2027-02-01');
    expect(planMeasure({ ...measure, timeZone: 'UTC' }, undefined, 1, newYear).end).toBe('2027-01-01');
  });

  it('stays on the boundaries of weeks and quarters', () => {
    expect(planMeasure({ ...measure, frequency: 'weekly' }, undefined, 1, at)).toEqual({
      start: '2026-10-05',
      end: '2026-11-30',
    });
    expect(planMeasure({ ...measure, frequency: 'quarterly' }, undefined, 4, at)).toEqual({
      start: '2026-07-01',
      end: '2027-01-01',
    });
  });
});

describe('historyStart()', () => {
  it('is the first whole period inside the months', () => {
    expect(historyStart('2026-11-23', 2, { frequency: 'monthly' })).toBe('2026-09-01');
    expect(historyStart('2026-11-23', 2, { frequency: 'quarterly' })).toBe('2026-10-01');
    expect(historyStart('2026-11-23', 2, { frequency: 'daily' })).toBe('2026-09-01');
  });
});

describe('runIdOf()', () => {
  it('is the same for the same group and nominal time', () => {
    expect(runIdOf('finance-day-0700', at)).toBe('finance-day-0700@2026-11-23T08:00:00Z');
  });
});
