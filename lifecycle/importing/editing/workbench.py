"""A graph taken apart so that edits are cheap, each by what it touches, and put together again when all are done."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from lifecycle.documents import shown
from lifecycle.importing.drafting.starting import MOST_CRON
from lifecycle.importing.drafting.timing import LEAST_S, MOST_S, NAMED_TIMES
from lifecycle.importing.editing.edits import (
    SET_BY_YOU,
    Add,
    Connect,
    Disconnect,
    Edit,
    EditRefused,
    Merge,
    Remove,
    Rename,
    SetRole,
    SetTiming,
    SetZone,
)
from lifecycle.importing.editing.uniting import united
from lifecycle.importing.evidence import with_role
from lifecycle.importing.graph import (
    MOST_EDGES,
    MOST_NODES,
    Imported,
    ImportedEdge,
    ImportedNode,
    Observation,
    RoleEvidence,
)
from lifecycle.importing.texts import MOST_NAME, MOST_TEXT, id_of, is_clean, name_of
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.schedules import cron, never_comes

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_TIMES = "write a time such as 04:30, or five fields of cron such as 30 4 * * *"


class Workbench:
    """The parts of a graph by id. An edit that is refused leaves all as it is.

    Who leads to whom, and what was observed, is sorted by node only once an edit asks for it: to give a node another
    name costs little in the largest graph.
    """

    def __init__(self, graph: Imported) -> None:
        self._graph = graph
        self._nodes = {node.id: node for node in graph.nodes}
        self._parted: set[ImportedEdge] = set()  # edges of the graph that are gone
        self._new: dict[ImportedEdge, None] = {}

    @cached_property
    def _after(self) -> dict[str, dict[str, ImportedEdge]]:
        """The edges that leave each node, by their target."""
        after: dict[str, dict[str, ImportedEdge]] = {id: {} for id in self._nodes}
        for edge in self._graph.edges:
            after[edge.source][edge.target] = edge
        return after

    @cached_property
    def _before(self) -> dict[str, dict[str, ImportedEdge]]:
        """The edges that lead to each node, by their source."""
        before: dict[str, dict[str, ImportedEdge]] = {id: {} for id in self._nodes}
        for edge in self._graph.edges:
            before[edge.target][edge.source] = edge
        return before

    @cached_property
    def _runs(self) -> dict[str, list[tuple[int, Observation]]]:
        """What was observed of each node, with its place among all."""
        runs: dict[str, list[tuple[int, Observation]]] = {}
        for place, run in enumerate(self._graph.observed):
            runs.setdefault(run.node, []).append((place, run))
        return runs

    def graph(self) -> Imported:
        """The graph as it is now: what was read in the order in which it was read, then what is new."""
        nodes, edges, observed = tuple(self._nodes.values()), self._graph.edges, self._graph.observed
        if self._parted:
            edges = tuple(edge for edge in edges if edge not in self._parted)
        if "_runs" in vars(self):
            runs = sorted((pair for pairs in self._runs.values() for pair in pairs), key=lambda pair: pair[0])
            observed = tuple(run for _, run in runs)
        return replace(self._graph, nodes=nodes, edges=(*edges, *self._new), observed=observed)

    def edit(self, edit: Edit) -> None:
        """Do one edit. Raises EditRefused."""
        for text in vars(edit).values():
            if isinstance(text, str) and not (is_clean(text) and len(text) <= MOST_TEXT):
                raise EditRefused(f"{shown(text)} has a character that is no text, or too many", "write one line")
        match edit:
            case Rename(id, name):
                self._put(replace(self._node(id), name=_name(name)))
            case SetRole(id, role):
                self._put(_with_role(self._node(id), role))
            case SetZone(id, zone):
                node = self._node(id)
                self._put(replace(node, by_hand=replace(node.by_hand, zone=zone)))
            case SetTiming(id, job_s, at):
                node = self._node(id)
                self._put(replace(node, by_hand=replace(node.by_hand, job_s=_job_s(job_s), at=_at(at))))
            case Merge(id, into):
                self._merge(self._node(id), self._node(into))
            case Remove(id):
                self._remove(self._node(id))
            case Add():
                self._add(edit)
            case Connect(source, target):
                self._connect(self._node(source), self._node(target))
            case Disconnect(source, target):
                self._disconnect(self._node(source), self._node(target))
            case _:
                assert_never(edit)

    def _node(self, id: str) -> ImportedNode:
        if id not in self._nodes:
            raise EditRefused(f"no node {shown(id)} in this graph", "choose one that it has")
        return self._nodes[id]

    def _put(self, node: ImportedNode) -> None:
        self._nodes[node.id] = node

    def _join(self, edge: ImportedEdge) -> None:
        self._after[edge.source][edge.target] = edge
        self._before[edge.target][edge.source] = edge
        self._new[edge] = None

    def _part(self, edge: ImportedEdge) -> None:
        del self._after[edge.source][edge.target], self._before[edge.target][edge.source]
        if edge in self._new:
            del self._new[edge]
        else:
            self._parted.add(edge)

    def _merge(self, node: ImportedNode, into: ImportedNode) -> None:
        if node.id == into.id:
            raise EditRefused(f"{node.name} cannot be merged with itself", "choose two nodes")
        edges = self._edges_of(node)
        runs = self._runs.pop(node.id, [])
        self._remove(node)
        ids = {node.id: into.id}
        for edge in edges:
            moved = replace(edge, source=ids.get(edge.source, edge.source), target=ids.get(edge.target, edge.target))
            if moved.source != moved.target and moved.target not in self._after[moved.source]:
                self._join(moved)
        if runs:
            self._runs.setdefault(into.id, []).extend((place, replace(run, node=into.id)) for place, run in runs)
        self._put(united(into, node))

    def _edges_of(self, node: ImportedNode) -> tuple[ImportedEdge, ...]:
        """All edges at a node, one that leads to itself once."""
        return tuple(dict.fromkeys((*self._before[node.id].values(), *self._after[node.id].values())))

    def _remove(self, node: ImportedNode) -> None:
        for edge in self._edges_of(node):
            self._part(edge)
        self._runs.pop(node.id, None)
        del self._after[node.id], self._before[node.id], self._nodes[node.id]

    def _add(self, edit: Add) -> None:
        if not edit.node or edit.node != id_of(edit.node):
            raise EditRefused(f"{shown(edit.node)} is no id for a node", "choose plain text of one line")
        if edit.node in self._nodes:
            raise EditRefused(f"there is a node {shown(edit.node)} already", "choose another id")
        if len(self._nodes) >= MOST_NODES:
            raise EditRefused(f"a graph has at most {MOST_NODES:,} nodes", "remove some first")
        new = ImportedNode(edit.node, _name(edit.name), edit.role, SET_BY_YOU)
        self._after[new.id], self._before[new.id] = {}, {}
        self._put(new)

    def _connect(self, source: ImportedNode, target: ImportedNode) -> None:
        if source.id == target.id:
            raise EditRefused(f"{source.name} cannot lead to itself", "choose two nodes")
        if target.id in self._after[source.id]:
            raise EditRefused(f"{source.name} leads to {target.name} already", "choose two that are not joined")
        if len(self._graph.edges) - len(self._parted) + len(self._new) >= MOST_EDGES:
            raise EditRefused(f"a graph has at most {MOST_EDGES:,} edges", "remove some first")
        self._join(ImportedEdge(source.id, target.id))

    def _disconnect(self, source: ImportedNode, target: ImportedNode) -> None:
        if target.id not in self._after[source.id]:
            raise EditRefused(f"{source.name} does not lead to {target.name}", "choose two that are joined")
        self._part(self._after[source.id][target.id])


def apply(graph: Imported, *edits: Edit) -> Imported:
    """The graph with the edits done, one after the other; all of them or none. Raises EditRefused."""
    bench = Workbench(graph)
    for edit in edits:
        bench.edit(edit)
    return bench.graph() if edits else graph


def _name(text: str) -> str:
    if len(text) > MOST_NAME:
        raise EditRefused(f"a name of {len(text):,} characters", f"write at most {MOST_NAME}")
    name = name_of(text)
    if not name:
        raise EditRefused("an empty name", "write one")
    return name


def _with_role(node: ImportedNode, role: Role) -> ImportedNode:
    return with_role(node, RoleEvidence(role, SET_BY_YOU))


def _job_s(job_s: float | None) -> float | None:
    if job_s is None or (math.isfinite(job_s) and LEAST_S <= job_s <= MOST_S):
        return job_s
    raise EditRefused(f"a job of {job_s:g} s", f"write {LEAST_S:g} to {MOST_S:,.0f} seconds")


def _at(text: str) -> str:
    """The line of cron that a text stands for, as a day of a course can have it; "" for none."""
    clock = _CLOCK.fullmatch(text.strip())
    line = f"{int(clock[2])} {int(clock[1])} * * *" if clock else " ".join(NAMED_TIMES.get(text.strip(), text).split())
    if not line:
        return ""
    if len(line) > MOST_CRON:
        raise EditRefused(f"a time of {len(line):,} characters", _TIMES)
    if len(line.split()) != 5:
        raise EditRefused(f"{shown(line)} is neither a time of the day nor a line of cron", _TIMES)
    try:
        cron(line)
    except ValueError as problem:
        what, _, fix = str(problem).partition("; ")
        raise EditRefused(
            f"{shown(line)} is not a time in cron: {what}", f"{fix}, or a time such as 04:30"
        ) from problem
    if never_comes(line):
        raise EditRefused(f"{shown(line)} names a date that never comes", "write a day that one of its months has")
    return line
