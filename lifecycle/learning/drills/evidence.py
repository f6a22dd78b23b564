"""What a learner can see of a day: series by stage, how far two days lie apart in them, and complaints in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.passage import REMOVED
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings.accounts import Summary, summary
from lifecycle.simulation.readings.consequence import FEW_EVENTS
from lifecycle.simulation.readings.frames import Frames
from lifecycle.simulation.readings.series import frames
from lifecycle.words import clock, duration, number

QUARTERS = 96
# The least that a difference must be to be seen at all: a tenth of a power of ten in a whole day's mean is 0.1.
SEEN = 0.02
# Ages below a minute look the same on every chart.
_AGE_FLOOR_S = 60.0
# Older than on a calm day by this much, and half as old again: then people notice.
_NOTICED_S, _NOTICED_TIMES = 600.0, 1.5
# Of a calm day's events in the same quarter: below that a stage runs dry.
_DRY = 0.5

BucketSeries = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evidence:
    """A day as the diagram and the charts show it: for each stage and kind of figure, 96 values, on a log scale."""

    series: Mapping[tuple[str, str], BucketSeries]


def evidence(run: Run) -> Evidence:
    """What is seen of a run: what comes in, goes out, waits, is lost, and the age of the newest, by quarter hour."""
    by_key: dict[tuple[str, str], BucketSeries] = {}
    for name, station in frames(run, QUARTERS).stations.items():
        age_s = np.where(np.isnan(station.age_s), run.horizon_s, station.age_s)
        by_key |= {
            (name, "in"): np.log10(1.0 + station.arrived),
            (name, "out"): np.log10(1.0 + station.departed),
            (name, "waiting"): np.log10(1.0 + station.inside),
            (name, "lost"): np.log10(1.0 + np.cumsum(station.lost)),
            (name, "age"): np.log10(np.maximum(age_s, _AGE_FLOOR_S)),
        }
    return Evidence(by_key)


def unrest(same: Sequence[Evidence]) -> dict[tuple[str, str], float]:
    """How far days of the same cause and other luck lie apart, by series: from that nothing can be concluded."""
    first, *others = same
    return {
        key: max(float(np.mean(np.abs(values - other.series[key]))) for other in others)
        for key, values in first.series.items()
    }


def apart(one: Evidence, other: Evidence, still: Mapping[tuple[str, str], float]) -> float:
    """How many times the day's own unrest two days lie apart, in the series that tells them apart best."""
    return max(
        float(np.mean(np.abs(values - other.series[key]))) / (still[key] + SEEN) for key, values in one.series.items()
    )


def complaints(run: Run, calm: Run, labels: Mapping[str, str]) -> tuple[str, ...]:
    """What the consumers say, computed: since when their data is old, what is missing, double or empty. No cause."""
    heard = []
    today, there = summary(run), summary(calm)
    broken, whole = frames(run, QUARTERS), frames(calm, QUARTERS)
    for name in today.deliveries:
        label = labels[name]
        if stale := _stale(broken, whole, name):
            since_s, worst_s = stale
            heard.append(
                f"{label}: “Since about {clock(since_s)} we see old data; at worst it was {duration(worst_s)} old.”"
            )
        twice = today.deliveries[name].twice - there.deliveries[name].twice
        if twice > FEW_EVENTS:
            heard.append(f"{label}: “About {number(twice)} rows are there twice.”")
        empty = today.deliveries[name].empty - there.deliveries[name].empty
        if empty > FEW_EVENTS:
            heard.append(f"{label}: “A column is empty in about {number(empty)} rows.”")
        got, usual = (day.deliveries[name].delivered for day in (today, there))
        if usual - got > max(FEW_EVENTS, 0.01 * usual):
            heard.append(f"{label}: “About {number(usual - got)} rows fewer came than on other days.”")
        elif got - usual > max(FEW_EVENTS, 0.05 * usual):
            heard.append(f"{label}: “About {number(got - usual)} rows more came than on other days.”")
    gone = _lost(today) - _lost(there)
    if not heard and gone > FEW_EVENTS:
        heard.append(f"Operations: “About {number(gone)} events more than usual were dropped or set aside today.”")
    return tuple(heard)


def against(run: Run, calm: Run, station: str, labels: Mapping[str, str]) -> str:
    """What speaks against a stage as the cause, computed from what is seen of it."""
    broken, usual = (frames(day, QUARTERS).stations[station] for day in (run, calm))
    label = labels[station]
    more = int(np.max(broken.inside - usual.inside, initial=0))
    came, comes = np.convolve(broken.arrived, np.ones(4), "same"), np.convolve(usual.arrived, np.ones(4), "same")
    dry = np.flatnonzero((comes > FEW_EVENTS) & (came < _DRY * comes))
    if dry.size and more <= FEW_EVENTS:
        at = clock(float(dry[0]) * run.horizon_s / QUARTERS)
        return f"{label} ran dry from about {at}: less came in than on a calm day, so the cause lies before it."
    if more <= max(FEW_EVENTS, 0.02 * int(np.max(usual.inside, initial=0))):
        return f"{label}: nothing waited there that does not wait on a calm day, and it passed on what came."
    return (
        f"{label}: at most {number(more)} events more than usual waited there, but what came to it was unusual already."
    )


def unmarked(shown: Frames) -> Frames:
    """The frames without the signs of a fault: what the diagram may play while its cause is to be found.

    They open at midnight and name no occasion, since a day that opens shortly before its fault gives it away.
    """
    quiet = {name: replace(series, faulty=np.zeros_like(series.faulty)) for name, series in shown.stations.items()}
    pace = replace(shown.pace, opens_s=0.0, occasions=()) if shown.pace else None
    return replace(shown, stations=quiet, pace=pace, faults=())


def _stale(broken: Frames, whole: Frames, consumer: str) -> tuple[float, float] | None:
    """Since when (seconds of the day) a consumer's data is noticeably older than on the calm day, and the oldest."""
    age_s, usual_s = broken.stations[consumer].age_s, whole.stations[consumer].age_s
    worse = (age_s > usual_s + _NOTICED_S) & (age_s > _NOTICED_TIMES * usual_s)
    if not worse.any():
        return None
    first = int(np.flatnonzero(worse)[0])
    return float(broken.edges_s[first]), float(np.max(age_s[worse]))


def _lost(day: Summary) -> int:
    return sum(events for lost in day.lost.values() for reason, events in lost.items() if reason not in REMOVED)
