import type { ResolvedConfig } from '#src/config/types.js';
import { historyStart } from '#src/domain/collection/plan-measure.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodOf, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { StoreReader, StoreWriter } from '#src/store/types.js';
import { rollUpAbove } from './roll-up-above.js';
import { type MeasureToScore, type ScoringMoment, scoreMeasure } from './score-measure.js';
import { seriesOfMeasures } from './series-values.js';
import { actualsByMeasure, noValuesByMeasure, scoresByNode } from './stored-series.js';

/** What is scored together: measures, and for each the first day that changed beside what time changes. */
export interface ScoreScope {
  readonly config: ResolvedConfig;
  readonly measures: readonly Measure[];
  /** Start of the earliest period with a value that has not been scored, by measure address. */
  readonly unscoredFrom: ReadonlyMap<string, CalendarDate>;
  readonly moment: ScoringMoment;
}

/**
 * Scores what may have changed and everything above it, and stores what did; one transaction's work.
 *
 * @returns how many nodes and periods have another current content than before
 */
export async function scoreScope(writer: StoreWriter, reader: StoreReader, scope: ScoreScope): Promise<number> {
  const subjects = await subjectsOf(reader, scope);
  const before = await scoresByNode(
    reader,
    subjects.map((each) => [each.measure.address, each.from]),
  );
  const changed = subjects.flatMap((subject) => {
    const stated = before.get(subject.measure.address) ?? [];
    const known = new Map(stated.map((score) => [score.period.id, score.inputsDigest]));
    const first = stated.find(({ period }) => isPeriodOf(period, subject.measure));
    return scoreMeasure(subject, first?.period.start, scope.moment).filter(
      (score) => known.get(score.period.id) !== score.inputsDigest,
    );
  });
  const measuresChanged = await writer.saveScores(changed);
  return measuresChanged + (await rollUpAbove(writer, reader, scope.config, changed, scope.moment));
}

/** Measures whose source was never read have no state: nobody is late before Plumbline has looked for the first time. */
async function subjectsOf(reader: StoreReader, scope: ScoreScope): Promise<MeasureToScore[]> {
  const { config, unscoredFrom, moment } = scope;
  const progress = await reader.progress([...new Set(scope.measures.map(familyKey))]);
  const looked = new Set(progress.map((each) => each.measure));
  const measures = scope.measures.filter((measure) => looked.has(familyKey(measure)));
  const addresses = measures.map((measure) => measure.address);
  const reported = await reader.reportedFrom(addresses);
  const scored = await reader.scoredTo(addresses);
  const starts = measures.map((measure) => {
    const today = dateInZone(moment.now, measure.timeZone);
    const last = scored.get(measure.address);
    const history = historyStart(today, config.site.historyMonths, measure);
    if (last === undefined || last.ruleVersion !== measure.scoreDigest) return { measure, from: history };
    // What was not settled when it was last looked at, which may be long ago.
    const settled = settledFrom(measure, last.periodStart < today ? last.periodStart : today);
    const candidates = [unscoredFrom.get(measure.address), settled];
    const from = candidates.reduce<CalendarDate>((a, b) => (b !== undefined && b < a ? b : a), today);
    return { measure, from: periodContaining(from, measure).start };
  });
  const actuals = await actualsByMeasure(
    reader,
    starts.map(({ measure, from }) => [measure.address, from]),
  );
  const without = await noValuesByMeasure(
    reader,
    starts.map(({ measure, from }) => [measure.address, from]),
  );
  const seriesOf = await seriesOfMeasures(
    reader,
    starts.map(({ measure, from }) => [measure, from]),
    config.site,
  );
  return starts.map(({ measure, from }) => {
    const first = reported.get(measure.address);
    return {
      measure,
      from,
      actuals: new Map((actuals.get(measure.address) ?? []).map((actual) => [actual.period.id, actual])),
      noValues: new Map((without.get(measure.address) ?? []).map((each) => [each.period.id, each.reason])),
      ...(first === undefined ? {} : { reportedFrom: first }),
      seriesOf: seriesOf(measure),
    };
  });
}

/** Periods before this day were past due date and grace on a day: time alone changed them no more. */
function settledFrom(measure: Measure, day: CalendarDate): CalendarDate {
  const days = measure.due.graceDays + 2 * measure.due.businessDays + 14;
  return previousPeriod(periodContaining(addDays(day, -days), measure), measure).start;
}
