import type { AlertSettings } from '#src/domain/alert/settings.js';
import type { EvidenceKind } from '#src/domain/freshness/evidence.js';
import type { PeriodLabel } from '#src/domain/period/period-label.js';
import type { Grain } from '#src/domain/period/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import type { WithSecretReferences } from './site.js';

/** How to reach one system; `owner` is told when it cannot be read. */
export interface Connection {
  readonly id: string;
  readonly connector: string;
  /** Checked by the connector's schema; may still hold secret references. */
  readonly options: WithSecretReferences;
  readonly owner: string;
}

/** When an extract is read: local wall-clock time of its zone. */
export interface Cadence {
  readonly every: 'hour' | 'day' | 'week' | 'month';
  /** ISO weekday 1–7, for `week`. */
  readonly weekday?: number;
  /** Day of month 1–28, for `month`. */
  readonly day?: number;
  readonly hour: number;
  readonly minute: number;
  readonly timeZone: string;
}

/** What happens to rows with the same key. */
export type DuplicatePolicy =
  | { readonly keep: 'all' }
  | {
      readonly keep: 'first' | 'last' | 'reject';
      /** Columns that make two rows the same. */
      readonly key: readonly string[];
    };

/** A whole period that a row stands for, labelled by one of its days, or by the first day after it. */
export interface ExtractGrain extends Grain {
  readonly label: PeriodLabel;
}

/** What is read from a connection, how often, and how its columns are typed. */
export interface Extract {
  readonly id: string;
  readonly connection: string;
  /** Checked by the connector's extract schema. */
  readonly source: unknown;
  readonly cadence: Cadence;
  /** In the order cells are asked for; includes the time column. */
  readonly columns: readonly ColumnSpec[];
  /** Name of the column that places a row in time; a `date` or `datetime`. */
  readonly timeColumn: string;
  /** What period a row stands for, and which of its days the time column has; absent where a row is of its day. */
  readonly grain?: ExtractGrain;
  /**
   * For a source without history: its rows are today's. The time column is then `captured_on`, the first of
   * `columns`, which the source is not asked for: the host writes the day of the capture into it.
   */
  readonly snapshot?: {
    /** Which capture of a period stands. */
    readonly takes: 'first' | 'last';
  };
  /** Present where the source is asked, by `:since`, for what changed since the last good read. */
  readonly since?: {
    /** It is declared to give all rows of each period in which one changed. */
    readonly wholePeriods: boolean;
    /** It also names `:period_end`: rows of later days are not seen by any read before. */
    readonly endsWithPeriod: boolean;
  };
  /** What shows how far the source has come; absent: its newest row. */
  readonly evidence?: EvidenceKind;
  /** Person id of who keeps the figures by hand; absent where no person does. */
  readonly keptBy?: string;
  /** Whether the source may aggregate by itself; absent: where it can. */
  readonly pushDown?: boolean;
  readonly duplicates: DuplicatePolicy;
  /** Absent: as the site's. */
  readonly alertSettings?: AlertSettings;
  readonly limits: {
    readonly maxRows: number;
    readonly maxBytes: number;
    readonly timeoutMs: number;
    /** Share of rejected rows above which a part of the source is not believed; absent: 50. */
    readonly rejectedPercent?: number;
  };
}

/** Extracts of one connection that share cadence and zone: what one schedule starts. */
export interface PullGroup {
  /** `<connection>-<cadence>`, e.g. `operations-day-0630`. */
  readonly id: string;
  readonly connection: string;
  readonly cadence: Cadence;
  readonly extracts: readonly string[];
}
