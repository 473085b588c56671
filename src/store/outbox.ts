import type { Knex } from 'knex';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { Instant } from '#src/domain/period/types.js';
import { insertNewRows } from './bulk-rows.js';
import { fromRow, OUTBOX_COLUMNS, type OutboxRow, toRow } from './outbox-rows.js';
import { storedInstant } from './stored-values.js';
import type { OutboxMessage, OutboxRecord } from './types.js';

const EARLIER_OF_THE_THREAD = `earlier.thread_id = outbox.thread_id and earlier.channel = outbox.channel
  and earlier.recipient_id = outbox.recipient_id and (earlier.created_at < outbox.created_at
    or (earlier.created_at = outbox.created_at and earlier.message_id < outbox.message_id))`;

/** Also what is told in another message is only told with that one; a joint message may be told in a summary itself. */
const NOT_SETTLED = `(earlier.state = 'pending' or (earlier.state = 'summarised' and exists (
  select 1 from outbox summary left join outbox whole on whole.message_id = summary.summary_id
    where summary.message_id = earlier.summary_id
    and (summary.state = 'pending' or (summary.state = 'summarised' and whole.state = 'pending')))))`;

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
