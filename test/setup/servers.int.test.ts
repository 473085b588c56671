import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';

const mysqlUrl = process.env['PLUMBLINE_TEST_MYSQL_URL'] ?? '';
const temporalCli = process.env['PLUMBLINE_TEST_TEMPORAL_CLI'] ?? '';

describe("the tests' own servers", () => {
  it('reach test workers as environment variables', () => {
    expect(mysqlUrl).toMatch(/^mysql:\/\//);
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

  it('include a Temporal CLI that answers', () => {
    expect(execFileSync(temporalCli, ['--version'], { encoding: 'utf8' })).toMatch(/Server \d+\.\d+/);
  });
});
