import type { Knex } from 'knex';
import type { CalendarDate } from '#src/domain/period/types.js';
import { insertRows } from './bulk-rows.js';
import { columnsOf, plainInstant, storedInstant } from './stored-values.js';
import type { ValueRequestRecord } from './types.js';

interface ValueRequestRow {
  readonly measure: string;
  readonly period_id: string;
  readonly named_day: string;
  readonly person_id: string;
  readonly requested_at: string;
}

const COLUMNS = columnsOf('value_request', ['measure', 'period_id', 'named_day', 'person_id', 'requested_at']);

/** Those for days from `from` on, in the order of their keys. */
export async function valueRequests(db: Knex, from: CalendarDate): Promise<ValueRequestRecord[]> {
  const rows: ValueRequestRow[] = await db('value_request')
    .where('value_request.named_day', '>=', from)
    .orderBy(['value_request.measure', 'value_request.period_id', 'value_request.named_day'])
    .select(COLUMNS);
  return rows.map(fromRow);
}

/** A key that is taken is an error: of two sweeps at once one has to look again. */
export async function addValueRequests(db: Knex, requests: readonly ValueRequestRecord[]): Promise<void> {
  await insertRows(db, 'value_request', requests.map(toRow));
}

function toRow({ measure, periodId, day, person, requestedAt }: ValueRequestRecord) {
  return {
    measure,
    period_id: periodId,
    named_day: day,
    person_id: person,
    requested_at: storedInstant(requestedAt),
  } satisfies ValueRequestRow;
}

function fromRow({ measure, period_id, named_day, person_id, requested_at }: ValueRequestRow): ValueRequestRecord {
  return { measure, periodId: period_id, day: named_day, person: person_id, requestedAt: plainInstant(requested_at) };
}
