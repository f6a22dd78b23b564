"""A day in the words that a scenario's text leaves open: its number of events, how they move, any figure of a stage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np

from lifecycle.simulation.day.arrivals import spike_rhythm
from lifecycle.simulation.model.bounds import MOST_VISITS, fitting_events
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.moving import in_force, turned_by_switches
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.roles import ROLES, figures_of
from lifecycle.words import duration, enumerated, number

_ONE = {"1 h": "hour", "60 s": "minute", "24 h": "day"}


def day_words(network: Network, scenario: Scenario, asks: Collection[str]) -> Mapping[str, str]:
    """The words for what a text asks to be told; what cannot be told is left out."""
    by_name = {}
    for name in asks:
        station, dot, figure = name.partition(".")
        words = _figure(network, scenario, station, figure) if dot else _OF_DAY.get(name, _nothing)(network, scenario)
        if words is not None:
            by_name[name] = words
    return by_name


def fewer_events(network: Network, scenario: Scenario) -> str:
    """A sentence on why a day has fewer events than `scenario` asks for; "" where all of them are simulated."""
    fitting = fitting_events(network, scenario)
    if fitting == scenario.events:
        return ""
    what = f"{fitting:,} of {scenario.events:,} events are simulated"
    return (
        f"{what}, since they pass many of the {len(network.stations):,} stages and a run has room for "
        f"{MOST_VISITS:,} events at stages. Counts and queues are smaller than with all of them."
    )


def knows(network: Network, name: str) -> bool:
    """Whether a text may ask for this."""
    return bool(day_words(network, Scenario(), (name,)))


def _nothing(_network: Network, _scenario: Scenario) -> None:
    return None


def _events(_: Network, scenario: Scenario) -> str:
    return f"{scenario.events:,}"


def _mean(_: Network, scenario: Scenario) -> str:
    return number(float(f"{scenario.events / DAY_S:.2g}"))


def _rush(_: Network, scenario: Scenario) -> str:
    """Events a second in the rush of a day with one, to two figures."""
    knots, shares = spike_rhythm(scenario.spike_at_s, scenario.spike_length_s, scenario.spike_factor)
    first, last = np.interp([scenario.spike_at_s, scenario.spike_at_s + scenario.spike_length_s], knots, shares)
    return number(float(f"{scenario.events * (last - first) / scenario.spike_length_s:.2g}"))


def _moves(network: Network, scenario: Scenario) -> str:
    """`pulled in batches, one every hour`: what the switches say of the transfer, with the timetable in use.

    Flows that say how they move are named after it.
    """
    titles = enumerated([way.title for way in in_force(network, scenario) if way.id])
    if not titles:
        return _switched(network, scenario)
    return (
        f"{_switched(network, scenario)}, and in part moved by {titles}"
        if turned_by_switches(network)
        else f"moved by {titles}"
    )


def _switched(network: Network, scenario: Scenario) -> str:
    if scenario.size == Size.STREAM:
        return {Start.PULL: "pulled as a stream", Start.PUSH: "pushed as a stream, each as it is born"}[scenario.start]
    pumps = [station for station in network.stations if station.role == Role.INGESTION]
    what = {Start.PULL: "pulled in batches", Start.PUSH: "pushed as files"}[scenario.start]
    if not pumps:
        return what
    every = duration(figures_of(pumps[0], scenario)["batch_interval_s"])
    return f"{what}, one every {_ONE.get(every, every)}"


def moving_words(network: Network, labels: Mapping[str, str]) -> str:
    """Which flows move how whatever the switches say, as a sentence; "" where all are turned by them."""
    saying = [(link, link.way) for link in network.links if link.way]
    if not saying and not turned_by_switches(network):
        return (
            "Who starts and how much at a time turn nothing here: they turn flows into an ingestion, and there is none."
        )
    if not saying:
        return ""
    flows = enumerated([f"{labels[link.source]} → {labels[link.target]} by {way.title}" for link, way in saying])
    if turned_by_switches(network):
        return f"Whatever the switches say, these flows move in their own way: {flows}."
    return f"Who starts and how much at a time turn nothing here, since each flow says how it moves: {flows}."


def jobs_words(network: Network, scenario: Scenario) -> str:
    """That the switch of the transformation turns nothing where every job runs on a schedule; "" else."""
    stations = network.on_day(scenario.schedules, scenario.on_schedule).stations
    jobs = [station for station in stations if station.role == Role.TRANSFORM]
    if not jobs or not all(station.schedule for station in jobs):
        return ""
    return "The transformation's switch turns nothing here, since every job runs on a schedule."


def _figure(network: Network, scenario: Scenario, station: str, name: str) -> str | None:
    place = next((at for at in network.stations if at.id == station), None)
    figure = next((knob for knob in ROLES[place.role] if knob.name == name), None) if place else None
    if place is None or figure is None:
        return None
    value = figures_of(place, scenario)[name]
    return dict(figure.options).get(value) or (duration(value) if figure.unit == "s" else number(value))


_OF_DAY: Mapping[str, Callable[[Network, Scenario], str | None]] = {
    "events": _events,
    "mean": _mean,
    "rush": _rush,
    "moves": _moves,
}
