"""Many runs at once: one or two knobs turned through their values, and where the service level breaks.

Every run has the same seed, so that two settings differ by their knobs and not by luck. The runs are spread over
processes; each keeps the draws it has made, so a knob that needs no new ones draws nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.costs import Prices
from lifecycle.simulation.figures import validate
from lifecycle.simulation.network import Network
from lifecycle.simulation.outcomes import Outcome, first_consumer
from lifecycle.simulation.processes import outcomes_of
from lifecycle.simulation.scenario import Scenario
from lifecycle.simulation.traces import Trace

Value = float | str
Table = NDArray[np.float64]
# What may be turned beside the stations' figures: the fields of a scenario.
FIELDS = ("start", "size", "transform", "arrivals", "events", "spike_at_s", "spike_length_s", "spike_factor")
MOST_RUNS = 10_000


@dataclass(frozen=True)
class Axis:
    """One knob and the values it takes, in the order given.

    `figure` is one of the station's (SI units) or, with `station` "", a field of the scenario (see `FIELDS`).
    """

    station: str
    figure: str
    values: tuple[Value, ...]

    @property
    def name(self) -> str:
        """`station.figure`, or the field's name."""
        return f"{self.station}.{self.figure}" if self.station else self.figure

    def turned(self, scenario: Scenario, value: Value) -> Scenario:
        """Return the scenario with this knob at `value`."""
        if self.station:
            rest = tuple(each for each in scenario.overrides if each[:2] != (self.station, self.figure))
            return replace(scenario, overrides=(*rest, (self.station, self.figure, value)))  # type: ignore[arg-type]
        if isinstance(value, float) and value.is_integer() and self.figure == "events":
            value = int(value)
        return replace(scenario, **{self.figure: value})  # type: ignore[arg-type]  # checked by `validate`


@dataclass(frozen=True)
class Level:
    """A service level: p95 freshness of `consumer` (the first one if "") and the share of the births lost, at most."""

    fresh_p95_s: float
    lost_share: float = 0.0
    consumer: str = ""


@dataclass(frozen=True, eq=False)
class Sweep:
    """The outcome of every setting. Arrays have one dimension for each axis, as long as its values.

    `fresh_p95_s`: seconds, NaN where nothing was delivered. `lost_share`: 0 to 1 and, where branches lose the same
    event, above. `cost`: money a day. `peak_per_s`: events a second. See `outcomes.Outcome`. `meets`: whether the
    level is kept; never where nothing was delivered.
    """

    axes: tuple[Axis, ...]
    level: Level
    scenario: Scenario
    currency: str
    fresh_p95_s: Table
    lost_share: Table
    cost: Table
    peak_per_s: Table

    @property
    def meets(self) -> NDArray[np.bool_]:
        """Where the service level is kept."""
        with np.errstate(invalid="ignore"):
            kept = (self.fresh_p95_s <= self.level.fresh_p95_s) & (self.lost_share <= self.level.lost_share)
        return np.asarray(kept)


@dataclass(frozen=True)
class Setting:
    """One cell of a sweep: its place in the arrays, the knobs' values by name, and the scenario that has them."""

    at: tuple[int, ...]
    values: dict[str, Value]
    scenario: Scenario


def sweep(
    network: Network,
    scenario: Scenario,
    axes: Sequence[Axis],
    level: Level,
    trace: Trace | None = None,
    *,
    prices: Prices | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Sweep:
    """Run every combination of the axes' values, one or two axes, in parallel; the same result in every order.

    `workers`: processes, as many as there are cores if None; 1 runs here, without any. `progress` is called in this
    thread with (done, total) after each run; `cancelled` is asked some ten times a second, and once it says True
    `processes.Cancelled` is raised at once. ValueError in words, all of them, for knobs, values or a level that cannot
    be.
    """
    axes, prices = tuple(axes), prices or Prices()
    problems = tuple(_problems(network, scenario, axes, level, trace))
    if problems:
        raise ValueError("cannot sweep: " + "; ".join(problems))
    consumer = level.consumer or first_consumer(network)
    cells = list(product(*(axis.values for axis in axes)))
    found = outcomes_of(
        network, [_at(scenario, axes, cell) for cell in cells], trace, prices, consumer, workers, progress, cancelled
    )

    def table(name: str) -> Table:
        return _table(found, name).reshape([len(axis.values) for axis in axes])

    return Sweep(
        axes,
        replace(level, consumer=consumer),
        scenario,
        prices.currency,
        table("fresh_p95_s"),
        table("lost_share"),
        table("cost"),
        table("peak_per_s"),
    )


def cheapest(swept: Sweep) -> Setting | None:
    """Return the cheapest setting that keeps the level, of equally cheap ones the freshest; None if none does."""
    kept = np.flatnonzero(swept.meets)
    if kept.size == 0:
        return None
    order = np.lexsort((swept.fresh_p95_s.flat[kept], swept.cost.flat[kept]))
    at = tuple(int(i) for i in np.unravel_index(kept[order[0]], swept.cost.shape))
    values = [axis.values[i] for axis, i in zip(swept.axes, at, strict=True)]
    named = {axis.name: value for axis, value in zip(swept.axes, values, strict=True)}
    return Setting(at, named, _at(swept.scenario, swept.axes, values))


def boundary(swept: Sweep) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
    """Return the line where the level breaks, as edges between cells that keep it and cells that do not.

    An edge is ((i, j), (i, j)): indices along the first and the second axis, a cell reaching half a step to each side
    of its own. Nothing is interpolated: the level breaks somewhere between two settings that were run. With one axis
    the second index runs from -0.5 to 0.5.
    """
    kept = swept.meets if swept.meets.ndim == 2 else swept.meets[:, np.newaxis]
    lines = []
    for i, j in np.argwhere(kept[1:, :] != kept[:-1, :]).tolist():
        lines.append(((i + 0.5, j - 0.5), (i + 0.5, j + 0.5)))
    for i, j in np.argwhere(kept[:, 1:] != kept[:, :-1]).tolist():
        lines.append(((i - 0.5, j + 0.5), (i + 0.5, j + 0.5)))
    return tuple(lines)


def _at(scenario: Scenario, axes: Sequence[Axis], values: Sequence[Value]) -> Scenario:
    for axis, value in zip(axes, values, strict=True):
        scenario = axis.turned(scenario, value)
    return scenario


def _table(found: Sequence[Outcome], name: str) -> Table:
    return np.array([getattr(each, name) for each in found], dtype=np.float64)


def _problems(
    network: Network, scenario: Scenario, axes: tuple[Axis, ...], level: Level, trace: Trace | None
) -> Iterator[str]:
    stations = {station.id: station.role for station in network.stations}
    plain = validate(network, scenario)
    yield from plain
    yield from _level(level, stations)
    if not 1 <= len(axes) <= 2:
        yield f"{len(axes)} knobs; turn one or two"
    if len({axis.name for axis in axes}) < len(axes):
        yield f"both knobs are {axes[0].name}; turn two different ones"
    runs = math.prod(len(axis.values) for axis in axes)
    if runs > MOST_RUNS:
        yield f"{runs:,} runs; keep them to {MOST_RUNS:,} with fewer values"
    for axis in axes:
        if not axis.values:
            yield f"{axis.name} has no values; name at least one"
        elif not axis.station and axis.figure not in FIELDS:
            yield f"no scenario has {axis.figure!r}; name a stage and its figure, or one of {', '.join(FIELDS)}"
        elif axis.station and axis.station not in stations:
            yield f"there is no stage {axis.station!r}; choose {', '.join(stations)}"
        elif runs <= MOST_RUNS:
            yield from _values(network, scenario, axis, plain)
    days = {scenario.arrivals, *(value for axis in axes if axis.name == "arrivals" for value in axis.values)}
    if "real-day" in days and trace is None:
        yield "arrivals are those of a real day, but there is no trace of one"


def _values(network: Network, scenario: Scenario, axis: Axis, known: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the values of one knob, beside what is wrong with the scenario as it stands."""
    if len(set(axis.values)) < len(axis.values):
        yield f"{axis.name} takes a value twice; name each once"
    for value in axis.values:
        yield from (words for words in validate(network, axis.turned(scenario, value)) if words not in known)


def _level(level: Level, stations: dict[str, str]) -> Iterator[str]:
    if not level.fresh_p95_s > 0.0:
        yield f"the level asks for data {level.fresh_p95_s!r} s old; write a number above 0"
    if not 0.0 <= level.lost_share <= 1.0:
        yield f"the level allows a lost share of {level.lost_share!r}; write a number from 0 to 1"
    consumers = [name for name, role in stations.items() if role == "consumer"]
    if not consumers:
        yield "the network has no consumer: nobody is there to find the data fresh or stale"
    elif level.consumer and level.consumer not in consumers:
        yield f"{level.consumer!r} is no consumer; choose {', '.join(consumers)}"
