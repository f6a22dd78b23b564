"""What a person can change of a graph that was read, each change as data.

An edit names nodes by the ids they have in the graph, which come from the project itself: read again after the project
grew, the graph takes the same edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.importing.graph import ImportProblem, ZoneName
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import with_article

SET_BY_YOU = "set by you"


class EditRefused(ImportProblem):
    """An edit that a graph cannot take: what is wrong and what to do, in one line."""


@dataclass(frozen=True)
class Rename:
    """Give a node another name."""

    node: str
    name: str


@dataclass(frozen=True)
class SetRole:
    """Say what a node is; from then on that is no guess."""

    node: str
    role: Role


@dataclass(frozen=True)
class SetZone:
    """Say in which zone a node is drawn; None leaves it to its role."""

    node: str
    zone: ZoneName | None = None


@dataclass(frozen=True)
class SetTiming:
    """Say how long a node's job takes, in seconds, and when it starts: `04:30`, a line of cron or `@daily`.

    None and "" leave it to what was observed, and to what the project says.
    """

    node: str
    job_s: float | None = None
    at: str = ""


@dataclass(frozen=True)
class Merge:
    """Make one node of two that are the same thing: `into` stays, with the edges and the runs of both."""

    node: str
    into: str


@dataclass(frozen=True)
class Remove:
    """Take a node away, with its edges and its runs."""

    node: str


@dataclass(frozen=True)
class Add:
    """Add a node under an id of its own (`Revision.new_id`)."""

    node: str
    name: str
    role: Role


@dataclass(frozen=True)
class Connect:
    """Let data go from one node to another."""

    source: str
    target: str


@dataclass(frozen=True)
class Disconnect:
    """Take the edge from one node to another away."""

    source: str
    target: str


Edit = Rename | SetRole | SetZone | SetTiming | Merge | Remove | Add | Connect | Disconnect

# By the name that each kind of edit has where it is kept.
EDIT_KINDS: Mapping[str, type[Edit]] = {
    "rename": Rename,
    "role": SetRole,
    "zone": SetZone,
    "timing": SetTiming,
    "merge": Merge,
    "remove": Remove,
    "add": Add,
    "connect": Connect,
    "disconnect": Disconnect,
}


def edit_words(edit: Edit, names: Mapping[str, str]) -> str:
    """The edit in a few words; `names` are those of the nodes by id, and an id stands for itself where it has none."""

    def of(id: str) -> str:
        return names.get(id, id)

    match edit:
        case Rename(node, name):
            return f"rename {of(node)} to {name}"
        case SetRole(node, role):
            return f"make {of(node)} {with_article(role)}"
        case SetZone(node, zone):
            return f"draw {of(node)} {zone or 'where its role belongs'}"
        case SetTiming(node):
            return f"set the times of {of(node)}"
        case Merge(node, into):
            return f"merge {of(node)} into {of(into)}"
        case Remove(node):
            return f"remove {of(node)}"
        case Add(_, name):
            return f"add {name}"
        case Connect(source, target):
            return f"connect {of(source)} to {of(target)}"
        case Disconnect(source, target):
            return f"disconnect {of(source)} from {of(target)}"
