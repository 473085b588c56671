/** Errors of the real MySQL or MariaDB server that take a second session or a limit: what was done stands in each test. */
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MysqlConnection } from '#connectors/database/options.js';
import { request } from '../read-all.js';
import { readQuery, until, withSource } from './database-source.js';
import { type MysqlSite, mysqlSite } from './mysql-site.js';

const address = process.env['PLUMBLINE_TEST_MYSQL_URL'];
const limits = { maxRows: 1e9, maxBytes: 1e10, timeoutMs: 30_000 };

let site: MysqlSite;
const failureOf = (query: string, change: Partial<MysqlConnection> = {}, timeoutMs = 30_000): Promise<unknown> =>
  readQuery(site.options(change), query, ['a'], { limits: { ...limits, timeoutMs } }).then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

/** A second session of the owner, ended whatever happens. */
async function withOther(work: (other: mysql.Connection) => Promise<void>): Promise<void> {
  const { host, port, database } = site.options();
  const other = await mysql.createConnection({ host, port, database, ...site.asAdmin });
  try {
    await work(other);
  } finally {
    await other.end();
  }
}

describe.skipIf(address === undefined)('an error of a MySQL server', () => {
  beforeAll(async () => {
    site = await mysqlSite(address ?? '');
    await site.admin.query('create table t (a int primary key)');
    await site.admin.query(
      'insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 900) select i from n',
    );
  });

  afterAll(async () => {
    await site.drop();
  });

  it.each([
    ['select * from nowhere', 'layout', 'SOURCE_TABLE_MISSING', 1146],
    ['select nothing as a from t', 'layout', 'SOURCE_QUERY_FAILED', 1054],
    ['select from where', 'layout', 'SOURCE_QUERY_FAILED', 1064],
    ['select nonsense(a) as a from t', 'permission', 'SOURCE_PERMISSION_DENIED', 1370],
  ])('%s is %s', async (query, kind, code, number) => {
    const failure = await failureOf(query);
    // MySQL says of a function that is not there that it is not there, MariaDB that it may not be run.
    if (number === 1370) expect(failure).toMatchObject({ kind: expect.stringMatching(/permission|layout/) });
    else expect(failure).toMatchObject({ kind, code, message: expect.stringContaining(`error ${number}`) });
  });

  it('about an unknown database or user tells which', async () => {
    expect(await failureOf('select 1 as a', { ...site.asAdmin, database: 'nowhere' })).toMatchObject({
      kind: 'not_found',
      code: 'SOURCE_DATABASE_MISSING',
    });
    expect(await failureOf('select 1 as a', { user: 'nobody_of_this_name' })).toMatchObject({ kind: 'auth' });
  });

  it('about too many connections of the account is transient', async () => {
    await withSource(site.options(), async (source) => {
      await site.admin.query(`alter user '${site.reader}'@'%' with max_user_connections 1`);
      await site.admin.query(`alter user '${site.reader}'@'localhost' with max_user_connections 1`);
      const reading = source.read(request({ query: 'select x.a from t x, t y, t z' }, ['a'], { limits }));
      await reading.next();
      const failure = await failureOf('select a from t');
      await site.admin.query(`alter user '${site.reader}'@'%' with max_user_connections 0`);
      await site.admin.query(`alter user '${site.reader}'@'localhost' with max_user_connections 0`);
      expect(failure).toMatchObject({ kind: 'transient', code: 'SOURCE_BUSY' });
      await reading.return({ digest: '', description: [] });
    });
  });

  it('about a lock that another session holds is transient, and comes before the time is up', async () => {
    await withOther(async (other) => {
      await other.query('lock tables t write');
      expect(await failureOf('select a from t', {}, 4_000)).toMatchObject({
        kind: 'transient',
        code: 'SOURCE_BUSY',
        message: expect.stringContaining('error 1205'),
      });
      await other.query('unlock tables');
    });
  });

  /** Rows are not locked by a read, so two sessions cross each other's named locks; ours closes the circle. */
  it('about a deadlock with another session is transient', async () => {
    await withOther(async (other) => {
      await site.admin.query("select get_lock('plumbline_gate', 10)");
      await other.query("select get_lock('plumbline_72', 10)");
      const reading = failureOf(
        "select get_lock('plumbline_71', 20) as a, get_lock('plumbline_gate', 20) as b, get_lock('plumbline_72', 20) as c",
      );
      const isTrue = async (condition: string): Promise<true | undefined> => {
        const [rows] = await site.admin.query<mysql.RowDataPacket[]>(`select ${condition} as is_so`);
        return Number(rows[0]?.['is_so']) === 1 ? true : undefined;
      };
      await until('the read to hold 71', () => isTrue("is_used_lock('plumbline_71') is not null"));
      const crossing = other.query("select get_lock('plumbline_71', 20)");
      await until('the other to wait for 71', () =>
        isTrue(
          `exists (select * from information_schema.processlist where id = ${other.threadId} and state = 'User lock')`,
        ),
      );
      await site.admin.query("select release_lock('plumbline_gate')");
      expect(await reading).toMatchObject({ kind: 'transient', code: 'SOURCE_BUSY' });
      await crossing;
    });
  });

  it('about a connection that was killed while nobody read from it is transient', async () => {
    await withSource(site.options(), async (source) => {
      const query = "select x.a, 'ended' as b from t x, t y, t z";
      const reading = source.read(request({ query }, ['a'], { limits }));
      await reading.next();
      await site.admin.query(`kill ${await site.threadOf('ended')}`);
      const failing = async (): Promise<void> => {
        while (!(await reading.next()).done);
      };
      await expect(failing()).rejects.toMatchObject({ kind: 'transient', code: 'SOURCE_UNREACHABLE' });
      const next = source.read(request({ query: 'select a from t where a = 1' }, ['a'], { limits }));
      expect((await next.next()).value).toMatchObject({ seen: 1 });
      await next.next();
    });
  });
});
