import type { Instant } from '../period/types.js';

/** The dates that decide whether a period's value is late. All instants; on the instant itself is still on time. */
export interface Deadlines {
  readonly due: Instant;
  readonly missingFrom: Instant;
  /** From then on the value stays what it is; absent where periods are never locked. */
  readonly lockedFrom?: Instant;
  /** Only of a rule that goes by the "as of" of its source: by that, or the latest that the rule allows. */
  readonly asOf?: 'said' | 'at_the_latest';
}

/** How a period stands with its deadlines; see `freshness()`. */
export type FreshnessState = 'open' | 'not_expected' | 'not_due' | 'late' | 'missing' | 'reported';
