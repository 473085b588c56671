import type { Knex } from 'knex';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { Instant } from '#src/domain/period/types.js';
import { insertNewRows } from './bulk-rows.js';
import type { RunOn } from './run-on.js';
import { columnsOf, plainInstant, storedInstant, toCount, withoutNulls } from './stored-values.js';
import type { HeldBy, OutboxChanges, OutboxMessage, OutboxRecord } from './types.js';

export interface OutboxRow {
  readonly message_id: string;
  readonly thread_id: string;
  readonly channel: string;
  readonly recipient_id: string;
  readonly recipient_name: string;
  readonly recipient_address: string | null;
  readonly subject: string;
  readonly body: string;
  readonly created_at: string;
  readonly state: OutboxRecord['state'];
  readonly attempts: number | string;
  readonly next_attempt_at: string;
  readonly detail: string | null;
  readonly sent_at: string | null;
  readonly given_up_at: string | null;
  readonly about: string | null;
  readonly urgent: number | string | null;
  readonly held_by: HeldBy | null;
  readonly summary_id: string | null;
  readonly cause: string | null;
}

export const OUTBOX_COLUMNS = columnsOf('outbox', [
  'message_id',
  'thread_id',
  'channel',
  'recipient_id',
  'recipient_name',
  'recipient_address',
  'subject',
  'body',
  'created_at',
  'state',
  'attempts',
  'next_attempt_at',
  'detail',
  'sent_at',
  'given_up_at',
  'about',
  'urgent',
  'held_by',
  'summary_id',
  'cause',
]);

const EARLIER_OF_THE_THREAD = `earlier.thread_id = outbox.thread_id and earlier.channel = outbox.channel
  and earlier.recipient_id = outbox.recipient_id and (earlier.created_at < outbox.created_at
    or (earlier.created_at = outbox.created_at and earlier.message_id < outbox.message_id))`;

/** Also what is told in another message is only told with that one. */
const NOT_SETTLED = `(earlier.state = 'pending' or (earlier.state = 'summarised' and exists (
  select 1 from outbox summary where summary.message_id = earlier.summary_id and summary.state = 'pending')))`;

const LATER_TO_THE_SAME = `later.channel = outbox.channel and later.recipient_id = outbox.recipient_id
  and later.sent_at > outbox.given_up_at`;

/** Adds messages, due at once. A known id is left as it is: the same event is told once, sent already or not. */
export async function enqueue(db: Knex, messages: readonly OutboxMessage[]): Promise<void> {
  await insertNewRows(db, 'outbox', ['message_id'], messages.map(toRow));
}

/**
 * Messages of a thread go to a person in the order they were written: the next waits for the one before to be sent, given up
 * or dropped. What says that something is over must not come before what says that it began.
 */
export async function dueMessages(
  db: Knex,
  now: Instant,
  limit: number,
  except: readonly string[] = [],
): Promise<OutboxRecord[]> {
  const rows: OutboxRow[] = await db('outbox')
    .where('outbox.state', 'pending')
    .where('outbox.next_attempt_at', '<=', storedInstant(now))
    .whereNotIn('outbox.channel', [...except])
    .where(withoutEarlier(db))
    .orderBy(['outbox.created_at', 'outbox.message_id'])
    .limit(limit)
    .select(OUTBOX_COLUMNS);
  return rows.map(fromRow);
}

/** That no earlier message of its thread is still to be told. */
export function withoutEarlier(db: Knex): (query: Knex.QueryBuilder) => void {
  return (query) => {
    query.whereNotExists(
      db('outbox as earlier').whereRaw(EARLIER_OF_THE_THREAD).whereRaw(NOT_SETTLED).select(db.raw('1')),
    );
  };
}

/** Newest first. */
export async function outboxRecords(db: Knex, limit: number): Promise<OutboxRecord[]> {
  const rows: OutboxRow[] = await db('outbox')
    .orderBy([
      { column: 'outbox.created_at', order: 'desc' },
      { column: 'outbox.message_id', order: 'asc' },
    ])
    .limit(limit)
    .select(OUTBOX_COLUMNS);
  return rows.map(fromRow);
}

/** Facts of the messages that are told in another one, oldest first. */
export async function factsIn(db: Knex, messageId: string): Promise<MessageFacts[]> {
  const rows: Pick<OutboxRow, 'about'>[] = await db('outbox')
    .where('outbox.summary_id', messageId)
    .orderBy(['outbox.created_at', 'outbox.message_id'])
    .select('outbox.about');
  return rows.flatMap(({ about }) => (about === null ? [] : (JSON.parse(about) as MessageFacts)));
}

/** Whoever moves the time of the next attempt from the one that was read has the message. */
export async function claimMessage(
  db: Knex,
  { messageId, nextAttemptAt }: Pick<OutboxRecord, 'messageId' | 'nextAttemptAt'>,
  until: Instant,
): Promise<boolean> {
  const changed = await db('outbox')
    .where({ message_id: messageId, state: 'pending', next_attempt_at: storedInstant(nextAttemptAt) })
    .update({ next_attempt_at: storedInstant(until) });
  return changed > 0;
}

/** Also of a message given up meanwhile: what was sent, was sent. */
async function markSent(db: Knex, messageId: string, at: Instant, detail: string): Promise<void> {
  const change = { state: 'sent', sent_at: storedInstant(at), detail, attempts: db.raw('attempts + 1') };
  if ((await db('outbox').where({ message_id: messageId }).update(change)) === 0) throw unknownMessage(messageId);
}

async function markRetry(db: Knex, messageId: string, nextAttemptAt: Instant, detail: string): Promise<void> {
  await settle(db, messageId, { next_attempt_at: storedInstant(nextAttemptAt), detail, counted_at: null });
}

async function markDead(db: Knex, messageId: string, at: Instant, detail: string): Promise<void> {
  await settle(db, messageId, { state: 'dead', given_up_at: storedInstant(at), detail, counted_at: null });
}

/** All changes to messages, each through `run`. */
export function outboxChanges(run: RunOn): OutboxChanges {
  return {
    markSent: (messageId, at, detail) => run((db) => markSent(db, messageId, at, detail)),
    markRetry: (messageId, at, detail) => run((db) => markRetry(db, messageId, at, detail)),
    markDead: (messageId, at, detail) => run((db) => markDead(db, messageId, at, detail)),
    retry: (messageIds, at) => run((db) => retryMessages(db, messageIds, at)),
    drop: (messageIds, detail) => run((db) => dropMessages(db, messageIds, detail)),
  };
}

/** Messages waiting or given up, oldest first. */
export async function undelivered(db: Knex): Promise<OutboxRecord[]> {
  const rows: OutboxRow[] = await db('outbox')
    .whereIn('outbox.state', ['pending', 'dead'])
    .orderBy(['outbox.created_at', 'outbox.message_id'])
    .select(OUTBOX_COLUMNS);
  return rows.map(fromRow);
}

/** Oldest first. */
export async function lostMessages(db: Knex): Promise<OutboxRecord[]> {
  const rows: OutboxRow[] = await db('outbox')
    .where('outbox.state', 'dead')
    .whereNotExists(db('outbox as later').where('later.state', 'sent').whereRaw(LATER_TO_THE_SAME).select(db.raw('1')))
    .orderBy(['outbox.given_up_at', 'outbox.message_id'])
    .select(OUTBOX_COLUMNS);
  return rows.map(fromRow);
}

/**
 * Takes messages that were given up, or wait for their next attempt, for new ones that are due at once. One that a
 * deliverer holds at this moment may go out twice, under the same id.
 *
 * @returns how many of them there were
 */
async function retryMessages(db: Knex, messageIds: readonly string[], at: Instant): Promise<number> {
  let changed = 0;
  for (const messageId of messageIds) {
    changed += await db('outbox')
      .where({ message_id: messageId })
      .whereIn('outbox.state', ['pending', 'dead'])
      .update({ state: 'pending', attempts: 0, next_attempt_at: storedInstant(at), given_up_at: null });
  }
  return changed;
}

/** Leaves messages unsent for good; what was sent meanwhile stays sent. @returns how many were dropped */
async function dropMessages(db: Knex, messageIds: readonly string[], detail: string): Promise<number> {
  let changed = 0;
  for (const messageId of messageIds) {
    changed += await db('outbox')
      .where({ message_id: messageId })
      .whereIn('outbox.state', ['pending', 'dead'])
      .update({ state: 'dropped', detail, counted_at: null });
  }
  return changed;
}

/** A message that a second deliverer has sent or given up meanwhile stays so. */
async function settle(db: Knex, messageId: string, change: Record<string, string | null>): Promise<void> {
  const changed = await db('outbox')
    .where({ message_id: messageId, state: 'pending' })
    .update({ ...change, attempts: db.raw('attempts + 1') });
  if (changed > 0) return;
  const known = await db('outbox').where('outbox.message_id', messageId).first('outbox.message_id');
  if (known === undefined) throw unknownMessage(messageId);
}

function unknownMessage(messageId: string): PlumblineError {
  return new PlumblineError(
    'defect',
    'BUG_UNKNOWN_MESSAGE',
    `Marking message "${messageId}": the outbox has none of this id.`,
  );
}

export function toRow(message: OutboxMessage) {
  return {
    message_id: message.messageId,
    thread_id: message.threadId,
    channel: message.channel,
    recipient_id: message.recipientId,
    recipient_name: message.recipientName,
    recipient_address: message.recipientAddress ?? null,
    subject: message.subject,
    body: message.text,
    created_at: storedInstant(message.createdAt),
    state: 'pending',
    attempts: 0,
    next_attempt_at: storedInstant(message.notBefore ?? message.createdAt),
    detail: null,
    sent_at: null,
    given_up_at: null,
    about: message.about === undefined ? null : JSON.stringify(message.about),
    urgent: message.urgent === true ? 1 : null,
    held_by: message.notBefore === undefined || message.notBefore === message.createdAt ? null : 'hours',
    summary_id: null,
    cause: message.cause ?? null,
  } satisfies OutboxRow;
}

export function fromRow(row: OutboxRow): OutboxRecord {
  return withoutNulls({
    messageId: row.message_id,
    threadId: row.thread_id,
    channel: row.channel,
    recipientId: row.recipient_id,
    recipientName: row.recipient_name,
    recipientAddress: row.recipient_address,
    subject: row.subject,
    text: row.body,
    createdAt: plainInstant(row.created_at),
    state: row.state,
    attempts: toCount(row.attempts),
    nextAttemptAt: plainInstant(row.next_attempt_at),
    detail: row.detail,
    sentAt: row.sent_at === null ? null : plainInstant(row.sent_at),
    givenUpAt: row.given_up_at === null ? null : plainInstant(row.given_up_at),
    about: row.about === null ? null : JSON.parse(row.about),
    urgent: toCount(row.urgent ?? 0) > 0 ? true : null,
    heldBy: row.held_by,
    summaryId: row.summary_id,
    cause: row.cause,
  });
}
