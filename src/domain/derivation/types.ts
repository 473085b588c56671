import type { NoValue } from '../formula/types.js';
import type { DecimalText } from '../value/types.js';
import type { PartsTaken, StoredPart, StoredSeries } from '../window/types.js';

/** What a derivation asks of the stored values. */
export interface Lookup {
  /**
   * The values of a measure, or of one of its named series; `undefined` where there is no such thing.
   *
   * @param measure address; absent: the derived measure itself
   */
  series(measure: string | undefined, name: string | undefined): StoredSeries | undefined;
  /** The values of the measure of this id in everything below, with the address of each. */
  children(measure: string): readonly { readonly address: string; readonly series: StoredSeries }[];
}

/** What one input was, for explaining a value and for its digest. */
export interface UsedInput {
  /** Its name in the formula; of a child the address. */
  readonly name: string;
  readonly measure?: string;
  readonly series?: string;
  /** Id of the period it was asked for; absent where there is no such period. */
  readonly period?: string;
  readonly value?: DecimalText;
  /** Where it has no value: why, in words. */
  readonly reason?: string;
  /** A ratio that was reported with nothing to divide by: it has no value, and is not missing. */
  readonly withoutCases?: true;
  /** A formula has a value without it, as `coalesce` and `if` can: what it lacks, the value does not. */
  readonly passedOver?: true;
  readonly taken: PartsTaken;
}

/** The value of a derived measure in one period, or why there is none; plain data. A ratio without cases has its sides. */
export interface Derived extends Omit<StoredPart, 'whyNone'> {
  /** Absent where there is a value. */
  readonly reason?: NoValue;
  /** Some period or child that belongs to it has no value. */
  readonly partial: boolean;
  /** In the order of their names in the formula; of a window the one it is over. */
  readonly inputs: readonly UsedInput[];
}
