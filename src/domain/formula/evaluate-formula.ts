import { QUOTIENT_PLACES } from '../value/decimal.js';
import { formulaText } from './formula-text.js';
import {
  absolute,
  compared,
  decimalText,
  type Fraction,
  fractionOf,
  isZero,
  minus,
  negated,
  over,
  plus,
  rounded,
  times,
  whole,
} from './fraction.js';
import { power, root } from './power.js';
import type { Comparison, Formula, FormulaOutcome, InputValue, NoValue } from './types.js';

/** Digits before the point that a result may have. */
const MOST_DIGITS = 60;
const LIMIT = whole(10n ** BigInt(MOST_DIGITS));

type Result = Fraction | NoValue;

/**
 * What a formula makes of its inputs.
 *
 * Exact in between, as fractions; the result is rounded once, half-even at the places of `divide`. Powers and roots
 * that have no exact value are rounded to 40 significant digits where they stand. There is a value, or the reason why
 * there is none: an input that is absent (all of them are named), a zero divisor (named), a power or root that is no
 * real number, a step of 10^60 or more. Nothing is taken for 0. `if` looks only at the side it takes, `coalesce`
 * takes the first part that has a value, whatever the others lack. What decided by its value counts for what the result
 * is made of, what was passed over does not. Never throws, never NaN.
 *
 * @param inputOf what a name stands for; texts are canonical decimals
 */
export function evaluateFormula(formula: Formula, inputOf: (name: string) => InputValue): FormulaOutcome {
  const asked: Asked = { inputOf, taken: new Set() };
  const result = evaluate(formula, asked);
  if ('code' in result) return { reason: result };
  return { value: decimalText(result, QUOTIENT_PLACES), madeOf: asked.taken };
}

/** What names stand for, and those whose values were taken so far. */
interface Asked {
  readonly inputOf: (name: string) => InputValue;
  readonly taken: Set<string>;
}

function evaluate(formula: Formula, asked: Asked): Result {
  const result = step(formula, asked);
  if ('code' in result || compared(absolute(result), LIMIT) < 0) return result;
  return { code: 'too_large', message: `${formulaText(formula)} has more than ${MOST_DIGITS} digits before the point` };
}

function step(formula: Formula, asked: Asked): Result {
  switch (formula.kind) {
    case 'number':
      return fractionOf(formula.value);
    case 'name': {
      const input = asked.inputOf(formula.name);
      if ('value' in input) {
        asked.taken.add(formula.name);
        return fractionOf(input.value);
      }
      const { code = 'absent_input', reason } = input;
      return { code, message: `${formula.name} has no value: ${reason}`, inputs: [formula.name] };
    }
    case 'negate':
      return withAll([formula.of], asked, ([value = ZERO]) => negated(value));
    case 'operation':
      return withAll([formula.left, formula.right], asked, ([left = ZERO, right = ZERO]) =>
        operate(formula, left, right),
      );
    case 'round':
      return withAll([formula.of], asked, ([value = ZERO]) => rounded(value, formula.places, formula.mode));
    case 'if': {
      const { condition, then, otherwise } = formula;
      const sides = [condition.left, condition.right];
      const decided = withAll(sides, asked, ([left = ZERO, right = ZERO]) =>
        holds(condition.operator, compared(left, right)) ? whole(1n) : ZERO,
      );
      return 'code' in decided ? decided : evaluate(isZero(decided) ? otherwise : then, asked);
    }
    case 'call':
      return formula.function === 'coalesce'
        ? firstValue(formula.parts, asked)
        : withAll(formula.parts, asked, (values) => call(formula, values));
  }
}

const ZERO = whole(0n);

/** What `use` makes of the parts when all have a value; else why not, with the absent inputs of all of them. */
function withAll(parts: readonly Formula[], asked: Asked, use: (values: readonly Fraction[]) => Result): Result {
  const results = parts.map((part) => evaluate(part, asked));
  const reasons = results.filter((result): result is NoValue => 'code' in result);
  if (reasons.length === 0) return use(results.filter((result): result is Fraction => !('code' in result)));
  return joined(reasons);
}

function joined(reasons: readonly NoValue[]): NoValue {
  const absent = reasons.filter(({ code }) => code === 'absent_input');
  const [first] = absent.length > 0 ? absent : reasons;
  if (first === undefined || absent.length <= 1) return first ?? { code: 'absent_input', message: 'nothing was given' };
  const messages = [...new Set(absent.flatMap(({ message }) => message.split('; ')))];
  const inputs = [...new Set(absent.flatMap(({ inputs: names }) => names ?? []))];
  return { code: 'absent_input', message: messages.join('; '), inputs };
}

function firstValue(parts: readonly Formula[], asked: Asked): Result {
  const reasons: NoValue[] = [];
  for (const part of parts) {
    const own: Asked = { ...asked, taken: new Set() };
    const result = evaluate(part, own);
    // A part that lacks an input is passed over, whatever else is in it; one that its values leave without an answer decides.
    if (!('code' in result) || result.inputs === undefined) for (const name of own.taken) asked.taken.add(name);
    if (!('code' in result)) return result;
    reasons.push(result);
  }
  return joined(reasons);
}

function operate(formula: Extract<Formula, { kind: 'operation' }>, left: Fraction, right: Fraction): Result {
  switch (formula.operator) {
    case '+':
      return plus(left, right);
    case '-':
      return minus(left, right);
    case '*':
      return times(left, right);
    case '/':
      return isZero(right) ? zeroDivisor(formula.right) : over(left, right);
    case '^':
      return power(left, right);
  }
}

function zeroDivisor(divisor: Formula): NoValue {
  return { code: 'zero_divisor', message: `the divisor ${formulaText(divisor)} is 0` };
}

function call(formula: Extract<Formula, { kind: 'call' }>, values: readonly Fraction[]): Result {
  const [first = ZERO, second = ZERO, third = ZERO] = values;
  switch (formula.function) {
    case 'abs':
      return absolute(first);
    case 'sum':
      return values.reduce(plus);
    case 'avg':
      return over(values.reduce(plus), whole(BigInt(values.length)));
    case 'min':
      return values.reduce((least, value) => (compared(value, least) < 0 ? value : least));
    case 'max':
      return values.reduce((most, value) => (compared(value, most) > 0 ? value : most));
    case 'floor':
      return rounded(first, 0, 'floor');
    case 'ceil':
      return rounded(first, 0, 'ceiling');
    case 'clamp':
      return clamped(first, second, third);
    case 'pow':
      return power(first, second);
    case 'root':
      return root(first, second);
    case 'sqrt':
      return root(first, whole(2n));
    case 'change':
      return minus(first, second);
    case 'percent_change':
      return percentChange(formula, first, second);
    case 'coalesce':
      return first;
  }
}

/** A low above the high gives the high: the upper limit has the last word. */
function clamped(value: Fraction, low: Fraction, high: Fraction): Fraction {
  const raised = compared(value, low) < 0 ? low : value;
  return compared(raised, high) > 0 ? high : raised;
}

/** Of a base that is not above 0 there is no percentage: at 0 it is endless, below it better and worse change sides. */
function percentChange(formula: Extract<Formula, { kind: 'call' }>, current: Fraction, previous: Fraction): Result {
  const name = formulaText(formula.parts[1] ?? { kind: 'name', name: 'previous' });
  if (isZero(previous))
    return { code: 'zero_divisor', message: `a change from ${name}, which is 0, has no percentage` };
  if (previous.over < 0n) {
    return { code: 'no_percentage', message: `a change from ${name}, which is below 0, has no percentage` };
  }
  return over(times(minus(current, previous), whole(100n)), previous);
}

function holds(operator: Comparison['operator'], order: -1 | 0 | 1): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
