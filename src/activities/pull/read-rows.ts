import type { PlannedCall } from '#connectors/sdk/plan.js';
import type { ReadSummary, Source } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import { breathing } from './breathing.js';
import type { ExtractFold, Window } from './fold/extract-fold.js';
import { capturedOn } from './snapshot.js';

/** One extract of an open source, and what its read is told. */
export interface ReadTask {
  readonly extract: Extract;
  readonly source: Source<unknown>;
  readonly window: Window;
  readonly since: string | undefined;
  readonly call: PlannedCall<unknown> | undefined;
  /** The run's day, which rows of a snapshot are of. */
  readonly day: CalendarDate;
  readonly signal: AbortSignal;
}

/** Reads all rows into the fold. */
export async function readRows(task: ReadTask, fold: ExtractFold): Promise<ReadSummary> {
  const { extract, source, window, since, call, day, signal } = task;
  const isSnapshot = extract.snapshot !== undefined;
  const columns = isSnapshot ? extract.columns.slice(1) : extract.columns;
  const time = isSnapshot ? undefined : filterableTime(extract);
  const rows = source.read({
    extract: extract.id,
    options: extract.source,
    columns: columns.map((column) => column.sourceName),
    columnTypes: columns.map((column) => column.type),
    columnSpecs: columns,
    ...(time === undefined ? {} : { timeColumn: time.sourceName }),
    ...(time?.type === 'date' || time?.type === 'datetime' ? { timeColumnType: time.type } : {}),
    window,
    ...(since === undefined ? {} : { since }),
    ...(call === undefined ? {} : { call }),
    limits: extract.limits,
    signal,
  });
  const breathe = breathing(signal);
  try {
    let next = await rows.next();
    for (; next.done !== true; next = await rows.next()) {
      fold.add(isSnapshot ? capturedOn(day, next.value) : next.value);
      await breathe();
    }
    return next.value;
  } finally {
    // Left early, the read must still let go of what it holds.
    await rows.return({ digest: '', description: [] });
  }
}

/**
 * The time column by which a source may leave rows out by itself. Not where its texts have a form of the writer's own; nor
 * where a row outside the window may be the one that counts of its key: a window never changes what a day holds.
 */
function filterableTime({ columns, timeColumn, duplicates }: Extract): ColumnSpec | undefined {
  if (duplicates.keep !== 'all' && !duplicates.key.includes(timeColumn)) return undefined;
  return columns.find(({ name, pattern }) => name === timeColumn && pattern === undefined);
}
