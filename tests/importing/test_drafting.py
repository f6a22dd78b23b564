"""A graph that was read becomes a course that checks, and a day of it runs."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.course import check, load
from lifecycle.course.pipeline_file.reading import MAX_FLOWS, MAX_STAGES
from lifecycle.importing import (
    Imported,
    ImportedColumn,
    ImportedEdge,
    ImportedNode,
    ImportProblem,
    Observation,
    read_paths,
)
from lifecycle.importing.drafting import course_files, drafted, write_course
from lifecycle.importing.drafting.draft import MOST_FLOWS, MOST_STAGES
from lifecycle.importing.drafting.ids import MOST, course_ids
from lifecycle.importing.drafting.pages import literal
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.words import WORD_JOINER

FIXTURES = Path(__file__).parent / "fixtures"
ODD = [
    "orders",
    "Orders",
    "1",
    "no",
    "lifecycle",
    "Zürich sales",
    "a | b",
    "日本",
    "x" * 90,
    "",
    "- [x](y)",
]


def node(id, role=Role.TRANSFORM, name="", **texts):
    return ImportedNode(id, name or id, role, "a reason", **texts)


def graph(*edges, roles=None, **rest):
    ids = list(dict.fromkeys(end for edge in edges for end in edge))
    return Imported(
        tuple(node(id, (roles or {}).get(id, Role.TRANSFORM)) for id in ids),
        tuple(ImportedEdge(*e) for e in edges),
        **rest,
    )


def role_of(draft, name):
    return next(stage.role for stage in draft.stages if stage.node.name == name)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_was_read_becomes_a_course_that_checks_and_runs(tmp_path_factory, data):
    names = data.draw(st.lists(st.sampled_from(ODD), min_size=2, max_size=9))
    roles = data.draw(st.lists(st.sampled_from(list(Role)), min_size=len(names), max_size=len(names)))
    text = data.draw(st.sampled_from(["", "One.", "See [x](https://a.example) & www.b.example: $5 {order}\n\n- 1. no"]))
    nodes = tuple(
        ImportedNode(f"n{i}", name, role, text or "none", description=text, owner=text, tests=(text,) if text else ())
        for i, (name, role) in enumerate(zip(names, roles, strict=True))
    )
    ends = st.sampled_from([each.id for each in nodes])
    edges = data.draw(st.sets(st.tuples(ends, ends), min_size=1, max_size=16))
    if all(source == target for source, target in edges):
        edges = {*edges, ("n0", "n1")}
    draft = drafted(Imported(nodes, tuple(ImportedEdge(*edge) for edge in sorted(edges))), "Ours")
    folder = tmp_path_factory.mktemp("made") / "course"
    write_course(course_files(draft), folder)
    assert "\n".join(map(str, check(folder))) == ""
    simulate(load(folder).pipeline.network, Scenario(events=50))


@pytest.mark.parametrize("file", [path.name for path in sorted(FIXTURES.iterdir())])
def test_each_fixture_becomes_a_course_without_a_complaint(file, tmp_path, capsys):
    out = tmp_path / "course"
    assert main(["import", str(FIXTURES / file), "--out", str(out), "--title", "Our own"]) == 0
    assert "stages and" in capsys.readouterr().out
    assert main(["check", str(out), "--strict"]) == 0
    assert load(out).pipeline.title == "Our own"


def test_events_begin_where_nothing_leads_to_and_nowhere_else():
    draft = drafted(graph(("a", "b"), ("b", "c"), roles={"a": Role.BUFFER, "b": Role.SOURCE, "c": Role.CONSUMER}), "t")
    assert [role_of(draft, name) for name in "abc"] == [Role.SOURCE, Role.TRANSFORM, Role.CONSUMER]
    a, b, c = draft.stages
    assert not a.certain
    assert "nothing leads here" in a.reason
    assert "it is no source" in b.reason
    assert c.reason == "a reason"


def test_a_graph_that_comes_round_leads_back_by_as_few_edges_as_close_it():
    draft = drafted(graph(("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")), "t")
    assert [(flow.source, flow.target) for flow in draft.flows if flow.loop] == [("c", "b")]
    assert any("leading back" in note for note in draft.notes)


def test_what_no_edge_reaches_is_left_out_and_told_and_nothing_at_all_is_refused():
    one = Imported((node("a"), node("b"), node("alone")), (ImportedEdge("a", "b"),))
    draft = drafted(one, "t")
    assert [stage.id for stage in draft.stages] == ["a", "b"]
    assert "1 node left out" in " ".join(draft.notes)
    with pytest.raises(ValueError, match="no two nodes"):
        drafted(Imported((node("a"),)), "t")


def test_an_id_is_readable_short_its_own_and_the_same_when_the_project_grows():
    twins = (node(f"model.{package}.orders", name="orders") for package in "ab")
    few = (*twins, node("x", name="Zürich — Sales"))
    ids = course_ids(few)
    assert ids["x"] == "zurich-sales"
    assert len(set(ids.values())) == 3
    assert all(id.startswith("orders-") for id in (ids["model.a.orders"], ids["model.b.orders"]))
    grown = course_ids((node("y", name="new"), *reversed(few), node("z", name="x" * 200)))
    assert ids.items() <= grown.items()
    assert all(0 < len(id) <= MOST for id in grown.values())


def test_jobs_share_a_schedule_unless_something_between_them_keeps_its_own_time():
    roles = {"s": Role.SOURCE, "c": Role.CONSUMER}
    draft = drafted(graph(("s", "a"), ("a", "b"), ("b", "c"), roles=roles), "t")
    assert draft.at == "0 2 * * *"
    assert [stage.id for stage in draft.stages if stage.scheduled] == ["a", "b"]
    parted = drafted(graph(("s", "a"), ("a", "w"), ("w", "b"), roles={**roles, "w": Role.WAREHOUSE}), "t")
    assert parted.at == ""
    assert not any(stage.scheduled for stage in parted.stages)


def test_the_projects_own_time_is_taken_where_it_names_a_daily_one():
    times = {"a": "30 4 * * *", "b": "@daily", "c": "30 4 * * *"}
    jobs = tuple(node(id, schedule=at) for id, at in times.items())
    edges = (ImportedEdge("s", "a"), ImportedEdge("a", "b"), ImportedEdge("b", "c"))
    told = Imported((node("s", Role.SOURCE), *jobs), edges)
    assert drafted(told, "t").at == "30 4 * * *"
    for odd in ("*/5 * * * 1-5", "75 2 * * *", "1,,2 3 * * *", ""):
        alone = Imported((node("s", Role.SOURCE), node("a", schedule=odd)), (ImportedEdge("s", "a"),))
        assert drafted(alone, "t").at == "0 2 * * *"


def test_only_the_jobs_have_a_say_in_when_they_start():
    sources = tuple(node(id, Role.SOURCE, schedule="15 6 * * *") for id in ("s", "t"))
    edges = (ImportedEdge("s", "a"), ImportedEdge("t", "a"))
    draft = drafted(Imported((*sources, node("a", schedule="@hourly")), edges), "t")
    assert draft.at == "0 * * * *"
    assert draft.notes[-1] == "its job starts at 0 * * * * (cron): as the project says"


def test_an_edge_from_a_node_to_itself_is_left_out_and_told():
    draft = drafted(graph(("s", "a"), ("a", "a"), roles={"s": Role.SOURCE}), "t")
    assert [(flow.source, flow.target) for flow in draft.flows] == [("s", "a")]
    assert "1 edge from a node to itself left out" in draft.notes


def test_midnight_gives_way_to_the_night():
    night = Imported((node("s", Role.SOURCE), node("a", schedule="@daily")), (ImportedEdge("s", "a"),))
    assert drafted(night, "t").at == "0 2 * * *"
    assert "the project says midnight" in " ".join(drafted(night, "t").notes)


@pytest.mark.parametrize(
    "at", ["99 2 * * *", "0 24 * * *", ", 2 * * *", "² 2 * * *", ",".join(["1"] * 40) + " 2 * * *"]
)
def test_a_time_that_no_clock_has_is_not_taken(at):
    odd = Imported((node("s", Role.SOURCE), node("a", schedule=at)), (ImportedEdge("s", "a"),))
    assert drafted(odd, "t").at == "0 2 * * *"


def test_a_graph_that_is_larger_than_a_course_may_be_is_refused():
    assert (MOST_STAGES, MOST_FLOWS) == (MAX_STAGES, MAX_FLOWS)
    wide = [("s", f"n{number}") for number in range(MOST_STAGES - 1)]
    assert len(drafted(graph(*wide), "t").stages) == MOST_STAGES
    with pytest.raises(ValueError, match="4,001 nodes and 4,000 edges, and a course has at most 4,000 and 20,000"):
        drafted(graph(*wide, ("s", "more")), "t")


def test_a_job_lasts_as_long_as_was_observed_with_its_spread_from_five_runs_on():
    def observed(seconds, status="success"):
        runs = tuple(Observation("a", 0.0, each, status) for each in seconds)
        return drafted(graph(("s", "a"), roles={"s": Role.SOURCE}, observed=runs), "t").stages[1]

    assert (observed([2.0, 4.0, 9.0]).drawn_s, observed([2.0, 4.0, 9.0]).drawn_spread) == (4.0, 1.0)
    many = observed([1.0, 2.0, 4.0, 8.0, 16.0])
    assert many.drawn_s == pytest.approx(4.0)
    assert many.drawn_spread == pytest.approx(math.exp(math.log(2.0) * math.sqrt(2.5)))
    assert many.runs == 5
    assert observed([1.0, 2.0, 5.0, 8.0, 16.0]).median_s == 5.0 != observed([1.0, 2.0, 5.0, 8.0, 16.0]).drawn_s
    assert observed([3.0], "error").drawn_s is None
    assert observed([1e9]).drawn_s == 86_400.0


def test_a_page_says_the_median_and_whether_the_day_uses_it():
    def duration_of(seconds, *edges):
        runs = tuple(Observation("a", 0.0, lasted, "success") for lasted in seconds)
        roles = {"s": Role.SOURCE, "w": Role.WAREHOUSE}
        page = course_files(drafted(graph(("s", "a"), *edges, roles=roles, observed=runs), "t"))["stages/a.md"]
        return next(line for line in page.split("\n") if "**Duration**" in line)

    many = [1.0, 2.0, 5.0, 8.0, 16.0]
    assert duration_of([3.0]) == "- **Duration**: 3 s in the one run that was observed"
    assert duration_of(many) == "- **Duration**: 5 s at the median of 5 runs that were observed"
    parted = [("a", "w"), ("w", "b")]
    assert duration_of(many, *parted).endswith("5 runs that were observed; the day uses the course's own time")


def test_a_strangers_text_is_shown_as_it_stands():
    assert literal("a [b](c) <i> & q: r") == "a \\[b\\](c) \\<i\\> \\& q\\: r"
    for address in ("https://z.example", "WWW.x.example", "q@r.example"):
        parted = literal(address).replace("\\", "")
        assert parted.replace(WORD_JOINER, "") == address
        assert not re.search(r"://|www\.|@\w", parted, re.IGNORECASE)
    assert literal("- one\n1. two") == "\\- one 1. two"
    assert literal("1. one") == "1\\. one"
    assert literal("12) two") == "12\\) two"
    columns = (ImportedColumn("id", "the | key", "int"),)
    nodes = (node("s", Role.SOURCE), node("a", description="One.\n\nTwo.", owner="ann", columns=columns))
    page = course_files(drafted(Imported(nodes, (ImportedEdge("s", "a"),)), "t"))["stages/a.md"]
    assert "| id | int | the \\| key |" in page
    assert "- **Owner**: ann" in page
    assert "No test guards it yet." in page


def test_nothing_is_written_over_and_nothing_half_made_is_left(tmp_path, monkeypatch, capsys):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    source = str(FIXTURES / "shop.dot")
    assert main(["import", source, "--out", str(tmp_path / "full")]) == 2
    assert "is there already" in capsys.readouterr().err
    draft = drafted(read_paths([FIXTURES / "shop.dot"]), "t")
    (tmp_path / "empty").mkdir()
    moves = iter([None, OSError("full"), OSError("full")])
    rename = Path.rename

    def once(path, target):
        if problem := next(moves):
            raise problem
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", once)
    for name in ("empty", "new"):
        with pytest.raises(ValueError, match=rf"nothing can be written to .*{name}: full; name another folder"):
            write_course(course_files(draft), tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "full"]
    assert list((tmp_path / "empty").iterdir()) == []


def test_the_folder_that_one_stands_in_is_filled_and_names_the_course(tmp_path, monkeypatch, capsys):
    (tmp_path / "our-course").mkdir()
    monkeypatch.chdir(tmp_path / "our-course")
    assert main(["import", str(FIXTURES / "shop.dot"), "--out", "."]) == 0
    assert "flows written to .\n" in capsys.readouterr().out
    assert sorted(path.name for path in Path().iterdir()) == [
        ".headwaters-import.json",
        "TODO.md",
        "pipeline.yaml",
        "stages",
    ]
    assert load(Path()).pipeline.title == "our-course"


def test_a_file_that_cannot_be_meant_writes_nothing(tmp_path):
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(ImportProblem):
        read_paths([tmp_path / "x.json"])
    assert main(["import", str(tmp_path / "x.json"), "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()


def moving(*kinds):
    """A database that a connector of each of these ways reads, beside a topic that each writes."""
    readers = [node(f"reader {n}", Role.INGESTION, moves=moves) for n, moves in enumerate(kinds)]
    ends = [node(f"topic {n}", Role.BUFFER) for n in range(len(kinds))]
    edges = [ImportedEdge("db", reader.id) for reader in readers]
    edges += [ImportedEdge(reader.id, end.id) for reader, end in zip(readers, ends, strict=True)]
    return Imported((node("db", Role.SOURCE), *readers, *ends), tuple(edges))


def test_a_connector_of_debezium_is_written_with_its_way_and_the_course_checks(tmp_path: Path):
    draft = drafted(read_paths([FIXTURES / "connectors.json"]), "Shop")
    assert [flow.moves for flow in draft.flows if flow.moves] == ["cdc"]
    assert "1 flow written with `moves: cdc`" in draft.notes
    write_course(course_files(draft), tmp_path / "shop")
    (flow,) = [flow for flow in load(tmp_path / "shop").pipeline.flows if flow.way]
    assert flow.way is not None
    assert flow.way.id == "cdc"


@pytest.mark.parametrize(
    ("kinds", "written"),
    [(("cdc", "cdc"), ["cdc", "cdc"]), (("cdc", ""), []), (("cdc", "webhook"), []), (("", ""), [])],
)
def test_a_source_whose_readers_differ_is_left_to_the_switches(kinds, written, tmp_path: Path):
    draft = drafted(moving(*kinds), "Shop")
    assert [flow.moves for flow in draft.flows if flow.moves] == written
    write_course(course_files(draft), tmp_path / "shop")
    simulate(load(tmp_path / "shop").pipeline.network, Scenario(events=100))


def test_as_many_jobs_run_at_once_as_were_seen_at_work():
    seen = (Observation("a", 0.0, 60.0, "success"), Observation("b", 30.0, 60.0, "success"))
    edges = (ImportedEdge("s", "a"), ImportedEdge("s", "b"))
    both = drafted(Imported((node("s", Role.SOURCE), node("a"), node("b")), edges, observed=seen), "t")
    assert both.slots == 2
    assert "at most 2 of its jobs run at once: no more were seen at work" in both.notes
    assert "slots: 2}" in course_files(both)["pipeline.yaml"]
    turns = (seen[0], Observation("b", 59.5, 60.0, "success"))
    assert drafted(Imported((node("s", Role.SOURCE), node("a"), node("b")), edges, observed=turns), "t").slots == 1
    unseen = drafted(Imported((node("s", Role.SOURCE), node("a"), node("b")), edges), "t")
    assert "slots" not in course_files(unseen)["pipeline.yaml"]


@pytest.mark.parametrize(
    "text",
    ["Orders, see [the docs](../docs/orders.md).", "![i](http://x/y.png) of it", "[x](javascript:alert(1))", "*" * 300],
)
def test_marks_in_a_description_are_no_marks_of_the_page(text, tmp_path):
    graph = Imported(
        (
            ImportedNode("a", "constructor", Role.SOURCE, "x", description=text),
            ImportedNode("b", "b", Role.CONSUMER, "x", description=text),
        ),
        (ImportedEdge("a", "b"),),
    )
    files = course_files(drafted(graph, "t"))
    assert "stages/constructor.md" not in files  # what every object of a browser has by that name
    write_course(files, tmp_path / "course")
    assert "\n".join(map(str, check(tmp_path / "course"))) == ""
