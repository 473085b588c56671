import fc from 'fast-check';
import { evaluateFormula } from '#src/domain/formula/evaluate-formula.js';
import { parseFormula } from '#src/domain/formula/parse-formula.js';
import type { Formula, FormulaOutcome, InputValue } from '#src/domain/formula/types.js';

/** The formula of a text that is one. */
export function formula(text: string): Formula {
  const reading = parseFormula(text);
  if (!reading.ok) throw new Error(`${text}: ${JSON.stringify(reading.problems)}`);
  return reading.formula;
}

/** What a text makes of inputs; a name that is not among them is absent. */
export function outcome(text: string, inputs: Readonly<Record<string, string>> = {}): FormulaOutcome {
  const inputOf = (name: string): InputValue => {
    const value = inputs[name];
    return value === undefined ? { reason: 'not reported' } : { value };
  };
  return evaluateFormula(formula(text), inputOf);
}

/** The value, or the code of the reason why there is none. */
export function value(text: string, inputs: Readonly<Record<string, string>> = {}): string {
  const result = outcome(text, inputs);
  return 'value' in result ? result.value : result.reason.code;
}

const leaf: fc.Arbitrary<Formula> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 3 }))
    .map(([units, places]): Formula => ({ kind: 'number', value: plain(units, places) })),
  fc.constantFrom('a', 'b', 'c_2').map((name): Formula => ({ kind: 'name', name })),
);

function plain(units: number, places: number): string {
  const digits = String(units).padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return places === 0 || fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Formulas of the four operations and signs, a few levels deep. */
export const arithmetic: fc.Arbitrary<Formula> = fc.letrec<{ tree: Formula }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'formula' },
    leaf,
    fc
      .tuple(fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Formula => ({ kind: 'operation', operator, left, right })),
    tie('tree').map((of): Formula => ({ kind: 'negate', of })),
  ),
})).tree;

/** Formulas of every kind. */
export const anyFormula: fc.Arbitrary<Formula> = fc.letrec<{ tree: Formula }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'any formula' },
    leaf,
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Formula => ({ kind: 'operation', operator, left, right })),
    tie('tree').map((of): Formula => ({ kind: 'negate', of })),
    fc
      .tuple(
        fc.constantFrom('pow', 'root', 'change', 'percent_change', 'coalesce', 'min', 'max', 'avg', 'sum'),
        tie('tree'),
        tie('tree'),
      )
      .map(([name, left, right]): Formula => ({ kind: 'call', function: name, parts: [left, right] })),
    fc
      .tuple(fc.constantFrom('abs', 'sqrt', 'floor', 'ceil'), tie('tree'))
      .map(([name, of]): Formula => ({ kind: 'call', function: name, parts: [of] })),
    fc
      .tuple(tie('tree'), fc.integer({ min: 0, max: 20 }), fc.constantFrom('half-even', 'half-up', 'ceiling', 'down'))
      .map(([of, places, mode]): Formula => ({ kind: 'round', of, places, mode })),
    fc.tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('tree'), tie('tree'), tie('tree'), tie('tree')).map(
      ([operator, left, right, then, otherwise]): Formula => ({
        kind: 'if',
        condition: { operator, left, right },
        then,
        otherwise,
      }),
    ),
  ),
})).tree;
