"""`--select`: the nodes that a pattern names, what feeds them and what they feed, and the edges between those."""

import pytest

from lifecycle.importing import Imported, ImportedEdge, ImportedNode, Observation
from lifecycle.importing.selecting import selected
from lifecycle.simulation.model.kinds import Role

EDGES = [("raw", "stg_a"), ("raw", "stg_b"), ("stg_a", "sums"), ("stg_b", "sums"), ("sums", "board"), ("x", "board")]
NODES = tuple(
    ImportedNode(f"model.p.{name}", name, Role.TRANSFORM, "")
    for name in ("raw", "stg_a", "stg_b", "sums", "board", "x")
)
GRAPH = Imported(
    NODES,
    tuple(ImportedEdge(f"model.p.{source}", f"model.p.{target}") for source, target in EDGES),
    observed=tuple(Observation(node.id, 0.0, 1.0, "success") for node in NODES),
)


def names(*patterns):
    return [node.name for node in selected(GRAPH, patterns).nodes]


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["stg_*"], ["stg_a", "stg_b"]),
        (["model.p.sums"], ["sums"]),
        (["+stg_a"], ["raw", "stg_a"]),
        (["stg_a+"], ["stg_a", "sums", "board"]),
        (["+sums+"], ["raw", "stg_a", "stg_b", "sums", "board"]),
        (["x", "raw"], ["raw", "x"]),
        (["*"], ["raw", "stg_a", "stg_b", "sums", "board", "x"]),
    ],
)
def test_a_pattern_names_nodes_and_plus_what_lies_before_or_behind(patterns, expected):
    assert names(*patterns) == expected


def test_edges_and_observations_are_those_of_what_is_kept():
    part = selected(GRAPH, ["stg_a+"])
    kept = {node.id for node in part.nodes}
    assert [(edge.source, edge.target) for edge in part.edges] == [
        ("model.p.stg_a", "model.p.sums"),
        ("model.p.sums", "model.p.board"),
    ]
    assert {run.node for run in part.observed} == kept
    assert part.notes == ("3 of 6 nodes selected",)


@pytest.mark.parametrize("pattern", ["nothing", "+", "", "SUMS"])
def test_a_pattern_that_names_nothing_says_what_there_is(pattern):
    with pytest.raises(ValueError, match="names no node; there are raw, stg_a"):
        selected(GRAPH, ["raw", pattern])
