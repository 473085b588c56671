// The exam that every connector sits, over a real PostgreSQL server.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { examineConnector } from '#connectors/kit/index.js';
import { postgresAddress } from './server-databases.js';
import { EXAM_ALLOWANCE, type ExamServer, serverSubject } from './server-exam.js';

interface PostgresExam extends ExamServer {
  drop(): Promise<void>;
}

async function postgresExam(address: string): Promise<PostgresExam> {
  const url = new URL(address);
  const place = { host: url.hostname, port: Number(url.port || 5432) };
  const owner = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const database = `plumbline_${randomBytes(5).toString('hex')}`;
  const outer = new pg.Client({ ...place, ...owner, database: 'postgres' });
  await outer.connect();
  await outer.query(`create database ${database}`);
  const admin = new pg.Client({ ...place, ...owner, database });
  await admin.connect();
  const run = async (sql: string): Promise<void> => void (await admin.query(sql));
  return {
    run,
    async addAccount(user, password, table) {
      await run(`create role ${user} login password '${password}'`);
      await run(`grant select on ${table} to ${user}`);
    },
    async dropAccount(user) {
      await run(`drop owned by ${user}`);
      await run(`drop role ${user}`);
    },
    connection: (account) => ({ client: 'postgres', ...place, ...account, database, tls: 'off' }),
    async sessionsOf(user) {
      const { rows } = await admin.query('select pid from pg_stat_activity where usename = $1', [user]);
      return rows.length;
    },
    addLargeView: (name, count) =>
      run(
        `create view ${name} as
         select i::text as id, i || '.25' as amount, 'note'::text as note from generate_series(0, ${count - 1}) as i`,
      ),
    unreadable: { type: 'date', value: "'infinity'" },
    async crowd(user) {
      await run(`alter role ${user} connection limit 0`);
      return async () => {};
    },
    missingDatabase: async () => `plumbline_${randomBytes(5).toString('hex')}`,
    async drop() {
      await admin.end();
      await outer.query(`drop database ${database} with (force)`);
      await outer.end();
    },
  };
}

describe.skipIf(postgresAddress === undefined)('a real server', () => {
  let exam: PostgresExam;
  beforeAll(async () => {
    exam = await postgresExam(postgresAddress ?? '');
  });
  afterAll(() => exam.drop());

  examineConnector(
    serverSubject('postgres', () => exam),
    { title: 'database, PostgreSQL', allowance: EXAM_ALLOWANCE },
  );
});
