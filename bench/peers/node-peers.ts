import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const DUCKDB_PACKAGE = '@duckdb/node-api@1.5.6-r.1';
const FOLDER = join(homedir(), '.cache/plumbline/bench/duckdb-node-1.5.6-r.1');

/** Script of DuckDB's own package for Node, installed the first time; `undefined` where it cannot be. For machines without Python. */
export function duckdbForNode(): string | undefined {
  if (!existsSync(join(FOLDER, 'node_modules/@duckdb/node-api'))) {
    mkdirSync(FOLDER, { recursive: true });
    const { status, stderr } = spawnSync(
      'npm',
      ['install', '--prefix', FOLDER, '--no-audit', '--no-fund', DUCKDB_PACKAGE],
      {
        encoding: 'utf8',
      },
    );
    if (status !== 0) {
      process.stderr.write(`No DuckDB for Node: ${stderr.slice(-300)}\n`);
      return undefined;
    }
  }
  return `
import { createRequire } from 'node:module';
const { DuckDBInstance } = createRequire('${FOLDER}/')('@duckdb/node-api');
const connection = await (await DuckDBInstance.create()).connect();
const reader = await connection.runAndReadAll(\`select strftime(booked_on, '%Y-%m'), sum(amount), avg(amount), sum(cost) / sum(amount), count(*)
  from read_csv('\${process.argv[1]}') group by 1 order by 1\`);
for (const row of reader.getRowsJS()) console.log(row[0], row[1]);
console.log('peak', process.resourceUsage().maxRSS);
`;
}

/**
 * csv-parse as its documentation streams it: records as objects, numbers by hand. Run with `node --input-type=module -e`;
 * prints like the Python peers.
 */
export const CSV_PARSE = `
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
const months = new Map();
for await (const row of createReadStream(process.argv[1]).pipe(parse({ columns: true }))) {
  const month = row.booked_on.slice(0, 7);
  const total = months.get(month) ?? { sum: 0, cost: 0, count: 0 };
  total.sum += Number(row.amount);
  total.cost += Number(row.cost);
  total.count += 1;
  months.set(month, total);
}
for (const [month, { sum, cost, count }] of [...months].sort()) console.log(month, sum, sum / count, cost / sum, count);
console.log('peak', process.resourceUsage().maxRSS);
`;
