import type { Extract } from '#src/config/types.js';
import { type MeasureWindow, planMeasure } from '#src/domain/collection/plan-measure.js';
import { isExpectedDay } from '#src/domain/measure/completeness.js';
import { familiesOf } from '#src/domain/measure/family.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { CollectedSpan, MeasureProgress, StoreReader } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
import { type WorkingCalendars, workingCalendarOf } from '../score/working-calendar-of.js';
import type { PlannedMeasure } from './fold/extract-fold.js';

/** A measure of an extract, what was collected of it before this run, and the days this run reads for it. */
export interface PlannedExtractMeasure extends PlannedMeasure {
  readonly before: CollectedSpan | undefined;
}

/** The days that each measure of an extract needs, from what the store knows of earlier runs. */
export async function planExtract(
  store: StoreReader,
  context: RunContext,
  extract: Extract,
): Promise<PlannedExtractMeasure[]> {
  const { run, config } = context;
  const families = await collectedBefore(store, context, extract);
  return families.map(({ collected: _collected, ...family }) => ({
    ...family,
    window: planMeasure(family.measure, family.before, config.site.historyMonths, run.logicalTime),
    ...expectedDayOf(family.measure, config.site),
  }));
}

/**
 * Which days are counted for a measure that says how many there should be: by the working days it is judged by, else
 * seen and expected would not be of the same days.
 */
export function expectedDayOf(
  measure: CollectedMeasure,
  calendars: WorkingCalendars,
): Pick<PlannedMeasure, 'expectedDay'> {
  const { expects } = measure;
  const calendar = workingCalendarOf(measure, calendars);
  return expects?.of === 'days' ? { expectedDay: (day) => isExpectedDay(expects, day, calendar) } : {};
}

/** The measures of an extract: what was collected of each so far, and what of that was there before this run. */
export async function collectedBefore(store: StoreReader, context: RunContext, extract: Extract) {
  const families = familiesOf(context.measures.filter((measure) => measure.extract === extract.id));
  const progress = await store.progress(families.map(({ key }) => key));
  const waiting = await store.waitingFrom(families.flatMap(({ members }) => members.map(({ address }) => address)));
  const known = new Map(progress.map((each) => [each.measure, each]));
  const waited = new Map(waiting.map((each) => [`${each.measure} ${each.frequency}`, each.periodStart]));
  return families.map(({ key, members }) => {
    const [measure] = members;
    const starts = members.flatMap(({ address, frequency }) => waited.get(`${address} ${frequency}`) ?? []);
    const collected = known.get(key);
    const before = foundBy(context.run.runId, collected, starts.sort()[0]);
    return { measure, members, collected, before };
  });
}

/** What a run found collected when it began: of a run that is repeated, what it found the first time. */
function foundBy(
  runId: string,
  progress: MeasureProgress | undefined,
  waitingFrom: CalendarDate | undefined,
): CollectedSpan | undefined {
  if (progress === undefined || progress.runId === runId) return progress?.before;
  const { valueDigest, collectedFrom, collectedTo } = progress;
  return { valueDigest, collectedFrom, collectedTo, ...(waitingFrom === undefined ? {} : { waitingFrom }) };
}

/**
 * A window that continues what was collected lengthens it; a run for an earlier time never shortens it. One that leaves a
 * gap before it changes nothing: the days between were not read.
 */
export function spanAfter(measure: CollectedMeasure, window: MeasureWindow, before: CollectedSpan | undefined) {
  if (before?.valueDigest !== measure.valueDigest) return { collectedFrom: window.start, collectedTo: window.end };
  const { collectedFrom, collectedTo } = before;
  if (window.end < collectedFrom) return { collectedFrom, collectedTo };
  return {
    collectedFrom: before.collectedFrom < window.start ? before.collectedFrom : window.start,
    collectedTo: before.collectedTo > window.end ? before.collectedTo : window.end,
  };
}
