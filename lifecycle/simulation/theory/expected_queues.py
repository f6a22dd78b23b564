"""What theory says of servers with lines before them, each of which takes its events in turn."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, FaultKind, Role, WhenFull
from lifecycle.simulation.model.moving import ways_at
from lifecycle.simulation.readings.series import busy
from lifecycle.simulation.roles.buffer import room_of
from lifecycle.simulation.roles.workplace import per_byte_s, per_row_s
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.theory.laws import Expectation, Law, Laws, NoLaw, by_the_hour, highest, rare, unless_hidden
from lifecycle.simulation.theory.obstacles import SETTLES_SHARE, not_random, too_much, work_fault, working_faults
from lifecycle.simulation.theory.randomness import HOUR_S, ArrivalLaw
from lifecycle.simulation.theory.scatter import loss_sd, settling_s, wait_sd

WAIT = "Mean wait before service"
NEAR_EXPONENTIAL = 0.9  # variation from which a law for exponential work is close; 1 is exponential
CRITICAL = 0.95  # beyond it Crommelin's sum grows long
# How far the hourly laws may be off: half of what Green and Kolesar (1991) find where queues settle this soon.
ROUGH = 0.15


@dataclass(frozen=True)
class QueueWork:
    """The work of one event: its mean, seconds, and its squared coefficient of variation, bytes included."""

    mean_s: float
    variation: float


def work_of(run: Run, passage: Passage) -> QueueWork:
    """Return what an event takes of a server: work, as spread as `spread` says, and the handling of its bytes."""
    figures = run.figures[passage.id]
    if figures.get("direct"):
        return QueueWork(0.0, 0.0)
    per_event_s, spread = per_row_s(figures), figures["spread"]
    sizes = np.array([run.figures[name]["event_bytes"] for name in run.sources])[run.source[passage.ids]]
    bytes_s = sizes * per_byte_s(figures)
    mean_s = per_event_s + float(bytes_s.mean())
    if mean_s == 0.0:
        return QueueWork(0.0, 0.0)
    variation = ((per_event_s * spread) ** 2 + float(bytes_s.var())) / mean_s**2
    return QueueWork(mean_s, round(variation, 4))


def served(run: Run, passage: Passage, arrivals: ArrivalLaw) -> Laws:
    """What holds of a station's servers: first the loss, expiry or wait, then how busy they are, and how they drain."""
    work, fault = work_of(run, passage), work_fault(run, passage)
    room = _room(run, passage)
    kept = passage.fate == 0
    waited = float((passage.started_s - passage.arrived_s)[kept].mean()) if kept.any() else None
    others = [
        law for law in (_utilisation(run, passage, arrivals, work, fault), _drain(run, passage, arrivals, work)) if law
    ]
    expired = bool((passage.fate == Fate.EXPIRED).any())
    if room < math.inf and expired:
        both = "it can lose events for want of room and for waiting too long: no closed form for both"
        return (NoLaw("Share lost", "share", _share(passage, *LIMITS), fault or both), *others)
    if room < math.inf:
        return (_loss(run, passage, arrivals, work, int(room), fault), *others)
    if expired:
        return (_expiry(run, passage, arrivals, work, fault), *others)
    return (queue_wait(arrivals, work, passage.servers, waited, fault), *others)


LIMITS = (Fate.REFUSED, Fate.DROPPED, Fate.EXPIRED, Fate.SKIPPED)


def _share(passage: Passage, *fates: Fate) -> float:
    return float(np.isin(passage.fate, fates).mean())


def _room(run: Run, passage: Passage) -> float:
    """How many events each of its servers has room for; infinity for no limit that could lose any."""
    figures = run.figures[passage.id]
    if passage.role == Role.BUFFER:
        return math.inf if figures["direct"] else room_of(figures)
    if passage.role == Role.INGESTION and ways_at(run.network, run.scenario, passage.id)[0].throws:
        return math.ceil(figures["capacity"]) or math.inf
    return math.inf


def _utilisation(
    run: Run, passage: Passage, arrivals: ArrivalLaw, work: QueueWork, fault: str | None
) -> Expectation | None:
    """Arrivals a second × mean work / servers: all work that comes is done, sooner or later."""
    if work.mean_s == 0.0:
        return None
    day = np.array([0.0, run.horizon_s])
    share, load = float(busy(run, passage.id, day)[0]), theory.utilisation(arrivals.per_s, work.mean_s, passage.servers)
    name, capacity_s = "Utilisation", passage.servers * run.horizon_s
    left_over = work.mean_s * int(np.count_nonzero((passage.started_s > run.horizon_s) & (passage.fate == 0)))
    obstacle = fault or (
        "events that are lost before they are served cost no work" if _share(passage, *LIMITS) else None
    )
    if not obstacle and left_over > 0.005 * capacity_s:
        obstacle = "work is left over at midnight"
    if obstacle:
        return NoLaw(name, "share", share, obstacle)
    sd = work.mean_s * math.sqrt(arrivals.count * work.variation) / capacity_s
    within = 4.0 * sd + (left_over + 3.0 * passage.servers * work.mean_s) / capacity_s
    why = "arrivals a second × mean work / servers: all work that comes is done, sooner or later"
    return Law(name, "share", "λS/c", load, share, within, why)


def queue_wait(
    arrivals: ArrivalLaw, work: QueueWork, servers: int, waited: float | None, fault: str | None
) -> Expectation:
    """The mean wait before one server, or several in turn; `fault`: why their work has no steady state, if so."""
    obstacle = fault
    if work.mean_s == 0.0:
        if obstacle or waited is None:
            return NoLaw(WAIT, "s", waited, obstacle or "no event is served")
        why = "work that takes no time makes nobody wait, however events come"
        return Law(WAIT, "s", "no work", 0.0, waited, 1e-6, why, exact=True)
    obstacle = obstacle or not_random(arrivals) or too_much(arrivals, work.mean_s, servers)
    law, name, title = waiting_law(work, servers)
    if servers > 1 and work.variation == 0.0 and highest(arrivals) * work.mean_s / servers > CRITICAL:
        obstacle = obstacle or "so near to its limit the sum for equal work loses its digits"
    if obstacle or law is None or waited is None:
        return NoLaw(WAIT, "s", waited, obstacle or title)
    value, steady = by_the_hour(law, arrivals), arrivals.manner == "random"
    near = servers > 1 and work.variation not in (0.0, 1.0)
    within = 4.0 * wait_sd(arrivals, work.mean_s, work.variation, servers)
    within += 0.0 if steady and not near else ROUGH * value
    when = (
        "events come at random, at a steady rate"
        if steady
        else "hour by hour: the rate changes with the hour, and the queue settles far sooner (Green, Kolesar 1991)"
    )
    return unless_hidden(
        Law(WAIT, "s", name, value, waited, within, f"{title}; {when}", approximate=not steady or near)
    )


def waiting_law(work: QueueWork, servers: int) -> tuple[Callable[[float], float] | None, str, str]:
    """The law of the mean wait by the rate of arrivals, its name and title; or None, "", and why."""
    mean_s, variation = work.mean_s, work.variation
    if servers == 1:
        name = {0.0: "M/D/1", 1.0: "M/M/1"}.get(variation, "M/G/1")
        title = {0.0: "M/D/1: equal services", 1.0: "M/M/1: exponential services"}.get(
            variation, f"M/G/1 (Pollaczek, Khinchine): services with variation {variation:.2g}"
        )
        return lambda rate: theory.mg1_wait(rate, mean_s, variation), name, title
    if variation >= NEAR_EXPONENTIAL:
        name = f"E{servers}/M/1"
        title = f"{name}: dealt in turn to {servers} servers"
        return lambda rate: theory.dealt_wait(rate, mean_s, servers), name, title
    if variation == 0.0:
        title = f"M/D/{servers} (Crommelin): equal services make {servers} lines in turn one line"
        return lambda rate: theory.mdc_wait(rate, mean_s, servers), f"M/D/{servers}", title
    return None, "", f"{servers} servers who take turns have a closed form only for equal or exponential services"


def _loss(
    run: Run, passage: Passage, arrivals: ArrivalLaw, work: QueueWork, room: int, fault: str | None
) -> Expectation:
    name, share = "Share lost for want of room", _share(passage, Fate.REFUSED, Fate.DROPPED)
    obstacle = fault
    if passage.servers > 1:
        obstacle = obstacle or "several consumers with a line each and limited room: no closed form"
    if work.variation < NEAR_EXPONENTIAL:
        obstacle = obstacle or "limited room has a simple closed form only for exponential services"
    obstacle = obstacle or _unsettled(run, arrivals, work, room)
    if obstacle:
        return NoLaw(name, "share", share, obstacle)
    law, value = f"M/M/1/{room}", theory.mm1k_loss(arrivals.per_s, work.mean_s, room)
    why = f"{law}: random arrivals, exponential services, {_room_in_words(run.figures[passage.id], passage.role, room)}"
    load = arrivals.per_s * work.mean_s
    rough = (1.0 - work.variation) + settling_s(arrivals.per_s, work.mean_s, room) / run.horizon_s
    return rare(name, law, value, share, loss_sd(load, room, arrivals.count), arrivals.count, why, rough)


def _room_in_words(figures: Mapping[str, float], role: Role, room: int) -> str:
    if role == Role.BUFFER and WhenFull(int(figures["policy"])) is WhenFull.BLOCK:
        return f"room for {room:,} with the sender's own, who holds what the log has no room for"
    return f"room for {room:,}"


def _expiry(run: Run, passage: Passage, arrivals: ArrivalLaw, work: QueueWork, fault: str | None) -> Expectation:
    name, share = "Share expired", _share(passage, Fate.EXPIRED)
    patience_s = run.figures[passage.id]["retention_s"]
    obstacle = fault
    if Fate.SKIPPED in passage.fate:
        obstacle = (
            obstacle or "a reader whose place is gone jumps to the newest: the line does not stay what the formula has"
        )
    if passage.servers > 1 or work.variation < NEAR_EXPONENTIAL:
        obstacle = obstacle or "expiry has a closed form here only for one consumer and exponential services"
    room = math.ceil(patience_s / work.mean_s) + 1  # who is served in that time, on average
    obstacle = obstacle or _unsettled(run, arrivals, work, room)
    if obstacle:
        return NoLaw(name, "share", share, obstacle)
    value, load = theory.barrer_loss(arrivals.per_s, work.mean_s, patience_s), arrivals.per_s * work.mean_s
    why = "Barrer 1957: random arrivals, exponential services, each event waits for so long and no longer"
    rough = (1.0 - work.variation) + settling_s(arrivals.per_s, work.mean_s, room) / run.horizon_s
    return rare(name, "M/M/1+D", value, share, loss_sd(load, room, arrivals.count), arrivals.count, why, rough)


def _unsettled(run: Run, arrivals: ArrivalLaw, work: QueueWork, room: int) -> str | None:
    """Why the share that is lost has no steady value: the rate changes, or it fills too slowly."""
    if why := not_random(arrivals):
        return why
    if arrivals.manner == "rhythm":
        return "the rate changes with the hour"
    settles_s = settling_s(arrivals.per_s, work.mean_s, room)
    if settles_s > SETTLES_SHARE * run.horizon_s:
        return f"room for {room:,} takes {settles_s / HOUR_S:,.1f} h to fill or to empty: a day is too short"
    return None


def _drain(run: Run, passage: Passage, arrivals: ArrivalLaw, work: QueueWork) -> Expectation | None:
    """How long after its only outage one server has caught up."""
    faults = working_faults(run, passage)
    if (
        len(faults) != 1
        or faults[0].kind != FaultKind.DOWN
        or passage.servers > 1
        or not_random(arrivals)
        or work.mean_s == 0.0
    ):
        return None
    start_s, end_s = faults[0].start_s, faults[0].end_s
    if passage.lost_s.size or end_s >= run.horizon_s or _room(run, passage) < math.inf:
        return None
    at_once = (passage.started_s <= passage.arrived_s + 1e-6) & (passage.arrived_s > end_s)
    if not at_once.any():
        return None
    first_s = passage.started_s[at_once][0]
    took_s = float(passage.work_to_s[np.searchsorted(passage.work_from_s, first_s) - 1]) - end_s
    rates = arrivals.hourly_per_s if arrivals.manner == "rhythm" else np.array([arrivals.per_s])
    loads = rates * work.mean_s
    before, now = (float(loads[min(int(at_s // HOUR_S), loads.size - 1)]) for at_s in (start_s, end_s))
    if max(before, now) >= 1.0 or took_s <= 0.0:
        return None
    work_s = _work_within(loads, start_s, end_s) + theory.mg1_wait(before / work.mean_s, work.mean_s, work.variation)
    value = _until_done(loads, end_s, work_s, run.horizon_s)
    if value is None:
        return None
    second = work.mean_s * (1.0 + work.variation)  # E[S²] / E[S]
    spread = second * (work_s + now * value)  # of what came meanwhile and comes until then, seconds²
    within = 4.0 * math.sqrt(spread) / (1.0 - now) + (0.0 if arrivals.manner == "random" else ROUGH * value)
    why = f"(ρ × outage + work before) / (1 - ρ), an outage of {end_s - start_s:,.0f} s at utilisation {now:.2f}"
    name, rough = "Time to drain after the outage", arrivals.manner != "random"
    return unless_hidden(Law(name, "s", "drain", value, took_s, within, why, approximate=rough))


def _work_within(loads: Seconds, start_s: float, end_s: float) -> float:
    """Seconds of work that come from `start_s` to `end_s`; `loads`: utilisation of each hour, or one for the day."""
    if loads.size == 1:
        return float(loads[0]) * (end_s - start_s)
    knots = np.arange(loads.size + 1) * HOUR_S
    came = np.concatenate(([0.0], np.cumsum(loads))) * HOUR_S
    return float(np.diff(np.interp([start_s, end_s], knots, came))[0])


def _until_done(loads: Seconds, from_s: float, work_s: float, end_s: float) -> float | None:
    """Seconds from `from_s` until `work_s` and all that comes meanwhile is done; None if not by `end_s`."""
    if loads.size == 1:
        took = work_s / (1.0 - float(loads[0]))
        return took if from_s + took <= end_s else None
    at_s = from_s
    while at_s < end_s:
        hour = min(int(at_s // HOUR_S), loads.size - 1)
        free, until_s = 1.0 - float(loads[hour]), (hour + 1) * HOUR_S
        if free > 0.0 and work_s / free <= until_s - at_s:
            return at_s + work_s / free - from_s
        work_s -= free * (until_s - at_s)
        at_s = until_s
    return None
