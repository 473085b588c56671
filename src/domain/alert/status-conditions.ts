import { addDays, compareInstants, dateInZone, startInstant } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import type { Status } from '../score/types.js';
import { measureConditions } from './conditions.js';
import type { SettingsInForce } from './settings.js';
import {
  condition,
  counted,
  figures,
  isOffTrack,
  type MeasureStanding,
  newestWhile,
  type PeriodOutcome,
  words,
} from './standing.js';
import type { FoundCondition } from './types.js';

/** What decides the conditions about statuses beside how the measure stands. */
export interface StatusQuestion {
  readonly settings: SettingsInForce;
  /** Ids of periods that somebody wrote a note about. */
  readonly noted: ReadonlySet<string>;
  readonly now: Instant;
}

type Scored = PeriodOutcome & { readonly status: Status };

/** From the best. */
const STATUSES: readonly Status[] = ['on_track', 'at_risk', 'off_track'];

const LINES = 3;

/**
 * Conditions about how the status goes on: `worsened`, `improved`, `at_risk` and `note_missing`, of closed periods with a score.
 *
 * `worsened` and `improved` compare the newest of them with the one before, and are news of that period alone. What an alert of
 * the kind `off_track` tells by beginning, standing or ending is not told again: `worsened` is silent while `off_track` holds and
 * the newest period is off track, `improved` where the newest period is what ended it.
 *
 * `at_risk` holds when the newest so many are all at risk. `note_missing` holds when there are off-track periods in the unbroken run
 * of the newest ones that nobody wrote about, so many days after they were due; a note explains its period and those before it.
 */
export function statusConditions(standing: MeasureStanding, question: StatusQuestion): FoundCondition[] {
  const scored = standing.outcomes.filter((outcome): outcome is Scored => outcome.closed && isScored(outcome));
  return [
    ...turnedCondition(standing, scored),
    ...atRiskCondition(standing, scored, question),
    ...noteCondition(standing, scored, question),
  ].filter(({ kind }) => question.settings.isOn(kind));
}

function turnedCondition(standing: MeasureStanding, scored: readonly Scored[]): FoundCondition[] {
  const [newest, before] = scored;
  if (newest === undefined || before === undefined) return [];
  const difference = STATUSES.indexOf(newest.status) - STATUSES.indexOf(before.status);
  if (difference === 0) return [];
  const isOffTrackNow = isToldOffTrack(standing, scored);
  if (difference > 0 && isOffTrackNow && isOffTrack(newest)) return [];
  if (difference < 0 && !isOffTrackNow && isToldOffTrack(standing, scored.slice(1))) return [];
  const kind = difference > 0 ? 'worsened' : 'improved';
  const summary = `${newest.period.id} is ${words(newest)}, after ${words(before)} in ${before.period.id}; ${newest.period.id}: ${figures(standing, newest)}`;
  return [condition(standing, kind, [newest, newest], summary, linesOf(standing, scored))];
}

/** Whether an alert of the kind off_track holds with these periods. */
function isToldOffTrack({ atPace: _atPace, ...closedOnly }: MeasureStanding, scored: readonly Scored[]): boolean {
  return measureConditions({ ...closedOnly, outcomes: scored, flips: [] }).some(({ kind }) => kind === 'off_track');
}

function atRiskCondition(
  standing: MeasureStanding,
  scored: readonly Scored[],
  { settings: { atRiskAfter } }: StatusQuestion,
): FoundCondition[] {
  const run = newestWhile(scored, ({ status }) => status === 'at_risk');
  const [newest, first] = [run[0], run.at(-1)];
  if (newest === undefined || first === undefined || run.length < atRiskAfter) return [];
  const how = `at risk since ${first.period.id}, ${counted(run.length)} in a row`;
  const summary = `${how}; ${newest.period.id}: ${figures(standing, newest)}`;
  return [condition(standing, 'at_risk', [newest, first], summary, linesOf(standing, scored))];
}

function noteCondition(
  standing: MeasureStanding,
  scored: readonly Scored[],
  { settings, noted, now }: StatusQuestion,
): FoundCondition[] {
  const run = newestWhile(scored, isOffTrack);
  const withoutNote = newestWhile(run, ({ period }) => !noted.has(period.id));
  const wanted = withoutNote.filter((outcome) => compareInstants(askedFrom(standing, outcome, settings), now) <= 0);
  const [newest, first] = [wanted[0], wanted.at(-1)];
  if (newest === undefined || first === undefined) return [];
  const { measure } = standing;
  const which = wanted.length === 1 ? first.period.id : `${counted(wanted.length)} since ${first.period.id}`;
  const summary = `nobody has written why ${which} ${wanted.length === 1 ? 'is' : 'are'} off track; ${newest.period.id}: ${figures(standing, newest)}`;
  const lines = wanted
    .slice(0, LINES)
    .map((outcome) => `${outcome.period.id}: ${figures(standing, outcome)}, ${words(outcome)}, no note`);
  const remedy = `What to do: plumbline note ${measure.address} ${newest.period.id} "why, and what is done about it"`;
  return [condition(standing, 'note_missing', [newest, first], summary, [...lines, remedy])];
}

/** From when on a note is missed: the beginning of the day so many days after the due one. */
function askedFrom({ measure }: MeasureStanding, { due }: PeriodOutcome, { noteAfterDays }: SettingsInForce): Instant {
  return startInstant(addDays(dateInZone(due, measure.timeZone), noteAfterDays), measure.timeZone);
}

function linesOf(standing: MeasureStanding, scored: readonly Scored[]): string[] {
  return scored
    .slice(0, LINES)
    .map((outcome) => `${outcome.period.id}: ${figures(standing, outcome)}, ${words(outcome)}`);
}

function isScored({ status }: PeriodOutcome): boolean {
  return STATUSES.some((each) => each === status);
}
