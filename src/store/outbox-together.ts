import type { Knex } from 'knex';
import type { Instant } from '#src/domain/period/types.js';
import { withoutEarlier } from './outbox.js';
import { inTurn } from './outbox-holds.js';
import { fromRow, OUTBOX_COLUMNS, type OutboxRow, toRow } from './outbox-rows.js';
import { overIds } from './over-ids.js';
import { storedInstant } from './stored-values.js';
import type { OutboxRecord, TellingTogether } from './types.js';

/** Messages that are read to write the one in their place; of the rest it says how many there are. */
const MOST_READ = 100;

type Claimed = Pick<OutboxRecord, 'messageId' | 'channel' | 'recipientId' | 'cause'>;

/**
 * Puts one message in the place of a claimed one and of all others of its cause that are due to the same reader over the same
 * channel; it is claimed as that one was. What is stale among them is dropped.
 *
 * Only what was never tried is told in it: what was may have arrived, and is known by its own id.
 *
 * @returns `undefined` where there is no other
 */
export async function tellTogether(
  db: Knex,
  claimed: Claimed,
  { messageId, until, now, stale, compose }: TellingTogether,
): Promise<OutboxRecord | undefined> {
  if (claimed.cause === undefined) return undefined;
  await inTurn(db);
  const own: (Pick<OutboxRow, 'attempts'> & { readonly counted_at: string | null }) | undefined = await db('outbox')
    .where({ message_id: claimed.messageId, state: 'pending' })
    .first('outbox.attempts', 'outbox.counted_at');
  if (own === undefined || Number(own.attempts) > 0) return undefined;
  const due = await dueOfCause(db, claimed, now);
  const dropped = new Set(await dropStale(db, claimed, due, stale));
  const others = due.flatMap(({ message_id }) => (dropped.has(message_id) ? [] : [message_id]));
  if (others.length === 0) return undefined;
  const change = {
    state: 'summarised',
    summary_id: messageId,
    counted_at: null,
    detail: `told in the message ${messageId.slice(0, 8)} about several alerts`,
  };
  let taken = 0;
  await overIds(db, others, async (among) => {
    // Another deliverer may have claimed one meanwhile.
    taken += await stillDue(db, now).whereRaw(among('outbox.message_id')).update(change);
    return [];
  });
  if (taken === 0) return undefined;
  await db('outbox').where({ message_id: claimed.messageId }).update(change);
  const told: OutboxRow[] = await db('outbox')
    .where({ summary_id: messageId })
    .orderBy(['outbox.created_at', 'outbox.message_id'])
    .limit(MOST_READ)
    .select(OUTBOX_COLUMNS);
  const row = {
    ...toRow({ ...compose(told.map(fromRow), taken + 1), messageId }),
    next_attempt_at: storedInstant(until),
    counted_at: own.counted_at,
  };
  await db('outbox').insert(row);
  return fromRow(row);
}

function stillDue(db: Knex, now: Instant): Knex.QueryBuilder {
  return db('outbox')
    .where({ 'outbox.state': 'pending', 'outbox.attempts': 0 })
    .where('outbox.next_attempt_at', '<=', storedInstant(now));
}

async function dueOfCause(
  db: Knex,
  { messageId, channel, recipientId, cause }: Claimed,
  now: Instant,
): Promise<Pick<OutboxRow, 'message_id' | 'thread_id' | 'held_by'>[]> {
  return stillDue(db, now)
    .where({ 'outbox.cause': cause, 'outbox.channel': channel, 'outbox.recipient_id': recipientId })
    .whereNot('outbox.message_id', messageId)
    .where((one) => one.whereNull('outbox.held_by').orWhere('outbox.held_by', 'hours'))
    .where(withoutEarlier(db))
    .orderBy(['outbox.created_at', 'outbox.message_id'])
    .select('outbox.message_id', 'outbox.thread_id', 'outbox.held_by');
}

/** @returns ids of what was dropped */
async function dropStale(
  db: Knex,
  { channel, recipientId }: Claimed,
  due: readonly Pick<OutboxRow, 'thread_id' | 'held_by'>[],
  { among, detail }: TellingTogether['stale'],
): Promise<readonly string[]> {
  const threads = due.flatMap(({ thread_id, held_by }) => (held_by === 'hours' ? [thread_id] : []));
  const rows = await overIds(db, threads, async (these): Promise<OutboxRow[]> => {
    return db('outbox')
      .where({ channel, recipient_id: recipientId, state: 'pending', held_by: 'hours', attempts: 0 })
      .whereRaw(these('outbox.thread_id'))
      .orderBy(['outbox.created_at', 'outbox.message_id'])
      .select(OUTBOX_COLUMNS);
  });
  const byThread = new Map<string, OutboxRecord[]>();
  for (const row of rows) byThread.set(row.thread_id, [...(byThread.get(row.thread_id) ?? []), fromRow(row)]);
  const ids = [...byThread.values()].flatMap(among);
  await overIds(db, ids, async (these) => {
    await db('outbox')
      .where({ state: 'pending' })
      .whereRaw(these('outbox.message_id'))
      .update({ state: 'dropped', detail, counted_at: null });
    return [];
  });
  return ids;
}
