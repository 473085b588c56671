import type { Batch } from '#connectors/sdk/types.js';
import type { AggregatePart } from '#src/domain/measure/aggregate-part.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { RejectRecord, RowBalance } from '#src/store/types.js';
import type { PeriodValue } from './period-values.js';

/** Makes the values of an extract's measures while its rows pass. */
export interface ExtractFold {
  /** Takes a batch in; its own balance is checked first, and sliced rows are consumed before it returns. */
  add(batch: Batch): void;
  /** Takes in what the source made of all rows of one day by itself; `parts` by the measures' addresses. */
  addPart(date: CalendarDate, rows: number, parts: ReadonlyMap<string, AggregatePart>): void;
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
  /** For each piece of the source that batches named. */
  readonly parts: readonly PartCount[];
}

export interface PartCount {
  readonly part: string;
  readonly seen: number;
  /** Those of the connector and of typing. */
  readonly rejected: number;
}
