"""Why a law does not hold at a station on a day: what faults do there, how events come, how much comes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import assert_never

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.placing import hosts
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.faults import can_happen
from lifecycle.simulation.model.kinds import FaultKind, OnDrift
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.theory.laws import highest
from lifecycle.simulation.theory.randomness import ArrivalLaw, Manner

# Hour by hour a queue follows its rate only if it settles much faster than the rate changes; over a day, likewise.
SETTLES_S = 360.0
SETTLES_SHARE = 0.02  # of the day


def faults_at(run: Run, station: str) -> Iterator[Fault]:
    """The faults that last any time and do something to a station, those of the server on which it runs included."""
    servers = hosts(station, run.network, run.figures[station])
    struck = next(one for one in run.network.stations if one.id == station)
    for fault in run.scenario.faults:
        strikes = fault.station == station and can_happen(fault.kind, struck)
        below = fault.station in servers and fault.kind in (FaultKind.DOWN, FaultKind.SLOW, FaultKind.CONTEND)
        # Anyone who reads a renamed column meets it, wherever it was renamed.
        if fault.start_s < fault.end_s and (strikes or below or fault.kind == FaultKind.DRIFT):
            yield fault


def work_fault(run: Run, passage: Passage) -> str | None:
    """Why the work of a station has no steady state on a day with these faults; None if they leave it alone."""
    return next((words for fault in working_faults(run, passage) if (words := _on_work(fault, run, passage))), None)


def working_faults(run: Run, passage: Passage) -> list[Fault]:
    """The faults that touch the work of a station."""
    return [fault for fault in faults_at(run, passage.id) if _on_work(fault, run, passage)]


def way_fault(run: Run, passage: Passage) -> str | None:
    """Why the time until events are out has none: the faults of the work, and of the way out."""
    for fault in faults_at(run, passage.id):
        if fault.kind == FaultKind.CUT:
            return "its way out is cut for a part of the day: what is done waits"
    return work_fault(run, passage)


def _on_work(fault: Fault, run: Run, passage: Passage) -> str | None:
    """What one fault does to the work here. A new kind without an answer does not pass the type checker."""
    match fault.kind:
        case FaultKind.DOWN:
            return "it is down for a part of the day: no steady state"
        case FaultKind.SLOW:
            return "it is slow for a part of the day: no steady state"
        case FaultKind.CONTEND:
            return "other work takes its server for a part of the day: no steady state"
        case FaultKind.POISON:
            return "a record that crashes its reader holds up the others: no steady state"
        case FaultKind.FORGET:
            return "for a part of the day it keeps events for a shorter time than for the rest"
        case FaultKind.DRIFT:
            stops = ROLE_TYPES[passage.role].reads(run.figures[passage.id]) is OnDrift.STOP
            return "it stops at a column that it does not know: no steady state" if stops else None
        case FaultKind.FAIL | FaultKind.SLEEP:
            return "its schedule has a bad day: no steady state"
        case FaultKind.CUT | FaultKind.RERUN | FaultKind.SPIKE | FaultKind.SKEW:
            return None  # they change when events go out, come, or say that they were born: the arrivals show it
        case _:
            assert_never(fault.kind)


_MANNERS: Mapping[Manner, str] = {
    "batches": "arrivals come in batches",
    "regular": "arrivals are more regular than chance",
    "bursty": "arrivals come in bursts",
    "few": "too few events arrive to know how they come",
}


def not_random(arrivals: ArrivalLaw) -> str | None:
    """Return why laws for random arrivals do not hold of these, None if they do."""
    return _MANNERS.get(arrivals.manner)


def too_much(arrivals: ArrivalLaw, mean_s: float, servers: int) -> str | None:
    """Why there is no steady state: more work than can be done, in the day or in an hour; or a queue slow to settle."""
    load = theory.utilisation(arrivals.per_s, mean_s, servers)
    if load >= 1.0:
        return f"utilisation is {load:.2f}, not below 1: the queue grows all day, there is no steady state"
    if arrivals.manner != "rhythm":
        if mean_s / (1.0 - math.sqrt(load)) ** 2 > SETTLES_SHARE * arrivals.count / arrivals.per_s:
            return f"utilisation is {load:.2f}: the queue takes too long to settle within the day"
        return None
    hour, most = int(arrivals.hourly_per_s.argmax()), highest(arrivals) * mean_s / servers
    if most >= 1.0:
        return f"utilisation is {most:.2f} from {hour}:00: the queue grows, no steady state in that hour"
    if mean_s / (1.0 - math.sqrt(most)) ** 2 > SETTLES_S:
        return f"utilisation is {most:.2f} from {hour}:00: the queue takes too long to settle within the hour"
    return None
