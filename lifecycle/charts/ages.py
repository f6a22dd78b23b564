"""Curves of the age of data: each the saw that it is, through moments of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lifecycle.charts.drawing import FLOOR_S, colour_of, spoken, width_of
from lifecycle.charts.flow import LOAD_BUCKETS
from lifecycle.charts.spec import Array, Line, LineBefore
from lifecycle.charts.tables import table_of
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.saws import Saw, saw
from lifecycle.words import clock_s, duration

if TYPE_CHECKING:
    import pandas as pd


class Age(NamedTuple):
    """A curve: its name, its saw now, and, beside a ghost, the saw before and what it was at the moments of now's."""

    name: str
    now: Saw
    before: Saw | None = None
    before_s: Array | None = None


def age_of(name: str, run: Run, station: str, ghost: Run | None) -> Age:
    """The curve of one station's age under the name `name`, beside what it was in the run before."""
    now = saw(run, station)
    if ghost is None:
        return Age(name, now)
    return Age(name, now, saw(ghost, station), measures.freshness(ghost, station, now.at_s))


def curves(ages: Sequence[Age]) -> tuple[Line, ...]:
    """Each age as a line, beside what it was before."""
    return tuple(
        Line(
            age.name,
            age.now.at_s,
            _lifted(age.now),
            colour_of(nth),
            width_of(nth, len(ages)),
            before=None if age.before is None else LineBefore(age.before.at_s, _lifted(age.before)),
            hover=spoken(age.now.age_s, age.before_s, duration),
        )
        for nth, age in enumerate(ages)
    )


def drawn_s(ages: Sequence[Age]) -> list[Array]:
    """All ages that are drawn, for the axis."""
    return [_lifted(one) for _, now, before, _ in ages for one in (now, before) if one is not None]


def envelope(one: Saw) -> Array:
    """The highest and the lowest point of a curve in each five minutes of the day, shape (576,), NaN without any.

    Saws fall at moments of their own: two lie on one another where these are the same; at equal looks they may only
    keep in step.
    """
    nth = np.minimum((one.at_s / one.at_s[-1] * LOAD_BUCKETS).astype(int), LOAD_BUCKETS - 1)
    high, low = np.full(LOAD_BUCKETS, np.nan), np.full(LOAD_BUCKETS, np.nan)
    np.fmax.at(high, nth, one.age_s)
    np.fmin.at(low, nth, one.age_s)
    return np.concatenate((high, low))


def listed(ages: Sequence[Age], heading: str) -> pd.DataFrame:
    """The curves as a table, a row for each of their corners: `time`, the curve's name under `heading`, age in seconds.

    Beside a run before a column says of which run a row is.
    """
    kinds = [(age.name, day, one) for age in ages for day, one in (("before", age.before), ("now", age.now))]
    parts = [(name, day, one) for name, day, one in kinds if one is not None]
    sizes = [one.at_s.size for _, _, one in parts]
    table = {
        "time": [clock_s(at) for _, _, one in parts for at in one.at_s.tolist()],
        heading: np.repeat(np.array([name for name, _, _ in parts], object), sizes),
        "day": np.repeat(np.array([day for _, day, _ in parts], object), sizes),
        "age (s)": np.concatenate([np.empty(0), *(one.age_s for _, _, one in parts)]).round(3),
    }
    if all(day == "now" for _, day, _ in parts):
        del table["day"]
    return table_of(table)


def _lifted(one: Saw) -> Array:
    return np.maximum(one.age_s, FLOOR_S)
