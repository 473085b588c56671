import { failed, isColumn, isMark, isWord, type Part, read, shown, tokenAt } from './filter-reading.js';
import type { FilterToken } from './filter-tokens.js';
import { plainNumber } from './plain-number.js';
import type { Condition, FilterLiteral, SetCondition } from './types.js';

const OPERATORS = ['=', '!=', '<', '<=', '>', '>='] as const;
export const SHAPE = "write conditions such as renewed = true and amount > 0 and kind in ('service', 'repair')";

/** Ways of writing a comparison that other languages have. */
const MEANT: Readonly<Record<string, string>> = {
  '==': '=',
  '===': '=',
  '<>': '!=',
  '!==': '!=',
  '=<': '<=',
  '=>': '>=',
};

/** Reads one comparison, set or test for blanks that begins at a token. */
export function readCondition(tokens: readonly FilterToken[], at: number): Part<Condition | SetCondition> {
  const column = tokenAt(tokens, at);
  const operator = tokenAt(tokens, at + 1);
  if (!isColumn(column, operator)) {
    return failed(column, `expected the name of a column, found ${shown(column)}`, SHAPE);
  }
  if (isWord(operator, 'is')) return readNullTest(column.text, tokens, at + 2);
  if (isWord(operator, 'in')) return readSet(column.text, 'in', tokens, at + 2);
  if (isWord(operator, 'not') && isWord(tokenAt(tokens, at + 2), 'in')) {
    return readSet(column.text, 'not in', tokens, at + 3);
  }
  return readComparison(column.text, tokens, at + 1);
}

export function isOrder(operator: Condition['operator']): boolean {
  return operator !== '=' && operator !== '!=';
}

function readComparison(column: string, tokens: readonly FilterToken[], at: number): Part<Condition> {
  const operator = readOperator(tokenAt(tokens, at), at + 1);
  if (!operator.ok) return operator;
  const place = tokenAt(tokens, at + 1);
  const literal = readLiteral(place, at + 2);
  if (!literal.ok) return literal;
  if (isOrder(operator.value) && typeof literal.value.value !== 'string') {
    const word = place.text.toLowerCase();
    const message = `"${operator.value}" cannot compare with ${word}, which has no order`;
    return failed(place, message, `use = or != with ${word}`);
  }
  return read({ column, operator: operator.value, ...literal.value }, literal.next);
}

/** `is null` is `= null`, `is not null` is `!= null`. */
function readNullTest(column: string, tokens: readonly FilterToken[], at: number): Part<Condition> {
  const isNegated = isWord(tokenAt(tokens, at), 'not');
  const word = tokenAt(tokens, isNegated ? at + 1 : at);
  if (!isWord(word, 'null')) {
    return failed(
      word,
      `"is" asks for null alone, found ${shown(word)}`,
      'write is null, is not null, or compare with =',
    );
  }
  return read({ column, operator: isNegated ? '!=' : '=', value: null }, isNegated ? at + 2 : at + 1);
}

function readSet(
  column: string,
  operator: SetCondition['operator'],
  tokens: readonly FilterToken[],
  at: number,
): Part<SetCondition> {
  const open = tokenAt(tokens, at);
  if (!isMark(open, '(')) return failed(open, `expected "(", found ${shown(open)}`, `write ${operator} ('a', 'b')`);
  const values: FilterLiteral[] = [];
  for (let next = at + 1; ; ) {
    const place = tokenAt(tokens, next);
    if (isWord(place, 'null')) {
      return failed(place, `null cannot stand in a set`, `ask for blank cells apart: ${column} is null`);
    }
    const literal = readLiteral(place, next + 1);
    if (!literal.ok) return literal;
    values.push(literal.value);
    const joint = tokenAt(tokens, literal.next);
    if (isMark(joint, ')')) return read({ column, operator, values }, literal.next + 1);
    if (!isMark(joint, ',')) {
      return failed(joint, `expected "," or ")", found ${shown(joint)}`, `write ${operator} ('a', 'b')`);
    }
    next = literal.next + 1;
  }
}

function readOperator(token: FilterToken, next: number): Part<Condition['operator']> {
  const operator = OPERATORS.find((candidate) => candidate === token.text);
  if (token.kind === 'operator' && operator !== undefined) return read(operator, next);
  const meant = MEANT[token.text];
  if (meant !== undefined) return failed(token, `unknown operator "${token.text}"`, `write ${meant}`);
  const all = `${OPERATORS.join(' ')}, in, not in, is null, is not null`;
  return failed(token, `expected an operator, found ${shown(token)}`, `use one of ${all}`);
}

function readLiteral(token: FilterToken, next: number): Part<FilterLiteral> {
  switch (token.kind) {
    case 'text':
      return read({ value: token.text, literal: 'text' }, next);
    case 'number': {
      const value = plainNumber(token.text);
      if (value !== undefined) return read({ value, literal: 'number' }, next);
      const remedy = 'write digits with at most one decimal point: -1234.5; in a set with a space after each comma';
      return failed(token, `"${token.text}" is not a plain number`, remedy);
    }
    case 'name': {
      const word = token.text.toLowerCase();
      if (word === 'true' || word === 'false') return read({ value: word === 'true' }, next);
      if (word === 'null') return read({ value: null }, next);
      return failed(
        token,
        `expected a value, found "${token.text}"`,
        `put text between single quotes: '${token.text}'`,
      );
    }
    default: {
      const remedy = token.text.startsWith("'")
        ? 'close the quote; a quote inside text is doubled'
        : quoteRemedy(token);
      return failed(token, `expected a value, found ${shown(token)}`, remedy);
    }
  }
}

function quoteRemedy(token: FilterToken): string {
  if (token.text.startsWith('"')) return "text stands between single quotes: 'service'";
  return 'give a number, a text between single quotes, true, false or null';
}
