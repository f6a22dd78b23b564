"""Named runs side by side over several seeds: what differs by more than chance.

All runs share their seeds (common random numbers), so each seed gives a pair of days with the same luck, and the
difference within it is due to the settings. A difference is beyond chance where its 95 % interval leaves out nought. Of
twenty comparisons in which nothing differs, one will look beyond chance all the same: that is what 95 % means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations

import numpy as np

from lifecycle.simulation.costs import Prices
from lifecycle.simulation.inputs import Seconds
from lifecycle.simulation.network import Network
from lifecycle.simulation.outcomes import first_consumer, outcome
from lifecycle.simulation.processes import Cancelled
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import Scenario
from lifecycle.simulation.traces import Trace

# The fields of an `Outcome` that are compared, with what they are called; all but `delivered` are better when lower.
FIGURES: Mapping[str, str] = {
    "fresh_p95_s": "p95 freshness",
    "latency_p95_s": "p95 latency",
    "delivered": "delivered",
    "lost": "lost",
    "peak_per_s": "peak load",
    "cost": "cost of the day",
}
CONFIDENCE = 0.95
MOST_NAMES, MOST_SEEDS = 8, 1_000


@dataclass(frozen=True)
class Estimate:
    """A mean over seeds and its 95 % interval (Student's t); all NaN where a seed has no value."""

    mean: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out nought: for a difference, whether there is one."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Difference:
    """The second run less the first in one figure, seed by seed, and `words` for whether that is beyond chance."""

    first: str
    second: str
    figure: str
    estimate: Estimate
    words: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """Runs side by side. `values`: by run and figure, one for each seed, in the order of `seeds`; shape (seeds,)."""

    seeds: tuple[int, ...]
    currency: str
    values: Mapping[str, Mapping[str, Seconds]]
    estimates: Mapping[str, Mapping[str, Estimate]]
    differences: tuple[Difference, ...]


def compare(
    network: Network,
    scenarios: Mapping[str, Scenario],
    seeds: Sequence[int],
    *,
    consumer: str = "",
    traces: Mapping[str, Trace] | None = None,
    prices: Prices | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Comparison:
    """Run every named scenario with every seed and compare each pair of them.

    A scenario's own seed does not count. `traces` are the real days by id, for scenarios that replay one. `consumer`:
    the first one if "". `progress` is called with (done, total) after each run, `cancelled` asked before each; then
    `processes.Cancelled` is raised. ValueError in words for fewer than two names or seeds, or what cannot be run.
    """
    prices, traces, seeds = prices or Prices(), traces or {}, tuple(seeds)
    if problems := _problems(network, scenarios, seeds, consumer):
        raise ValueError("cannot compare: " + "; ".join(problems))
    consumer = consumer or first_consumer(network)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in scenarios}
    runs = [(seed, name) for seed in seeds for name in scenarios]
    for done, (seed, name) in enumerate(runs):
        if cancelled is not None and cancelled():
            raise Cancelled
        scenario = replace(scenarios[name], seed=seed)
        try:
            run = simulate(network, scenario, traces.get(scenario.trace))
        except ValueError as error:
            raise ValueError(f"cannot compare: {name}: {error}") from error
        found[name].append(asdict(outcome(run, consumer, prices)))
        if progress is not None:
            progress(done + 1, len(runs))
    values = {
        name: {figure: np.array([day[figure] for day in days], dtype=np.float64) for figure in FIGURES}
        for name, days in found.items()
    }
    return Comparison(
        seeds,
        prices.currency,
        values,
        {name: {figure: estimate(each) for figure, each in row.items()} for name, row in values.items()},
        tuple(
            _difference(first, second, figure, values[second][figure] - values[first][figure])
            for first, second in combinations(values, 2)
            for figure in FIGURES
        ),
    )


def estimate(values: Seconds) -> Estimate:
    """Return the mean of independent values, at least two, and its 95 % interval: mean ± t s/√n."""
    if values.size < 2:
        raise ValueError(f"an interval needs at least two values; got {values.size}")
    if not np.isfinite(values).all():
        return Estimate(math.nan, math.nan, math.nan)
    mean = float(values.mean())
    if bool((values == values[0]).all()):  # rounding in the mean must not make a difference out of nothing
        return Estimate(float(values[0]), float(values[0]), float(values[0]))
    half = t_quantile(values.size - 1) * float(values.std(ddof=1)) / math.sqrt(values.size)
    return Estimate(mean, mean - half, mean + half)


def t_quantile(freedom: int, confidence: float = CONFIDENCE) -> float:
    """Return t such that Student's t with `freedom` degrees lies within ±t with probability `confidence`.

    By halving on the finite series for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4).
    """
    if freedom < 1:
        raise ValueError(f"Student's t has at least one degree of freedom; got {freedom}")
    low, high = 0.0, math.pi / 2  # the angle atan(t / √freedom), in which the probability grows evenly enough
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return math.tan(low) * math.sqrt(freedom)


def _within(angle: float, freedom: int) -> float:
    """Return the probability of |t| ≤ tan(angle) √freedom."""
    sine, cosine = math.sin(angle), math.cos(angle)
    term, total = (1.0, 0.0) if freedom % 2 == 0 else (cosine, 0.0)
    for power in range(2 if freedom % 2 == 0 else 3, freedom + 1, 2):
        total += term
        term *= cosine * cosine * (power - 1) / power
    return sine * total if freedom % 2 == 0 else 2 / math.pi * (angle + sine * total)


def _difference(first: str, second: str, figure: str, by_seed: Seconds) -> Difference:
    found = estimate(by_seed)
    name = FIGURES[figure]
    if math.isnan(found.mean):
        words = f"{name}: nothing was delivered in some day, so there is nothing to compare"
    elif not by_seed.any():
        words = f"{name}: the same on every day"
    elif found.beyond_chance:
        words = f"{name}: {second} is {'higher' if found.mean > 0 else 'lower'} than {first}, beyond chance"
    else:
        words = f"{name}: no difference beyond chance; {by_seed.size} seeds do not tell them apart"
    return Difference(first, second, figure, found, words)


def _problems(
    network: Network, scenarios: Mapping[str, Scenario], seeds: tuple[int, ...], consumer: str
) -> tuple[str, ...]:
    found = []
    consumers = [station.id for station in network.stations if station.role == "consumer"]
    if not consumers:
        found.append("the network has no consumer: nobody is there to find the data fresh or stale")
    elif consumer and consumer not in consumers:
        found.append(f"{consumer!r} is no consumer; choose {', '.join(consumers)}")
    if not 2 <= len(scenarios) <= MOST_NAMES:
        found.append(f"{len(scenarios)} runs; name 2 to {MOST_NAMES}")
    if not 2 <= len(seeds) <= MOST_SEEDS:
        found.append(f"{len(seeds)} seeds; an interval needs 2 to {MOST_SEEDS:,}")
    if len(set(seeds)) < len(seeds):
        found.append("a seed is named twice: the same day again says nothing new")
    return tuple(found)
