"""What is left to decide about an imported course: the list that lies beside it."""

from lifecycle.__main__ import main
from lifecycle.documents import as_html
from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.drafting import drafted, todo
from lifecycle.importing.drafting.todo import MOST_LISTED
from lifecycle.simulation.model.kinds import Role
from tests.importing.reads import FIXTURES


def node(id, role=Role.TRANSFORM, **texts):
    return ImportedNode(id, texts.pop("name", id), role, texts.pop("reason", "its kind"), **texts)


def left_to_decide(*nodes, edges):
    return todo(drafted(Imported(nodes, tuple(ImportedEdge(*edge) for edge in edges)), "t"))


def under(text, heading):
    """The lines of one list."""
    _, _, rest = text.partition(f"## {heading}")
    return [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("- ")]


def test_each_thing_that_is_open_is_a_box_under_its_heading():
    text = left_to_decide(
        node("s", Role.SOURCE, description="The shop.", owner="ann"),
        node("a", certain=False, reason="a word in its name", tests=("unique(id)",)),
        node("b", description="Sums.", owner="bo"),
        edges=[("s", "a"), ("a", "b")],
    )
    assert under(text, "Roles that were guessed (1)") == [
        "- [ ] a (`stages/a.md`), taken for: transform, because: a word in its name"
    ]
    assert under(text, "Stages that nobody has described (1)") == ["- [ ] a (`stages/a.md`)"]
    assert under(text, "Stages without an owner (1)") == ["- [ ] a (`stages/a.md`)"]
    assert under(text, "Jobs whose duration is a guess (2)") == ["- [ ] a (`stages/a.md`)", "- [ ] b (`stages/b.md`)"]
    assert under(text, "Jobs that no test guards (1)") == ["- [ ] b (`stages/b.md`)"]
    assert under(text, "When the jobs start (1)") == [
        "- [ ] 2 jobs\\: write it into pipeline.yaml as the schedule's at, five fields of cron"
    ]
    assert any("start together at 0 2" in line for line in under(text, "What was decided on the way"))


def test_where_everything_is_known_it_says_so():
    known = {"description": "Text.", "owner": "ann", "tests": ("unique(id)",)}
    text = left_to_decide(node("s", Role.SOURCE, **known), node("c", Role.CONSUMER, **known), edges=[("s", "c")])
    assert "Nothing: every role is certain" in text
    assert "- [ ]" not in text


def test_what_most_flows_touch_comes_first_and_a_long_list_ends():
    leaves = [f"n{i}" for i in range(MOST_LISTED + 4)]
    text = left_to_decide(
        node("s", Role.SOURCE),
        *map(node, leaves),
        node("hub"),
        edges=[("s", "hub"), *(("hub", leaf) for leaf in leaves)],
    )
    boxes = under(text, f"Stages that nobody has described ({MOST_LISTED + 6:,})")
    assert len(boxes) == MOST_LISTED
    assert boxes[0] == "- [ ] hub (`stages/hub.md`)"
    assert "And 6 more." in text


def test_a_name_from_a_file_makes_no_box_heading_or_link():
    odd = "x](https://a.example) `b`\n- [x] done\n## Head <i>"
    text = left_to_decide(node("s", Role.SOURCE), node("a", name=odd, certain=False, reason=odd), edges=[("s", "a")])
    assert "- [x]" not in text
    assert "\n## Head" not in text
    assert "<a" not in as_html(text)


def test_it_lies_in_the_folder_and_the_folder_still_checks(tmp_path):
    assert main(["import", str(FIXTURES / "shop.dot"), "--out", str(tmp_path / "course")]) == 0
    assert (tmp_path / "course" / "TODO.md").read_text(encoding="utf-8").startswith("# What is left to decide\n")
    assert main(["check", str(tmp_path / "course"), "--strict"]) == 0
