// The exam that every connector sits, over SQLite: by a table and by a query.
import { chmodSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { databaseConnector } from '#connectors/database/definition.js';
import type { DatabaseExtract } from '#connectors/database/options.js';
import { type ExamRows, examineConnector, type Situation } from '#connectors/kit/index.js';
import { openFilesIn } from '../open-files.js';
import { SqliteFile } from './sqlite-file.js';

const COLUMNS = ['id', 'name', 'amount'] as const;
const ROWS: ExamRows = [
  ['1', 'a', '1.25'],
  ['2', 'b', '2.25'],
];

/** Both ways to say what is read, of a table `t` with a column `id`. */
const FORMS = {
  'a table': { table: 't', watermark: { column: 'id' } },
  'a query': {
    query: 'select t.* from t order by rowid',
    watermark: { query: 'select max(id) from t' },
  },
} satisfies Record<string, DatabaseExtract>;

/** A file with one table; `fill` gives it rows. */
function situation(extract: DatabaseExtract, columns: readonly string[], fill: (file: SqliteFile) => void): Situation {
  const file = new SqliteFile(`create table t (${columns.map((name) => `${name} text`).join(', ')})`);
  fill(file);
  const openOutside = openFilesIn(file.folder);
  return {
    connection: file.connection,
    extract,
    columns,
    rows: [],
    move: async () => file.run("insert into t (id) values ('moved')"),
    refill: async (rows) => {
      file.run('delete from t');
      insert(file, columns, rows);
    },
    ...(openOutside === undefined ? {} : { openOutside }),
    dispose: async () => file[Symbol.dispose](),
  };
}

function insert({ file }: SqliteFile, columns: readonly string[], rows: ExamRows): void {
  const database = new Database(file);
  const statement = database.prepare(`insert into t values (${columns.map(() => '?').join(', ')})`);
  database.transaction(() => {
    for (const row of rows) statement.run(...row);
  })();
  database.close();
}

function faulty(extract: DatabaseExtract, seed: (file: SqliteFile) => (() => void) | undefined): Situation {
  let undo: (() => void) | undefined;
  const made = situation(extract, COLUMNS, (file) => {
    insert(file, COLUMNS, ROWS);
    undo = seed(file);
  });
  return {
    ...made,
    dispose: async () => {
      undo?.();
      await made.dispose();
    },
  };
}

/** Each row takes the machine some milliseconds to find, and there is no end to them. */
const SLOW_ROWS = `
  with recursive r(i) as (select 1 union all select i + 1 from r)
  select i as id, 'x' as name,
         (with recursive n(k) as (select r.i union all select k + 1 from n where k < r.i + 10000) select max(k) from n)
           as amount
    from r`;

const isRoot = process.getuid?.() === 0;

for (const [form, extract] of Object.entries(FORMS)) {
  examineConnector(
    {
      connector: databaseConnector,
      filledWith: async (columns, rows) => ({
        ...situation(extract, columns, (file) => insert(file, columns, rows)),
        rows,
        places: rows.length > 2 ? new Map([[2, 'row 3']]) : new Map(),
      }),
      ofManyRows: async (count) =>
        situation(extract, ['id', 'amount', 'note'], (file) =>
          file.run(
            `insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
             select i, i || '.25', 'note' from n`,
          ),
        ),
      withBadRows: async () => ({
        ...situation(extract, COLUMNS, (file) => {
          insert(file, COLUMNS, ROWS.slice(0, 1));
          file.run("insert into t values ('7', x'00ff', '7.25'), (x'08', 'h', '8.25')");
          insert(file, COLUMNS, ROWS.slice(1));
          file.run("insert into t values ('9', 'i', x'')");
        }),
        rows: ROWS,
        rejectedAt: ['row 2', 'row 3', 'row 5'],
      }),
      faulty: {
        wrong_credentials: { notApplicable: 'a SQLite file asks for no login: who runs the process has its rights' },
        no_right: isRoot
          ? { notApplicable: 'this run is the super-user’s, who may read every file whatever its mode says' }
          : async () => faulty(extract, ({ file }) => void chmodSync(file, 0o000)),
        not_there: async () => faulty(extract, ({ file }) => void rmSync(file)),
        rate_limited: { notApplicable: 'a SQLite file does not count who reads it' },
        unavailable: async () =>
          faulty(extract, ({ file }) => {
            const writer = new Database(file);
            writer.exec('begin exclusive');
            return () => writer.close();
          }),
        cut_off: { notApplicable: 'nothing is sent; a file that is cut short is a damaged one, for good' },
        silent: {
          notApplicable:
            'SQLite runs inside this process: no other side falls silent, and its driver has no way to stop a query between two rows',
        },
        slow_drip: async () => ({ ...faulty(extract, () => undefined), extract: { query: SLOW_ROWS } }),
      },
      noSecrets: 'a SQLite file asks for no login: who runs the process has its rights',
      refusedConnections: [
        { options: { client: 'oracle', file: 'x' }, path: 'client' },
        { options: { client: 'sqlite' }, path: 'file' },
        { options: { client: 'sqlite', file: 'x', password: 'y' }, path: 'password' },
      ],
      refusedExtracts: [
        { source: { query: 'delete from t' }, path: 'query' },
        { source: { query: 'select 1; select 2' }, path: 'query' },
        { source: { query: 'select :since as a' }, path: 'query' },
        { source: { table: 'a.b.c' }, path: 'table' },
        { source: { table: 't', where: 'id =' }, path: 'where' },
        { source: { query: 'select 1 as a', where: 'a = 1' }, path: 'where' },
        { source: { table: 't', query: 'select 1 as a' }, path: '' },
      ],
    },
    { title: `database, ${form} of SQLite` },
  );
}
