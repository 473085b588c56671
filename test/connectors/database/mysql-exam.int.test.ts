// The exam that every connector sits, over a real MySQL or MariaDB server.
import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe } from 'vitest';
import { examineConnector } from '#connectors/kit/index.js';
import { mysqlAddress } from './server-databases.js';
import { EXAM_ALLOWANCE, type ExamServer, serverSubject } from './server-exam.js';

interface MysqlExam extends ExamServer {
  drop(): Promise<void>;
}

async function mysqlExam(address: string): Promise<MysqlExam> {
  const url = new URL(address);
  const place = { host: url.hostname, port: Number(url.port || 3306) };
  const owner = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const database = `plumbline_${randomBytes(5).toString('hex')}`;
  const admin = await mysql.createConnection({ ...place, ...owner });
  const run = async (sql: string): Promise<void> => void (await admin.query(sql));
  await run(`create database ${database} character set utf8mb4`);
  await run(`use ${database}`);
  await run('create table digits (d int)');
  await run('insert into digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)');
  // For localhost too: where a server has an anonymous account there, that one would win over '%'.
  const accounts = (user: string): readonly string[] => [`'${user}'@'%'`, `'${user}'@'localhost'`];
  return {
    run,
    async addAccount(user, password, table) {
      for (const account of accounts(user)) {
        await run(`create user ${account} identified by '${password}'`);
        await run(`grant select on ${database}.${table} to ${account}`);
      }
    },
    async dropAccount(user) {
      for (const account of accounts(user)) await run(`drop user ${account}`);
    },
    connection: (account) => ({ client: 'mysql', ...place, ...account, database, tls: 'off' }),
    async sessionsOf(user) {
      const [rows] = await admin.query<mysql.RowDataPacket[]>(
        'select id from information_schema.processlist where user = ?',
        [user],
      );
      return rows.length;
    },
    async addLargeView(name, count) {
      const places = [...String(Math.max(count - 1, 0))].map((_, place) => place);
      const number = places.map((place) => `x${place}.d * ${10 ** place}`).join(' + ');
      await run(
        `create view ${name} as
         select cast(${number} as char) as id, concat(${number}, '.25') as amount, 'note' as note
           from ${places.map((place) => `digits x${place}`).join(', ')} where ${number} < ${count}`,
      );
    },
    unreadable: { type: 'blob', value: "x'00ff'" },
    async crowd(user, password) {
      for (const account of accounts(user)) await run(`alter user ${account} with max_user_connections 1`);
      const only = await mysql.createConnection({ ...place, user, password, database });
      return () => only.end();
    },
    async missingDatabase(user) {
      const missing = `plumbline_${randomBytes(5).toString('hex')}`;
      for (const account of accounts(user)) await run(`grant select on ${missing}.* to ${account}`);
      return missing;
    },
    async drop() {
      await run(`drop database ${database}`);
      await admin.end();
    },
  };
}

describe.skipIf(mysqlAddress === undefined)('a real server', () => {
  let exam: MysqlExam;
  beforeAll(async () => {
    exam = await mysqlExam(mysqlAddress ?? '');
  });
  afterAll(() => exam.drop());

  examineConnector(
    serverSubject('mysql', () => exam),
    { title: 'database, MySQL', allowance: EXAM_ALLOWANCE },
  );
});
