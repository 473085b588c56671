import { createHash } from 'node:crypto';
import type { CalendarSpec, IntervalSpec } from '@temporalio/client';
import type { Cadence, ResolvedConfig } from '#src/config/types.js';
import { collectScheduleId, deliverScheduleId, sweepScheduleId, WORKFLOW_TYPES } from '#src/workflows/names.js';

/** A schedule as the configuration wants it. Plain data; everything that matters is in `hash`. */
export interface DesiredSchedule {
  readonly id: string;
  readonly workflowType: string;
  readonly input: Readonly<Record<string, string>>;
  readonly taskQueue: string;
  readonly timing: {
    readonly timeZone: string;
    readonly calendars: readonly CalendarSpec[];
    readonly intervals: readonly IntervalSpec[];
    readonly jitterMs: number;
  };
  readonly overlap: 'SKIP' | 'BUFFER_ONE';
  readonly catchUpMs: number;
  readonly hash: string;
}

const HOUR_MS = 3_600_000;

/**
 * One schedule a pull group, and one each for sweep and deliver.
 *
 * Written out, never left to defaults: a collection that is still running holds back one more; nominal times missed
 * in an outage are made up for a day; sweeps and deliveries that were missed are not made up at all.
 */
export function desiredSchedules(config: ResolvedConfig): DesiredSchedule[] {
  const { site, revision } = config;
  const { taskQueue } = site;
  const collections = config.pullGroups.map((group) =>
    hashed({
      id: collectScheduleId(site.id, group.id),
      workflowType: WORKFLOW_TYPES.collect,
      input: { group: group.id, configRevision: revision },
      taskQueue,
      timing: {
        timeZone: group.cadence.timeZone,
        calendars: [calendarOf(group.cadence)],
        intervals: [],
        jitterMs: 10_000,
      },
      overlap: 'BUFFER_ONE',
      catchUpMs: 24 * HOUR_MS,
    }),
  );
  const every = (id: string, workflowType: string, minutes: number): DesiredSchedule =>
    hashed({
      id,
      workflowType,
      input: { configRevision: revision },
      taskQueue,
      timing: { timeZone: 'UTC', calendars: [], intervals: [{ every: minutes * 60_000, offset: 0 }], jitterMs: 0 },
      overlap: 'SKIP',
      catchUpMs: 60_000,
    });
  return [
    ...collections,
    every(sweepScheduleId(site.id), WORKFLOW_TYPES.sweep, site.sweepMinutes),
    every(deliverScheduleId(site.id), WORKFLOW_TYPES.deliver, site.deliverMinutes),
  ];
}

function hashed(schedule: Omit<DesiredSchedule, 'hash'>): DesiredSchedule {
  return { ...schedule, hash: createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 16) };
}

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/**
 * A cadence as a calendar. Every range has its end: without one the SDK encodes `{ start: 0 }` as 0 to 1, which
 * fires at two hours.
 */
export function calendarOf(cadence: Cadence): CalendarSpec {
  const at = <T>(value: T) => ({ start: value, end: value, step: 1 });
  const weekday = WEEKDAYS[(cadence.weekday ?? 1) - 1] ?? 'MONDAY';
  return {
    comment: describeCadence(cadence),
    second: at(0),
    minute: at(cadence.minute),
    hour: cadence.every === 'hour' ? { start: 0, end: 23, step: 1 } : at(cadence.hour),
    ...(cadence.every === 'week'
      ? { dayOfWeek: at(weekday) }
      : { dayOfWeek: { start: 'SUNDAY', end: 'SATURDAY', step: 1 } }),
    ...(cadence.every === 'month'
      ? { dayOfMonth: at(cadence.day ?? 1) }
      : { dayOfMonth: { start: 1, end: 31, step: 1 } }),
    month: { start: 'JANUARY', end: 'DECEMBER', step: 1 },
  };
}

/** `every day at 06:30 Europe/Berlin`. */
export function describeCadence(cadence: Cadence): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(cadence.hour)}:${two(cadence.minute)} ${cadence.timeZone}`;
  switch (cadence.every) {
    case 'hour':
      return `every hour at minute ${cadence.minute}`;
    case 'day':
      return `every day at ${time}`;
    case 'week':
      return `every ${(WEEKDAYS[(cadence.weekday ?? 1) - 1] ?? 'MONDAY').toLowerCase()} at ${time}`;
    case 'month':
      return `on day ${cadence.day ?? 1} of every month at ${time}`;
  }
}
