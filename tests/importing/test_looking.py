"""Large graphs are read as few boxes, by what lies around a node, and by searching."""

from collections import Counter
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.importing import Imported, ImportedColumn, ImportedEdge, ImportedNode, ImportProblem, Observation
from lifecycle.importing.looking import (
    MOST_BOXES,
    GraphLook,
    GroupBy,
    MatchPlace,
    SummedEdge,
    around,
    collapsed,
    first_look,
    group_paths,
    search,
)
from lifecycle.simulation.model.kinds import Role
from tests.importing.reads import edges, read

ROLES = list(Role)


def node(id: str, group: str = "", role: Role = Role.TRANSFORM, **texts) -> ImportedNode:
    return ImportedNode(id, texts.pop("name", id), role, "r", group, **texts)


def graph(nodes: dict[str, str], *pairs: str) -> Imported:
    """A graph of nodes with their groups, and of edges written `ab`."""
    return Imported(tuple(node(id, group) for id, group in nodes.items()), tuple(ImportedEdge(*pair) for pair in pairs))


@cache
def large(count: int, groups: int) -> Imported:
    """Nodes in so many groups of three folders each; node n is fed by n // 2 and n - 1."""
    nodes = tuple(
        node(f"n{n}", f"g{n % groups}/s{n % 3}" if groups else "", ROLES[n % len(ROLES)], name=f"table_{n}")
        for n in range(count)
    )
    pairs = {(source, n) for n in range(1, count) for source in (n // 2, n - 1) if source != n}
    return Imported(nodes, tuple(ImportedEdge(f"n{source}", f"n{target}") for source, target in sorted(pairs)))


# --- groups as boxes

SHOP = graph({"a": "in/crm", "b": "in/web", "c": "out", "d": "", "e": "out"}, "ab", "ac", "bc", "ae", "cd", "ce", "cc")


def boxes(graph: Imported, *opened: str, by: GroupBy = GroupBy.FOLDER) -> dict[str, str]:
    """The members of each box, by its label."""
    return {box.label: "".join(box.members) for box in collapsed(graph, GraphLook(by, frozenset(opened))).boxes}


def test_a_closed_group_is_one_box_and_its_edges_are_summed():
    seen = collapsed(SHOP, GraphLook())
    assert [(box.id, box.label, box.members, box.group, box.inside) for box in seen.boxes] == [
        ("group in", "in", ("a", "b"), "in", 1),
        ("group out", "out", ("c", "e"), "out", 2),
        ("node d", "d", ("d",), "", 0),
    ]
    assert seen.edges == (SummedEdge("group in", "group out", 3), SummedEdge("group out", "node d", 1))


def test_an_open_group_shows_the_groups_within_it_and_its_nodes():
    assert boxes(SHOP, "in") == {"crm": "a", "web": "b", "out": "ce", "d": "d"}
    assert boxes(SHOP, "in", "in/crm", "out") == {"a": "a", "web": "b", "c": "c", "e": "e", "d": "d"}
    assert boxes(SHOP, "in/crm") == {"in": "ab", "out": "ce", "d": "d"}  # the outer one is closed
    assert group_paths(SHOP, GroupBy.FOLDER) == {"in", "in/crm", "in/web", "out"}
    assert set(boxes(SHOP, *group_paths(SHOP, GroupBy.FOLDER))) == set("abcde")


def test_by_role_the_folders_lie_within_the_roles():
    mixed = Imported((node("a", "x", Role.SOURCE), node("b", "y", Role.SOURCE), node("c", "y", Role.LAKE)))
    assert boxes(mixed, by=GroupBy.ROLE) == {"source": "ab", "lake": "c"}
    assert boxes(mixed, "source", by=GroupBy.ROLE) == {"x": "a", "y": "b", "lake": "c"}


def test_a_node_and_a_group_of_one_name_are_two_boxes():
    assert len(collapsed(graph({"x": "", "y": "x"}), GraphLook()).boxes) == 2


PATHS = st.lists(st.sampled_from("ab"), max_size=3).map("/".join)


@given(st.lists(st.tuples(PATHS, st.sampled_from(ROLES)), min_size=1, max_size=12), st.data())
def test_every_node_is_in_one_box_and_every_edge_in_one_sum(kinds, data):
    nodes = tuple(node(f"n{place}", group, role) for place, (group, role) in enumerate(kinds))
    ends = st.sampled_from([one.id for one in nodes])
    pairs = data.draw(st.sets(st.tuples(ends, ends), max_size=20))
    drawn = Imported(nodes, tuple(ImportedEdge(*pair) for pair in sorted(pairs)))
    by = data.draw(st.sampled_from(GroupBy))
    paths = group_paths(drawn, by)
    opened = data.draw(st.frozensets(st.sampled_from(sorted(paths)))) if paths else frozenset()
    seen = collapsed(drawn, GraphLook(by, opened))
    assert Counter(id for box in seen.boxes for id in box.members) == Counter(one.id for one in nodes)
    assert sum(box.inside for box in seen.boxes) + sum(flow.edges for flow in seen.edges) == len(drawn.edges)
    box_of = {id: box for box in seen.boxes for id in box.members}
    sums = Counter((box_of[e.source].id, box_of[e.target].id) for e in drawn.edges)
    for flow in seen.edges:
        assert flow.edges == sums[flow.source, flow.target]
    for one in nodes:  # each box is closed, and all that it lies in is open
        path = (f"{one.role}/{one.group}" if one.group else one.role.value) if by is GroupBy.ROLE else one.group
        group = box_of[one.id].group
        outer = [group[:at] for at, mark in enumerate(group) if mark == "/"]
        assert set(outer) <= opened
        assert (
            f"{path}/".startswith(f"{group}/") and group not in opened if group else box_of[one.id].members == (one.id,)
        )


# --- how a graph is opened


def test_a_small_graph_opens_all_open():
    shop = read("shop.mmd")
    assert len(collapsed(shop, first_look(shop)).boxes) == len(shop.nodes) <= MOST_BOXES


@pytest.mark.parametrize("count", [3_000, 100_000])
def test_a_large_graph_opens_with_its_outermost_groups_closed(count):
    many = large(count, 12)
    look = first_look(many)
    seen = collapsed(many, look)
    assert [box.label for box in seen.boxes] == [f"g{n}" for n in range(12)]
    assert sum(box.inside for box in seen.boxes) + sum(flow.edges for flow in seen.edges) == len(many.edges)
    one_open = collapsed(many, GraphLook(look.by, look.opened | {"g3"}))
    assert len(one_open.boxes) == 11 + len({box.label for box in one_open.boxes if box.group.startswith("g3/")})


@pytest.mark.parametrize(("count", "groups"), [(3_000, 0), (3_000, 500), (100_000, 0)])
def test_without_groups_or_with_too_many_it_opens_by_role(count, groups):
    many = large(count, groups)
    look = first_look(many)
    assert look == GraphLook(GroupBy.ROLE)
    assert [box.label for box in collapsed(many, look).boxes] == [role.value for role in ROLES]


def test_a_project_that_lies_in_one_folder_opens_within_it():
    many = Imported(tuple(node(f"n{n}", f"shop/models/g{n % 4}") for n in range(100)))
    assert first_look(many).opened == {"shop", "shop/models"}
    flat = Imported(tuple(node(f"n{n}", "shop/models") for n in range(100)))
    assert first_look(flat) == GraphLook(GroupBy.ROLE)


# --- around a node

LINE = graph(dict.fromkeys("abcdexy", ""), "ab", "bc", "cd", "de", "xc", "ax", "cy", "ya")


def near(id: str, up: int, down: int) -> str:
    return "".join(one.id for one in around(LINE, id, up, down).nodes)


def test_around_a_node_is_what_so_many_steps_each_way_reach():
    assert near("c", 0, 0) == "c"
    assert near("c", 1, 0) == "bcx"
    assert near("c", 0, 1) == "cdy"
    assert near("c", 2, 1) == "abcdxy"
    assert near("e", 1, 99) == "de"
    assert edges(around(LINE, "c", 1, 1)) == {("b", "c"), ("x", "c"), ("c", "d"), ("c", "y")}
    with pytest.raises(ImportProblem, match="no node 'z'"):
        around(LINE, "z", 1, 1)


def test_what_was_observed_elsewhere_is_left_out():
    seen = Imported(LINE.nodes, LINE.edges, observed=tuple(Observation(id, 0.0, 1.0, "success") for id in "ae"))
    assert [run.node for run in around(seen, "e", 1, 0).observed] == ["e"]


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20), st.integers(0, 4), st.integers(0, 4))
def test_around_agrees_with_steps_taken_one_by_one(pairs, up, down):
    drawn = Imported(
        tuple(node(str(n)) for n in range(8)), tuple(ImportedEdge(str(a), str(b)) for a, b in sorted(pairs))
    )
    above, below = {0}, {0}
    for _ in range(up):
        above |= {a for a, b in pairs if b in above}
    for _ in range(down):
        below |= {b for a, b in pairs if a in below}
    assert {int(one.id) for one in around(drawn, "0", up, down).nodes} == above | below


@pytest.mark.parametrize("count", [3_000, 100_000])
def test_around_a_node_of_a_large_graph(count):
    many = large(count, 12)
    assert len(around(many, "n1000", 1, 0).nodes) == 3
    assert len(around(many, f"n{count - 1}", count, 0).nodes) == count  # a line of them all leads there


# --- search

FILED = Imported(
    (
        node("m.1", "raw/crm", name="stg_orders"),
        node("m.2", name="orders"),
        node("m.3", name="orders_daily"),
        node("m.4", name="preorders"),
        node("orders.5", name="x"),
        node("m.6", "orders/raw", name="y"),
        node("m.7", name="z", columns=(ImportedColumn("Orders_id"),)),
        node("m.8", name="w", description="All about orders.", owner="Zoë"),
        node("m.9", name="customers"),
    )
)


def ids(text: str, **rest: int) -> list[str]:
    return [match.node.id for match in search(FILED, text, **rest)]


def test_the_best_place_comes_first():
    matches = search(FILED, "ORDERS")
    assert [match.node.id for match in matches] == ["m.2", "m.3", "m.1", "m.4", "orders.5", "m.6", "m.7", "m.8"]
    assert [match.place for match in matches] == list(MatchPlace)


def test_each_word_must_stand_somewhere_and_accents_do_not_count():
    assert ids("stg raw") == ["m.1"]
    assert ids("orders zoe") == ["m.8"]
    assert ids("orders nobody") == []
    assert ids("  ") == ids("") == []


def test_among_equals_the_shorter_name_comes_first_and_no_more_than_asked_for():
    many = large(3_000, 12)
    assert [match.node.name for match in search(many, "table_1", 4)] == ["table_1", "table_10", "table_11", "table_12"]
    assert ids("orders", most=2) == ["m.2", "m.3"]


def test_search_in_a_large_graph():
    matches = search(large(100_000, 12), "table_99999")
    assert [match.node.id for match in matches] == ["n99999"]


@given(st.text(max_size=300))
def test_any_text_may_be_searched_for(text):
    assert len(search(FILED, text)) <= len(FILED.nodes)
