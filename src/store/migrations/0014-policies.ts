import { count, instant, KEY_WIDTH, key, longText, nullable } from '../schema/columns.js';
import type { AddedColumn, AddedIndex } from '../schema/create-table.js';

const told = nullable(longText('told'));

/** Who was told of an alert and how it is followed up; which messages wait for an hour, count for a maximum, or are told in a summary. */
export const columns: readonly AddedColumn[] = [
  ...[told, nullable(count('step'))].map((column) => ({ table: 'alert_event', column })),
  ...[
    told,
    nullable(instant('unhandled_since')),
    nullable(count('reminders')),
    nullable(instant('reminded_at')),
    nullable(count('escalations')),
  ].map((column) => ({ table: 'alert', column })),
  ...[
    nullable(count('urgent')),
    nullable(key('held_by', KEY_WIDTH.kind)),
    nullable(instant('counted_at')),
    nullable(key('summary_id', KEY_WIDTH.message)),
  ].map((column) => ({ table: 'outbox', column })),
];

/** What a person got of late, and what is in a summary. */
export const indexes: readonly AddedIndex[] = [
  { table: 'outbox', columns: ['recipient_id', 'counted_at'] },
  { table: 'outbox', columns: ['summary_id'] },
];
