import type { Knex } from 'knex';
import type { PartProgress } from '#src/domain/watch/silence.js';
import { replaceRows } from './bulk-rows.js';
import { columnsOf, plainInstant, storedInstant } from './stored-values.js';

interface PipelineProgressRow {
  readonly part: PartProgress['part'];
  readonly seen_at: string;
  readonly since: string;
}

export async function savePipelineProgress(db: Knex, { part, seenAt, since }: PartProgress): Promise<void> {
  const row = { part, seen_at: storedInstant(seenAt), since: storedInstant(since) } satisfies PipelineProgressRow;
  await replaceRows(db, 'pipeline_progress', ['part'], [row]);
}

export async function pipelineProgress(db: Knex): Promise<PartProgress[]> {
  const columns = columnsOf('pipeline_progress', ['part', 'seen_at', 'since']);
  const rows: PipelineProgressRow[] = await db('pipeline_progress').orderBy('pipeline_progress.part').select(columns);
  return rows.map(({ part, seen_at, since }) => ({ part, seenAt: plainInstant(seen_at), since: plainInstant(since) }));
}
