import type { Knex } from 'knex';
import { insertNewRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { storedInstant } from './stored-values.js';
import type { DeadlineRecord } from './types.js';

/** Makes deadlines known; known ones are only read, as they never change: another rule or calendar is another key. */
export async function saveDeadlines(db: Knex, deadlines: readonly DeadlineRecord[]): Promise<void> {
  const rules = [...new Set(deadlines.map(({ dueRule }) => dueRule))];
  const known: { readonly due_rule: string; readonly period_id: string }[] = await overIds(db, rules, (among) =>
    db('dim_deadline').where(among('dim_deadline.due_rule')).select('dim_deadline.due_rule', 'dim_deadline.period_id'),
  );
  const before = new Set(known.map((row) => `${row.due_rule} ${row.period_id}`));
  const missing = deadlines.filter(({ dueRule, period }) => !before.has(`${dueRule} ${period}`)).map(toRow);
  await insertNewRows(db, 'dim_deadline', ['due_rule', 'period_id'], missing);
}

function toRow({ dueRule, period, due, lateFrom, missingFrom, lockedFrom }: DeadlineRecord) {
  return {
    due_rule: dueRule,
    period_id: period,
    due_at: storedInstant(due),
    late_from: storedInstant(lateFrom),
    missing_from: storedInstant(missingFrom),
    locked_from: lockedFrom === undefined ? null : storedInstant(lockedFrom),
  };
}
