import { createOrdersBench, type ReadFigure } from '../database/orders-bench.js';
import { ORDERS_YEAR } from '../database/orders-table.js';
import { without } from '../database/without-server.js';
import type { Figure, TableRow } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { compare } from '../measuring/ratio.js';

const ROWS = 1_000_000;
const ROUNDS = 9;
const DAYS = 365;
/** What a person would write for the same four numbers a month, taking the data as it is. */
const BY_HAND = `select extract(year_month from booked_on) as month, sum(amount), avg(amount), sum(cost) / sum(amount), count(*)
  from orders where booked_on >= '${ORDERS_YEAR}-01-01' and booked_on < '${ORDERS_YEAR + 1}-01-01' group by 1`;

/** The same measures aggregated by the database, against the statement alone and one written by hand. */
export const databasePushDown: Figure = {
  id: 'database-push-down',
  title: '1M-row MariaDB table → four monthly measures, aggregated by the database, against the query alone',
  async measure() {
    const bench = await createOrdersBench(ROWS);
    if (bench === undefined) return without('MariaDB');
    try {
      const statement = await bench.pushedStatement();
      const [ours = [], alone = [], byHand = []] = await alternate(
        [() => bench.collect({ pushDown: true }), () => bench.query(statement, DAYS), () => bench.query(BY_HAND, 12)],
        { rounds: ROUNDS, warmUps: 1 },
      );
      const row = (name: string, peers: readonly ReadFigure[], of: (figure: ReadFigure) => number): TableRow => {
        const { ours: own, peer, ratio, lowest, highest } = compare(ours.map(of), peers.map(of));
        return [name, seconds(own), seconds(peer), ratio.toFixed(2), `${lowest.toFixed(2)}–${highest.toFixed(2)}`];
      };
      const reading = ({ readMs }: ReadFigure): number => readMs;
      return {
        header: ['against', 'plumbline', 'this', 'ratio', 'range'],
        rows: [
          row('the statement it sends, reading', alone, reading),
          row('a month by hand, reading', byHand, reading),
          row('the statement it sends, whole process', alone, ({ ms }) => ms),
        ],
        notes: [
          `${ROWS} rows; every stored value compared with the exact one. Medians of ${ROUNDS} after a warm-up, in turn, each in a process of its own.`,
          'Reading: from loading the driver to the last row; of plumbline to the last value stored.',
          `It sends: ${statement}`,
        ],
      };
    } finally {
      await bench.dispose();
    }
  },
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
