// All figures of docs/performance.md, or those named: node dist/bench/main.js [figure …]
import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Figure } from './figure.js';
import { checkCpu } from './figures/check-cpu.js';
import { collectFiftyExtracts } from './figures/collect-fifty-extracts.js';
import { collectOneExtract } from './figures/collect-one-extract.js';
import { csvMillionRows } from './figures/csv-million-rows.js';
import { csvTenMillionRows } from './figures/csv-ten-million-rows.js';
import { databaseLocal } from './figures/database-local.js';
import { databasePushDown } from './figures/database-push-down.js';
import { scaleCsv } from './figures/scale-csv.js';
import { scaleTable } from './figures/scale-table.js';
import { sheetCalls } from './figures/sheet-calls.js';
import { statusCpu } from './figures/status-cpu.js';
import { sweepUnchanged } from './figures/sweep-unchanged.js';
import { textTable } from './measuring/text-table.js';

const FIGURES: readonly Figure[] = [
  checkCpu,
  statusCpu,
  collectOneExtract,
  collectFiftyExtracts,
  databaseLocal,
  databasePushDown,
  sheetCalls,
  csvMillionRows,
  csvTenMillionRows,
  scaleCsv,
  scaleTable,
  sweepUnchanged,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => FIGURES.every((figure) => figure.id !== id));
if (unknown.length > 0) {
  process.stderr.write(`No figure "${unknown.join('", "')}": there are ${FIGURES.map(({ id }) => id).join(', ')}.\n`);
  process.exitCode = 64;
} else {
  const [load = 0] = loadavg();
  process.stdout.write(
    `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), load ${load.toFixed(1)}\n`,
  );
  for (const figure of FIGURES.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
    process.stdout.write(`\n${figure.id}: ${figure.title}\n\n`);
    const result = await figure.measure();
    const lines = [...textTable(result), '', ...result.notes];
    process.stdout.write(`${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`);
  }
}
