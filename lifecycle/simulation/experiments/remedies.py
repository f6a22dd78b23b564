"""What would have saved the day: the same faults again, with one thing about the pipeline done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.kinds import FaultKind, Guarantee, OnDrift, OnGone, OnLate, Role, Size, Start, WhenFull
from lifecycle.simulation.model.moving import turned_by_switches
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.consequence import Consequence, added, consequence, drained_s
from lifecycle.simulation.roles import ROLES, figures_of

RemedyVerdict = Literal["all of it", "some of it", "one thing for another", "nothing"]

REPAIRED_S = 900.0  # somebody is called, and fixes it within a quarter of an hour
WEEK_S = 604_800.0
# Differences below these are the day's own unrest: seconds, events.
SAME_S, SAME_EVENTS = 60.0, 10


@dataclass(frozen=True)
class Remedy:
    """One thing done otherwise: at `station` ("" for the whole pipeline) `what`, and the day's settings with it."""

    what: str
    station: str
    scenario: Scenario


@dataclass(frozen=True)
class Saved:
    """One remedy, tried. `verdict`: what it saves of the day as it was.

    `done`: what the faults do to the day with the remedy, beside that same day without them; `costs`: what the remedy
    does to the day without them (its backlog means nothing here: other settings hold other events on purpose).
    """

    remedy: Remedy
    done: Consequence
    costs: Consequence
    verdict: RemedyVerdict


def saved(run: Run, calm: Run, trace: Trace | None = None) -> tuple[Saved, ...]:
    """Try every remedy on the day of `run`, which would have been `calm` without some faults; the best ones first.

    `calm` may have the first of its faults, such as a scenario's own: against these nothing is tried.
    """
    as_it_was = consequence(run, calm)
    calms = Calms(calm, trace)
    results = []
    for remedy in remedies(run.network, run.scenario, added(run.scenario, calm.scenario)):
        tried, unharmed = simulate(run.network, remedy.scenario, trace), calms.of(remedy.scenario)
        judged = verdict(as_it_was, left(tried, unharmed, calm))
        results.append(Saved(remedy, consequence(tried, unharmed), consequence(unharmed, calm), judged))
    ranks: tuple[RemedyVerdict, ...] = ("all of it", "some of it", "one thing for another", "nothing")
    return tuple(sorted(results, key=lambda result: ranks.index(result.verdict)))


class Calms:
    """The `calm` day, with whatever faults it has, under the settings of any remedy, each simulated once."""

    def __init__(self, calm: Run, trace: Trace | None = None) -> None:
        self._network, self._trace = calm.network, trace
        self._faults, self._runs = calm.scenario.faults, {calm.scenario: calm}

    def of(self, scenario: Scenario) -> Run:
        """The day of `scenario` with the faults of the calm day alone."""
        calm = replace(scenario, faults=self._faults)
        if calm not in self._runs:
            self._runs[calm] = simulate(self._network, calm, self._trace)
        return self._runs[calm]


def left(tried: Run, unharmed: Run, calm: Run) -> Consequence:
    """What is left of the harm on a day `tried` with a remedy, for a verdict on it.

    Consumers compare it with the `calm` day as they know it, so that a remedy that makes every day worse saves less.
    A backlog is what the settings do not hold by themselves: it is measured by `unharmed`, the same without faults.
    """
    return replace(consequence(tried, calm), drained_s=drained_s(tried, unharmed))


def verdict(before: Consequence, after: Consequence) -> RemedyVerdict:
    """Return how much of what was done `before` is undone `after`."""
    worse = better = harm = False
    for had, has, same in zip(_harms(before), _harms(after), _SAME, strict=True):
        better |= had > same and has < 0.9 * had
        worse |= has > max(same, 1.1 * had)
        harm |= has > same
    if better:
        return "one thing for another" if worse else "some of it" if harm else "all of it"
    return "nothing"


def undone(before: Consequence, after: Consequence) -> tuple[tuple[float, float], ...]:
    """Each kind of harm as it was and as it would be, in the order of `HARMS`; one that was no harm is (0, 0).

    Seconds or events, as its kind is.
    """
    pairs = zip(_harms(before), _harms(after), _SAME, strict=True)
    return tuple((had, max(has, 0.0)) if had > same else (0.0, 0.0) for had, has, same in pairs)


# The kinds of harm that a fault does, in the order in which they are counted: in seconds, in events.
HARMS = ("older", "late", "lost", "set aside", "twice", "empty")
_SAME = (SAME_S, SAME_S, SAME_EVENTS, SAME_EVENTS, SAME_EVENTS, SAME_EVENTS)


def _harms(done: Consequence) -> tuple[float, ...]:
    """Seconds by which the worst consumer is staler and of backlog after the end; events lost, aside, twice, empty."""
    stale_s = max((late.oldest_s - late.calm_s for late in done.stale), default=0.0)
    drained_s = DAY_S if done.drained_s is None else done.drained_s
    return stale_s, drained_s, done.lost, done.set_aside, done.twice, done.empty


def harmful(done: Consequence) -> bool:
    """Whether there is anything to save a day from."""
    return any(harm > same for harm, same in zip(_harms(done), _SAME, strict=True))


# The figures that a station gets, from those that it has and the fault; none where it does not apply.
Turned = Callable[[Mapping[str, float], Fault], Mapping[str, float]]


@dataclass(frozen=True)
class _Rule:
    """What helps against faults of some kinds: figures turned at every station of a role that `where` picks."""

    what: str
    kinds: tuple[FaultKind, ...]
    role: Role
    turned: Turned
    where: Callable[[Network, Fault, str], bool] = lambda network, fault, name: True  # noqa: ARG005


def _at_the_fault(network: Network, fault: Fault, name: str) -> bool:  # noqa: ARG001 - as every `where`
    return name == fault.station


def _fed_by_it(network: Network, fault: Fault, name: str) -> bool:
    return any(link.source == fault.station and link.target == name for link in network.links)


def _set(**values: float) -> Turned:
    figures = {name: float(value) for name, value in values.items()}  # a kind is set as its code
    return lambda now, fault: figures  # noqa: ARG005 - as every `Turned`


def _times(by: float, name: str) -> Turned:
    return lambda now, fault: {name: by * now[name]}  # noqa: ARG005 - as every `Turned`


def _for_a_week(now: Mapping[str, float], fault: Fault) -> Mapping[str, float]:  # noqa: ARG001 - as every `Turned`
    return {"retention_s": max(WEEK_S, now["retention_s"])}


def _from_the_oldest(now: Mapping[str, float], fault: Fault) -> Mapping[str, float]:
    """To go on at the oldest there is, where anything can expire within the day."""
    return {"on_gone": float(OnGone.EARLIEST)} if fault.kind == FaultKind.FORGET or now["retention_s"] < DAY_S else {}


def _spilling(now: Mapping[str, float], fault: Fault) -> Mapping[str, float]:  # noqa: ARG001 - as every `Turned`
    return {"policy": float(WhenFull.SPILL)} if now["capacity"] else {}


def _waiting(now: Mapping[str, float], fault: Fault) -> Mapping[str, float]:
    """A watermark for whatever the fault can make late."""
    late_s = abs(fault.factor) if fault.kind == FaultKind.SKEW else fault.end_s - fault.start_s
    return {"watermark_s": max(now["watermark_s"], late_s)} if now["window_s"] else {}


_BACKLOG: tuple[FaultKind, ...] = (
    FaultKind.DOWN,
    FaultKind.SLOW,
    FaultKind.CUT,
    FaultKind.SPIKE,
    FaultKind.POISON,
    FaultKind.FORGET,
)
_LATE: tuple[FaultKind, ...] = (FaultKind.SKEW, FaultKind.DOWN, FaultKind.CUT)
_RULES = (
    _Rule("twice the consumers", _BACKLOG, Role.BUFFER, _times(2, "consumers")),
    _Rule("keep events for a week", _BACKLOG, Role.BUFFER, _for_a_week),
    _Rule("go on at the oldest record there is", _BACKLOG, Role.BUFFER, _from_the_oldest),
    _Rule("ten times the room", _BACKLOG, Role.BUFFER, _times(10, "capacity")),
    _Rule("ten times the room on the disk", _BACKLOG, Role.INTERFACE, _times(10, "disk_bytes")),
    _Rule("spill what finds no room", _BACKLOG, Role.BUFFER, _spilling),
    _Rule("twice the workers", _BACKLOG, Role.TRANSFORM, _times(2, "workers")),
    _Rule("set a record aside after three tries", (FaultKind.POISON,), Role.BUFFER, _set(tries=3.0), _at_the_fault),
    _Rule("set a record aside after three tries", (FaultKind.POISON,), Role.TRANSFORM, _set(tries=3.0), _at_the_fault),
    _Rule("ten times the rate limit", (FaultKind.SPIKE,), Role.INTERFACE, _times(10, "rate_per_s")),
    _Rule(
        "read from another server",
        (FaultKind.DOWN, FaultKind.SLOW, FaultKind.CONTEND),
        Role.INTERFACE,
        _set(same_server=0.0),
        _fed_by_it,
    ),
    _Rule(
        "ask for changes, do not scan",
        (FaultKind.CONTEND, FaultKind.SLOW),
        Role.INTERFACE,
        _set(scan_s=0.0),
        _fed_by_it,
    ),
    _Rule("check the contract where data comes in", (FaultKind.DRIFT,), Role.INGESTION, _set(contract=1.0)),
    _Rule("set rows with unknown columns aside", (FaultKind.DRIFT,), Role.TRANSFORM, _set(on_drift=OnDrift.SET_ASIDE)),
    _Rule("stop at an unknown column", (FaultKind.DRIFT,), Role.TRANSFORM, _set(on_drift=OnDrift.STOP)),
    _Rule("count each event once", (FaultKind.RERUN, FaultKind.DOWN), Role.TRANSFORM, _set(idempotent=1.0)),
    _Rule("deliver exactly once", (FaultKind.DOWN,), Role.BUFFER, _set(delivery=Guarantee.EXACTLY_ONCE), _at_the_fault),
    _Rule("correct a sum when more comes", _LATE, Role.TRANSFORM, _set(on_late=OnLate.CORRECT)),
    _Rule("wait longer before a sum is closed", _LATE, Role.TRANSFORM, _waiting),
)


def remedies(network: Network, scenario: Scenario, faults: Iterable[Fault]) -> tuple[Remedy, ...]:
    """Return what could have been done otherwise about these faults of a scenario, each thing once."""
    by_key: dict[tuple[str, str], Remedy] = {}
    for fault in faults:
        switched = _switched(fault, network, scenario)
        for remedy in (*_repaired(fault, scenario), *_turned(fault, network, scenario), *switched):
            by_key.setdefault((remedy.what, remedy.station), remedy)
    return tuple(by_key.values())


def _repaired(fault: Fault, scenario: Scenario) -> Iterator[Remedy]:
    """Sooner, where it is a thing that one fixes."""
    if not KINDS[fault.kind].repaired or fault.end_s - fault.start_s <= REPAIRED_S:
        return
    sooner = replace(fault, end_s=fault.start_s + REPAIRED_S)
    faults = tuple(sooner if known == fault else known for known in scenario.faults)
    yield Remedy("repair it within a quarter of an hour", fault.station, replace(scenario, faults=faults))


def _turned(fault: Fault, network: Network, scenario: Scenario) -> Iterator[Remedy]:
    for rule in _RULES:
        for station in network.stations if fault.kind in rule.kinds else ():
            if station.role != rule.role or not rule.where(network, fault, station.id):
                continue
            now = figures_of(station, scenario)
            if now.get("direct"):  # where no log stands nothing of it can be turned
                continue
            highest = {figure.name: figure.high for figure in ROLES[station.role]}
            values = {name: min(value, highest[name]) for name, value in rule.turned(now, fault).items()}
            if any(now[name] != value for name, value in values.items()):
                yield Remedy(rule.what, station.id, _with(scenario, station.id, values))


def _with(scenario: Scenario, station: str, values: Mapping[str, float]) -> Scenario:
    turned = {(place, figure): value for place, figure, value in scenario.overrides}
    turned |= {(station, figure): value for figure, value in values.items()}
    return replace(scenario, overrides=tuple(sorted((place, name, value) for (place, name), value in turned.items())))


def _switched(fault: Fault, network: Network, scenario: Scenario) -> Iterator[Remedy]:
    if fault.kind not in _BACKLOG or not turned_by_switches(network):
        return
    if scenario.start == Start.PUSH:
        yield Remedy("pull instead of push", "", replace(scenario, start=Start.PULL))
    if scenario.size == Size.BATCH:
        yield Remedy("streams instead of batches", "", replace(scenario, size=Size.STREAM))
