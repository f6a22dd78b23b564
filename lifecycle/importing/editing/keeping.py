"""A graph, and what was done to it, as the two texts of JSON that are kept: the first stays, the second is short.

Both say their format and its version. They come back from strangers too, so that reading is strict: a text is taken as
it was written, or refused in one line (`ImportProblem`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lifecycle.documents import instead, shown
from lifecycle.importing.editing.edits import EDIT_KINDS, Edit
from lifecycle.importing.editing.revision import MOST_EDITS, EditStep, Revision
from lifecycle.importing.editing.typed_json import list_at, object_at, plain_of, typed
from lifecycle.importing.graph import MOST_EDGES, MOST_NODES, Imported, ImportProblem
from lifecycle.importing.json_texts import read_json

GRAPH_FORMAT, STEPS_FORMAT = "headwaters-graph", "headwaters-edits"
KEPT_VERSION = 1
_NAMES = {kind: name for name, kind in EDIT_KINDS.items()}


def graph_to_json(graph: Imported) -> str:
    """The graph as it is kept."""
    return _written({"format": GRAPH_FORMAT, "version": KEPT_VERSION, "graph": plain_of(graph)})


def graph_from_json(text: str) -> Imported:
    """The graph that was kept. Raises ImportProblem."""
    document = _document(text, GRAPH_FORMAT, ("graph",))
    graph: Imported = typed(Imported, document["graph"], "graph")
    _check(graph)
    return graph


def steps_to_json(revision: Revision) -> str:
    """What was done to a graph and what was undone, without the graph."""
    parts = {name: [_plain_step(step) for step in steps] for name, steps in _steps(revision).items()}
    return _written({"format": STEPS_FORMAT, "version": KEPT_VERSION, **parts})


def revision_from_json(base: Imported, text: str) -> Revision:
    """The graph with the steps that were kept. Raises ImportProblem; steps that it does not take are `lost`."""
    names = tuple(_steps(Revision(base)))
    document = _document(text, STEPS_FORMAT, names)
    done, undone = (
        tuple(_step(step, f"{name}[{place}]") for place, step in enumerate(list_at(document[name], name)))
        for name in names
    )
    if sum(map(len, (*done, *undone))) > 2 * MOST_EDITS:
        raise ImportProblem(f"more than {2 * MOST_EDITS:,} edits", "begin anew from the course")
    return Revision(base, done, undone)


def _steps(revision: Revision) -> Mapping[str, tuple[EditStep, ...]]:
    return {"done": revision.steps, "undone": revision.undone}


def _written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _document(text: str, format: str, names: tuple[str, ...]) -> Mapping[str, Any]:
    """The object that a text holds, of this format and version, with all that it needs."""
    keys = ("format", "version", *names)
    value = read_json(text)
    if not isinstance(value, dict) or value.get("format") != format:
        raise ImportProblem(f"no text of the format {format}", "bring what was kept")
    version = value.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > KEPT_VERSION:
        raise ImportProblem(
            f"written by a newer Headwaters (version {version})", f"update this one, which reads {KEPT_VERSION}"
        )
    if version != KEPT_VERSION or isinstance(version, bool):
        raise ImportProblem(f"of version {shown(version)}", f"bring one of version {KEPT_VERSION}")
    for key in set(keys) - value.keys():
        raise ImportProblem(f"no {key} in it", "bring what was kept, whole")
    return object_at(value, "the text", keys)


def _plain_step(step: EditStep) -> list[Any]:
    return [{"edit": _NAMES[type(edit)], **plain_of(edit)} for edit in step]


def _step(value: Any, where: str) -> EditStep:
    edits = tuple(_edit(edit, f"{where}[{place}]") for place, edit in enumerate(list_at(value, where)))
    if not edits:
        raise ImportProblem(f"{where} is a step without an edit", "leave it out")
    return edits


def _edit(value: Any, where: str) -> Edit:
    if not isinstance(value, dict) or not isinstance(value.get("edit"), str):
        raise ImportProblem(f"{where} is no edit", "name its kind, as in `edit: rename`")
    if value["edit"] not in EDIT_KINDS:
        raise ImportProblem(f"{where} is an unknown edit {shown(value['edit'])}", instead(value["edit"], EDIT_KINDS))
    parts = {key: part for key, part in value.items() if key != "edit"}
    edit: Edit = typed(EDIT_KINDS[value["edit"]], parts, where)
    return edit


def _check(graph: Imported) -> None:
    """Refuse what fits the types and is no graph: an id twice, an edge to nowhere, more than can be read."""
    ids = {node.id for node in graph.nodes}
    if len(ids) < len(graph.nodes) or "" in ids:
        raise ImportProblem("a graph in which two nodes share an id, or one has none", "give each an id of its own")
    if len(graph.nodes) > MOST_NODES or len(graph.edges) > MOST_EDGES:
        raise ImportProblem(f"more than {MOST_NODES:,} nodes or {MOST_EDGES:,} edges", "keep a part of it")
    if len(set(graph.edges)) < len(graph.edges):
        raise ImportProblem("a graph that has an edge twice", "leave one out")
    for end in (end for edge in graph.edges for end in (edge.source, edge.target) if end not in ids):
        raise ImportProblem(f"an edge at {shown(end)}, which is no node of the graph", "leave it out")
    for run in graph.observed:
        if run.node not in ids:
            raise ImportProblem(f"a run of {shown(run.node)}, which is no node of the graph", "leave it out")
