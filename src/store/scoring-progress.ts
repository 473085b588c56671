import type { Knex } from 'knex';
import { replaceRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { columnsOf, plainInstant, storedInstant, withoutNulls } from './stored-values.js';
import type { ScoringProgress } from './types.js';

interface ScoringProgressRow {
  readonly subject: string;
  readonly config_revision: string;
  readonly day: string | null;
  readonly judged_at: string | null;
}

const COLUMNS = columnsOf('scoring_progress', ['subject', 'config_revision', 'day', 'judged_at']);

export async function saveScoringProgress(db: Knex, progress: readonly ScoringProgress[]): Promise<void> {
  await replaceRows(db, 'scoring_progress', ['subject'], progress.map(toRow));
}

export async function scoringProgressOf(db: Knex, subjects: readonly string[]): Promise<ScoringProgress[]> {
  const rows: ScoringProgressRow[] = await overIds(db, subjects, (among) =>
    db('scoring_progress').where(among('scoring_progress.subject')).select(COLUMNS),
  );
  return rows.map(fromRow);
}

function toRow({ subject, configRevision, day, judgedAt }: ScoringProgress) {
  return {
    subject,
    config_revision: configRevision,
    day: day ?? null,
    judged_at: judgedAt === undefined ? null : storedInstant(judgedAt),
  } satisfies ScoringProgressRow;
}

function fromRow({ subject, config_revision, day, judged_at }: ScoringProgressRow): ScoringProgress {
  return {
    subject,
    configRevision: config_revision,
    ...withoutNulls({ day, judgedAt: judged_at === null ? null : plainInstant(judged_at) }),
  };
}
