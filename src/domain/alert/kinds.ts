import type { Severity } from '../message/types.js';
import { RESTATED_DAYS } from './status-flip.js';

/** What a kind of alert is called, how grave it usually is, and why one ends. */
interface AlertKindWords {
  /** Three words at most, in capitals: the first of a subject line. */
  readonly label: string;
  /** Where no rule says another. */
  readonly severity: Severity;
  /** Why one is over, in words. */
  readonly over: string;
  /** Each period is news of its own: the next one is another alert, and ends the one before. */
  readonly isOfEachPeriod?: true;
  /** News of a while: that it is over by itself after so many days is none, for people. */
  readonly quietAfterDays?: number;
}

/**
 * All that can be wrong, from the worst: what hides other figures, what nobody sees, what is bad, what has changed, what may
 * still come. The one table that kinds derive from.
 */
export const ALERT_KINDS = {
  /** Nothing is evaluated, or nothing delivered, in the time it should have been. */
  pipeline_silent: { label: 'PIPELINE SILENT', severity: 'critical', over: 'it runs again' },
  /** A message was given up. */
  delivery_failed: {
    label: 'DELIVERY FAILED',
    severity: 'critical',
    over: 'messages arrive again, or those given up were dealt with',
  },
  source_failed: { label: 'SOURCE FAILED', severity: 'error', over: 'the source was read again' },
  missing: { label: 'MISSING', severity: 'error', over: 'the newest due period is no longer missing' },
  /** A source that keeps no history was not read while it could tell. */
  capture_missed: { label: 'CAPTURE MISSED', severity: 'error', over: 'the newest period was captured' },
  off_track: {
    label: 'OFF TRACK',
    severity: 'error',
    over: 'too few of the newest periods are off track for an alert',
  },
  worsened: {
    label: 'WORSENED',
    severity: 'warning',
    over: 'it is no news any more: another period has a score, or the status is no worse one than before',
    isOfEachPeriod: true,
    quietAfterDays: 0,
  },
  rejects: { label: 'ROWS REJECTED', severity: 'warning', over: 'it was read without so many rejected rows' },
  restated: {
    label: 'RESTATED',
    severity: 'warning',
    over: `the status is what it was before, or the correction is more than ${RESTATED_DAYS} days ago`,
    quietAfterDays: RESTATED_DAYS - 1,
  },
  target_missing: {
    label: 'TARGET MISSING',
    severity: 'warning',
    over: 'the newest period with a value has a target',
  },
  at_risk: { label: 'AT RISK', severity: 'warning', over: 'the newest period is not at risk any more' },
  note_missing: { label: 'NOTE MISSING', severity: 'warning', over: 'there is a note, or nothing to explain any more' },
  late: { label: 'LATE', severity: 'warning', over: 'no value is late any more' },
  improved: {
    label: 'IMPROVED',
    severity: 'info',
    over: 'it is no news any more: another period has a score, or the status is no better one than before',
    isOfEachPeriod: true,
    quietAfterDays: 0,
  },
} as const satisfies Record<string, AlertKindWords>;

/** Whether each period of a kind is news of its own. */
export function isOfEachPeriod(kind: AlertKind): boolean {
  const words: AlertKindWords = ALERT_KINDS[kind];
  return words.isOfEachPeriod === true;
}

/** Kinds whose words name the thing that is so: rows rejected, source failed. */
const OF_A_THING: ReadonlySet<AlertKind> = new Set([
  'pipeline_silent',
  'delivery_failed',
  'source_failed',
  'capture_missed',
  'rejects',
  'target_missing',
  'note_missing',
]);

/** A kind in words, with how it stands before what is said: `still off track`, `rows no longer rejected`. */
export function kindInWords(kind: AlertKind, how = ''): string {
  const words = ALERT_KINDS[kind].label.toLowerCase();
  if (how === '') return words;
  return OF_A_THING.has(kind) ? words.replace(/ (?=\S+$)/, ` ${how} `) : `${how} ${words}`;
}

/** After how many days the end of an alert is no news for people; `undefined` where it always is. */
export function quietAfterDays(kind: AlertKind): number | undefined {
  const words: AlertKindWords = ALERT_KINDS[kind];
  return words.quietAfterDays;
}

/** One of {@link ALERT_KINDS}. */
export type AlertKind = keyof typeof ALERT_KINDS;

/** All kinds, from the worst. */
export const ALERT_KIND_NAMES = Object.keys(ALERT_KINDS) as [AlertKind, ...AlertKind[]];

/** Whether a text is one of {@link ALERT_KINDS}: messages of another version may say any. */
export function isAlertKind(kind: string): kind is AlertKind {
  return Object.hasOwn(ALERT_KINDS, kind);
}

/** About Plumbline itself: found by the clock, and nothing about a measure is judged by the time of these. */
const BY_CLOCK: readonly AlertKind[] = ['pipeline_silent', 'delivery_failed'];

/** Whether a kind is found by the clock and not by the nominal time of an evaluation. */
export function isByClock(kind: AlertKind): boolean {
  return BY_CLOCK.includes(kind);
}
