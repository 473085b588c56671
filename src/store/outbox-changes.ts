import type { Knex } from 'knex';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Instant } from '#src/domain/period/types.js';
import type { RunOn } from './run-on.js';
import { storedInstant } from './stored-values.js';
import type { OutboxChanges } from './types.js';

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
