import type { Formula } from './types.js';

const RANK = { '+': 2, '-': 2, '*': 3, '/': 3, '^': 5 } as const;
const SIGN_RANK = 4;
const HIGHEST = 6;

/** A formula in the one way it is printed: brackets only where they are needed. Reading it gives the same formula. */
export function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return formula.name;
    case 'negate':
      return `-${bracketed(formula.of, SIGN_RANK)}`;
    case 'operation': {
      const { operator, left, right } = formula;
      const rank = RANK[operator];
      // From the right is what ^ is read, the others from the left; a sign needs no brackets as an exponent.
      const [leftRank, rightRank] = operator === '^' ? [HIGHEST, SIGN_RANK] : [rank, rank + 1];
      return `${bracketed(left, leftRank)} ${operator} ${bracketed(right, rightRank)}`;
    }
    case 'round':
      return `round(${formulaText(formula.of)}, ${formula.places}, ${formula.mode.replaceAll('-', '_')})`;
    case 'if': {
      const { operator, left, right } = formula.condition;
      const condition = `${formulaText(left)} ${operator} ${formulaText(right)}`;
      return `if(${condition}, ${formulaText(formula.then)}, ${formulaText(formula.otherwise)})`;
    }
    case 'call':
      return `${formula.function}(${formula.parts.map(formulaText).join(', ')})`;
  }
}

/** Names a formula refers to, each once, in the order of the text. */
export function namesIn(formula: Formula): readonly string[] {
  return [...new Set(allNames(formula))];
}

function bracketed(formula: Formula, least: number): string {
  const text = formulaText(formula);
  return rankOf(formula) < least ? `(${text})` : text;
}

function rankOf(formula: Formula): number {
  if (formula.kind === 'operation') return RANK[formula.operator];
  return formula.kind === 'negate' ? SIGN_RANK : HIGHEST;
}

function allNames(formula: Formula): readonly string[] {
  switch (formula.kind) {
    case 'number':
      return [];
    case 'name':
      return [formula.name];
    case 'negate':
    case 'round':
      return allNames(formula.of);
    case 'operation':
      return [formula.left, formula.right].flatMap(allNames);
    case 'if':
      return [formula.condition.left, formula.condition.right, formula.then, formula.otherwise].flatMap(allNames);
    case 'call':
      return formula.parts.flatMap(allNames);
  }
}
