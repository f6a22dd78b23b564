"""DOT: a graph as Graphviz itself understands it, so that whatever `dot` draws is read; there is no parser of ours.

`dot -Tdot_json` gives objects and edges as JSON without laying them out. Clusters become groups; a node that only an
edge names is one all the same; ports are dropped; an HTML label is its text; where the label is empty, `xlabel` counts.
An edge with `dir=back` leads where its arrow points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lifecycle.importing.evidence import by_place, by_words
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.graphviz_json import dot_json
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.importing.merging import merged
from lifecycle.importing.texts import id_of, name_of, path_of, plain

_ID = r'(?:"(?:[^"\\]|\\.)*"|[\w.-]+)'
# `graph` begins Mermaid's charts too, and `a{b}` on the line below it is a node there.
_START = re.compile(
    rf"\s*(?:(?:digraph|strict\s+(?:di)?graph)\b\s*(?:{_ID}\s*)?|graph\b(?:\s*|[ \t]*{_ID}\s*|\s+{_ID}\s+))\{{",
    re.IGNORECASE | re.DOTALL,
)
_COMMENTS = re.compile(r"\s*(?:/\*.*?\*/|//[^\n]*|#[^\n]*)", re.DOTALL)
_PORTS = re.compile(r"<[^<>|{}]*>")


def is_dot(text: str) -> bool:
    """Whether the text begins as a graph of Graphviz does, after comments."""
    at = 0
    while match := _COMMENTS.match(text, at):
        at = match.end()
    return _START.match(text, at) is not None


def read_dot(text: str) -> Imported:
    """The graph, in the order Graphviz gives it; several in one file as one.

    Raises ImportProblem with what Graphviz says of a faulty one.
    """
    return merged([_graph(graph) for graph in dot_json(text)])


def _graph(graph: Mapping[str, Any]) -> Imported:
    objects = [mapping(one) for one in listed(graph.get("objects"))]
    count = graph.get("_subgraph_cnt")
    subgraphs, drawn = objects[: count or 0], objects[count or 0 :]
    ids = {one.get("_gvid"): id_of(one.get("name")) or f"node {one.get('_gvid')}" for one in drawn}
    groups = _groups(subgraphs)
    pairs = [mapping(edge) for edge in listed(graph.get("edges"))]
    edges = tuple(dict.fromkeys(ImportedEdge(*(ids[edge[end]] for end in _ends(edge))) for edge in pairs))
    with_parents, with_children = {edge.target for edge in edges}, {edge.source for edge in edges}
    nodes = []
    for one in drawn:
        id, group = ids[one["_gvid"]], groups.get(one["_gvid"], "")
        name = _label(one) or id
        evidence = by_words(f"{name} {id}", "its label") or by_place(id, with_parents, with_children)
        node = ImportedNode(id, name, evidence.role, evidence.reason, group, evidence.certain)
        nodes.append(replace(node, description=plain(one.get("tooltip"))))
    return Imported(tuple(nodes), edges, tuple(_notes(graph)))


def _ends(edge: Mapping[str, Any]) -> tuple[str, str]:
    """Where an edge's arrow comes from and where it points, as drawn."""
    return ("head", "tail") if edge.get("dir") == "back" else ("tail", "head")


def _notes(graph: Mapping[str, Any]) -> Iterator[str]:
    if graph.get("directed") is False and graph.get("edges"):
        yield "the graph is undirected: every edge is taken to lead from the node written first to the second"


def _label(one: Mapping[str, Any]) -> str:
    name = id_of(one.get("name"))
    for written in (one.get("label", "\\N"), one.get("xlabel", "")):
        text = str(written).replace("\\N", name)
        if "|" in text:  # a record: `patchwork` writes no shape
            text = re.sub(r"[|{}]", " ", _PORTS.sub(" ", text))
        if label := name_of(re.sub(r"\\[nlr]", " ", text).replace("\\G", "").replace("\\", "")):
            return label
    return name


def _groups(subgraphs: list[Mapping[str, Any]]) -> dict[Any, str]:
    """By the number of a node the path of the clusters it lies in, the deepest one counting."""
    by_number = {one.get("_gvid"): one for one in subgraphs}
    inner = {number for one in subgraphs for number in listed(one.get("subgraphs"))}
    pending: list[tuple[Mapping[str, Any], tuple[str, ...]]] = [
        (one, ()) for one in subgraphs if one.get("_gvid") not in inner
    ]
    paths: dict[Any, tuple[str, ...]] = {}
    while pending:
        one, outer = pending.pop()
        path = (*outer, _label(one)) if id_of(one.get("name")).startswith("cluster") else outer
        for number in listed(one.get("nodes")):
            if len(path) > len(paths.get(number, ())):
                paths[number] = path
        pending += [(by_number[number], path) for number in listed(one.get("subgraphs")) if number in by_number]
    return {number: path_of(path) for number, path in paths.items()}
