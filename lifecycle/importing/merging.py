"""Several graphs as one: what has the same id and name is the same thing, what shares its id alone is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lifecycle.importing.graph import (
    MOST_EDGES,
    MOST_NODES,
    Imported,
    ImportedEdge,
    ImportedNode,
    ImportProblem,
    Observation,
    TooMuch,
    cycle_in,
    cycle_words,
)
from lifecycle.words import plural


def merged(graphs: Sequence[Imported]) -> Imported:
    """The union of the graphs, its edges each once, its nodes in order. Raises ImportProblem."""
    nodes: dict[str, ImportedNode] = {}
    edges: dict[ImportedEdge, None] = {}
    observed: list[Observation] = []
    notes: dict[str, None] = {}
    origins: list[str] = []
    for graph in graphs:
        ids = _ids(graph, nodes)
        for node in graph.nodes:
            nodes.setdefault(ids[node.id], replace(node, id=ids[node.id]) if ids[node.id] != node.id else node)
        for edge in graph.edges:
            edges[replace(edge, source=ids[edge.source], target=ids[edge.target])] = None
        observed += [replace(seen, node=ids.get(seen.node, seen.node)) for seen in graph.observed]
        notes.update(dict.fromkeys(graph.notes))
        origins += graph.origins
        again = [f"{id} is {ids[id]}" for id in ids if ids[id] != id]
        if again:
            notes[f"{plural(len(again), 'id')} stood for something else before: {', '.join(again[:3])}"] = None
    _bound(len(nodes), len(edges))
    return Imported(tuple(nodes.values()), tuple(edges), tuple(notes), tuple(observed), tuple(origins))


def both_ways(arrows: int) -> str:
    """The note on arrows with two heads."""
    what = "1 arrow points" if arrows == 1 else f"{arrows:,} arrows point"
    return f"{what} both ways: taken to lead from the node written first to the second"


def with_cycle_noted(graph: Imported) -> Imported:
    """The graph, with a note that names a cycle where it has one."""
    cycle = cycle_in(graph)
    return (
        replace(graph, notes=(*graph.notes, f"the graph comes round: {cycle_words(graph, cycle)}")) if cycle else graph
    )


def _ids(graph: Imported, known: dict[str, ImportedNode]) -> dict[str, str]:
    """By the ids of a graph those that its nodes get among the known ones."""
    ids, taken = {}, {node.id for node in graph.nodes}
    for node in graph.nodes:
        id, times = node.id, 1
        if id in known and known[id].name != node.name:
            while id in known or id in taken:
                times += 1
                id = f"{node.id}-{times}"
            taken.add(id)
        ids[node.id] = id
    return ids


def _bound(nodes: int, edges: int) -> None:
    if not nodes:
        raise ImportProblem("no node in it", "name a file that draws a graph")
    if nodes > MOST_NODES:
        raise TooMuch(f"{plural(nodes, 'node')}, more than {MOST_NODES:,}", "import a part of the project")
    if edges > MOST_EDGES:
        raise TooMuch(f"{plural(edges, 'edge')}, more than {MOST_EDGES:,}", "import a part of the project")
