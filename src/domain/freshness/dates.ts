import { localTime } from '../period/local-time.js';
import { addDays, addMilliseconds, dateInZone, startInstant } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import type { Deadlines } from './types.js';

/** The dates of a period that people are shown. Up to `due` a value is on time; each of the others is a first second. */
export interface PeriodDates {
  readonly due: Instant;
  readonly lateFrom: Instant;
  readonly missingFrom: Instant;
  /** From then on no run reads the period; absent where periods are never locked. */
  readonly lockedFrom?: Instant;
  /** As of {@link Deadlines}: `at_the_latest` until the source says that it stands at the period, as long as that may be. */
  readonly asOf?: Deadlines['asOf'] & string;
}

const SECOND_MS = 1000;

/** On a deadline is still on time, so a value is late, and missing, a second after it. */
export function periodDates({ due, missingFrom, lockedFrom, asOf }: Deadlines): PeriodDates {
  return {
    due,
    lateFrom: addMilliseconds(due, SECOND_MS),
    missingFrom: addMilliseconds(missingFrom, SECOND_MS),
    ...(lockedFrom === undefined ? {} : { lockedFrom }),
    ...(asOf === undefined ? {} : { asOf }),
  };
}

/**
 * `due by the end of 2026-04-08, late from 2026-04-09 on, missing from 2026-04-12 on, locked from 2026-06-16 on`; `due by
 * 2026-04-01 06:00, late after that` where a deadline is no midnight. Without days of grace nothing is late.
 */
export function dateWords(deadlines: Deadlines, timeZone: string): string {
  const { due, missingFrom, lockedFrom } = deadlines;
  return [
    dueWords(deadlines, timeZone),
    ...(due === missingFrom ? [] : [`late ${fromWords(due, timeZone)}`]),
    `missing ${fromWords(missingFrom, timeZone)}`,
    ...(lockedFrom === undefined ? [] : [`locked ${fromWords(lockedFrom, timeZone)}`]),
  ].join(', ');
}

/** `due by the end of 2026-04-08`, with what its source has to do with it where the rule goes by that. */
export function dueWords({ due, asOf }: Pick<Deadlines, 'due' | 'asOf'>, timeZone: string): string {
  const end = endWords(due, timeZone);
  if (asOf === undefined) return `due by ${end}`;
  return asOf === 'said'
    ? `due by ${end}, when its source said that it stands there`
    : `due as soon as its source says that it stands there, by ${end} at the latest`;
}

/** Midnight is the end of the day before. */
export function endWords(instant: Instant, timeZone: string): string {
  const day = dateInZone(instant, timeZone);
  return isMidnight(instant, timeZone) ? `the end of ${addDays(day, -1)}` : localTime(instant, timeZone);
}

function fromWords(instant: Instant, timeZone: string): string {
  return isMidnight(instant, timeZone)
    ? `from ${dateInZone(instant, timeZone)} on`
    : `after ${localTime(instant, timeZone)}`;
}

function isMidnight(instant: Instant, timeZone: string): boolean {
  return startInstant(dateInZone(instant, timeZone), timeZone) === instant;
}
