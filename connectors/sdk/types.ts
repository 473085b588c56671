import type { z } from 'zod';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import type { RejectRule } from '#src/domain/value/types.js';

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
  /** Days whose rows are wanted, half-open. A source that cannot filter returns all; the host skips and counts. */
  readonly window: { readonly start: CalendarDate; readonly end: CalendarDate };
  readonly limits: ReadLimits;
  readonly signal: AbortSignal;
}

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
  readonly rows: readonly (readonly RawCell[])[];
  /** Place of row `index` of this batch. */
  locate(index: number): string;
  readonly rejects: readonly RawReject[];
  /** Rows left out by a named rule (`blank_line`, …). */
  readonly skipped: Readonly<Record<string, number>>;
  readonly seen: number;
}

/** What was read, for `explain`: enough to find it again, no secret, no row content. */
export interface ReadSummary {
  /** Digest of what was asked and, where the source has one, of what answered (file sha256). */
  readonly digest: string;
  /** Lines for people: the query's hash and text, or each file with size, time and sha256. */
  readonly description: readonly string[];
}

/** An open connection. */
export interface Source<ExtractOptions> {
  check(signal: AbortSignal): Promise<readonly Probe[]>;
  /** Throws only `PlumblineError`s. Ends within a second of an abort, with nothing left open. */
  read(request: ReadRequest<ExtractOptions>): AsyncGenerator<Batch, ReadSummary, void>;
  /** Closing twice is harmless. */
  close(): Promise<void>;
}

/** What a connector gets from the host when a connection is opened. */
export interface OpenContext {
  /** Folder of the configuration: relative paths start here. */
  readonly baseDirectory: string;
  readonly now: () => Instant;
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
  };
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
