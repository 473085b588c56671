import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedConfig } from '#src/config/types.js';
import { DEMO_SEED } from '../../demo/company/generate-sources.js';
import { operationsTables } from '../../demo/company/operations-tables.js';
import { createTableSql, type OperationsTable } from '../../demo/company/table.js';
import { writeDatabase } from '../../demo/company/write-database.js';
import { exampleConfig } from './example-config.js';
import { readExtract } from './read-extract.js';

// The example's queries run on MySQL and MariaDB as they are: only the connection changes, and the rows are the same.

const serverUrl = process.env['PLUMBLINE_TEST_MYSQL_URL'];

describe.skipIf(serverUrl === undefined)('the operations database in MySQL or MariaDB', () => {
  const database = `plumbline_demo_${randomBytes(6).toString('hex')}`;
  let folder: string;
  let admin: Connection;
  let config: ResolvedConfig;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-demo-'));
    config = await exampleConfig();
    const tables = operationsTables('2026-11-23', DEMO_SEED);
    await writeDatabase(join(folder, 'operations.sqlite'), tables);
    admin = await createConnection(serverUrl ?? '');
    await admin.query(`create database ${database}`);
    await admin.query(`use ${database}`);
    for (const table of tables) await load(admin, table);
  });

  afterAll(async () => {
    await admin.query(`drop database if exists ${database}`);
    await admin.end();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives the same rows as SQLite for each extract', async () => {
    const { hostname, port, username, password } = new URL(serverUrl ?? '');
    const options = {
      client: 'mysql',
      host: hostname,
      port: Number.parseInt(port === '' ? '3306' : port, 10),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database,
      tls: 'off',
    };
    const extracts = config.extracts.filter((extract) => extract.connection === 'operations');
    expect(extracts).toHaveLength(5);
    for (const extract of extracts) {
      const fromMysql = await readExtract(config, extract, folder, options);
      const fromSqlite = await readExtract(config, extract, folder, { client: 'sqlite', file: 'operations.sqlite' });
      expect(fromMysql.rejects).toEqual([]);
      expect(fromMysql.observations.length).toBeGreaterThan(100);
      const cells = (read: typeof fromMysql): readonly string[] =>
        read.observations.map((row) => JSON.stringify(row.cells)).sort();
      expect(cells(fromMysql), extract.id).toEqual(cells(fromSqlite));
    }
  });
});

async function load(admin: Connection, table: OperationsTable): Promise<void> {
  await admin.query(createTableSql(table, 'mysql'));
  for (let start = 0; start < table.rows.length; start += 2000) {
    await admin.query(`insert into ${table.name} values ?`, [table.rows.slice(start, start + 2000)]);
  }
}
