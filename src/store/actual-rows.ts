import type { RevisionReason } from '#src/domain/actual/types.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow, periodToRow } from './periods.js';
import { columnsOf, plainInstant, storedInstant, toCount } from './stored-values.js';
import type { ActualRevision, WithdrawnActual } from './types.js';

export interface ActualRow extends PeriodRow {
  readonly measure: string;
  readonly revision: number | string;
  /** NULL where a value was taken back. */
  readonly value: string | null;
  readonly reason: RevisionReason;
  readonly evidence: string;
  readonly rejects: number | string;
  readonly period_closed: number;
  readonly extract_id: string;
  readonly source_digest: string;
  readonly run_id: string;
  readonly recorded_at: string;
}

export const ACTUAL_COLUMNS = columnsOf('actual', [
  'measure',
  ...PERIOD_COLUMNS,
  'revision',
  'value',
  'reason',
  'evidence',
  'rejects',
  'period_closed',
  'extract_id',
  'source_digest',
  'run_id',
  'recorded_at',
]);

export function toActualRow(revision: ActualRevision | WithdrawnActual) {
  return {
    measure: revision.measure,
    ...periodToRow(revision.period),
    revision: revision.revision,
    value: revision.value ?? null,
    reason: revision.reason,
    evidence: JSON.stringify(revision.evidence),
    rejects: revision.rejects,
    period_closed: revision.periodClosed ? 1 : 0,
    extract_id: revision.extract,
    source_digest: revision.sourceDigest,
    run_id: revision.runId,
    recorded_at: storedInstant(revision.recordedAt),
  } satisfies ActualRow;
}

/** Of a row that the query has looked for its value. */
export function fromValuedRow(row: ActualRow): ActualRevision {
  return { ...withoutValue(row), value: row.value ?? '' };
}

export function fromRow(row: ActualRow): ActualRevision | WithdrawnActual {
  return row.value === null ? withoutValue(row) : fromValuedRow(row);
}

export function withoutValue(row: ActualRow): WithdrawnActual {
  return {
    measure: row.measure,
    period: periodFromRow(row),
    revision: toCount(row.revision),
    reason: row.reason,
    evidence: JSON.parse(row.evidence),
    rejects: toCount(row.rejects),
    periodClosed: row.period_closed === 1,
    extract: row.extract_id,
    sourceDigest: row.source_digest,
    runId: row.run_id,
    recordedAt: plainInstant(row.recorded_at),
  };
}
