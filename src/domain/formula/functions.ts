import type { FormulaFunction } from './types.js';

/** How many parts a function takes, and what it says of itself. */
export interface FunctionShape {
  readonly least: number;
  readonly most: number;
  /** How it is written. */
  readonly form: string;
}

const MANY = Number.POSITIVE_INFINITY;

/** Every function a formula can call, besides `if` and `round`. */
export const FUNCTIONS: Readonly<Record<FormulaFunction, FunctionShape>> = {
  abs: { least: 1, most: 1, form: 'abs(x)' },
  avg: { least: 1, most: MANY, form: 'avg(a, b, …)' },
  ceil: { least: 1, most: 1, form: 'ceil(x)' },
  change: { least: 2, most: 2, form: 'change(current, previous)' },
  clamp: { least: 3, most: 3, form: 'clamp(x, low, high)' },
  coalesce: { least: 2, most: MANY, form: 'coalesce(a, b, …)' },
  floor: { least: 1, most: 1, form: 'floor(x)' },
  max: { least: 1, most: MANY, form: 'max(a, b, …)' },
  min: { least: 1, most: MANY, form: 'min(a, b, …)' },
  percent_change: { least: 2, most: 2, form: 'percent_change(current, previous)' },
  pow: { least: 2, most: 2, form: 'pow(x, exponent)' },
  root: { least: 2, most: 2, form: 'root(x, degree)' },
  sqrt: { least: 1, most: 1, form: 'sqrt(x)' },
  sum: { least: 1, most: MANY, form: 'sum(a, b, …)' },
};

/** How the two functions are written whose parts are not all values. */
export const IF_FORM = 'if(a > b, value, other value)';
export const ROUND_FORM = 'round(x, places, half_even)';

/** Names of all functions, `if` and `round` too, sorted. */
export const FUNCTION_NAMES: readonly string[] = [...Object.keys(FUNCTIONS), 'if', 'round'].sort();

/** Whether a word is the name of one of {@link FUNCTIONS}. */
export function isFunction(name: string): name is FormulaFunction {
  return Object.hasOwn(FUNCTIONS, name);
}
