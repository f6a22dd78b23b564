"""What speaks against a cause: what would have been seen with it, and was not, computed from both days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lifecycle.learning.drills.evidence import QUARTERS, evidence
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings.series import frames
from lifecycle.words import clock, duration, number

_SENTENCES = {
    "in": "{would} events would have come to {stage} in the quarter hour before {at}; {did} came",
    "out": "{would} events would have left {stage} in the quarter hour before {at}; {did} left",
    "waiting": "{would} events would have stood at {stage} at {at}; {did} did",
    "lost": "{would} events would have been lost at {stage} by {at}; {did} were",
    "age": "the newest data at {stage} would have been {would} at {at}; it was {did}",
}


def unlike(run: Run, other: Run, labels: Mapping[str, str]) -> str:
    """Where `other`, the same day with another cause, lies furthest from `run`, as a sentence with both numbers."""
    shown, supposed = evidence(run).series, evidence(other).series
    apart = {key: np.abs(values - supposed[key]) for key, values in shown.items()}
    station, what = max(apart, key=lambda key: float(apart[key].mean()))
    when = int(apart[station, what].argmax())
    did, would = (_value(day, station, what, when) for day in (run, other))
    where = {"stage": labels[station], "at": clock((when + 1) * run.horizon_s / QUARTERS)}
    (fault,) = other.scenario.faults
    sentence = f"With that at {labels[fault.station]}, {_SENTENCES[what].format(would=would, did=did, **where)}."
    return f"{sentence}{_on_purpose(run, station, when)}" if what == "lost" else sentence


def _on_purpose(run: Run, station: str, when: int) -> str:
    """What the chart of losses shows there besides: rows and copies that the stage leaves out on any day."""
    removed = int(frames(run, QUARTERS).stations[station].removed[: when + 1].sum())
    if not removed:
        return ""
    return (
        f" The {number(removed)} that the chart of losses shows there as rejected or duplicate are not lost: "
        "the stage leaves out unfit rows and second copies on purpose, on any day."
    )


def _value(run: Run, station: str, what: str, when: int) -> str:
    series = frames(run, QUARTERS).stations[station]
    if what == "age":
        age_s = float(series.age_s[when])
        return "not there yet" if np.isnan(age_s) else f"{duration(age_s)} old"
    counts = {"in": series.arrived, "out": series.departed, "waiting": series.inside, "lost": np.cumsum(series.lost)}
    return number(int(counts[what][when]))
