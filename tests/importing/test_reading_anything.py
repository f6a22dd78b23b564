"""Whatever a file holds, it is a graph or one line: random bytes, and every fixture cut, doubled and mixed up."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.importing import Imported, ImportProblem, read_files
from lifecycle.importing.editing import graph_from_json, graph_to_json
from lifecycle.importing.opening import NamedBytes
from tests.importing.reads import FIXTURES

FILES = sorted(path for path in FIXTURES.rglob("*") if path.is_file())
TEXTS = {path.name: path.read_bytes() for path in FILES}
# Golden counts: what each fixture is, alone.
COUNTS = {
    "compose.yaml": (7, 5),
    "connectors.json": (7, 6),
    "dag.txt": (18, 18),
    "events.ndjson": (9, 7),
    "manifest.json": (10, 10),
    "notes.md": (4, 3),
    "old_manifest.json": (3, 2),
    "shop.dot": (6, 5),
    "shop.mmd": (10, 11),
    "sink.properties": (3, 2),
}
STRANGE: list[Any] = [None, True, 0, -1.5, 1e308, "", "x", "\ud83d", "\x00\u202e", "<script>", [], [None], {"a": {}}]


def outcome(*files: bytes) -> Imported | str:
    try:
        graph = read_files([NamedBytes(f"f{number}", data) for number, data in enumerate(files)])
    except ImportProblem as refused:
        problem = str(refused)
    else:
        return sound(graph)
    assert "\n" not in problem
    return problem


def sound(graph: Imported) -> Imported:
    ids = [node.id for node in graph.nodes]
    assert len(set(ids)) == len(ids)
    assert len(set(graph.edges)) == len(graph.edges)
    assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= set(ids)
    assert {seen.node for seen in graph.observed} <= set(ids)
    assert all(node.id and node.name and node.reason for node in graph.nodes)
    text = json.dumps([vars(node) for node in graph.nodes], default=str, ensure_ascii=False)
    assert "<script" not in text.lower()
    text.encode()  # no half of a character
    assert graph_from_json(graph_to_json(graph)) == graph  # what was read can be kept, and is read back as it was
    return graph


@pytest.mark.parametrize("name", COUNTS)
def test_each_fixture_has_its_nodes_and_edges(name):
    graph = outcome(TEXTS[name])
    assert isinstance(graph, Imported), graph
    assert (len(graph.nodes), len(graph.edges)) == COUNTS[name]


def test_all_fixtures_together_are_one_graph():
    graph = outcome(*(TEXTS[name] for name in COUNTS))
    assert isinstance(graph, Imported), graph
    assert len(graph.nodes) == sum(nodes for nodes, _ in COUNTS.values()) - 1  # the topic that two connectors share
    assert len(graph.origins) == len(COUNTS) - 1


@given(st.binary(max_size=300))
def test_random_bytes(data):
    outcome(data)


HEADS = ["flowchart LR\n", "digraph {", "services:\n", "from airflow import x\n", "connector.class=", "{", "["]
MARKS = "ab \n\t\"'`-=.>x&[]({}):;|%<@#/\\~,0*\ud800é"


@given(st.sampled_from(HEADS), st.text(st.sampled_from(MARKS), max_size=60))
def test_what_begins_as_a_kind_and_goes_on_at_random(head, text):
    outcome((head + text).encode("utf-8", "surrogatepass"))


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_fixture_cut_doubled_and_mixed_up(name, data):
    text = TEXTS[name]
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    other = TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))]
    at = data.draw(st.integers(0, len(other)))
    for mutation in (
        text[:end],
        text[:start] + text[end:],
        text[:end] + text[start:],
        text[:start] + other[at : at + 40],
    ):
        outcome(mutation)


def paths(value, path=()):
    """Every place in a JSON document."""
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(item, (*path, key))


def changed(value, path, new):
    if not path:
        return new
    copy = list(value) if isinstance(value, list) else dict(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


DOCUMENTS = {name: json.loads(text) for name, text in TEXTS.items() if name.endswith(".json")}
DOCUMENTS["events"] = [json.loads(line) for line in TEXTS["events.ndjson"].splitlines() if line.strip()]


@given(st.sampled_from(sorted(DOCUMENTS)), st.data())
def test_any_value_of_a_document_may_be_strange(name, data):
    document = DOCUMENTS[name]
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([*paths(document)]))
        document = changed(document, path, data.draw(st.sampled_from(STRANGE)))
    beside = [json.dumps(DOCUMENTS["manifest.json"]).encode()] if name in ("catalog.json", "run_results.json") else []
    outcome(json.dumps(document).encode(), *beside)
