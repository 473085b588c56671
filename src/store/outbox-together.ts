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

/** Of which messages a channel is looked through: those to one reader, or all. */
type Among = Pick<OutboxRow, 'channel'> & Partial<Pick<OutboxRow, 'recipient_id'>>;

/**
 * Puts one message in the place of a claimed one and of all others of its cause that are due to the same reader, or in the same
 * room, over the same channel; it is claimed as that one was. What is stale among them is dropped.
 *
 * Only what was never tried is told in it: what was may have arrived, and is known by its own id.
 *
 * @returns `undefined` where there is no other
 */
export async function tellTogether(
  db: Knex,
  claimed: Claimed,
  { messageId, until, now, isRoom, stale, compose }: TellingTogether,
): Promise<OutboxRecord | undefined> {
  if (claimed.cause === undefined) return undefined;
  await inTurn(db);
  const own: (Pick<OutboxRow, 'attempts'> & { readonly counted_at: string | null }) | undefined = await db('outbox')
    .where({ message_id: claimed.messageId, state: 'pending' })
    .first('outbox.attempts', 'outbox.counted_at');
  if (own === undefined || Number(own.attempts) > 0) return undefined;
  const { channel, recipientId } = claimed;
  const among: Among = { channel, ...(isRoom ? {} : { recipient_id: recipientId }) };
  const due = await dueOfCause(db, claimed, among, now);
  // Another deliverer may have claimed one meanwhile: what it has is neither told nor dropped here.
  await overIds(db, due, async (these) => {
    await stillDue(db, now).whereRaw(these('outbox.message_id')).update({ summary_id: messageId });
    return [];
  });
  await dropStale(db, among, messageId, stale);
  const change = {
    state: 'summarised',
    summary_id: messageId,
    counted_at: null,
    detail: `told in the message ${messageId.slice(0, 8)} about several alerts`,
  };
  const taken = await db('outbox').where({ summary_id: messageId, state: 'pending' }).update(change);
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

async function dueOfCause(db: Knex, { messageId, cause }: Claimed, among: Among, now: Instant): Promise<string[]> {
  const rows: Pick<OutboxRow, 'message_id'>[] = await stillDue(db, now)
    .where({ ...among, cause })
    .whereNot('outbox.message_id', messageId)
    .where((one) => one.whereNull('outbox.held_by').orWhere('outbox.held_by', 'hours'))
    .where(withoutEarlier(db))
    .select('outbox.message_id');
  return rows.map(({ message_id }) => message_id);
}

/** Drops what is stale in the threads of those that were taken for a joint message. */
async function dropStale(
  db: Knex,
  among: Among,
  jointId: string,
  { of, detail }: TellingTogether['stale'],
): Promise<void> {
  const held: Pick<OutboxRow, 'thread_id'>[] = await db('outbox')
    .where({ 'outbox.summary_id': jointId, 'outbox.held_by': 'hours' })
    .select('outbox.thread_id');
  const threads = held.map(({ thread_id }) => thread_id);
  const rows = await overIds(db, threads, async (these): Promise<OutboxRow[]> => {
    return db('outbox')
      .where({ ...among, state: 'pending', held_by: 'hours', attempts: 0 })
      .whereRaw(these('outbox.thread_id'))
      .orderBy(['outbox.created_at', 'outbox.message_id'])
      .select(OUTBOX_COLUMNS);
  });
  const byThread = new Map<string, OutboxRecord[]>();
  for (const row of rows) byThread.set(row.thread_id, [...(byThread.get(row.thread_id) ?? []), fromRow(row)]);
  const ids = [...byThread.values()].flatMap(of);
  await overIds(db, ids, async (these) => {
    await db('outbox')
      .where({ state: 'pending' })
      .whereRaw(these('outbox.message_id'))
      .update({ state: 'dropped', detail, counted_at: null, summary_id: null });
    return [];
  });
}
