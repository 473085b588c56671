"""Writes fy5253.json: where pandas ends 52-53-week years and their quarters.

Run with pandas installed: python3 test/domain/period/oracles/fy5253.py > test/domain/period/oracles/fy5253.json
"""

import json
import warnings

import pandas as pd
from pandas.tseries.offsets import FY5253, FY5253Quarter

warnings.simplefilter("ignore")

FIRST, LAST = pd.Timestamp("1995-06-15"), pd.Timestamp("2032-06-15")


def ends(offset):
    day = FIRST + offset
    days = []
    while day <= LAST:
        days.append(day.date().isoformat())
        day = day + offset
    return days


cases = []
for variation in ("last", "nearest"):
    for month in (1, 2, 6, 8, 9, 12):
        for weekday in (1, 4, 5, 6):  # Monday is 0
            extra = (month + weekday) % 4 + 1
            common = {"weekday": weekday, "startingMonth": month, "variation": variation}
            cases.append(
                {
                    "rule": variation,
                    "month": month,
                    "weekday": weekday + 1,
                    "extraQuarter": extra,
                    "years": ends(FY5253(**common)),
                    "quarters": ends(FY5253Quarter(qtr_with_extra_week=extra, **common)),
                }
            )

print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
