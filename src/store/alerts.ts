import type { Knex } from 'knex';
import { alertAfter } from '#src/domain/alert/alert-after.js';
import { isByClock } from '#src/domain/alert/kinds.js';
import type {
  AlertCondition,
  AlertEvent,
  AlertKind,
  AlertRecord,
  AlertState,
  AlertTransition,
} from '#src/domain/alert/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Instant } from '#src/domain/period/types.js';
import { insertRows, replaceRows } from './bulk-rows.js';
import { type Among, overIds } from './over-ids.js';
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
  readonly snoozed_until: string | null;
  readonly eased_at: string | null;
  readonly dismissed_through: string | null;
  readonly handled_by: string | null;
  readonly judged_at: string | null;
}

/** Beside {@link AlertRow}: how it is followed up, which no view has. */
interface FollowUpRow {
  readonly told: string | null;
  readonly unhandled_since: string | null;
  readonly reminders: number | string | null;
  readonly reminded_at: string | null;
  readonly escalations: number | string | null;
}

interface EventRow extends ConditionRow {
  readonly sequence: number | string;
  readonly transition: AlertTransition;
  readonly happened_at: string;
  readonly reason: string;
  readonly run_id: string;
  readonly author: string | null;
  readonly snoozed_until: string | null;
  readonly dismissed_through: string | null;
  readonly told: string | null;
  readonly step: number | string | null;
}

type AlertKey = Pick<ConditionRow, 'kind' | 'subject' | 'period'>;

const KEY = ['kind', 'subject', 'period'];
const CONDITION_COLUMNS = [...KEY, 'owner_id', 'summary', 'details'];
const STATE_COLUMNS = [
  ...['state', 'opened_at', 'resolved_at', 'changed_at', 'events'],
  ...['snoozed_until', 'eased_at', 'dismissed_through', 'handled_by', 'judged_at'],
];

/** The columns of `alert`, and of `v_alerts_open`. */
export const ALERT_COLUMNS = [...CONDITION_COLUMNS, ...STATE_COLUMNS];
const EVENT_COLUMNS = columnsOf('alert_event', [
  ...CONDITION_COLUMNS,
  'sequence',
  'transition',
  'happened_at',
  'reason',
  'run_id',
  'author',
  'snoozed_until',
  'dismissed_through',
  'told',
  'step',
]);
const FOLLOW_UP_COLUMNS = ['told', 'unhandled_since', 'reminders', 'reminded_at', 'escalations'];

/** Appends events in their order: each must carry the number that comes next in its alert's history. */
export async function saveAlertEvents(db: Knex, events: readonly AlertEvent[], runId: string): Promise<void> {
  const states = await alertsOf(
    db,
    events.map((event) => event.condition),
  );
  for (const event of events) {
    const key = alertKey(event.condition);
    const known = states.get(key);
    if (event.sequence !== toCount(known?.events ?? 0)) throw sequenceTaken(event);
    states.set(key, rowAfter(event, known));
  }
  try {
    await insertRows(
      db,
      'alert_event',
      events.map((event) => eventToRow(event, runId)),
    );
  } catch (error) {
    const [first] = events;
    throw isTaken(error) && first !== undefined ? sequenceTaken(first, events.length - 1) : error;
  }
  const changed = new Set(events.map((event) => alertKey(event.condition)));
  const rows = [...changed].flatMap((key) => states.get(key) ?? []);
  await replaceRows(
    db,
    'alert',
    KEY,
    rows.map((row) => ({ ...row })),
  );
}

/** By opening, oldest first. */
export async function alerts(db: Knex, filter: Parameters<StoreReader['alerts']>[0]): Promise<AlertRecord[]> {
  const select = async (among?: Among): Promise<(AlertRow & FollowUpRow)[]> =>
    db('alert')
      .modify((query) => {
        if (filter.state !== undefined) query.where('alert.state', filter.state);
        if (among !== undefined) query.where(among('alert.subject'));
      })
      .select(columnsOf('alert', [...ALERT_COLUMNS, ...FOLLOW_UP_COLUMNS]));
  const rows = filter.subjects === undefined ? await select() : await overIds(db, filter.subjects, select);
  return rows.sort((a, b) => compareTexts(sortKey(a), sortKey(b))).map(recordFromRow);
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
    ...withoutNulls({
      author: row.author,
      until: row.snoozed_until === null ? null : plainInstant(row.snoozed_until),
      dismissedThrough: row.dismissed_through,
      told: row.told === null ? null : (JSON.parse(row.told) as readonly string[]),
      step: row.step === null ? null : toCount(row.step),
    }),
  }));
}

export function alertFromRow(row: AlertRow): AlertRecord {
  return withoutNulls({
    ...conditionFromRow(row),
    state: row.state,
    openedAt: plainInstant(row.opened_at),
    resolvedAt: row.resolved_at === null ? null : plainInstant(row.resolved_at),
    events: toCount(row.events),
    snoozedUntil: row.snoozed_until === null ? null : plainInstant(row.snoozed_until),
    easedAt: row.eased_at === null ? null : plainInstant(row.eased_at),
    dismissedThrough: row.dismissed_through,
    handledBy: row.handled_by,
  });
}

function recordFromRow(row: AlertRow & FollowUpRow): AlertRecord {
  const { told, unhandled_since: since, reminders, reminded_at: remindedAt, escalations } = row;
  return {
    ...alertFromRow(row),
    ...withoutNulls({
      told: told === null ? null : (JSON.parse(told) as readonly string[]),
      unhandledSince: since === null ? null : plainInstant(since),
      reminders: reminders === null ? null : toCount(reminders),
      remindedAt: remindedAt === null ? null : plainInstant(remindedAt),
      escalations: escalations === null ? null : toCount(escalations),
    }),
  };
}

/** The states of the alerts of these conditions, by {@link alertKey}; may hold others too. */
async function alertsOf(db: Knex, conditions: readonly AlertCondition[]): Promise<Map<string, AlertRow & FollowUpRow>> {
  const rows: (AlertRow & FollowUpRow)[] = await overIds(
    db,
    conditions.map((condition) => condition.subject),
    (amongSubjects) =>
      overIds(
        db,
        conditions.map((condition) => condition.period),
        (amongPeriods) =>
          db('alert')
            .whereIn('alert.kind', [...new Set(conditions.map((condition) => condition.kind))])
            .where(amongSubjects('alert.subject'))
            .where(amongPeriods('alert.period'))
            .select(columnsOf('alert', [...ALERT_COLUMNS, ...FOLLOW_UP_COLUMNS])),
      ),
  );
  return new Map(rows.map((row) => [alertKey(row), row]));
}

function alertKey({ kind, subject, period }: AlertKey): string {
  return JSON.stringify([kind, subject, period]);
}

/**
 * `opened_at` is when the alert was last opened: since when it stands. Earlier openings are in its events. `judged_at` is
 * the time of the last event that an evaluation made by its nominal time: what people and the clock do is no time that anything
 * is judged by.
 */
function rowAfter(event: AlertEvent, known: (AlertRow & FollowUpRow) | undefined) {
  const after = alertAfter(event, known === undefined ? undefined : recordFromRow(known));
  const at = storedInstant(event.at);
  return {
    ...conditionToRow(event.condition),
    state: after.state,
    opened_at: storedInstant(after.openedAt),
    resolved_at: storedOrNull(after.resolvedAt),
    changed_at: at,
    events: after.events,
    snoozed_until: storedOrNull(after.snoozedUntil),
    eased_at: storedOrNull(after.easedAt),
    dismissed_through: after.dismissedThrough ?? null,
    handled_by: after.handledBy ?? null,
    judged_at: event.author === undefined && !isByClock(event.condition.kind) ? at : (known?.judged_at ?? null),
    told: after.told === undefined ? null : JSON.stringify(after.told),
    unhandled_since: storedOrNull(after.unhandledSince),
    reminders: after.reminders ?? null,
    reminded_at: storedOrNull(after.remindedAt),
    escalations: after.escalations ?? null,
  } satisfies AlertRow & FollowUpRow;
}

function storedOrNull(instant: Instant | undefined): string | null {
  return instant === undefined ? null : storedInstant(instant);
}

/** @param more how many others were stored along with it, of which any may be the one */
function sequenceTaken({ condition, sequence }: AlertEvent, more = 0): PlumblineError {
  const alert = `${condition.kind} ${condition.subject} ${condition.period}`;
  const others = more === 0 ? '' : ` or one of ${more} others`;
  return new PlumblineError(
    'transient',
    'STORE_ALERT_SEQUENCE_TAKEN',
    `Storing event ${sequence} of alert "${alert}"${others} failed: it is not the next one; another step was first.`,
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
    author: event.author ?? null,
    snoozed_until: storedOrNull(event.until),
    dismissed_through: event.dismissedThrough ?? null,
    told: event.told === undefined ? null : JSON.stringify(event.told),
    step: event.step ?? null,
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
