"""Prints the ISO week of every day named on standard input, one a line, as Python has it: 2026-W03."""

import sys
from datetime import date

for line in sys.stdin:
    year, week, _ = date.fromisoformat(line.strip()).isocalendar()
    print(f"{year:04d}-W{week:02d}")
