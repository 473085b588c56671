import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { describe, expect, it } from 'vitest';

const mysqlUrl = process.env['PLUMBLINE_TEST_MYSQL_URL'] ?? '';
const postgresUrl = process.env['PLUMBLINE_TEST_POSTGRES_URL'] ?? '';
const temporalCli = process.env['PLUMBLINE_TEST_TEMPORAL_CLI'] ?? '';

describe("the tests' own servers", () => {
  it('reach test workers as environment variables', () => {
    expect(mysqlUrl).toMatch(/^mysql:\/\//);
    expect(postgresUrl).toMatch(/^postgres(ql)?:\/\//);
    expect(temporalCli).not.toBe('');
  });

  it('let tests make databases and users', async () => {
    const connection = await createConnection(mysqlUrl);
    try {
      await connection.query('create database plumbline_servers_test');
      await connection.query("create user plumbline_servers_test@'%' identified by 'x'");
      await connection.query("grant select on plumbline_servers_test.* to plumbline_servers_test@'%'");
    } finally {
      await connection.query('drop database if exists plumbline_servers_test');
      await connection.query("drop user if exists plumbline_servers_test@'%'");
      await connection.end();
    }
  });

  it.runIf(process.platform === 'linux' && !process.env['MYSQL_URL'])('do not run as root', async () => {
    const connection = await createConnection(mysqlUrl);
    const [rows] = await connection.query('select @@pid_file as pid_file');
    await connection.end();
    const pidFile = (rows as { pid_file: string }[])[0]?.pid_file ?? '';
    const status = readFileSync(`/proc/${readFileSync(pidFile, 'utf8').trim()}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
  });

  it('let tests make PostgreSQL databases and roles', async () => {
    const client = new pg.Client({ connectionString: `${postgresUrl}/postgres` });
    await client.connect();
    try {
      await client.query('create database plumbline_servers_test');
      await client.query("create role plumbline_servers_test login password 'x'");
    } finally {
      await client.query('drop database if exists plumbline_servers_test');
      await client.query('drop role if exists plumbline_servers_test');
      await client.end();
    }
  });

  it.runIf(process.platform === 'linux' && !process.env['POSTGRES_URL'])('run PostgreSQL not as root', async () => {
    const client = new pg.Client({ connectionString: `${postgresUrl}/postgres` });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const status = readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8');
    await client.end();
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
  });

  it('include a Temporal CLI that answers', () => {
    expect(execFileSync(temporalCli, ['--version'], { encoding: 'utf8' })).toMatch(/Server \d+\.\d+/);
  });
});
