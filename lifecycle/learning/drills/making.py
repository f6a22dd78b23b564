"""A drill by seed: a day, a fault that does harm, causes that the evidence tells apart, remedies tried by simulation.

Nothing is asked that cannot be found out: for every other cause offered, at any stage where it can happen at that time,
the day is simulated, and it must lie apart from what is shown by several times the unrest of days with the same cause
and other luck. Draws that do not decide are thrown away, and the next one is tried.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lifecycle.learning.drills.evidence import apart, complaints, evidence, unrest
from lifecycle.learning.drills.saving import most, saves
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.experiments.remedies import Calms, RemedyVerdict, harmful, left, remedies, undone, verdict
from lifecycle.simulation.faults import can_happen
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.consequence import Consequence, consequence

LEVELS = (1, 2, 3)
EVENTS = 30_000
CAUSES, REMEDIES = 4, 5
# Days of the same cause lie apart by 1 at most by definition, and a third one by less than 2 in trials; see the tests.
APART = 3.0
DRAWS = 12  # of each kind, at most
# Besides the day and the first calm one: the unrest is read off so many more days with other luck.
LUCK = 2
HOUR_S, QUARTER_S = 3600, 900
_DAYTIME_S = 6 * HOUR_S, 15 * HOUR_S  # when faults begin, but where all work is done at night
# What always helps: offered only where nothing that is built otherwise would.
REPAIRED = "repair it within a quarter of an hour"

_KINDS: Mapping[int, tuple[FaultKind, ...]] = {
    1: (FaultKind.DOWN, FaultKind.CUT, FaultKind.SPIKE, FaultKind.RERUN, FaultKind.POISON, FaultKind.DRIFT),
    2: (
        FaultKind.DOWN,
        FaultKind.CUT,
        FaultKind.SPIKE,
        FaultKind.RERUN,
        FaultKind.POISON,
        FaultKind.DRIFT,
        FaultKind.SLOW,
        FaultKind.CONTEND,
    ),
    3: (
        FaultKind.DOWN,
        FaultKind.CUT,
        FaultKind.SPIKE,
        FaultKind.RERUN,
        FaultKind.POISON,
        FaultKind.DRIFT,
        FaultKind.SLOW,
        FaultKind.CONTEND,
        FaultKind.FORGET,
        FaultKind.SKEW,
    ),
}
# And where a pipeline has schedules.
_OF_SCHEDULES: Mapping[int, tuple[FaultKind, ...]] = {
    1: (FaultKind.FAIL,),
    2: (FaultKind.FAIL, FaultKind.SLEEP),
    3: (FaultKind.FAIL, FaultKind.SLEEP),
}
_HOURS: Mapping[int, tuple[int, int]] = {1: (3, 6), 2: (2, 4), 3: (1, 3)}
# How bad each kind is: between these.
_FACTORS: Mapping[FaultKind, tuple[float, float]] = {
    FaultKind.SLOW: (0.003, 0.02),
    FaultKind.DRIFT: (0.5, 1.0),
    FaultKind.CONTEND: (0.95, 0.998),
    FaultKind.SPIKE: (6.0, 15.0),
    FaultKind.SKEW: (1800.0, 7200.0),
    FaultKind.FORGET: (120.0, 1200.0),
}
_POINTS: Mapping[RemedyVerdict, float] = {
    "all of it": 1.0,
    "some of it": 0.5,
    "one thing for another": 0.25,
    "nothing": 0.0,
}


@dataclass(frozen=True)
class DrillRemedy:
    """Something done otherwise at `station` ("" for the whole), what it saves, and the share of the points it earns.

    `saves`: what is left of every harm that it makes less, in words; `most`: whether that is half of them all, or less.
    """

    what: str
    station: str
    scenario: Scenario
    verdict: RemedyVerdict
    worth: float
    saves: str = ""
    most: bool = False


@dataclass(frozen=True)
class Drill:
    """One incident. `causes`: the kinds to choose from, the fault's among them, in the order to show them.

    `remedies`: those to choose from; the best of them is worth all points. `complaints`: what the consumers say.
    """

    seed: int
    level: int
    scenario: Scenario
    fault: Fault
    causes: tuple[FaultKind, ...]
    remedies: tuple[DrillRemedy, ...]
    complaints: tuple[str, ...]

    @property
    def calm(self) -> Scenario:
        """The same day without the fault."""
        return replace(self.scenario, faults=())


def drill(network: Network, labels: Mapping[str, str], seed: int, level: int) -> Drill:
    """The drill of a seed and level (1 to 3): the same on every machine; ValueError where the pipeline has none."""
    if level not in LEVELS:
        raise ValueError(f"no level {level}; use one of {', '.join(map(str, LEVELS))}")
    chance = random.Random(f"{seed}/{level}")
    known = _KINDS[level] + (_OF_SCHEDULES[level] if network.schedules else ())
    kinds = chance.sample(known, len(known))  # every kind as often, though not all decide as easily
    possible = [kind for kind in kinds if any(can_happen(kind, station) for station in network.stations)]
    for kind in (kind for kind in possible for _ in range(DRAWS)):
        scenario, fault = _drawn(network, chance, level, kind)
        if made := _decided(network, labels, scenario, fault, chance, level):
            return replace(made, seed=seed)
    raise ValueError("in this pipeline no fault was found that its evidence tells from others")


def possible_drill(network: Network, labels: Mapping[str, str], seed_and_level: tuple[int, int]) -> Drill | None:
    """The drill of a seed and level, None where the pipeline has none."""
    try:
        return drill(network, labels, *seed_and_level)
    except ValueError:
        return None


def _drawn(network: Network, chance: random.Random, level: int, kind: FaultKind) -> tuple[Scenario, Fault]:
    station = chance.choice([station.id for station in network.stations if can_happen(kind, station)])
    start_s = float(chance.randrange(*_DAYTIME_S, QUARTER_S))
    length_s = float(chance.randrange(_HOURS[level][0] * HOUR_S, _HOURS[level][1] * HOUR_S + 1, QUARTER_S))
    if night_s := _only_at_night(network):
        start_s = max(0.0, chance.choice(night_s) - QUARTER_S * chance.randrange(int(length_s) // QUARTER_S))
    low, high = _FACTORS.get(kind, (1.0, 1.0))
    fault = Fault(kind, station, start_s, start_s + length_s, round(chance.uniform(low, high), 4))
    decoy = level == 3 and chance.random() < 0.5  # a busy hour that does no harm
    scenario = Scenario(
        start=chance.choice(tuple(Start)),
        size=chance.choice(tuple(Size)),
        transform=chance.choice(tuple(Size)),
        arrivals=Arrivals.SPIKE if decoy else Arrivals.DAILY,
        spike_at_s=float(chance.randrange(8, 18)) * HOUR_S,
        spike_factor=2.5,
        events=EVENTS,
        seed=chance.randrange(1, 10**6),
        faults=(fault,),
    )
    return scenario, fault


def _only_at_night(network: Network) -> tuple[float, ...]:
    """When the runs of its schedules are due where none is by day: a fault by day would harm nobody before the next."""
    on = {station.schedule for station in network.stations if station.schedule}
    ticks_s = tuple(tick_s for schedule in network.schedules if schedule.id in on for tick_s in schedule.ticks_s)
    return () if any(_DAYTIME_S[0] <= tick_s <= _DAYTIME_S[1] for tick_s in ticks_s) else ticks_s


def _decided(
    network: Network, labels: Mapping[str, str], scenario: Scenario, fault: Fault, chance: random.Random, level: int
) -> Drill | None:
    """The drill of this day, None where it does no harm, nobody complains, or the evidence does not decide."""
    run, calm = simulate(network, scenario), simulate(network, replace(scenario, faults=()))
    before = consequence(run, calm)
    heard = complaints(run, calm, labels)
    if not heard or not harmful(before):
        return None

    calms = Calms(calm)

    def tried(kind: FaultKind) -> list[DrillRemedy]:
        return list(_tried(network, scenario, replace(fault, kind=kind), before, calm, calms))

    remedies_tried = tried(fault.kind)
    if not any(remedy.worth and remedy.station for remedy in remedies_tried):  # not even to be repaired sooner
        return None
    shown = evidence(run)
    luck = [simulate(network, replace(scenario, seed=scenario.seed + n)) for n in range(1, LUCK + 1)]
    still = unrest([shown, *map(evidence, luck)])
    if apart(shown, evidence(calm), still) < APART:
        return None
    others = [kind for kind in _KINDS[level] if kind != fault.kind]
    chance.shuffle(others)
    causes = [fault.kind]
    for kind in others:
        if len(causes) == CAUSES:
            break
        if all(apart(shown, evidence(day), still) >= APART for day in _elsewhere(network, scenario, fault, kind)):
            causes.append(kind)
    if len(causes) < CAUSES or any(
        apart(shown, evidence(day), still) < APART for day in _elsewhere(network, scenario, fault, fault.kind)
    ):
        return None
    options = _options([*remedies_tried, *(remedy for kind in causes[1:] for remedy in tried(kind))], chance)
    if options is None:
        return None
    chance.shuffle(causes)
    return Drill(0, level, scenario, fault, tuple(causes), options, heard)


def supposed(network: Network, drill: Drill, kind: FaultKind, stage: str) -> Scenario:
    """The drill's day with another cause: at the place that is broken, or where it can happen, `stage` if there.

    As bad as such a fault is on average, in the same hours.
    """
    able = [station.id for station in network.stations if can_happen(kind, station)]
    at = next((place for place in (drill.fault.station, stage) if place in able), able[0])
    low, high = _FACTORS.get(kind, (1.0, 1.0))
    return replace(drill.scenario, faults=(replace(drill.fault, kind=kind, station=at, factor=(low + high) / 2),))


def _elsewhere(network: Network, scenario: Scenario, fault: Fault, kind: FaultKind) -> Iterator[Run]:
    """The same day with a fault of this kind, at each stage where it can happen, but for the true cause itself."""
    low, high = _FACTORS.get(kind, (1.0, 1.0))
    for station in network.stations:
        if can_happen(kind, station) and (kind, station.id) != (fault.kind, fault.station):
            factor = fault.factor if kind == fault.kind else (low + high) / 2
            other = replace(fault, kind=kind, station=station.id, factor=factor)
            yield simulate(network, replace(scenario, faults=(other,)))


def _tried(
    network: Network, scenario: Scenario, fault: Fault, before: Consequence, calm: Run, calms: Calms
) -> Iterator[DrillRemedy]:
    """What one would do against such a fault, each thing tried on the day of `scenario` as it was."""
    for remedy in remedies(network, replace(scenario, faults=(fault,)), (fault,)):
        if remedy.what == REPAIRED and fault not in scenario.faults:
            continue
        same_day = remedy.scenario if remedy.what == REPAIRED else replace(remedy.scenario, faults=scenario.faults)
        after = left(simulate(network, same_day), calms.of(same_day), calm)
        judged = verdict(before, after)
        harms = undone(before, after)
        yield DrillRemedy(remedy.what, remedy.station, same_day, judged, _POINTS[judged], saves(harms), most(harms))


def _options(tried: Sequence[DrillRemedy], chance: random.Random) -> tuple[DrillRemedy, ...] | None:
    """The best of them, which is something done at a stage, and others that save less; None where there are too few."""
    distinct = list({(remedy.what, remedy.station): remedy for remedy in tried}.values())
    if any(remedy.worth and remedy.station and remedy.what != REPAIRED for remedy in distinct):
        distinct = [remedy for remedy in distinct if remedy.what != REPAIRED]
    highest = max(remedy.worth for remedy in distinct)
    best = [remedy for remedy in distinct if remedy.worth == highest and remedy.station]
    rest = [remedy for remedy in distinct if remedy.worth < highest]
    if not best or len(rest) < 2:
        return None
    chance.shuffle(best)
    chance.shuffle(rest)
    chosen = [replace(remedy, worth=remedy.worth / highest) for remedy in (best[0], *rest[: REMEDIES - 1])]
    chance.shuffle(chosen)
    return tuple(chosen)
