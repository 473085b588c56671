"""Makes pandas-aggregates.json: generated rows, and what pandas and numpy make of them by month.

Run it by hand, `python3 pandas-aggregates.py > pandas-aggregates.json`; the test reads the table alone.
"""

import json
import random
import sys

import numpy as np
import pandas as pd

random.seed(20261128)
KINDS = ["service", "repair", "sale", None]
rows = []
for index in range(240):
    month = random.choice(["2026-01", "2026-02", "2026-03", "2026-05"])
    rows.append(
        {
            "day": f"{month}-{random.randint(1, 28):02d}",
            "amount": None if random.random() < 0.1 else random.randint(-20_000, 90_000) / 100,
            "weight": None if random.random() < 0.1 else random.randint(1, 50),
            "kind": random.choice(KINDS),
        }
    )

frame = pd.DataFrame(rows)
frame["month"] = frame["day"].str.slice(0, 7)


def by_month(make, some=frame):
    found = {}
    for month, part in some.groupby("month"):
        value = make(part)
        if value is not None and not pd.isna(value):
            found[month] = repr(round(float(value), 10))
    return found


def quantile(p, method):
    return lambda part: np.quantile(part["amount"].dropna(), p / 100, method=method)


def weighted(part):
    full = part.dropna(subset=["amount", "weight"])
    return (full["amount"] * full["weight"]).sum() / full["weight"].sum()


def ratio(part):
    return part.loc[part["kind"] == "service", "amount"].sum() / part["weight"].sum()


in_time = frame.sort_values("day", kind="stable")
chosen = frame[frame["kind"].isin(["service", "sale"]) & ~(frame["amount"] > 400)]
others = frame[~(frame["kind"].isin(["service"]) | (frame["amount"] > 100)) | frame["weight"].isna()]

answers = {
    "sum": by_month(lambda part: part["amount"].sum()),
    "avg": by_month(lambda part: part["amount"].mean()),
    "min": by_month(lambda part: part["amount"].min()),
    "max": by_month(lambda part: part["amount"].max()),
    "median": by_month(lambda part: part["amount"].median()),
    "count_distinct": by_month(lambda part: part["kind"].nunique()),
    "first": by_month(lambda part: part["amount"].dropna().iloc[0], in_time),
    "last": by_month(lambda part: part["amount"].dropna().iloc[-1], in_time),
    "weighted_avg": by_month(weighted),
    "ratio": by_month(ratio),
    "chosen": by_month(len, chosen),
    "others": by_month(len, others),
}
METHODS = {"nearest_rank": "inverted_cdf", "linear": "linear", "exclusive": "weibull"}
for ours, theirs in METHODS.items():
    for p in (10, 25, 50, 90, 97.5):
        # Beyond the ends weibull clamps where a spreadsheet has no value: no month here has so few rows.
        answers[f"percentile {p} {ours}"] = by_month(quantile(p, theirs))

texts = [
    [row["day"], None if row["amount"] is None else f"{row['amount']:.2f}", row["weight"], row["kind"]] for row in rows
]
table = {"made by": f"pandas {pd.__version__}, numpy {np.__version__}", "rows": texts, "answers": answers}
json.dump(table, sys.stdout, indent=0)
sys.stdout.write("\n")
