import type { Knex } from 'knex';
import type { StandStep } from '#src/domain/freshness/stand-steps.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { insertNewRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { columnsOf, plainInstant, storedInstant } from './stored-values.js';
import type { SourceStandRecord } from './types.js';

interface SourceStandRow {
  readonly extract_id: string;
  readonly through_day: string;
  readonly said_at: string;
}

/**
 * Keeps a step that goes beyond all before it, in its day and in when it was said. Of an earlier day a source has said as much
 * before; a run that is repeated, or made up behind others, does not tell when it came to say so.
 */
export async function saveStandStep(db: Knex, extract: string, { through, saidAt }: StandStep): Promise<void> {
  const later = await db('source_stand')
    .where({ 'source_stand.extract_id': extract })
    .where((known) =>
      known
        .where('source_stand.through_day', '>=', through)
        .orWhere('source_stand.said_at', '>=', storedInstant(saidAt)),
    )
    .first('source_stand.extract_id');
  if (later !== undefined) return;
  const row = { extract_id: extract, through_day: through, said_at: storedInstant(saidAt) } satisfies SourceStandRow;
  await insertNewRows(db, 'source_stand', ['extract_id', 'through_day'], [row]);
}

/** Steps of these extracts to `from` or later, by day. */
export async function standSteps(
  db: Knex,
  extracts: readonly string[],
  from: CalendarDate,
): Promise<SourceStandRecord[]> {
  const rows: SourceStandRow[] = await overIds(db, extracts, (among) =>
    db('source_stand')
      .where(among('source_stand.extract_id'))
      .where('source_stand.through_day', '>=', from)
      .orderBy('source_stand.through_day')
      .select(columnsOf('source_stand', ['extract_id', 'through_day', 'said_at'])),
  );
  return rows.map((row) => ({
    extract: row.extract_id,
    through: row.through_day,
    saidAt: plainInstant(row.said_at),
  }));
}
