import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type SqlGrammar, type SqlToken, tokenizeSql } from './sql-tokens.js';

/** Why a query is not run. */
export interface QueryProblem {
  readonly code: 'SOURCE_QUERY_REFUSED' | 'SOURCE_QUERY_PARAMETER_UNKNOWN';
  readonly message: string;
  readonly remedy: string;
}

/** The parameters a query may name: two days as `YYYY-MM-DD`, and the watermark of the last good read. */
const PARAMETER_NAMES = ['period_start', 'period_end', 'since'] as const;

/**
 * Words that change something, lock, or leave the database, wherever they stand (INTO covers OUTFILE and DUMPFILE).
 * They are reserved in their grammar, so no bare column can be named so, but for SQLite's last line, where a column of
 * such a name has to be quoted. What can only begin a statement is refused by the first word.
 */
const REFUSED_WORDS: Record<SqlGrammar, ReadonlySet<string>> = {
  mysql: new Set([
    ...[
      'INSERT',
      'UPDATE',
      'DELETE',
      'REPLACE',
      'DROP',
      'ALTER',
      'CREATE',
      'GRANT',
      'REVOKE',
      'RENAME',
      'LOAD',
      'CALL',
    ],
    ...['SET', 'LOCK', 'KILL', 'INTO', 'PROCEDURE'],
  ]),
  sqlite: new Set([
    ...['INSERT', 'UPDATE', 'DELETE', 'DROP', 'ALTER', 'CREATE', 'SET', 'INTO'],
    ...['REPLACE', 'ATTACH', 'DETACH', 'PRAGMA', 'VACUUM', 'REINDEX'],
  ]),
  // Of these only INTO is reserved: a column of another such name has to be quoted.
  postgres: new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'INTO']),
};

/** Refused words that are also names of functions: `replace(text, 'a', 'b')`. */
const FUNCTIONS = new Set(['REPLACE', 'INSERT']);

const REMEDY = 'Give one SELECT (or WITH … SELECT) that only reads; quote a column whose name is such a word';

/** What is wrong with a query in every grammar; `undefined` when it can be meant in one of them. */
export function problemInAnyDialect(sql: string): QueryProblem | undefined {
  const inMysql = queryProblem(sql, 'mysql');
  if (inMysql === undefined) return undefined;
  return queryProblem(sql, 'sqlite') && queryProblem(sql, 'postgres') && inMysql;
}

/**
 * What keeps a query from being run: a courtesy that shows mistakes early. That nothing is written is made sure of by
 * the connection itself, which is read-only.
 */
export function queryProblem(sql: string, grammar: SqlGrammar): QueryProblem | undefined {
  const all = tokenizeSql(sql, grammar);
  const unterminated = all.find((token) => token.kind === 'unterminated');
  if (unterminated !== undefined) {
    return refused(`The quote or comment at "${excerpt(unterminated.text)}" is never closed`, 'Close it');
  }
  if (sql.includes('\0')) return refused('The query holds a NUL character', 'Remove it');
  const executable = all.find((token) => token.kind === 'comment' && /^\/\*M?!/i.test(token.text));
  if (executable !== undefined && grammar === 'mysql') {
    return refused(`The comment "${excerpt(executable.text)}" would be executed`, 'Write it as plain SQL');
  }
  const tokens = withoutEnd(all.filter((token) => token.kind !== 'comment'));
  return shapeProblem(tokens) ?? wordProblem(tokens, grammar) ?? parameterProblem(tokens, grammar);
}

/** Whether a query names a parameter, this one or any, in a grammar it can be meant in. */
export function namesParameter(sql: string, name?: string): boolean {
  const grammar = (['mysql', 'sqlite', 'postgres'] as const).find((each) => queryProblem(sql, each) === undefined);
  return tokenizeSql(sql, grammar ?? 'mysql').some(
    ({ kind, text }) => kind === 'parameter' && (name === undefined || text === `:${name}`),
  );
}

/** @throws PlumblineError `config` with the problem's code */
export function assertQuery(sql: string, grammar: SqlGrammar): void {
  const problem = queryProblem(sql, grammar);
  if (problem !== undefined)
    throw new PlumblineError('config', problem.code, problem.message, { remedy: problem.remedy });
}

function shapeProblem(tokens: readonly SqlToken[]): QueryProblem | undefined {
  const semicolon = tokens.findIndex((token) => token.text === ';');
  if (semicolon !== -1) {
    const next = tokens[semicolon + 1]?.text ?? '';
    return refused(`A second statement follows the first: "; ${excerpt(next)}"`, 'Give one extract for each query');
  }
  const first = tokens.find((token) => token.text !== '(');
  if (first === undefined) return refused('The query is empty', REMEDY);
  if (first.kind !== 'word' || !['SELECT', 'WITH'].includes(first.text.toUpperCase())) {
    return refused(`The query begins with "${excerpt(first.text)}"`, REMEDY);
  }
  return undefined;
}

function wordProblem(tokens: readonly SqlToken[], grammar: SqlGrammar): QueryProblem | undefined {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const word = token.text.toUpperCase();
    const before = tokens[index - 1]?.text.toUpperCase();
    const after = tokens[index + 1]?.text.toUpperCase();
    if (before === '.' || after === '.') continue;
    if (word === 'FOR' && (after === 'UPDATE' || after === 'SHARE')) {
      return refused(`"FOR ${after}" locks rows`, REMEDY);
    }
    if (!REFUSED_WORDS[grammar].has(word)) continue;
    if (FUNCTIONS.has(word) && after === '(') continue;
    if (word === 'SET' && before === 'CHARACTER') continue;
    const phrase = word === 'INTO' && after !== undefined ? `INTO ${excerpt(after)}` : word;
    return refused(`The word "${phrase}" does more than read`, REMEDY);
  }
  return undefined;
}

function parameterProblem(tokens: readonly SqlToken[], grammar: SqlGrammar): QueryProblem | undefined {
  const known: readonly string[] = PARAMETER_NAMES;
  for (const [index, token] of tokens.entries()) {
    const placeholder = placeholderAt(tokens, index, grammar);
    if (placeholder !== undefined) {
      return refused(`A bare "${placeholder}" has no value`, 'Use :period_start and :period_end');
    }
    if (grammar === 'postgres' && token.text === '`') {
      return refused('A backtick quotes nothing in PostgreSQL', 'Write names between double quotes');
    }
    if (token.kind !== 'parameter' || known.includes(token.text.slice(1))) continue;
    return {
      code: 'SOURCE_QUERY_PARAMETER_UNKNOWN',
      message: `The query names the parameter "${excerpt(token.text)}"`,
      remedy:
        'There are :period_start (the first day wanted), :period_end (the first day after the last) and :since (the watermark of the last good read)',
    };
  }
  return undefined;
}

/** What stands at a place for a value that nobody gives. In PostgreSQL that is $1, and ? an operator between two operands. */
function placeholderAt(tokens: readonly SqlToken[], index: number, grammar: SqlGrammar): string | undefined {
  const text = tokens[index]?.text;
  const after = tokens[index + 1]?.text;
  if (grammar !== 'postgres') return text === '?' ? '?' : undefined;
  if (text === '$' && after !== undefined && /^\d/.test(after)) return `$${after[0]}`;
  const isOperator =
    !['=', '<', '>', ',', '('].includes(tokens[index - 1]?.text ?? '(') && ![',', ')'].includes(after ?? ')');
  return text === '?' && !isOperator ? '?' : undefined;
}

function withoutEnd(tokens: readonly SqlToken[]): readonly SqlToken[] {
  return tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens;
}

function refused(message: string, remedy: string): QueryProblem {
  return { code: 'SOURCE_QUERY_REFUSED', message, remedy };
}

function excerpt(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
