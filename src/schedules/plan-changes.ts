import type { DesiredSchedule } from './desired-schedules.js';

/** A schedule of this site as Temporal has it. */
export interface ExistingSchedule {
  readonly id: string;
  /** Of the configuration it was last applied from; absent when it carries no mark of ours. */
  readonly hash?: string;
  readonly paused: boolean;
}

export type ScheduleChange =
  | { readonly action: 'create'; readonly id: string; readonly desired: DesiredSchedule }
  | {
      readonly action: 'update';
      readonly id: string;
      readonly desired: DesiredSchedule;
      readonly from: ExistingSchedule;
    }
  | { readonly action: 'delete'; readonly id: string };

/**
 * What has to change so that Temporal holds what the configuration wants; empty when it does.
 *
 * Only schedules with our mark are updated or deleted. A pause is an operator's decision and no difference.
 *
 * @param existing all schedules of this site
 */
export function planScheduleChanges(
  desired: readonly DesiredSchedule[],
  existing: readonly ExistingSchedule[],
): ScheduleChange[] {
  const byId = new Map(existing.map((schedule) => [schedule.id, schedule]));
  const wanted = new Set(desired.map((schedule) => schedule.id));
  const kept = desired.flatMap((schedule): ScheduleChange[] => {
    const from = byId.get(schedule.id);
    if (from === undefined) return [{ action: 'create', id: schedule.id, desired: schedule }];
    return from.hash === schedule.hash ? [] : [{ action: 'update', id: schedule.id, desired: schedule, from }];
  });
  const gone = existing
    .filter((schedule) => schedule.hash !== undefined && !wanted.has(schedule.id))
    .map(({ id }): ScheduleChange => ({ action: 'delete', id }));
  return [...kept, ...gone];
}
