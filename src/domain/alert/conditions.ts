import type { Measure } from '../measure/types.js';
import { valueText } from '../measure/value-text.js';
import { dateInZone } from '../period/period-instants.js';
import type { Instant, Period } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';
import { shownTarget } from '../target/shown-target.js';
import type { DecimalText } from '../value/types.js';
import { alertSubject } from './alert-key.js';
import type { AlertCondition } from './types.js';

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
}

/** All that decides which alert conditions of a measure hold. */
export interface MeasureStanding {
  readonly measure: Pick<
    Measure,
    'address' | 'name' | 'frequency' | 'timeZone' | 'unit' | 'decimals' | 'offTrackAfter'
  >;
  /** Newest first, without gaps, as far back as runs of periods are to be counted. */
  readonly outcomes: readonly PeriodOutcome[];
  /** Lines about the source, for the details of `late` and `missing`: when it was last read, rejected rows. No secret. */
  readonly evidence: readonly string[];
  /** Person told. */
  readonly owner: string;
}

/**
 * The conditions that hold for a measure: at most one of `missing` and `late`, and perhaps `off_track`.
 *
 * Overdue periods are counted back from the newest due one while each is late or missing. With a missing one among them
 * the condition is `missing`, from the first missing period on, and the late ones after it raise no alert of their own;
 * else it is `late`, from the first late one on. So an unbroken run is one alert.
 *
 * `off_track` holds when the newest `offTrackAfter` closed periods with a score are all off track; it begins with the
 * first of that unbroken streak. Periods without a score neither break the streak nor count: a missing value is no
 * recovery, and no failure either. `offTrackAfter` 0 raises none.
 */
export function measureConditions(standing: MeasureStanding): AlertCondition[] {
  const closed = standing.outcomes.filter((outcome) => outcome.closed);
  return [...overdueCondition(standing, closed), ...offTrackCondition(standing, closed)];
}

function overdueCondition(standing: MeasureStanding, closed: readonly PeriodOutcome[]): AlertCondition[] {
  const due = closed.filter(({ status }) => status !== 'not_due');
  const overdue = newestWhile(due, ({ status }) => status === 'late' || status === 'missing');
  const missing = overdue.filter(({ status }) => status === 'missing');
  const late = overdue.filter(({ status }) => status === 'late');
  const firstMissing = missing.at(-1);
  if (firstMissing !== undefined) {
    const summary = `no value since ${firstMissing.period.id}, ${counted(missing.length)} missing`;
    return [
      condition(standing, 'missing', firstMissing, summary, [...dueLines(standing, overdue), ...standing.evidence]),
    ];
  }
  const firstLate = late.at(-1);
  if (firstLate === undefined) return [];
  const many = late.length > 1 ? `, ${counted(late.length)} late` : '';
  const summary = `${firstLate.period.id} was due ${dueDay(standing, firstLate)}, still not there${many}`;
  return [condition(standing, 'late', firstLate, summary, [...dueLines(standing, overdue), ...standing.evidence])];
}

function offTrackCondition(standing: MeasureStanding, closed: readonly PeriodOutcome[]): AlertCondition[] {
  const { measure } = standing;
  const scored = closed.filter(({ status }) => status === 'on_track' || status === 'at_risk' || status === 'off_track');
  const streak = newestWhile(scored, ({ status }) => status === 'off_track');
  const newest = streak[0];
  const first = streak.at(-1);
  if (measure.offTrackAfter === 0 || streak.length < measure.offTrackAfter) return [];
  if (newest === undefined || first === undefined) return [];
  const summary = `off track since ${first.period.id}, ${counted(streak.length)} in a row; ${newest.period.id}: ${figures(standing, newest)}`;
  const lines = scored
    .slice(0, 3)
    .map((outcome) => `${outcome.period.id}: ${figures(standing, outcome)}, ${words(outcome)}`);
  return [condition(standing, 'off_track', first, summary, lines)];
}

function condition(
  { measure, owner }: MeasureStanding,
  kind: AlertCondition['kind'],
  begun: PeriodOutcome,
  what: string,
  details: readonly string[],
): AlertCondition {
  const subject = alertSubject('measure', measure.address);
  const summary = `${measure.name} (${measure.frequency}): ${what}`;
  return { kind, subject, period: begun.period.id, owner, summary, details };
}

function newestWhile(
  outcomes: readonly PeriodOutcome[],
  holds: (outcome: PeriodOutcome) => boolean,
): readonly PeriodOutcome[] {
  const end = outcomes.findIndex((outcome) => !holds(outcome));
  return end === -1 ? outcomes : outcomes.slice(0, end);
}

/** The newest few: a run of years must not become a page. */
function dueLines(standing: MeasureStanding, overdue: readonly PeriodOutcome[]): string[] {
  const shown = overdue
    .slice(0, 6)
    .map((outcome) => `${outcome.period.id}: ${outcome.status}, was due ${dueDay(standing, outcome)}`);
  const more = overdue.length - shown.length;
  return more > 0 ? [...shown, `and ${counted(more)} before`] : shown;
}

function dueDay({ measure }: MeasureStanding, { due }: PeriodOutcome): string {
  return dateInZone(due, measure.timeZone);
}

function figures({ measure }: MeasureStanding, { value, target }: PeriodOutcome): string {
  const shown = value === undefined ? 'value not kept' : valueText(value, measure);
  return target === undefined ? shown : `${shown} against a target of ${shownTarget(target, measure)}`;
}

function words({ status }: PeriodOutcome): string {
  return status.replace('_', ' ');
}

function counted(periods: number): string {
  return periods === 1 ? '1 period' : `${periods} periods`;
}
