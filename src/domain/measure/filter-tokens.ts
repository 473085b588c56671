/** A word of a row filter with its place: `start` counts UTF-16 units from 0. */
export interface FilterToken {
  readonly kind: 'name' | 'operator' | 'mark' | 'number' | 'text' | 'end' | 'broken';
  /** As written; of a text the content, with doubled quotes made single. */
  readonly text: string;
  readonly start: number;
}

const SPACE = /\s*/y;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const OPERATOR = /[<>=!]+/y;
const NUMBER = /[+-]?[\p{N}.](?:[\p{N}.,_\p{L}]*[\p{N}._\p{L}])?/uy;
const MARK = /[(),]/y;
const TEXT = /'((?:[^']|'')*)'/y;

/**
 * Splits a filter text into tokens; the last is always `end`.
 *
 * Operators and numbers are taken as wide as they were meant (`==`, `1,000`), so that the parser can say what is
 * wrong with them; a comma behind a number (`1, 2`) is none of it. A character that begins nothing, or an unclosed quote, gives one `broken` token and ends the list.
 */
export function filterTokens(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  let position = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    return pattern.exec(text);
  };
  for (;;) {
    position += match(SPACE)?.[0].length ?? 0;
    if (position >= text.length) {
      tokens.push({ kind: 'end', text: '', start: text.length });
      return tokens;
    }
    const quoted = match(TEXT);
    if (quoted !== null) {
      tokens.push({ kind: 'text', text: (quoted[1] ?? '').replaceAll("''", "'"), start: position });
      position += quoted[0].length;
      continue;
    }
    const [kind, found] = firstOf(match);
    if (found === undefined) {
      tokens.push({ kind: 'broken', text: text.slice(position), start: position });
      return tokens;
    }
    tokens.push({ kind, text: found, start: position });
    position += found.length;
  }
}

function firstOf(
  match: (pattern: RegExp) => RegExpExecArray | null,
): readonly ['name' | 'operator' | 'mark' | 'number', string | undefined] {
  const name = match(NAME);
  if (name !== null) return ['name', name[0]];
  const operator = match(OPERATOR);
  if (operator !== null) return ['operator', operator[0]];
  const mark = match(MARK);
  if (mark !== null) return ['mark', mark[0]];
  return ['number', match(NUMBER)?.[0]];
}
