import type { ConnectorDefinition, RawCell } from '#connectors/sdk/types.js';

/** Rows a source is filled with for the exam, in the order of {@link Situation.columns}. */
export type ExamRows = readonly (readonly RawCell[])[];

/** A source made ready by the connector's author, and what reading it must give. */
export interface Situation {
  /** `options:` of a connection as a person writes them, secrets resolved. */
  readonly connection: unknown;
  /** `source:` of an extract that reads all of it. */
  readonly extract: unknown;
  /** Names of all its columns, in the order of `rows`. */
  readonly columns: readonly string[];
  /** What a read of all columns gives, in the source's order. */
  readonly rows: ExamRows;
  /**
   * Rows the connector must reject by itself (a broken line, a value without text): a text of each one's place. At least
   * one of a source with bad rows.
   */
  readonly rejectedAt?: readonly string[];
  /** Rows left out by a named rule, such as blank lines. */
  readonly skipped?: number;
  /** A text that the place of row `index` contains: `sales.csv:3`. At least one of a source that the exam filled. */
  readonly places?: ReadonlyMap<number, string>;
  /** Passwords, tokens and keys of this situation, as they stand in `connection`: none may appear anywhere else. */
  readonly secrets?: readonly string[];
  /** Makes the source move on, so that its watermark must change; needed of a source that the exam filled and has one. */
  readonly move?: () => Promise<void>;
  /** Puts these rows in the place of all there are; needed of a source that the exam filled. */
  readonly refill?: (rows: ExamRows) => Promise<void>;
  /** How many connections, files or pool slots the source's other side sees open now; absent where nobody can tell. */
  readonly openOutside?: () => Promise<number>;
  /** Takes the source away again. */
  readonly dispose: () => Promise<void>;
}

/** What is to go wrong, and the failure that reading must end with. */
export const FAULTS = {
  wrong_credentials: 'auth',
  no_right: 'permission',
  not_there: 'not_found',
  rate_limited: 'rate_limited',
  unavailable: 'transient',
  cut_off: 'transient',
  silent: 'timeout',
  slow_drip: 'timeout',
} as const;
export type Fault = keyof typeof FAULTS;

/** Why a fault or a table cannot happen to this kind of source, in a sentence for the reader of the exam. */
export interface NotApplicable {
  readonly notApplicable: string;
}

/** What a connector brings to its exam. Every function makes a source of its own. */
export interface ExamSubject {
  // biome-ignore lint/suspicious/noExplicitAny: the exam takes connectors of any options; each validates its own
  readonly connector: ConnectorDefinition<any, any>;
  /** A healthy source holding exactly these rows under these columns. */
  readonly filledWith: (columns: readonly string[], rows: ExamRows) => Promise<Situation>;
  /** A healthy source of `count` rows and three columns, made without holding them in memory. */
  readonly ofManyRows: (count: number) => Promise<Situation>;
  /** A source some of whose rows the connector itself must reject. */
  readonly withBadRows: (() => Promise<Situation>) | NotApplicable;
  /** A source to which this happens. `retryAfterMs` is what a rate-limited source asks for, where it asks. */
  readonly faulty: Readonly<
    Record<Fault, ((request: { readonly retryAfterMs: number }) => Promise<Situation>) | NotApplicable>
  >;
  /** Options that must be refused, each with the dotted path that the refusal must name. */
  readonly refusedConnections: readonly { readonly options: unknown; readonly path: string }[];
  readonly refusedExtracts: readonly { readonly source: unknown; readonly path: string }[];
  /** What to ask `discover` for, where it needs to be told; absent: everything. */
  readonly discoverStream?: (situation: Situation) => string;
  /** Texts the source itself cannot keep apart, and what it gives for them: a CSV file has no NULL but an empty field. */
  readonly givesFor?: ReadonlyMap<RawCell, RawCell>;
  /** Rows of the large table, and why they are fewer than a million. Default: a million. */
  readonly manyRows?: { readonly count: number; readonly because: string };
  /** Why a connection to this kind of source holds no secret, where none does. */
  readonly noSecrets?: string;
  /** Why this kind of source cannot say how far it has come, where it cannot. */
  readonly noWatermark?: string;
}

/** One question of the exam. */
export interface ExamCheck {
  /** Stable, kebab-case. */
  readonly name: string;
  /** What is asked, as a sentence. */
  readonly asks: string;
  /** Why it cannot be asked of this subject, which is known before anything is opened. */
  doesNotApply?(subject: ExamSubject): NotApplicable | undefined;
  /** What is special in how this subject is asked it. */
  remark?(subject: ExamSubject): string | undefined;
  /** Resolves when the connector passes; throws `ExamFailure` when it does not. */
  run(subject: ExamSubject, allowance: Allowance): Promise<void>;
}

/** What a slow machine may be granted. */
export interface Allowance {
  /** Longest an abort may take. */
  readonly abortMs: number;
  /** Growth of memory that reading the large table may cause, in bytes. */
  readonly memoryBytes: number;
}

export const DEFAULT_ALLOWANCE: Allowance = { abortMs: 1_000, memoryBytes: 192 * 1024 * 1024 };

export function isNotApplicable(value: unknown): value is NotApplicable {
  return typeof value === 'object' && value !== null && 'notApplicable' in value;
}

/** The same for a reason that stands alone. */
export function unlessAbsent(reason: string | undefined): NotApplicable | undefined {
  return reason === undefined ? undefined : { notApplicable: reason };
}
