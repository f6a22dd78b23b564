"""Mermaid flowcharts: every spelling of a graph is that graph, and what is none is refused with its line."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.importing import ImportProblem
from tests.importing.reads import by_id, edges, of_text, read, roles


def test_a_chart_with_all_that_is_seen_in_the_wild():
    graph = read("shop.mmd")
    assert [node.id for node in graph.nodes] == [
        "app", "cdc", "one", "two", "topics", "lake", "mart", "x1", "x2", "late",
    ]  # fmt: skip
    assert edges(graph) == {
        ("app", "cdc"), ("one", "two"), ("cdc", "topics"), ("topics", "lake"), ("topics", "mart"), ("x2", "x1"),
        ("cdc", "x2"), ("two", "x2"), ("lake", "mart"), ("mart", "x2"), ("mart", "late"),
    }  # fmt: skip
    nodes = by_id(graph)
    assert [nodes[id].name for id in ("topics", "x1", "two", "late")] == [
        "Kafka topics",
        '"Looker"',
        "Two",
        "Late store",
    ]
    assert (nodes["one"].group, nodes["app"].group) == ("Up & running/Deep", "Up & running")
    assert graph.notes == ()


def test_roles_are_guesses_from_labels_shapes_and_places():
    shown = roles(read("shop.mmd"))
    assert all(not certain for _, _, certain in shown.values())
    assert shown["topics"][:2] == ("buffer", "its label says “kafka”")
    assert shown["late"][:2] == ("warehouse", "drawn as a cylinder, and something leads there")
    assert shown["one"][:2] == ("source", "nothing precedes it")
    assert shown["two"][:2] == ("transform", "stands between others")


def test_every_fence_of_a_markdown_file_is_read():
    graph = read("notes.md")
    assert [(node.id, node.name) for node in graph.nodes] == [
        ("A", "Orders"), ("B", "Lake"), ("C", "C"), ("A-2", "Clicks"),
    ]  # fmt: skip
    assert edges(graph) == {("A", "B"), ("B", "C"), ("A-2", "B")}
    assert "a diagram of type sequenceDiagram in line 14 was passed over" in graph.notes


def of_chart(text):
    return of_text(f"flowchart LR\n{text}")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("a --> b --> c", "ab bc"),
        ("a & b --> c & d", "ac ad bc bd"),
        ("a-->b;b-->c", "ab bc"),
        ("a\n --> b\n\n ==> c", "ab bc"),
        ("a --text--> b -. x .-> c == y ==> d", "ab bc cd"),
        ("a --o b --x c <--> d o--o e", "ab bc cd de"),
        ("a ---->|x| b ~~~ c", "ab"),
        ('a["x --> y"] -- "p --> q" --> b("(r)")', "ab"),
        ("a:::k --> b[x]:::k", "ab"),
        ("a --> a", "aa"),
        ("subgraph s\n a --> b\nend\n s --> c\n d --> s", "ab bc da"),
        ("s --> c\nsubgraph s [S]\n a --> b\nend", "ab bc"),
        ("subgraph s\n a-->b\n subgraph t\n c-->d\n end\n b-->t\nend\n s-->e", "ab cd bc de"),
        ("subgraph s\n a-->b\n b-->a\nend\ns-->c", "ab ba ac bc"),
        ("subgraph s\nend\ns --> a", "sa"),
        ("subgraph s\n a\nend\nsubgraph s\n b\nend\ns --> c", "ac bc"),
        ("subgraph one\n a\nend\nsubgraph Two words\n b\nend\none --> b", "ab"),
        ("a\n%% x --> y\n--> b", "ab"),
    ],
)
def test_links_are_edges(text, joined):
    assert edges(of_chart(text)) == {(pair[0], pair[1]) for pair in joined.split()}


def test_a_node_lies_in_the_first_subgraph_that_is_closed_round_it():
    graph = of_chart("subgraph s\n a --> b\nend\nsubgraph t\n a --> c\n subgraph u\n d\n end\n d\nend")
    assert {node.id: node.group for node in graph.nodes} == {"a": "s", "b": "s", "c": "t", "d": "t/u"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a[x --> b", [":2: ", "`[` is never closed"]),
        ("\na -->\n", [":4: ", "a node is missing"]),
        ("a -- b", [":2: ", "the arrow `--` has no end"]),
        ("subgraph s\na", ["the subgraph 's' is never closed", "`end`"]),
        ("a\nend\n", [":3: ", "an `end` without a subgraph"]),
        ("a --> b c", [":2: ", "not understood: 'c'"]),
        ("a{x} (", ["not understood: '('"]),
        ("subgraph s\n" * 101, ["nested more than 100 deep"]),
        ("", ["no node in it"]),
    ],
)
def test_what_is_no_chart_is_refused_with_its_line(text, words):
    with pytest.raises(ImportProblem) as problem:
        of_text(f"flowchart LR\n{text}", "m")
    for word in words:
        assert word in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    "kind", ["sequenceDiagram", "classDiagram", "stateDiagram-v2", "erDiagram", "gantt", "C4Context"]
)
def test_another_type_is_refused_by_its_name(kind):
    with pytest.raises(ImportProblem, match=rf"^m:1: a Mermaid diagram of type {kind}; draw a flowchart$"):
        of_text(f"%%{{init: {{}}}}%%\n{kind}\n  A->>B: x\n", "m")
    with pytest.raises(ImportProblem, match=rf"^m:3: a Mermaid diagram of type {kind}"):
        of_text(f"# Title\n```mermaid\n{kind}\n```\n", "m")


def test_labels_hold_no_html():
    graph = of_chart('a["<img src=x onerror=alert(1)>Hello<script>alert(2)</script> &lt;b&gt;world"] --> b["x < y"]')
    assert [node.name for node in graph.nodes] == ["Hello ‹b›world", "x < y"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("L_a_b_0@{ animation: fast }", "ab"),
        ("L_a_b_1@{ curve: linear, label: x }", "abx"),  # Mermaid counts 0, 2, 3, …
        ("a --> b\nL_a_b_2@{ animate: true, label: y }", "ab"),
        ("p & q --> a & b\nL_q_b_0@{ label: y }\nL_q_p_0@{ label: z }", "abpqz"),
        ("a e1@-- text --> c\ne1@{ label: y }", "abc"),
        ("L_c_d_0@{ thickness: 2\n curve: 'x' }\nL_c_d_0@{ animate: true }", "ab"),
        ("b@{ animate: true } --> c", "abc"),
        ("c@{ shape: rect }\nd@{ }", "abcd"),
    ],
)
def test_data_of_a_link_is_no_node(text, names):
    assert sorted(node.name for node in of_chart(f"a --> b\n{text}").nodes) == sorted(names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x@{ label: 'It''s, it' , shape: cyl }", "It's, it"),
        ("x@{\n shape: rect\n label: Some words\n}", "Some words"),
        ('x@{ tooltip: "label: no", label: "Yes: it\'s" }', "Yes: it's"),
        ("x[t]:::cls@{ shape: rect }", "t"),
        ("x:::cls@{ label: t }:::other", "t"),
        ('x["Vec&lt;u8&gt;"]', "Vec‹u8›"),
        ('x["Vec#lt;u8#gt;"]', "Vec‹u8›"),
        ('x["a &lt; b #gt; c"]', "a < b > c"),
        ('x["Vec<u8>"]', "Vec"),  # as a browser shows it
    ],
)
def test_a_label_says_what_mermaid_shows(text, name):
    assert [node.name for node in of_chart(text).nodes] == [name]


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ('"ID x" ["foo"]', "foo"),
        ('"ID x"["foo [bar]"]', "foo [bar]"),
        ("s [foo]", "foo"),
        ('"foo [bar]"', "foo [bar]"),
        ("Two words", "Two words"),
    ],
)
def test_a_subgraph_is_called_by_its_title(header, title):
    assert of_chart(f"subgraph {header}\n a\nend").nodes[0].group == title


def test_arrows_with_two_heads_keep_one_way_and_are_noted_once():
    graph = of_chart("a <--> b <-- x --> c <==> d\nd <-.-> e e1@<--> f --> g o--o h")
    assert graph.notes == ("5 arrows point both ways: taken to lead from the node written first to the second",)
    assert of_chart("a --> b").notes == ()


def test_groups_of_nodes_are_bounded_before_they_are_joined():
    many = " & ".join(f"n{number}" for number in range(1_001))
    with pytest.raises(ImportProblem, match=r"^m:2: more than 1,000,000 links"):
        of_text(f"flowchart LR\n{many} --> {many.replace('n', 'm')}", "m")


CHART = "```mermaid\nflowchart LR\n a --> b\n```\n"


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        (f"{CHART}````markdown\n{CHART.replace('a', 'x')}````\n", "ab"),
        (f"{CHART}~~~\n{CHART.replace('a', 'x')}~~~\n{CHART.replace('b', 'c')}", "abc"),
        (f"```sh\nls\n```\n{CHART}", "ab"),
        (f"- ```sh\n  ls\n  ```\n1. ```\n   x\n   ```\n{CHART}", "ab"),
        (f"```not a fence```\n{CHART}", "ab"),
        (f"> ```sh\n> ls\n\n{CHART}", "ab"),
        (f"> ```mermaid\n> graph LR\n> a-->b\n\n{CHART.replace('b', 'c')}", "abc"),
        (f"::: note\n{CHART}:::\n", "ab"),
        ("- ```mermaid\n  graph LR\n  a-->b\n  ```\n", "ab"),
        ("````mermaid\ngraph LR\na-->b\n````\n", "ab"),
    ],
)
def test_a_fence_that_another_fence_shows_is_no_diagram(text, nodes):
    assert sorted(node.id for node in of_text(text).nodes) == list(nodes)


def test_a_page_that_only_shows_how_to_draw_is_no_diagram():
    with pytest.raises(ImportProblem, match="a text of a kind that is not known"):
        of_text(f"# How to draw\n````\n{CHART}````\n")


# A graph written in random spelling is read back as that graph.
IDS = ["a", "B2", "x_y", "e-1", "o1", "日本", "7", "kafka/topic", "style1", "ending", "v", "A.b"]
SHAPES = [
    "[{}]",
    "({})",
    "([{}])",
    "[[{}]]",
    "[({})]",
    "(({}))",
    "((({})))",
    "{{{}}}",
    "{{{{{}}}}}",
    ">{}]",
    "[/{}/]",
    "[\\{}\\]",
]
ARROWS = [
    "-->",
    "---",
    "-.->",
    "==>",
    "--o",
    "--x",
    "<-->",
    "---->",
    "-..->",
    "-->|x|",
    "-- x y -->",
    "== x ==>",
    "-. x .->",
]
ARROWS += ['-->|"a --> (b)|"|', '-- "x | y" -->']
LABELS = st.text(st.sampled_from("abcXYZ 019 äß漢 .:;,-|()[]{}&>"), max_size=12).map(str.strip)


@dataclass(frozen=True)
class Drawn:
    labels: dict[str, str]
    links: set[tuple[str, str]]
    groups: dict[str, int]
    text: str


@st.composite
def drawings(draw):
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    labels = {id: draw(LABELS) for id in ids}
    groups = {id: draw(st.integers(0, 2)) for id in ids}
    links = draw(st.sets(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=12))
    end = st.sampled_from(["\n", ";\n", " ; ", "\n\n  %% a --> z\n"])

    def node(id):
        shape = draw(st.sampled_from(SHAPES)).format(f'"{labels[id]}"')
        return id + shape + draw(st.sampled_from(["", "", ":::loud"]))

    lines = []
    for number in range(3):
        inside = [node(id) + draw(end) for id in ids if groups[id] == number]
        if number and inside:
            header = draw(st.sampled_from(["subgraph g{} [G {}]\n", 'subgraph g{}["G {}"]\n'])).format(number, number)
            inside = [header, *inside, "\nend", draw(end)]
        lines += inside
    for source, target in sorted(links):
        lines += [f"{source} {draw(st.sampled_from(ARROWS))} {target}", draw(end)]
    header = draw(st.sampled_from(["flowchart LR\n", "graph TD;", "graph\n", "---\ntitle: x\n---\nflowchart-elk TB\n"]))
    return Drawn(labels, links, groups, header + "".join(lines))


@given(drawings())
def test_a_graph_in_any_spelling_is_read_back(drawn):
    graph = of_text(drawn.text)
    assert edges(graph) == drawn.links
    assert {node.id: node.name for node in graph.nodes} == {
        id: " ".join(label.split()) or id for id, label in drawn.labels.items()
    }
    assert {node.id: node.group for node in graph.nodes} == {
        id: f"G {group}" if group else "" for id, group in drawn.groups.items()
    }
