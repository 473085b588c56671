import { isSliced, rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type { Batch } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { isPeriodClosed, periodContaining } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
import { collectedBefore, expectedDayOf, type PlannedExtractMeasure } from './plan-extract.js';

/** What a run captures of a source without history, and what it leaves. */
export interface SnapshotPlan {
  readonly planned: readonly PlannedExtractMeasure[];
  /** Periods whose first capture stands already. */
  readonly taken: readonly Period[];
  /** Periods that were over before this run came to read. */
  readonly over: readonly Period[];
}

/**
 * The captures of a run: for each measure that of the one period in which the logical day lies. Earlier ones are never
 * read again: what the source says today is no value of theirs. For the same reason a period that is over by the clock
 * is not captured any more, however old the nominal time is that asks for it.
 */
export async function planSnapshot(
  store: StoreReader,
  context: RunContext,
  extract: Extract,
  now: Instant,
): Promise<SnapshotPlan> {
  const families = await collectedBefore(store, context, extract);
  const captured = extract.snapshot?.takes === 'first' ? await capturedPeriods(store, families, context) : new Set();
  const planned: PlannedExtractMeasure[] = [];
  const taken: Period[] = [];
  const over: Period[] = [];
  for (const { measure, members, before, collected } of families) {
    const period = periodContaining(dateInZone(context.run.logicalTime, measure.timeZone), measure);
    const sameDefinition = collected?.valueDigest === measure.valueDigest;
    if (isPeriodClosed(period, now, measure.timeZone)) over.push(period);
    else if (sameDefinition && members.some(({ address }) => captured.has(`${address} ${period.id}`)))
      taken.push(period);
    else {
      const window = { start: period.start, end: period.end };
      planned.push({ measure, members, before, window, ...expectedDayOf(measure, context.config.site) });
    }
  }
  return { planned, taken, over };
}

async function capturedPeriods(
  store: StoreReader,
  families: readonly Pick<PlannedExtractMeasure, 'measure' | 'members'>[],
  { run }: RunContext,
): Promise<ReadonlySet<string>> {
  const starts = families.map(
    ({ measure }) => periodContaining(dateInZone(run.logicalTime, measure.timeZone), measure).start,
  );
  const from = starts.reduce((a, b) => (a < b ? a : b));
  const addresses = families.flatMap(({ measure, members = [measure] }) => members.map(({ address }) => address));
  const actuals = await store.currentActuals(addresses, from);
  return new Set(actuals.map((actual) => `${actual.measure} ${actual.period.id}`));
}

/** For a run that came too late for every period it was for. */
export function snapshotOver(extract: Extract, over: readonly Period[], logicalTime: Instant): PlumblineError {
  return new PlumblineError(
    'config',
    'SOURCE_SNAPSHOT_OVER',
    `Capturing "${extract.id}" for ${logicalTime}: ${idsOf(over)} is over, and the source tells only of today.`,
    {
      remedy:
        'A capture cannot be made up for. Read the extract well before its periods end, and often enough that a failed run is followed by another.',
    },
  );
}

export const idsOf = (periods: readonly Period[]): string => [...new Set(periods.map(({ id }) => id))].join(', ');

/** A batch with the day of the capture as the first cell of each row. */
export function capturedOn(day: CalendarDate, batch: Batch): Batch {
  const rows = isSliced(batch.rows) ? rowsAsText(batch.rows) : batch.rows;
  return { ...batch, rows: rows.map((cells) => [day, ...cells]), locate: (index) => batch.locate(index) };
}
