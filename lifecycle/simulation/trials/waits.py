"""How long events wait: one server, several, in a row, shared, and after an outage."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.kernels import fifo
from lifecycle.simulation.kernels.sharing import processor_sharing
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.trials.trial import EVENTS, WARM_UP, Trial, exponential, poisson

# Two sizes of work, three quarters short: mean 1, variance 0.75 × (2/3)² + 0.25 × 2² = 4/3.
SHORT, LONG, SHORT_SHARE, TWO_SIZES_VARIATION = 1.0 / 3.0, 3.0, 0.75, 4.0 / 3.0


def two_sizes(seed: int, name: str, mean_s: float, size: int) -> Seconds:
    """Return works of two sizes (seconds), most short and a few nine times as long."""
    short = exponential(seed, name, "sizes", 1.0, size) > -np.log(SHORT_SHARE)
    return np.where(short, SHORT, LONG) * mean_s


def mm1(load: float, seed: int, events: int = EVENTS, warm_up: int = WARM_UP) -> float:
    """Return the mean wait (seconds) at one server: random arrivals, one a second, exponential works of `load` s."""
    arrivals, works = poisson(seed, "M/M/1", 1.0, events), exponential(seed, "M/M/1", "work", load, events)
    return _wait(arrivals, works, 1, warm_up)


def md1(load: float, seed: int, events: int = EVENTS, warm_up: int = WARM_UP) -> float:
    """Do what `mm1` does, with equal works."""
    return _wait(poisson(seed, "M/D/1", 1.0, events), load, 1, warm_up)


def mg1(load: float, seed: int, events: int = EVENTS, warm_up: int = WARM_UP) -> float:
    """Do what `mm1` does, with works of two sizes."""
    return _wait(poisson(seed, "M/G/1", 1.0, events), two_sizes(seed, "M/G/1", load, events), 1, warm_up)


def mmc(load: float, seed: int, events: int = EVENTS, warm_up: int = WARM_UP, servers: int = 3) -> float:
    """Return the mean wait (seconds) at several servers on one line, each busy for the share `load`."""
    works = exponential(seed, "M/M/c", "work", load * servers, events)
    return _wait(poisson(seed, "M/M/c", 1.0, events), works, servers, warm_up)


def mdc(load: float, seed: int, servers: int = 3) -> float:
    """Do what `mmc` does, with equal works."""
    return _wait(poisson(seed, "M/D/c", 1.0, EVENTS), load * servers, servers, WARM_UP)


def _wait(arrivals: Seconds, works: float | Seconds, servers: int, warm_up: int) -> float:
    return float((fifo(arrivals, works, servers) - arrivals - works)[warm_up:].mean())


def dealt(seed: int, servers: int = 3) -> float:
    """Return the mean wait (seconds) at one of several servers to which arrivals are dealt in turn."""
    arrivals = poisson(seed, "dealt", 1.0, EVENTS)[::servers]
    works = exponential(seed, "dealt", "work", 0.8 * servers, arrivals.size)
    return _wait(arrivals, works, 1, WARM_UP // servers)


TANDEM_S = (0.5, 0.8, 0.65)


def tandem(seed: int) -> float:
    """Return the mean time (seconds) through three servers, one after the other."""
    born = at = poisson(seed, "tandem", 1.0, EVENTS)
    for place, mean_s in enumerate(TANDEM_S):
        at = fifo(at, exponential(seed, "tandem", f"work {place}", mean_s, EVENTS))
    return float((at - born)[WARM_UP:].mean())


def burke(seed: int) -> float:
    """Return the mean wait (seconds) at a server of equal works that stands behind an M/M/1."""
    between = fifo(poisson(seed, "Burke", 1.0, EVENTS), exponential(seed, "Burke", "work", 0.7, EVENTS))
    return _wait(between, 0.8, 1, WARM_UP)


OUTAGE_AT_S, OUTAGE_S, OUTAGE_LOAD = 1_000.0, 300.0, 0.7


def drain(seed: int) -> float:
    """Return how long (seconds) after an outage a server first runs dry."""
    events, end = 5_000, OUTAGE_AT_S + OUTAGE_S
    arrivals = poisson(seed, "outage", 1.0, events)
    works = exponential(seed, "outage", "work", OUTAGE_LOAD, events)
    departures = fifo(arrivals, works, closed=[(OUTAGE_AT_S, end)])
    dry = (departures[:-1] <= arrivals[1:]) & (departures[:-1] > end)
    return float(departures[:-1][dry][0] - end)


def shared(seed: int, taken: float) -> float:
    """Return the mean response time (seconds) of queries of two sizes that share what is left of a server."""
    events, warm_up = 8_000, 1_000
    arrivals = poisson(seed, "sharing", 1.0, events)
    departures = processor_sharing(arrivals, two_sizes(seed, "sharing", 0.5, events), 1.0 - taken)
    return float((departures - arrivals)[warm_up:].mean())


_LOAD = (("arrivals", "1 a second"), ("utilisation", "0.8"))
WAITS = (
    Trial(
        "mm1", "M/M/1: mean wait", "ρ · E[S] / (1 − ρ): random arrivals, exponential work, one server",
        "Kleinrock, Queueing Systems 1 (1975)", _LOAD, "s", theory.mm1_wait(1.0, 0.8), lambda seed: mm1(0.8, seed),
    ),
    Trial(
        "md1", "M/D/1: mean wait", "half of M/M/1: all works are equal",
        "Pollaczek (1930), Khinchine (1932)", _LOAD, "s", theory.md1_wait(1.0, 0.8), lambda seed: md1(0.8, seed),
    ),
    Trial(
        "mg1", "M/G/1: mean wait", "ρ · E[S] · (1 + variation of the work) / (2 (1 − ρ)): work of two sizes",
        "Pollaczek (1930), Khinchine (1932)", (*_LOAD, ("variation", "1.33")), "s",
        theory.mg1_wait(1.0, 0.8, TWO_SIZES_VARIATION), lambda seed: mg1(0.8, seed),
    ),
    Trial(
        "mmc", "M/M/c: mean wait", "Erlang C · E[S] / (c (1 − ρ)): one line before c servers",
        "Erlang (1917)", (*_LOAD, ("servers", "3")), "s", theory.mmc_wait(1.0, 2.4, 3),
        lambda seed: mmc(0.8, seed, 10_000, 2_000),
    ),
    Trial(
        "mdc", "M/D/c: mean wait", "Crommelin's sum: one line before c servers, all works equal",
        "Crommelin (1932)", (*_LOAD, ("servers", "3")), "s", theory.mdc_wait(1.0, 2.4, 3), lambda seed: mdc(0.8, seed),
    ),
    Trial(
        "dealt", "Dealt in turn to c servers: mean wait", "E[S] · σ / (1 − σ): each has a line of its own, σ a root",
        "Kleinrock (1975), G/M/1", (*_LOAD, ("servers", "3")), "s", theory.dealt_wait(1.0, 2.4, 3), dealt,
    ),
    Trial(
        "tandem", "Three queues in a row: time through all", "the sum of E[S] / (1 − ρ): each as if it stood alone",
        "Jackson (1957)", (("arrivals", "1 a second"), ("utilisations", "0.5, 0.8, 0.65")), "s",
        theory.tandem_sojourn(1.0, TANDEM_S), tandem,
    ),
    Trial(
        "burke", "What leaves an M/M/1 is random again", "an M/D/1 behind an M/M/1 waits as if nothing stood before it",
        "Burke (1956)", (("arrivals", "1 a second"), ("utilisations", "0.7, then 0.8")), "s",
        theory.md1_wait(1.0, 0.8), burke,
    ),
    Trial(
        "drain", "Time to drain after an outage", "(ρ · outage + work before) / (1 − ρ)",
        "the busy period begun by a backlog; Kleinrock (1975)", (("outage", "300 s"), ("utilisation", "0.7")), "s",
        theory.drain_after_outage(1.0, OUTAGE_LOAD, OUTAGE_S, theory.mm1_wait(1.0, OUTAGE_LOAD)), drain,
    ),
    Trial(
        "sharing", "A shared server: response time", "E[S] / (1 − ρ), whatever the spread of the work",
        "Kleinrock (1967)", (("arrivals", "1 a second"), ("utilisation", "0.5")), "s",
        theory.shared_response(1.0, 0.5), lambda seed: shared(seed, 0.0),
    ),
    Trial(
        "extract", "A shared server beside an extract", "E[S] / (1 − φ − ρ): an extract takes the share φ",
        "Kleinrock (1967)", (("utilisation", "0.5"), ("extract's share φ", "0.2")), "s",
        theory.shared_response(1.0, 0.5, 0.2), lambda seed: shared(seed, 0.2),
    ),
)  # fmt: skip
