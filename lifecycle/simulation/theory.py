"""Closed forms of queueing theory, to hold the simulation to and to show beside it.

Rates are per second, times in seconds, all results plain floats. `arrivals_per_s` above 0 of a Poisson process,
`service_s` the mean time of one service (0 or more); where a queue has no limit and no steady state (utilisation 1 or
above), a wait is infinite. Every function raises ValueError, with the value, outside these ranges.

Sources: Kleinrock, *Queueing Systems*, vol. 1 (1975), unless a function names another.
"""

from __future__ import annotations

import math

from lifecycle.simulation.inputs import above_zero, not_negative, whole


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
    """Return the share of arrivals lost in M/G/c/c, where whoever finds all servers busy leaves.

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
