import { partWords } from '../pace/part-read.js';
import type { PeriodAtPace } from '../pace/types.js';
import {
  condition,
  counted,
  figures,
  isOffTrack,
  type MeasureStanding,
  MOST_LINES,
  newestWhile,
  type PeriodOutcome,
  words,
} from './standing.js';
import type { FoundCondition } from './types.js';

/** What is counted: a closed period with a score, or one that is not over, as it would end. */
type Counted = Pick<PeriodOutcome, 'period' | 'status' | 'value' | 'target'> & { readonly atPace?: PeriodAtPace };

/**
 * `off_track`: so many of the newest closed periods with a score are, see `measureConditions`.
 *
 * A period that is not over, where its pace is asked for, counts as one more and the newest of them while it would end off track.
 * While it would not it counts for nothing: no alert of closed periods ends by a pace. So at its end the alert goes on from the
 * same period, or is over.
 */
export function offTrackCondition(standing: MeasureStanding, closed: readonly PeriodOutcome[]): FoundCondition[] {
  const { atPace } = standing;
  const scored = closed.filter(({ status }) => status === 'on_track' || status === 'at_risk' || status === 'off_track');
  if (atPace?.status === 'off_track') {
    const found = conditionOf(standing, [{ ...atPace, atPace }, ...scored]);
    if (found.length > 0) return found;
  }
  return conditionOf(standing, scored);
}

function conditionOf(standing: MeasureStanding, scored: readonly Counted[]): FoundCondition[] {
  const { offTrackAfter } = standing.measure;
  const inRow = typeof offTrackAfter === 'number';
  const bad = inRow ? newestWhile(scored, isOffTrack) : scored.slice(0, offTrackAfter.of).filter(isOffTrack);
  const wanted = inRow ? offTrackAfter : offTrackAfter.periods;
  const [newest, first] = [bad[0], bad.at(-1)];
  if (wanted === 0 || bad.length < wanted || newest === undefined || first === undefined) return [];
  const { atPace } = newest;
  const how = inRow
    ? `off track since ${first.period.id}, ${counted(bad.length)} in a row`
    : `off track in ${bad.length} of the last ${counted(Math.min(offTrackAfter.of, scored.length))} with a score, since ${first.period.id}`;
  const summary =
    atPace === undefined
      ? `${how}; ${newest.period.id}: ${figures(standing, newest)}`
      : `${bad.length === 1 ? `${newest.period.id} would end off track` : `${how} with ${newest.period.id}`}: ${atPaceWords(standing, atPace)}`;
  const lines = scored
    .slice(0, inRow ? 3 : Math.min(offTrackAfter.of, MOST_LINES))
    .map((outcome) =>
      outcome.atPace === undefined
        ? `${outcome.period.id}: ${figures(standing, outcome)}, ${words(outcome)}`
        : atPaceLine(standing, outcome.atPace),
    );
  const found = condition(standing, 'off_track', [newest, first], summary, lines);
  return [atPace === undefined ? found : { ...found, atPace: true }];
}

/** `at this pace 412 articles against a target of 500 by 2026-10-31` */
function atPaceWords(standing: MeasureStanding, atPace: PeriodAtPace): string {
  const would = figures(standing, atPace);
  return atPace.way === 'grows' ? `at this pace ${would} by ${atPace.lastDay}` : `so far ${would}`;
}

/** `2026-10: 196 articles in 14 of 31 days; at this pace 434 articles against a target of 500, off track` */
function atPaceLine(standing: MeasureStanding, { period, way, part, valueSoFar, ...would }: PeriodAtPace): string {
  const end = `${figures(standing, would)}, ${words(would)}`;
  if (way === 'stands') return `${period.id}: so far ${end}, after ${partWords(part)}`;
  return `${period.id}: ${figures(standing, { value: valueSoFar })} in ${partWords(part)}; at this pace ${end}`;
}
