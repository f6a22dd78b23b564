"""A graph that was read becomes a course that checks, and a day of it runs."""

import math
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
    write_course(draft, folder)
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
    odd = Imported((node("s", Role.SOURCE), node("a", schedule="*/5 * * * 1-5")), (ImportedEdge("s", "a"),))
    assert drafted(odd, "t").at == "0 2 * * *"


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
    with pytest.raises(ValueError, match="501 nodes and 500 edges, and a course has at most 500 and 2,000"):
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
    assert observed([3.0], "error").drawn_s is None
    assert observed([1e9]).drawn_s == 86_400.0


def test_a_strangers_text_is_shown_as_it_stands():
    assert literal("a [b](c) <i> www.x.y https://z & q@r") == ("a \\[b\\](c) \\<i\\> www\\.x.y https\\://z \\& q\\@r")
    assert literal("- one\n1. two") == "\\- one 1. two"
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
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write_course(draft, tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full"]


def test_a_file_that_cannot_be_meant_writes_nothing(tmp_path):
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(ImportProblem):
        read_paths([tmp_path / "x.json"])
    assert main(["import", str(tmp_path / "x.json"), "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()
