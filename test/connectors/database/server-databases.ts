// Databases of a test's own on the servers of PLUMBLINE_TEST_MYSQL_URL and PLUMBLINE_TEST_POSTGRES_URL.
import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { DatabaseConnection } from '#connectors/database/options.js';

export interface ServerDatabase {
  readonly connection: DatabaseConnection;
  run(sql: string): Promise<void>;
  drop(): Promise<void>;
}

export const mysqlAddress = process.env['PLUMBLINE_TEST_MYSQL_URL'];
export const postgresAddress = process.env['PLUMBLINE_TEST_POSTGRES_URL'];

function server(address: string | undefined) {
  const { hostname, port, username, password } = new URL(address ?? 'none://nobody@127.0.0.1:1/');
  return {
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

const freshName = (): string => `plumbline_${randomBytes(5).toString('hex')}`;

export async function mysqlDatabase(): Promise<ServerDatabase> {
  const database = freshName();
  const admin = await mysql.createConnection({ ...server(mysqlAddress), multipleStatements: true, charset: 'utf8mb4' });
  // Zero dates and days such as 2026-02-31 can be written so.
  await admin.query(`create database ${database}; use ${database}; set sql_mode = 'ALLOW_INVALID_DATES'`);
  return {
    connection: { client: 'mysql', ...server(mysqlAddress), database, tls: 'off' },
    run: async (sql) => void (await admin.query(sql)),
    drop: async () => {
      await admin.query(`drop database ${database}`);
      await admin.end();
    },
  };
}

export async function postgresDatabase(): Promise<ServerDatabase> {
  const database = freshName();
  const outer = new pg.Client({ ...server(postgresAddress), database: 'postgres' });
  await outer.connect();
  await outer.query(`create database ${database}`);
  const admin = new pg.Client({ ...server(postgresAddress), database });
  await admin.connect();
  return {
    connection: { client: 'postgres', ...server(postgresAddress), database, tls: 'off' },
    run: async (sql) => void (await admin.query(sql)),
    drop: async () => {
      await admin.end();
      await outer.query(`drop database ${database} with (force)`);
      await outer.end();
    },
  };
}
