import type { Frequency } from '#src/domain/period/types.js';
import type { ScheduleSpec } from '../spec/extracts-spec.js';
import type { Cadence, Extract, PullGroup } from '../types.js';

const DAY_NAMES = ['', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A schedule as hours and minutes of its own zone, or else the site's. */
export function cadenceOf(schedule: ScheduleSpec, siteTimeZone: string): Cadence {
  const timeZone = schedule.time_zone ?? siteTimeZone;
  if (schedule.every === 'hour') return { every: 'hour', hour: 0, minute: schedule.minute, timeZone };
  const [hour = 0, minute = 0] = schedule.at.split(':').map((part) => Number.parseInt(part, 10));
  switch (schedule.every) {
    case 'day':
      return { every: 'day', hour, minute, timeZone };
    case 'week':
      return { every: 'week', weekday: schedule.on, hour, minute, timeZone };
    case 'month':
      return { every: 'month', day: schedule.day, hour, minute, timeZone };
  }
}

/** Whether a source read at a cadence leaves periods of a frequency without a read of their own. */
export function isCoarser(every: Cadence['every'], frequency: Frequency): boolean {
  if (every === 'week') return frequency === 'daily';
  return every === 'month' && (frequency === 'daily' || frequency === 'weekly');
}

/** Extracts of one connection that are read at the same times, sorted by id. */
export function pullGroupsOf(extracts: readonly Extract[], siteTimeZone: string): readonly PullGroup[] {
  const groups = new Map<string, { readonly first: Extract; readonly extracts: string[] }>();
  for (const extract of extracts) {
    const id = groupId(extract, siteTimeZone);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { first: extract, extracts: [extract.id] });
    else group.extracts.push(extract.id);
  }
  return [...groups]
    .map(([id, group]) => ({
      id,
      connection: group.first.connection,
      cadence: group.first.cadence,
      extracts: group.extracts.toSorted(),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** `operations-day-0630`, `operations-week-mon-0630`, `finance-month-day3-0700`, `sensors-hour-15`; a foreign zone last. */
function groupId({ connection, cadence }: Extract, siteTimeZone: string): string {
  const { every, weekday, day, hour, minute, timeZone } = cadence;
  const minutes = String(minute).padStart(2, '0');
  const parts = [
    connection,
    every,
    ...(weekday === undefined ? [] : [DAY_NAMES[weekday] ?? '']),
    ...(day === undefined ? [] : [`day${day}`]),
    every === 'hour' ? minutes : `${String(hour).padStart(2, '0')}${minutes}`,
    ...(timeZone === siteTimeZone
      ? []
      : [
          timeZone
            .toLowerCase()
            .replaceAll('+', 'plus')
            .replace(/[^a-z0-9]+/g, '-'),
        ]),
  ];
  return parts.join('-');
}
