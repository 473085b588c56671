import type { FormulaProblem } from './types.js';

/** A word of a formula with its place. */
export interface FormulaToken {
  readonly kind: 'number' | 'name' | 'operator' | 'open' | 'close' | 'comma';
  readonly text: string;
  /** UTF-16 units from 0. */
  readonly start: number;
}

/** Digits a number of a formula may have, on both sides of the point together. */
const MOST_DIGITS = 60;

const PLAIN = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const NUMBER = /[\d.][\w.]*/y;
const NAME = /[A-Za-z_]\w*/y;
const OPERATOR = /\*\*|&&|\|\||[-+*/^]|[<>=!]+/y;
const QUOTED = /'[^']*'?|"[^"]*"?|`[^`]*`?/y;
const WORD = /[\p{L}\p{N}_]+/uy;
const SYMBOL = /./suy;

const OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '^', '=', '!=', '<', '<=', '>', '>=']);
const BRACKETS = { '(': 'open', ')': 'close', ',': 'comma' } as const;

/** Ways of writing that other languages, or keyboards, have. */
const MEANT: Readonly<Record<string, string>> = {
  '**': 'write ^ for a power',
  '==': 'write =',
  '===': 'write =',
  '<>': 'write !=',
  '!==': 'write !=',
  '≠': 'write !=',
  '=<': 'write <=',
  '≤': 'write <=',
  '=>': 'write >=',
  '≥': 'write >=',
  '−': 'write -',
  '–': 'write -',
  '×': 'write *',
  '·': 'write *',
  '÷': 'write /',
  ':': 'write / to divide',
  '%': 'write / 100, or 0.15 for 15 %',
  '&&': 'write one if inside the other',
  '||': 'write one if inside the other',
  '!': 'exchange the last two parts of the if',
  '?': 'write if(condition, value, other value)',
  ';': 'put commas between the parts of a function',
  '[': 'write round brackets',
  ']': 'write round brackets',
  '{': 'write round brackets',
  '}': 'write round brackets',
};

/** The words of a formula, and what in it is none; where there are problems the words have gaps. */
export function formulaTokens(text: string): {
  readonly tokens: readonly FormulaToken[];
  readonly problems: readonly FormulaProblem[];
} {
  const tokens: FormulaToken[] = [];
  const problems: FormulaProblem[] = [];
  let start = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = start;
    return pattern.exec(text)?.[0];
  };
  const wrong = (piece: string, message: string, remedy: string): void => {
    problems.push({ position: start, piece, message, remedy });
  };
  while (start < text.length) {
    const found = next(match);
    if (found.kind === 'wrong') wrong(found.text, found.message, found.remedy);
    else if (found.kind !== 'space') tokens.push({ kind: found.kind, text: found.text, start });
    start += found.text.length;
  }
  return { tokens, problems };
}

type Found =
  | { readonly kind: FormulaToken['kind'] | 'space'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: string; readonly message: string; readonly remedy: string };

function next(match: (pattern: RegExp) => string | undefined): Found {
  const space = match(/\s+/y);
  if (space !== undefined) return { kind: 'space', text: space };
  const number = match(NUMBER);
  if (number !== undefined) return numberToken(number);
  const name = match(NAME);
  // A letter of another script right behind is part of what was meant as a name.
  const word = match(WORD);
  if (name !== undefined && name === word) return { kind: 'name', text: name };
  if (word !== undefined) {
    return refused(
      word,
      `"${word}" is no name`,
      'names have the letters a to z, digits and _, and begin with no digit',
    );
  }
  const operator = match(OPERATOR);
  if (operator !== undefined && OPERATORS.has(operator)) return { kind: 'operator', text: operator };
  const quoted = match(QUOTED);
  if (quoted !== undefined) {
    return refused(
      quoted,
      `${quoted} stands between quotes, and a formula has no texts`,
      'write the name of a measure without quotes, with _ for each dash: renewal_rate',
    );
  }
  const symbol = operator ?? match(SYMBOL) ?? '';
  if (symbol === '(' || symbol === ')' || symbol === ',') return { kind: BRACKETS[symbol], text: symbol };
  return refused(
    symbol,
    `"${symbol}" has no meaning in a formula`,
    MEANT[symbol] ?? 'use numbers, names, + - * / ^, brackets and functions',
  );
}

function numberToken(text: string): Found {
  if (!PLAIN.test(text)) {
    return refused(
      text,
      `"${text}" is not a plain number`,
      'write digits with at most one decimal point and no separators of thousands: 1234.5',
    );
  }
  if (text.length > MOST_DIGITS) {
    return refused(text, 'a number is too long', `write at most ${MOST_DIGITS} digits`);
  }
  return { kind: 'number', text };
}

function refused(text: string, message: string, remedy: string): Found {
  return { kind: 'wrong', text, message, remedy };
}
