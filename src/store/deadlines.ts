import type { Knex } from 'knex';
import { replaceRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { columnsOf, storedInstant } from './stored-values.js';
import type { DeadlineRecord } from './types.js';

interface DeadlineRow {
  readonly due_rule: string;
  readonly period_id: string;
  readonly due_at: string;
  readonly late_from: string;
  readonly missing_from: string;
  readonly locked_from: string | null;
  readonly as_of: DeadlineRecord['asOf'] | null;
}

const COLUMNS = columnsOf('dim_deadline', [
  'due_rule',
  'period_id',
  'due_at',
  'late_from',
  'missing_from',
  'locked_from',
  'as_of',
]);

/**
 * Makes deadlines known; what is known is only read, as another rule or calendar is another key. Only those change that
 * were the latest until their source spoke.
 */
export async function saveDeadlines(db: Knex, deadlines: readonly DeadlineRecord[]): Promise<void> {
  const rules = [...new Set(deadlines.map(({ dueRule }) => dueRule))];
  const known: readonly DeadlineRow[] = await overIds(db, rules, (among) =>
    db('dim_deadline').where(among('dim_deadline.due_rule')).select(COLUMNS),
  );
  const before = new Map(known.map((row) => [`${row.due_rule} ${row.period_id}`, contentOf(row)]));
  const changed = deadlines
    .map(toRow)
    .filter((row) => before.get(`${row.due_rule} ${row.period_id}`) !== contentOf(row));
  await replaceRows(db, 'dim_deadline', ['due_rule', 'period_id'], changed);
}

const contentOf = ({ due_at, missing_from, as_of }: DeadlineRow): string => [due_at, missing_from, as_of].join(' ');

function toRow({ dueRule, period, due, lateFrom, missingFrom, lockedFrom, asOf }: DeadlineRecord) {
  return {
    due_rule: dueRule,
    period_id: period,
    due_at: storedInstant(due),
    late_from: storedInstant(lateFrom),
    missing_from: storedInstant(missingFrom),
    locked_from: lockedFrom === undefined ? null : storedInstant(lockedFrom),
    as_of: asOf ?? null,
  } satisfies DeadlineRow;
}
