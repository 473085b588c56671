/** Servers of the test's own, which it stops and kills in the middle of a read. */
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseExtract } from '#connectors/database/options.js';
import type { Source } from '#connectors/sdk/types.js';
import { startEphemeralMariadb } from '../../../bench/servers/ephemeral-mariadb.js';
import type { EphemeralServer } from '../../../bench/servers/ephemeral-server.js';
import { findMariadb } from '../../../scripts/setup/mariadb.mjs';
import { findPostgres } from '../../../scripts/setup/postgres.mjs';
import { startEphemeralPostgres } from '../../support/ephemeral-postgres.js';
import { request } from '../read-all.js';
import { outcomes, readQuery, until, withSource } from './database-source.js';
import { type MysqlSite, mysqlSite } from './mysql-site.js';
import { PASSWORD, type PostgresSite, postgresSite } from './postgres-site.js';

const limits = { maxRows: 1e9, maxBytes: 1e10, timeoutMs: 60_000 };
const unreachable = { kind: 'transient', code: 'SOURCE_UNREACHABLE', remedy: expect.any(String) };
const failureOf = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

/** Reads a few rows, lets `meanwhile` happen, and reads on to the end. */
async function interrupted(
  source: Source<DatabaseExtract>,
  query: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const reading = source.read(request({ query }, ['a'], { limits }));
  await reading.next();
  await meanwhile();
  while (!(await reading.next()).done);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until(`process ${pid} to end`, async () => (isAlive(pid) ? undefined : true));
}

const postgres = findPostgres();
describe.skipIf(postgres === undefined)('a PostgreSQL server that goes away', () => {
  const many = "select generate_series(1, 100000000) as a, 'interrupted' as b";
  let server: EphemeralServer;
  let site: PostgresSite;
  const sessionPid = (): Promise<number> =>
    until('the session of the read', async () => {
      const { rows } = await site.admin.query<{ pid: number }>(
        "select pid from pg_stat_activity where usename = $1 and position('interrupted' in query) > 0",
        [site.reader],
      );
      return rows[0]?.pid;
    });

  beforeAll(async () => {
    server = await startEphemeralPostgres(postgres ?? { initdb: '', postgres: '' });
    site = await postgresSite(server.url);
  });

  afterAll(async () => {
    await server.stop();
  });

  it('has no connection left: transient', async () => {
    const { host, port, database } = site.options();
    const taken: pg.Client[] = [];
    const failure = await until('the connections to be taken', async () => {
      const answer = await failureOf(readQuery(site.options(), 'select 1 as a', ['a']));
      if (answer !== 'it did not fail') return answer;
      const client = new pg.Client({ host, port, database, user: site.reader, password: PASSWORD });
      await client.connect();
      taken.push(client);
      return undefined;
    });
    for (const client of taken) await client.end();
    await site.sessionsLeft();
    expect(failure).toMatchObject({
      kind: 'transient',
      code: 'SOURCE_BUSY',
      message: expect.stringContaining('SQLSTATE 53300'),
    });
  });

  it('is shutting down: a read goes on, a new one fails for now', async () => {
    await withSource(site.options(), async (source) => {
      await expect(
        interrupted(source, many, async () => {
          const session = await sessionPid();
          process.kill(server.pid, 'SIGTERM');
          const failure = await until('the server to let nobody in', async () => {
            const answer = await failureOf(readQuery(site.options(), 'select 1 as a', ['a']));
            return answer === 'it did not fail' ? undefined : answer;
          });
          expect(failure).toMatchObject({ ...unreachable, message: expect.stringContaining('SQLSTATE 57P03') });
          expect(await outcomes(site.options())).toEqual(['reachable fail']);
          await killed(session);
        }),
      ).rejects.toMatchObject(unreachable);
    });
  });

  it('has ended with the process that was killed: connections are refused', async () => {
    await until('the server to end', async () => (isAlive(server.pid) ? undefined : true));
    expect(await failureOf(readQuery(site.options(), 'select 1 as a', ['a']))).toMatchObject(unreachable);
  });
});

const mariadb = findMariadb();
describe.skipIf(mariadb === undefined)('a MariaDB server that goes away', () => {
  const many = "select x.a, 'interrupted' as b from t x, t y, t z";
  let server: EphemeralServer;
  let site: MysqlSite;

  beforeAll(async () => {
    server = await startEphemeralMariadb(mariadb ?? '');
    site = await mysqlSite(server.url);
    await site.admin.query('create table t (a int primary key)');
    await site.admin.query(
      'insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 900) select i from n',
    );
  });

  afterAll(async () => {
    await server.stop();
  });

  it('has no connection left: transient', async () => {
    await site.admin.query('set global max_connections = 10');
    const { host, port } = site.options();
    const taken: mysql.Connection[] = [];
    const failure = await until('the connections to be taken', async () => {
      const answer = await failureOf(readQuery(site.options(), 'select 1 as a', ['a']));
      if (answer !== 'it did not fail') return answer;
      taken.push(await mysql.createConnection({ host, port, ...site.asAdmin }));
      return undefined;
    });
    for (const connection of taken) await connection.end();
    await site.admin.query('set global max_connections = 100');
    expect(failure).toMatchObject({
      kind: 'transient',
      code: 'SOURCE_BUSY',
      message: expect.stringContaining('error 1040'),
    });
  });

  it('was killed in the middle of a read: transient, and then connections are refused', async () => {
    await withSource(site.options(), async (source) => {
      await expect(
        interrupted(source, many, async () => {
          await killed(server.pid);
        }),
      ).rejects.toMatchObject(unreachable);
    });
    expect(await failureOf(readQuery(site.options(), 'select 1 as a', ['a']))).toMatchObject(unreachable);
  });
});
