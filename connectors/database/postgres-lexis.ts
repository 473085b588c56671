// What only PostgreSQL quotes: E'…' strings, $tag$…$tag$ texts, comments within comments.

const ESCAPE_STRING = /[eE]'/y;
/** A string goes on after white space with a line break in it, by the rules it began with. */
const CONTINUED = /(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:\s|--[^\n\r]*[\n\r])*'/y;
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const COMMENT_EDGE = /\/\*|\*\//g;

/** Whether a string with backslashes begins here. */
export function isEscapeString(sql: string, at: number): boolean {
  ESCAPE_STRING.lastIndex = at;
  return ESCAPE_STRING.test(sql);
}

/** Where the `E'…'` string that begins at `at` ends; `undefined` when it is never closed. */
export function escapeStringEnd(sql: string, at: number): number | undefined {
  let end = at + 2;
  while (end < sql.length) {
    if (sql[end] === '\\') {
      end += 2;
    } else if (sql[end] !== "'") {
      end += 1;
    } else if (sql[end + 1] === "'") {
      end += 2;
    } else {
      CONTINUED.lastIndex = end + 1;
      if (!CONTINUED.test(sql)) return end + 1;
      end = CONTINUED.lastIndex;
    }
  }
  return undefined;
}

/** Where the dollar-quoted text that begins at `at` ends; `undefined` when it is never closed. */
export function dollarQuotedEnd(sql: string, at: number): number | undefined | 'not-quoted' {
  DOLLAR_TAG.lastIndex = at;
  const tag = DOLLAR_TAG.exec(sql)?.[0];
  if (tag === undefined) return 'not-quoted';
  const closing = sql.indexOf(tag, at + tag.length);
  return closing === -1 ? undefined : closing + tag.length;
}

/** Where the comment that begins at `at` ends, with those inside it; `undefined` when it is never closed. */
export function nestedCommentEnd(sql: string, at: number): number | undefined {
  let depth = 0;
  COMMENT_EDGE.lastIndex = at;
  for (let edge = COMMENT_EDGE.exec(sql); edge !== null; edge = COMMENT_EDGE.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return COMMENT_EDGE.lastIndex;
  }
  return undefined;
}
