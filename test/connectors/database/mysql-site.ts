import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import type { MysqlConnection } from '#connectors/database/options.js';
import { until } from './database-source.js';

const PASSWORD = 'not-to-be-seen-7Q';

/** A database and a reading account of one test file's own. */
export interface MysqlSite {
  /** Of an account with all rights, in the site's database. */
  readonly admin: mysql.Connection;
  /** Another session of that account. */
  readonly asAdmin: { readonly user: string; readonly password: string };
  readonly reader: string;
  readonly options: (change?: Partial<MysqlConnection>) => MysqlConnection;
  /** Thread on the server that runs a query of the reading account that holds `part`. */
  threadOf(part: string): Promise<number>;
  /** When the connections of the reading account are gone, after a moment to go. */
  connectionsLeft(): Promise<void>;
  drop(): Promise<void>;
}

export async function mysqlSite(address: string, extra: mysql.ConnectionOptions = {}): Promise<MysqlSite> {
  const url = new URL(address);
  const name = randomBytes(5).toString('hex');
  const database = `plumbline_${name}`;
  const reader = `r_${name}`;
  const asAdmin = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const port = Number(url.port || 3306);
  const admin = await mysql.createConnection({ host: url.hostname, port, ...asAdmin, ...extra });
  admin.on('error', () => {});
  // For localhost too: where a server has an anonymous account there, that one would win over '%'.
  const accounts = [`'${reader}'@'%'`, `'${reader}'@'localhost'`];
  await admin.query(`create database ${database} character set utf8mb4`);
  for (const account of accounts) await admin.query(`create user ${account} identified by '${PASSWORD}'`);
  for (const account of accounts) await admin.query(`grant select on ${database}.* to ${account}`);
  await admin.query(`use ${database}`);
  return {
    admin,
    asAdmin,
    reader,
    options: (change = {}) => ({
      client: 'mysql',
      host: url.hostname,
      port,
      user: reader,
      password: PASSWORD,
      database,
      ...change,
    }),
    threadOf: (part) =>
      until(`a query that holds "${part}"`, async () => {
        const [rows] = await admin.query<mysql.RowDataPacket[]>(
          "select id as id from information_schema.processlist where user = ? and info like ? and info not like 'kill%'",
          [reader, `%${part}%`],
        );
        const id: unknown = rows[0]?.['id'];
        return typeof id === 'number' ? id : undefined;
      }),
    async connectionsLeft() {
      await until('the connections of the reader to end', async () => {
        const [rows] = await admin.query<mysql.RowDataPacket[]>(
          'select id from information_schema.processlist where user = ?',
          [reader],
        );
        return rows.length === 0 ? true : undefined;
      });
    },
    async drop() {
      await admin.query(`drop database if exists ${database}`);
      for (const account of accounts) await admin.query(`drop user if exists ${account}`);
      await admin.end();
    },
  };
}
