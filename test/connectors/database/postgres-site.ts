import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PostgresConnection } from '#connectors/database/options.js';
import { until } from './database-source.js';

export const PASSWORD = 'not-to-be-seen-7Q';

/** A database and a reading account of one test file's own. */
export interface PostgresSite {
  /** Of the account that owns everything, in the site's database. */
  readonly admin: pg.Client;
  readonly reader: string;
  readonly options: (change?: Partial<PostgresConnection>) => PostgresConnection;
  readonly asAdmin: { readonly user: string; readonly password: string };
  /** Sessions of the reading account, after what is on its way out had a moment to go. */
  sessionsLeft(): Promise<void>;
  /** Process on the server that runs a query of the reading account that holds `part`. */
  pidOf(part: string): Promise<number>;
  drop(): Promise<void>;
}

export async function postgresSite(address: string, extra: Partial<pg.ClientConfig> = {}): Promise<PostgresSite> {
  const url = new URL(address);
  const name = randomBytes(5).toString('hex');
  const database = `plumbline_${name}`;
  const reader = `r_${name}`;
  const asAdmin = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const port = Number(url.port || 5432);
  const place = { host: url.hostname, port, ...asAdmin, ...extra };
  const root = new pg.Client({ ...place, database: 'postgres' });
  await root.connect();
  await root.query(`create database ${database}`);
  const admin = new pg.Client({ ...place, database });
  for (const client of [root, admin]) client.on('error', () => {});
  await admin.connect();
  await admin.query(`create role ${reader} login password '${PASSWORD}'`);

  return {
    admin,
    reader,
    options: (change = {}) => ({
      client: 'postgres',
      host: url.hostname,
      port,
      user: reader,
      password: PASSWORD,
      database,
      ...change,
    }),
    asAdmin,
    async sessionsLeft() {
      await until('the sessions of the reader to end', async () => {
        const { rowCount } = await admin.query('select from pg_stat_activity where usename = $1', [reader]);
        return rowCount === 0 ? true : undefined;
      });
    },
    pidOf: (part) =>
      until(`a query that holds "${part}"`, async () => {
        const { rows } = await admin.query<{ pid: number }>(
          `select pid from pg_stat_activity
            where usename = $1 and state = 'active' and position($2 in query) > 0 and pid <> pg_backend_pid()`,
          [reader, part],
        );
        return rows[0]?.pid;
      }),
    async drop() {
      await admin.end();
      await root.query(`drop database ${database} with (force)`);
      await root.query(`drop role ${reader}`);
      await root.end();
    },
  };
}
