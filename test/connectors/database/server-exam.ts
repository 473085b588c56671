// What the exams of the servers have in common: tables of their own, an account for each, and a door for what goes wrong.
import { randomBytes } from 'node:crypto';
import { databaseConnector } from '#connectors/database/definition.js';
import type { ServerConnection } from '#connectors/database/options.js';
import {
  type Allowance,
  DEFAULT_ALLOWANCE,
  type ExamRows,
  type ExamSubject,
  type NotApplicable,
  type Situation,
} from '#connectors/kit/index.js';
import type { RawCell } from '#connectors/sdk/types.js';
import { type DoorFault, openDoor } from './faulty-door.js';

/** A server on which the exam may do what it likes, as one that may do it. */
export interface ExamServer {
  run(sql: string): Promise<void>;
  /** Makes an account with the right to read `table` alone, or one that is there already when `table` is absent. */
  addAccount(user: string, password: string, table: string): Promise<void>;
  dropAccount(user: string): Promise<void>;
  /** Connects without TLS, which a door could not look into. */
  connection(account: { readonly user: string; readonly password: string }): ServerConnection;
  /** Sessions that the account has on the server now, as the server tells. */
  sessionsOf(user: string): Promise<number>;
  /** Makes a view of `count` rows with the columns id, amount and note, which are worked out when it is read. */
  addLargeView(name: string, count: number): Promise<void>;
  /** A column type of which the connector rejects each value but null, and such a value. */
  readonly unreadable: { readonly type: string; readonly value: string };
  /** Lets the account in no further for now; answers how to stop that. */
  crowd(user: string, password: string): Promise<() => Promise<void>>;
  /** A database that is not there, to which the account would have the right. */
  missingDatabase(user: string): Promise<string>;
}

/** A server that fell silent is given most of a second to stop a query, which leaves a busy machine little of it. */
export const EXAM_ALLOWANCE: Allowance = { ...DEFAULT_ALLOWANCE, abortMs: 2_000 };

const COLUMNS = ['id', 'name', 'amount'] as const;
const LARGE_COLUMNS = ['id', 'amount', 'note'] as const;
const ROWS: ExamRows = [
  ['1', 'a', null],
  ['4', 'd', null],
];
const MARKER = 'exam_marker';

const hex = (): string => randomBytes(5).toString('hex');
const literal = (cell: RawCell): string => (cell === null ? 'null' : `'${cell.replaceAll("'", "''")}'`);

/** @param server made before the first check is asked */
export function serverSubject(client: ServerConnection['client'], server: () => ExamServer): ExamSubject {
  /** A table of its own and an account that may read it, which are gone with the situation. */
  async function situation(
    columns: readonly string[],
    fill: (table: string) => Promise<void>,
    change: (made: {
      readonly table: string;
      readonly user: string;
      readonly password: string;
      /** For what has to be undone before the rest is. */
      readonly before: (undo: () => Promise<void>) => void;
    }) => Promise<Partial<Situation>> = async () => ({}),
  ): Promise<Situation> {
    const { run, addAccount, dropAccount, connection, sessionsOf } = server();
    const [table, user, password] = [`t_${hex()}`, `r_${hex()}`, `pass-${hex()}`];
    await fill(table);
    await addAccount(user, password, table);
    const undoing: (() => Promise<void>)[] = [];
    return {
      connection: connection({ user, password }),
      extract: { table, watermark: { column: 'id' } },
      columns,
      rows: [],
      secrets: [password],
      move: () => run(`insert into ${table} (id) values ('moved')`),
      refill: async (rows) => {
        await run(`delete from ${table}`);
        await insert(table, rows);
      },
      openOutside: () => sessionsOf(user),
      ...(await change({ table, user, password, before: (undo) => undoing.push(undo) })),
      dispose: async () => {
        for (const undo of undoing) await undo();
        await dropAccount(user);
        await run(`drop ${columns === LARGE_COLUMNS ? 'view' : 'table'} ${table}`);
      },
    };
  }

  const insert = async (table: string, rows: ExamRows): Promise<void> => {
    if (rows.length === 0) return;
    const values = rows.map((row) => `(${row.map(literal).join(', ')})`);
    await server().run(`insert into ${table} values ${values.join(', ')}`);
  };
  const withRows = (columns: readonly string[], rows: ExamRows) => async (table: string) => {
    await server().run(`create table ${table} (${columns.map((name) => `${name} text`).join(', ')})`);
    await insert(table, rows);
  };
  const large = (count: number) => (table: string) => server().addLargeView(table, count);

  /** The answer comes through a door, and the fault with it. */
  const behindDoor = (fault: DoorFault) => () =>
    situation(LARGE_COLUMNS, large(200_000), async ({ table, user, password, before }) => {
      const connection = server().connection({ user, password });
      const door = await openDoor(connection, MARKER, fault);
      before(() => door.close());
      return {
        connection: { ...connection, host: '127.0.0.1', port: door.port },
        extract: { query: `select id, amount, note from ${table} where '${MARKER}' <> ''` },
      };
    });

  const notApplicable = (reason: string): NotApplicable => ({ notApplicable: reason });
  return {
    connector: databaseConnector,
    filledWith: (columns, rows) =>
      situation(columns, withRows(columns, rows), async () => ({
        rows,
        places: rows.length > 2 ? new Map([[2, 'row 3']]) : new Map(),
      })),
    ofManyRows: (count) => situation(LARGE_COLUMNS, large(count)),
    withBadRows: () =>
      situation(
        COLUMNS,
        async (table) => {
          const { run, unreadable } = server();
          await run(`create table ${table} (id text, name text, amount ${unreadable.type})`);
          await run(`insert into ${table} values ('1', 'a', null), ('2', 'b', ${unreadable.value})`);
          await run(`insert into ${table} values ('3', 'c', ${unreadable.value}), ('4', 'd', null)`);
        },
        async () => ({ rows: ROWS, rejectedAt: ['row 2', 'row 3'] }),
      ),
    faulty: {
      wrong_credentials: () =>
        situation(COLUMNS, withRows(COLUMNS, ROWS), async ({ user, password }) => {
          const wrong = `wrong-${hex()}`;
          return { connection: server().connection({ user, password: wrong }), secrets: [password, wrong] };
        }),
      no_right: async () => {
        const other = await situation(COLUMNS, withRows(COLUMNS, ROWS));
        return situation(COLUMNS, withRows(COLUMNS, ROWS), async ({ before }) => {
          before(other.dispose);
          return { extract: other.extract };
        });
      },
      not_there: () =>
        situation(COLUMNS, withRows(COLUMNS, ROWS), async ({ user, password }) => {
          const database = await server().missingDatabase(user);
          return { connection: { ...server().connection({ user, password }), database } };
        }),
      rate_limited: notApplicable('a database server sets no rate and names no time to wait: too many is too busy'),
      unavailable: () =>
        situation(COLUMNS, withRows(COLUMNS, ROWS), async ({ user, password, before }) => {
          before(await server().crowd(user, password));
          return {};
        }),
      cut_off: behindDoor('cut_off'),
      silent: behindDoor('silent'),
      slow_drip: behindDoor('slow_drip'),
    },
    refusedConnections: [
      { options: { client, host: 'h', user: 'u', database: 'd' }, path: 'password' },
      { options: { client, host: 'h', user: 'u', password: 'p', database: 'd', port: 0 }, path: 'port' },
      { options: { client, host: 'h', user: 'u', password: 'p', database: 'd', tls: 'maybe' }, path: 'tls' },
      { options: { client, host: 'h', user: 'u', password: 'p', database: 'd', cert: 'c.pem' }, path: 'cert' },
    ],
    refusedExtracts: [
      { source: { query: 'update t set id = 1' }, path: 'query' },
      { source: { table: 'a.b.c' }, path: 'table' },
    ],
  };
}
