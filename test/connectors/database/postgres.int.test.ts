/**
 * Against a real server, of the address in PLUMBLINE_TEST_POSTGRES_URL. What other clients see is asked through
 * `admin`, so that a session left behind or a query still running shows.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresConnection } from '#connectors/database/options.js';
import { readAll, request } from '../read-all.js';
import { outcomes, readQuery, withSource } from './database-source.js';
import { type PostgresSite, postgresSite } from './postgres-site.js';

const address = process.env['PLUMBLINE_TEST_POSTGRES_URL'];
const limits = { maxRows: 1e9, maxBytes: 1e10, timeoutMs: 30_000 };
const MANY = "select generate_series(1, 100000000) as i, repeat('x', 200) as pad";

let site: PostgresSite;
const options = (change: Partial<PostgresConnection> = {}): PostgresConnection => site.options(change);
const rowsOf = async (query: string, columns: readonly string[]) => (await readQuery(options(), query, columns)).rows;

// Where there is no server, test/support/servers.ts says so, and fails in continuous integration.
describe.skipIf(address === undefined)('a PostgreSQL source', () => {
  beforeAll(async () => {
    site = await postgresSite(address ?? '');
    for (const sql of [
      'create domain money_like as numeric(38, 10)',
      `create table t (
         id int primary key, big bigint, dec38 money_like, f real, d double precision, t text, day date,
         at timestamp, stamp timestamptz, flag boolean, bits varbit(12), j jsonb, a int[], b bytea, m money, c char(4))`,
      `insert into t values
         (1, 9223372036854775807, 1234567890123456789012345678.0123456789, 0.1, 1e100, 'grün 😀 ''quoted'' \\',
          '2026-03-29', '2026-03-29 02:30:00.123456', '2026-03-29 02:30:00.5+02', true, b'100000000001',
          '{"a": 12345678901234567890}', '{1,2}', null, null, 'ab'),
         (2, -9223372036854775808, -0.0000000001, -2.5e-9, 0.1, '', '0001-01-01', '1969-12-31 23:59:59',
          '1582-10-04 00:00:00+00', false, b'0', 'null', null, null, null, null),
         (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)`,
      'create table secret (a int)',
      `grant select on t to ${site.reader}`,
    ]) {
      await site.admin.query(sql);
    }
  });

  afterAll(async () => {
    await site.drop();
  });

  describe('values of a PostgreSQL server', () => {
    it('arrive as text, without loss', async () => {
      const columns = ['big', 'dec38', 'f', 'd', 't', 'day', 'at', 'stamp', 'flag', 'bits', 'j', 'a', 'c'];
      expect(await rowsOf('select * from t order by id', columns)).toEqual([
        [
          '9223372036854775807',
          '1234567890123456789012345678.0123456789',
          '0.1',
          `1${'0'.repeat(100)}`,
          "grün 😀 'quoted' \\",
          '2026-03-29',
          '2026-03-29 02:30:00.123456',
          '2026-03-29 00:30:00.5+00',
          'true',
          '2049',
          '{"a": 12345678901234567890}',
          '{1,2}',
          'ab',
        ],
        [
          '-9223372036854775808',
          '-0.0000000001',
          '-0.0000000025',
          '0.1',
          '',
          '0001-01-01',
          '1969-12-31 23:59:59',
          '1582-10-04 00:00:00+00',
          'false',
          '0',
          'null',
          null,
          null,
        ],
        columns.map(() => null),
      ]);
    });

    it('of sums, counts and uint64 numbers made in the query are exact too', async () => {
      const query = `select count(*) as n, sum(big::numeric * 2 + 1) as s, 18446744073709551615::numeric as u,
                            1e21::float8 as e, 99999999999999999999999999999999999999::numeric(38) as d from t where id = 1`;
      expect(await rowsOf(query, ['n', 's', 'u', 'e', 'd'])).toEqual([
        ['1', '18446744073709551615', '18446744073709551615', `1${'0'.repeat(21)}`, '9'.repeat(38)],
      ]);
    });

    it.each([
      ["'NaN'::float8", 'the number NaN'],
      ["'-Infinity'::float4", 'the number -Infinity'],
      ["'NaN'::numeric", 'the number NaN'],
      ["'infinity'::date", 'the date infinity'],
      ["'-infinity'::timestamptz", 'the date -infinity'],
      ["'0044-03-15 BC'::date", 'a date before the year 1 (0044-03-15 BC)'],
      ["'0044-03-15 12:00 BC'::timestamp", 'a date before the year 1 (0044-03-15 12:00:00 BC)'],
      ["'\\x00ff'::bytea", '2 bytes (BYTEA)'],
      ['1.5::money', 'an amount in the notation of the server (type money)'],
    ])('reject %s with its place', async (value, raw) => {
      const { rows, rejects } = await readQuery(options(), `select ${value} as v union all select null`, ['v']);
      expect(rows).toEqual([[null]]);
      expect(rejects).toMatchObject([
        { rule: 'unreadable_value', raw, locator: expect.stringMatching(/^query [0-9a-f]{6} row 1$/) },
      ]);
    });

    it('are the same whatever the account is set to', async () => {
      const set = (what: string) => site.admin.query(`alter role ${site.reader} ${what}`);
      const query = "select day, stamp, f, '1 day'::interval as i, '\\n' as t from t where id = 1";
      const read = () => rowsOf(query, ['day', 'stamp', 'f', 'i', 't']);
      const before = await read();
      for (const setting of [
        "timezone = 'Asia/Kolkata'",
        "datestyle = 'SQL, DMY'",
        'extra_float_digits = 0',
        "intervalstyle = 'iso_8601'",
        'standard_conforming_strings = off',
        "client_encoding = 'LATIN1'",
      ]) {
        await set(`set ${setting}`);
      }
      const after = await read();
      await set('reset all');
      expect(after).toEqual(before);
      expect(before[0]?.[4]).toBe('\\n');
    });

    it('are chosen by the days wanted, bound and not pasted; what is quoted stays', async () => {
      const query = `select id, ':period_start' as q, $x$ :period_end $1 ? $x$ as d, E'it\\':period_start' as e,
                            j ? 'a' as has, (:period_start::date)::text as p
                       from t where day >= :period_start and day < :period_end -- :nothing ?
                       /* :nothing /* nested */ :nothing */`;
      const window = { start: '2026-03-01', end: '2026-04-01' } as const;
      const result = await readQuery(options(), query, ['id', 'q', 'd', 'e', 'has', 'p'], { window });
      expect(result.rows).toEqual([
        ['1', ':period_start', ' :period_end $1 ? ', "it':period_start", 'true', '2026-03-01'],
      ]);
      expect(result.summary.description).toContain(':period_start = 2026-03-01, :period_end = 2026-04-01');
    });

    it('come in batches, and an empty result has its columns checked', async () => {
      const result = await readQuery(options(), 'select i from generate_series(1, 20100) as i', ['i']);
      expect([result.rows.length, result.rows.at(-1)]).toEqual([20_100, ['20100']]);
      expect(result.batches).toBeLessThan(25);
      expect(await rowsOf('select id from t where false', ['ID'])).toEqual([]);
      await expect(rowsOf('select id from t where false', ['ident'])).rejects.toMatchObject({
        code: 'SOURCE_COLUMN_MISSING',
      });
      await site.sessionsLeft();
    });
  });

  describe('a PostgreSQL read', () => {
    it('cannot write, even with an account that may', async () => {
      await site.admin.query(
        `create function sneak() returns int language plpgsql as $$ begin insert into secret values (1); return 1; end $$`,
      );
      for (const query of [
        'select sneak() as a',
        "select set_config('transaction_read_only', 'off', false) as a",
        'select 1 as a from t for no key update',
        "select nextval('counter') as a",
      ]) {
        await site.admin.query('create sequence if not exists counter');
        await expect(readQuery(options(site.asAdmin), query, ['a'])).rejects.toMatchObject({
          kind: 'config',
          code: 'SOURCE_QUERY_REFUSED',
        });
      }
      expect((await site.admin.query('select * from secret')).rows).toEqual([]);
    });

    it('is refused before it is sent where it does more than read', async () => {
      for (const query of ['select 1; select 2', 'delete from t', 'select a into x from t', 'select $1 as a']) {
        await expect(rowsOf(query, ['a'])).rejects.toMatchObject({ code: 'SOURCE_QUERY_REFUSED' });
      }
    });

    it('is stopped by the server or by us when its time is up', async () => {
      await expect(
        readQuery(options(), 'select pg_sleep(20)::text as a', ['a'], { limits: { ...limits, timeoutMs: 300 } }),
      ).rejects.toMatchObject({ kind: 'timeout', code: 'SOURCE_TIMEOUT' });
      await site.sessionsLeft();
    });

    it("ends by the server's clock where the account has a shorter limit than the extract", async () => {
      await site.admin.query(`alter role ${site.reader} set statement_timeout = '200ms'`);
      const reading = readQuery(options(), 'select pg_sleep(20)::text as a', ['a']);
      await expect(reading).rejects.toMatchObject({
        kind: 'timeout',
        message: expect.stringContaining('SQLSTATE 57014'),
      });
      await site.admin.query(`alter role ${site.reader} reset all`);
    });

    it('ends within a second of a cancel in mid-stream, and nothing is left on the server', async () => {
      await withSource(options(), async (source) => {
        const controller = new AbortController();
        const reading = source.read(request({ query: MANY }, ['i'], { signal: controller.signal, limits }));
        await reading.next();
        await reading.next();
        const from = performance.now();
        controller.abort();
        await expect(reading.next()).rejects.toMatchObject({ kind: 'cancelled' });
        expect(performance.now() - from).toBeLessThan(1_000);
        await site.sessionsLeft();
      });
    });

    it('ends within a second of a cancel before its first row', async () => {
      await withSource(options(), async (source) => {
        const controller = new AbortController();
        const reading = readAll(
          source,
          request({ query: 'select pg_sleep(20)::text as a' }, ['a'], { signal: controller.signal }),
        ).catch((error: unknown) => error);
        await site.pidOf('pg_sleep(20)');
        const from = performance.now();
        controller.abort();
        expect(await reading).toMatchObject({ kind: 'cancelled' });
        expect(performance.now() - from).toBeLessThan(1_000);
        await site.sessionsLeft();
      });
    });

    it('leaves nothing when its reader walks away or it passes a limit', async () => {
      await withSource(options(), async (source) => {
        for await (const batch of source.read(request({ query: MANY }, ['i'], { limits }))) {
          expect(batch.rows.length).toBeGreaterThan(0);
          break;
        }
        await site.sessionsLeft();
      });
      for (const tight of [{ maxRows: 5_000 }, { maxBytes: 50_000 }]) {
        await expect(readQuery(options(), MANY, ['i'], { limits: { ...limits, ...tight } })).rejects.toMatchObject({
          code: 'SOURCE_LIMIT_EXCEEDED',
        });
      }
      await site.sessionsLeft();
    });

    it('waits for one of four connections, and a cancel ends the waiting', async () => {
      await withSource(options(), async (source) => {
        const stop = new AbortController();
        const busy = [1, 2, 3, 4].map((n) =>
          readAll(
            source,
            request({ query: `select pg_sleep(20)::text as a, 'busy${n}' as b` }, ['a'], { signal: stop.signal }),
          ).catch((error: unknown) => error),
        );
        await Promise.all([1, 2, 3, 4].map((n) => site.pidOf(`busy${n}`)));
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
      await site.sessionsLeft();
    });

    it('changes no setting of its session, so a pooler between may hand it on', async () => {
      const query = `select current_setting('transaction_read_only') as r, current_setting('application_name') as n,
                            (select string_agg(name, ', ') from pg_settings
                              where source = 'session' and name <> all (
                                array['DateStyle', 'TimeZone', 'IntervalStyle', 'bytea_output', 'client_encoding',
                                      'extra_float_digits', 'standard_conforming_strings', 'lock_timeout',
                                      'statement_timeout', 'idle_in_transaction_session_timeout',
                                      'transaction_read_only', 'transaction_isolation', 'transaction_deferrable'])) as s`;
      expect(await rowsOf(query, ['r', 'n', 's'])).toEqual([['on', 'plumbline', null]]);
    });

    it('is refused after the source was closed, and closing twice is harmless', async () => {
      await withSource(options(), async (source) => {
        await source.close();
        await source.close();
        await expect(readAll(source, request({ query: 'select 1 as a' }, ['a']))).rejects.toBeDefined();
      });
    });
  });

  describe('checking a PostgreSQL server', () => {
    it('is content with an account that only reads, and warns of one that can write', async () => {
      const fine = ['reachable ok', 'credentials ok', 'version ok'];
      expect(await outcomes(options())).toEqual([...fine, 'read-only ok']);
      await site.admin.query(`grant insert on secret to ${site.reader}`);
      await withSource(options(), async (source) => {
        expect((await source.check(new AbortController().signal)).at(-1)).toMatchObject({
          outcome: 'warn',
          message: expect.stringContaining('INSERT on tables'),
        });
      });
      await site.admin.query(`revoke insert on secret from ${site.reader}`);
      expect(await outcomes(options(site.asAdmin))).toEqual([...fine, 'read-only warn']);
    });

    it('says which step failed', async () => {
      expect(await outcomes(options({ password: 'wrong' }))).toEqual(['reachable ok', 'credentials fail']);
      expect(await outcomes(options({ database: 'nowhere' }))).toEqual(['reachable ok', 'credentials fail']);
      expect(await outcomes(options({ port: 1 }))).toEqual(['reachable fail']);
    });
  });
});
