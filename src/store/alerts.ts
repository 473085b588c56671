import type { Knex } from 'knex';
import type { AlertEvent, AlertKind, AlertRecord, AlertState, AlertTransition } from '#src/domain/alert/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { overIds, replaceRows } from './bulk-rows.js';
import { isTaken } from './store-errors.js';
import { columnsOf, plainInstant, storedInstant, toCount, withoutNulls } from './stored-values.js';
import type { StoreReader } from './types.js';

interface ConditionRow {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly period: string;
  readonly owner_id: string;
  readonly summary: string;
  readonly details: string;
}

export interface AlertRow extends ConditionRow {
  readonly state: AlertState;
  readonly opened_at: string;
  readonly resolved_at: string | null;
  readonly changed_at: string;
  readonly events: number | string;
}

interface EventRow extends ConditionRow {
  readonly sequence: number | string;
  readonly transition: AlertTransition;
  readonly happened_at: string;
  readonly reason: string;
  readonly run_id: string;
}

type AlertKey = Pick<ConditionRow, 'kind' | 'subject' | 'period'>;

const KEY = ['kind', 'subject', 'period'];
const CONDITION_COLUMNS = [...KEY, 'owner_id', 'summary', 'details'];
const STATE_COLUMNS = ['state', 'opened_at', 'resolved_at', 'changed_at', 'events'];

/** The columns of `alert`, and of `v_alerts_open`. */
export const ALERT_COLUMNS = [...CONDITION_COLUMNS, ...STATE_COLUMNS];
const EVENT_COLUMNS = columnsOf('alert_event', [
  ...CONDITION_COLUMNS,
  'sequence',
  'transition',
  'happened_at',
  'reason',
  'run_id',
]);

/** Appends events one by one: each must carry the number that comes next in its alert's history. */
export async function saveAlertEvents(db: Knex, events: readonly AlertEvent[], runId: string): Promise<void> {
  for (const event of events) {
    const known = await alertOf(db, event.condition);
    if (event.sequence !== toCount(known?.events ?? 0)) throw sequenceTaken(event);
    try {
      await db('alert_event').insert(eventToRow(event, runId));
    } catch (error) {
      throw isTaken(error) ? sequenceTaken(event) : error;
    }
    await replaceRows(db, 'alert', KEY, [alertAfter(event, known)]);
  }
}

/** By opening, oldest first. */
export async function alerts(db: Knex, filter: Parameters<StoreReader['alerts']>[0]): Promise<AlertRecord[]> {
  const select = (subjects: readonly string[] | undefined): Knex.QueryBuilder =>
    db('alert')
      .modify((query) => {
        if (filter.state !== undefined) query.where('alert.state', filter.state);
        if (subjects !== undefined) query.whereIn('alert.subject', subjects);
      })
      .select(columnsOf('alert', ALERT_COLUMNS));
  const rows: AlertRow[] =
    filter.subjects === undefined
      ? await select(undefined)
      : await overIds(filter.subjects, async (part) => select(part));
  return rows.sort((a, b) => compareTexts(sortKey(a), sortKey(b))).map(alertFromRow);
}

/** Events of one alert in order. */
export async function eventsOf(db: Knex, alert: AlertKey): Promise<(AlertEvent & { runId: string })[]> {
  const rows: EventRow[] = await db('alert_event')
    .where(qualifiedKey('alert_event', alert))
    .orderBy('alert_event.sequence')
    .select(EVENT_COLUMNS);
  return rows.map((row) => ({
    transition: row.transition,
    condition: conditionFromRow(row),
    sequence: toCount(row.sequence),
    at: plainInstant(row.happened_at),
    reason: row.reason,
    runId: row.run_id,
  }));
}

export function alertFromRow(row: AlertRow): AlertRecord {
  return withoutNulls({
    ...conditionFromRow(row),
    state: row.state,
    openedAt: plainInstant(row.opened_at),
    resolvedAt: row.resolved_at === null ? null : plainInstant(row.resolved_at),
    events: toCount(row.events),
  });
}

async function alertOf(db: Knex, alert: AlertKey): Promise<AlertRow | undefined> {
  const row: AlertRow | undefined = await db('alert')
    .where(qualifiedKey('alert', alert))
    .first(columnsOf('alert', ALERT_COLUMNS));
  return row;
}

/** `opened_at` is when the alert was last opened: since when it stands. Earlier openings are in its events. */
function alertAfter(event: AlertEvent, known: AlertRow | undefined) {
  const at = storedInstant(event.at);
  const resolved = event.transition === 'resolved';
  return {
    ...conditionToRow(event.condition),
    state: resolved ? 'resolved' : 'open',
    opened_at: resolved ? (known?.opened_at ?? at) : at,
    resolved_at: resolved ? at : null,
    changed_at: at,
    events: event.sequence + 1,
  } satisfies AlertRow;
}

function sequenceTaken({ condition, sequence }: AlertEvent): PlumblineError {
  const alert = `${condition.kind} ${condition.subject} ${condition.period}`;
  return new PlumblineError(
    'transient',
    'STORE_ALERT_SEQUENCE_TAKEN',
    `Storing event ${sequence} of alert "${alert}" failed: it is not the next one; another step was first.`,
    { remedy: 'Nothing to do: the step reads the alert anew when it is tried again.' },
  );
}

function eventToRow(event: AlertEvent, runId: string) {
  return {
    ...conditionToRow(event.condition),
    sequence: event.sequence,
    transition: event.transition,
    happened_at: storedInstant(event.at),
    reason: event.reason,
    run_id: runId,
  } satisfies EventRow;
}

function conditionToRow(condition: AlertEvent['condition']) {
  return {
    kind: condition.kind,
    subject: condition.subject,
    period: condition.period,
    owner_id: condition.owner,
    summary: condition.summary,
    details: JSON.stringify(condition.details),
  } satisfies ConditionRow;
}

function conditionFromRow(row: ConditionRow): AlertEvent['condition'] {
  const { kind, subject, period, owner_id: owner, summary } = row;
  return { kind, subject, period, owner, summary, details: JSON.parse(row.details) };
}

function qualifiedKey(table: string, { kind, subject, period }: AlertKey): Record<string, string> {
  return { [`${table}.kind`]: kind, [`${table}.subject`]: subject, [`${table}.period`]: period };
}

function sortKey(row: AlertRow): string {
  return [row.opened_at, row.subject, row.kind, row.period].join('\n');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
