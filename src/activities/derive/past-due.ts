import type { FormulaInput } from '#src/domain/measure/derivation.js';
import type { DerivedMeasure, Measure } from '#src/domain/measure/types.js';
import { isPeriodClosed, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, compareInstants, dateInZone, startInstant } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { MeasureProgress } from '#src/store/types.js';
import { deadlinesOf } from '../score/deadlines-of.js';
import type { ScoringMoment } from '../score/score-measure.js';
import type { ScorecardTree } from '../score/scorecard-tree.js';

/** When it is, the working days that due dates are counted in, and what sources said. */
export type DueMoment = Pick<ScoringMoment, 'now' | 'calendars' | 'saidOf'>;

/** Whether a period of a measure is past its due date, so that it is missing where there is no value. */
export function isPastDue(measure: Measure, period: Period, { now, calendars, saidOf }: DueMoment): boolean {
  return (
    isPeriodClosed(period, now, measure.timeZone) &&
    compareInstants(now, deadlinesOf(period, measure, calendars, saidOf).due) > 0
  );
}

/**
 * Start of the earliest period of an input that has come to be past due since the measure was computed: a missing policy
 * stands in for it from then on, though nothing was reported.
 *
 * When it was computed is known only by the period that was open then: what came to be due in that period is among them.
 *
 * @returns `undefined` where there is none, and without a policy
 */
export function pastDueFrom(
  measure: DerivedMeasure,
  { collectedFrom, collectedTo }: Pick<MeasureProgress, 'collectedFrom' | 'collectedTo'>,
  tree: ScorecardTree,
  moment: DueMoment,
): CalendarDate | undefined {
  const openThen = periodContaining(addDays(collectedTo, -1), measure);
  const since = startInstant(openThen, measure.timeZone);
  const starts = filledMeasures(measure, tree).flatMap(
    (input) => earliestPastDue(input, since, collectedFrom, moment) ?? [],
  );
  return starts.sort()[0];
}

/** The measures for whose missing values something stands in. */
function filledMeasures({ derivation }: DerivedMeasure, tree: ScorecardTree): readonly Measure[] {
  if (derivation.kind === 'children') return [];
  const inputs: readonly FormulaInput[] =
    derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
  return inputs.flatMap(({ measure, series, missing }) =>
    measure === undefined || series !== undefined || missing === 'absent' ? [] : (tree.measureAt(measure) ?? []),
  );
}

function earliestPastDue(
  input: Measure,
  since: Instant,
  from: CalendarDate,
  moment: DueMoment,
): CalendarDate | undefined {
  let start: CalendarDate | undefined;
  let period = periodContaining(dateInZone(moment.now, input.timeZone), input);
  while (period.start > from) {
    period = previousPeriod(period, input);
    if (compareInstants(deadlinesOf(period, input, moment.calendars, moment.saidOf).due, since) < 0) break;
    if (isPastDue(input, period, moment)) start = period.start;
  }
  return start;
}
