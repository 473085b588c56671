import type { Knex } from 'knex';
import { insertRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { columnsOf, plainInstant, storedInstant, toCount } from './stored-values.js';
import type { NoteRecord } from './types.js';

interface NoteRow {
  readonly node: string;
  readonly period_id: string;
  readonly sequence: number | string;
  readonly text: string;
  readonly author: string;
  readonly written_at: string;
}

const COLUMNS = columnsOf('note', ['node', 'period_id', 'sequence', 'text', 'author', 'written_at']);

/** Puts a note behind those that its node and period have. */
export async function addNote(db: Knex, note: NoteRecord): Promise<void> {
  const counted: { earlier?: number | string } | undefined = await db('note')
    .where({ 'note.node': note.node, 'note.period_id': note.periodId })
    .count({ earlier: '*' })
    .first();
  await insertRows(db, 'note', [toRow(note, toCount(counted?.earlier ?? 0))]);
}

/** The one that is shown of each node and period: the last. */
export async function notes(db: Knex, nodes: readonly string[]): Promise<NoteRecord[]> {
  const rows: NoteRow[] = await overIds(db, nodes, (among) =>
    db('note')
      .where(among('note.node'))
      .whereNotExists((later) => {
        later
          .from('note as later')
          .whereRaw('later.node = note.node and later.period_id = note.period_id and later.sequence > note.sequence');
      })
      .orderBy(['note.node', 'note.period_id'])
      .select(COLUMNS),
  );
  return rows.map(fromRow);
}

/** All of a node and period, oldest first. */
export async function notesOf(db: Knex, node: string, periodId: string): Promise<NoteRecord[]> {
  const rows: NoteRow[] = await db('note')
    .where({ 'note.node': node, 'note.period_id': periodId })
    .orderBy('note.sequence')
    .select(COLUMNS);
  return rows.map(fromRow);
}

function toRow({ node, periodId, text, author, writtenAt }: NoteRecord, sequence: number) {
  return { node, period_id: periodId, sequence, text, author, written_at: storedInstant(writtenAt) } satisfies NoteRow;
}

function fromRow({ node, period_id, text, author, written_at }: NoteRow): NoteRecord {
  return { node, periodId: period_id, text, author, writtenAt: plainInstant(written_at) };
}
