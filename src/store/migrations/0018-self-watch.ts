import { instant, nullable } from '../schema/columns.js';
import type { AddedColumn } from '../schema/create-table.js';

/** When a message was given up: only what is delivered after that shows that its channel works again. */
export const columns: readonly AddedColumn[] = [{ table: 'outbox', column: nullable(instant('given_up_at')) }];

/** Of earlier ones the last claim is known, which ends two minutes after. */
export function statements(): string[] {
  return ["update outbox set given_up_at = next_attempt_at where state = 'dead' and given_up_at is null"];
}
