import { createSalesBench } from '../csv/collect-sales.js';
import type { Figure } from '../figure.js';

/** Memory must not grow with the file. */
export const csvTenMillionRows: Figure = {
  id: 'csv-ten-million-rows',
  title: '10M-row CSV against 1M rows: memory and time',
  async measure() {
    const rows: string[][] = [];
    let small: { ms: number; peakMib: number } | undefined;
    for (const count of [1_000_000, 10_000_000]) {
      const sales = createSalesBench(count);
      try {
        const figure = await sales.collect();
        small ??= figure;
        rows.push([
          `${count} rows, ${sales.megabytes.toFixed(0)} MB`,
          `${(figure.ms / 1000).toFixed(2)} s`,
          `${figure.peakMib.toFixed(0)} MiB`,
          (figure.ms / small.ms).toFixed(2),
          (figure.peakMib / small.peakMib).toFixed(2),
        ]);
      } finally {
        sales.dispose();
      }
    }
    return {
      header: ['', 'time', 'peak memory', 'time ÷ first', 'memory ÷ first'],
      rows,
      notes: ['Whole process of `plumbline run --once`, once each; memory is the largest resident set.'],
    };
  },
};
