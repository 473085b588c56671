import { readCondition, SHAPE } from './filter-condition.js';
import { conditionsIn } from './filter-leaves.js';
import { failed, isMark, isWord, type Part, type RowFilterReading, read, shown, tokenAt } from './filter-reading.js';
import { type FilterToken, filterTokens } from './filter-tokens.js';
import type { RowFilter } from './types.js';

export { checkRowFilter } from './check-row-filter.js';
export type { RowFilterReading } from './filter-reading.js';

/** Parentheses and `not` inside each other. */
export const MAX_FILTER_DEPTH = 16;
/** Comparisons of one filter, each value of a set counted as one. */
export const MAX_FILTER_CONDITIONS = 500;

/**
 * Reads a row filter: conditions joined by `and` and `or`, turned round by `not`, grouped by parentheses. As in SQL,
 * `not` binds before `and`, and `and` before `or`.
 *
 * A condition is `column operator literal`, with `= != < <= > >=`; or `column in (…)`, `column not in (…)`, `column is null`,
 * `column is not null`. Literals are plain numbers (`-12.5`), text between single quotes (a quote inside is doubled),
 * `true`, `false`, `null`. Words are read in any case. An empty text is an error: every row is `all`, which is the
 * caller's word. Columns are not looked up here, see {@link checkRowFilter}.
 *
 * The result has one form for one meaning of the brackets: what is joined by `and` is one list, what is joined by `or` one
 * `anyOf`. At most {@link MAX_FILTER_DEPTH} levels and {@link MAX_FILTER_CONDITIONS} conditions; more is an error.
 */
export function parseRowFilter(text: string): RowFilterReading {
  const tokens = filterTokens(text);
  const reading = readEither(tokens, 0, 0);
  if (!reading.ok) return reading;
  const rest = tokenAt(tokens, reading.next);
  if (rest.kind !== 'end') return failed(rest, `expected "and", "or" or the end, found ${shown(rest)}`, SHAPE);
  const count = conditionsIn(reading.value).length;
  if (count > MAX_FILTER_CONDITIONS) {
    const message = `the filter has ${count} conditions and may have ${MAX_FILTER_CONDITIONS}`;
    return failed(tokenAt(tokens, 0), message, 'let the query of the extract decide');
  }
  return { ok: true, filter: reading.value };
}

/** Alternatives, joined by `or`. */
function readEither(tokens: readonly FilterToken[], at: number, depth: number): Part<RowFilter> {
  const alternatives: RowFilter[] = [];
  for (let next = at; ; ) {
    const part = readAll(tokens, next, depth);
    if (!part.ok) return part;
    alternatives.push(part.value);
    if (!isWord(tokenAt(tokens, part.next), 'or')) {
      const [first = []] = alternatives;
      return read(alternatives.length === 1 ? first : [{ anyOf: alternatives.flatMap(inner) }], part.next);
    }
    next = part.next + 1;
  }
}

/** What is joined by `and`. */
function readAll(tokens: readonly FilterToken[], at: number, depth: number): Part<RowFilter> {
  const nodes: RowFilter[number][] = [];
  for (let next = at; ; ) {
    const part = readOne(tokens, next, depth);
    if (!part.ok) return part;
    nodes.push(...part.value);
    if (!isWord(tokenAt(tokens, part.next), 'and')) return read(nodes, part.next);
    next = part.next + 1;
  }
}

/** A condition, what is between parentheses, or the opposite of one of them. */
function readOne(tokens: readonly FilterToken[], at: number, depth: number): Part<RowFilter> {
  const token = tokenAt(tokens, at);
  const isNegation = isWord(token, 'not') && tokenAt(tokens, at + 1).kind !== 'operator';
  if (!isNegation && !isMark(token, '(')) {
    const condition = readCondition(tokens, at);
    return condition.ok ? read([condition.value], condition.next) : condition;
  }
  if (depth >= MAX_FILTER_DEPTH) {
    return failed(token, `the filter is nested deeper than ${MAX_FILTER_DEPTH}`, 'let the query of the extract decide');
  }
  if (isNegation) {
    const turned = readOne(tokens, at + 1, depth + 1);
    return turned.ok ? read([{ not: turned.value }], turned.next) : turned;
  }
  const group = readEither(tokens, at + 1, depth + 1);
  if (!group.ok) return group;
  const close = tokenAt(tokens, group.next);
  if (!isMark(close, ')')) return failed(close, `expected ")", "and" or "or", found ${shown(close)}`, SHAPE);
  return read(group.value, group.next + 1);
}

/** The alternatives of an alternative that is nothing else. */
function inner(filter: RowFilter): readonly RowFilter[] {
  const [only] = filter;
  return filter.length === 1 && only !== undefined && 'anyOf' in only ? only.anyOf : [filter];
}
