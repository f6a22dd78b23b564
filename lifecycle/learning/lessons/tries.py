"""Things to try of a scenario: each is done by what its links ask for, and by nothing less.

A link that sets something (a switch, a knob, a fault, another scenario) is done once that is set, wherever one looks
meanwhile; beside such a link one that only leads to a place or a moment counts for nothing. Where a thing to try has
none but these, looking is all that it asks for: it is done when one goes on from there, since to have been led to a
moment is not yet to have looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from lifecycle.course import Course
from lifecycle.course.address import FIELDS, State
from lifecycle.course.scenarios import NamedScenario
from lifecycle.learning.lessons.completing import not_set
from lifecycle.storage import LessonRow

# Under this and the scenario's id a learner's rows have what was tried, beside the steps of lessons.
_OF_SCENARIO = "scenarios/"
_LINK = re.compile(r"\]\(\s*<?\?([^)\s>]+)")
# What of an address only says where and when one looks.
_LOOKS = frozenset({"stage", "view", "moment"})


@dataclass(frozen=True)
class Wish:
    """What a link of the `nth` thing to try asks for: settings of the address, or to look somewhere."""

    nth: int
    query: str
    looks: bool


@dataclass(frozen=True)
class Trying:
    """What a visit to a scenario has seen: wishes that were `open` in some run, and looks of them that are `there`."""

    scenario: str
    open: frozenset[Wish] = frozenset()
    there: frozenset[Wish] = frozenset()


def kept_as(named: NamedScenario) -> str:
    """What rows call the scenario's list."""
    return _OF_SCENARIO + named.id


def tried(named: NamedScenario, rows: Sequence[LessonRow]) -> frozenset[int]:
    """Which of the things to try a learner with these rows has done, counted from 0."""
    most = len(named.brief.tries)
    return frozenset(row.step for row in rows if row.lesson == kept_as(named) and row.done and row.step < most)


def wishes(named: NamedScenario) -> tuple[Wish, ...]:
    """What the links of its things to try ask for: of each those that set something, else those that only look."""
    return tuple(wish for nth, text in enumerate(named.brief.tries) for wish in _wishes(nth, text, named.id))


def _wishes(nth: int, text: str, scenario: str) -> Iterator[Wish]:
    links = [dict(parse_qsl(query, keep_blank_values=True)) for query in _LINK.findall(text)]
    asked_for = [
        {name: text for name, text in link.items() if name in FIELDS and (name, text) != ("scenario", scenario)}
        for link in links
    ]
    setting = [{name: text for name, text in link.items() if name not in _LOOKS} for link in asked_for]
    if any(setting):
        yield from (Wish(nth, urlencode(link), looks=False) for link in setting if link)
    else:
        yield from (Wish(nth, urlencode(link), looks=True) for link in asked_for if link)


def come_to(before: Trying | None, named: NamedScenario, state: State, course: Course) -> tuple[Trying, frozenset[int]]:
    """Return what is known of the visit once it has come to a state, and which things to try are done by that.

    What a scenario opens with was not tried: a wish counts only where an earlier run of the visit did not have it.
    """
    if before is None or before.scenario != named.id:
        before = Trying(named.id)
    still = frozenset(wish for wish in wishes(named) if not_set(wish.query, state, course))
    open_ = before.open | still
    met = open_ - still
    there = frozenset(wish for wish in met if wish.looks)
    done = (met - there) | (before.there & still)
    return Trying(named.id, open_, there), frozenset(wish.nth for wish in done)


def gone_to(before: Trying, state: State, course: Course) -> frozenset[int]:
    """Which things to try of a scenario are done by having left it for a state of another one.

    What was looked at, and what asks for the other scenario; all else there is that one's own.
    """
    away = (wish for wish in before.open if "scenario" in dict(parse_qsl(wish.query)))
    led = {wish.nth for wish in away if not not_set(wish.query, state, course)}
    return frozenset(led | {wish.nth for wish in before.there})
