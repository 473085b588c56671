import type { FilterToken } from './filter-tokens.js';
import type { RowFilter } from './types.js';

/** Why a filter text is none. `position` counts UTF-16 units from 0. */
export interface FilterRefusal {
  readonly ok: false;
  readonly position: number;
  readonly message: string;
  readonly remedy: string;
}

/** Outcome of `parseRowFilter`. */
export type RowFilterReading = { readonly ok: true; readonly filter: RowFilter } | FilterRefusal;

/** A part of a filter that was read, and the number of the token behind it. */
export type Part<T> = { readonly ok: true; readonly value: T; readonly next: number } | FilterRefusal;

/** The words that join and turn conditions; each is also the name of a column where an operator follows it. */
const JOINTS: readonly string[] = ['or', 'not'];

export function read<T>(value: T, next: number): Part<T> {
  return { ok: true, value, next };
}

export function failed(token: FilterToken, message: string, remedy: string): FilterRefusal {
  return { ok: false, position: token.start, message, remedy };
}

/** A token as messages show it. */
export function shown(token: FilterToken): string {
  if (token.kind === 'end') return 'the end of the filter';
  return token.kind === 'text' ? `'${token.text}'` : `"${token.text}"`;
}

export function isWord(token: FilterToken, word: string): boolean {
  return token.kind === 'name' && token.text.toLowerCase() === word;
}

export function isMark(token: FilterToken, mark: '(' | ')' | ','): boolean {
  return token.kind === 'mark' && token.text === mark;
}

/** Whether a token names a column, and is no word of the grammar. */
export function isColumn(token: FilterToken, following: FilterToken): boolean {
  if (token.kind !== 'name' || isWord(token, 'and')) return false;
  return !JOINTS.includes(token.text.toLowerCase()) || following.kind === 'operator';
}

/** Past the end stands the last token, which is `end` or `broken`: both end a filter wherever they are met. */
export function tokenAt(tokens: readonly FilterToken[], at: number): FilterToken {
  return tokens[at] ?? tokens.at(-1) ?? { kind: 'end', text: '', start: 0 };
}
