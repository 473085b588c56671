import { decimal } from '../value/decimal.js';
import { constantValue } from './constant-value.js';
import { formulaText } from './formula-text.js';
import type { Formula } from './types.js';
import { multiplied, PLAIN, raised, sameUnit, type Unit, unitOf, unitText } from './unit-algebra.js';

/** What a part of a formula is measured in: a unit, `any` for a written number, `undefined` where nobody knows. */
type Known = Unit | 'any' | undefined;

/**
 * What does not fit together in the units of a formula, in words; none is an empty list.
 *
 * Only sums and comparisons of different units are told, and a result in another unit than the measure's own. A written
 * number fits any unit. One unknown unit makes what it enters unknown, and of that nothing is said.
 *
 * @param unitWord the word that an input's unit is declared by
 * @param own the measure's own word
 */
export function checkUnits(formula: Formula, unitWord: (name: string) => string | undefined, own?: string): string[] {
  const problems: string[] = [];
  const unit = unitIn(formula, { unitWord, problems });
  const declared = own === undefined ? undefined : unitOf(own);
  if (unit !== undefined && unit !== 'any' && declared !== undefined && !sameUnit(unit, declared)) {
    problems.push(`${formulaText(formula)} is ${unitText(unit)}, and the measure's unit is ${own}`);
  }
  return [...new Set(problems)];
}

interface Step {
  readonly unitWord: (name: string) => string | undefined;
  readonly problems: string[];
}

function unitIn(formula: Formula, step: Step): Known {
  switch (formula.kind) {
    case 'number':
      return 'any';
    case 'name': {
      const word = step.unitWord(formula.name);
      return word === undefined ? undefined : unitOf(word);
    }
    case 'negate':
    case 'round':
      return unitIn(formula.of, step);
    case 'operation':
      return operationUnit(formula, step);
    case 'if':
      common([formula.condition.left, formula.condition.right], 'compares', step);
      return common([formula.then, formula.otherwise], 'chooses between', step);
    case 'call':
      return callUnit(formula, step);
  }
}

function operationUnit(formula: Extract<Formula, { kind: 'operation' }>, step: Step): Known {
  const { operator, left, right } = formula;
  switch (operator) {
    case '+':
      return common([left, right], 'adds', step);
    case '-':
      return common([left, right], 'subtracts', step);
    case '^':
      return powerUnit(left, right, step);
    case '*':
    case '/': {
      const [a, b] = [unitIn(left, step), unitIn(right, step)];
      if (a === undefined || b === undefined) return undefined;
      if (a === 'any' && b === 'any') return 'any';
      const [top, other] = [a === 'any' ? PLAIN : a, b === 'any' ? PLAIN : b];
      return multiplied(top, operator === '*' ? other : raised(other, -1));
    }
  }
}

function callUnit({ function: name, parts }: Extract<Formula, { kind: 'call' }>, step: Step): Known {
  const [first = ONE, second = ONE] = parts;
  switch (name) {
    case 'pow':
      return powerUnit(first, second, step);
    case 'root':
      return rootUnit(unitIn(first, step), second);
    case 'sqrt':
      return rootUnit(unitIn(first, step), { kind: 'number', value: '2' });
    case 'percent_change':
      common(parts, 'compares', step);
      return PLAIN;
    case 'abs':
    case 'avg':
    case 'ceil':
    case 'change':
    case 'clamp':
    case 'coalesce':
    case 'floor':
    case 'max':
    case 'min':
    case 'sum':
      return common(parts, `takes into ${name}`, step);
  }
}

const ONE: Formula = { kind: 'number', value: '1' };

/** The one unit of parts that must share it. */
function common(parts: readonly Formula[], does: string, step: Step): Known {
  let shared: { readonly part: Formula; readonly unit: Unit } | undefined;
  let result: Known = 'any';
  for (const part of parts) {
    const unit = unitIn(part, step);
    if (unit === undefined) result = undefined;
    if (unit === undefined || unit === 'any') continue;
    if (shared === undefined) {
      shared = { part, unit };
      if (result === 'any') result = unit;
    } else if (!sameUnit(shared.unit, unit)) {
      const [one, other] = [`${unitText(shared.unit)} (${formulaText(shared.part)})`, unitText(unit)];
      step.problems.push(`the formula ${does} ${one} and ${other} (${formulaText(part)})`);
      result = undefined;
    }
  }
  return result;
}

function powerUnit(base: Formula, exponent: Formula, step: Step): Known {
  const unit = unitIn(base, step);
  const power = unitIn(exponent, step);
  if (power !== undefined && power !== 'any' && power.size > 0) {
    step.problems.push(`the exponent ${formulaText(exponent)} is ${unitText(power)}, and exponents have no unit`);
  }
  if (unit === undefined || unit === 'any' || unit.size === 0) return unit;
  const known = constantValue(exponent);
  return known === undefined ? undefined : raised(unit, decimal(known).toNumber());
}

function rootUnit(unit: Known, degree: Formula): Known {
  if (unit === undefined || unit === 'any' || unit.size === 0) return unit;
  const known = constantValue(degree);
  return known === undefined || known === '0' ? undefined : raised(unit, 1 / decimal(known).toNumber());
}
