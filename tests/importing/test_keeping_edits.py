"""A graph and its edits as text: strict on reading, so that whatever is not as it was kept is refused in one line."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.importing import Imported, ImportedColumn, ImportedEdge, ImportedNode, ImportProblem, Observation
from lifecycle.importing.editing import (
    EDIT_KINDS,
    Add,
    Edit,
    Merge,
    Rename,
    Revision,
    SetTiming,
    graph_from_json,
    graph_to_json,
    revision_from_json,
    steps_to_json,
)
from lifecycle.importing.editing.edits import SetZone
from lifecycle.importing.graph import HandSet, ZoneName
from lifecycle.simulation.model.kinds import Role
from tests.importing.reads import read

NODE = ImportedNode(
    "a", "Orders", Role.LAKE, "because", "raw/files", False, "Text.\n\nMore.", "ann",
    (ImportedColumn("id", "", "int"),), ("t",), "@daily", 3600.0, 0.0, ("unique(id)",), (("k", "v"),),
    HandSet(ZoneName.UPSTREAM, 5.0, "0 2 * * *"), "cdc", True,
)  # fmt: skip
KEPT = Imported(
    (NODE, ImportedNode("b", "b", Role.CONSUMER, "r")), (ImportedEdge("a", "b", "cdc"),), ("note",),
    (Observation("a", 1.5e9, 2.0, "success", "run-1", 4, True),), ("file: a kind",),
)  # fmt: skip
GRAPH = json.loads(graph_to_json(KEPT))
REVISION = Revision(KEPT).done(Rename("a", "x"), SetTiming("b", 2.0, "@daily")).done(Merge("a", "b")).undo()
STEPS = json.loads(steps_to_json(REVISION))


def test_every_field_of_a_graph_is_kept_and_what_is_as_usual_takes_no_room():
    assert all(getattr(NODE, name) != field.default for name, field in NODE.__dataclass_fields__.items())
    back = graph_from_json(graph_to_json(KEPT))
    assert back == KEPT
    assert back.edges[0].moves == "cdc"  # of which two edges are not told apart
    assert GRAPH["graph"]["nodes"][1] == {"id": "b", "name": "b", "role": "consumer", "reason": "r"}


def test_a_graph_that_an_earlier_version_kept_still_opens():
    kept = {"nodes": [{"id": "a", "name": "A", "role": "source", "reason": "r"}],
            "observed": [{"node": "a", "start_s": 1.5e9, "seconds": 2.0, "status": "success"}]}  # fmt: skip
    graph = graph_from_json(json.dumps({"format": "headwaters-graph", "version": 1, "graph": kept}))
    assert graph.observed == (Observation("a", 1.5e9, 2.0, "success"),)
    assert (graph.observed[0].invocation, graph.observed[0].threads, graph.nodes[0].own_time) == ("", 0, False)


@pytest.mark.parametrize("file", ["old_manifest.json", "events.ndjson", "shop.mmd", "target"])
def test_what_is_read_of_a_file_can_be_kept(file):
    graph = read(file)
    assert graph_from_json(graph_to_json(graph)) == graph


def test_every_kind_of_edit_is_kept_under_a_name_of_its_own():
    edits: list[Edit] = [*REVISION.steps[0], *REVISION.undone[0], SetZone("a"), Add("c", "c", Role.LAKE)]
    revision = Revision(KEPT, (tuple(edits),))
    assert revision_from_json(KEPT, steps_to_json(revision)) == revision
    assert revision_from_json(KEPT, steps_to_json(REVISION)) == REVISION
    assert len(set(EDIT_KINDS.values())) == len(EDIT_KINDS)


def changed(document: Any, path: str, new: Any) -> Any:
    """A copy of a document with another value at a path such as `graph.nodes.0.name`; None takes the key away."""
    copy = json.loads(json.dumps(document))
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = copy
    for part in way:
        place = place[part]
    if new is None:
        del place[last]
    else:
        place[last] = new
    return copy


@pytest.mark.parametrize(
    ("path", "new", "words"),
    [
        ("format", "other", "no text of the format headwaters-graph"),
        ("version", 2, "written by a newer Headwaters"),
        ("version", True, "of version 'True'"),
        ("version", "1", "of version '1'"),
        ("graph", None, "no graph in it"),
        ("more", 1, "unknown key 'more'"),
        ("graph.more", 1, "graph has an unknown key 'more'"),
        ("graph.nodes", {}, "graph.nodes should be a list"),
        ("graph.nodes.0", "x", "graph.nodes[0] should be an object"),
        ("graph.nodes.0.name", None, "graph.nodes[0] has no name"),
        ("graph.nodes.0.name", 5, "graph.nodes[0].name is '5', no text"),
        ("graph.nodes.0.name", "x\u202e", "has a character that is no text"),
        ("graph.nodes.0.name", "\ud800", "has a character that is no text"),
        ("graph.nodes.0.description", "x" * 5_001, "has 5,001 characters"),
        ("graph.nodes.0.role", "pond", "graph.nodes[0].role is 'pond'"),
        ("graph.nodes.0.role", ["lake"], "graph.nodes[0].role is"),
        ("graph.nodes.0.certain", 0, "is '0', no truth"),
        ("graph.nodes.0.age_s", True, "is 'True', no number"),
        ("graph.nodes.0.age_s", 10**400, "no number"),
        ("graph.nodes.0.meta.0", ["k"], "has 1 parts, not 2"),
        ("graph.nodes.0.by_hand.zone", "sky", "by_hand.zone is 'sky'"),
        ("graph.nodes.1.id", "a", "two nodes share an id"),
        ("graph.nodes.1.id", "", "or one has none"),
        ("graph.edges.0.target", "z", "an edge at 'z'"),
        ("graph.edges", [{"source": "a", "target": "b"}] * 2, "an edge twice"),
        ("graph.observed.0.node", "z", "a run of 'z'"),
        ("graph.observed.0.threads", 1.5, "is '1.5', no whole number"),
        ("graph.observed.0.threads", True, "no whole number"),
    ],
)
def test_a_text_that_is_no_graph_as_it_was_kept_is_refused_in_one_line(path, new, words):
    with pytest.raises(ImportProblem) as refused:
        graph_from_json(json.dumps(changed(GRAPH, path, new)))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("path", "new", "words"),
    [
        ("format", "headwaters-graph", "no text of the format headwaters-edits"),
        ("undone", None, "no undone in it"),
        ("done", 5, "done should be a list"),
        ("done.0", [], "done[0] is a step without an edit"),
        ("done.0", {"edit": "rename"}, "done[0] should be a list"),
        ("done.0.0", "rename", "done[0][0] is no edit"),
        ("done.0.0.edit", "renam", "did you mean rename?"),
        ("done.0.0.edit", ["rename"], "done[0][0] is no edit"),
        ("done.0.0.more", 1, "done[0][0] has an unknown key 'more'"),
        ("done.0.0.name", None, "done[0][0] has no name"),
        ("done.0.1.job_s", "5", "done[0][1].job_s is '5', no number"),
        ("undone.0.0.into", 7, "undone[0][0].into is '7', no text"),
    ],
)
def test_a_text_that_holds_no_steps_as_they_were_kept_is_refused_in_one_line(path, new, words):
    with pytest.raises(ImportProblem) as refused:
        revision_from_json(KEPT, json.dumps(changed(STEPS, path, new)))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "[" * 100_000, '{"format": NaN}', "{} {}"])
def test_what_is_no_document_at_all_is_refused(text):
    for reading in (graph_from_json, lambda text: revision_from_json(KEPT, text)):
        with pytest.raises(ImportProblem):
            reading(text)


def test_more_edits_than_a_history_has_are_refused(monkeypatch):
    monkeypatch.setattr("lifecycle.importing.editing.keeping.MOST_EDITS", 1)
    with pytest.raises(ImportProblem, match="more than 2 edits"):
        revision_from_json(KEPT, steps_to_json(REVISION))


def test_an_edit_that_the_graph_does_not_take_comes_back_and_is_reported():
    steps = steps_to_json(REVISION)
    revision = revision_from_json(replace(KEPT, nodes=KEPT.nodes[1:], edges=(), observed=()), steps)
    assert [lost.edit for lost in revision.lost] == [Rename("a", "x")]
    assert steps_to_json(revision) == steps


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [place for key, item in items for place in places(item, (*path, key))]


@given(st.sampled_from([GRAPH, STEPS]), st.data(), JSON)
def test_any_value_in_the_text_may_be_strange_and_is_taken_as_it_is_or_refused(document, data, new):
    copy = json.loads(json.dumps(document))
    *way, last = data.draw(st.sampled_from(places(document)))
    place = copy
    for part in way:
        place = place[part]
    place[last] = new
    text = json.dumps(copy)
    try:
        if document is GRAPH:
            graph = graph_from_json(text)
            again = graph_from_json(graph_to_json(graph)) == graph
        else:
            revision = revision_from_json(KEPT, text)
            again = revision_from_json(KEPT, steps_to_json(revision)) == revision and bool(revision.graph.nodes)
    except ImportProblem as refused:
        again = "\n" not in str(refused)
    assert again
