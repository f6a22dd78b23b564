"""Two knobs turned through all their settings at once: where a service level holds, and where it breaks.

Every run has the same seed, so that settings differ by their knobs alone (common random numbers), and the draws are
made once for all of them. The runs go to threads: NumPy lets go of Python's lock while it works. Each takes over from
the run before it on its thread, or in a cluster's call, what happens before the knob that was turned; the one further
down is turned first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.run import Run, walk
from lifecycle.simulation.experiments.workers import Workers, these_or_local
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network, order
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.readings.summary import day_summary
from lifecycle.simulation.roles import ROLES, figure_problem

MOST_RUNS = 10_000

Table = NDArray[np.float64]
# Age, share lost, peak load and cost of one run.
Figures = tuple[float, float, float, float]


@dataclass(frozen=True)
class Axis:
    """One knob and the settings it is turned to: figure `figure` of `station`, in its own unit."""

    station: str
    figure: str
    values: tuple[float, ...]

    @property
    def name(self) -> str:
        """`station.figure`, as the command line and the address write it."""
        return f"{self.station}.{self.figure}"


@dataclass(frozen=True)
class Level:
    """A service level: at most `fresh_s` seconds old for 95 % of the day, and no more than `lost_share` lost."""

    fresh_s: float
    lost_share: float = 0.0


@dataclass(frozen=True, eq=False)
class Sweep:
    """What came of every setting; tables of shape (settings of x, settings of y), NaN where a run was not made.

    `fresh_s`: p95 age (seconds) of the newest data at `consumer`, looked at about every 10 s; before its first event of
    the day the data there is as old as the day, at the least, so that a setting cannot look fresh by coming late.
    `lost_share`: events lost of those born, what is removed on purpose left out. `peak_per_s`: events a second in the
    busiest five minutes at any ingestion. `cost`: the day's bill (see `readings.bill`).
    """

    x: Axis
    y: Axis
    consumer: str
    fresh_s: Table
    lost_share: Table
    peak_per_s: Table
    cost: Table

    def meets(self, level: Level) -> NDArray[np.bool_]:
        """Which settings keep a service level; one at which nothing arrives does not."""
        return (self.fresh_s <= level.fresh_s) & (self.lost_share <= level.lost_share)

    def cheapest(self, level: Level) -> tuple[int, int] | None:
        """The place of the cheapest setting that keeps the level, the freshest of equally cheap ones.

        None if none keeps it, or if a knob does nothing: then there is no pair to choose.
        """
        kept = np.argwhere(self.meets(level))
        if not len(kept) or self.idle:
            return None
        x, y = min(map(tuple, kept), key=lambda place: (self.cost[place], self.fresh_s[place]))
        return int(x), int(y)

    @property
    def idle(self) -> tuple[Axis, ...]:
        """The knobs that change no figure of any run, wherever the other one stands: the day has no use for them."""
        tables = np.stack((self.fresh_s, self.lost_share, self.peak_per_s, self.cost))
        made = ~np.isnan(self.peak_per_s)

        def still(along: int) -> bool:
            highest, lowest = np.fmax.reduce(tables, axis=1 + along), np.fmin.reduce(tables, axis=1 + along)
            return bool(((highest == lowest) | np.isnan(highest)).all() and (made.sum(axis=along) > 1).any())

        return tuple(axis for along, axis in enumerate((self.x, self.y)) if still(along))

    @property
    def done(self) -> int:
        """How many runs were made."""
        return int(np.count_nonzero(~np.isnan(self.peak_per_s)))


def sweep(
    network: Network,
    scenario: Scenario,
    x: Axis,
    y: Axis,
    consumer: str,
    trace: Trace | None = None,
    *,
    prices: Prices | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    workers: Workers | None = None,
) -> Sweep:
    """Simulate every pair of settings of `x` and `y`, laid over `scenario`; by threads of this process, or `workers`.

    `progress(done, of)` is called as runs end; once `cancelled()` is true no more begin, and the rest stays NaN.
    ValueError in words for an axis that names no knob, an impossible setting, the same knob twice or too many runs.
    """
    problems = [*_problems(network, x), *_problems(network, y)]
    if (x.station, x.figure) == (y.station, y.figure):
        problems.append(f"both axes turn {x.name}; choose two knobs")
    if len(x.values) * len(y.values) > MOST_RUNS:
        problems.append(f"{len(x.values)} x {len(y.values)} settings are more than {MOST_RUNS:,} runs; take fewer")
    if consumer not in {station.id for station in network.stations if station.role == Role.CONSUMER}:
        problems.append(f"there is no consumer {consumer!r}")
    if problems:
        raise ValueError("; ".join(problems))
    tables = np.full((4, len(x.values), len(y.values)), np.nan)

    days = _SweptDays(network, scenario, x, y, consumer, trace, prices)
    places = list(product(range(len(x.values)), range(len(y.values))))
    stations = order(network)
    if stations.index(y.station) < stations.index(x.station):
        places.sort(key=lambda place: place[::-1])
    with these_or_local(workers) as at_work:
        for done, (place, figures) in enumerate(at_work.results(days.figures, places, cancelled), start=1):
            tables[:, *place] = figures
            if progress:
                progress(done, len(places))
    return Sweep(x, y, consumer, *tables)


@dataclass(frozen=True)
class _SweptDays:
    """All that the days of a sweep share; it can be sent to where they are simulated.

    `on_thread`: the day that a thread walked last; it is not sent along.
    """

    network: Network
    scenario: Scenario
    x: Axis
    y: Axis
    consumer: str
    trace: Trace | None
    prices: Prices | None
    on_thread: local = field(default_factory=local)

    def __reduce__(self) -> tuple[Any, ...]:
        of_all = (self.network, self.scenario, self.x, self.y, self.consumer, self.trace, self.prices)
        return _SweptDays, of_all

    def figures(self, place: tuple[int, int]) -> Figures:
        """What came of one pair of settings, by their places."""
        over = {(station, figure): value for station, figure, value in self.scenario.overrides}
        for axis, setting in zip((self.x, self.y), place, strict=True):
            over[axis.station, axis.figure] = axis.values[setting]
        overrides = tuple((*knob, value) for knob, value in over.items())
        scenario, earlier = replace(self.scenario, overrides=overrides), getattr(self.on_thread, "walk", None)
        self.on_thread.walk = walk(self.network, scenario, self.trace, earlier=earlier)
        return _read(self.on_thread.walk.run, self)


def _problems(network: Network, axis: Axis) -> Iterator[str]:
    station = next((one for one in network.stations if one.id == axis.station), None)
    if station is None or station.role not in ROLES:
        yield f"there is no stage {axis.station!r}"
        return
    if not axis.values:
        yield f"{axis.name} has no settings to try"
    for value in axis.values:
        problem = figure_problem(station, axis.figure, value)
        if problem:
            yield problem
            return


def _read(run: Run, of: _SweptDays) -> Figures:
    day = day_summary(run, of.consumer, of.prices)
    return day.since_midnight_p95_s, day.lost_share, day.peak_per_s, day.bill.total


def settings(low: float, high: float, count: int, *, whole: bool = False, log: bool = False) -> tuple[float, ...]:
    """Return up to `count` settings from low to high, evenly spread or by equal factors, each rounded to three figures.

    By equal factors the smallest is above zero: a thousandth of the largest where `low` is 0. ValueError unless
    low < high, both finite, and count is at least 2.
    """
    if not (np.isfinite(low) and np.isfinite(high) and low < high and count >= 2):
        raise ValueError(f"settings from {low:g} to {high:g} in {count} steps; write low < high and at least 2 steps")
    spread = np.geomspace(low or high / 1000, high, count) if log and low >= 0 else np.linspace(low, high, count)
    rounded = {float(round(value)) if whole else float(f"{value:.3g}") for value in spread}
    return tuple(sorted(min(max(value, low), high) for value in rounded))
