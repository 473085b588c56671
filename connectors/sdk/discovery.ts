import type { ColumnType } from '#src/domain/value/types.js';

/** What to look at. */
export interface DiscoverRequest {
  /** Only the stream of this name; absent: all. */
  readonly stream?: string;
  /** Rows looked at of each stream, at most. */
  readonly sampleRows: number;
  readonly signal: AbortSignal;
}

/** One thing an extract can read: a table, files of one shape, a tab. */
export interface DiscoveredStream {
  readonly name: string;
  readonly kind: 'table' | 'view' | 'files' | 'sheet' | 'named_range' | 'other';
  /** In the source's order. */
  readonly fields: readonly DiscoveredField[];
  readonly sampledRows: number;
  /** Digest of the fields' names, order and declared types: a changed layout has another. The sample plays no part. */
  readonly fingerprint: string;
  /** The extract's `source:` that reads this stream, valid for the connector's extract schema. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Worth knowing: the dialect that was detected, rows that could not be read. */
  readonly notes: readonly string[];
}

export interface DiscoveredField {
  readonly name: string;
  readonly type: ColumnType;
  /** What an extract's column needs besides its type. */
  readonly settings: { readonly locale?: string; readonly pattern?: string; readonly time_zone?: string };
  /** Why this type: `200 of 200 values are whole numbers`, `declared decimal(10,2)`. */
  readonly evidence: string;
  /** The source's own type, where it has one. */
  readonly declared?: string;
  /** Blank cells among the sampled rows. */
  readonly blanks: number;
  /** A few distinct values, shortened. */
  readonly sample: readonly string[];
}
