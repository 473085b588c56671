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
  },
] as const;

describe.each(SERVERS)(
  'a table of $name',
  ({ address, open, quote, declared, money, approximate, moment, schema, updated }) => {
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

      it('says what is missing', async () => {
        await expect(read({ table: 'nowhere' }, ['id'])).rejects.toMatchObject({
          kind: 'layout',
          code: 'SOURCE_TABLE_MISSING',
        });
        await expect(read({ ...TABLE, where: 'kinds = 1' }, ['id'])).rejects.toMatchObject({
          code: 'SOURCE_COLUMN_MISSING',
          message: expect.stringContaining('did you mean "kind"'),
        });
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
    });
  },
);
