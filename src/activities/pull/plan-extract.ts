import type { Extract } from '#src/config/types.js';
import { type MeasureWindow, planMeasure } from '#src/domain/collection/plan-measure.js';
import { isExpectedDay } from '#src/domain/measure/completeness.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { CalendarDate, WorkingCalendar } from '#src/domain/period/types.js';
import type { CollectedSpan, MeasureProgress, StoreReader } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
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
  const { calendar } = config.site;
  const measures = await collectedBefore(store, context, extract);
  return measures.map(({ measure, before }) => ({
    measure,
    before,
    window: planMeasure(measure, before, config.site.historyMonths, run.logicalTime),
    ...expectedDayOf(measure, calendar),
  }));
}

/** Which days are counted for a measure that says how many there should be. */
export function expectedDayOf({ expects }: Measure, calendar: WorkingCalendar): Pick<PlannedMeasure, 'expectedDay'> {
  return expects?.of === 'days' ? { expectedDay: (day) => isExpectedDay(expects, day, calendar) } : {};
}

/** The measures of an extract: what was collected of each so far, and what of that was there before this run. */
export async function collectedBefore(store: StoreReader, context: RunContext, extract: Extract) {
  const measures = context.measures.filter((measure) => measure.extract === extract.id);
  const addresses = measures.map((measure) => measure.address);
  const progress = await store.progress(addresses);
  const waiting = await store.waitingFrom(addresses);
  const known = new Map(progress.map((each) => [each.measure, each]));
  return measures.map((measure) => {
    const { address, frequency } = measure;
    const waited = waiting.find((each) => each.measure === address && each.frequency === frequency);
    const collected = known.get(address);
    return { measure, collected, before: foundBy(context.run.runId, collected, waited?.periodStart) };
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
export function spanAfter(measure: Measure, window: MeasureWindow, before: CollectedSpan | undefined) {
  if (before?.valueDigest !== measure.valueDigest) return { collectedFrom: window.start, collectedTo: window.end };
  const { collectedFrom, collectedTo } = before;
  if (window.end < collectedFrom) return { collectedFrom, collectedTo };
  return {
    collectedFrom: before.collectedFrom < window.start ? before.collectedFrom : window.start,
    collectedTo: before.collectedTo > window.end ? before.collectedTo : window.end,
  };
}
