"""What theory says of a station's day, beside what the day says: which closed form holds, or why none does."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from lifecycle.simulation import theory
from lifecycle.simulation.measures import busy, losses
from lifecycle.simulation.passage import Passage
from lifecycle.simulation.randomness import Arrivals, Manner, arrivals_of
from lifecycle.simulation.run import Run
from lifecycle.simulation.scenario import Fault
from lifecycle.simulation.series import passage

# Hour by hour a queue follows its rate only if it settles much faster than the rate changes.
SETTLES_S = 360.0


@dataclass(frozen=True)
class Expectation:
    """One law at one station. `value`: what theory says, None where no law holds; `simulated`: what the day came to.

    `unit`: "s", "events", "share" or "events/s". `why`: why the law holds here, or why none does. `exact`: the law is
    no mean over many days but holds on this very one. `approximate`: it is close, not exact, even over many days.
    """

    name: str
    unit: str
    value: float | None
    simulated: float | None
    why: str
    exact: bool = False
    approximate: bool = False


def expected(run: Run, station: str) -> tuple[Expectation, ...]:
    """Return what theory says of a station on this day, from the day's own arrivals, figures and faults.

    Empty where nothing arrived. ValueError naming the stations there are if `station` is none of them.
    """
    here = passage(run, station)
    if here.arrived_s.size == 0:
        return ()
    arrivals = arrivals_of(here.arrived_s, run.horizon_s)
    found = _BY_ROLE[here.role](run, here, arrivals)
    return (*found, _little(run, here))


def _little(run: Run, here: Passage) -> Expectation:
    """L = λW on the day itself: the mean number inside is what each event's own time there adds up to."""
    ups, downs = np.concatenate((here.arrived_s, here.copied_s)), np.concatenate((here.out_s, here.lost_s))
    area = float((run.horizon_s - ups).sum() - (run.horizon_s - downs).sum())
    left = np.where(np.isnan(here.departed_s), run.horizon_s, np.minimum(here.departed_s, run.horizon_s))
    spent = float((left - here.arrived_s)[here.fate == 0].sum())
    spent += float(here.lost_s.sum() - here.arrived_s[here.fate > 0].sum())
    why = "Little's law, L = λW: arrivals a second × the mean time inside; it holds whatever comes"
    return Expectation("Mean number inside", "events", spent / run.horizon_s, area / run.horizon_s, why, exact=True)


def _served(run: Run, here: Passage, arrivals: Arrivals) -> tuple[Expectation, ...]:
    """Servers with lines before them: each takes its events in turn."""
    figures, servers = run.figures[here.id], here.servers
    mean_s, variation = figures["per_event_s"], figures["spread"] ** 2
    if mean_s == 0.0:
        return ()
    share = float(busy(run, here.id, np.array([0.0, run.horizon_s]))[0])
    load = theory.utilisation(arrivals.per_s, mean_s, servers)
    room = _room(run, here)
    lost = losses(run, here.id)
    waits = here.started_s - here.arrived_s
    waited = float(waits[here.fate == 0].mean()) if (here.fate == 0).any() else None
    obstacle = _faulty(run, here) or not_random(arrivals) or too_much(arrivals, mean_s, servers, bool(room))
    expectations = []
    if not room and load < 1.0 and not _faults(run, here):
        expectations.append(_utilisation(load, share))
    if room:
        expectations.append(_loss(here, arrivals, mean_s, variation, room, obstacle))
    elif "expired" in lost:
        expectations.append(_expiry(here, arrivals, mean_s, variation, figures["retention_s"], obstacle))
    else:
        expectations.append(_wait(arrivals, mean_s, variation, servers, waited, obstacle))
    drained = _drain(run, here, arrivals, mean_s, variation)
    return (*expectations, *([drained] if drained else []))


def _utilisation(load: float, share: float) -> Expectation:
    why = "arrivals a second × mean work / servers: all work that comes is done, sooner or later"
    return Expectation("Utilisation", "share", load, share, why)


def _wait(
    arrivals: Arrivals, mean_s: float, variation: float, servers: int, waited: float | None, obstacle: str | None
) -> Expectation:
    name = "Mean wait before service"
    law, title = _waiting_law(mean_s, variation, servers)
    if obstacle or law is None:
        return Expectation(name, "s", None, waited, obstacle or title)
    if arrivals.manner == "random":
        return Expectation(name, "s", law(arrivals.per_s), waited, f"{title}; events come at random, at a steady rate")
    rates = arrivals.hourly_per_s[arrivals.hourly_per_s > 0.0]
    value = math.fsum(law(rate) * rate for rate in rates.tolist()) / float(rates.sum())
    why = (
        f"{title}, hour by hour: the rate changes with the hour, and the queue settles far sooner (Green, Kolesar 1991)"
    )
    return Expectation(name, "s", value, waited, why, approximate=True)


def _waiting_law(mean_s: float, variation: float, servers: int) -> tuple[Callable[[float], float] | None, str]:
    """The law of the mean wait by the rate of arrivals, and its title; or None, and why."""
    if servers == 1:
        title = {0.0: "M/D/1: equal services", 1.0: "M/M/1: exponential services"}.get(
            variation, f"M/G/1 (Pollaczek, Khinchine): services with variation {variation:.2g}"
        )
        return lambda rate: theory.mg1_wait(rate, mean_s, variation), title
    if variation == 1.0:
        return lambda rate: theory.dealt_wait(
            rate, mean_s, servers
        ), f"E{servers}/M/1: dealt in turn to {servers} servers"
    if variation == 0.0:
        title = f"M/D/{servers} (Crommelin): equal services make {servers} lines in turn one line"
        return lambda rate: theory.mdc_wait(rate, mean_s, servers), title
    return None, f"{servers} servers who take turns have a closed form only for equal or exponential services"


def _room(run: Run, here: Passage) -> int:
    """How many events the station holds; 0 for no limit that could lose any."""
    figures = run.figures[here.id]
    if here.role == "ingestion" and (run.scenario.start == "pull" or run.scenario.size == "batch"):
        return 0
    return 0 if figures.get("policy") == 2.0 else int(figures.get("capacity", 0.0))


def _loss(
    here: Passage, arrivals: Arrivals, mean_s: float, variation: float, room: int, obstacle: str | None
) -> Expectation:
    name, share = "Share lost for want of room", float(np.isin(here.fate, (1, 3)).mean())
    if here.servers > 1:
        obstacle = obstacle or "several consumers with a line each and limited room: no closed form"
    if variation != 1.0:
        obstacle = obstacle or "limited room has a simple closed form only for exponential services"
    if obstacle is None and arrivals.manner == "rhythm":
        obstacle = "the rate changes with the hour"
    if obstacle:
        return Expectation(name, "share", None, share, obstacle)
    why = f"M/M/1/{room}: random arrivals, exponential services, room for {room}"
    return Expectation(name, "share", theory.mm1k_loss(arrivals.per_s, mean_s, room), share, why)


def _expiry(
    here: Passage, arrivals: Arrivals, mean_s: float, variation: float, patience_s: float, obstacle: str | None
) -> Expectation:
    name, share = "Share expired", float((here.fate == 2).mean())
    if here.servers > 1 or variation != 1.0:
        obstacle = obstacle or "expiry has a closed form here only for one consumer and exponential services"
    if obstacle is None and arrivals.manner == "rhythm":
        obstacle = "the rate changes with the hour"
    if obstacle:
        return Expectation(name, "share", None, share, obstacle)
    why = "Barrer 1957: random arrivals, exponential services, each event waits for so long and no longer"
    return Expectation(name, "share", theory.barrer_loss(arrivals.per_s, mean_s, patience_s), share, why)


def _drain(run: Run, here: Passage, arrivals: Arrivals, mean_s: float, variation: float) -> Expectation | None:
    """How long after its only outage one server has caught up."""
    faults = _faults(run, here)
    if len(faults) != 1 or faults[0].kind != "down" or here.servers > 1 or not_random(arrivals) or _room(run, here):
        return None
    fault, outage_s = faults[0], faults[0].end_s - faults[0].start_s
    hour = min(int(fault.end_s // 3600.0), arrivals.hourly_per_s.size - 1)
    rate = arrivals.per_s if arrivals.manner == "random" else float(arrivals.hourly_per_s[hour])
    if rate == 0.0 or theory.utilisation(rate, mean_s) >= 1.0 or here.lost_s.size:
        return None
    before = theory.mg1_wait(rate, mean_s, variation)
    dry = (here.departed_s[:-1] <= here.arrived_s[1:]) & (here.departed_s[:-1] > fault.end_s)
    if not dry.any():
        return None
    took = float(here.departed_s[:-1][dry][0]) - fault.end_s
    why = f"(ρ × outage + work before) / (1 - ρ), an outage of {outage_s:,.0f} s at utilisation {rate * mean_s:.2f}"
    value = theory.drain_after_outage(rate, mean_s, outage_s, before)
    return Expectation("Time to drain after the outage", "s", value, took, why, approximate=arrivals.manner != "random")


def _in_jobs(run: Run, here: Passage, arrivals: Arrivals) -> tuple[Expectation, ...]:
    """A transformation on its schedule."""
    if run.scenario.transform != "batch":
        return _served(run, here, arrivals)
    figures = run.figures[here.id]
    interval = figures["interval_s"]
    each = figures["per_event_s"] / figures["workers"]
    rates = arrivals.hourly_per_s
    rows = float((rates**2).sum() / rates.sum()) * interval  # as an event sees it: busy hours count more
    longest = figures["job_overhead_s"] + float(rates.max()) * interval * each
    return (_age(run, here, arrivals, interval, figures["job_overhead_s"] + (1.0 + rows) * each, longest),)


def _flushed(run: Run, here: Passage, arrivals: Arrivals) -> tuple[Expectation, ...]:
    figures = run.figures[here.id]
    if figures["flush_interval_s"] == 0.0:
        return ()
    return (_age(run, here, arrivals, figures["flush_interval_s"], figures["put_s"], 0.0),)


def _looked_at(run: Run, here: Passage, arrivals: Arrivals) -> tuple[Expectation, ...]:
    figures = run.figures[here.id]
    if figures["interval_s"] == 0.0 or figures["per_event_s"] or figures["rate_per_s"]:
        return ()
    return (_age(run, here, arrivals, figures["interval_s"], figures["query_s"], 0.0),)


def _age(run: Run, here: Passage, arrivals: Arrivals, interval_s: float, job_s: float, longest_s: float) -> Expectation:
    """The mean time from arrival to the end of the job that a schedule starts."""
    done = here.departed_s <= run.horizon_s
    took = float((here.departed_s - here.arrived_s)[done].mean()) if done.any() else None
    obstacle = _faulty(run, here) or not_random(arrivals)
    if longest_s > interval_s:
        obstacle = obstacle or f"a job takes up to {longest_s:,.0f} s and is due every {interval_s:,.0f} s: it overruns"
    if not run.horizon_s / interval_s >= 5.0:
        obstacle = obstacle or "the schedule ticks less than five times a day: too few jobs for a mean"
    if obstacle:
        return Expectation("Mean age at the end of its job", "s", None, took, obstacle)
    why = f"half of {interval_s:,.0f} s, and the job: events come at random between two ticks"
    value = interval_s / 2.0 + job_s
    approximate = arrivals.manner != "random"
    return Expectation("Mean age at the end of its job", "s", value, took, why, approximate=approximate)


def _ingested(run: Run, here: Passage, arrivals: Arrivals) -> tuple[Expectation, ...]:
    if run.scenario.size == "batch":
        why = "it works in jobs whose files come when the sender lets them: no closed form"
        return (_none(here, why),)
    return _served(run, here, arrivals)


def _none(here: Passage, why: str) -> Expectation:
    kept = here.fate == 0
    waited = float((here.started_s - here.arrived_s)[kept].mean()) if kept.any() else None
    return Expectation("Mean wait before service", "s", None, waited, why)


def _gate(run: Run, here: Passage, arrivals: Arrivals) -> tuple[Expectation, ...]:
    """A source or interface: events wait to be called for, or for tokens."""
    rate = run.figures[here.id].get("rate_per_s", 0.0)
    half = run.horizon_s / 2.0
    if rate and (arrivals.hourly_per_s > rate).all():
        through = float(np.count_nonzero(here.out_s > half)) / half
        why = "a token bucket asked for more than its rate lets through exactly its rate"
        return (Expectation("Rate let through, second half", "events/s", rate, through, why, approximate=True),)
    if run.scenario.start == "pull" or run.scenario.size == "batch":
        return (_none(here, "events wait here until they are called for, by a schedule that is not theirs"),)
    return ()


def _kept(_run: Run, _here: Passage, _arrivals: Arrivals) -> tuple[Expectation, ...]:
    return ()


def _faults(run: Run, here: Passage) -> list[Fault]:
    return [f for f in run.scenario.faults if f.station == here.id and f.start_s < f.end_s and f.kind != "drift"]


def _faulty(run: Run, here: Passage) -> str | None:
    words = {"down": "it is down", "slow": "it is slow", "contend": "other work takes its server"}
    faults = _faults(run, here)
    return f"{words[faults[0].kind]} for a part of the day: no steady state" if faults else None


_MANNERS: Mapping[Manner, str] = {
    "batches": "arrivals come in batches",
    "regular": "arrivals are more regular than chance",
    "bursty": "arrivals come in bursts",
    "few": "too few events arrive to know how they come",
}


def not_random(arrivals: Arrivals) -> str | None:
    """Return why laws for random arrivals do not hold of these, None if they do."""
    return _MANNERS.get(arrivals.manner)


def too_much(arrivals: Arrivals, mean_s: float, servers: int, limited: bool) -> str | None:
    """Why there is no steady state: more work than can be done, in the day or in an hour; or a queue slow to settle."""
    if limited:
        return None
    load = theory.utilisation(arrivals.per_s, mean_s, servers)
    if load >= 1.0:
        return f"utilisation is {load:.2f}, not below 1: the queue grows all day, there is no steady state"
    if arrivals.manner == "rhythm":
        hour = int(arrivals.hourly_per_s.argmax())
        highest = float(arrivals.hourly_per_s[hour]) * mean_s / servers
        if highest >= 1.0:
            return f"utilisation is {highest:.2f} from {hour}:00: the queue grows, no steady state in that hour"
        if mean_s / (1.0 - math.sqrt(highest)) ** 2 > SETTLES_S:
            return f"utilisation is {highest:.2f} from {hour}:00: the queue takes too long to settle within the hour"
    return None


_BY_ROLE: Mapping[str, Callable[[Run, Passage, Arrivals], tuple[Expectation, ...]]] = {
    "source": _gate,
    "interface": _gate,
    "ingestion": _ingested,
    "buffer": _served,
    "lake": _flushed,
    "transform": _in_jobs,
    "warehouse": _served,
    "archive": _kept,
    "consumer": _looked_at,
}
