"""A day in words: what a scenario's text leaves open (its number of events, any figure of a stage), and its faults."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np

from lifecycle.simulation.arrivals import spike_rhythm
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.figures import ROLES, figures_of
from lifecycle.simulation.network import Network
from lifecycle.simulation.scenario import DAY_S, Fault, FaultKind, Scenario
from lifecycle.words import clock, duration, number

# What a kind of fault is called, and what its factor means to the person who sets it ("": it has none).
FAULTS: dict[FaultKind, tuple[str, str]] = {
    "down": ("It stops", ""),
    "slow": ("It slows down", "Share of its speed left"),
    "cut": ("Its way out is cut", ""),
    "drift": ("A column is renamed", "Share of the events it hits"),
    "contend": ("Other work on its server", "Share of the server taken"),
    "spike": ("A rush", "Times the usual traffic"),
    "skew": ("Its clock is wrong", "Minutes ahead"),
    "poison": ("A record that crashes its reader", ""),
    "rerun": ("Its work is run twice", ""),
    "forget": ("It forgets too soon", "Minutes that events are kept"),
}
_ONE = {"1 h": "hour", "60 s": "minute", "24 h": "day"}


def day_words(network: Network, scenario: Scenario, asks: Collection[str]) -> Mapping[str, str]:
    """The words for what a text asks to be told; what cannot be told is left out."""
    found = {}
    for name in asks:
        station, dot, figure = name.partition(".")
        words = _figure(network, scenario, station, figure) if dot else _OF_DAY.get(name, _nothing)(network, scenario)
        if words is not None:
            found[name] = words
    return found


def fault_words(fault: Fault) -> str:
    """`It slows down (share of its speed left: 50 %), 10:00 to 11:00`."""
    what, meaning = FAULTS[fault.kind]
    worth = {
        "share": f"{100 * fault.factor:.3g} %",
        "times": f"{fault.factor:.3g}",
        "s": f"{fault.factor / 60:.3g}".replace("-", "−"),
    }
    factor = f" ({meaning.lower()}: {worth[KINDS[fault.kind].unit]})" if meaning else ""
    span = f"{clock(fault.start_s)} to {clock(fault.end_s)}"
    if fault.kind == "rerun":  # nothing happens in its time; what was done then goes out again when it is over
        return f"{what}: what it did from {span}, again at {clock(fault.end_s)}"
    return f"{what}{factor}, {span}"


def broken_words(scenario: Scenario, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Each fault of the day with its stage: `Log: it stops, 02:00 to 08:30`. `labels`: what each stage is called."""
    found = ((labels[fault.station], fault_words(fault)) for fault in scenario.faults)
    return tuple(f"{label}: {words[0].lower()}{words[1:]}" for label, words in found)


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
    """`pulled in batches, one every hour`: what the switches say of the transfer, with the timetable in use."""
    if scenario.size == "stream":
        return {"pull": "pulled as a stream", "push": "pushed as a stream, each as it is born"}[scenario.start]
    pumps = [station for station in network.stations if station.role == "ingestion"]
    what = {"pull": "pulled in batches", "push": "pushed as files"}[scenario.start]
    if not pumps:
        return what
    every = duration(figures_of(pumps[0], scenario)["batch_interval_s"])
    return f"{what}, one every {_ONE.get(every, every)}"


def _figure(network: Network, scenario: Scenario, station: str, name: str) -> str | None:
    here = next((each for each in network.stations if each.id == station), None)
    figure = next((each for each in ROLES[here.role] if each.name == name), None) if here else None
    if here is None or figure is None:
        return None
    value = figures_of(here, scenario)[name]
    return dict(figure.options).get(value) or (duration(value) if figure.unit == "s" else number(value))


_OF_DAY: Mapping[str, Callable[[Network, Scenario], str | None]] = {
    "events": _events,
    "mean": _mean,
    "rush": _rush,
    "moves": _moves,
}
