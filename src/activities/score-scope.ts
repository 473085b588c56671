import type { ResolvedConfig } from '#src/config/types.js';
import { historyStart } from '#src/domain/collection/plan-measure.js';
import type { Measure } from '#src/domain/measure/types.js';
import { periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { StoreReader, StoreWriter } from '#src/store/types.js';
import { rollUpAbove } from './roll-up-above.js';
import { type MeasureToScore, type ScoringMoment, scoreMeasure } from './score-measure.js';
import { actualsByMeasure, scoresByNode } from './stored-series.js';

/** What is scored together: measures, and for each the first day that changed beside what time changes. */
export interface ScoreScope {
  readonly config: ResolvedConfig;
  readonly measures: readonly Measure[];
  /** Start of the earliest period revised, by measure address. */
  readonly revisedFrom: ReadonlyMap<string, CalendarDate>;
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
    const known = new Map(
      (before.get(subject.measure.address) ?? []).map((score) => [score.period.id, score.inputsDigest]),
    );
    return scoreMeasure(subject, scope.moment).filter((score) => known.get(score.period.id) !== score.inputsDigest);
  });
  const measuresChanged = await writer.saveScores(changed);
  return measuresChanged + (await rollUpAbove(writer, reader, scope.config, changed, scope.moment));
}

async function subjectsOf(reader: StoreReader, scope: ScoreScope): Promise<MeasureToScore[]> {
  const { config, measures, revisedFrom, moment } = scope;
  const addresses = measures.map((measure) => measure.address);
  const reported = await reader.reportedFrom(addresses);
  const scored = await reader.scoredTo(addresses);
  const starts = measures.map((measure) => {
    const today = dateInZone(moment.now, measure.timeZone);
    const last = scored.get(measure.address);
    const history = historyStart(today, config.site.historyMonths, measure);
    if (last === undefined || last.ruleVersion !== measure.scoreDigest) return { measure, from: history };
    const candidates = [revisedFrom.get(measure.address), last.periodStart, settledFrom(measure, today)];
    const from = candidates.reduce<CalendarDate>((a, b) => (b !== undefined && b < a ? b : a), today);
    return { measure, from: periodContaining(from, measure.frequency).start };
  });
  const actuals = await actualsByMeasure(
    reader,
    starts.map(({ measure, from }) => [measure.address, from]),
  );
  return starts.map(({ measure, from }) => {
    const first = reported.get(measure.address);
    return {
      measure,
      from,
      actuals: new Map((actuals.get(measure.address) ?? []).map((actual) => [actual.period.id, actual])),
      ...(first === undefined ? {} : { reportedFrom: first }),
    };
  });
}

/** Periods that ended before this day are past due date and grace: time alone changes them no more. */
function settledFrom(measure: Measure, today: CalendarDate): CalendarDate {
  const days = measure.due.graceDays + 2 * measure.due.businessDays + 14;
  return previousPeriod(periodContaining(addDays(today, -days), measure.frequency)).start;
}
