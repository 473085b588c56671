import type { Knex } from 'knex';
import { CANARY_SUBJECT } from '#src/domain/canary/canary.js';
import { ALERT_COLUMNS, type AlertRow, alertFromRow, eventsOf } from '../alerts.js';
import { columnsOf, plainInstant, withoutNulls } from '../stored-values.js';
import type { AlertHistoryEntry, AlertView, ReadModels } from './types.js';

interface AlertViewRow extends AlertRow {
  readonly owner_name: string;
  readonly node_name: string | null;
  readonly handled_by_name: string | null;
}

/** Characters of `measure/`, the subject of an alert about a measure. */
const MEASURE_SUBJECT = 'measure/'.length;

export async function openAlerts(db: Knex): Promise<AlertView[]> {
  const rows: AlertViewRow[] = await db('v_alerts_open')
    .orderBy([
      { column: 'v_alerts_open.opened_at', order: 'desc' },
      { column: 'v_alerts_open.subject', order: 'asc' },
      { column: 'v_alerts_open.kind', order: 'asc' },
      { column: 'v_alerts_open.period', order: 'asc' },
    ])
    .select(columnsOf('v_alerts_open', [...ALERT_COLUMNS, 'owner_name', 'node_name', 'handled_by_name']));
  return rows.map(fromRow);
}

export async function alertHistory(db: Knex, limit: number): Promise<AlertHistoryEntry[]> {
  const rows: AlertViewRow[] = await named(db)
    .whereNot('alert.subject', CANARY_SUBJECT)
    .orderBy([
      { column: 'alert.changed_at', order: 'desc' },
      { column: 'alert.subject', order: 'asc' },
      { column: 'alert.kind', order: 'asc' },
      { column: 'alert.period', order: 'asc' },
    ])
    .limit(limit);
  const entries: AlertHistoryEntry[] = [];
  for (const row of rows) entries.push(await withHistory(db, row));
  return entries;
}

export async function alertEntry(
  db: Knex,
  { kind, subject, period }: Parameters<ReadModels['alert']>[0],
): Promise<AlertHistoryEntry | undefined> {
  const row: AlertViewRow | undefined = await named(db)
    .where({ 'alert.kind': kind, 'alert.subject': subject, 'alert.period': period })
    .first();
  return row === undefined ? undefined : withHistory(db, row);
}

/** Alerts of every state with the names that the view has. */
function named(db: Knex): Knex.QueryBuilder {
  return db('alert')
    .leftJoin('dim_person', 'dim_person.person', 'alert.owner_id')
    .leftJoin('dim_person as handled', 'handled.person', 'alert.handled_by')
    .leftJoin('dim_node', (join) =>
      join
        .on('dim_node.node', db.raw('substr(alert.subject, ?)', [MEASURE_SUBJECT + 1]))
        .on(db.raw('alert.subject like ?', ['measure/%'])),
    )
    .select([
      ...columnsOf('alert', ALERT_COLUMNS),
      db.raw('coalesce(dim_person.name, alert.owner_id) as owner_name'),
      db.raw('coalesce(handled.name, alert.handled_by) as handled_by_name'),
      'dim_node.name as node_name',
    ]);
}

async function withHistory(db: Knex, row: AlertViewRow): Promise<AlertHistoryEntry> {
  return { ...fromRow(row), changedAt: plainInstant(row.changed_at), history: await eventsOf(db, row) };
}

function fromRow(row: AlertViewRow): AlertView {
  const names = withoutNulls({ nodeName: row.node_name, handledByName: row.handled_by_name });
  return { ...alertFromRow(row), ownerName: row.owner_name, ...names };
}
