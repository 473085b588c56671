import { describe, expect, it } from 'vitest';
import { DatabaseExtractSchema } from '#connectors/database/options.js';
import { readAll, request } from '../read-all.js';
import { withSource } from './database-source.js';
import { SqliteFile } from './sqlite-file.js';

const ORDERS = `create table "or""ders" (id integer, at text, "Full Amount" integer, kind text, n);
  insert into "or""ders" values
    (1, '2025-12-29 23:00:00', 10, 'a', 1), (2, '2025-12-30 00:00:00', 20, 'A', 1.5), (3, '2026-01-15', 30, 'a ', '2'),
    (4, '2026-02-02 23:59:59', 40, 'a', null), (5, '2026-02-03', 50, null, 3), (6, null, 60, 'a', 4), (7, '15.01.2026', 70, 'b', 5),
    (8, 1767225600, 80, 'b', 6);`;
const TABLE = { table: 'or"ders' };

async function idsOf(
  options: { readonly table: string; readonly where?: string },
  time: { readonly timeColumn?: string; readonly timeColumnType?: 'date' | 'datetime' } = {},
): Promise<readonly string[]> {
  using file = new SqliteFile(ORDERS);
  const read = await withSource(file.connection, (source) => readAll(source, request(options, ['id'], time)));
  return read.rows.map(([id]) => id ?? '');
}

describe('a table as extract', () => {
  it('gives the columns asked for, in that order, without regard to case', async () => {
    using file = new SqliteFile(ORDERS);
    const read = await withSource(file.connection, (source) =>
      readAll(source, request({ table: 'main.or"ders' }, ['full amount', 'id', 'id'])),
    );
    expect(read.rows[0]).toEqual(['10', '1', '1']);
    expect(read.rows).toHaveLength(8);
    expect(read.places[7]).toBe('table "main.or"ders" row 8');
    expect(read.summary.description).toEqual([
      'table "main.or"ders"',
      'SELECT "Full Amount", "id", "id" FROM "main"."or""ders"',
      'no values bound',
      '8 rows',
    ]);
  });

  it('leaves out the rows that surely lie outside the window, with a margin for other zones', async () => {
    const datetime = { timeColumn: 'AT', timeColumnType: 'datetime' } as const;
    expect(await idsOf(TABLE, datetime)).toEqual(['2', '3', '4', '6', '7', '8']);
    expect(await idsOf(TABLE, { ...datetime, timeColumnType: 'date' })).toEqual(['3', '6', '7', '8']);
    expect(await idsOf(TABLE)).toHaveLength(8);
  });

  it.each([
    ["kind = 'a'", ['1', '4', '6']],
    ["kind != 'a'", ['2', '3', '7', '8']],
    ['kind = null', ['5']],
    ["kind != null and id > 6.5 and at != 'x'", ['7', '8']],
    ['n >= 1.5 and n <= 3', ['2', '3', '5']],
    ['n > 1.9', ['3', '5', '6', '7', '8']],
    ["at < '2026'", ['1', '2', '7', '8']],
    ["at >= '2026-02'", ['4', '5']],
    ["kind = 'x'' or ''1''=''1'", []],
  ])('filters by its own columns: %s', async (where, ids) => {
    expect(await idsOf({ ...TABLE, where })).toEqual(ids);
  });

  const MIXED = `create table mixed (id integer, n, qty integer, flag boolean, code varchar(9), at datetime);
    insert into mixed values (1, 5, 5, 1, 150, '2026-01-15'), (2, '5', 'n/a', 0, '99', 1767225600), (3, 'abc', '7', 2, '1abc', 'soon'),
      (4, x'05', 4.5, 'true', x'31', null), (5, 5.0, null, null, null, '2026-02-01'), (6, null, 0, 1.0, '1', '2026-01-20 10:00:00')`;
  it.each([
    ['n = 5', ['1', '2', '5']],
    ['n != 5', ['3', '4']],
    ['n >= 5', ['1', '2', '5']],
    ['n > 4.5', ['1', '2', '5']],
    ["n > '4'", ['2', '3']],
    ["n = 'abc'", ['3']],
    ["n != 'abc'", ['1', '2', '4', '5']],
    ['qty > 4', ['1', '3', '4']],
    ["qty = 'n/a'", ['2']],
    ["qty != 'n/a'", ['1', '3', '4', '6']],
    ['flag = true', ['1', '6']],
    ['flag != true', ['2', '3', '4']],
    ["code > '15'", ['1', '2', '3']],
    ["at >= '2026-01-16'", ['3', '5', '6']],
  ])('compares values of SQLite with those of their own kind only: %s', async (where, ids) => {
    using file = new SqliteFile(MIXED);
    const reading = withSource(file.connection, (source) =>
      readAll(source, request({ table: 'mixed', where }, ['id'])),
    );
    expect((await reading).rows.map(([id]) => id)).toEqual(ids);
  });

  it.each([
    ['code > 100', 'column "code" is varchar(9); 100 must be a text between single quotes'],
    ['code = true', 'column "code" is varchar(9); true must be a text between single quotes'],
    ["id > 3 and qty = '12'", `column "qty" is INTEGER; '12' must be a number without quotes`],
  ])('refuses what no value of a column can be equal to: %s', async (where, message) => {
    using file = new SqliteFile(MIXED);
    const reading = withSource(file.connection, (source) =>
      readAll(source, request({ table: 'mixed', where }, ['id'])),
    );
    await expect(reading).rejects.toMatchObject({
      kind: 'config',
      code: 'CONFIG_BAD_FILTER',
      message: expect.stringContaining(message),
      remedy: expect.any(String),
    });
  });

  it('binds what a filter says, and does not paste it', async () => {
    using file = new SqliteFile(ORDERS);
    const where = "kind = 'it''s' and id < 5";
    const { summary } = await withSource(file.connection, (source) =>
      readAll(source, request({ ...TABLE, where }, ['id'])),
    );
    expect(summary.description[1]).not.toMatch(/it's|5/);
    expect(summary.description[2]).toBe("bound: it's, 5");
  });

  it.each([
    [{ table: 'nowhere' }, ['id'], 'layout', 'SOURCE_TABLE_MISSING', /table "nowhere" in [^?]*$/],
    [{ table: 'order' }, ['id'], 'layout', 'SOURCE_TABLE_MISSING', /\(did you mean "or"ders"\?\)$/],
    [{ table: 'temp.or"ders' }, ['id'], 'layout', 'SOURCE_TABLE_MISSING', /temp\.or/],
    [TABLE, ['idd'], 'layout', 'SOURCE_COLUMN_MISSING', /did you mean "id"/],
    [
      { ...TABLE, where: 'kinds = null' },
      ['id'],
      'layout',
      'SOURCE_COLUMN_MISSING',
      /"kinds" is not there \(did you mean "kind"/,
    ],
  ] as const)('says what is missing: %o %o', async (options, columns, kind, code, message) => {
    using file = new SqliteFile(ORDERS);
    const reading = withSource(file.connection, (source) => readAll(source, request(options, columns)));
    await expect(reading).rejects.toMatchObject({ kind, code, message: expect.stringMatching(message) });
  });

  it('reads a view', async () => {
    using file = new SqliteFile(`${ORDERS} create view v as select id * 2 as twice from "or""ders" where id < 3;`);
    const read = await withSource(file.connection, (source) => readAll(source, request({ table: 'v' }, ['twice'])));
    expect(read.rows).toEqual([['2'], ['4']]);
  });
});

describe('what an extract of a database can say', () => {
  const problems = (extract: unknown): readonly string[] =>
    DatabaseExtractSchema.safeParse(extract).error?.issues.map((issue) => issue.message) ?? [];

  it.each([
    { query: 'select 1 as a' },
    { query: 'select a from t where b > :since', watermark: { query: 'select max(b) from t' } },
    { table: 't' },
    { table: 's.t', where: "a = 'x' and b != null", watermark: { column: 'b', initial: '0' } },
  ])('%o', (extract) => {
    expect(problems(extract)).toEqual([]);
  });

  it.each([
    [{}, /neither a query nor a table/],
    [{ query: 'select 1', table: 't' }, /both a query and a table/],
    [{ query: 'select 1', where: 'a = 1' }, /belongs to a table/],
    [{ table: 'a.b.c' }, /neither a name nor schema\.name/],
    [{ table: '' }, /neither a name nor schema\.name/],
    [{ table: 't', where: 'a like 1' }, /operator/],
    [{ table: 't', where: 'a = 1 or' }, /name of a column.*character 9/],
    [{ query: 'select a from t where b > :since' }, /names :since, but the extract has no watermark/],
    [{ query: 'select 1', watermark: { column: 'b' } }, /belongs to a table/],
    [{ table: 't', watermark: {} }, /neither column nor query/],
    [{ table: 't', watermark: { column: 'a', query: 'select 1' } }, /both column and query/],
    [{ table: 't', watermark: { column: 'a', returns: 'whole_periods' } }, /belongs to a query that names :since/],
    [
      { query: 'select 1', watermark: { query: 'select 1', returns: 'whole_periods' } },
      /belongs to a query that names :since/,
    ],
    [{ table: 't', watermark: { query: 'delete from t' } }, /begins with "delete"/],
    [{ table: 't', watermark: { query: 'select max(a) from t where d < :period_end' } }, /names a parameter/],
  ])('and what it cannot: %o', (extract, message) => {
    expect(problems(extract).join('\n')).toMatch(message);
  });

  it(':since in a comment or a text is no parameter', () => {
    expect(problems({ query: "select ':since' as a from t -- :since" })).toEqual([]);
  });
});
