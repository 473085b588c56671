/**
 * Against a real server, of the address in PLUMBLINE_TEST_MYSQL_URL. Each run has a database and an account of its own.
 * What other clients see is asked through `admin`, so that a connection left behind or a query still running shows.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseConnector } from '#connectors/database/definition.js';
import type { DatabaseExtract } from '#connectors/database/options.js';
import type { ReadRequest, Source } from '#connectors/sdk/types.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import { readAll, request } from '../read-all.js';

const address = process.env['PLUMBLINE_TEST_MYSQL_URL'];
const server = new URL(address ?? 'mysql://nobody@127.0.0.1:1/');
const database = `plumbline_${randomBytes(5).toString('hex')}`;
const reader = `r_${randomBytes(5).toString('hex')}`;
// For localhost too: where a server has an anonymous account there, that one would win over '%'.
const accounts = [`'${reader}'@'%'`, `'${reader}'@'localhost'`];
const PASSWORD = 'not-to-be-seen-7Q';
const MANY = 'select a.seq * 1000 + b.seq as i, repeat("x", 200) as pad from big a, big b, big c';
const limits = { maxRows: 1e9, maxBytes: 1e10, timeoutMs: 30_000 };

const asAdmin = { user: decodeURIComponent(server.username), password: decodeURIComponent(server.password) };

let admin: mysql.Connection;

const options = (change: object = {}) => ({
  client: 'mysql' as const,
  host: server.hostname,
  port: Number(server.port),
  user: reader,
  password: PASSWORD,
  database,
  ...change,
});

async function withSource<T>(work: (source: Source<DatabaseExtract>) => Promise<T>, change: object = {}): Promise<T> {
  const source = await databaseConnector.open(options(change), {
    baseDirectory: '/',
    cacheDirectory: '/nowhere',
    now: () => '2026-08-03T06:00:00Z',
  });
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

const read = (
  query: string,
  columns: readonly string[],
  change: Partial<ReadRequest<DatabaseExtract>> = {},
  connection = {},
) => withSource((source) => readAll(source, request({ query }, columns, change)), connection);

/** Connections of the reading account, after what is on its way out had a moment to go. */
async function connectionsLeft(): Promise<number> {
  for (let attempt = 0; ; attempt += 1) {
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      'select id from information_schema.processlist where user = ?',
      [reader],
    );
    if (rows.length === 0 || attempt === 200) return rows.length;
    await wait(50);
  }
}

async function threadOf(part: string): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      "select id from information_schema.processlist where user = ? and info like ? and info not like 'kill%'",
      [reader, `%${part}%`],
    );
    const id: unknown = rows[0]?.['id'] ?? rows[0]?.['ID'];
    if (typeof id === 'number') return id;
    await wait(20);
  }
  throw new Error(`No query of ${reader} holds "${part}"`);
}

// Where there is no server, test/support/servers.ts says so, and fails in continuous integration.
describe.skipIf(address === undefined)('a MySQL source', () => {
  beforeAll(async () => {
    admin = await mysql.createConnection({
      host: server.hostname,
      port: Number(server.port),
      user: decodeURIComponent(server.username),
      password: decodeURIComponent(server.password),
    });
    for (const sql of [
      `create database ${database} character set utf8mb4`,
      ...accounts.map((account) => `create user ${account} identified by '${PASSWORD}'`),
      `create table ${database}.big (seq int primary key)`,
      `insert into ${database}.big with recursive n(i) as (select 1 union all select i + 1 from n where i < 300) select i from n`,
      `create table ${database}.secret (a int)`,
      `create table ${database}.t (
       id int primary key, big bigint unsigned, dec38 decimal(38, 10), f float, d double, t text, day date, at datetime(6),
       stamp timestamp(3) null, flag boolean, bits bit(12), j json, b blob, e enum('x', 'y'), y year, tm time(3))`,
      `set session sql_mode = '', time_zone = '+00:00'`,
      `insert into ${database}.t values
      (1, 18446744073709551615, 1234567890123456789012345678.0123456789, 0.1, 1e100, 'grün 😀 ''quoted''', '2026-03-29', '2026-03-29 02:30:00.123456',
       '2026-03-29 02:30:00.500', true, b'100000000001', '{"a": 12345678901234567890}', null, 'y', 2026, '-12:30:00.250'),
      (2, 0, -0.0000000001, -2.5e-9, 0.1, '', '0000-00-00', '0000-00-00 00:00:00', null, false, b'0', 'null', null, null, 2000, null),
      (3, null, null, null, null, null, '2025-00-00', null, null, null, null, null, x'00ff', null, null, null)`,
      ...accounts.map((account) => `grant select on ${database}.t to ${account}`),
      ...accounts.map((account) => `grant select on ${database}.big to ${account}`),
    ]) {
      await admin.query(sql);
    }
  });

  afterAll(async () => {
    await admin.query(`drop database if exists ${database}`);
    for (const account of accounts) await admin.query(`drop user if exists ${account}`);
    await admin.end();
  });

  describe('values of a MySQL server', () => {
    it('arrive as text, without loss', async () => {
      const columns = ['big', 'dec38', 'f', 'd', 't', 'day', 'at', 'stamp', 'flag', 'bits', 'j', 'e', 'y', 'tm'];
      const { rows } = await read('select * from t where id < 3 order by id', columns);
      expect(rows).toEqual([
        [
          '18446744073709551615',
          '1234567890123456789012345678.0123456789',
          '0.1',
          `1${'0'.repeat(100)}`,
          "grün 😀 'quoted'",
          '2026-03-29',
          '2026-03-29 02:30:00.123456',
          '2026-03-29 02:30:00.500+00:00',
          '1',
          '2049',
          '{"a": 12345678901234567890}',
          'y',
          '2026',
          '-12:30:00.250',
        ],
        [
          '0',
          '-0.0000000001',
          '-0.0000000025',
          '0.1',
          '',
          '0000-00-00',
          '0000-00-00 00:00:00.000000',
          null,
          '0',
          '0',
          'null',
          null,
          '2000',
          null,
        ],
      ]);
    });

    it('keep an impossible date as it is and reject a blob', async () => {
      expect((await read('select day from t where id = 3', ['day'])).rows).toEqual([['2025-00-00']]);
      const { rejects } = await read('select id, b from t where id = 3', ['b', 'id']);
      expect(rejects).toMatchObject([{ rule: 'unreadable_value', message: expect.stringContaining('2 bytes') }]);
    });

    it('that are no dates are kept as text, and refused when they are typed, each at its place', async () => {
      const days = ['0000-00-00', '2025-00-00', '2025-06-00', '0001-01-01', '1582-10-04', '1969-12-31', '9999-12-31'];
      const query = days.map((day) => `select cast('${day}' as char) as day`).join(' union all ');
      await admin.query(`create table ${database}.days (id int primary key auto_increment, day date)`);
      await admin.query(`insert into ${database}.days (day) ${query}`);
      for (const account of accounts) await admin.query(`grant select on ${database}.days to ${account}`);
      const { rows, places } = await read('select day from days order by id', ['day']);
      expect(rows.map(([day]) => day)).toEqual(days);
      const typed = createCellReader({ name: 'day', sourceName: 'day', type: 'date', timeZone: 'UTC', required: true });
      const refused = rows.flatMap(([day = null], index) => (typed(day).ok ? [] : [[day, places[index]]]));
      expect(refused).toEqual([
        ['0000-00-00', expect.stringMatching(/^query [0-9a-f]{6} row 1$/)],
        ['2025-00-00', expect.stringMatching(/row 2$/)],
        ['2025-06-00', expect.stringMatching(/row 3$/)],
      ]);
    });

    it('of 38 digits, 2^63 and beyond keep every digit, and a FLOAT those that the server prints', async () => {
      const query = `select cast('${'9'.repeat(38)}' as decimal(38)) as d, 9223372036854775808 as big,
                            -9223372036854775808 as low, cast(16777217 as float) as f`;
      expect((await read(query, ['d', 'big', 'low', 'f'])).rows).toEqual([
        ['9'.repeat(38), '9223372036854775808', '-9223372036854775808', expect.stringMatching(/^167772\d\d$/)],
      ]);
    });

    it('of sums, counts and texts made in the query are exact too', async () => {
      const query =
        "select count(*) as n, sum(big) as s, avg(dec38) as a, concat(id, '-', day) as c, date_format(at, '%Y-%m') as m from t where id = 1";
      expect((await read(query, ['N', 's', 'a', 'c', 'm'])).rows).toEqual([
        ['1', '18446744073709551615', '1234567890123456789012345678.01234567890000', '1-2026-03-29', '2026-03'],
      ]);
    });

    it('are chosen by the days wanted, bound and not pasted; a ? in a text stays', async () => {
      const query =
        "select id, '? :period_start' as q from t where day >= :period_start and day < :period_end -- :nothing ?";
      const result = await read(query, ['id', 'q'], { window: { start: '2026-03-01', end: '2026-04-01' } });
      expect(result.rows).toEqual([['1', '? :period_start']]);
      expect(result.summary.description).toContain(':period_start = 2026-03-01, :period_end = 2026-04-01');
    });

    it('come in batches, and an empty result has its columns checked', async () => {
      const result = await read('select a.seq from big a, big b', ['seq']);
      expect(result.rows).toHaveLength(90_000);
      expect(result.batches).toBeGreaterThan(10);
      expect((await read('select id from t where 1 = 0', ['id'])).rows).toEqual([]);
      await expect(read('select id from t where 1 = 0', ['ident'])).rejects.toMatchObject({
        code: 'SOURCE_COLUMN_MISSING',
      });
      expect(await connectionsLeft()).toBe(0);
    });
  });

  describe('what a MySQL server refuses', () => {
    it.each([
      ['select nothing from t', 'layout', 'SOURCE_QUERY_FAILED'],
      ['select from t', 'layout', 'SOURCE_QUERY_FAILED'],
      ['select * from secret', 'permission', 'SOURCE_PERMISSION_DENIED'],
      ['select * from mysql.user', 'permission', 'SOURCE_PERMISSION_DENIED'],
      ["select * from t into outfile '/tmp/x'", 'config', 'SOURCE_QUERY_REFUSED'],
      ['select 1; select 2', 'config', 'SOURCE_QUERY_REFUSED'],
    ])('%s', async (query, kind, code) => {
      await expect(read(query, ['a'])).rejects.toMatchObject({ kind, code, remedy: expect.any(String) });
    });

    it('a table that is not there, where the account may know that', async () => {
      await expect(read('select * from nowhere', ['a'], {}, asAdmin)).rejects.toMatchObject({
        kind: 'layout',
        code: 'SOURCE_TABLE_MISSING',
        message: expect.stringContaining('nowhere'),
      });
    });

    it('a wrong password, an unknown database, and a port where nobody listens; the password is in no text', async () => {
      const failures = await Promise.all(
        [
          { password: `${PASSWORD}x` },
          { database: 'nowhere' },
          { port: 1 },
          { host: 'no-such-host.invalid', tls: 'off' },
        ].map((change) => read('select 1 as a', ['a'], {}, change).catch((error: unknown) => error)),
      );
      expect(failures).toMatchObject([
        { kind: 'auth' },
        { kind: expect.stringMatching(/permission|not_found/) },
        { kind: 'transient' },
        { kind: 'transient' },
      ]);
      for (const failure of failures) {
        expect(failure).toMatchObject({ remedy: expect.any(String), message: expect.stringMatching(/on \S+:\d+/) });
        expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(PASSWORD);
      }
    });

    it('TLS where it has none, which no retry can mend', async () => {
      const [[row]] = await admin.query<mysql.RowDataPacket[][]>('select @@have_ssl as ssl_state');
      const hasTls = JSON.stringify(row).includes('YES');
      await expect(
        read('select 1 as a', ['a'], {}, { host: 'localhost', tls: 'verify-identity' }),
      ).rejects.toMatchObject({ kind: 'config', code: 'SOURCE_TLS_FAILED' });
      await expect(
        read('select 1 as a', ['a'], {}, { host: '127.0.0.1', tls: 'verify-identity' }),
      ).rejects.toMatchObject({ kind: 'config', message: expect.stringContaining('must be a name') });
      if (hasTls) return;
      await expect(read('select 1 as a', ['a'], {}, { tls: 'require' })).rejects.toMatchObject({
        kind: 'config',
        code: 'SOURCE_TLS_FAILED',
      });
    });

    it('to write, even for an account that may', async () => {
      await admin.query(
        `create function ${database}.sneak() returns int modifies sql data begin insert into ${database}.secret values (1); return 1; end`,
      );
      await expect(read('select sneak() as a', ['a'], {}, asAdmin)).rejects.toMatchObject({
        kind: 'config',
        code: 'SOURCE_QUERY_REFUSED',
      });
      const [rows] = await admin.query<mysql.RowDataPacket[]>(`select * from ${database}.secret`);
      expect(rows).toEqual([]);
    });
  });

  describe('a MySQL read that does not end by itself', () => {
    it('is stopped by the server or by us when its time is up', async () => {
      const started = performance.now();
      await expect(
        read('select sleep(20) as a, 1 as b', ['a'], { limits: { ...limits, timeoutMs: 300 } }),
      ).rejects.toMatchObject({ kind: 'timeout', code: 'SOURCE_TIMEOUT' });
      expect(performance.now() - started).toBeLessThan(2_000);
      expect(await connectionsLeft()).toBe(0);
    });

    it('fails for now when somebody kills the query or the connection', async () => {
      for (const kill of ['kill query', 'kill']) {
        const reading = read(`select count(*) as n, '${kill}' as k from big a, big b, big c, big d, big e`, [
          'n',
        ]).catch((error: unknown) => error);
        await admin.query(`${kill} ${await threadOf(`'${kill}' as k`)}`);
        expect(await reading).toMatchObject({ kind: 'transient', remedy: expect.any(String) });
      }
    });

    it('ends within a second of a cancel in mid-stream, and nothing is left on the server', async () => {
      await withSource(async (source) => {
        const controller = new AbortController();
        const reading = source.read(request({ query: MANY }, ['i'], { signal: controller.signal, limits }));
        await reading.next();
        await reading.next();
        const from = performance.now();
        controller.abort();
        await expect(reading.next()).rejects.toMatchObject({ kind: 'cancelled' });
        expect(performance.now() - from).toBeLessThan(1_000);
        expect(await connectionsLeft()).toBe(0);
      });
    });

    it('ends within a second of a cancel before its first row', async () => {
      await withSource(async (source) => {
        const controller = new AbortController();
        const reading = readAll(
          source,
          request({ query: 'select sleep(20) as a, 2 as b' }, ['a'], { signal: controller.signal }),
        ).catch((error: unknown) => error);
        await threadOf('sleep(20)');
        const from = performance.now();
        controller.abort();
        expect(await reading).toMatchObject({ kind: 'cancelled' });
        expect(performance.now() - from).toBeLessThan(1_000);
        expect(await connectionsLeft()).toBe(0);
      });
    });

    it('leaves nothing when its reader walks away or it passes a limit', async () => {
      await withSource(async (source) => {
        for await (const batch of source.read(request({ query: MANY }, ['i'], { limits }))) {
          expect(batch.rows.length).toBeGreaterThan(0);
          expect(batch.rows.length).toBeLessThanOrEqual(4_096);
          break;
        }
        expect(await connectionsLeft()).toBe(0);
      });
      await expect(read(MANY, ['i'], { limits: { ...limits, maxRows: 5_000 } })).rejects.toMatchObject({
        code: 'SOURCE_LIMIT_EXCEEDED',
      });
      await expect(read(MANY, ['i'], { limits: { ...limits, maxBytes: 50_000 } })).rejects.toMatchObject({
        code: 'SOURCE_LIMIT_EXCEEDED',
      });
      expect(await connectionsLeft()).toBe(0);
    });

    it('waits for one of four connections, and a cancel ends the waiting', async () => {
      await withSource(async (source) => {
        const stop = new AbortController();
        const busy = [1, 2, 3, 4].map((n) =>
          readAll(
            source,
            request({ query: `select sleep(20) as a, 'busy${n}' as b` }, ['a'], { signal: stop.signal }),
          ).catch((error: unknown) => error),
        );
        await Promise.all([1, 2, 3, 4].map((n) => threadOf(`busy${n}`)));
        const third = new AbortController();
        const waiting = readAll(source, request({ query: 'select 1 as a' }, ['a'], { signal: third.signal })).catch(
          (error: unknown) => error,
        );
        await wait(50);
        third.abort();
        expect(await waiting).toMatchObject({ kind: 'cancelled' });
        stop.abort();
        expect(await Promise.all(busy)).toMatchObject(busy.map(() => ({ kind: 'cancelled' })));
        expect((await readAll(source, request({ query: 'select 1 as a' }, ['a']))).rows).toEqual([['1']]);
      });
      expect(await connectionsLeft()).toBe(0);
    });

    it('keeps no session state for the next one on its connection', async () => {
      await withSource(async (source) => {
        const zone = () =>
          readAll(
            source,
            request({ query: 'select @@session.time_zone as z, @@session.tx_read_only as r' }, ['z', 'r']),
          );
        expect((await zone()).rows).toEqual([['+00:00', '1']]);
        expect((await zone()).rows).toEqual([['+00:00', '1']]);
      });
    });
  });

  describe('checking a MySQL server', () => {
    const outcomes = async (change: object): Promise<string[]> =>
      withSource(
        async (source) =>
          (await source.check(new AbortController().signal)).map(({ name, outcome }) => `${name} ${outcome}`),
        change,
      );

    it('is content with an account that only reads, and warns of one that can write', async () => {
      expect(await outcomes({})).toEqual(['reachable ok', 'credentials ok', 'version ok', 'read-only ok']);
      expect((await outcomes(asAdmin)).at(-1)).toBe('read-only warn');
    });
    it('says which step failed', async () => {
      expect(await outcomes({ password: 'wrong' })).toEqual(['reachable ok', 'credentials fail']);
      expect(await outcomes({ port: 1 })).toEqual(['reachable fail']);
    });
  });
});
