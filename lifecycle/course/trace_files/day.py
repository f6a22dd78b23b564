"""The fullest day of a column of moments, and what was taken for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np

from lifecycle.course.trace_files.moments import Moments
from lifecycle.simulation.model.scenario import DAY_S
from lifecycle.simulation.model.traces import Trace

UTC, AS_WRITTEN = "UTC", "as written"


@dataclass(frozen=True)
class RealDay:
    """A day to replay and where in its file it stands.

    `column`: whose moments they are. `zone`: UTC, or "as written" where the moments name no zone. `day`: the date, ""
    where the file tells the seconds of a day alone. `rows` are replayed, `unused` lie on other days. `others`: columns
    that hold moments, too. `notes`: what else a person has to know, in words.
    """

    trace: Trace
    column: str
    zone: str
    day: str
    rows: int
    unused: int = 0
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, str | int]:
        """What was taken, as `simulate --json` tells it."""
        return {name: getattr(self, name) for name in ("column", "zone", "day", "rows", "unused")}

    def with_notes(self, notes: tuple[str, ...]) -> RealDay:
        """The same with further notes, which its trace tells as well."""
        if not notes:
            return self
        source = "; ".join((self.trace.source, *notes))
        return replace(self, notes=(*self.notes, *notes), trace=replace(self.trace, source=source))


def fullest(
    name: str,
    column: str,
    moments: Moments,
    where: Callable[[int], str],
    others: tuple[str, ...] = (),
    said: str = "",
) -> RealDay:
    """The day with the most events, counted by the second: each second's are spread over it.

    `where` names the line of a row, `said` the column in a sentence. A column of which some moments name a zone and
    some do not is refused.
    """
    _one_zone(column, moments, where)
    times = moments.times
    days = times.dt.floor("D")
    counts = days.value_counts()
    day = counts[counts == counts.max()].index.min()
    seconds = (times[days == day] - day).dt.total_seconds().to_numpy()
    ends, events = np.unique(np.minimum(np.floor(seconds) + 1.0, DAY_S), return_counts=True)
    zone, date = UTC if moments.zoned[0] else AS_WRITTEN, day.date().isoformat()  # `%Y` would write year 1 as 1
    told = f"{said or f'column {column}'}, {date} {'in UTC' if zone == UTC else 'as written, without a zone'}"
    if len(counts) > 1:
        told += f", the fullest of {len(counts):,} days ({seconds.size:,} of {len(times):,} rows)"
    if moments.order:
        told += f", its dates read as {moments.order}"
    if others:
        told += f"; {listed(others, 5)} {'holds' if len(others) == 1 else 'hold'} moments, too"
    trace = Trace(
        times_s=tuple(ends.tolist()),
        weights=tuple(events.astype(float).tolist()),
        name=file_name(name),
        source=told,
        spread_s=1.0,
    )
    return RealDay(trace, column, zone, date, int(seconds.size), int(len(times) - seconds.size), others)


def _one_zone(column: str, moments: Moments, where: Callable[[int], str]) -> None:
    zoned = moments.zoned
    if zoned.all() or not zoned.any():
        return
    first, other = sorted((int(np.argmax(zoned)), int(np.argmin(zoned))))
    says = ("names a zone", "names none") if zoned[first] else ("names no zone", "names one")
    raise ValueError(
        f"{column} {says[0]} on {where(first)} and {says[1]} on {where(other)}; give every moment a zone, or none"
    )


def file_name(name: object) -> str:
    """The name of a stranger's file made fit to show, without the folders before it."""
    return re.sub(r"[^\w .-]", "·", PurePath(str(name)).name)[:60]


def shown(head: object) -> str:
    """The name of a stranger's column made fit to show."""
    return "".join(sign if sign.isprintable() else "·" for sign in str(head).strip())[:60]


def listed(heads: tuple[str, ...], most: int = 10) -> str:
    """Columns by name, one that has none by its place, and how many more there are."""
    names = ", ".join(shown(head) or f"column {place}" for place, head in enumerate(heads[:most], 1))
    return names + (f" and {len(heads) - most:,} more" if len(heads) > most else "")
