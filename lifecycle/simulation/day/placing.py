"""Where a station stands on a day: its figures, what befalls it and its host, and who receives what it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.faults.kind import past_midnight
from lifecycle.simulation.kernels.clock import Outages, Slowdowns
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.moving import CALLED, unsaid, ways_at
from lifecycle.simulation.model.network import Network, receiver
from lifecycle.simulation.model.scenario import Fault, Scenario, happening
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles.workplace import DayEvents, Receiver, Workplace


@dataclass(frozen=True, eq=False)
class DaySetting:
    """What all stations of a day have in common: network, roles and figures by name, switches, and the day's events."""

    network: Network
    roles: Mapping[str, Role]
    figures: Mapping[str, Mapping[str, float]]
    scenario: Scenario
    day: DayEvents


def placed(setting: DaySetting, name: str) -> Workplace:
    """Return where a station stands. What befalls its hosts befalls it, too."""
    scenario, figures = setting.scenario, setting.figures[name]
    closed, slowed = outages(scenario, name, *hosts(name, setting.network, figures))
    keeps = tuple(span for fault in _befalling(scenario, name) for span in KINDS[fault.kind].shortens(fault))
    fed = _receiver(setting, name)
    return Workplace(name, figures, scenario, _way(setting, name), setting.day, closed, slowed, fed, keeps=keeps)


def unchanged(setting: DaySetting, earlier: DaySetting, stations: Sequence[str]) -> frozenset[str]:
    """Return the stations at which a day is that of an earlier one: the same events come, and meet the same figures.

    `stations`: each after all that feed it. Days that differ in more than figures, and whether transformations work in
    batches, have nothing in common, nor have those of whose sources one has other figures: other events are born.
    """
    network, figures, scenario = setting.network, setting.figures, setting.scenario
    turned = {name for name in figures if figures[name] != earlier.figures.get(name)}
    schedules = {station.id: station.schedule for station in network.stations if station.schedule}
    if scenario.transform != earlier.scenario.transform:
        turned |= {name for name, role in setting.roles.items() if role == Role.TRANSFORM and name not in schedules}
    if (
        network != earlier.network
        or replace(earlier.scenario, overrides=scenario.overrides, transform=scenario.transform) != scenario
        or any(setting.roles[name] == Role.SOURCE for name in turned)
    ):
        return frozenset()
    same: set[str] = set()
    for name in stations:
        beside = {other for other, schedule in schedules.items() if schedule == schedules.get(name)} or {name}
        feeds = {link.source for link in network.links if link.target in beside and not link.loop} - beside
        if not beside & turned and receiver(network, name) not in turned and feeds <= same:
            same.add(name)
    return frozenset(same)


def outages(scenario: Scenario, *names: str) -> tuple[Outages, Slowdowns]:
    """Return when stations are down, and the spans in which they have only a part of their speed."""
    faults = _befalling(scenario, *names)
    closed = tuple(span for fault in faults for span in KINDS[fault.kind].closes(fault))
    return closed, tuple(span for fault in faults for span in KINDS[fault.kind].slows(fault))


def hosts(name: str, network: Network, figures: Mapping[str, float]) -> list[str]:
    """Return those without whom a station with these figures cannot be up.

    Of an interface the sources on whose servers it runs; of a way without a log the stations on which it lands.
    """
    if figures.get("direct"):
        return [link.target for link in network.links_from.get(name, ()) if not link.loop]
    if not figures.get("same_server"):
        return []
    feeds = [link.source for link in network.links_into.get(name, ())]
    return [feed for feed in feeds if network.roles[feed] == Role.SOURCE]


def _befalling(scenario: Scenario, *names: str) -> tuple[Fault, ...]:
    """The faults of these stations that last any time, kind by kind."""
    if not scenario.faults:
        return ()
    of_kinds = (happening(kind, scenario.faults, *names) for kind in FaultKind)
    return tuple(past_midnight(fault) for faults in of_kinds for fault in faults)


def _way(setting: DaySetting, name: str) -> Way:
    """How events get on from a source or an interface, and how they come to an ingestion: the first way of several."""
    return next(iter(ways_at(setting.network, setting.scenario, name)), unsaid(setting.scenario))


def _receiver(setting: DaySetting, name: str) -> Receiver | None:
    """The ingestion that a source or interface feeds, and when it is down."""
    if setting.roles[name] not in CALLED:
        return None
    fed = receiver(setting.network, name)
    return None if fed is None else Receiver(setting.figures[fed], outages(setting.scenario, fed)[0])
