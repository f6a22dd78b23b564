"""Mermaid: the flowcharts of a file, or of every fence of a Markdown file, as a graph.

An edge from a subgraph leaves those of its members that have no successor inside, one to it enters those that have no
predecessor there; where its members only go round, all of them. A subgraph without members is a node.
"""

from __future__ import annotations

from dataclasses import replace

from lifecycle.importing.evidence import by_place, by_words
from lifecycle.importing.graph import (
    MOST_EDGES,
    Imported,
    ImportedEdge,
    ImportedNode,
    ImportProblem,
    RoleEvidence,
    TooMuch,
)
from lifecycle.importing.merging import both_ways, merged
from lifecycle.importing.mermaid.diagrams import FLOWCHARTS, diagrams
from lifecycle.importing.mermaid.parser import Flowchart, MermaidNode, parse
from lifecycle.importing.texts import id_of, path_of
from lifecycle.simulation.model.kinds import Role


def read_mermaid(text: str) -> Imported:
    """The graph of all flowcharts in the text; of several, what has one id and one label is one node.

    Raises ImportProblem, also where the text holds diagrams of other types alone.
    """
    drawn = diagrams(text)
    others = [diagram for diagram in drawn if diagram.kind not in FLOWCHARTS]
    if drawn and len(others) == len(drawn):
        kind = others[0].kind or "no type that is known"
        raise ImportProblem(f"a Mermaid diagram of type {kind}", "draw a flowchart", line=others[0].first_line)
    notes = tuple(
        f"a diagram of type {other.kind or 'unknown'} in line {other.first_line} was passed over" for other in others
    )
    charts = [parse(diagram) for diagram in drawn if diagram.kind in FLOWCHARTS]
    if arrows := sum(chart.both_ways for chart in charts):
        notes = (*notes, both_ways(arrows))
    union = merged([_graph(chart) for chart in charts])
    return replace(union, notes=(*notes, *union.notes))


class _Layers:
    """The subgraphs of a chart as a tree: who lies in each, however deep, and who has no neighbour there.

    A node that has a subgraph's id stands for that subgraph, or is it, where the subgraph has no members.
    """

    def __init__(self, chart: Flowchart) -> None:
        self.chart = chart
        self.members: list[list[str]] = [[] for _ in chart.subgraphs]
        first = {subgraph.id: number for number, subgraph in enumerate(chart.subgraphs)}
        for id, node in chart.nodes.items():
            if id not in first:
                self._join(id, node.subgraph)
        self.numbers = {id: number for id, number in first.items() if self.members[number]}
        self.nodes = [node for id, node in chart.nodes.items() if id not in self.numbers]
        for node in self.nodes:
            if node.id in first:
                subgraph = chart.subgraphs[first[node.id]]
                node.label, node.subgraph = subgraph.title, subgraph.outer
                self._join(node.id, node.subgraph)
        self.joined: tuple[dict[str, list[str]], dict[str, list[str]]] = {}, {}  # by source, by target
        self.rims: dict[tuple[int, bool], list[str]] = {}

    def _join(self, id: str, subgraph: int) -> None:
        for number in self.path(subgraph):
            self.members[number].append(id)

    def path(self, number: int) -> list[int]:
        """The subgraphs from the outermost to this one."""
        path: list[int] = []
        while number >= 0:
            path.append(number)
            number = self.chart.subgraphs[number].outer
        return path[::-1]

    def edges(self) -> tuple[ImportedEdge, ...]:
        """The links, those of subgraphs led on to their members; the innermost first, since the outer need them."""
        edges: dict[tuple[str, str], None] = {}
        for source, target in sorted(self.chart.links, key=lambda link: -self._depth(*link)):
            for start in self._ends(source, leaving=True):
                for end in self._ends(target, leaving=False):
                    if (start, end) not in edges and (start != end or start == source == target):
                        edges[start, end] = None
                        self.joined[0].setdefault(start, []).append(end)
                        self.joined[1].setdefault(end, []).append(start)
            if len(edges) > MOST_EDGES:
                raise TooMuch(f"more than {MOST_EDGES:,} edges", "import a part of the diagram")
        return tuple(ImportedEdge(id_of(source), id_of(target)) for source, target in edges)

    def _depth(self, source: str, target: str) -> int:
        """How many subgraphs lie round both ends of a link."""
        around = (self.path(self._outer(end)) for end in (source, target))
        return sum(1 for one, other in zip(*around, strict=False) if one == other)

    def _outer(self, id: str) -> int:
        number = self.numbers.get(id)
        return self.chart.nodes[id].subgraph if number is None else self.chart.subgraphs[number].outer

    def _ends(self, id: str, *, leaving: bool) -> list[str]:
        number = self.numbers.get(id)
        if number is None:
            return [id]
        if (number, leaving) not in self.rims:
            inside = set(self.members[number])
            neighbours = self.joined[0 if leaving else 1]
            rim = [member for member in self.members[number] if inside.isdisjoint(neighbours.get(member, ()))]
            self.rims[number, leaving] = rim or self.members[number]
        return self.rims[number, leaving]


def _graph(chart: Flowchart) -> Imported:
    layers = _Layers(chart)
    edges = layers.edges()
    with_parents, with_children = {edge.target for edge in edges}, {edge.source for edge in edges}
    nodes = []
    for node in layers.nodes:
        id, group = id_of(node.id), path_of(chart.subgraphs[number].title for number in layers.path(node.subgraph))
        evidence = _named(node) or _shaped(node, id in with_parents) or by_place(id, with_parents, with_children)
        nodes.append(ImportedNode(id, node.label or id, evidence.role, evidence.reason, group, evidence.certain))
    return Imported(tuple(nodes), edges)


def _named(node: MermaidNode) -> RoleEvidence | None:
    return by_words(f"{node.label} {node.id}", "its label")


def _shaped(node: MermaidNode, fed: bool) -> RoleEvidence | None:
    if node.shape == "cylinder" and fed:
        return RoleEvidence(Role.WAREHOUSE, "drawn as a cylinder, and something leads there", certain=False)
    return None
