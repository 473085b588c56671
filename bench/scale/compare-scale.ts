import type { FigureResult, TableRow } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { compare, median } from '../measuring/ratio.js';
import type { ProcessFigure } from '../measuring/whole-process.js';
import { pythonWithPeers } from '../peers/python-peers.js';
import { createScaleBench } from './scale-bench.js';
import { MEASURES } from './scale-data.js';
import type { ScaleSource } from './scale-site.js';

const MONTHS = 3;
const UNITS = [100, 1_000, 2_500, 10_000];
/** The size that the goals are about. */
const COMPARED_UNITS = 2_500;
const ROUNDS = 3;

/** A template of many units from one source: against pandas, and by itself over the number of units. */
export async function compareScale(source: ScaleSource): Promise<FigureResult> {
  const python = pythonWithPeers();
  const rows: TableRow[] = [];
  let check: ProcessFigure | undefined;
  for (const units of UNITS) {
    const bench = createScaleBench(source, { units, months: MONTHS });
    try {
      if (units === COMPARED_UNITS) check = await bench.check();
      const things = [() => bench.collect(), ...(python === undefined ? [] : [() => bench.pandas(python)])];
      const [ours = [], peer = []] = await alternate(things, { rounds: ROUNDS, warmUps: 1 });
      rows.push(rowOf(units, bench.values, ours, peer));
    } finally {
      bench.dispose();
    }
  }
  const checked = check === undefined ? [] : [`check with ${COMPARED_UNITS} units: ${seconds(check.ms)}.`];
  return {
    header: ['units', 'plumbline', 'a value', 'peak', 'a value', 'pandas', 'time ÷ pandas', 'range', 'peak ÷ pandas'],
    rows,
    notes: [
      `${MEASURES} measures a unit, ${MONTHS} months, a target for each unit and measure; a value is one measure of one unit in one month. Every stored value compared with the exact one. Medians of ${ROUNDS} after a warm-up, in turn, whole processes.`,
      ...checked,
      ...(python === undefined ? ['Without Python there is no pandas to compare with.'] : []),
    ],
  };
}

function rowOf(
  units: number,
  values: number,
  ours: readonly ProcessFigure[],
  peer: readonly ProcessFigure[],
): TableRow {
  const time = median(ours.map(({ ms }) => ms));
  const peak = median(ours.map(({ peakMib }) => peakMib));
  const own = [
    String(units),
    seconds(time),
    `${((time * 1000) / values).toFixed(0)} µs`,
    `${peak.toFixed(0)} MiB`,
    `${((peak * 1024) / values).toFixed(2)} KiB`,
  ];
  if (peer.length === 0) return [...own, '', '', '', ''];
  const times = compare(
    ours.map(({ ms }) => ms),
    peer.map(({ ms }) => ms),
  );
  const peaks = compare(
    ours.map(({ peakMib }) => peakMib),
    peer.map(({ peakMib }) => peakMib),
  );
  return [
    ...own,
    seconds(times.peer),
    times.ratio.toFixed(2),
    `${times.lowest.toFixed(2)}–${times.highest.toFixed(2)}`,
    peaks.ratio.toFixed(2),
  ];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
