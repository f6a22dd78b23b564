"""A part of a graph: the nodes that a pattern names, with what feeds them or is fed by them where it says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from lifecycle.documents import listed, shown
from lifecycle.importing.graph import Imported, ImportedNode


def selected(graph: Imported, patterns: Sequence[str]) -> Imported:
    """The nodes that one of the patterns names, and the edges between them; ValueError in words where one names none.

    A pattern is that of a file name (`stg_*`), for the id or the name. `+stg_*` adds all that feeds those, `stg_*+` all
    that they feed, as dbt has it.
    """
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for edge in graph.edges:
        before.setdefault(edge.target, []).append(edge.source)
        after.setdefault(edge.source, []).append(edge.target)
    kept: set[str] = set()
    for pattern in patterns:
        named = {node.id for node in graph.nodes if _matches(node, pattern.strip("+"))}
        if not named:
            some = listed(node.name for node in graph.nodes)
            raise ValueError(f"--select {shown(pattern)} names no node; there are {some}")
        kept |= named
        if pattern.startswith("+"):
            kept |= _reached(named, before)
        if pattern.endswith("+"):
            kept |= _reached(named, after)
    nodes = tuple(node for node in graph.nodes if node.id in kept)
    return replace(
        graph,
        nodes=nodes,
        edges=tuple(edge for edge in graph.edges if edge.source in kept and edge.target in kept),
        observed=tuple(run for run in graph.observed if run.node in kept),
        notes=(*graph.notes, f"{len(nodes):,} of {len(graph.nodes):,} nodes selected"),
    )


def _matches(node: ImportedNode, pattern: str) -> bool:
    return fnmatchcase(node.name, pattern) or fnmatchcase(node.id, pattern)


def _reached(ids: Iterable[str], neighbours: Mapping[str, Sequence[str]]) -> set[str]:
    """All that lies behind these, however far."""
    seen = set(ids)
    waiting = list(seen)
    while waiting:
        fresh = [id for id in neighbours.get(waiting.pop(), ()) if id not in seen]
        seen.update(fresh)
        waiting += fresh
    return seen
