import type { ResolvedConfig, Scorecard } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodOf } from '#src/domain/period/period.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { ScoreRecord, StoreReader, StoreWriter } from '#src/store/types.js';
import { expectedPeriods } from '../derive/expected-periods.js';
import { ALERTS_BEHIND } from './alerts-behind.js';
import { createDeadlineList, type DeadlineList } from './deadline-list.js';
import { type DueMeasure, dueMeasures } from './due-measures.js';
import { rollUps } from './roll-up-above.js';
import { type MeasureToScore, type ScoringMoment, scoreMeasure } from './score-measure.js';
import { scorecardTree } from './scorecard-tree.js';
import { scoringProgress } from './scoring-progress.js';
import { seriesOfMeasures } from './series-values.js';
import { grouped, noValuesByMeasure, scoresByNode, valuesByMeasure } from './stored-series.js';

/** What is scored together: measures, and for each the first day that changed beside what time changes. */
export interface ScoreScope {
  readonly config: ResolvedConfig;
  readonly measures: readonly Measure[];
  /** Start of the earliest period with a value that has not been scored, by measure address. */
  readonly unscoredFrom: ReadonlyMap<string, CalendarDate>;
  /** Nothing was read: what has been judged by this configuration is changed by time alone, and by `unscoredFrom`. */
  readonly onlyTime?: true;
  readonly moment: ScoringMoment;
}

/** Measures whose scores are made, rolled up and stored before the next: what is held at a time does not grow with their number. */
const MEASURES_AT_ONCE = 6_000;

/**
 * Scores what may have changed and everything above it, and stores what did; one transaction's work. Scorecards below
 * others come first, as many together as {@link MEASURES_AT_ONCE} allows.
 *
 * @returns how many nodes and periods have another current content than before
 */
export async function scoreScope(writer: StoreWriter, reader: StoreReader, scope: ScoreScope): Promise<number> {
  const { config, moment } = scope;
  const progress = await scoringProgress(reader, config, scope.measures, moment);
  const due = grouped(await dueMeasures(reader, scope, progress.families), ({ measure }) => measure.scorecard);
  const rollUp = rollUps(reader, config, moment, progress);
  const deadlines = createDeadlineList(config.site, moment.saidOf);
  let stored = 0;
  for (const scorecards of partsOf(config)) {
    const measures = scorecards.flatMap(({ address }) => due.get(address) ?? []);
    const changed = await changedScores(reader, measures, scope, deadlines);
    const above = await rollUp(scorecards, changed);
    stored += await writer.saveScores([...changed, ...above]);
  }
  await writer.saveDeadlines(deadlines.records());
  // A sweep looks at the alerts of what it has changed itself, in the same transaction.
  const unseen = stored > 0 && scope.onlyTime !== true ? [ALERTS_BEHIND] : [];
  await writer.saveScoringProgress([...progress.after, ...unseen]);
  return stored;
}

/** Scorecards in parts, none together with one that counts for it: what stands below a part is in the store. */
function partsOf(config: ResolvedConfig): readonly (readonly Scorecard[])[] {
  const tree = scorecardTree(config);
  return tree.levels.flatMap((level) => {
    const parts: Scorecard[][] = [];
    let size = Number.POSITIVE_INFINITY;
    for (const scorecard of level) {
      const own = tree.measuresOfScorecard(scorecard.address).length;
      if (size + own > MEASURES_AT_ONCE) {
        parts.push([]);
        size = 0;
      }
      parts.at(-1)?.push(scorecard);
      size += own;
    }
    return parts;
  });
}

async function changedScores(
  reader: StoreReader,
  due: readonly DueMeasure[],
  scope: ScoreScope,
  deadlines: DeadlineList,
): Promise<readonly ScoreRecord[]> {
  if (due.length === 0) return [];
  const before = await scoresByNode(
    reader,
    due.map(({ measure, from }) => [measure.address, from]),
  );
  const subjects = await subjectsOf(reader, due, scope);
  return subjects.flatMap((subject) => {
    const stated = before.get(subject.measure.address) ?? [];
    const known = new Map(stated.map((score) => [score.period.id, score.inputsDigest]));
    const first = stated.find(({ period }) => isPeriodOf(period, subject.measure));
    const judged = scoreMeasure(subject, first?.period.start, scope.moment);
    deadlines.add(subject.measure, judged);
    return judged.filter((score) => known.get(score.period.id) !== score.inputsDigest);
  });
}

/** What the store knows of measures from the days on that are to be judged. */
async function subjectsOf(
  reader: StoreReader,
  due: readonly DueMeasure[],
  { config }: ScoreScope,
): Promise<MeasureToScore[]> {
  const starts = due.map(({ measure, from }) => [measure.address, from] as const);
  const reported = await reader.reportedFrom(starts.map(([address]) => address));
  const actuals = await valuesByMeasure(reader, starts);
  const without = await noValuesByMeasure(reader, starts);
  const seriesOf = await seriesOfMeasures(
    reader,
    due.map(({ measure, from }) => [measure, from]),
    config.site,
  );
  const isExpected = expectedPeriods(config);
  return due.map(({ measure, from }) => {
    const first = reported.get(measure.address);
    return {
      measure,
      from,
      actuals: new Map((actuals.get(measure.address) ?? []).map((actual) => [actual.period.id, actual])),
      noValues: new Map((without.get(measure.address) ?? []).map((each) => [each.period.id, each.reason])),
      ...(first === undefined ? {} : { reportedFrom: first }),
      seriesOf: seriesOf(measure),
      isExpected: (period) => isExpected(measure, period),
    };
  });
}
