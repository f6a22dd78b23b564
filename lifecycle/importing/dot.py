"""DOT: a graph as Graphviz itself understands it, so that whatever `dot` draws is read; there is no parser of ours.

`dot -Tdot_json` gives objects and edges as JSON without laying them out. Clusters become groups; a node that only an
edge names is one all the same; ports are dropped; an HTML label is its text; where the label is empty, `xlabel` counts.
An edge with `dir=back` leads where its arrow points. What is invisible only places what is drawn, and is left out.
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
from lifecycle.importing.merging import both_ways, merged
from lifecycle.importing.texts import id_of, name_of, path_of, plain, with_angles
from lifecycle.words import plural

_ID = r'(?:"(?:[^"\\]|\\.)*"|[\w.-]+)'
# `graph` begins Mermaid's charts too, and `a{b}` on the line below it is a node there.
_START = re.compile(
    rf"\s*(?:(?:digraph|strict\s+(?:di)?graph)\b\s*(?:{_ID}\s*)?|graph\b(?:\s*|[ \t]*{_ID}\s*|\s+{_ID}\s+))\{{",
    re.IGNORECASE | re.DOTALL,
)
_COMMENTS = re.compile(r"\s*(?:/\*.*?\*/|//[^\n]*|#[^\n]*)", re.DOTALL)
_RECORD = re.compile(r"(\\.)|<[^<>|{}]*>|[|{}]")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# Between angles that Graphviz knows as no tag stands text; its JSON does not tell HTML labels from others.
_NO_TAG = re.compile(
    r"<(?!/?(?:table|tr|td|font|br|img|i|b|u|o|sub|sup|s|hr|vr)\b|!--)(?=[a-z/!?])([^<>]*)>", re.IGNORECASE
)


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
    count = graph.get("_subgraph_cnt") or 0
    drawn = [one for one in objects[count:] if not _is_invisible(one)]
    ids = {one.get("_gvid"): id_of(one.get("name")) or f"node {one.get('_gvid')}" for one in drawn}
    groups = _groups(objects[:count])
    pairs = [mapping(edge) for edge in listed(graph.get("edges"))]
    visible = [edge for edge in pairs if not _is_invisible(edge) and ids.keys() >= {edge["tail"], edge["head"]}]
    edges = tuple(dict.fromkeys(ImportedEdge(*(ids[edge[end]] for end in _ends(edge))) for edge in visible))
    with_parents, with_children = {edge.target for edge in edges}, {edge.source for edge in edges}
    nodes = []
    for one in drawn:
        id, group = ids[one["_gvid"]], groups.get(one["_gvid"], "")
        name = _label(one) or id
        evidence = by_words(f"{name} {id}", "its label") or by_place(id, with_parents, with_children)
        node = ImportedNode(id, name, evidence.role, evidence.reason, group, evidence.certain)
        nodes.append(replace(node, description=plain(one.get("tooltip"))))
    notes = _notes(graph, visible, (len(objects) - count - len(drawn), len(pairs) - len(visible)))
    return Imported(tuple(nodes), edges, tuple(notes))


def _is_invisible(one: Mapping[str, Any]) -> bool:
    return "invis" in (style.strip().lower() for style in str(one.get("style") or "").split(","))


def _ends(edge: Mapping[str, Any]) -> tuple[str, str]:
    """Where an edge's arrow comes from and where it points, as drawn."""
    return ("head", "tail") if edge.get("dir") == "back" else ("tail", "head")


def _notes(graph: Mapping[str, Any], edges: list[Mapping[str, Any]], hidden: tuple[int, int]) -> Iterator[str]:
    if graph.get("directed") is False and edges:
        yield "the graph is undirected: every edge is taken to lead from the node written first to the second"
    elif both := sum(1 for edge in edges if edge.get("dir") == "both"):
        yield both_ways(both)
    counts = (plural(count, thing) for count, thing in zip(hidden, ("node", "edge"), strict=True) if count)
    if any(hidden):
        yield f"{' and '.join(counts)} left out: what is invisible, or joined to that, only places what is drawn"


def _label(one: Mapping[str, Any]) -> str:
    name = id_of(one.get("name"))
    for written in (one.get("label", "\\N"), one.get("xlabel", "")):
        text = str(written)
        if "|" in re.sub(r"\\.", "", text):  # a record: `patchwork` writes no shape
            text = _RECORD.sub(lambda match: match[1] or " ", text)
        text = _ESCAPE.sub(lambda match: _escaped(match[1], name), text)
        for _ in range(3):  # as in `Map<String, List<int>>`
            text = _NO_TAG.sub(r"‹\1›", text)
        if label := name_of(with_angles(text)):
            return label
    return name


def _escaped(mark: str, name: str) -> str:
    """What a backslash and this character stand for in a label."""
    if mark == "N":
        return _ESCAPE.sub(lambda match: _escaped(match[1], ""), name)
    return {"n": " ", "l": " ", "r": " ", "G": ""}.get(mark, mark)


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
        path = (*outer, _label(one)) if _is_cluster(one) else outer
        for number in listed(one.get("nodes")):
            if len(path) > len(paths.get(number, ())):
                paths[number] = path
        pending += [(by_number[number], path) for number in listed(one.get("subgraphs")) if number in by_number]
    return {number: path_of(path) for number, path in paths.items()}


def _is_cluster(one: Mapping[str, Any]) -> bool:
    """Whether a subgraph is drawn as a box: by its name, or because it says so as Graphviz writes what is true."""
    says = str(one.get("cluster") or "").strip().lower()
    return (
        id_of(one.get("name")).startswith("cluster")
        or says in ("true", "yes")
        or (says.isdecimal() and says.strip("0") != "")
    )
