"""What lies around a node: those before it and those after it, so many steps each way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lifecycle.documents import shown
from lifecycle.importing.graph import Imported, ImportProblem


def around(graph: Imported, node: str, up: int, down: int) -> Imported:
    """The part of the graph that leads to a node in `up` steps at most, and that it leads to in `down`.

    All edges between these nodes are in it. Raises ImportProblem for a node that the graph does not have.
    """
    if all(one.id != node for one in graph.nodes):
        raise ImportProblem(f"no node {shown(node)} in this graph", "choose one that it has")
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for edge in graph.edges:
        before.setdefault(edge.target, []).append(edge.source)
        after.setdefault(edge.source, []).append(edge.target)
    near = _within(before, node, up) | _within(after, node, down)
    return replace(
        graph,
        nodes=tuple(one for one in graph.nodes if one.id in near),
        edges=tuple(edge for edge in graph.edges if edge.source in near and edge.target in near),
        observed=tuple(run for run in graph.observed if run.node in near),
    )


def _within(next_to: Mapping[str, Sequence[str]], start: str, steps: int) -> set[str]:
    """The nodes that one comes to from a start in so many steps at most; the start is one of them."""
    reached, newest = {start}, [start]
    for _ in range(steps):
        newest = list(dict.fromkeys(to for at in newest for to in next_to.get(at, ()) if to not in reached))
        if not newest:
            break
        reached.update(newest)
    return reached
