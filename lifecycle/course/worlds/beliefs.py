"""The smallest world that proves a belief wrong: found by simulation, from the settings that a learner has.

A misconception may say in `ideas.yaml` when it fails: `disproves: consumers.bi.freshness_s.p95 > 600 with size=stream`,
a comparison over the figures of a run (`simulate --json`), and the settings under which it is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl, urlencode

from lifecycle.course import address
from lifecycle.course.computed import facts
from lifecycle.course.course import Course
from lifecycle.course.ideas import FILE, Misconception
from lifecycle.course.pipeline import Stage
from lifecycle.course.quizzes.expressions import Inequality, inequality
from lifecycle.course.worlds import knobs
from lifecycle.course.worlds.claim_words import sentence
from lifecycle.documents import Problem
from lifecycle.simulation.model.figures import Figure
from lifecycle.simulation.model.kinds import Size, Start

# A search costs at most so many simulated days: some seconds, while somebody waits for its answer.
MOST_DAYS = 60
MOST_EVENTS = 400_000  # of a day: a million of them, 60 times, take half a minute
SWITCHES: dict[str, type[Start] | type[Size]] = {"start": Start, "size": Size, "transform": Size}


@dataclass(frozen=True)
class Disproof:
    """When a belief fails: what then holds in a run, and the settings (an address query) that the run must have."""

    claim: Inequality
    given: str = ""


@dataclass(frozen=True)
class Counterexample:
    """A state in which a belief fails, and the two sides of the comparison there."""

    state: address.State
    left: float
    right: float


def disproof(text: str) -> Disproof:
    """Read `COMPARISON` or `COMPARISON with size=stream&start=push`; ValueError in words."""
    what, _, given = text.partition(" with ")
    return Disproof(inequality(what), given.strip().removeprefix("?"))


def nearest(course: Course, state: address.State, sought: Disproof) -> Counterexample | None:
    """The state with the fewest settings changed from `state`, then the nearest, in which the comparison holds.

    Tried are the settings given alone, with one switch more, with two, then with one knob of a stage. Of the knobs that
    can do it, the one that moves by the fewest places wins, and the stages nearest to who waits for the data are tried
    first, as far as `MOST_DAYS` go. None where no such world comes up, for a replayed day, and for one of more than
    `MOST_EVENTS`.
    """
    base, notices = address.turned(state, sought.given, course)
    if notices or base.trace or address.scenario_of(base, course).events > MOST_EVENTS:
        return None
    base = replace(base, moment=None, follow=None)
    days = _Days(course, sought.claim)
    kept = {name for name, _ in parse_qsl(sought.given)}
    for candidate in _switched(base, [name for name in SWITCHES if name not in kept]):
        if example := days.example(candidate):
            return example
    return _turned(days, base)


def _switched(base: address.State, switches: list[str]) -> Iterator[address.State]:
    """The state itself, then with each one switch flipped, then with each two."""
    yield base
    flipped: dict[str, Any] = {
        name: next(value for value in SWITCHES[name] if value != getattr(base, name)) for name in switches
    }
    for many in (1, 2):
        for names in combinations(switches, many):
            yield replace(base, **{name: flipped[name] for name in names})


class _Days:
    """So many days may still be simulated in search of one in which the claim holds."""

    def __init__(self, course: Course, claim: Inequality) -> None:
        self.course, self.claim, self.left = course, claim, MOST_DAYS

    def example(self, state: address.State) -> Counterexample | None:
        """The state as a counterexample; None where the belief stands in it, or no day is left."""
        if self.left <= 0:
            return None
        self.left -= 1
        try:
            left, right, holds = self.claim.of(facts(urlencode(address.write(state)), self.course))
        except ValueError:  # a figure that this day does not have: nobody asked, nothing was delivered
            return None
        return Counterexample(state, left, right) if holds else None


@dataclass(frozen=True)
class _Knob:
    """One figure of a stage, and the places that it may be turned to from where it stands."""

    stage: Stage
    figure: Figure
    places: Sequence[float]
    at: int


def _turned(days: _Days, base: address.State) -> Counterexample | None:
    """With one knob turned: the one that must move by the fewest places."""
    best, most = None, None
    for knob in _knobs(days.course, base, f"{days.claim.left} {days.claim.right}"):
        for way in (1, -1):
            reach = len(knob.places) - 1 - knob.at if way > 0 else knob.at
            if moved := _least_move(days, base, knob, way, min(reach, most - 1) if most else reach):
                most, best = moved
    return best


def _knobs(course: Course, base: address.State, claim: str) -> Iterator[_Knob]:
    """The knobs that may change what a claim speaks of, those of the last stages first."""
    for stage in reversed(course.pipeline.stages):
        for figure in knobs.that_matter(course, base, stage):
            if figure.exposes and "exposure" not in claim:
                continue  # a day that differs by who could read it differs in nothing else
            value = knobs.in_use(course, base, stage, figure)
            places = knobs.places_of(figure, value)
            yield _Knob(stage, figure, places, places.index(value))


def _least_move(
    days: _Days, base: address.State, knob: _Knob, way: int, reach: int
) -> tuple[int, Counterexample] | None:
    """How many places a knob must move, at most `reach`, by halves: a belief that fails goes on failing further on."""

    def moved(places: int) -> Counterexample | None:
        value = knob.places[knob.at + way * places]
        return days.example(replace(base, knobs=knobs.turned(days.course, base, knob.stage, knob.figure, value)))

    best = moved(reach) if reach > 0 else None
    if best is None:
        return None
    stands = 0
    while reach - stands > 1:
        middle = (reach + stands) // 2
        if example := moved(middle):
            reach, best = middle, example
        else:
            stands = middle
    return reach, best


def problems(course: Course) -> Iterator[Problem]:
    """What is wrong with when the misconceptions of a course fail: a figure, a setting, or a world that is nowhere."""
    fix = "compare a figure of `simulate --json` with a number, and write `with` before the settings of a link"
    for belief in course.misconceptions:
        if fault := _fault(course, belief):
            yield Problem(FILE, belief.line, f"disproves of {belief.id}: {fault}", fix)


def _fault(course: Course, belief: Misconception) -> str:
    if not belief.disproves:
        return ""
    try:
        sought = disproof(belief.disproves)
        for what, _ in address.slips(sought.given, course):
            return what
        left, right, _ = sought.claim.of(facts(sought.given, course))
        sentence(sought.claim, left, right, course.pipeline.labels, course.prices.currency)
    except ValueError as why:
        return str(why)
    return "" if nearest(course, address.State(), sought) else "in no day near the course's first one does that hold"
