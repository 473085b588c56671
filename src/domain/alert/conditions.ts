import { valueText } from '../measure/value-text.js';
import { addMilliseconds, compareInstants, dateInZone } from '../period/period-instants.js';
import { offTrackCondition } from './off-track-condition.js';
import { ON_BY_DEFAULT } from './settings.js';
import {
  condition,
  counted,
  figures,
  type MeasureStanding,
  MOST_LINES,
  newestWhile,
  type PeriodOutcome,
  words,
} from './standing.js';
import type { AlertKind, FoundCondition } from './types.js';

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
 * closed periods with a score are off track, whichever they are; it begins with the first of these n. A period that is not over
 * counts only as `offTrackCondition` says.
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
