"""Closed forms of queueing theory, to hold the simulation to and to show beside it.

Rates are per second, times in seconds, all results plain floats. `arrivals_per_s` above 0 of a Poisson process,
`service_s` the mean time of one service (0 or more); where a queue has no limit and no steady state (utilisation 1 or
above), a wait is infinite. Every function raises ValueError, with the value, outside these ranges.

Sources: Kleinrock, *Queueing Systems*, vol. 1 (1975), unless a function names another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from lifecycle.simulation.model.inputs import above_zero, not_negative, whole


def utilisation(arrivals_per_s: float, service_s: float, servers: int = 1) -> float:
    """Return the share of the servers' time that the arrivals ask for; above 1 means that they ask for too much."""
    offered = above_zero("arrivals_per_s", arrivals_per_s) * not_negative("service_s", service_s)
    return offered / whole("servers", servers)


def mm1_wait(arrivals_per_s: float, service_s: float) -> float:
    """Return the mean wait before service in M/M/1: random arrivals, exponential services, one server."""
    return mg1_wait(arrivals_per_s, service_s, 1.0)


def md1_wait(arrivals_per_s: float, service_s: float) -> float:
    """Return the mean wait before service in M/D/1, where all services are equal: half that of M/M/1."""
    return mg1_wait(arrivals_per_s, service_s, 0.0)


def mg1_wait(arrivals_per_s: float, service_s: float, variation: float) -> float:
    """Return the mean wait before service in M/G/1 (Pollaczek and Khinchine).

    `variation`: the services' squared coefficient of variation, variance / mean², 0 for equal ones, 1 for exponential.
    """
    load = utilisation(arrivals_per_s, service_s)
    spread = not_negative("variation", variation)
    return load * service_s * (1.0 + spread) / (2.0 * (1.0 - load)) if load < 1.0 else math.inf


def erlang_b(offered: float, servers: int) -> float:
    """Return the share of arrivals lost in M/G/c/c, where anyone who finds all servers busy leaves.

    `offered`: arrival rate × mean service time, in erlangs. Erlang (1917), by the usual stable recursion in c.
    """
    load, blocked = not_negative("offered", offered), 1.0
    for count in range(1, whole("servers", servers) + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(offered: float, servers: int) -> float:
    """Return the share of arrivals that must wait in M/M/c: 1 if the load is more than the servers can carry."""
    if offered >= servers:
        return 1.0
    blocked = erlang_b(offered, servers)
    return blocked / (1.0 - offered / servers * (1.0 - blocked))


def mmc_wait(arrivals_per_s: float, service_s: float, servers: int) -> float:
    """Return the mean wait before service in M/M/c: c servers on one line."""
    load = utilisation(arrivals_per_s, service_s, servers)
    if load >= 1.0:
        return math.inf
    return erlang_c(load * servers, servers) * service_s / (servers * (1.0 - load))


def mm1k_loss(arrivals_per_s: float, service_s: float, capacity: int) -> float:
    """Return the share of arrivals lost in M/M/1/K, with room for `capacity` events, the one in service included."""
    load, room = utilisation(arrivals_per_s, service_s), whole("capacity", capacity)
    if load <= 1.0:
        return load**room / math.fsum(load**inside for inside in range(room + 1))
    return 1.0 / math.fsum(load**-spare for spare in range(room + 1))  # the same, with no power that can overflow


def barrer_loss(arrivals_per_s: float, service_s: float, patience_s: float) -> float:
    """Return the share of arrivals of M/M/1 that are lost because each waits at most `patience_s` for its service.

    Barrer, "Queuing with impatient customers and ordered service", Operations Research 5 (1957).
    """
    load, patience = utilisation(arrivals_per_s, service_s), not_negative("patience_s", patience_s)
    if load in (0.0, 1.0):
        return load / (2.0 + patience / service_s) if load else 0.0
    decay = patience / service_s * (1.0 - load)
    if load < 1.0:
        return (1.0 - load) * load * math.exp(-decay) / (1.0 - load**2 * math.exp(-decay))
    return (1.0 - load) * load / (math.exp(decay) - load**2)


def drain_after_outage(arrivals_per_s: float, service_s: float, outage_s: float, work_before_s: float = 0.0) -> float:
    """Return how long after an outage a server stays busy before it first runs dry, on average.

    The work that arrived meanwhile, and what was there before (`work_before_s`, on average; in M/G/1 the mean wait), is
    cleared at the speed that the arrivals leave free: (ρ × outage + before) / (1 - ρ).
    """
    load = utilisation(arrivals_per_s, service_s)
    backlog = load * not_negative("outage_s", outage_s) + not_negative("work_before_s", work_before_s)
    return backlog / (1.0 - load) if load < 1.0 else math.inf


def scheduled_age(interval_s: float, job_s: float) -> float:
    """Return the mean age of an event when its scheduled job ends: half an interval of waiting, and the job.

    For arrivals spread evenly over the interval and jobs of equal length that fit into it.
    """
    interval, job = above_zero("interval_s", interval_s), not_negative("job_s", job_s)
    return interval / 2.0 + job if job <= interval else math.inf


def token_bucket_envelope(rate: float, burst: float, window_s: float) -> float:
    """Return the most events that a token bucket lets through in any window: burst + rate × window.

    Cruz, "A calculus for network delay, part I", IEEE Transactions on Information Theory 37 (1991).
    """
    return above_zero("burst", burst) + above_zero("rate", rate) * not_negative("window_s", window_s)


def token_bucket_delayed(arrivals_per_s: float, rate: float, burst: int) -> float:
    """Return the share of random arrivals that find a token bucket empty and must wait.

    An empty bucket of `burst` tokens is a single server of 1 / rate each that is more than burst - 1 services behind,
    so this is the tail of the wait in M/D/1 (Erlang 1909; Crommelin, P. O. Electrical Engineers' Journal 25, 1932),
    whose sum alternates in sign: `burst` up to 30, or ValueError.
    """
    load, tokens = utilisation(arrivals_per_s, 1.0 / above_zero("rate", rate)), whole("burst", burst)
    if tokens > 30:
        raise ValueError(f"burst must be 30 or less: the sum loses its digits beyond; got {burst}")
    if load >= 1.0:
        return 1.0
    ahead = [load * (tokens - 1 - k) for k in range(tokens)]  # erlangs that pass in the time that is left
    at_once = math.fsum((-x) ** k / math.factorial(k) * math.exp(x) for k, x in enumerate(ahead))
    return 1.0 - (1.0 - load) * at_once


def mdc_wait(arrivals_per_s: float, service_s: float, servers: int) -> float:
    """Return the mean wait before service in M/D/c: c servers on one line, all services equal (Crommelin 1932).

    Its sum grows long towards saturation: utilisation up to 0.95, or 1 and above (infinite); between, ValueError.
    """
    load, count = utilisation(arrivals_per_s, service_s, servers), whole("servers", servers)
    if load >= 1.0 or load == 0.0:
        return math.inf if load else 0.0
    if load > 0.95:
        raise ValueError(f"utilisation must be 0.95 or less for this sum; got {load:g}")
    offered, total, turn = load * count, 0.0, 0
    while True:
        turn += 1
        more = _poisson_tail(turn * offered, turn * count + 1)
        least = more + _poisson_weight(turn * offered, turn * count)
        term = least - more / load
        total += term
        if term <= total * 1e-12:
            return total * service_s


def _poisson_weight(mean: float, count: int) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))


def _poisson_tail(mean: float, least: int) -> float:
    """The chance that a Poisson variable is `least` or more, for `least` above its mean: a falling series."""
    weight = _poisson_weight(mean, least)
    total = 0.0
    while weight > total * 1e-17:
        total += weight
        least += 1
        weight *= mean / least
    return total


def tandem_sojourn(arrivals_per_s: float, services_s: Sequence[float]) -> float:
    """Return the mean time from end to end of M/M/1 queues in a row: each is as if alone (Burke 1956; Jackson 1957)."""
    return math.fsum(mm1_wait(arrivals_per_s, service) + service for service in services_s)


def shared_response(arrivals_per_s: float, service_s: float, taken: float = 0.0) -> float:
    """Return the mean response time of a server that all present share evenly: E[S] / (1 - φ - ρ), whatever the law.

    `taken`: φ, the share (0 to 1) of the server that other work takes. Kleinrock, "Time-shared systems: a theoretical
    treatment", Journal of the ACM 14 (1967).
    """
    left = 1.0 - not_negative("taken", taken) - utilisation(arrivals_per_s, service_s)
    return service_s / left if left > 0.0 else math.inf


def dealt_wait(arrivals_per_s: float, service_s: float, servers: int) -> float:
    """Return the mean wait where random arrivals are dealt out in turn to servers with a line each, work exponential.

    Each server gets every c-th arrival: E_c/M/1, solved as G/M/1 (Kleinrock, section 6.4): σ / (1 - σ) services, where
    σ is the root in (0, 1) of σ = (λ / (λ + μ (1 - σ)))^c. `arrivals_per_s` is the rate of all arrivals together.
    """
    load, count = utilisation(arrivals_per_s, service_s, servers), whole("servers", servers)
    if load >= 1.0 or load == 0.0:
        return math.inf if load else 0.0
    low, high = 0.0, 1.0  # σ less its right-hand side is below 0 at 0 and above it just before 1
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle >= 1.0 or middle == low:
            break
        below = middle < (1.0 + (1.0 - middle) / (load * count)) ** -count
        low, high = (middle, high) if below else (low, middle)
    return low / (1.0 - low) * service_s


def cache_hits(views_per_s: float, cache_s: float) -> float:
    """Return the share of Poisson views that a cache answers which keeps each answer for `cache_s` seconds.

    A miss, then λT hits on average, then the next miss: λT / (1 + λT). `views_per_s`: of one and the same answer. Jung,
    Berger and Balakrishnan, "Modeling TTL-based Internet caches", IEEE INFOCOM (2003).
    """
    within = not_negative("views_per_s", views_per_s) * not_negative("cache_s", cache_s)
    return within / (1.0 + within)


def cache_age(views_per_s: float, cache_s: float) -> float:
    """Return how old results are on average for lying in that cache, over all views: half of T for each hit."""
    return cache_hits(views_per_s, cache_s) * cache_s / 2.0


def too_late_share(share: float, mean_s: float, window_s: float, allowed_s: float, per_s: float) -> float:
    """Return the share of `per_s` events a second that come after their window was closed.

    `share` of them is delayed by an exponential time of mean m = `mean_s`, the others come at once. A window of
    w = `window_s` closes with the first of those that is born L = `allowed_s` after its end or later: an exponential
    time D of rate r = (1 - share) per_s after that. An event at an even place u before the end is late with probability
    exp(-(u + L + D) / m); the mean over u in (0, w) and D is (m / w)(1 - exp(-w / m)) exp(-L / m) r m / (1 + r m).
    Left out: a delayed event that closes the window before D has passed, rare where 1 / r is small beside m.
    """
    m, w = above_zero("mean_s", mean_s), above_zero("window_s", window_s)
    seen = (1.0 - share) * above_zero("per_s", per_s) * m
    after_end = math.exp(-not_negative("allowed_s", allowed_s) / m) * seen / (1.0 + seen)
    return share * m / w * (1.0 - math.exp(-w / m)) * after_end


def crash_copies(arrivals_per_s: float, commit_s: float) -> float:
    """Return how many events a consumer repeats after a crash at any moment between two commits: λ × commit / 2."""
    return not_negative("arrivals_per_s", arrivals_per_s) * not_negative("commit_s", commit_s) / 2.0
