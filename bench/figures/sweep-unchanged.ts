import type { Figure, FigureResult } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { compare, median } from '../measuring/ratio.js';
import { createSweepSite } from '../sweep/sweep-site.js';

/** A year before the last one ends, and five years: the same sweep over little and much that is past. */
const YEAR = 12;
const FIVE_YEARS = 60;
const ROUNDS = 7;

/** What a look at nothing new costs, and whether it grows with what is past. */
export const sweepUnchanged: Figure = {
  id: 'sweep-unchanged',
  title: 'A sweep of 10,000 measures in which nothing has changed, after one year and after five',
  measure: measureSweep,
};

async function measureSweep(): Promise<FigureResult> {
  const year = await createSweepSite(YEAR);
  const five = await createSweepSite(FIVE_YEARS);
  try {
    const [short = [], long = []] = await alternate([year.sweep, five.sweep], { rounds: ROUNDS, warmUps: 2 });
    const wall = compare(
      long.map(({ wallMs }) => wallMs),
      short.map(({ wallMs }) => wallMs),
    );
    const row = (name: string, site: typeof year, costs: typeof short, ratio: readonly string[]) => [
      name,
      String(site.values),
      String(site.oldAlerts),
      `${(median(costs.map(({ wallMs }) => wallMs)) / 1000).toFixed(2)} s`,
      `${(median(costs.map(({ cpuMs }) => cpuMs)) / 1000).toFixed(2)} s`,
      ...ratio,
    ];
    return {
      header: ['stored', 'values', 'alerts that are over', 'a sweep', 'CPU', '÷ one year', 'range'],
      rows: [
        row('one year', year, short, ['', '']),
        row('five years', five, long, [wall.ratio.toFixed(2), `${wall.lowest.toFixed(2)}–${wall.highest.toFixed(2)}`]),
      ],
      notes: [
        `${year.measures} measures; a tenth of them stands off track, with an alert that is open. Medians of ${ROUNDS} after two warm-ups, in turn, in one process on SQLite. A second connection sees that no sweep has written anything.`,
      ],
    };
  } finally {
    await year.dispose();
    await five.dispose();
  }
}
