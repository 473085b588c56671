import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#src/store/open-store.js';
import { PRINT_PEAK, type ProcessFigure, wholeProcess } from '../measuring/whole-process.js';
import { PANDAS_SCALE } from '../peers/pandas-scale.js';
import { projectRoot } from '../start-up/project-root.js';
import {
  centsText,
  MEASURES,
  measureIds,
  monthOf,
  type ScaleShape,
  unitIds,
  valueCents,
  writeScaleFiles,
} from './scale-data.js';
import { type ScaleSource, scaleLogicalTime, writeScaleSite } from './scale-site.js';
import { writeScaleTable } from './scale-table.js';
import { type Agreement, scoreAgreement } from './score-agreement.js';

/** A made-up site of many units, with what feeds it. */
export interface ScaleBench {
  /** Values there are: units × measures × months. */
  readonly values: number;
  /** `plumbline check`, whole process. */
  check(): Promise<ProcessFigure>;
  /** `plumbline run --once` into a new store, whole process. Throws on a wrong number. */
  collect(): Promise<ProcessFigure>;
  /** The same arithmetic in pandas, written to a new SQLite file: its figures alone, or the same output as ours. */
  pandas(python: string, written: PandasOutput): Promise<ProcessFigure>;
  /** Our scores against those of pandas, once both have written the same output. Throws where one is missing or differs. */
  agreement(): Agreement;
  dispose(): void;
}

/** `plain`: three tables of figures; `same`: the tables, columns and indexes of a reporting store. */
export type PandasOutput = 'plain' | 'same';

const PANDAS_FILES: Readonly<Record<PandasOutput, string>> = { plain: 'pandas.sqlite', same: 'pandas-store.sqlite' };

export function createScaleBench(source: ScaleSource, shape: ScaleShape): ScaleBench {
  const parent = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const folder = writeScaleSite(parent, source, shape);
  writeScaleFiles(parent, shape);
  const input = join(parent, source === 'csv' ? 'sales.csv' : 'sales.sqlite');
  if (source === 'table') writeScaleTable(input, shape);
  const preload = join(parent, 'print-peak.cjs');
  writeFileSync(preload, PRINT_PEAK);
  const plumbline = (...args: readonly string[]): Promise<ProcessFigure> => {
    const main = join(projectRoot, 'dist/src/cli/main.js');
    return wholeProcess(process.execPath, ['--require', preload, main, ...args, '--config', folder], { cwd: parent });
  };
  const forget = (name: string): string => {
    const file = join(parent, name);
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    return file;
  };
  return {
    values: shape.units * MEASURES * shape.months,
    check: () => plumbline('check'),
    async collect() {
      const store = forget('store.sqlite');
      const figure = await plumbline('run', '--once', '--at', scaleLogicalTime(shape));
      await assertStored(store, source, shape);
      return figure;
    },
    async pandas(python, written) {
      const out = forget(PANDAS_FILES[written]);
      if (written === 'same') await createStore(out);
      const args = ['-c', PANDAS_SCALE, input, join(parent, 'targets.csv'), out, written];
      const figure = await wholeProcess(python, args, { cwd: parent });
      const values = shape.units * MEASURES * shape.months;
      if (!figure.stdout.includes(`actuals ${values} scores ${values} `)) throw new Error(figure.stdout);
      return figure;
    },
    agreement: () => scoreAgreement(join(parent, 'store.sqlite'), join(parent, PANDAS_FILES.same)),
    dispose: () => rmSync(parent, { recursive: true, force: true }),
  };
}

async function createStore(file: string): Promise<void> {
  const store = await openStore({ client: 'sqlite', file });
  try {
    await store.migrate();
  } finally {
    await store.close();
  }
}

/** A figure of a collection that stored anything else than the exact values would be a figure of something else. */
async function assertStored(file: string, source: ScaleSource, { units, months }: ScaleShape): Promise<void> {
  const store = await openStore({ client: 'sqlite', file });
  try {
    const addresses = unitIds(units).flatMap((unit) => measureIds.map((measure) => `shops/${unit}/${measure}`));
    const found = new Map<string, string>();
    for (const { measure, period, value } of await store.read.currentActuals(addresses, '0001-01-01')) {
      found.set(`${measure} ${period.id}`, value);
    }
    if (found.size !== addresses.length * months) throw new Error(`The collection is wrong: ${found.size} values`);
    for (const [index, address] of addresses.entries()) {
      for (let month = 0; month < months; month += 1) {
        const cents = valueCents(Math.floor(index / MEASURES), index % MEASURES, month);
        const expected = source === 'csv' ? centsText(cents).replace(/\.?0+$/, '') : String(cents);
        const stored = found.get(`${address} ${monthOf(month)}`);
        if (stored !== expected) throw new Error(`${address} of ${monthOf(month)} must be ${expected}, is ${stored}`);
      }
    }
  } finally {
    await store.close();
  }
}
