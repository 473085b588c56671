import { compareInstants } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';

/** A value that was to come, and when it was first recorded. */
export interface DueValue {
  readonly due: Instant;
  /** Nominal time of the run that recorded it first; absent while it is not there. */
  readonly arrived?: Instant;
  /** When the source itself says it had it, where that is declared to count. */
  readonly atSource?: Instant;
}

/** How many values were due, and how many of those were there on time. */
export interface Timeliness {
  readonly due: number;
  readonly onTime: number;
}

export interface TimelinessWindow {
  /** Values due before it are not counted. */
  readonly from: Instant;
  /** Nor are those whose due time has not passed. */
  readonly now: Instant;
  /** When the measure was first collected: of what was due before it nobody knows when it came. Absent: it never was. */
  readonly collectedSince?: Instant;
}

/**
 * Values on time of the values due.
 *
 * Exactly at the due time is on time. What counts is the nominal time of the run that recorded a value first, so that a run which
 * is made up later, or takes long, makes nothing late. Where that run was for a later time, as after an outage of ours, the value
 * is on time if its source says that it had it by then, and late otherwise.
 *
 * @see docs/decisions/2026-11-28-why-a-value-is-not-there.md
 */
export function timeliness(
  values: readonly DueValue[],
  { from, now, collectedSince = from }: TimelinessWindow,
): Timeliness {
  const counted = values.filter(
    ({ due }) =>
      compareInstants(due, from) >= 0 && compareInstants(due, collectedSince) >= 0 && compareInstants(due, now) < 0,
  );
  return { due: counted.length, onTime: counted.filter(isOnTime).length };
}

function isOnTime({ due, arrived, atSource }: DueValue): boolean {
  if (arrived === undefined) return false;
  return compareInstants(arrived, due) <= 0 || (atSource !== undefined && compareInstants(atSource, due) <= 0);
}

/** Of several measures together: each value counts once. */
export function timelinessOfAll(parts: readonly Timeliness[]): Timeliness {
  return parts.reduce((sum, part) => ({ due: sum.due + part.due, onTime: sum.onTime + part.onTime }), {
    due: 0,
    onTime: 0,
  });
}
