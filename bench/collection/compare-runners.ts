import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevServer } from '#src/temporal/dev-server.js';
import { freePort } from '#src/temporal/free-port.js';
import type { FigureResult, TableRow } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { type Comparison, compare } from '../measuring/ratio.js';
import { collectInProcess } from './in-process.js';
import type { ManyMeasures } from './many-measures.js';
import type { RoundCosts } from './round-costs.js';
import { collectThroughTemporal } from './through-temporal.js';

const ROUNDS = 5;
const WARM_UPS = 1;

/** Times the same collection through Temporal and in process, in turn, each time on a fresh store. */
export async function compareRunners(
  shape: Pick<ManyMeasures, 'extracts' | 'measuresPerExtract'>,
): Promise<FigureResult> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-server-'));
  const server = await startDevServer({ folder, env: process.env, port: await freePort(), ui: false });
  try {
    let made = 0;
    // A name of its own each time, so that no schedule or task queue is met twice.
    const named = () => ({ ...shape, site: `bench-${++made}` });
    const counts: { readonly activities: number; readonly events: number; readonly bytes: number }[] = [];
    const [temporal = [], inProcess = []] = await alternate(
      [
        async () => {
          const { first, again, ...history } = await collectThroughTemporal(named(), server.address);
          counts.push(history);
          return { first, again };
        },
        () => collectInProcess(named()),
      ],
      { rounds: ROUNDS, warmUps: WARM_UPS },
    );
    const row = (what: string, amountOf: (costs: RoundCosts) => number): TableRow =>
      rowOf(what, compare(temporal.map(amountOf), inProcess.map(amountOf)));
    const measures = shape.extracts * shape.measuresPerExtract;
    return {
      header: ['', 'through Temporal', 'in process', 'ratio', 'range of ratios'],
      rows: [
        row('first collection, time', ({ first }) => first.wallMs),
        row('first collection, CPU', ({ first }) => first.cpuMs),
        row('second, identical, time', ({ again }) => again.wallMs),
        row('second, identical, CPU', ({ again }) => again.cpuMs),
      ],
      notes: [
        `Median of ${ROUNDS} pairs after ${WARM_UPS} warm-up; ${measures} measures, 24 months, fresh stores.`,
        'CPU is that of the process that runs the steps, without the Temporal server.',
        ...counts
          .slice(-1)
          .map(({ activities, events, bytes }) => historyNote({ activities, events, bytes, measures })),
      ],
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function historyNote(count: { activities: number; events: number; bytes: number; measures: number }): string {
  const { activities, events, bytes, measures } = count;
  const each = (amount: number, digits: number): string => (amount / measures).toFixed(digits);
  return (
    `One run: ${activities} activities (${each(activities, 4)} a measure), ${events} events, ` +
    `${bytes} bytes of history as the server counts them (${each(bytes, 1)} a measure).`
  );
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const rowOf = (what: string, { ours, peer, ratio, lowest, highest }: Comparison): TableRow => [
  what,
  seconds(ours),
  seconds(peer),
  ratio.toFixed(2),
  `${lowest.toFixed(2)}–${highest.toFixed(2)}`,
];
