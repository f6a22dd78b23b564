"""What is wrong with a network or a scenario, all of it at once, so that an author fixes it in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lifecycle.simulation.faults import KINDS, can_happen, factor_problem
from lifecycle.simulation.model.figures import is_number
from lifecycle.simulation.model.kinds import Arrivals, Role, Size, Start
from lifecycle.simulation.model.moving import moving_problems
from lifecycle.simulation.model.network import Network, Station, order
from lifecycle.simulation.model.scenario import DAY_S, MAX_EVENTS, Fault, Scenario
from lifecycle.simulation.model.schedules import job_problems
from lifecycle.simulation.model.schedules import problems as schedule_problems
from lifecycle.simulation.model.ways import way_problems
from lifecycle.simulation.roles import ROLES, figure_problem


def validate(network: Network, scenario: Scenario) -> tuple[str, ...]:
    """Return every problem in words, none if `simulate` will run: what is wrong, its value, and what is allowed."""
    ids = {station.id for station in network.stations}
    nowhere = (f"on_schedule: there is no station {id!r}" for id, _ in scenario.on_schedule if id not in ids)
    network = network.on_day(scenario.schedules, scenario.on_schedule)
    return (*nowhere, *_network(network), *_scenario(network, scenario))


def _network(network: Network) -> Iterator[str]:
    ids = [station.id for station in network.stations]
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{times} stations are called {name!r}; give each its own id"
    yield from _schedules(network)
    for station in network.stations:
        if station.role not in ROLES:
            yield f"{station.id}: unknown role {station.role!r}; choose {', '.join(ROLES)}"
            continue
        for name, value in station.figures:
            problem = figure_problem(station, name, value)
            if problem:
                yield problem
        if station.observed_s and station.role != Role.TRANSFORM:
            yield f"{station.id}: a {station.role} with observed durations; only a transform has jobs"
        if not all(is_number(lasted_s) and 0.0 < lasted_s <= DAY_S for lasted_s in station.observed_s):
            yield f"{station.id}: a job took {station.observed_s!r} seconds; write numbers above 0, at most {DAY_S:g}"
    sound = True
    for link in network.links:
        for end in {link.source, link.target} - set(ids):
            sound = False
            yield f"flow {link.source} → {link.target}: there is no station {end!r}"
        if link.share is not None and not (is_number(link.share) and 0.0 < link.share <= 1e6):
            yield f"flow {link.source} → {link.target}: share is {link.share!r}; write a number above 0"
    for (source, target), times in Counter((link.source, link.target) for link in network.links).items():
        if times > 1:
            yield f"{times} flows run from {source} to {target}; one is enough"
    if sound:
        for link in network.links:
            problems = (*moving_problems(network, link), *(way_problems(link.way) if link.way else ()))
            yield from (f"flow {link.source} → {link.target}: {words}" for words in problems)
        try:
            order(network)
        except ValueError as error:
            yield str(error)


def _schedules(network: Network) -> Iterator[str]:
    """What is wrong with the schedules, and with the stages that are on one."""
    known = Counter(schedule.id for schedule in network.schedules)
    yield from (
        f"{times} schedules are called {id!r}; give each its own id" for id, times in known.items() if times > 1
    )
    for schedule in network.schedules:
        yield from schedule_problems(schedule, DAY_S)
    for station in network.stations:
        if station.schedule and station.schedule not in known:
            yield f"{station.id}: there is no schedule {station.schedule!r}; choose {', '.join(known) or 'none'}"
        if station.schedule and station.role != Role.TRANSFORM:
            yield f"{station.id}: a {station.role} is not on a schedule; only a transform is"
        yield from job_problems(station.id, station.jobs)


def _scenario(network: Network, scenario: Scenario) -> Iterator[str]:
    stations = {station.id: station for station in network.stations}
    switches = (
        ("start", scenario.start, tuple(Start)),
        ("size", scenario.size, tuple(Size)),
        ("transform", scenario.transform, tuple(Size)),
        ("arrivals", scenario.arrivals, tuple(Arrivals)),
    )
    for name, chosen, allowed in switches:
        if chosen not in allowed:
            yield f"{name} is {chosen!r}; choose {', '.join(allowed)}"
    if not (_is_whole(scenario.events) and 0 <= scenario.events <= MAX_EVENTS):
        yield f"events is {scenario.events!r}; write a whole number from 0 to {MAX_EVENTS:,}"
    if not (_is_whole(scenario.seed) and scenario.seed >= 0):
        yield f"seed is {scenario.seed!r}; write a whole number, 0 or more"
    limits = (("spike_at_s", 0.0, 86_400.0), ("spike_length_s", 1.0, 86_400.0), ("spike_factor", 0.0, 1_000.0))
    for name, low, high in limits:
        value = getattr(scenario, name)
        if not (is_number(value) and low <= value <= high):
            yield f"{name} is {value!r}; write a number from {low:g} to {high:,g}"
    for fault in scenario.faults:
        yield from _fault(fault, stations)
        if (
            (at := stations.get(fault.station))
            and at.schedule
            and fault.kind in KINDS
            and not can_happen(fault.kind, at)
        ):
            choose = ", ".join(kind for kind in KINDS if can_happen(kind, at))
            yield f"fault {fault.kind!r} at {at.id}: its jobs are started by a schedule; choose {choose}"
    for id, name, value in scenario.overrides:
        station = stations.get(id)
        if station is None:
            yield f"override of {name}: there is no station {id!r}"
        elif station.role in ROLES:
            problem = figure_problem(station, name, value)
            if problem:
                yield problem


def _fault(fault: Fault, stations: dict[str, Station]) -> Iterator[str]:
    if fault.kind not in KINDS:
        yield f"fault at {fault.station}: unknown kind {fault.kind!r}; choose {', '.join(KINDS)}"
    if fault.station not in stations:
        yield f"fault {fault.kind!r}: there is no station {fault.station!r}"
    if not (is_number(fault.start_s) and is_number(fault.end_s) and 0.0 <= fault.start_s <= fault.end_s):
        yield f"fault at {fault.station}: it lasts from {fault.start_s!r} to {fault.end_s!r} s; write 0 ≤ start ≤ end"
    if not is_number(fault.factor):
        yield f"fault at {fault.station}: factor is {fault.factor!r}; write a number"
    elif fault.kind in KINDS and (fix := factor_problem(fault.kind, fault.factor)):
        yield f"fault at {fault.station}: factor is {fault.factor!r}; {fix}"


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
