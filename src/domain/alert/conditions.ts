import type { Measure } from '../measure/types.js';
import { valueText } from '../measure/value-text.js';
import { addMilliseconds, compareInstants, dateInZone } from '../period/period-instants.js';
import type { Instant, Period } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';
import { shownTarget } from '../target/shown-target.js';
import type { DecimalText } from '../value/types.js';
import { alertSubject } from './alert-key.js';
import { ON_BY_DEFAULT } from './settings.js';
import type { StatusFlip } from './status-flip.js';
import type { AlertKind, FoundCondition, NamedAbsence } from './types.js';

/** How a measure stood in one period. */
export interface PeriodOutcome {
  readonly period: Period;
  /** Whether the period had ended at the time of the evaluation; open periods raise nothing. */
  readonly closed: boolean;
  readonly status: Status | NoScoreState;
  /** When the value is, or was, due. */
  readonly due: Instant;
  readonly value?: DecimalText;
  /** As text for people: `85`, `72..82`. */
  readonly target?: string;
  /** Why there is no score, in words. */
  readonly reason?: string;
}

/** All that decides which alert conditions of a measure hold. */
export interface MeasureStanding {
  readonly measure: Pick<
    Measure,
    'address' | 'name' | 'frequency' | 'timeZone' | 'unit' | 'decimals' | 'offTrackAfter'
  >;
  /** Newest first, without gaps, as far back as runs of periods are to be counted. */
  readonly outcomes: readonly PeriodOutcome[];
  /** Of a value that is due and not there: who can act, where that is another than `owner`, and lines that say why. No secret. */
  readonly absence?: NamedAbsence & { readonly lines: readonly string[] };
  /** Lines about the source, for the details of `late` and `missing`: when it was last read, rejected rows. No secret. */
  readonly evidence: readonly string[];
  /** Closed periods whose status was turned by a correction of late, in any order. */
  readonly flips: readonly StatusFlip[];
  /** Person told. */
  readonly owner: string;
  /** Kinds that are told; absent: those of {@link ON_BY_DEFAULT}. */
  readonly isOn?: (kind: AlertKind) => boolean;
}

/** Periods named in an alert, the newest: a run of years must not become a page. */
const MOST_LINES = 6;

/**
 * The conditions that hold for a measure: at most one of `missing` and `late`, and perhaps others beside it.
 *
 * Overdue periods are counted back from the newest due one while each is late or missing. With a missing one among them
 * the condition is `missing`, from the first missing period on, and the late ones after it raise no alert of their own;
 * else it is `late`, from the first late one on. So an unbroken run is one alert. Periods in which nothing is expected
 * neither break a run nor count. Where `missing` is turned off, missing ones count as late.
 *
 * `off_track` holds when the newest `offTrackAfter` closed periods with a score are all off track; it begins with the
 * first of that unbroken streak. Periods without a score neither break the streak nor count: a missing value is no
 * recovery, and no failure either. `offTrackAfter` 0 raises none. Of the form n of m it holds when at least n of the newest m
 * closed periods with a score are off track, whichever they are; it begins with the first of these n.
 *
 * `target_missing` holds when the newest closed period with a value cannot be judged for want of a target, or of another series
 * that it is judged by; it begins with the first of the unbroken run of such periods.
 *
 * `restated` holds when the status of closed periods was turned by corrections of late; it begins with the first of them.
 */
export function measureConditions(standing: MeasureStanding): FoundCondition[] {
  const closed = standing.outcomes.filter((outcome) => outcome.closed);
  const isOn = standing.isOn ?? isUsual;
  return [
    ...overdueCondition(standing, closed),
    ...offTrackCondition(standing, closed),
    ...targetMissingCondition(standing, closed),
    ...restatedCondition(standing),
  ].filter(({ kind }) => isOn(kind));
}

function isUsual(kind: AlertKind): boolean {
  return ON_BY_DEFAULT.includes(kind);
}

function overdueCondition(standing: MeasureStanding, closed: readonly PeriodOutcome[]): FoundCondition[] {
  const isOn = standing.isOn ?? isUsual;
  const overdue = overduePeriods(closed);
  const isMissing = ({ status }: PeriodOutcome): boolean => status === 'missing' && isOn('missing');
  const missing = overdue.filter(isMissing);
  const late = overdue.filter((outcome) => !isMissing(outcome));
  const lines = [...dueLines(standing, overdue), ...(standing.absence?.lines ?? []), ...standing.evidence];
  const periods = overdue.map(({ period }) => period);
  const [newestMissing, firstMissing] = [missing[0], missing.at(-1)];
  if (newestMissing !== undefined && firstMissing !== undefined) {
    const summary = `no value since ${firstMissing.period.id}, ${counted(missing.length)} missing`;
    const found = condition(standing, 'missing', [newestMissing, firstMissing], summary, lines);
    return [{ ...toWhomCanAct(standing, found), overdue: periods }];
  }
  const [newestLate, firstLate] = [late[0], late.at(-1)];
  if (newestLate === undefined || firstLate === undefined) return [];
  const many = late.length > 1 ? `, ${counted(late.length)} late` : '';
  const summary = `${firstLate.period.id} was due by ${dueDay(standing, firstLate)}, still not there${many}`;
  const found = condition(standing, 'late', [newestLate, firstLate], summary, lines);
  return [{ ...toWhomCanAct(standing, found), overdue: periods }];
}

/** Closed periods without a value from the newest due one back, the newest first, as far as the run is unbroken. */
export function overduePeriods<T extends Pick<PeriodOutcome, 'status'>>(closed: readonly T[]): readonly T[] {
  const due = closed.filter(({ status }) => status !== 'not_due' && status !== 'not_expected');
  return newestWhile(due, ({ status }) => status === 'late' || status === 'missing');
}

function toWhomCanAct({ absence }: MeasureStanding, found: FoundCondition): FoundCondition {
  if (absence === undefined) return found;
  const { lines: _lines, ...named } = absence;
  return { ...found, owner: absence.person, absence: named };
}

function offTrackCondition(standing: MeasureStanding, closed: readonly PeriodOutcome[]): FoundCondition[] {
  const { offTrackAfter } = standing.measure;
  const scored = closed.filter(({ status }) => status === 'on_track' || status === 'at_risk' || status === 'off_track');
  const inRow = typeof offTrackAfter === 'number';
  const bad = inRow ? newestWhile(scored, isOffTrack) : scored.slice(0, offTrackAfter.of).filter(isOffTrack);
  const wanted = inRow ? offTrackAfter : offTrackAfter.periods;
  const [newest, first] = [bad[0], bad.at(-1)];
  if (wanted === 0 || bad.length < wanted || newest === undefined || first === undefined) return [];
  const how = inRow
    ? `off track since ${first.period.id}, ${counted(bad.length)} in a row`
    : `off track in ${bad.length} of the last ${counted(Math.min(offTrackAfter.of, scored.length))} with a score, since ${first.period.id}`;
  const summary = `${how}; ${newest.period.id}: ${figures(standing, newest)}`;
  const lines = scored
    .slice(0, inRow ? 3 : Math.min(offTrackAfter.of, MOST_LINES))
    .map((outcome) => `${outcome.period.id}: ${figures(standing, outcome)}, ${words(outcome)}`);
  return [condition(standing, 'off_track', [newest, first], summary, lines)];
}

function targetMissingCondition(standing: MeasureStanding, closed: readonly PeriodOutcome[]): FoundCondition[] {
  const valued = closed.filter(({ value }) => value !== undefined);
  const unjudged = newestWhile(valued, ({ status }) => status === 'no_target');
  const [newest, first] = [unjudged[0], unjudged.at(-1)];
  if (newest === undefined || first === undefined) return [];
  const summary = `no target in force since ${first.period.id}, ${counted(unjudged.length)} with a value and no score`;
  const lines = unjudged.slice(0, 3).map((outcome) => {
    const why = outcome.reason === undefined ? '' : `: ${outcome.reason}`;
    return `${outcome.period.id}: ${figures(standing, outcome)}, not judged${why}`;
  });
  return [condition(standing, 'target_missing', [newest, first], summary, lines)];
}

function restatedCondition(standing: MeasureStanding): FoundCondition[] {
  const flips = standing.flips.toSorted((a, b) => (a.period.start < b.period.start ? -1 : 1));
  const [first] = flips;
  if (first === undefined) return [];
  const { before, after } = first;
  const change = `${first.period.id} was ${words(before)} and is ${words(after)} since its value was corrected`;
  const more = flips.length === 1 ? '' : `; ${counted(flips.length)} in all`;
  const lines = flips
    .slice(-MOST_LINES)
    .toReversed()
    .map(
      (flip) =>
        `${flip.period.id}: ${valueText(flip.before.value, standing.measure)}, ${words(flip.before)} → ${valueText(flip.after.value, standing.measure)}, ${words(flip.after)}; corrected ${dateInZone(flip.at, standing.measure.timeZone)}`,
    );
  const through = flips.map(({ at }) => at).reduce((a, b) => (compareInstants(a, b) > 0 ? a : b));
  return [{ ...condition(standing, 'restated', [first, first], `${change}${more}`, lines), through }];
}

export function condition(
  { measure, owner }: MeasureStanding,
  kind: FoundCondition['kind'],
  [newest, begun]: readonly [Pick<PeriodOutcome, 'period'>, Pick<PeriodOutcome, 'period'>],
  what: string,
  details: readonly string[],
): FoundCondition {
  const subject = alertSubject('measure', measure.address);
  const summary = `${measure.name} (${measure.frequency}): ${what}`;
  return { kind, subject, period: begun.period.id, through: newest.period.end, owner, summary, details };
}

export function isOffTrack({ status }: PeriodOutcome): boolean {
  return status === 'off_track';
}

export function newestWhile<T>(outcomes: readonly T[], holds: (outcome: T) => boolean): readonly T[] {
  const end = outcomes.findIndex((outcome) => !holds(outcome));
  return end === -1 ? outcomes : outcomes.slice(0, end);
}

function dueLines(standing: MeasureStanding, overdue: readonly PeriodOutcome[]): string[] {
  const shown = overdue
    .slice(0, MOST_LINES)
    .map((outcome) => `${outcome.period.id}: ${outcome.status}, was due by ${dueDay(standing, outcome)}`);
  const more = overdue.length - shown.length;
  return more > 0 ? [...shown, `and ${counted(more)} before`] : shown;
}

/** The last day on which it would have been on time. */
function dueDay({ measure }: MeasureStanding, { due }: PeriodOutcome): string {
  return dateInZone(addMilliseconds(due, -1), measure.timeZone);
}

export function figures({ measure }: MeasureStanding, { value, target }: PeriodOutcome): string {
  const shown = value === undefined ? 'value not kept' : valueText(value, measure);
  return target === undefined ? shown : `${shown} against a target of ${shownTarget(target, measure)}`;
}

export function words({ status }: Pick<PeriodOutcome, 'status'>): string {
  return status.replace('_', ' ');
}

export function counted(periods: number): string {
  return periods === 1 ? '1 period' : `${periods} periods`;
}
