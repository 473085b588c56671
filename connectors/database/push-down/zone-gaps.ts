import { addDays, millisecondsBetween, startInstant } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { type ZoneClock, zoneClock } from '#src/domain/period/zone-clock.js';
import type { TimeWindow } from '../sql/time-window.js';

/** Wall-clock times that the clocks of a zone skip, half-open, as `YYYY-MM-DD HH:MM:SS`. */
export interface ZoneGap {
  readonly from: string;
  readonly to: string;
}

const DAY_SECONDS = 86_400;
/** Changes of clocks begin and end on the quarter of an hour; that none was missed is proved by the day's length. */
const STEP_SECONDS = 900;

/** Every gap of the days of a window. */
export function zoneGaps(window: TimeWindow, timeZone: string): readonly ZoneGap[] {
  const gaps: ZoneGap[] = [];
  const clock = zoneClock(timeZone);
  let start = startInstant(window.start, timeZone);
  for (let date = window.start; date < window.end; date = addDays(date, 1)) {
    const next = startInstant(addDays(date, 1), timeZone);
    const seconds = millisecondsBetween(start, next) / 1000;
    if (seconds < DAY_SECONDS) gaps.push(...gapsOfDay(date, DAY_SECONDS - seconds, clock));
    start = next;
  }
  return gaps;
}

function gapsOfDay(date: CalendarDate, missingSeconds: number, clock: ZoneClock): readonly ZoneGap[] {
  const exists = (second: number): boolean => clock.instantAt(date, clockTime(second)) !== undefined;
  const edges: number[] = [];
  let there = true;
  for (let at = 0; at < DAY_SECONDS; at += STEP_SECONDS) {
    if (exists(at) === there) continue;
    edges.push(at === 0 ? 0 : firstChange(at - STEP_SECONDS, at, exists));
    there = !there;
  }
  if (!there) edges.push(DAY_SECONDS);
  const found = edges.reduce((sum, edge, index) => sum + (index % 2 === 0 ? -edge : edge), 0);
  // A change of clocks of an odd kind: nothing of this day is taken for sure.
  const sure = found === missingSeconds ? edges : [0, DAY_SECONDS];
  return sure.flatMap((edge, index) =>
    index % 2 === 0 ? [{ from: wallTime(date, edge), to: wallTime(date, sure[index + 1] ?? DAY_SECONDS) }] : [],
  );
}

/** The second after `low`, up to `high`, from which on a time is what it is at `high`. */
function firstChange(low: number, high: number, exists: (second: number) => boolean): number {
  const wanted = exists(high);
  let [before, from] = [low, high];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (exists(middle) === wanted) from = middle;
    else before = middle;
  }
  return from;
}

function wallTime(date: CalendarDate, second: number): string {
  return second === DAY_SECONDS ? `${addDays(date, 1)} 00:00:00` : `${date} ${clockTime(second)}`;
}

function clockTime(second: number): string {
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
