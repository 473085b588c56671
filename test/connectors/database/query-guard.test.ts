import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindParameters } from '#connectors/database/named-parameters.js';
import { DatabaseConnectionSchema, DatabaseExtractSchema } from '#connectors/database/options.js';
import { plainNumber } from '#connectors/database/plain-number.js';
import { problemInAnyDialect, queryProblem } from '#connectors/database/query-guard.js';
import { tokenizeSql } from '#connectors/database/sql-tokens.js';

const DAYS = { period_start: '2026-01-01', period_end: '2026-02-01' };

describe('the query guard lets pass', () => {
  it.each([
    'select 1',
    'SELECT * FROM t;',
    '  /* why */ select 1 -- the end ; drop table t',
    '(select a from t) union (select b from u)',
    "with x as (select 'drop table t; delete' as update_note) select * from x",
    "select replace(name, 'a', 'b'), REPLACE (x, ';', ',') from t",
    'select `delete`, "update", t.`set` from t',
    'select o.update, update_count, created, deleted_at, callers, settings from o',
    "select 'it''s; insert into x' as a",
    'select a from t where d >= :period_start and d < :period_end ;  ',
    "select convert(x using utf8mb4), cast(y as char character set utf8mb4) from t where t >= '12:30:00'",
    'select /*+ MAX_EXECUTION_TIME(1000) */ 1',
    'select case when a then 1 end from t use index (i)',
    'select offset_value, loads, grantee from t',
  ])('%s', (sql) => expect(problemInAnyDialect(sql)).toBeUndefined());

  it('what is a comment in the one dialect and arithmetic in the other', () => {
    expect(problemInAnyDialect('select 1--1')).toBeUndefined();
    expect(problemInAnyDialect('select 1 # update it')).toBeUndefined();
  });
  it('a backslash at the end of a text only where it is no escape', () => {
    const sql = "select 'C:\\' as p";
    expect(queryProblem(sql, 'sqlite')).toBeUndefined();
    expect(queryProblem(sql, 'mysql')?.message).toMatch(/never closed/);
    expect(queryProblem("select 'it\\'s; drop table t'", 'mysql')).toBeUndefined();
    expect(queryProblem("select 'it\\'; drop table t", 'sqlite')?.message).toMatch(/second statement/);
  });
});

describe('the query guard refuses', () => {
  it.each([
    '',
    '   -- nothing\n',
    ';',
    'insert into t values (1)',
    'delete from t',
    'Update t set a = 1',
    'drop table t',
    'pragma table_info(t)',
    'attach "x.db" as x',
    'call p()',
    'load data infile "x" into table t',
    'set @a = 1',
    'explain delete from t',
    'select 1; select 2',
    'select 1;; ',
    'select 1; -- x\n drop table t',
    'select 1 /* ; */ ; /**/ delete from t',
    'with x as (select 1) delete from t',
    'with x as (select 1) update t set a = 1',
    'with x as (select 1) insert into t select * from x',
    'with x as (select 1) replace into t select * from x',
    "select * from t into outfile '/tmp/x'",
    "select a INTO\n/* */ dumpfile '/tmp/x' from t",
    'select a into @x from t',
    'select * from t for update',
    'select * from t FOR /* x */ SHARE',
    'select * from t where a = ?',
    'select * from t where a = :period',
    'select * from t where a = :PERIOD_START',
    "select 'open",
    'select `open',
    'select 1\0',
  ])('%s', (sql) => expect(problemInAnyDialect(sql)).toBeDefined());

  it('a comment that MySQL would execute, but not where it is a comment', () => {
    for (const sql of ['select 1 /*!50000 into outfile "x" */', 'select 1 /*M!100100 into @a */']) {
      expect(queryProblem(sql, 'mysql')?.message).toMatch(/would be executed/);
      expect(queryProblem(sql, 'sqlite')).toBeUndefined();
    }
  });
  it('an open block comment in MySQL', () =>
    expect(queryProblem('select 1 /* x', 'mysql')?.message).toMatch(/never closed/));

  it('when configuration is checked, with code, reason and remedy', () => {
    const checked = DatabaseExtractSchema.safeParse({ query: 'delete from t' });
    expect(checked.error?.issues).toMatchObject([
      {
        path: ['query'],
        message: 'The query begins with "delete"',
        params: { code: 'SOURCE_QUERY_REFUSED', remedy: expect.stringMatching(/^Give one SELECT/) },
      },
    ]);
    expect(DatabaseExtractSchema.safeParse({ query: 'select :day' }).error?.issues[0]).toMatchObject({
      params: { code: 'SOURCE_QUERY_PARAMETER_UNKNOWN' },
    });
  });
});

describe('named parameters', () => {
  it('become placeholders in their order, each time they are named', () => {
    expect(bindParameters('select :period_end, :period_start, :period_end', 'sqlite', DAYS)).toEqual({
      sql: 'select ?, ?, ?',
      values: ['2026-02-01', '2026-01-01', '2026-02-01'],
      named: DAYS,
    });
  });
  it.each([
    "select '12:30:00', ':period_start', \":period_end\", `:period_end`",
    'select 1 -- :period_start',
    'select 1 /* :other */',
    'select a::text',
    'select 12:30',
  ])('are none in texts, comments, times and casts: %s', (sql) => {
    expect(bindParameters(sql, 'mysql', DAYS)).toEqual({ sql, values: [], named: {} });
  });
  it.each([':day', ':constructor', ':period_start2', ':Period_Start'])(
    'have no value under another name: %s',
    (name) => {
      expect(() => bindParameters(`select ${name}`, 'sqlite', DAYS)).toThrow(
        expect.objectContaining({ kind: 'config', code: 'SOURCE_QUERY_PARAMETER_UNKNOWN' }),
      );
    },
  );
  it('are never anything but days', () => {
    expect(() => bindParameters('select :period_start', 'mysql', { period_start: "2026' or 1" })).toThrow(
      expect.objectContaining({ kind: 'defect' }),
    );
  });
});

describe('the tokenizer', () => {
  it('covers any text from left to right and leaves out white space only', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '`',
      '--',
      '-- ',
      '#',
      '/*',
      '*/',
      '\\',
      ';',
      ':',
      'a',
      '1',
      ' ',
      '\n',
      '[',
      ']',
      '::',
      '?',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom('sqlite' as const, 'mysql' as const),
        (pieces, grammar) => {
          const sql = pieces.join('');
          let at = 0;
          for (const token of tokenizeSql(sql, grammar)) {
            expect(sql.slice(at, token.at).trim()).toBe('');
            expect(sql.startsWith(token.text, token.at)).toBe(true);
            at = token.at + token.text.length;
          }
          expect(sql.slice(at).trim()).toBe('');
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('plainNumber()', () => {
  it.each([
    ['1e21', '1000000000000000000000'],
    ['-2.5e-7', '-0.00000025'],
    ['1.7976931348623157e+308', `17976931348623157${'0'.repeat(292)}`],
    ['12.5e1', '125'],
    ['1.25e1', '12.5'],
    ['12.50', '12.50'],
    ['abc', 'abc'],
  ])('%s is %s', (text, plain) => expect(plainNumber(text)).toBe(plain));
});

describe('connection options', () => {
  it.each([
    { client: 'sqlite' },
    { client: 'sqlite', file: 'a', password: 'x' },
    { client: 'mysql', host: 'h', user: 'u', password: 'p', database: 'd', tls: 'on' },
    { client: 'mysql', host: 'h', user: 'u', password: 'p', database: 'd', port: 0 },
    { client: 'oracle' },
  ])('refuse %j', (options) => expect(DatabaseConnectionSchema.safeParse(options).success).toBe(false));
});
