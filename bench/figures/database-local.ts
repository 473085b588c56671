import { createOrdersBench, type ReadFigure } from '../database/orders-bench.js';
import { without } from '../database/without-server.js';
import type { Figure, TableRow } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { compare, median } from '../measuring/ratio.js';

const ROWS = 1_000_000;
const ROUNDS = 7;
const SAME_COLUMNS = 'select booked_on, amount, cost from orders';

/** A table read row by row into four monthly measures, against the driver alone reading the same columns. */
export const databaseLocal: Figure = {
  id: 'database-local',
  title: '1M-row MariaDB table → four monthly measures, aggregated here, against a bare mysql2 stream',
  async measure() {
    const bench = await createOrdersBench(ROWS);
    if (bench === undefined) return without('MariaDB');
    try {
      const [ours = [], bytes = [], objects = []] = await alternate(
        [
          () => bench.collect({ pushDown: false }),
          () => bench.query(SAME_COLUMNS, ROWS, 'bytes'),
          () => bench.query(SAME_COLUMNS, ROWS, 'objects'),
        ],
        { rounds: ROUNDS, warmUps: 1 },
      );
      const row = (name: string, peers: readonly ReadFigure[], of: (figure: ReadFigure) => number): TableRow => {
        const { ours: own, peer, ratio, lowest, highest } = compare(ours.map(of), peers.map(of));
        return [name, seconds(own), seconds(peer), ratio.toFixed(2), `${lowest.toFixed(2)}–${highest.toFixed(2)}`];
      };
      const peak = median(ours.map(({ peakMib }) => peakMib));
      return {
        header: ['against mysql2, the same columns', 'plumbline', 'this', 'ratio', 'range'],
        rows: [
          row('raw bytes counted, reading', bytes, ({ readMs }) => readMs),
          row('rows as objects, reading', objects, ({ readMs }) => readMs),
          row('raw bytes counted, whole process', bytes, ({ ms }) => ms),
          row('rows as objects, whole process', objects, ({ ms }) => ms),
        ],
        notes: [
          `${ROWS} rows; every stored value compared with the exact one. Medians of ${ROUNDS} after a warm-up, in turn, each in a process of its own.`,
          'Reading: from loading the driver to the last row; of plumbline to the last value stored. Whole process: with start, configuration, new store, scores.',
          'Raw bytes: not turned into anything, the least the driver can do. Objects: what it gives to whoever sets nothing, taken one by one.',
          `Peak memory ${peak.toFixed(0)} MiB.`,
        ],
      };
    } finally {
      await bench.dispose();
    }
  },
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
