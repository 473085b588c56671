import { PRINT_MEMORY } from './python-peers.js';

/**
 * The arithmetic of a template, as people write it in pandas: values of a unit and month, percent of the unit's own target,
 * a score on a straight line from 80 to 100 %, status, weighted means up to the scorecard of each unit and over all units.
 *
 * Arguments: sales.csv or sales.sqlite (table `sales`, values in hundredths), targets.csv, the SQLite file, and how much is
 * written: `plain`, three tables of the figures; or `same`, into the empty tables of a reporting store, every column with
 * what Plumbline writes (revision, evidence, coverage, digest and run among them), and the same indexes kept.
 */
export const PANDAS_SCALE = `
import sqlite3, sys
import numpy as np
import pandas as pd
source, targets_file, out, written = sys.argv[1:5]
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
def texts(numbers):
    return numbers.round(20).astype(str).str.replace(r"\\.0$", "", regex=True)
def dated(frame):
    starts = pd.PeriodIndex(frame["period_id"], freq="M").to_timestamp()
    starts = pd.Series(starts, index=frame.index)
    ends = starts + pd.DateOffset(months=1)
    frame["frequency"] = "monthly"
    frame["period_start"] = starts.dt.strftime("%Y-%m-%d")
    frame["period_end"] = ends.dt.strftime("%Y-%m-%d")
    frame["oldest_data"] = (ends - pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    return frame
def digests(frame):
    return [f"{number:024x}" for number in pd.util.hash_pandas_object(frame, index=False)]
if written == "plain":
    with sqlite3.connect(out) as db:
        a.to_sql("actual", db, index=False)
        m.to_sql("score", db, index=False)
        n.to_sql("node_score", db, index=False)
        db.execute("create unique index actual_key on actual (measure, period_id)")
        db.execute("create unique index score_key on score (node, period_id)")
        db.execute("create unique index node_score_key on node_score (kind, node, period_id)")
else:
    run = {"run_id": "sales-day-0630@2025-04-20T06:30:00Z"}
    stamp = "2025-04-20T06:30:00.000Z"
    a = dated(a)
    a["value"] = texts(a["value"])
    a["evidence"] = '{"value":"' + a["value"] + '","rowsUsed":1,"rowsFiltered":0,"rowsBlank":0,"newest":"' + a["period_id"] + '-15"}'
    a = a.drop(columns="oldest_data").assign(revision=1, reason="first", rejects=0, period_closed=1, extract_id="sales",
                                             source_digest="0" * 64, recorded_at=stamp, **run)
    m["value"] = a["value"]
    m["target"] = m["target"].astype(str)
    m["unclamped"] = texts((m.pop("percent") - 80) / 20)
    # The month that is not over, so far: as the one before it.
    far = n[n["period_id"] == n["period_id"].max()].assign(period_id=str(pd.Period(n["period_id"].max()) + 1))
    n = pd.concat([n, far], ignore_index=True)
    scores = []
    for frame in (m, n):
        frame = dated(frame)
        frame["score"] = texts(frame["score"])
        frame = frame.assign(coverage="1", rule_version="0" * 16, scored_at=stamp, **run)
        frame["inputs_digest"] = digests(frame)
        scores.append(frame)
    with sqlite3.connect(out) as db:
        a.to_sql("actual", db, index=False, if_exists="append")
        a[["measure", "period_id", "revision"]].to_sql("actual_current", db, index=False, if_exists="append")
        for frame in scores:
            frame.to_sql("score", db, index=False, if_exists="append")
            frame[["node", "period_id", "inputs_digest"]].to_sql("score_current", db, index=False, if_exists="append")
print("actuals", len(a), "scores", len(m), "nodes", len(n))
${PRINT_MEMORY}`;
