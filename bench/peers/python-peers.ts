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
const PRINT_MEMORY = 'import resource\nprint("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n';

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

/**
 * The arithmetic of a template, as people write it in pandas: values of a unit and month, percent of the unit's own target,
 * a score on a straight line from 80 to 100 %, status, weighted means up to the scorecard of each unit and over all units;
 * everything written to SQLite, values, scores of measures, scores of nodes.
 *
 * Arguments: sales.csv or sales.sqlite (table `sales`, values in hundredths), targets.csv, the new SQLite file.
 */
export const PANDAS_SCALE = `
import sqlite3, sys
import numpy as np
import pandas as pd
source, targets_file, out = sys.argv[1:4]
if source.endswith(".sqlite"):
    with sqlite3.connect(source) as db:
        d = pd.read_sql_query("select * from sales", db)
    scale = 100
else:
    d = pd.read_csv(source)
    scale = 1
values = [c for c in d.columns if c.startswith("v")]
d["period"] = d["day"].str.slice(0, 7)
a = d.groupby(["shop", "period"])[values].sum().reset_index().melt(["shop", "period"], values, "measure", "value")
a["measure"] = a["measure"].str.replace("v", "m")
t = pd.read_csv(targets_file)
t = t.melt("shop", [c for c in t.columns if c.startswith("t")], "measure", "target")
t["measure"] = t["measure"].str.replace("t", "m")
s = a.merge(t, on=["shop", "measure"])
s["target"] *= scale
s["percent"] = s["value"] * 100 / s["target"]
s["score"] = ((s["percent"] - 80) / 20).clip(0, 1)
s["status"] = np.select([s["percent"] >= 100, s["percent"] >= 90], ["on_track", "at_risk"], "off_track")
number = s["measure"].str.slice(1).astype(int) - 1
s["weight"] = 1 + number % 3
s["objective"] = np.array(["sell", "save", "serve", "learn"])[number // 3]
s["perspective"] = np.where(number < 6, "money", "people")
def mean_of(frame, keys, weight):
    g = frame.assign(weighted=frame["score"] * weight, weight=weight).groupby(keys)[["weighted", "weight"]].sum()
    return (g["weighted"] / g["weight"]).rename("score").reset_index()
objectives = mean_of(s, ["shop", "period", "perspective", "objective"], s["weight"])
perspectives = mean_of(objectives, ["shop", "period", "perspective"], 1)
cards = mean_of(perspectives, ["shop", "period"], 1)
total = mean_of(cards, ["period"], 1)
def nodes(frame, kind, *parts):
    node = "shops"
    for part in parts:
        node = node + "/" + frame[part]
    return pd.DataFrame({"node": node, "kind": kind, "period_id": frame["period"], "score": frame["score"]})
n = pd.concat([nodes(objectives, "objective", "shop", "objective"), nodes(perspectives, "perspective", "shop", "perspective"),
               nodes(cards, "scorecard", "shop"), nodes(total, "scorecard")])
n["status"] = np.select([n["score"] >= 0.8, n["score"] >= 0.5], ["on_track", "at_risk"], "off_track")
s["measure"] = "shops/" + s["shop"] + "/" + s["measure"]
a = s[["measure", "period", "value"]].rename(columns={"period": "period_id"})
m = s[["measure", "period", "value", "target", "percent", "score", "status"]].rename(columns={"measure": "node", "period": "period_id"})
m["kind"] = "measure"
with sqlite3.connect(out) as db:
    a.to_sql("actual", db, index=False)
    m.to_sql("score", db, index=False)
    n.to_sql("node_score", db, index=False)
    db.execute("create unique index actual_key on actual (measure, period_id)")
    db.execute("create unique index score_key on score (node, period_id)")
    db.execute("create unique index node_score_key on node_score (kind, node, period_id)")
print("actuals", len(a), "scores", len(m), "nodes", len(n))
${PRINT_MEMORY}`;
