import type { Batch } from '#connectors/sdk/types.js';
import type { AggregatePart } from '#src/domain/measure/aggregate-part.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { RejectRecord, RowBalance } from '#src/store/types.js';
import type { PeriodValue } from './period-values.js';

/** Makes the values of an extract's measures while its rows pass. */
export interface ExtractFold {
  /** Takes a batch in; its own balance is checked first, and sliced rows are consumed before it returns. */
  add(batch: Batch): void;
  /**
   * Takes in what the source made of all rows of one day by itself, or of those of one unit; `parts` by the measures'
   * addresses.
   */
  addPart(date: CalendarDate, rows: number, parts: ReadonlyMap<string, AggregatePart>, unit?: string | null): void;
  /** To be called once, after the last batch. @throws what `signal` was aborted with */
  finish(signal: AbortSignal): Promise<FoldResult>;
}

export interface FoldResult {
  readonly values: readonly PeriodValue[];
  /** The first of them; the balance counts all. */
  readonly rejects: readonly RejectRecord[];
  readonly balance: RowBalance;
  /** Rows mended, by rule. */
  readonly repaired: Readonly<Record<string, number>>;
  /** Rejected rows whose day is not known: any period may miss them. */
  readonly undatedRejects: number;
  /** The latest day of all rows that were read, those outside the window too. */
  readonly newestDay?: CalendarDate;
  /** Texts that should name a unit and name none, the first few. */
  readonly unknownUnits?: readonly string[];
  /** For each piece of the source that batches named, and for the rows of batches that named none. */
  readonly parts: readonly PartCount[];
}

export interface PartCount {
  readonly part?: string;
  /** Rows that were not skipped: used, superseded by a duplicate, or rejected. */
  readonly wanted: number;
  /** Those among them that the connector or typing rejected. */
  readonly rejected: number;
}
