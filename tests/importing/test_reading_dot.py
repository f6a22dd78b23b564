"""DOT as Graphviz reads it: clusters, undeclared nodes, ports, labels; a faulty file is refused in its words."""

import os

import pytest

from lifecycle.importing import ImportProblem
from tests.importing.reads import by_id, edges, of_text, read


def test_a_graph_with_all_that_is_seen_in_the_wild():
    graph = read("shop.dot")
    nodes = by_id(graph)
    assert {id: node.name for id, node in nodes.items()} == {
        "orders": "Orders", "clicks": "clicks", "1": "Kafka topics", "rec": "Stage area", "the mart": "the mart",
        "undeclared": "undeclared",
    }  # fmt: skip
    assert edges(graph) == {
        ("orders", "1"), ("clicks", "1"), ("1", "rec"), ("rec", "the mart"), ("the mart", "undeclared"),
    }  # fmt: skip
    assert (nodes["orders"].group, nodes["clicks"].group, nodes["1"].group) == ("Raw zone", "Raw zone/Deep", "")
    assert nodes["1"].role == "buffer"


@pytest.mark.parametrize(
    ("text", "nodes", "joined"),
    [
        ("digraph { a -> b -> c }", "a b c", "ab bc"),
        ("strict graph { a -- b; b -- a }", "a b", "ab"),
        ('DIGRAPH "x y" {a->{b c};}', "a b c", "ab ac"),
        ("digraph G\n{\n\ta\n\tb\n\ta -> b [color=red]\n}\n", "a b", "ab"),
        ("digraph { a -> b }\ndigraph { b -> c }", "a b c", "ab bc"),
        ("digraph { subgraph cluster_x { a; b } c -> a [lhead=cluster_x] }", "a b c", "ca"),
        ("# first\n// second\n/* third { */ digraph{a}", "a", ""),
        ("graph A {b -- c}", "b c", "bc"),
        ("digraph {a -> b [dir=back]; b -> c [dir=both]}", "a b c", "ba bc"),
    ],
)
def test_what_graphviz_draws_is_read(text, nodes, joined):
    graph = of_text(text)
    assert sorted(node.id for node in graph.nodes) == nodes.split()
    assert edges(graph) == {(pair[0], pair[1]) for pair in joined.split()}


def test_an_undirected_graph_says_so_and_a_cycle_is_noted():
    assert any("undirected" in note for note in of_text("graph { a -- b }").notes)
    notes = of_text("digraph { a -> b -> c -> a; c -> d }").notes
    assert any(note.startswith("the graph comes round: ") and note.count("→") == 3 for note in notes)


@pytest.mark.parametrize("text", ["digraph { a -> ; }", "digraph { a -> b", "digraph { a -> b }\ndigraph { a -> ; }"])
def test_a_faulty_graph_is_refused_in_one_line(text):
    with pytest.raises(ImportProblem, match="Graphviz says: ") as problem:
        of_text(text, "g.dot")
    assert "\n" not in str(problem.value)


def test_a_file_that_a_graph_names_is_never_opened(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # whoever opens it waits for good
    table = f'<<table><tr><td><img src="{pipe}"/></td></tr></table>>'
    graph = of_text(f'digraph {{ a [image="{pipe}" shapefile="{pipe}"]; b [label={table}] }}')
    assert len(graph.nodes) == 2


def test_without_graphviz_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("lifecycle.importing.graphviz_json._program", lambda: None)
    with pytest.raises(ImportProblem, match="pip install graphviz-pure"):
        of_text("digraph { a }")


def test_a_second_graph_on_the_line_of_the_first_is_read_too():
    graph = of_text("digraph a {a->b} digraph b {c->d} graph c {e--f}", "a.dot")
    assert {(edge.source, edge.target) for edge in graph.edges} == {("a", "b"), ("c", "d"), ("e", "f")}


@pytest.mark.parametrize(
    ("text", "nodes", "joined", "hidden"),
    [
        ("a -> b; a -> c [style=invis]", "a b c", "ab", "1 edge left out"),
        ('a -> b; b -> c [style="dashed, invis"]', "a b c", "ab", "1 edge left out"),
        ("n [style=invis]; m [style=invis]; n -> a; a -> b", "a b", "ab", "2 nodes and 1 edge left out"),
        ("edge [style=invis]; a -> b; edge [style=bold]; b -> c", "a b c", "bc", "1 edge left out"),
        ("a -> b [style=dashed]", "a b", "ab", ""),
    ],
)
def test_what_is_invisible_only_places_the_others(text, nodes, joined, hidden):
    graph = of_text(f"digraph {{ {text} }}")
    assert sorted(node.id for node in graph.nodes) == nodes.split()
    assert edges(graph) == {(pair[0], pair[1]) for pair in joined.split()}
    assert [note.partition(":")[0] for note in graph.notes] == ([hidden] if hidden else [])


@pytest.mark.parametrize(
    ("attributes", "group"),
    [
        ("cluster=true", "D"),
        ("cluster=Yes", "D"),
        ("cluster=1", "D"),
        ("cluster=false", ""),
        ("cluster=0", ""),
        ("rank=same", ""),
    ],
)
def test_a_subgraph_may_say_that_it_is_a_cluster(attributes, group):
    graph = of_text(f"digraph {{ subgraph {{ {attributes}; label=D; a }} }}")
    assert graph.nodes[0].group == group


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Load <y>", "Load ‹y›"),
        ("List&lt;u8&gt;", "List‹u8›"),
        ("Map<K, List<V>>", "Map‹K, List‹V››"),
        ("a < b", "a < b"),
        (r"C:\\temp", r"C:\temp"),
        (r"C:\\new\lnext", r"C:\new next"),
        (r"\N: \\N", r"x: \N"),
        (r"{<port> a | b\|c}", "a b|c"),
        (r"a\|b", "a|b"),
    ],
)
def test_a_label_says_what_graphviz_shows(written, name):
    assert by_id(of_text(f'digraph {{ x [label="{written}"] }}'))["x"].name == name


def test_an_html_label_is_its_text():
    assert by_id(of_text("digraph { x [label=<<b>Orders</b><br/>of &lt;today&gt;>] }"))["x"].name == "Orders of ‹today›"


def test_an_arrow_that_points_both_ways_is_noted():
    notes = of_text("digraph { a -> b [dir=both]; b -> c }").notes
    assert notes == ("1 arrow points both ways: taken to lead from the node written first to the second",)
