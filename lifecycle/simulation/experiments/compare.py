"""Named runs side by side over several seeds: what differs by more than chance.

All runs share their seeds (common random numbers), so each seed gives a pair of days with the same luck, and the
difference within it is due to the settings. A difference is beyond chance where its 95 % interval leaves out zero. Of
twenty comparisons in which nothing differs, one will look beyond chance all the same: that is what 95 % means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.confidence import Estimate, estimate
from lifecycle.simulation.experiments.workers import Workers, these_or_local
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.readings.summary import day_summary, first_consumer

# The figures of a `DaySummary` that are compared, with what they are called.
FIGURES: Mapping[str, str] = {
    "fresh_p95_s": "p95 freshness",
    "latency_p95_s": "p95 latency",
    "delivered": "delivered",
    "on_the_way": "still on the way",
    "removed": "removed on purpose",
    "lost": "lost",
    "twice": "counted twice",
    "elsewhere": "gone elsewhere",
    "peak_per_s": "peak load",
    "cost": "cost of the day",
}
# Figures that are nothing on most days: told where they are something.
QUIET = ("twice", "elsewhere")
MOST_NAMES, MOST_SEEDS = 8, 1_000


class StoppedError(Exception):
    """The comparison was cancelled before all its days were simulated."""


@dataclass(frozen=True)
class Difference:
    """The second run less the first in one figure, seed by seed, and `words` for whether that is beyond chance."""

    first: str
    second: str
    figure: str
    estimate: Estimate | None
    words: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """Runs side by side. `values`: by run and figure, one for each seed, in the order of `seeds`; shape (seeds,)."""

    seeds: tuple[int, ...]
    currency: str
    values: Mapping[str, Mapping[str, Seconds]]
    estimates: Mapping[str, Mapping[str, Estimate | None]]
    differences: tuple[Difference, ...]


def compare(
    network: Network,
    scenarios: Mapping[str, Scenario],
    seeds: Sequence[int],
    *,
    consumer: str = "",
    traces: Mapping[str, Trace] | None = None,
    prices: Prices | None = None,
    progress: Callable[[int, int], object] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    workers: Workers | None = None,
) -> Comparison:
    """Run every named scenario with every seed and compare each pair of them; by threads here, or `workers`.

    A scenario's own seed does not count. `traces` are the real days by id, for scenarios that replay one. `consumer`:
    the first one if "". `progress` is called with (done, total) after each run. ValueError in words for fewer than two
    names or seeds, or what cannot be run; StoppedError once `cancelled()` is true.
    """
    prices, traces, seeds = prices or Prices(), traces or {}, tuple(seeds)
    if problems := _problems(network, scenarios, seeds, consumer):
        raise ValueError("cannot compare: " + "; ".join(problems))
    end = consumer or first_consumer(network)
    replayed = {scenario.trace for scenario in scenarios.values()}
    days = _ComparedDays(network, dict(scenarios), end, {id: traces[id] for id in replayed if id in traces}, prices)
    runs = [(name, seed) for seed in seeds for name in scenarios]
    figures: dict[tuple[str, int], Mapping[str, float]] = {}
    with these_or_local(workers) as at_work:
        for run, of_run in at_work.results(days.figures, runs, cancelled):
            figures[run] = of_run
            if progress is not None:
                progress(len(figures), len(runs))
    if len(figures) < len(runs):
        raise StoppedError
    values = {
        name: {
            figure: np.array([figures[name, seed][figure] for seed in seeds], dtype=np.float64) for figure in FIGURES
        }
        for name in scenarios
    }
    return Comparison(
        seeds,
        prices.currency,
        values,
        {name: {figure: _sure(by_seed) for figure, by_seed in row.items()} for name, row in values.items()},
        tuple(
            _difference(first, second, figure, values[second][figure] - values[first][figure])
            for first, second in combinations(values, 2)
            for figure in FIGURES
        ),
    )


@dataclass(frozen=True)
class _ComparedDays:
    """All that the days of a comparison share; it can be sent to where they are simulated."""

    network: Network
    scenarios: Mapping[str, Scenario]
    consumer: str | None
    traces: Mapping[str, Trace]
    prices: Prices

    def figures(self, run: tuple[str, int]) -> Mapping[str, float]:
        """What came of one scenario, by its name, with a seed."""
        name, seed = run
        scenario = replace(self.scenarios[name], seed=seed)
        try:
            day = simulate(self.network, scenario, self.traces.get(scenario.trace))
        except ValueError as error:
            raise ValueError(f"cannot compare: {name}: {error}") from error
        return day_summary(day, self.consumer, self.prices).figures


def _sure(values: Seconds) -> Estimate | None:
    """The mean over seeds and its interval, None where a seed has no value."""
    return estimate(values.tolist()) if np.isfinite(values).all() else None


def _difference(first: str, second: str, figure: str, by_seed: Seconds) -> Difference:
    sure = _sure(by_seed)
    name = FIGURES[figure]
    if sure is None:
        words = f"{name}: nothing was delivered on some day, so there is nothing to compare"
    elif not by_seed.any():
        words = f"{name}: the same on every day"
    elif not sure.covers(0.0):
        words = f"{name}: {second} is {'higher' if sure.mean > 0 else 'lower'} than {first}, beyond chance"
    else:
        words = f"{name}: no difference beyond chance; {by_seed.size} seeds do not tell them apart"
    return Difference(first, second, figure, sure, words)


def _problems(
    network: Network, scenarios: Mapping[str, Scenario], seeds: tuple[int, ...], consumer: str
) -> tuple[str, ...]:
    problems = []
    consumers = [station.id for station in network.stations if station.role == Role.CONSUMER]
    if not consumers:
        problems.append("the network has no consumer: nobody is there to find the data fresh or stale")
    elif consumer and consumer not in consumers:
        problems.append(f"{consumer!r} is no consumer; choose {', '.join(consumers)}")
    if not 2 <= len(scenarios) <= MOST_NAMES:
        problems.append(f"{len(scenarios)} runs; name 2 to {MOST_NAMES}")
    if not 2 <= len(seeds) <= MOST_SEEDS:
        problems.append(f"{len(seeds)} seeds; an interval needs 2 to {MOST_SEEDS:,}")
    if len(set(seeds)) < len(seeds):
        problems.append("a seed is named twice: the same day again says nothing new")
    return tuple(problems)
