import type { AggregatePart } from '#src/domain/measure/aggregate-part.js';
import type { Aggregation } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import type { ReadLimits } from './types.js';

/** Asks the source to aggregate by itself, a part for each day (and unit) and aggregation. */
export interface AggregateRequest<ExtractOptions> {
  readonly extract: string;
  readonly options: ExtractOptions;
  /** How the extract would type its columns: only where the source is sure to agree may it aggregate. */
  readonly columns: readonly ColumnSpec[];
  /** Name of the column (of `columns`) that places a row in time. */
  readonly timeColumn: string;
  /**
   * Name of the column (of `columns`, text or integer) that tells units apart: where it is named, a part for each day, unit
   * and aggregation is asked for.
   */
  readonly unitColumn?: string;
  /** Zone whose days the parts are for. */
  readonly timeZone: string;
  /** In the order the parts are wanted. */
  readonly aggregations: readonly Aggregation[];
  readonly window: { readonly start: CalendarDate; readonly end: CalendarDate };
  readonly limits: ReadLimits;
  readonly signal: AbortSignal;
}

/** The rows of one day; where units were asked for, of one day and one unit. */
export interface AggregatedDay {
  readonly date: CalendarDate;
  /**
   * The unit column's cell as it would be typed here: told apart by its bytes, with `''` a unit like any other; `null` where
   * it is blank. Present if and only if `unitColumn` was asked for; a day has each at most once.
   */
  readonly unit?: string | null;
  /** Rows the source saw of this day (and unit); each part accounts for all of them. */
  readonly rows: number;
  /** One for each aggregation asked for, in that order. */
  readonly parts: readonly AggregatePart[];
}

/**
 * What the source made of it; or why it would rather not, in which case the rows are read and aggregated here. It says no
 * wherever a row might be rejected or typed otherwise here: the outcome never depends on who aggregates.
 */
export type PushDownOutcome =
  | {
      readonly done: true;
      readonly days: readonly AggregatedDay[];
      readonly digest: string;
      readonly description: readonly string[];
    }
  | { readonly done: false; readonly reason: string };
