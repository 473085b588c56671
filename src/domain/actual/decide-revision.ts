import { Decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Aggregate, RevisionReason } from './types.js';

/** What is known of a measure's value in a period, and what a run has just computed. */
export interface RevisionQuestion {
  /** The value reported so far; `undefined` when there is none. */
  readonly current: { readonly value: DecimalText } | undefined;
  readonly computed: Aggregate;
  /** Whether the period had ended when `current` was recorded. Without meaning when there is no `current`. */
  readonly periodClosedAtCurrent: boolean;
  /** Whether the period has ended at the logical time of this run. */
  readonly periodClosed: boolean;
  /**
   * Whether an equal value is made of the same: numerator and denominator, which values of longer periods are made of, and
   * the number of observations where a measure says how many it expects. Absent: nobody asks.
   */
  readonly sameEvidence?: boolean;
}

/**
 * Whether a computed value is a new revision, and of which kind; `undefined` writes none.
 *
 * The value decides, compared as a number (`1.50` is `1.5`), and what other values are made of: of 10 ÷ 20 and 20 ÷ 40
 * a year to date is another. Other rows or rejects behind the same are no revision. A period that vanished from the
 * source keeps what was reported, since no value is not a correction to nothing. A run for an earlier time, to which a
 * period reported as closed is still open, may have seen only a part of it: what was reported stands.
 *
 * `first` without a current value; `updated` when the current one was recorded while the period was open, so that
 * it was expected to move; `restated` when the value of a closed period changes.
 */
export function decideRevision(question: RevisionQuestion): RevisionReason | undefined {
  const { current, computed, periodClosedAtCurrent, periodClosed } = question;
  if (computed.value === undefined) return undefined;
  if (current === undefined) return 'first';
  if (new Decimal(computed.value).equals(current.value) && question.sameEvidence !== false) return undefined;
  if (!periodClosedAtCurrent) return 'updated';
  return periodClosed ? 'restated' : undefined;
}
