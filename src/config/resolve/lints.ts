import { cascadeFindings } from '#src/domain/lint/cascade.js';
import { lintScorecard } from '#src/domain/lint/lint-scorecard.js';
import { type LintSettings, severityOf } from '#src/domain/lint/severity.js';
import type { LintFinding, LintMeasure, LintSubject } from '#src/domain/lint/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { seriesOfScoring } from '#src/domain/score/series-of-scoring.js';
import { targetSeries } from '#src/domain/series/target-series.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { LintsSpec } from '../spec/lint-spec.js';
import type { Entry, ScorecardEntries } from '../spec/read-specs.js';
import type { Scorecard } from '../types.js';
import { averaging, type KnownMeasures } from './averaging.js';
import { checkChannels } from './channel-lints.js';
import { nearestBelow } from './children.js';
import type { ResolveContext } from './context.js';

/** A scorecard as it was written and as it was resolved. */
export interface LintedScorecard {
  readonly entries: ScorecardEntries;
  readonly scorecard: Scorecard | undefined;
  readonly measures: readonly Measure[];
}

/**
 * Tells what the lints find, each at its place. Of a configuration with errors nothing is said: what is malformed is
 * not counted, and a rule about the whole would be wrong.
 *
 * @param today absent where the day must not matter: a configuration that runs is not to stop by the calendar
 */
export function checkLints(
  scorecards: readonly LintedScorecard[],
  context: ResolveContext,
  today: CalendarDate | undefined,
): void {
  const { specs, problems } = context;
  for (const each of specs.scorecards) checkReviewDates(each, problems);
  if (problems.hasErrors) return;
  const settings = settingsOf(specs.site?.spec.lints);
  if (specs.site !== undefined && today !== undefined) checkChannels(specs.site, settings, problems);
  const reachable = new Set(specs.people.entries.filter(({ spec }) => spec.email !== undefined).map(({ id }) => id));
  const cascade = cascadeOf(scorecards);
  const byAddress = new Map(
    scorecards.flatMap(({ measures }) => measures.map((each) => [each.address, each] as const)),
  );
  const known: KnownMeasures = {
    at: (address) => byAddress.get(address),
    below: (scorecard, id) => nearestBelow(scorecard, id, scorecards),
  };
  for (const linted of scorecards) {
    const subject = subjectOf(linted, known, reachable, today);
    if (subject === undefined) continue;
    const places = placesOf(linted.entries, subject.address);
    const practice = linted.entries.head?.spec.practice;
    for (const { rule, subject: address, at = [], message, remedy } of [
      ...lintScorecard(subject),
      ...cascade.filter((finding) => finding.subject === subject.address),
    ]) {
      const severity = severityOf(rule, settings, practice === undefined ? undefined : practice !== 'none');
      const place = places.get(address);
      if (severity === 'off' || place === undefined) continue;
      const name = address.slice(address.indexOf('/') + 1);
      problems.lint(severity, rule, below(place, ...at), `${name}: ${message}`, remedy);
    }
  }
}

function settingsOf({ practice, ...rules }: LintsSpec = {}): LintSettings {
  const set = Object.entries(rules).filter(([, severity]) => severity !== undefined);
  return { ...(practice === undefined ? {} : { practice }), rules: Object.fromEntries(set) };
}

function cascadeOf(scorecards: readonly LintedScorecard[]): readonly LintFinding[] {
  return cascadeFindings(
    scorecards.flatMap(({ scorecard }) => {
      if (scorecard === undefined) return [];
      const { address, parent } = scorecard;
      return [{ address, ...(parent === undefined ? {} : { parent: parent.scorecard }) }];
    }),
  );
}

function subjectOf(
  { entries, scorecard, measures }: LintedScorecard,
  known: KnownMeasures,
  reachable: ReadonlySet<string>,
  today: CalendarDate | undefined,
): LintSubject | undefined {
  if (scorecard === undefined) return undefined;
  const { address } = scorecard;
  const reviews = reviewsOf(entries, address);
  const justified = new Set(
    entries.measures.entries
      .filter(({ spec: { from } }) => from !== undefined && 'averaged_ratio' in from)
      .map(({ id }) => id),
  );
  const withReview = <T extends { readonly address: string }>(node: T) => {
    const reviewBy = reviews.get(node.address);
    return reviewBy === undefined ? node : { ...node, reviewBy };
  };
  return {
    ...withReview({ address, owner: scorecard.owner }),
    perspectives: scorecard.perspectives,
    objectives: scorecard.objectives.map(withReview),
    measures: measures.map((measure) => ({
      ...withReview(measure),
      ...averaging(measure, justified, known),
      scoredBy: scoredBy(measure),
    })),
    reachable,
    ...(today === undefined ? {} : { today }),
  };
}

/** What a measure has no score without. */
function scoredBy(measure: Measure): NonNullable<LintMeasure['scoredBy']> {
  return { names: seriesOfScoring(measure), series: targetSeries(measure), grain: measure };
}

type Reviewed = Entry<{ readonly review_by?: string | undefined }>;

function reviewedEntries({ head, objectives, measures }: ScorecardEntries): readonly Reviewed[] {
  return [...(head === undefined ? [] : [head]), ...objectives.entries, ...measures.entries];
}

function reviewsOf(entries: ScorecardEntries, address: string): ReadonlyMap<string, CalendarDate> {
  return new Map(
    reviewedEntries(entries).flatMap((entry) =>
      entry.spec.review_by === undefined ? [] : [[addressOf(entry, entries, address), entry.spec.review_by]],
    ),
  );
}

function placesOf(entries: ScorecardEntries, address: string): ReadonlyMap<string, Place> {
  return new Map(
    [...reviewedEntries(entries), ...entries.perspectives.entries].map((entry) => [
      addressOf(entry, entries, address),
      entry.place,
    ]),
  );
}

function addressOf(entry: Entry<unknown>, { head }: ScorecardEntries, address: string): string {
  return entry === head ? address : `${address}/${entry.id}`;
}

function checkReviewDates(entries: ScorecardEntries, problems: ProblemList): void {
  for (const { spec, place } of reviewedEntries(entries)) {
    if (spec.review_by === undefined || isCalendarDate(spec.review_by)) continue;
    const message = `the calendar has no day "${spec.review_by}"`;
    problems.error('CONFIG_INVALID_DATE', below(place, 'review_by'), message, 'write a day that exists as YYYY-MM-DD');
  }
}
