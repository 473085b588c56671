import type { ColumnSpec } from '../value/types.js';
import { literalProblem } from './filter-literal.js';
import { type FilterToken, filterTokens } from './filter-tokens.js';
import { plainNumber } from './plain-number.js';
import type { Condition, RowFilter } from './types.js';

/** Outcome of {@link parseRowFilter}. `position` counts UTF-16 units from 0. */
export type RowFilterReading =
  | { readonly ok: true; readonly filter: RowFilter }
  | { readonly ok: false; readonly position: number; readonly message: string; readonly remedy: string };

type Part<T> = { readonly ok: true; readonly value: T } | Exclude<RowFilterReading, { ok: true }>;

const OPERATORS = ['=', '!=', '<', '<=', '>', '>='] as const;
const SHAPE = "write conditions such as renewed = true and amount > 0 and kind = 'service'";

/** Ways of writing a comparison that other languages have. */
const MEANT: Readonly<Record<string, string>> = {
  '==': '=',
  '===': '=',
  '<>': '!=',
  '!==': '!=',
  '=<': '<=',
  '=>': '>=',
};

/**
 * Reads a row filter: `column operator literal`, joined by `and`.
 *
 * Operators are `= != < <= > >=`; literals are plain numbers (`-12.5`), text between single quotes (a quote inside
 * is doubled), `true`, `false`, `null`. `and`, `true`, `false` and `null` are read in any case. An empty text is an
 * error: every row is `all`, which is the caller's word. Columns are not looked up here, see {@link checkRowFilter}.
 */
export function parseRowFilter(text: string): RowFilterReading {
  const tokens = filterTokens(text);
  const filter: Condition[] = [];
  for (let at = 0; ; at += 4) {
    const condition = readCondition(tokens, at);
    if (!condition.ok) return condition;
    filter.push(condition.value);
    const joint = tokenAt(tokens, at + 3);
    if (joint.kind === 'end') return { ok: true, filter };
    if (!isWord(joint, 'and')) return notJoined(joint);
  }
}

/** Problems of a filter against the columns of its extract, in words and in the filter's order; none is an empty list. */
export function checkRowFilter(filter: RowFilter, columns: readonly ColumnSpec[]): string[] {
  return filter.flatMap((condition) => {
    const column = columns.find((candidate) => candidate.name === condition.column);
    if (column === undefined) {
      const names = columns.map((candidate) => candidate.name).join(', ');
      return [`unknown column "${condition.column}"; the extract has: ${names}`];
    }
    const problem = conditionProblem(condition, column);
    return problem === undefined ? [] : [problem];
  });
}

function conditionProblem(condition: Condition, column: ColumnSpec): string | undefined {
  if (isOrder(condition.operator)) {
    if (column.type === 'boolean') {
      return `column "${column.name}" is boolean and has no order; "${condition.operator}" must be = or !=`;
    }
    if (condition.value === null) return `null has no order; "${condition.operator} null" must be = null or != null`;
  }
  return literalProblem(condition, column);
}

function readCondition(tokens: readonly FilterToken[], at: number): Part<Condition> {
  const column = tokenAt(tokens, at);
  if (column.kind !== 'name' || isWord(column, 'and')) {
    return failed(column, `expected the name of a column, found ${shown(column)}`, SHAPE);
  }
  const operator = readOperator(tokenAt(tokens, at + 1));
  if (!operator.ok) return operator;
  const place = tokenAt(tokens, at + 2);
  const literal = readLiteral(place);
  if (!literal.ok) return literal;
  if (isOrder(operator.value) && typeof literal.value.value !== 'string') {
    const word = place.text.toLowerCase();
    return failed(
      place,
      `"${operator.value}" cannot compare with ${word}, which has no order`,
      `use = or != with ${word}`,
    );
  }
  return { ok: true, value: { column: column.text, operator: operator.value, ...literal.value } };
}

function readOperator(token: FilterToken): Part<Condition['operator']> {
  const operator = OPERATORS.find((candidate) => candidate === token.text);
  if (token.kind === 'operator' && operator !== undefined) return { ok: true, value: operator };
  const meant = MEANT[token.text];
  if (meant !== undefined) return failed(token, `unknown operator "${token.text}"`, `write ${meant}`);
  if (isWord(token, 'is')) return failed(token, 'unknown operator "is"', 'write = null or != null');
  return failed(token, `expected an operator, found ${shown(token)}`, `use one of ${OPERATORS.join(' ')}`);
}

function readLiteral(token: FilterToken): Part<Pick<Condition, 'value' | 'literal'>> {
  switch (token.kind) {
    case 'text':
      return { ok: true, value: { value: token.text, literal: 'text' } };
    case 'number': {
      const value = plainNumber(token.text);
      if (value !== undefined) return { ok: true, value: { value, literal: 'number' } };
      return failed(
        token,
        `"${token.text}" is not a plain number`,
        'write digits with at most one decimal point: -1234.5',
      );
    }
    case 'name': {
      const word = token.text.toLowerCase();
      if (word === 'true' || word === 'false') return { ok: true, value: { value: word === 'true' } };
      if (word === 'null') return { ok: true, value: { value: null } };
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

function notJoined(token: FilterToken): Exclude<RowFilterReading, { ok: true }> {
  if (isWord(token, 'or')) {
    return failed(token, 'conditions cannot be joined by "or"', 'join by and, or let the query of the extract decide');
  }
  return failed(token, `expected "and" or the end, found ${shown(token)}`, SHAPE);
}

function failed(token: FilterToken, message: string, remedy: string): Exclude<RowFilterReading, { ok: true }> {
  return { ok: false, position: token.start, message, remedy };
}

function shown(token: FilterToken): string {
  if (token.kind === 'end') return 'the end of the filter';
  return token.kind === 'text' ? `'${token.text}'` : `"${token.text}"`;
}

function isWord(token: FilterToken, word: string): boolean {
  return token.kind === 'name' && token.text.toLowerCase() === word;
}

function isOrder(operator: Condition['operator']): boolean {
  return operator !== '=' && operator !== '!=';
}

/** Past the end stands the last token, which is `end` or `broken`: both end a filter wherever they are met. */
function tokenAt(tokens: readonly FilterToken[], at: number): FilterToken {
  return tokens[at] ?? tokens.at(-1) ?? { kind: 'end', text: '', start: 0 };
}
