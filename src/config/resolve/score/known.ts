import type { Direction } from '#src/domain/measure/types.js';
import type { Grain } from '#src/domain/period/types.js';
import type { ProblemList } from '../../problem-list.js';

/** A direction in which values are judged. */
export type ScoredDirection = Exclude<Direction, 'unscored'>;

/** What of the rest of a measure its scoring may speak of. */
export interface KnownToScoring {
  /** The words of an ordinal measure, worst first. */
  readonly labels?: readonly string[];
  /** Names of the measure's series; absent: nothing is known, and any name is taken. */
  readonly series?: ReadonlySet<string>;
  /** Of the measure, whose calendar names periods; absent: the standard one. */
  readonly grain?: Grain;
}

/** What each part of a measure's scoring is resolved with. */
export interface ScoringContext extends KnownToScoring {
  readonly direction: ScoredDirection;
  readonly problems: ProblemList;
  /** Whether the score declares its points; otherwise scores are read as 0 to 100. */
  readonly hasPoints: boolean;
}
