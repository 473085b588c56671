import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#src/store/open-store.js';
import { assertValues } from '../measuring/assert-values.js';
import { PRINT_PEAK, type ProcessFigure, wholeProcess } from '../measuring/whole-process.js';
import { projectRoot } from '../start-up/project-root.js';
import { SALES_YEAR, type SalesTotals, writeSalesFile } from './sales-file.js';
import { writeSalesSite } from './sales-site.js';

/** A made-up shop with one big file. */
export interface SalesBench {
  readonly file: string;
  readonly rows: number;
  readonly megabytes: number;
  /** `plumbline run --once` into a new store: from the start of the process to its end. Throws on a wrong number. */
  collect(): Promise<ProcessFigure>;
  dispose(): void;
}

export function createSalesBench(rows: number): SalesBench {
  const parent = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const folder = writeSalesSite(parent);
  const file = join(folder, 'exports/sales.csv');
  const totals = writeSalesFile(file, rows);
  const preload = join(parent, 'print-peak.cjs');
  writeFileSync(preload, PRINT_PEAK);
  const main = join(projectRoot, 'dist/src/cli/main.js');
  const at = `${SALES_YEAR + 1}-01-10T06:30:00Z`;
  return {
    file,
    rows,
    megabytes: totals.bytes / 1e6,
    async collect() {
      const store = join(parent, 'store.sqlite');
      for (const suffix of ['', '-wal', '-shm']) rmSync(store + suffix, { force: true });
      const args = ['--require', preload, main, 'run', '--once', '--at', at, '--config', folder];
      const figure = await wholeProcess(process.execPath, args, { cwd: parent });
      await assertStored(store, totals, rows);
      return figure;
    },
    dispose: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** A figure of a collection that stored anything else than the exact values would be a figure of something else. */
async function assertStored(file: string, totals: SalesTotals, rows: number): Promise<void> {
  const store = await openStore({ client: 'sqlite', file });
  try {
    const measures = ['revenue', 'average-order', 'cost-share', 'orders'].map((id) => `shop/${id}`);
    assertValues(await store.read.currentActuals(measures, `${SALES_YEAR}-01-01`), totals.months);
    const counted = [...totals.months.values()].reduce((sum, month) => sum + month.rows, 0n);
    if (counted !== BigInt(rows)) throw new Error(`${counted} rows of ${rows} are in the months`);
  } finally {
    await store.close();
  }
}
