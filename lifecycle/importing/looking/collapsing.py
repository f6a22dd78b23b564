"""A graph with its groups as boxes: a group that is not opened is one box, and edges between boxes are summed.

Groups lie in each other, as folders do. Where a graph has none, or too many, its nodes are grouped by role first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lifecycle.importing.graph import Imported, ImportedNode

MOST_BOXES = 60  # as many as a person takes in; a larger graph opens with its groups closed


class GroupBy(StrEnum):
    """What lies in one group: nodes of one folder (package, namespace, subgraph), or of one role, with its folders."""

    FOLDER = "folder"
    ROLE = "role"


@dataclass(frozen=True)
class GraphLook:
    """How a graph is looked at: by what it is grouped, and which groups are open, by their paths."""

    by: GroupBy = GroupBy.FOLDER
    opened: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GraphBox:
    """A closed group, `group` its path, or a single node, whose `group` is "".

    `id` is unique among the boxes; `members` are ids of nodes; `inside` counts the edges between them.
    """

    id: str
    label: str
    members: tuple[str, ...]
    group: str = ""
    inside: int = 0


@dataclass(frozen=True)
class SummedEdge:
    """The edges from one box to another, by the boxes' ids, and how many they are."""

    source: str
    target: str
    edges: int


@dataclass(frozen=True)
class Collapsed:
    """What is drawn of a graph: boxes in the order of their first nodes, and the edges between them."""

    boxes: tuple[GraphBox, ...]
    edges: tuple[SummedEdge, ...]


def collapsed(graph: Imported, look: GraphLook) -> Collapsed:
    """The graph as it is drawn in this look, in time that grows with the graph alone."""
    groups = _closed_groups(graph, look)
    box_of = {node.id: f"group {groups[node.id]}" if groups[node.id] else f"node {node.id}" for node in graph.nodes}
    members: dict[str, list[ImportedNode]] = {}
    for node in graph.nodes:
        members.setdefault(box_of[node.id], []).append(node)
    sums: dict[tuple[str, str], int] = {}
    inside: dict[str, int] = {}
    for edge in graph.edges:
        ends = box_of[edge.source], box_of[edge.target]
        if ends[0] == ends[1]:
            inside[ends[0]] = inside.get(ends[0], 0) + 1
        else:
            sums[ends] = sums.get(ends, 0) + 1
    boxes = tuple(_box(id, nodes, groups[nodes[0].id], inside.get(id, 0)) for id, nodes in members.items())
    return Collapsed(boxes, tuple(SummedEdge(*ends, count) for ends, count in sums.items()))


def first_look(graph: Imported) -> GraphLook:
    """How a graph is opened: a small one all open, else its outermost groups closed, in a number one takes in."""
    if len(graph.nodes) <= MOST_BOXES:
        return GraphLook(opened=group_paths(graph, GroupBy.FOLDER))
    look = GraphLook()
    while (count := _boxes(graph, look)) == 1:  # a project that lies in one folder: look into that
        only = _closed_groups(graph, look)[graph.nodes[0].id]
        look = GraphLook(opened=look.opened | {only})
    return look if count <= MOST_BOXES else GraphLook(GroupBy.ROLE)


def group_paths(graph: Imported, by: GroupBy) -> frozenset[str]:
    """The paths of all groups of a graph, those that lie in others too: with all of them open every node is seen."""
    paths = {_path(node, by) for node in graph.nodes}
    return frozenset(outer for path in paths for outer in _outwards_in(path))


def _boxes(graph: Imported, look: GraphLook) -> int:
    groups = _closed_groups(graph, look)
    return len({group or f"node {id}" for id, group in groups.items()})


def _closed_groups(graph: Imported, look: GraphLook) -> dict[str, str]:
    """Of each node the outermost closed group that it lies in, "" where all of its groups are open."""
    closed: dict[str, str] = {}
    for path in {_path(node, look.by) for node in graph.nodes}:
        closed[path] = _outermost_closed(path, look.opened)
    return {node.id: closed[_path(node, look.by)] for node in graph.nodes}


def _outermost_closed(path: str, opened: Collection[str]) -> str:
    return next((outer for outer in _outwards_in(path) if outer not in opened), "")


def _outwards_in(path: str) -> Iterator[str]:
    """`a/b/c` as `a`, `a/b`, `a/b/c`."""
    at = path.find("/")
    while at != -1:
        yield path[:at]
        at = path.find("/", at + 1)
    if path:
        yield path


def _path(node: ImportedNode, by: GroupBy) -> str:
    if by is GroupBy.FOLDER:
        return node.group
    return f"{node.role}/{node.group}" if node.group else node.role.value


def _box(id: str, nodes: list[ImportedNode], group: str, inside: int) -> GraphBox:
    label = group.rpartition("/")[2] if group else nodes[0].name
    return GraphBox(id, label, tuple(node.id for node in nodes), group, inside)
