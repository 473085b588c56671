import type { RoundingMode } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';

/** Functions whose parts are all values. `if` and `round` are kinds of their own: their parts are not. */
export type FormulaFunction =
  | 'abs'
  | 'avg'
  | 'ceil'
  | 'change'
  | 'clamp'
  | 'coalesce'
  | 'floor'
  | 'max'
  | 'min'
  | 'percent_change'
  | 'pow'
  | 'root'
  | 'sqrt'
  | 'sum';

/** What a formula computes, as a tree of plain data: it is stored with a measure, and digested. */
export type Formula =
  | { readonly kind: 'number'; readonly value: DecimalText }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly of: Formula }
  | {
      readonly kind: 'operation';
      readonly operator: '+' | '-' | '*' | '/' | '^';
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'call'; readonly function: FormulaFunction; readonly parts: readonly Formula[] }
  | { readonly kind: 'round'; readonly of: Formula; readonly places: number; readonly mode: RoundingMode }
  | { readonly kind: 'if'; readonly condition: Comparison; readonly then: Formula; readonly otherwise: Formula };

/** What `if` decides by. */
export interface Comparison {
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: Formula;
  readonly right: Formula;
}

/** One thing wrong with the text of a formula. */
export interface FormulaProblem {
  /** UTF-16 units from 0; the length of the text where something is missing at its end. */
  readonly position: number;
  /** What stands there, empty at the end. */
  readonly piece: string;
  readonly message: string;
  readonly remedy: string;
}

/** Outcome of reading a formula: the tree, or all that is wrong, in the order of the text. */
export type FormulaReading =
  | { readonly ok: true; readonly formula: Formula }
  | { readonly ok: false; readonly problems: readonly FormulaProblem[] };

/** Why there is no value, for programs. */
export type NoValueCode =
  | 'absent_input'
  /** An input was reported, and has no value. */
  | 'input_without_value'
  | 'zero_denominator'
  | 'zero_divisor'
  | 'no_real_number'
  | 'no_percentage'
  | 'too_large'
  | 'coarser_input'
  | 'not_combinable'
  | 'partial';

/** Why there is no value. Never stands for 0. */
export interface NoValue {
  readonly code: NoValueCode;
  /** In words, naming the input, the divisor, the limit. */
  readonly message: string;
  /** Names of the inputs without a value that it is for, each once. */
  readonly inputs?: readonly string[];
}

/** What an input is in the period at hand; where it is nothing, why: `absent_input` where no code says otherwise. */
export type InputValue =
  | { readonly value: DecimalText }
  | { readonly reason: string; readonly code?: NoValueCode | undefined };

/** A value, with the names of the inputs that it is made of or that decided for it; or why there is none. */
export type FormulaOutcome =
  | { readonly value: DecimalText; readonly madeOf: ReadonlySet<string> }
  | { readonly reason: NoValue };
