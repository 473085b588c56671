// Tables, watermarks and what can be discovered, on MySQL (or MariaDB) and PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseExtract } from '#connectors/database/options.js';
import type { ReadRequest } from '#connectors/sdk/types.js';
import { readAll, request } from '../read-all.js';
import { withSource } from './database-source.js';
import {
  mysqlAddress,
  mysqlDatabase,
  postgresAddress,
  postgresDatabase,
  type ServerDatabase,
} from './server-databases.js';

const SERVERS = [
  {
    name: 'MySQL',
    address: mysqlAddress,
    open: mysqlDatabase,
    quote: '`',
    declared: ['int', 'decimal(10,2)', 'float', 'varchar(20)', 'datetime(6)', 'date', 'tinyint(1)'],
    money: 'decimal(10,2)',
    approximate: 'float',
    moment: 'datetime(6)',
    schema: '',
    updated: '2026-01-16 11:00:00.250000',
    oddities: [
      { type: 'bit(1)', value: "b'1'", cell: '1' },
      {
        type: 'bit(64)',
        value: "b'1000000000000000000000000000000000000000000000000000000000000001'",
        cell: '9223372036854775809',
      },
      { type: 'year', value: '1999', cell: '1999' },
      { type: 'time', value: "'-100:00:01'", cell: '-100:00:01' },
      { type: "enum('2', '1')", value: "'1'", cell: '1' },
      { type: "set('b', 'a')", value: "'a,b'", cell: 'b,a' },
      { type: 'json', value: '\'{"a": 1.10}\'', cell: '{"a": 1.10}' },
      { type: 'char(5)', value: "'ab'", cell: 'ab' },
      { type: 'binary(2)', value: "'ab'", cell: 'unreadable_value' },
      { type: 'point', value: 'point(1, 2)', cell: 'unreadable_value' },
    ],
  },
  {
    name: 'PostgreSQL',
    address: postgresAddress,
    open: postgresDatabase,
    quote: '"',
    declared: [
      'integer',
      'numeric(10,2)',
      'real',
      'character varying(20)',
      'timestamp(6) without time zone',
      'date',
      'boolean',
    ],
    money: 'numeric(10,2)',
    approximate: 'real',
    moment: 'timestamp(6)',
    schema: 'public.',
    updated: '2026-01-16 11:00:00.25',
    oddities: [
      { type: 'bit(1)', value: "b'1'", cell: '1' },
      { type: 'bit varying(64)', value: "b'101'", cell: '5' },
      { type: 'time', value: "'10:00:01.5'", cell: '10:00:01.5' },
      { type: 'time with time zone', value: "'10:00+02'", cell: '10:00:00+02' },
      { type: 'interval', value: "'1 month 2 hours'", cell: '1 mon 02:00:00' },
      { type: 'uuid', value: "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", cell: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' },
      { type: 'inet', value: "'10.0.0.1'", cell: '10.0.0.1' },
      { type: 'json', value: '\'{"a":  1.10}\'', cell: '{"a":  1.10}' },
      { type: 'char(5)', value: "'ab'", cell: 'ab' },
      { type: 'char(5)[]', value: "'{ab,c d}'", cell: '{ab,"c d"}' },
      { type: 'bytea', value: "'ab'", cell: 'unreadable_value' },
    ],
  },
] as const;

describe.each(SERVERS)(
  'a table of $name',
  ({ address, open, quote, declared, money, approximate, moment, schema, updated, oddities }) => {
    describe.skipIf(address === undefined)('of a real server', () => {
      let database: ServerDatabase;
      const named = (name: string): string => `${quote}${name}${quote}`;
      beforeAll(async () => {
        database = await open();
        await database.run(
          `create table ${named('Order $1 ?')} (id int, amount ${money}, rate ${approximate}, kind varchar(20), updated_at ${moment}, due date, paid boolean)`,
        );
        await database.run(
          `insert into ${named('Order $1 ?')} values
         (1, 12.50, 0.1, 'Service', '2025-12-30 00:00:00', '2026-01-01', true), (2, -1.00, 0.2, 'service', '2025-12-29 23:59:59.999999', '2025-12-31', false),
         (3, null, null, null, null, null, null), (4, 3.00, 0.3, 'it''s ?', '2026-01-16 11:00:00.25', '2026-01-31', true)`,
        );
        await database.run(`create view amounts as select id, amount from ${named('Order $1 ?')}`);
      });
      afterAll(() => database.drop());

      const TABLE = { table: 'Order $1 ?' };
      const read = (
        options: DatabaseExtract,
        columns: readonly string[],
        change: Partial<ReadRequest<DatabaseExtract>> = {},
      ) => withSource(database.connection, (source) => readAll(source, request(options, columns, change)));
      const ids = async (options: DatabaseExtract, change = {}) =>
        (await read(options, ['id'], change)).rows.map(([id]) => id);

      it('gives the columns asked for, within the window', async () => {
        const datetime = { timeColumn: 'updated_at', timeColumnType: 'datetime' } as const;
        const { rows } = await read({ table: `${schema}Order $1 ?` }, ['KIND', 'amount'], datetime);
        expect(rows).toEqual([
          ['Service', '12.50'],
          [null, null],
          ["it's ?", '3.00'],
        ]);
        expect(
          await ids(TABLE, {
            timeColumn: 'due',
            timeColumnType: 'date',
            window: { start: '2026-01-01', end: '2026-01-31' },
          }),
        ).toEqual(expect.arrayContaining(['1', '3']));
        expect(await ids(TABLE, { timeColumn: 'kind', timeColumnType: 'date' })).toHaveLength(4);
      });

      it.each([
        ["kind = 'Service'", ['1']],
        ["kind != 'Service'", ['2', '4']],
        ["kind = 'it''s ?' and paid = true", ['4']],
        ['paid != true', ['2']],
        ['amount >= 3.0', ['1', '4']],
        ["due > '2026-01-01'", ['4']],
        ["updated_at < '2025-12-30'", ['2']],
        ['kind = null', ['3']],
      ])('filters by its own columns: %s', async (where, expected) => {
        expect(await ids({ ...TABLE, where })).toEqual(expected);
      });

      it.each([
        ["id = 'paid'", /column "id" is int\S*; 'paid' must be a number without quotes/],
        ["id = '12abc'", /'12abc' must be a number/],
        ['id = true', /true must be a number/],
        ['kind > 100', /column "kind" is \w.*\(20\); 100 must be a text between single quotes/],
        ['kind = true', /true must be a text/],
        ["due > 'July'", /column "due" is date; 'July' must be a day between single quotes, such as '2026-03-01'/],
        ["due > '2026-02-30'", /'2026-02-30' must be a day/],
        ["updated_at < '2025-12-30T00:00:00Z'", /must be a day or a time without a zone/],
        ["amount > 1 and paid = 'yes'", /column "paid" is \w.*; 'yes' must be true or false/],
      ])('refuses a filter that compares a column with what it cannot keep: %s', async (where, message) => {
        const refusal = { kind: 'config', code: 'CONFIG_BAD_FILTER', message: expect.stringMatching(message) };
        await expect(read({ ...TABLE, where }, ['id'])).rejects.toMatchObject(refusal);
        const watermark = { ...TABLE, where, watermark: { column: 'id' } };
        await expect(
          withSource(database.connection, (source) => source.watermark(request(watermark, []))),
        ).rejects.toMatchObject(refusal);
      });

      it('says what is missing', async () => {
        await expect(read({ table: 'nowhere' }, ['id'])).rejects.toMatchObject({
          kind: 'layout',
          code: 'SOURCE_TABLE_MISSING',
        });
        await expect(read({ table: 'amuonts' }, ['id'])).rejects.toMatchObject({
          message: expect.stringContaining(`did you mean "${schema}amounts"`),
        });
        await expect(read({ ...TABLE, where: 'kinds = 1' }, ['id'])).rejects.toMatchObject({
          code: 'SOURCE_COLUMN_MISSING',
          message: expect.stringContaining('did you mean "kind"'),
        });
      });

      it('tells a row by its primary key, and what was read by its content', async () => {
        await database.run(
          `create table keyed (line varchar(20), id int, amount ${money}, primary key (id, line)); insert into keyed values ('a', 4711, 1.5), ('ü b', 4711, null), ('c', 4712, 2.5)`,
        );
        const places = async (columns: readonly string[]) => {
          const { rows, places: at, summary } = await read({ table: 'keyed' }, columns);
          expect(new Set(rows.map((row) => row.length))).toEqual(new Set([columns.length]));
          return { at: at.toSorted(), digest: summary.digest, amounts: rows.map((row) => row[0]).toSorted() };
        };
        const first = await places(['amount']);
        expect(first.at).toEqual([
          'table "keyed" line="ü b" id=4711',
          'table "keyed" line=a id=4711',
          'table "keyed" line=c id=4712',
        ]);
        expect(first.amounts).toEqual(['1.50', '2.50', null]);
        expect((await places(['amount', 'ID', 'line'])).at).toEqual(first.at);
        expect((await places(['amount'])).digest).toBe(first.digest);
        await database.run("update keyed set amount = 1.51 where line = 'a'");
        expect((await places(['amount'])).digest).not.toBe(first.digest);
        expect((await read({ table: 'amounts' }, ['id'])).places[0]).toBe('table "amounts" row 1');
        await database.run('drop table keyed');
      });

      it('has a watermark: the maximum of a column, or a query, told before the rows', async () => {
        const options = { ...TABLE, watermark: { column: 'Updated_At' } };
        const expected = { evidence: 'column_maximum', value: updated, at: '2026-01-16' };
        expect(await withSource(database.connection, (source) => source.watermark(request(options, [])))).toEqual(
          expected,
        );
        expect((await read(options, ['id'])).summary.watermark).toEqual(expected);
        const table = named('Order $1 ?');
        const query = {
          query: `select id from ${table} where updated_at > :since`,
          watermark: { query: `select max(id) from ${table}` },
        };
        const { rows, summary } = await read(query, ['id'], { since: updated });
        expect([rows, summary.watermark]).toEqual([[], { evidence: 'query', value: '4' }]);
        expect(await ids(query, { since: '2026-01-01' })).toEqual(['4']);
        expect(await ids(query)).toEqual(['1', '2', '4']);
      });

      it('is discovered with its declared types, and nothing of the system', async () => {
        const discover = () =>
          withSource(database.connection, (source) =>
            source.discover({ sampleRows: 10, signal: new AbortController().signal }),
          );
        const streams = await discover();
        expect(await discover()).toEqual(streams);
        expect(streams.map(({ name, kind }) => [name, kind]).toSorted()).toEqual([
          [`${schema}Order $1 ?`, 'table'],
          [`${schema}amounts`, 'view'],
        ]);
        const table = streams.find(({ kind }) => kind === 'table');
        expect(table?.source).toEqual({ table: `${schema}Order $1 ?` });
        expect(table?.fields.map(({ type }) => type)).toEqual([
          'integer',
          'decimal',
          'decimal',
          'text',
          'datetime',
          'date',
          'boolean',
        ]);
        expect(table?.fields.map((field) => field.declared?.replace(/^int\(\d+\)$/, 'int'))).toEqual(declared);
        expect(table?.fields.map(({ blanks }) => blanks)).toEqual([0, 1, 1, 1, 1, 1, 1]);
        expect(table?.fields[1]?.evidence).toBe(`declared ${money}`);
        expect(table?.fields[2]?.evidence).toContain('approximate');
        expect(table?.sampledRows).toBe(4);
      });

      it('keeps texts, numbers and what has no text apart, whatever the type is called', async () => {
        for (const { type, value, cell } of oddities) {
          await database.run(
            `drop table if exists odd; create table odd (x ${type}); insert into odd values (${value})`,
          );
          const { rows, rejects } = await read({ table: 'odd' }, ['x']);
          expect([type, ...(rows[0] ?? rejects.map(({ rule }) => rule))]).toEqual([type, cell]);
        }
      });
    });
  },
);

describe.skipIf(mysqlAddress === undefined)('types that only MySQL has, in a filter', () => {
  let database: ServerDatabase;
  beforeAll(async () => {
    database = await mysqlDatabase();
    await database.run(
      `set time_zone = '+00:00';
       create table o (id int, b bit(1), y year, tm time, s set('a', 'b'), stamp timestamp(3) null, v varbinary(9));
       insert into o values (1, b'1', 2025, '10:00:00', 'a', '2026-07-31 22:30:00', 'x'), (2, b'0', 2026, '100:00:00', 'a,b', '2026-07-31 22:00:00', 'X')`,
    );
  });
  afterAll(() => database.drop());

  it.each([
    ['b = true', ['1']],
    ['b != 1', ['2']],
    ['y > 2025', ['2']],
    ["tm = '100:00:00'", ['2']],
    ["tm != '100:00:00'", ['1']],
    ["s = 'a,b'", ['2']],
    ["v = 'X'", ['2']],
    ["stamp > '2026-08-01T00:00:00+02:00'", ['1']],
    ["stamp <= '2026-07-31T22:00Z'", ['2']],
  ])('%s', async (where, ids) => {
    const { rows } = await withSource(database.connection, (source) =>
      readAll(source, request({ table: 'o', where }, ['id'])),
    );
    expect(rows.map(([id]) => id)).toEqual(ids);
  });

  it('compares what only MariaDB has by what it prints, which is a text or nothing at all', async () => {
    const [[version = ''] = []] = (
      await withSource(database.connection, (source) =>
        readAll(source, request({ query: 'select version() as v' }, ['v'])),
      )
    ).rows;
    if (!/mariadb/i.test(version ?? '')) {
      await expect(database.run('create table m (id int, u uuid, i inet6)')).rejects.toThrow();
      return;
    }
    const id = '123e4567-e89b-12d3-a456-426655440000';
    await database.run(
      `create table m (id int, u uuid, i inet6); insert into m values (1, '${id}', '::ffff:10.0.0.1'), (2, null, '10::1')`,
    );
    const read = (where: string) =>
      withSource(database.connection, (source) => readAll(source, request({ table: 'm', where }, ['id', 'u', 'i'])));
    expect((await read(`u = '${id}'`)).rows).toEqual([['1', id, '::ffff:10.0.0.1']]);
    expect((await read("i != '10::1'")).rows).toEqual([['1', id, '::ffff:10.0.0.1']]);
    expect((await read("u = '123'")).rows).toEqual([]);
    await expect(read('i > 10')).rejects.toMatchObject({ code: 'CONFIG_BAD_FILTER' });
  });

  it('keeps a watermark over a TIMESTAMP without the offset its cells have, which it tells', async () => {
    const expected = { value: '2026-07-31 22:30:00.000', at: '2026-07-31T22:30:00Z' };
    const query = 'select id, stamp from o where stamp > :since';
    const watermark = { query: 'select max(stamp) from o' };
    const read = (since: string) =>
      withSource(database.connection, (source) =>
        readAll(source, request({ query, watermark }, ['id', 'stamp'], { since })),
      );
    const { rows, summary } = await read('2026-07-31 22:00:00.000');
    expect(rows).toEqual([['1', '2026-07-31 22:30:00.000+00:00']]);
    expect(summary.watermark).toEqual({ evidence: 'query', ...expected });
    expect((await read(summary.watermark?.value ?? '')).rows).toEqual([]);
    const byColumn = { table: 'o', watermark: { column: 'stamp' } };
    expect(await withSource(database.connection, (source) => source.watermark(request(byColumn, [])))).toEqual({
      evidence: 'column_maximum',
      ...expected,
    });
  });
});

describe.skipIf(postgresAddress === undefined)('types that only PostgreSQL has, in a filter', () => {
  let database: ServerDatabase;
  beforeAll(async () => {
    database = await postgresDatabase();
    await database.run(
      `create domain status as char(6);
       create table o (id int, c char(6), d status, u uuid, stamp timestamptz, n name, b bit(1));
       insert into o values
         (1, 'paid', 'paid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2026-07-31 22:30:00+00', 'x', b'1'),
         (2, 'Paid', 'Paid', null, '2026-07-31 22:00:00+00', 'X', b'0')`,
    );
  });
  afterAll(() => database.drop());
  const read = (where: string) =>
    withSource(database.connection, (source) => readAll(source, request({ table: 'o', where }, ['id', 'c', 'd'])));

  it.each([
    ["c = 'paid'", ['1']],
    ["c = 'paid  '", []],
    ["c != 'paid'", ['2']],
    ["c >= 'a'", ['1']],
    ["d = 'paid'", ['1']],
    ["n = 'X'", ['2']],
    ["u = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", ['1']],
    ["stamp > '2026-08-01T00:00:00+02:00'", ['1']],
    ["stamp <= '2026-07-31T22:00Z'", ['2']],
  ])('%s', async (where, ids) => {
    expect((await read(where)).rows.map(([id]) => id)).toEqual(ids);
  });

  it('gives texts without their padding', async () => {
    expect((await read('id = 1')).rows).toEqual([['1', 'paid', 'paid']]);
  });

  it.each(['u = 5', 'd > 5', "u > 'x'", 'n = true'])('refuses what does not fit: %s', async (where) => {
    await expect(read(where)).rejects.toMatchObject({ kind: expect.stringMatching(/config|layout/) });
  });
});
