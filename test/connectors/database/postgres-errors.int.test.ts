/** Each error of the real PostgreSQL server in its class: what was done to it stands in each test. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresConnection } from '#connectors/database/options.js';
import { request } from '../read-all.js';
import { readQuery, until, withSource } from './database-source.js';
import { PASSWORD, type PostgresSite, postgresSite } from './postgres-site.js';

const address = process.env['PLUMBLINE_TEST_POSTGRES_URL'];
const limits = { maxRows: 1e9, maxBytes: 1e10, timeoutMs: 30_000 };

let site: PostgresSite;
const failureOf = (query: string, change: Partial<PostgresConnection> = {}, timeoutMs = 30_000): Promise<unknown> =>
  readQuery(site.options(change), query, ['a'], { limits: { ...limits, timeoutMs } }).then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

/** A second session of the owner, ended whatever happens. */
async function withOther(work: (other: pg.Client) => Promise<void>): Promise<void> {
  const { host, port, database } = site.options();
  const other = new pg.Client({ host, port, database, ...site.asAdmin });
  await other.connect();
  try {
    await work(other);
  } finally {
    await other.end();
  }
}

describe.skipIf(address === undefined)('an error of a PostgreSQL server', () => {
  beforeAll(async () => {
    site = await postgresSite(address ?? '');
    await site.admin.query('create table t (a int)');
    await site.admin.query('create table secret (a int)');
    await site.admin.query('create schema closed create table t (a int)');
    await site.admin.query(`insert into t values (1), (2)`);
    await site.admin.query(`grant select on t to ${site.reader}`);
  });

  afterAll(async () => {
    await site.drop();
  });

  it.each([
    ['select * from secret', 'permission', 'SOURCE_PERMISSION_DENIED', '42501'],
    ['select * from closed.t', 'permission', 'SOURCE_PERMISSION_DENIED', '42501'],
    ["select pg_read_file('/etc/passwd') as a", 'permission', 'SOURCE_PERMISSION_DENIED', '42501'],
    ['select * from nowhere', 'layout', 'SOURCE_TABLE_MISSING', '42P01'],
    ['select * from nowhere.t', 'layout', 'SOURCE_TABLE_MISSING', '42P01'],
    ['select nothing as a from t', 'layout', 'SOURCE_QUERY_FAILED', '42703'],
    ['select from where', 'layout', 'SOURCE_QUERY_FAILED', '42601'],
    ['select nonsense(a) as a from t', 'layout', 'SOURCE_QUERY_FAILED', '42883'],
    ['select a / 0 as a from t', 'layout', 'SOURCE_QUERY_FAILED', '22012'],
    ["select 'x'::int as a", 'layout', 'SOURCE_QUERY_FAILED', '22P02'],
    ['select a from t for key share', 'config', 'SOURCE_QUERY_REFUSED', '25006'],
  ])('%s is %s', async (query, kind, code, state) => {
    expect(await failureOf(query)).toMatchObject({
      kind,
      code,
      remedy: expect.any(String),
      message: expect.stringContaining(`SQLSTATE ${state}`),
    });
  });

  it('about who logs in, where to, or that nobody listens, tells which; the password is in no text', async () => {
    const failures = await Promise.all([
      failureOf('select 1 as a', { password: `${PASSWORD}x` }),
      failureOf('select 1 as a', { user: 'nobody_of_this_name' }),
      failureOf('select 1 as a', { database: 'nowhere' }),
      failureOf('select 1 as a', { port: 1 }),
      failureOf('select 1 as a', { host: 'no-such-host.invalid', tls: 'off' }),
    ]);
    expect(failures).toMatchObject([
      { kind: 'auth', code: 'SOURCE_AUTH_REFUSED' },
      { kind: 'auth', code: 'SOURCE_AUTH_REFUSED' },
      { kind: 'not_found', code: 'SOURCE_DATABASE_MISSING' },
      { kind: 'transient', code: 'SOURCE_UNREACHABLE' },
      { kind: 'transient', code: 'SOURCE_UNREACHABLE' },
    ]);
    for (const failure of failures) {
      expect(failure).toMatchObject({ remedy: expect.any(String), message: expect.stringMatching(/on \S+:\d+/) });
      expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(PASSWORD);
    }
  });

  it('about too many connections is transient', async () => {
    await site.admin.query(`alter role ${site.reader} connection limit 0`);
    const failure = await failureOf('select a from t');
    await site.admin.query(`alter role ${site.reader} connection limit -1`);
    expect(failure).toMatchObject({
      kind: 'transient',
      code: 'SOURCE_BUSY',
      message: expect.stringContaining('SQLSTATE 53300'),
    });
  });

  it('about a lock that another session holds is transient, and comes before the time is up', async () => {
    await withOther(async (other) => {
      await other.query('begin; lock table t in access exclusive mode');
      expect(await failureOf('select a from t', {}, 1_500)).toMatchObject({
        kind: 'transient',
        code: 'SOURCE_BUSY',
        message: expect.stringContaining('SQLSTATE 55P03'),
      });
      await other.query('rollback');
    });
  });

  /** Rows cannot be locked in a read-only transaction, so two sessions cross each other's advisory locks. */
  it('about a deadlock with another session is transient', async () => {
    await withOther(async (other) => {
      // The other one is patient, so the server takes ours.
      await other.query("set deadlock_timeout = '1min'; begin; select pg_advisory_xact_lock(72)");
      const reading = failureOf('select pg_advisory_xact_lock(71)::text as a, pg_advisory_xact_lock(72)::text as b');
      await until('the read to wait for 72', async () => {
        const { rowCount } = await site.admin.query(
          "select from pg_locks where locktype = 'advisory' and objid = 72 and not granted",
        );
        return rowCount === 1 ? true : undefined;
      });
      const crossing = other.query('select pg_advisory_xact_lock(71)').catch(() => {});
      expect(await reading).toMatchObject({
        kind: 'transient',
        code: 'SOURCE_BUSY',
        message: expect.stringContaining('SQLSTATE 40P01'),
      });
      await crossing;
      await other.query('rollback');
    });
  });

  it('about a query that somebody cancelled, or a session that somebody ended, is transient', async () => {
    for (const [end, code, state] of [
      ['pg_cancel_backend', 'SOURCE_QUERY_INTERRUPTED', '57014'],
      ['pg_terminate_backend', 'SOURCE_UNREACHABLE', '57P01'],
    ] as const) {
      const reading = failureOf('select pg_sleep(20)::text as a');
      await site.admin.query(`select ${end}($1)`, [await site.pidOf('pg_sleep(20)')]);
      expect(await reading).toMatchObject({
        kind: 'transient',
        code,
        message: expect.stringContaining(`SQLSTATE ${state}`),
      });
    }
  });

  it('about a session that was ended while nobody read from it is transient, and the next read goes on', async () => {
    await withSource(site.options(), async (source) => {
      const query = "select generate_series(1, 100000000) as a, 'ended' as b";
      const reading = source.read(request({ query }, ['a'], { limits }));
      await reading.next();
      const { rows } = await site.admin.query<{ pid: number }>(
        "select pid from pg_stat_activity where usename = $1 and position('ended' in query) > 0",
        [site.reader],
      );
      await site.admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await site.sessionsLeft();
      const failing = async (): Promise<void> => {
        while (!(await reading.next()).done);
      };
      await expect(failing()).rejects.toMatchObject({ kind: 'transient', code: 'SOURCE_UNREACHABLE' });
      const next = source.read(request({ query: 'select a from t' }, ['a'], { limits }));
      expect((await next.next()).value).toMatchObject({ seen: 2 });
      await next.next();
    });
    await site.sessionsLeft();
  });
});
