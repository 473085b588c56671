import type { FigureResult, TableRow } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { compare, median } from '../measuring/ratio.js';
import type { ProcessFigure } from '../measuring/whole-process.js';
import { pythonWithPeers } from '../peers/python-peers.js';
import { createScaleBench } from './scale-bench.js';
import { MEASURES } from './scale-data.js';
import type { ScaleSource } from './scale-site.js';
import type { Agreement } from './score-agreement.js';

const MONTHS = 3;
const UNITS = [100, 1_000, 2_500, 10_000];
/** The size that the goals are about. */
const COMPARED_UNITS = 2_500;
const ROUNDS = 3;

interface Measured {
  readonly ours: readonly ProcessFigure[];
  readonly same: readonly ProcessFigure[];
  readonly plain: readonly ProcessFigure[];
  readonly agreement?: Agreement;
  readonly check?: ProcessFigure;
}

/** A template of many units from one source: against pandas, and by itself over the number of units. */
export async function compareScale(source: ScaleSource): Promise<FigureResult> {
  const python = pythonWithPeers();
  // What a run costs before it has anything to do.
  const start = await measured(source, 1, undefined);
  const [startMs, startMib] = [
    median(start.ours.map(({ ms }) => ms)),
    median(start.ours.map(({ peakMib }) => peakMib)),
  ];
  const rows: TableRow[] = [];
  const notes: string[] = [];
  for (const units of UNITS) {
    const found = await measured(source, units, python);
    rows.push(rowOf(units, found, startMs, startMib));
    if (found.check !== undefined) notes.push(`check with ${units} units: ${seconds(found.check.ms)}.`);
    if (found.agreement === undefined) continue;
    const { scores, otherStatus } = found.agreement;
    notes.push(
      `${units} units: ${scores} scores are those of pandas; floats put ${otherStatus} on the other side of a limit.`,
    );
  }
  return {
    header: [
      'units',
      'plumbline',
      'a value',
      'peak',
      'a value',
      'pandas, same output',
      'time ÷',
      'range',
      'peak ÷',
      'pandas, figures alone',
      'time ÷',
    ],
    rows,
    notes: [
      `${MEASURES} measures a unit, ${MONTHS} months, a target for each unit and measure; a value is one measure of one unit in one month, without the ${seconds(startMs)} and ${startMib.toFixed(0)} MiB of a run of one unit. Every stored value compared with the exact one. Medians of ${ROUNDS} after a warm-up, in turn, whole processes.`,
      ...notes,
      ...(python === undefined ? ['Without Python there is no pandas to compare with.'] : []),
    ],
  };
}

async function measured(source: ScaleSource, units: number, python: string | undefined): Promise<Measured> {
  const bench = createScaleBench(source, { units, months: MONTHS });
  try {
    const peers = python === undefined ? [] : [() => bench.pandas(python, 'same'), () => bench.pandas(python, 'plain')];
    const [ours = [], same = [], plain = []] = await alternate([() => bench.collect(), ...peers], {
      rounds: ROUNDS,
      warmUps: 1,
    });
    return {
      ours,
      same,
      plain,
      ...(python === undefined ? {} : { agreement: bench.agreement() }),
      ...(units === COMPARED_UNITS ? { check: await bench.check() } : {}),
    };
  } finally {
    bench.dispose();
  }
}

function rowOf(units: number, { ours, same, plain }: Measured, startMs: number, startMib: number): TableRow {
  const time = median(ours.map(({ ms }) => ms));
  const peak = median(ours.map(({ peakMib }) => peakMib));
  const values = units * MEASURES * MONTHS;
  const own = [
    String(units),
    seconds(time),
    `${(((time - startMs) * 1000) / values).toFixed(0)} µs`,
    `${peak.toFixed(0)} MiB`,
    `${(((peak - startMib) * 1024) / values).toFixed(1)} KiB`,
  ];
  if (same.length === 0) return [...own, '', '', '', '', '', ''];
  const times = ratios(ours, same, ({ ms }) => ms);
  const plainTimes = ratios(ours, plain, ({ ms }) => ms);
  return [
    ...own,
    seconds(times.peer),
    times.ratio.toFixed(2),
    `${times.lowest.toFixed(2)}–${times.highest.toFixed(2)}`,
    ratios(ours, same, ({ peakMib }) => peakMib).ratio.toFixed(2),
    seconds(plainTimes.peer),
    plainTimes.ratio.toFixed(1),
  ];
}

function ratios(ours: readonly ProcessFigure[], peer: readonly ProcessFigure[], of: (figure: ProcessFigure) => number) {
  return compare(ours.map(of), peer.map(of));
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
