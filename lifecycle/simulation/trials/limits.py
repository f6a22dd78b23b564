"""What limits do: events lost for want of room or of patience, held by a schedule, or by a limit on their rate."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.kernels import expiring, finite, rate_limited, scheduled
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Policy
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.trials.trial import EVENTS, WARM_UP, Trial, exponential, poisson
from lifecycle.simulation.trials.waits import two_sizes


def full(
    load: float, seed: int, events: int = EVENTS, warm_up: int = WARM_UP, room: int = 5, policy: Policy = Policy.REFUSE
) -> float:
    """Return the share lost at one server with room for `room` events: random arrivals, exponential works."""
    arrivals, works = poisson(seed, "M/M/1/K", 1.0, events), exponential(seed, "M/M/1/K", "work", load, events)
    return _lost(finite(arrivals, works, room, policy), warm_up)


def impatient(
    load: float, seed: int, events: int = EVENTS, warm_up: int = WARM_UP, patience_in_works: float = 4.0
) -> float:
    """Return the share lost at one server because each event waits at most so many mean works."""
    arrivals, works = poisson(seed, "patience", 1.0, events), exponential(seed, "patience", "work", load, events)
    return _lost(expiring(arrivals, works, patience_in_works * load), warm_up)


def no_line(offered: float, servers: int, seed: int, events: int = EVENTS, warm_up: int = WARM_UP) -> float:
    """Return the share lost where nobody waits: who finds one server busy tries the next, and leaves after the last.

    Each server is one `finite` with room for one alone; works of two sizes, since only their mean counts.
    """
    arrivals, works = poisson(seed, "no line", 1.0, events), two_sizes(seed, "no line", offered, events)
    turned_away = np.arange(events)
    for _ in range(servers):
        refused = np.isnan(finite(arrivals[turned_away], works[turned_away], 1))
        turned_away = turned_away[refused]
    return float(np.count_nonzero(turned_away >= warm_up)) / (events - warm_up)


def _lost(departures: Seconds, warm_up: int) -> float:
    return float(np.isnan(departures[warm_up:]).mean())


INTERVAL_S, OVERHEAD_S, PER_EVENT_S, PER_S = 60.0, 5.0, 0.02, 10.0


def batch_age(seed: int) -> float:
    """Return the mean age (seconds) of events when the job that a schedule starts has done with them."""
    arrivals = poisson(seed, "schedule", PER_S, int(40 * INTERVAL_S * PER_S))
    ages = scheduled(arrivals, INTERVAL_S, OVERHEAD_S, PER_EVENT_S) - arrivals
    whole = arrivals <= np.floor(arrivals[-1] / INTERVAL_S) * INTERVAL_S  # the last interval has come only in part
    return float(ages[whole].mean())


RATE, BURST, TOKENS = 2.0, 25, 5


def bucket_delays(seed: int) -> float:
    """Return the share of events that find a token bucket of 5 empty, at nine tenths of its rate."""
    arrivals = poisson(seed, "bucket", 0.9 * RATE, EVENTS)
    return float((rate_limited(arrivals, RATE, TOKENS) > arrivals)[WARM_UP:].mean())


def bucket_rate(seed: int) -> float:
    """Return the rate (events a second) that leaves a token bucket that is asked for half as much again."""
    through = _crowded(seed)
    return float((EVENTS - EVENTS // 2) / (through[-1] - through[EVENTS // 2 - 1]))


def bucket_excess(seed: int) -> float:
    """Return the most events by which any window of the output exceeds burst + rate × window, over all windows."""
    through = _crowded(seed)
    ahead = np.arange(EVENTS) - RATE * through
    return float((ahead - np.minimum.accumulate(ahead)).max()) + 1.0 - BURST


def _crowded(seed: int) -> Seconds:
    return rate_limited(poisson(seed, "crowd", 1.5 * RATE, EVENTS), RATE, BURST)


_ROOM = (("utilisation", "0.9"), ("room", "5"))
LIMITS = (
    Trial(
        "mm1k", "M/M/1/K: share refused", "(1 − ρ) ρᴷ / (1 − ρᴷ⁺¹): a buffer with room for K refuses the newest",
        "Kleinrock (1975)", _ROOM, "share", theory.mm1k_loss(1.0, 0.9, 5), lambda seed: full(0.9, seed, 10_000, 1_000),
    ),
    Trial(
        "drop-oldest", "Dropping the oldest loses as many", "the share of M/M/1/K: who is lost changes, how many not",
        "every loss swaps one waiting event for another; Kleinrock (1975)", _ROOM, "share",
        theory.mm1k_loss(1.0, 0.9, 5), lambda seed: full(0.9, seed, 5_000, 1_000, policy=Policy.DROP_OLDEST),
    ),
    Trial(
        "erlang-b", "Erlang B: share turned away", "c servers and no line; only the mean of the work counts",
        "Erlang (1917); Sevastyanov (1957)", (("offered", "3 erlangs"), ("servers", "4")), "share",
        theory.erlang_b(3.0, 4), lambda seed: no_line(3.0, 4, seed, 10_000, 1_000),
    ),
    Trial(
        "barrer", "Patience: share that expires", "(1 − ρ) ρ e⁻ᵈ / (1 − ρ² e⁻ᵈ), d = patience (1 − ρ) / E[S]",
        "Barrer (1957)", (("utilisation", "0.9"), ("patience", "4 works")), "share",
        theory.barrer_loss(1.0, 0.9, 3.6), lambda seed: impatient(0.9, seed, 10_000, 1_000),
    ),
    Trial(
        "schedule", "Scheduled batch: mean age", "half an interval and the job, which is one event longer than most",
        "renewal theory; Cox (1962)",
        (("interval", "60 s"), ("job", "5 s + 0.02 s an event"), ("arrivals", "10 a second")), "s",
        theory.scheduled_age(INTERVAL_S, OVERHEAD_S + PER_EVENT_S * (1.0 + PER_S * INTERVAL_S)), batch_age,
    ),
    Trial(
        "bucket-delays", "Token bucket: share that must wait", "the tail of M/D/1: an empty bucket is a server behind",
        "Erlang (1909), Crommelin (1932)", (("asked", "0.9 of the rate"), ("burst", "5")), "share",
        theory.token_bucket_delayed(0.9 * RATE, RATE, TOKENS), bucket_delays,
    ),
    Trial(
        "bucket-rate", "Token bucket: rate in the long run", "exactly the rate, whenever more is asked for",
        "ITU-T I.371", (("asked", "1.5 times the rate"), ("rate", "2 a second")), "events/s",
        RATE, bucket_rate, exact=1e-9,
    ),
    Trial(
        "bucket-envelope", "Token bucket: its envelope", "no window has more than burst + rate · window, one has it",
        "Cruz (1991)", (("rate", "2 a second"), ("burst", "25"), ("windows", "all")), "events over",
        0.0, bucket_excess, exact=1e-6,
    ),
)  # fmt: skip
