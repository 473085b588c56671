import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { CurrentActual } from '#src/store/types.js';
import { assertValues } from '../measuring/assert-values.js';
import { PRINT_PEAK, type ProcessFigure, wholeProcess } from '../measuring/whole-process.js';
import { startEphemeralMariadb } from '../servers/ephemeral-mariadb.js';
import { findProgram } from '../servers/find-program.js';
import { projectRoot } from '../start-up/project-root.js';
import { forgetStore, writeOrdersSite } from './orders-site.js';
import { createOrders, totalsOf } from './orders-table.js';

const COLLECT = new URL('./collect-orders.js', import.meta.url);
const BARE_QUERY = new URL('./bare-query.js', import.meta.url);

/** A process of which the reading was timed by itself, from the first connection to the last row or value. */
export interface ReadFigure extends ProcessFigure {
  readonly readMs: number;
}

/** A made-up table on a server of the bench's own. */
export interface OrdersBench {
  readonly rows: number;
  /** Collects the four measures into a new store, in a process of its own. Throws on a wrong number. */
  collect(options: { readonly pushDown: boolean }): Promise<ReadFigure>;
  /** The same rows or answer by the bare driver. Throws when there are not as many as expected. */
  query(sql: string, rows: number, manner?: 'bytes' | 'objects'): Promise<ReadFigure>;
  /** The statement that the server gets when it is to aggregate. */
  pushedStatement(): Promise<string>;
  dispose(): Promise<void>;
}

/** @returns `undefined` where there is no MariaDB; MySQL has no sequence engine to make the table with */
export async function createOrdersBench(rows: number): Promise<OrdersBench | undefined> {
  const program = findProgram(['mariadbd']);
  if (program === undefined) return undefined;
  const server = await startEphemeralMariadb(program, undefined, ['--innodb-buffer-pool-size=256M']);
  const parent = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const dispose = async (): Promise<void> => {
    await server.stop();
    rmSync(parent, { recursive: true, force: true });
  };
  try {
    const address = await createOrders(server.url, rows);
    const totals = totalsOf(rows);
    const { password, ...reached } = address;
    const folders = [false, true].map((pushDown) => writeOrdersSite(parent, address, pushDown));
    const preload = join(parent, 'print-peak.cjs');
    writeFileSync(preload, PRINT_PEAK);

    const run = async (script: URL, args: readonly string[]): Promise<ReadFigure> => {
      const command = ['--require', preload, fileURLToPath(script), ...args];
      const env = { BENCH_PASSWORD: password };
      const figure = await wholeProcess(process.execPath, command, { cwd: projectRoot, env });
      return { ...figure, readMs: Number.parseFloat(/^read (.+)$/m.exec(figure.stdout)?.[1] ?? '') };
    };
    const collect: OrdersBench['collect'] = async ({ pushDown }) => {
      const folder = folders[pushDown ? 1 : 0] ?? '';
      forgetStore(folder);
      const figure = await run(COLLECT, [folder]);
      const { actuals, descriptions }: { actuals: readonly CurrentActual[]; descriptions: readonly string[] } =
        JSON.parse(figure.stdout.split('\n')[0] ?? '');
      assertValues(actuals, totals);
      if (descriptions.includes('aggregated by the source') !== pushDown) throw new Error(descriptions.join('\n'));
      return figure;
    };
    return {
      rows,
      collect,
      async query(sql, expected, manner = 'bytes') {
        const figure = await run(BARE_QUERY, [JSON.stringify(reached), sql, manner]);
        const found = /^rows (\d+)$/m.exec(figure.stdout)?.[1];
        if (found !== String(expected)) throw new Error(`${sql} gave ${found} rows and not ${expected}`);
        return figure;
      },
      async pushedStatement() {
        const admin = await createConnection(server.url);
        try {
          await admin.query("set global log_output = 'TABLE', global general_log = on");
          await collect({ pushDown: true });
          await admin.query('set global general_log = off');
          const [logged] = await admin.query<RowDataPacket[]>(
            "select cast(argument as char) as statement from mysql.general_log where command_type = 'Query' and argument like '%group by%' and user_host like 'bench_reader%'",
          );
          const statement: unknown = logged[0]?.['statement'];
          if (logged.length !== 1 || typeof statement !== 'string') throw new Error(`${logged.length} were sent`);
          return statement;
        } finally {
          await admin.end();
        }
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
