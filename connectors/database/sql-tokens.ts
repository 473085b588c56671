import { dollarQuotedEnd, escapeStringEnd, isEscapeString, nestedCommentEnd } from './postgres-lexis.js';

/** The grammars in which a query can be meant. They differ in comments, quotes and backslashes. */
export type SqlGrammar = 'sqlite' | 'mysql' | 'postgres';

export interface SqlToken {
  /**
   * `word`: a bare keyword or name; `quoted`: a string or quoted name; `comment`; `parameter`: `:name`;
   * `symbol`: any other character; `unterminated`: a quote or comment never closed.
   */
  readonly kind: 'word' | 'quoted' | 'comment' | 'parameter' | 'symbol' | 'unterminated';
  readonly text: string;
  /** Index of its first character. */
  readonly at: number;
}

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /\d[\p{L}\p{N}_.$]*/uy;
const PARAMETER = /:[A-Za-z_]\w*/y;
const SPACE = /\s+/y;

/** Takes a query apart as far as is needed to tell what is text, what is comment and what is SQL. */
export function tokenizeSql(sql: string, grammar: SqlGrammar): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const space = matchAt(SPACE, sql, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const token = nextToken(sql, at, grammar);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function nextToken(sql: string, at: number, grammar: SqlGrammar): SqlToken {
  const character = sql[at] ?? '';
  const comment = commentAt(sql, at, grammar);
  if (comment !== undefined) return comment;
  if (grammar === 'postgres') {
    const quoted = postgresQuotedAt(sql, at);
    if (quoted !== undefined) return quoted;
  }
  if (character === "'" || character === '"') {
    return quotedAt(sql, at, character, grammar === 'mysql');
  }
  if (character === '`' && grammar !== 'postgres') return quotedAt(sql, at, '`', false);
  if (character === '[' && grammar === 'sqlite') return enclosed('quoted', sql, at, at + 1, ']');
  // In PostgreSQL no name begins with $; $1 is a placeholder there.
  const isName = grammar !== 'postgres' || character !== '$';
  const word = isName ? (matchAt(WORD, sql, at) ?? matchAt(NUMBER, sql, at)) : undefined;
  if (word !== undefined) return { kind: 'word', text: word, at };
  if (character === ':' && sql[at + 1] === ':') return { kind: 'symbol', text: '::', at };
  const parameter = matchAt(PARAMETER, sql, at);
  if (parameter !== undefined) return { kind: 'parameter', text: parameter, at };
  return { kind: 'symbol', text: character, at };
}

function commentAt(sql: string, at: number, grammar: SqlGrammar): SqlToken | undefined {
  if (sql.startsWith('/*', at)) {
    if (grammar === 'postgres') return upTo(nestedCommentEnd(sql, at), 'comment', sql, at);
    const block = enclosed('comment', sql, at, at + 2, '*/');
    // SQLite lets the end of the text close a comment.
    return block.kind === 'unterminated' && grammar === 'sqlite' ? { ...block, kind: 'comment' } : block;
  }
  // MySQL takes -- as a comment only before white space: 1--1 is 2 there, and 1 in SQLite.
  const isDashes =
    sql.startsWith('--', at) && (grammar !== 'mysql' || /^(?:\s|[\0-\x20]|$)/.test(sql.slice(at + 2, at + 3)));
  if (!isDashes && !(grammar === 'mysql' && sql[at] === '#')) return undefined;
  const lineEnd = grammar === 'postgres' ? at + sql.slice(at).search(/[\n\r]|$/) : sql.indexOf('\n', at);
  return { kind: 'comment', text: sql.slice(at, lineEnd === -1 ? sql.length : lineEnd), at };
}

function postgresQuotedAt(sql: string, at: number): SqlToken | undefined {
  if (isEscapeString(sql, at)) return upTo(escapeStringEnd(sql, at), 'quoted', sql, at);
  const end = dollarQuotedEnd(sql, at);
  return end === 'not-quoted' ? undefined : upTo(end, 'quoted', sql, at);
}

function upTo(end: number | undefined, kind: 'quoted' | 'comment', sql: string, at: number): SqlToken {
  return end === undefined ? { kind: 'unterminated', text: sql.slice(at), at } : { kind, text: sql.slice(at, end), at };
}

function quotedAt(sql: string, at: number, quote: string, hasBackslashes: boolean): SqlToken {
  let end = at + 1;
  while (end < sql.length) {
    if (hasBackslashes && sql[end] === '\\') {
      end += 2;
    } else if (sql[end] !== quote) {
      end += 1;
    } else if (sql[end + 1] === quote) {
      end += 2;
    } else {
      return { kind: 'quoted', text: sql.slice(at, end + 1), at };
    }
  }
  return { kind: 'unterminated', text: sql.slice(at), at };
}

function enclosed(kind: 'quoted' | 'comment', sql: string, at: number, from: number, closing: string): SqlToken {
  const end = sql.indexOf(closing, from);
  if (end === -1) return { kind: 'unterminated', text: sql.slice(at), at };
  return { kind, text: sql.slice(at, end + closing.length), at };
}

function matchAt(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
}
