// The oracle for the four operations is a fraction of two BigInts, written without looking at the program's.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from '#src/domain/formula/evaluate-formula.js';
import { formulaText } from '#src/domain/formula/formula-text.js';
import { parseFormula } from '#src/domain/formula/parse-formula.js';
import type { Formula, InputValue } from '#src/domain/formula/types.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import { anyFormula, arithmetic, formula } from './formulas.js';

const decimalText = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`)));
const inputs = fc.record({ a: decimalText, b: decimalText, c_2: decimalText });

type Ratio = readonly [top: bigint, bottom: bigint];

function ratio(text: string): Ratio {
  const [whole = '', fraction = ''] = text.split('.');
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
}

/** `undefined` where something is divided by zero. */
function oracle(tree: Formula, values: Readonly<Record<string, string>>): Ratio | undefined {
  if (tree.kind === 'number') return ratio(tree.value);
  if (tree.kind === 'name') return ratio(values[tree.name] ?? '');
  if (tree.kind === 'negate') {
    const of = oracle(tree.of, values);
    return of && [-of[0], of[1]];
  }
  if (tree.kind !== 'operation') throw new Error(tree.kind);
  const [left, right] = [oracle(tree.left, values), oracle(tree.right, values)];
  if (left === undefined || right === undefined) return undefined;
  const [[a, b], [c, d]] = [left, right];
  if (tree.operator === '*') return [a * c, b * d];
  if (tree.operator === '/') return c === 0n ? undefined : [a * d, b * c];
  return [tree.operator === '+' ? a * d + c * b : a * d - c * b, b * d];
}

/** Twice the distance of a decimal text from a fraction is at most one unit of the twentieth place. */
function isNearest(text: string, [top, bottom]: Ratio): boolean {
  const [units, scale] = ratio(text);
  const distance = units * bottom - top * scale;
  const limit = scale * bottom;
  return 2n * (distance < 0n ? -distance : distance) * 10n ** 20n <= (limit < 0n ? -limit : limit);
}

const inputOf =
  (values: Readonly<Record<string, string>>) =>
  (name: string): InputValue => {
    const value = values[name];
    return value === undefined ? { reason: 'not reported' } : { value };
  };

describe('formulas', () => {
  it('compute what fractions compute, rounded once', () => {
    fc.assert(
      fc.property(arithmetic, inputs, (tree, values) => {
        const expected = oracle(tree, values);
        const result = evaluateFormula(tree, inputOf(values));
        if (expected === undefined) expect(result).toMatchObject({ reason: { code: 'zero_divisor' } });
        else if ('value' in result) expect(isNearest(result.value, expected)).toBe(true);
        else expect(result.reason.code).toBe('too_large');
      }),
      { numRuns: 500 },
    );
  });

  it('come back the same when printed and read', () => {
    fc.assert(
      fc.property(anyFormula, (tree) => {
        expect(formula(formulaText(tree))).toEqual(tree);
      }),
    );
  });

  it('give a finite canonical value or a reason for any inputs', () => {
    fc.assert(
      fc.property(anyFormula, fc.record({ a: decimalText, b: decimalText }), (tree, values) => {
        const result = evaluateFormula(tree, inputOf(values));
        if ('value' in result) expect(result.value).toMatch(/^-?\d+(\.\d*[1-9])?$/);
        else expect(result.reason.message).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('are read or refused inside the text, whatever the text', () => {
    const pieces = fc.constantFrom('a', '1', '2.5', '+', '-', '*', '/', '^', '(', ')', ',', 'min', 'if', '<', '=', ' ');
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const reading = parseFormula(text);
        if (reading.ok) return;
        expect(reading.problems.length).toBeGreaterThan(0);
        for (const { position, piece } of reading.problems) {
          expect(text.slice(position, position + piece.length)).toBe(piece);
        }
      }),
      { numRuns: 500 },
    );
  });
});
