"""What the course teaches across its places: ideas, and the misconceptions that wrong answers stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from lifecycle.documents import Fields, Problem, instead, read_yaml

FILE = "ideas.yaml"
LABEL, ABOUT, LONGEST = 60, 200, 400
MOST = 300
_T = TypeVar("_T")


@dataclass(frozen=True)
class Idea:
    """Something to master; `about` says in one sentence what anyone who has mastered it knows."""

    id: str
    label: str
    about: str


@dataclass(frozen=True)
class Misconception:
    """A belief that is wrong, in the words of anyone who holds it, and the idea that it gets in the way of.

    `disproves` says when it fails, as `worlds.beliefs` reads it, "" where no day shows that; it stands in line `line`.
    """

    id: str
    idea: str
    label: str
    disproves: str = ""
    line: int = 0


@dataclass(frozen=True)
class Ideas:
    """Every idea and misconception of a course, in the author's order; both empty where it names none."""

    ideas: tuple[Idea, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()


def read_ideas(text: str) -> tuple[Ideas, tuple[Problem, ...]]:
    """The ideas of `ideas.yaml`, and what is wrong with it; what is wrong is left out."""
    root, faults = read_yaml(text, FILE)
    problems = list(faults)
    if root is None or root.kind == "nothing":
        return Ideas(), tuple(problems)
    top = Fields(root, FILE, problems, "file")
    ideas: dict[str, Idea] = {}
    for node in top.items("ideas", MOST, required=True):
        fields = Fields(node, FILE, problems, "idea")
        idea = Idea(
            fields.name(),
            fields.text("label", LABEL, required=True),
            fields.text("about", ABOUT, required=True, markup=True),
        )
        _take(ideas, idea.id, idea, fields)
    wrong: dict[str, Misconception] = {}
    for node in top.items("misconceptions", MOST):
        fields = Fields(node, FILE, problems, "misconception")
        id, about = fields.name(), fields.name("idea")
        if about and about not in ideas:
            fields.report(fields.at("idea"), f"no idea is called {about}", instead(about, ideas))
        label, disproves = fields.text("label", ABOUT, required=True, markup=True), fields.text("disproves", LONGEST)
        _take(wrong, id, Misconception(id, about, label, disproves, fields.at("disproves")), fields)
    top.done()
    return Ideas(tuple(ideas.values()), tuple(wrong.values())), tuple(problems)


def _take(known: dict[str, _T], id: str, one: _T, fields: Fields) -> None:
    fields.done()
    if id in known:
        fields.report(fields.at("id"), f"the id {id} again", "give each an id of its own")
    elif id:
        known[id] = one
