import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#src/store/open-store.js';
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
    const actuals = await store.read.currentActuals(['shop/revenue', 'shop/sales'], `${SALES_YEAR}-01-01`);
    const found = new Map(actuals.map(({ measure, period, value }) => [`${measure} ${period.id}`, value]));
    let counted = 0;
    for (const [month, total] of totals.months) {
      const cents = total.amountCents.toString().padStart(3, '0');
      const sum = `${cents.slice(0, -2)}.${cents.slice(-2)}`.replace(/\.?0+$/, '');
      if (found.get(`shop/revenue ${month}`) !== sum)
        throw new Error(`${month} must be ${sum}, is ${found.get(`shop/revenue ${month}`)}`);
      if (found.get(`shop/sales ${month}`) !== String(total.rows))
        throw new Error(`${month} must have ${total.rows} rows`);
      counted += total.rows;
    }
    if (counted !== rows) throw new Error(`${counted} rows of ${rows} are in the months`);
  } finally {
    await store.close();
  }
}
