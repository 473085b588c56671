import type { z } from 'zod';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import type { ColumnSpec, ColumnType, RejectRule } from '#src/domain/value/types.js';
import type { DiscoveredStream, DiscoverRequest } from './discovery.js';
import type { PlannedCall, PlanRequest } from './plan.js';
import type { AggregateRequest, PushDownOutcome } from './push-down.js';
import type { SlicedRows } from './sliced-rows.js';
import type { Watermark } from './watermark.js';

/** A finding of `check`: one named question about the connection. */
export interface Probe {
  readonly name: string;
  readonly outcome: 'ok' | 'warn' | 'fail';
  readonly message: string;
  /** What to do; present unless `ok`. */
  readonly remedy?: string;
  readonly kind?: FailureKind;
}

/** Bounds a read must hold; passing one is a typed failure, never a silent cut. */
export interface ReadLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** What to read: one extract, once, for all its measures. */
export interface ReadRequest<ExtractOptions> {
  readonly extract: string;
  readonly options: ExtractOptions;
  /** Columns asked for, by the source's names; cells of a batch come in this order. */
  readonly columns: readonly string[];
  /** What the cells of each column are read as, in that order: for sources whose cells have types of their own. */
  readonly columnTypes?: readonly ColumnType[];
  /** The same with locale, pattern, zone and words, so that such a source writes a number or date as its column is read. */
  readonly columnSpecs?: readonly ColumnSpec[];
  /** Days whose rows are wanted, half-open. A source that cannot filter returns all; the host skips and counts. */
  readonly window: { readonly start: CalendarDate; readonly end: CalendarDate };
  /**
   * The source's name of the column that places a row in time, so that a source can leave out rows outside the window by
   * itself. Absent where it must not, since the column's texts have a pattern of their own, and for a
   * snapshot, whose rows have no time.
   */
  readonly timeColumn?: string;
  /** What the extract reads that column as. The days of a date-time are those of its zone, not of `window`: leave a margin. */
  readonly timeColumnType?: 'date' | 'datetime';
  /** Value of the watermark that the last good read of this extract left; absent where there is none. */
  readonly since?: string;
  /** The call of the plan this read is part of; the same object for all its extracts, so that they can share an answer. */
  readonly call?: PlannedCall<ExtractOptions>;
  readonly limits: ReadLimits;
  readonly signal: AbortSignal;
}

/** Asks how far the source has come. */
export type WatermarkRequest<ExtractOptions> = Pick<
  ReadRequest<ExtractOptions>,
  'extract' | 'options' | 'limits' | 'signal'
>;

/** A raw cell: text as the source has it, `null` for SQL NULL or an absent or unquoted empty field. */
export type RawCell = string | null;

/** A row the connector itself could not use. */
export interface RawReject {
  /** Place: `finance-2026-08.csv:17`, `query 3fa9c1 row 12`. */
  readonly locator: string;
  readonly rule: RejectRule;
  readonly raw: string;
  readonly message: string;
  readonly remedy: string;
}

/** Some rows of a read. `seen` = rows + rejects + the counts of `skipped`, for every batch. */
export interface Batch {
  readonly rows: readonly (readonly RawCell[])[] | SlicedRows;
  /** Place of row `index` of this batch. */
  locate(index: number): string;
  readonly rejects: readonly RawReject[];
  /** Rows left out by a named rule (`blank_line`, …). */
  readonly skipped: Readonly<Record<string, number>>;
  readonly seen: number;
  /** Rows among `rows` that were mended by a named rule the extract allows (`missing_cells`, …). */
  readonly repaired?: Readonly<Record<string, number>>;
  /** The piece of the source these rows are from, such as a file: where too many of one are rejected, none is believed. */
  readonly part?: string;
}

/** What was read, for `explain`: enough to find it again, no secret, no row content. */
export interface ReadSummary {
  /** Digest of what was asked and, where the source has one, of what answered (file sha256). */
  readonly digest: string;
  /** Lines for people: the query's hash and text, or each file with size, time and sha256. */
  readonly description: readonly string[];
  /** Worth a person's look though nothing is wrong: new columns, a dialect that was detected. */
  readonly notes?: readonly string[];
  /** How far the source had come when it was read, where it says so. */
  readonly watermark?: Watermark;
}

/** An open connection. Every method throws only `PlumblineError`s, and ends within a second of an abort. */
export interface Source<ExtractOptions> {
  check(signal: AbortSignal): Promise<readonly Probe[]>;
  /** What there is to read. Asked twice of an unchanged source, it answers the same. */
  discover(request: DiscoverRequest): Promise<readonly DiscoveredStream[]>;
  /** Whether the source has moved, without reading it; `undefined` where it cannot say. */
  watermark(request: WatermarkRequest<ExtractOptions>): Promise<Watermark | undefined>;
  /** Leaves nothing open when it ends, or is left early. */
  read(request: ReadRequest<ExtractOptions>): AsyncGenerator<Batch, ReadSummary, void>;
  /** Aggregates by itself. Only sources whose connector has the capability `aggregates`. */
  aggregate?(request: AggregateRequest<ExtractOptions>): Promise<PushDownOutcome>;
  /** Closing twice is harmless. */
  close(): Promise<void>;
}

/** What a connector gets from the host when a connection is opened. */
export interface OpenContext {
  /** Folder of the configuration: relative paths start here. */
  readonly baseDirectory: string;
  /** Folder in which a connector may keep what it can fetch again. It may be emptied at any time. */
  readonly cacheDirectory: string;
  /** The only hosts that the site reaches, see `assertReachedHost`; absent: any. */
  readonly allowHosts?: readonly string[];
  readonly now: () => Instant;
}

/** A budget of upstream requests that all workers together must hold. */
export interface Quota {
  /** Whose budget it is: equal texts share one. Not a secret. */
  readonly account: string;
  readonly callsPerMinute: number;
}

/** A kind of source. Loading a definition must not load its driver: `open` imports that. */
export interface ConnectorDefinition<ConnectionOptions = unknown, ExtractOptions = unknown> {
  /** As written in `connector:`. */
  readonly name: string;
  readonly summary: string;
  /** Strict schema of a connection's `options`. Secrets are fields whose schema has `.meta({ secret: true })`. */
  readonly connectionSchema: z.ZodType<ConnectionOptions>;
  /** Strict schema of an extract's `source`. */
  readonly extractSchema: z.ZodType<ExtractOptions>;
  readonly capabilities: {
    /** Rows outside the window can be left out by the source itself. */
    readonly filtersByTime: boolean;
    /** Cells are text in the writer's locale, so numbers need a declared locale. */
    readonly localizedText: boolean;
    /** Sources have `aggregate`. */
    readonly aggregates: boolean;
  };
  /** Many extracts of one connection into few upstream calls, each extract in exactly one. Pure, without secrets. */
  plan(requests: readonly PlanRequest<ExtractOptions>[]): readonly PlannedCall<ExtractOptions>[];
  /** The budget a connection draws on; absent where the source has none. Its secrets are resolved. */
  quota?(options: ConnectionOptions, context: OpenContext): Promise<Quota | undefined>;
  open(options: ConnectionOptions, context: OpenContext): Promise<Source<ExtractOptions>>;
}

/** A definition of any options, as the registry holds it. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds definitions of every option type; each validates its own
export type AnyConnector = ConnectorDefinition<any, any>;

/** Finds a connector by its name; the list is for messages. */
export interface ConnectorRegistry {
  get(name: string): AnyConnector | undefined;
  readonly names: readonly string[];
}
