"""A large graph drawn as few boxes, each flow with the number of those that it sums."""

import pytest

from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.looking import GraphLook, first_look
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import SketchProblem
from lifecycle.simulation.model.kinds import Role
from tests.support.narrow import not_none


def layered(width: int) -> Imported:
    """Three folders, one after the other, and a dashboard outside of them; each node feeds two of the next."""
    roles = {"raw": Role.SOURCE, "marts": Role.TRANSFORM, "uses": Role.CONSUMER}
    nodes = [
        ImportedNode(f"{name}{n}", f"{name} {n}", role, "x", name) for name, role in roles.items() for n in range(width)
    ]
    edges = [
        ImportedEdge(f"{one}{n}", f"{other}{m}")
        for one, other in (("raw", "marts"), ("marts", "uses"))
        for n in range(width)
        for m in (n, (n + 1) % width)
    ]
    return Imported((*nodes, ImportedNode("top", "Top", Role.CONSUMER, "x")), (*edges, ImportedEdge("marts0", "top")))


def test_closed_groups_are_one_box_with_the_sum_of_their_flows():
    graph = layered(30)
    sketch = sketching.box_sketch(graph, first_look(graph))
    assert [(stage.label, stage.role) for stage in sketch.pipeline.stages] == [
        ("raw (30)", Role.SOURCE),
        ("marts (30)", Role.TRANSFORM),
        ("uses (30)", Role.CONSUMER),
        ("Top", Role.CONSUMER),
    ]
    assert [flow.label for flow in sketch.pipeline.flows] == ["60 flows", "60 flows", ""]
    assert sketch.stage_of("marts7") == "marts-30"
    assert sketch.box_of["top"].members == ("top",)


def test_an_open_group_shows_its_nodes():
    graph = layered(30)
    sketch = sketching.box_sketch(graph, GraphLook(opened=frozenset({"marts"})))
    assert len(sketch.pipeline.stages) == 33
    assert sketch.box_of[not_none(sketch.stage_of("marts7"))].members == ("marts7",)


def test_groups_without_a_flow_between_them_are_refused_in_words():
    nodes = (ImportedNode("a", "A", Role.SOURCE, "x", "g"), ImportedNode("b", "B", Role.CONSUMER, "x", "g"))
    with pytest.raises(SketchProblem, match="no two nodes"):
        sketching.box_sketch(Imported(nodes, (ImportedEdge("a", "b"),)), GraphLook())


def test_a_box_is_marked_for_a_guess_in_any_of_its_nodes():
    nodes = tuple(ImportedNode(id, id, Role.TRANSFORM, "x", group=id[0]) for id in ("a1", "a2", "b1", "b2"))
    graph = Imported(nodes, (ImportedEdge("a1", "b1"), ImportedEdge("a2", "b2")))
    boxes = sketching.box_sketch(graph, GraphLook(opened=frozenset({"b"})))
    marked = {stage.label for stage in boxes.marked({"a2", "b1"}).stages if stage.label.startswith("? ")}
    assert marked == {"? a (2)", "? b1"}
