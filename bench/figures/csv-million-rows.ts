import { createSalesBench } from '../csv/collect-sales.js';
import type { Figure, TableRow } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { compare, median } from '../measuring/ratio.js';
import { type ProcessFigure, wholeProcess } from '../measuring/whole-process.js';
import { CSV_PARSE, duckdbForNode } from '../peers/node-peers.js';
import { DLT, DUCKDB, PANDAS, pythonWithPeers } from '../peers/python-peers.js';
import { projectRoot } from '../start-up/project-root.js';

const ROWS = 1_000_000;
/** dlt's row path is slow: it gets a tenth of the file, and its time is taken ten times. */
const DLT_SHARE = 10;
const ROUNDS = 5;

interface Peer {
  readonly name: string;
  readonly run: () => Promise<ProcessFigure>;
}

/** One big file into four monthly measures: read, validated, accounted for, scored, stored. */
export const csvMillionRows: Figure = {
  id: 'csv-million-rows',
  title: '1M-row CSV → four monthly measures, whole process, against pandas, DuckDB, dlt and csv-parse',
  async measure() {
    const sales = createSalesBench(ROWS);
    const tenth = createSalesBench(ROWS / DLT_SHARE);
    try {
      const python = pythonWithPeers();
      const script = (text: string, file: string) => () =>
        wholeProcess(python ?? 'python3', ['-c', text, file], { cwd: projectRoot });
      const node = (text: string) => () =>
        wholeProcess(process.execPath, ['--input-type=module', '-e', text, sales.file], { cwd: projectRoot });
      const duckdbNode = python === undefined ? duckdbForNode() : undefined;
      const peers: readonly Peer[] = [
        ...(python === undefined
          ? []
          : [
              { name: 'pandas read_csv + group by', run: script(PANDAS, sales.file) },
              { name: 'DuckDB read_csv', run: script(DUCKDB, sales.file) },
            ]),
        ...(duckdbNode === undefined ? [] : [{ name: 'DuckDB read_csv, from Node', run: node(duckdbNode) }]),
        { name: 'csv-parse, objects', run: node(CSV_PARSE) },
      ];
      const [ours = [], ...others] = await alternate([() => sales.collect(), ...peers.map(({ run }) => run)], {
        rounds: ROUNDS,
        warmUps: 1,
      });
      const row = (name: string, figures: readonly ProcessFigure[], times: number): TableRow => {
        const own = ours.slice(0, figures.length).map((figure) => figure.ms);
        const { peer, ratio, lowest, highest } = compare(
          own,
          figures.map((figure) => figure.ms * times),
        );
        const peak = median(figures.map((figure) => figure.peakMib));
        return [name, seconds(peer), mib(peak), ratio.toFixed(3), `${lowest.toFixed(3)}–${highest.toFixed(3)}`];
      };
      const rows = peers.map(({ name }, index) => row(name, others[index] ?? [], 1));
      if (python !== undefined) {
        rows.push(row('dlt, rows (a tenth × 10)', [await script(DLT, tenth.file)()], DLT_SHARE));
      }
      return {
        header: ['', 'time', 'peak memory', 'plumbline ÷ this', 'range of ratios'],
        rows: [
          [
            'plumbline run --once',
            seconds(median(ours.map(({ ms }) => ms))),
            mib(median(ours.map(({ peakMib }) => peakMib))),
            '',
            '',
          ],
          ...rows,
        ],
        notes: [
          `${ROWS} rows, ${sales.megabytes.toFixed(0)} MB; every stored value compared with the exact one. Medians of ${ROUNDS} after a warm-up, in turn; dlt once.`,
          ...(python === undefined ? ['Without Python there is no pandas, DuckDB or dlt to compare with.'] : []),
        ],
      };
    } finally {
      sales.dispose();
      tenth.dispose();
    }
  },
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const mib = (value: number): string => `${value.toFixed(0)} MiB`;
