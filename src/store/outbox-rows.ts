import { columnsOf, plainInstant, storedInstant, toCount, withoutNulls } from './stored-values.js';
import type { HeldBy, OutboxMessage, OutboxRecord } from './types.js';

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
