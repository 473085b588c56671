import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindParameters } from '#connectors/database/named-parameters.js';
import { queryProblem } from '#connectors/database/query-guard.js';
import { tokenizeSql } from '#connectors/database/sql-tokens.js';

const DAYS = { period_start: '2026-01-01', period_end: '2026-02-01' };
const kinds = (sql: string): string[] => tokenizeSql(sql, 'postgres').map(({ kind, text }) => `${kind} ${text}`);

describe('PostgreSQL text', () => {
  it.each([
    ["'a\\'", ["quoted 'a\\'"]],
    ["E'a\\'b' 1", ["quoted E'a\\'b'", 'word 1']],
    ["E'a''b'", ["quoted E'a''b'"]],
    ["e'a' -- on\n 'b\\'c'", ["quoted e'a' -- on\n 'b\\'c'"]],
    ["E'a' 'b'", ["quoted E'a'", "quoted 'b'"]],
    ["typE'x'", ['word typE', "quoted 'x'"]],
    ["$$ it's :x $$ y", ["quoted $$ it's :x $$", 'word y']],
    ['$a$ $$ $b$ $a$', ['quoted $a$ $$ $b$ $a$']],
    ['a$b$c', ['word a$b$c']],
    ['$1', ['symbol $', 'word 1']],
    ['$$ never closed', ['unterminated $$ never closed']],
    ['/* a /* b */ c */ d', ['comment /* a /* b */ c */', 'word d']],
    ['/* a /* b */', ['unterminated /* a /* b */']],
    ['1--2', ['word 1', 'comment --2']],
    ['-- a\rb', ['comment -- a', 'word b']],
    ['`', ['symbol `']],
    ['a[1]', ['word a', 'symbol [', 'word 1', 'symbol ]']],
    ['# 1', ['symbol #', 'word 1']],
    ['x::date', ['word x', 'symbol ::', 'word date']],
  ])('%j is taken apart as PostgreSQL does', (sql, expected) => {
    expect(kinds(sql)).toEqual(expected);
  });

  it('of any kind is taken apart to its last character', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom("'", "E'", '$$', '$a$', '/*', '*/', '--', '\n', '\\', ':x', '::', '"', ' '),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const sql = parts.join('');
        let from = 0;
        for (const { at, text } of tokenizeSql(sql, 'postgres')) {
          expect(sql.slice(from, at).trim()).toBe('');
          expect(sql.slice(at, at + text.length)).toBe(text);
          from = at + text.length;
        }
        expect(sql.slice(from).trim()).toBe('');
      }),
    );
  });
});

describe('a PostgreSQL query', () => {
  it('has its parameters numbered, but for what only looks like one', () => {
    const sql = "select :period_start::date, ':period_start', E'\\':x', $$:y$$, a[1 : 2] from t where d < :period_end";
    const bound = bindParameters(sql, 'postgres', DAYS);
    expect(bound.sql).toBe("select $1::date, ':period_start', E'\\':x', $$:y$$, a[1 : 2] from t where d < $2");
    expect(bound.values).toEqual(['2026-01-01', '2026-02-01']);
  });

  it.each([
    "select j ? 'a' from t",
    "select j ?| array['a'] from t",
    'select $$; drop table t$$',
    "select E'\\'; drop'",
  ])('may be %s', (sql) => expect(queryProblem(sql, 'postgres')).toBeUndefined());

  it.each([
    'select $1',
    'select a from t where a = $12',
    'with gone as (delete from t returning *) select * from gone',
    'select a into x from t',
    "select 'a\\'; drop table t",
    'select $$ a $$; select 2',
    '/* /* */ select 1',
    'copy t to stdout',
    'do $$ begin end $$',
  ])('is not %s', (sql) => expect(queryProblem(sql, 'postgres')).toBeDefined());
});
