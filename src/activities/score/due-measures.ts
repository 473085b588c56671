import { historyStart } from '#src/domain/collection/plan-measure.js';
import { mostDaysUntilDue } from '#src/domain/freshness/deadlines.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, isPeriodOf, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { isUnmovedSince, lastClosedAt } from './moment-periods.js';
import type { ScoringMoment } from './score-measure.js';
import type { ScoreScope } from './score-scope.js';

/** A measure, and the first day of its periods that have to be judged again. */
export interface DueMeasure {
  readonly measure: Measure;
  readonly from: CalendarDate;
}

/**
 * The measures of a scope that may stand otherwise than they are stored. Those whose source was never read have no
 * state: nobody is late before Plumbline has looked for the first time.
 *
 * @param judged keys of the families that were judged as a whole by this configuration, and what time each was judged by
 */
export async function dueMeasures(
  reader: StoreReader,
  scope: ScoreScope,
  judged: ReadonlyMap<string, Instant | undefined>,
): Promise<readonly DueMeasure[]> {
  const { config, moment, unscoredFrom } = scope;
  const progress = await reader.progress([...new Set(scope.measures.map(familyKey))]);
  const looked = new Set(progress.map((each) => each.measure));
  const measures = scope.measures.filter((measure) => looked.has(familyKey(measure)));
  const addresses = measures.map(({ address }) => address);
  const onlyTime = scope.onlyTime === true;
  const isUnmoved = (measure: Measure): boolean =>
    onlyTime && isUnmovedSince(judged.get(familyKey(measure)), measure, moment);
  const scored = await reader.scoredTo(measures.filter((measure) => !isUnmoved(measure)).map(({ address }) => address));
  const waiting = onlyTime ? await waitingStarts(reader, addresses) : new Map<string, CalendarDate>();
  const historyOf = historyStarts(config.site.historyMonths);
  return measures.flatMap((measure): DueMeasure[] => {
    const unscored = unscoredFrom.get(measure.address);
    if (isUnmoved(measure)) return dueFrom(measure, [unscored, waiting.get(waitingKey(measure))]);
    const today = dateInZone(moment.now, measure.timeZone);
    const last = scored.get(measure.address);
    if (last === undefined || last.ruleVersion !== measure.scoreDigest) {
      return [{ measure, from: historyOf(measure, today) }];
    }
    const isJudged = onlyTime && judged.has(familyKey(measure)) && isPeriodOf(last.period, measure);
    const changed = isJudged
      ? [waiting.get(waitingKey(measure)), closedSince(last.period, measure, moment)]
      : // What was not settled when it was last looked at, which may be long ago.
        [today, settledFrom(measure, last.period.start < today ? last.period.start : today)];
    return dueFrom(measure, [unscored, ...changed]);
  });
}

/** From the period on that holds the first of the days; not at all where there is none. */
function dueFrom(measure: Measure, days: readonly (CalendarDate | undefined)[]): DueMeasure[] {
  const from = earliest(days);
  return from === undefined ? [] : [{ measure, from: periodContaining(from, measure).start }];
}

/** Start of the newest period that was judged, where others have closed since: it says that those after it are gaps, too. */
function closedSince(newest: Period, measure: Measure, moment: ScoringMoment): CalendarDate | undefined {
  const closed = lastClosedAt(moment, measure);
  return newest.start < closed.start ? newest.start : undefined;
}

/** Start of the earliest period that time moves on to late or missing, by measure and rhythm. */
async function waitingStarts(reader: StoreReader, addresses: readonly string[]): Promise<Map<string, CalendarDate>> {
  const waiting = await reader.waitingFrom(addresses);
  return new Map(waiting.map(({ measure, frequency, periodStart }) => [`${measure} ${frequency}`, periodStart]));
}

const waitingKey = ({ address, frequency }: Measure): string => `${address} ${frequency}`;

/** Start of the history of a measure; measures share few rhythms. */
function historyStarts(months: number): (measure: Measure, today: CalendarDate) => CalendarDate {
  const known = new Map<string, CalendarDate>();
  return (measure, today) => {
    const key = `${today} ${grainKey(measure)}`;
    const start = known.get(key) ?? historyStart(today, months, measure);
    known.set(key, start);
    return start;
  };
}

/** Periods before this day were past due date and grace on a day: time alone changed them no more. */
function settledFrom(measure: Measure, day: CalendarDate): CalendarDate {
  const days = measure.due.graceDays + mostDaysUntilDue(measure.due);
  return previousPeriod(periodContaining(addDays(day, -days), measure), measure).start;
}

function earliest(days: readonly (CalendarDate | undefined)[]): CalendarDate | undefined {
  return days.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
}
