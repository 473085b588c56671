import { createSalesBench } from '../csv/collect-sales.js';
import type { Figure } from '../figure.js';
import { type ProcessFigure, wholeProcess } from '../measuring/whole-process.js';
import { DUCKDB, PANDAS, pythonWithPeers } from '../peers/python-peers.js';
import { projectRoot } from '../start-up/project-root.js';

const ROWS = 10_000_000;

/** Memory must not grow with the file; and with ten times the rows, start-up hardly counts. */
export const csvTenMillionRows: Figure = {
  id: 'csv-ten-million-rows',
  title: '10M-row CSV → four monthly measures, whole process: time and memory',
  async measure() {
    const sales = createSalesBench(ROWS);
    try {
      // The first run waits until the file has stood still for a second.
      await sales.collect();
      const ours = await sales.collect();
      const python = pythonWithPeers();
      const peer = (script: string) =>
        wholeProcess(python ?? 'python3', ['-c', script, sales.file], { cwd: projectRoot });
      const row = (name: string, figure: ProcessFigure): string[] => [
        name,
        `${(figure.ms / 1000).toFixed(2)} s`,
        `${figure.peakMib.toFixed(0)} MiB`,
        (ours.ms / figure.ms).toFixed(2),
        (ours.peakMib / figure.peakMib).toFixed(2),
      ];
      return {
        header: ['', 'time', 'peak memory', 'time: plumbline ÷ this', 'memory: plumbline ÷ this'],
        rows: [
          row('plumbline run --once', ours),
          ...(python === undefined
            ? []
            : [row('pandas read_csv + group by', await peer(PANDAS)), row('DuckDB read_csv', await peer(DUCKDB))]),
        ],
        notes: [
          `${ROWS} rows, ${sales.megabytes.toFixed(0)} MB; every stored value compared with the exact one. Once each; memory is the largest resident set.`,
          ...(python === undefined ? ['Without Python there is no pandas and no DuckDB to compare with.'] : []),
        ],
      };
    } finally {
      sales.dispose();
    }
  },
};
