import type { Knex } from 'knex';
import { addMilliseconds } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { fromRow, OUTBOX_COLUMNS, type OutboxRow, toRow } from './outbox-rows.js';
import { plainInstant, storedInstant } from './stored-values.js';
import type { HeldBy, HourlyMaximum, OutboxMessage, OutboxRecord } from './types.js';

const HOUR_MS = 3_600_000;

type Waiting = Pick<OutboxRecord, 'messageId' | 'nextAttemptAt'>;

/** Has a message that is due wait for another time; nothing where another deliverer was first. */
export async function holdMessage(db: Knex, message: Waiting, until: Instant, heldBy: HeldBy): Promise<void> {
  await untouched(db, message).update({ next_attempt_at: storedInstant(until), held_by: heldBy });
}

/**
 * Takes a message for one attempt, as `claimMessage` does, and counts it for its reader. Where he has had as many in the last
 * hour it waits until that is so no more.
 *
 * Deliverers count one after the other, so that two at once do not both take the last place.
 */
export async function claimWithin(
  db: Knex,
  message: Waiting & Pick<OutboxRecord, 'recipientId'>,
  until: Instant,
  { now, most, channels }: HourlyMaximum,
): Promise<'claimed' | 'taken' | 'held'> {
  await inTurn(db);
  const counted: { readonly counted_at: string }[] = await db('outbox')
    .where('outbox.recipient_id', message.recipientId)
    .whereIn('outbox.channel', [...channels])
    .where('outbox.counted_at', '>', storedInstant(addMilliseconds(now, -HOUR_MS)))
    .whereNot('outbox.message_id', message.messageId)
    .orderBy('outbox.counted_at', 'desc')
    .select('outbox.counted_at');
  const last = most === undefined ? undefined : counted[most - 1];
  if (last !== undefined) {
    const free = addMilliseconds(plainInstant(last.counted_at), HOUR_MS);
    await holdMessage(db, message, free, 'maximum');
    return 'held';
  }
  const change = { next_attempt_at: storedInstant(until), counted_at: storedInstant(now) };
  return (await untouched(db, message).update(change)) > 0 ? 'claimed' : 'taken';
}

/** Messages about one alert that wait for an hour at which their reader may be told, in their order. */
export async function heldInThread(
  db: Knex,
  { threadId, channel, recipientId }: Pick<OutboxRecord, 'threadId' | 'channel' | 'recipientId'>,
): Promise<OutboxRecord[]> {
  const rows: OutboxRow[] = await db('outbox')
    .where({ thread_id: threadId, channel, recipient_id: recipientId, state: 'pending' })
    .where({ held_by: 'hours', attempts: 0 })
    .orderBy(['outbox.created_at', 'outbox.message_id'])
    .select(OUTBOX_COLUMNS);
  return rows.map(fromRow);
}

/**
 * Puts one message in the place of a claimed one and of all others that wait for the maximum of its reader and channel, or
 * behind one that does. They are told in it from now on; it is claimed as that one was.
 *
 * @param compose makes it of them, oldest first
 * @returns `undefined` where no other waits: then there is nothing to sum up
 */
export async function summarise(
  db: Knex,
  claimed: Pick<OutboxRecord, 'messageId' | 'channel' | 'recipientId'>,
  until: Instant,
  now: Instant,
  compose: (messages: readonly OutboxRecord[]) => OutboxMessage,
): Promise<OutboxRecord | undefined> {
  await inTurn(db);
  const waiting: OutboxRow[] = await db('outbox')
    .where({ recipient_id: claimed.recipientId, channel: claimed.channel, state: 'pending' })
    .where((one) => one.whereNull('outbox.counted_at').orWhere('outbox.message_id', claimed.messageId))
    .orderBy(['outbox.created_at', 'outbox.message_id'])
    .select(OUTBOX_COLUMNS);
  // What waits behind a held message of its thread is told with it: the summary says how things stand now.
  const threads = new Set(waiting.filter(({ held_by }) => held_by === 'maximum').map(({ thread_id }) => thread_id));
  const rows = waiting.filter(({ thread_id }) => threads.has(thread_id));
  if (rows.length < 2 || !rows.some(({ message_id }) => message_id === claimed.messageId)) return undefined;
  const summary = compose(rows.map(fromRow));
  const row = { ...toRow(summary), next_attempt_at: storedInstant(until), counted_at: storedInstant(now) };
  await db('outbox').insert(row);
  for (const { message_id } of rows) {
    await db('outbox')
      .where({ message_id })
      .update({
        state: 'summarised',
        summary_id: summary.messageId,
        counted_at: null,
        detail: `told in the summary ${summary.messageId.slice(0, 8)}`,
      });
  }
  return fromRow(row);
}

/** As it was read: whoever moved its time since has it. */
function untouched(db: Knex, { messageId, nextAttemptAt }: Waiting): Knex.QueryBuilder {
  return db('outbox').where({
    message_id: messageId,
    state: 'pending',
    next_attempt_at: storedInstant(nextAttemptAt),
  });
}

/** One transaction after the other, on each dialect. */
export async function inTurn(db: Knex): Promise<void> {
  await db('store_lock').increment('turn', 1);
}
