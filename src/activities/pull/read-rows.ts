import type { PlannedCall } from '#connectors/sdk/plan.js';
import type { ReadSummary, Source } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { columnsOfRead } from './asked-columns.js';
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
  const rows = source.read({
    extract: extract.id,
    options: extract.source,
    ...columnsOfRead(extract),
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
