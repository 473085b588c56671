import type { Batch, Probe, Source } from '#connectors/sdk/types.js';
import { askedColumns } from '#src/activities/pull/asked-columns.js';
import type { Window } from '#src/activities/pull/fold/extract-fold.js';
import type { Extract } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { counted } from '../render/time-words.js';
import { firstRequest } from './extract-request.js';

const NAME = 'extract';

/** Asks whether an extract can be read: its columns are looked for, and its first rows fetched; no more. */
export async function extractProbe(
  source: Source<unknown>,
  extract: Extract,
  window: Window | undefined,
  signal: AbortSignal,
): Promise<Probe> {
  try {
    const batch = await firstBatch(source, extract, window, signal);
    return found(extract, batch);
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.kind === 'cancelled' || error.kind === 'defect') throw error;
    const { message, kind, remedy = 'See the message.' } = error;
    return { name: NAME, outcome: 'fail', message, remedy, kind };
  }
}

/** The first batch that holds any row, good or bad. */
async function firstBatch(
  source: Source<unknown>,
  extract: Extract,
  window: Window | undefined,
  signal: AbortSignal,
): Promise<Batch | undefined> {
  const batches = source.read(firstRequest(extract, window, signal));
  try {
    for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
      if (next.value.rows.length > 0 || next.value.rejects.length > 0) return next.value;
    }
    return undefined;
  } finally {
    await batches.return({ digest: '', description: [] });
  }
}

function found(extract: Extract, batch: Batch | undefined): Probe {
  const read = `"${extract.id}": ${counted(askedColumns(extract).length, 'column')} found`;
  if (batch === undefined) {
    const remedy = 'Nothing to do if no row is due yet; else look where the source gets them from.';
    return { name: NAME, outcome: 'warn', message: `${read}, but no row for the days a run reads`, remedy };
  }
  if (batch.rows.length > 0) return { name: NAME, outcome: 'ok', message: `${read}, first row at ${batch.locate(0)}` };
  const [reject] = batch.rejects;
  const message = `${read}, but the first rows cannot be used: ${reject?.locator}: ${reject?.message}`;
  return { name: NAME, outcome: 'warn', message, remedy: reject?.remedy ?? 'See the message.' };
}
