import type { DecimalText } from '../value/types.js';
import { evaluateFormula } from './evaluate-formula.js';
import { namesIn } from './formula-text.js';
import type { Formula, NoValue } from './types.js';

/** The value of a formula that is the same in every period, such as `-1` or `1 / 2`; `undefined` where there is none. */
export function constantValue(formula: Formula): DecimalText | undefined {
  const outcome = constantOutcome(formula);
  return outcome !== undefined && 'value' in outcome ? outcome.value : undefined;
}

/**
 * Why a formula has no value whatever its inputs are: a constant part that it cannot do without has none, as in
 * `revenue + 1 / 0`, or a divisor is 0. `undefined` where some inputs may give one.
 *
 * What stands only in one side of an `if`, or beside other parts of `coalesce`, it can do without.
 */
export function neverAValue(formula: Formula): NoValue | undefined {
  const outcome = constantOutcome(formula);
  if (outcome !== undefined) return 'reason' in outcome ? outcome.reason : undefined;
  switch (formula.kind) {
    case 'number':
    case 'name':
      return undefined;
    case 'negate':
    case 'round':
      return neverAValue(formula.of);
    case 'operation':
      return firstOf([formula.left, formula.right]) ?? zeroDivisor(formula);
    case 'if': {
      const { condition, then, otherwise } = formula;
      return firstOf([condition.left, condition.right]) ?? ofAll([then, otherwise]);
    }
    case 'call':
      return formula.function === 'coalesce' ? ofAll(formula.parts) : firstOf(formula.parts);
  }
}

/** What a formula without names comes to; `undefined` for one with names. */
function constantOutcome(formula: Formula) {
  return namesIn(formula).length > 0 ? undefined : evaluateFormula(formula, () => ({ reason: 'it has no inputs' }));
}

function zeroDivisor({ operator, right }: Extract<Formula, { kind: 'operation' }>): NoValue | undefined {
  if (operator !== '/' || constantValue(right) !== '0') return undefined;
  const one: Formula = { kind: 'number', value: '1' };
  return neverAValue({ kind: 'operation', operator, left: one, right });
}

function firstOf(parts: readonly Formula[]): NoValue | undefined {
  return parts.map(neverAValue).find((reason) => reason !== undefined);
}

function ofAll(parts: readonly Formula[]): NoValue | undefined {
  const reasons = parts.map(neverAValue);
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}
