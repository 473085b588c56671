import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Pinned, so that a ratio means the same next year. */
const PACKAGES = ['pandas==3.1.1', 'duckdb==2.0.0', 'dlt[duckdb]==1.31.0'];
const FOLDER = join(homedir(), '.cache/plumbline/bench', PACKAGES.join('_').replaceAll(/[^\w.=-]/g, ''));

/** The interpreter of a virtual environment that has the peers; makes it the first time. `undefined` without Python. */
export function pythonWithPeers(): string | undefined {
  const python = join(FOLDER, 'bin/python');
  if (existsSync(join(FOLDER, 'ready'))) return python;
  mkdirSync(FOLDER, { recursive: true });
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['python3', ['-m', 'venv', FOLDER]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]],
    ['touch', [join(FOLDER, 'ready')]],
  ];
  for (const [command, args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0) continue;
    process.stderr.write(
      `No Python peers: ${command} ${args.join(' ')} failed. ${error?.message ?? stderr.slice(-300)}\n`,
    );
    return undefined;
  }
  return python;
}

/** Each prints a line `month sum` for every month and, last, the most memory it used, in KiB. */
export const PRINT_MEMORY = 'import resource\nprint("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n';

/** pandas as people write it: types inferred, grouped by the month of the date's text. */
export const PANDAS = `
import sys
import pandas as pd
d = pd.read_csv(sys.argv[1])
g = d.groupby(d["booked_on"].str.slice(0, 7))
r = pd.DataFrame({"sum": g["amount"].sum(), "avg": g["amount"].mean(), "ratio": g["cost"].sum() / g["amount"].sum(), "count": g.size()})
for month, row in r.iterrows():
    print(month, row["sum"])
${PRINT_MEMORY}`;

export const DUCKDB = `
import sys
import duckdb
rows = duckdb.sql(f"""select strftime(booked_on, '%Y-%m'), sum(amount), avg(amount), sum(cost) / sum(amount), count(*)
  from read_csv('{sys.argv[1]}') group by 1 order by 1""").fetchall()
for row in rows:
    print(row[0], row[1])
${PRINT_MEMORY}`;

/** dlt's row path: rows from Python's csv reader through extract, normalise and load into DuckDB, then one query. */
export const DLT = `
import csv, os, sys, tempfile
import dlt
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
folder = tempfile.mkdtemp()
@dlt.resource(name="sales", columns={"amount": {"data_type": "decimal"}, "cost": {"data_type": "decimal"}, "booked_on": {"data_type": "date"}})
def sales():
    with open(sys.argv[1], newline="") as file:
        for row in csv.DictReader(file):
            yield row
pipeline = dlt.pipeline(pipeline_name="bench", pipelines_dir=folder, destination=dlt.destinations.duckdb(folder + "/landing.db"), dataset_name="landed")
pipeline.run(sales())
with pipeline.sql_client() as client:
    rows = client.execute_sql("select strftime(booked_on, '%Y-%m'), sum(amount), avg(amount), sum(cost) / sum(amount), count(*) from sales group by 1 order by 1")
for row in rows:
    print(row[0], row[1])
${PRINT_MEMORY}`;
