import type { MissingPolicy } from '../formula/missing-policy.js';
import type { Formula } from '../formula/types.js';
import type { Combination, WindowRule } from '../window/types.js';

/** Which of the values of a measure, or of one of its named series, is meant. */
export interface FormulaInput {
  /** Address of the measure; absent: the measure itself, of which only series can be meant. */
  readonly measure?: string;
  /** Named series of that measure: `target`. Absent: its value. */
  readonly series?: string;
  /** Another period than the one at hand: the one before, or the same one a year earlier, by number or restated. */
  readonly at?: 'previous' | 'last_year' | 'last_year_restated';
  /** Over a window that ends with that period. */
  readonly over?: WindowRule;
  /** How several periods become one; absent: as the aggregation says. */
  readonly combine?: Combination;
  readonly missing: MissingPolicy;
}

/** What becomes of a value some of whose periods are missing. */
export type PartialRule = 'show' | 'hide';

/** How a measure gets its value from others, instead of from an extract. */
export type Derivation =
  | {
      readonly kind: 'formula';
      readonly formula: Formula;
      /** As it was written, for people. */
      readonly text: string;
      /** By the name they have in the formula; every name has one. */
      readonly inputs: Readonly<Record<string, FormulaInput>>;
      /** Absent: `show`. */
      readonly partial?: PartialRule;
    }
  | {
      readonly kind: 'window';
      /**
       * The measure or series; its `over` is the window. Without one its periods are only lifted to the coarser
       * grain.
       */
      readonly input: FormulaInput;
      /** Absent: `show`. */
      readonly partial?: PartialRule;
    }
  | {
      readonly kind: 'children';
      /** Id of the measure in each unit or scorecard below. */
      readonly measure: string;
      readonly combine: Combination;
      readonly partial?: PartialRule;
    };
