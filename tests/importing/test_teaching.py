"""What is taught about a project is true of the course that was written: each claim is computed once more from that."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.course import check, load
from lifecycle.course.pipeline_file import read_pipeline
from lifecycle.documents import as_text, links
from lifecycle.importing import Imported, ImportedColumn, ImportedEdge, ImportedNode
from lifecycle.importing.drafting import course_files, drafted, write_course
from lifecycle.importing.teaching import teaching_files
from lifecycle.importing.teaching.drawing import WRONG, DrawnOption, ProjectQuestion, balanced
from lifecycle.importing.texts import plain
from lifecycle.learning.drills.making import possible_drill
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.readings.series import freshness
from lifecycle.words import WORD_JOINER, duration
from tests.support.narrow import not_none

FIXTURES = Path(__file__).parent / "fixtures"
NINE = np.array([9 * 3600.0])
# As a reader hands it on, which takes HTML and comments away.
SHARP = plain("[a](https://b.example) {events} $x$ - [x] <!-- ask: x --> www.c.example <quiz> a < b @d [[x]] # |")


def node(id, role=Role.TRANSFORM, **texts):
    return ImportedNode(id, texts.pop("name", id), role, "a reason", **texts)


def taught(graph):
    draft = drafted(graph, "Ours")
    files = course_files(draft)
    pipeline = not_none(read_pipeline(files["pipeline.yaml"])[0])
    return files | teaching_files(draft, pipeline.network)


def course_of(graph, folder):
    write_course(taught(graph), folder / "course")
    assert "\n".join(map(str, check(folder / "course"))) == ""
    return load(folder / "course")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Two sources, six jobs in two branches, four dashboards, owners and tests."""
    columns = tuple(map(ImportedColumn, ("ID", "day", "sum", "shop")))
    nodes = (
        *(node(id, Role.SOURCE, owner="ann") for id in ("orders", "clicks")),
        node("stg", owner="ann, bob", columns=columns, tests=("unique(id)",)),
        *(node(id, owner=id) for id in ("mart", "sums", "slow", "web", "bot")),
        *(node(id, Role.CONSUMER) for id in ("board", "mail", "heatmap", "model", "funnel")),
    )  # fmt: skip
    arrows = """orders>stg stg>mart mart>sums sums>slow slow>board mart>mail clicks>web web>heatmap web>model web>bot
    bot>funnel"""
    edges = tuple(ImportedEdge(*arrow.split(">")) for arrow in arrows.split())
    return course_of(Imported(nodes, edges), tmp_path_factory.mktemp("shop"))


def reached(course, start):
    """What flows of the course lead to from a stage, stage by stage."""
    got: set[str] = set()
    todo = [start]
    while todo:
        at = todo.pop()
        new = {flow.target for flow in course.pipeline.flows if flow.source == at and not flow.loop} - got
        got |= new
        todo += new
    return got


def offered(question, ids):
    """The options as ids of stages, right ones and wrong ones."""
    named = {as_text(option.text): option for option in question.options}
    rights = {ids[text] for text, option in named.items() if option.right}
    return rights, {ids[text] for text, option in named.items() if not option.right}


def questions_of(course, ending):
    return [question for question in course.questions if question.id.endswith(ending)]


def ages(course, scenario):
    run = simulate(course.pipeline.network, scenario)
    return {stage.id: float(freshness(run, stage.id, NINE)[0]) for stage in course.pipeline.stages}


@pytest.mark.parametrize("file", [path.name for path in sorted(FIXTURES.iterdir())])
def test_each_fixture_becomes_a_course_with_scenarios_and_a_tour_without_a_complaint(file, tmp_path, capsys):
    out = tmp_path / "course"
    assert main(["import", str(FIXTURES / file), "--course", "--out", str(out)]) == 0
    assert main(["check", str(out), "--strict"]) == 0, capsys.readouterr().out
    course = load(out)
    assert course.default.id == "ordinary-day"
    assert course.talk("tour")
    assert len(course.scenarios) >= 2
    assert (out / "TODO.md").read_text(encoding="utf-8").startswith("# What is left to decide")


def test_what_is_downstream_is_right_and_what_is_not_is_wrong(shop):
    ids = {stage.label: stage.id for stage in shop.pipeline.stages}
    asked = questions_of(shop, "-downstream")
    assert len(asked) == 8
    for question in asked:
        right, wrong = offered(question, ids)
        assert right
        assert right <= reached(shop, question.place)
        assert len(wrong) == WRONG
        assert not wrong & {*reached(shop, question.place), question.place}


def test_what_a_flow_brings_back_is_no_wrong_answer():
    arrows = [
        "s>alpha",
        "alpha>beta",
        "beta>end",
        "beta>alpha",
        "s>delta",
        "s>gamma",
        "s>omega",
        "s>sigma",
        "delta>out",
    ]
    edges = tuple(ImportedEdge(*arrow.split(">")) for arrow in arrows)
    jobs = tuple(node(name) for name in ("alpha", "beta", "delta", "gamma", "omega", "sigma"))
    ends = tuple(node(name, Role.CONSUMER) for name in ("end", "out"))
    text = taught(Imported((node("s", Role.SOURCE), *jobs, *ends), edges))["quizzes/beta.md"]
    asked = text[text.index("Which stages get rows of beta") :].partition("</quiz>")[0]
    assert "- [x] end" in asked
    assert "alpha" not in asked  # it is reached by the flow that leads back, so it is neither right nor wrong
    assert "what leads back left out" in asked


def test_what_is_stale_at_nine_is_so_on_the_day_of_the_course(shop):
    ids = {stage.label: stage.id for stage in shop.pipeline.stages}
    usual = ages(shop, not_none(shop.named("ordinary-day")).scenario)
    asked = questions_of(shop, "-stale")
    assert asked
    for question in asked:
        now = ages(shop, not_none(shop.named(f"failing-{question.place}")).scenario)
        right, wrong = offered(question, ids)
        assert right
        assert all(np.isnan(now[id]) or now[id] > usual[id] + 1800.0 for id in right)
        assert all(abs(now[id] - usual[id]) <= 120.0 for id in wrong)


def test_the_widest_jobs_fail_in_the_run_and_each_source_is_two_hours_late(shop):
    widest = sorted(shop.pipeline.labels, key=lambda id: (-len(reached(shop, id)), id))
    jobs = [id for id in widest if id in ("stg", "mart", "sums", "slow", "web", "bot")][:5]
    assert {named.id for named in shop.scenarios} == {
        "ordinary-day", "late-orders", "late-clicks", *(f"failing-{id}" for id in jobs),
    }  # fmt: skip
    late = not_none(shop.named("late-orders")).scenario.faults[0]
    assert (late.kind, late.end_s - late.start_s) == (FaultKind.CUT, 7200.0)
    assert late.start_s < 2 * 3600.0 < late.end_s  # the jobs start in between
    failing = not_none(shop.named("failing-mart")).scenario.faults[0]
    assert (failing.kind, failing.start_s) == (FaultKind.FAIL, 2 * 3600.0)


def test_every_age_that_a_scenario_names_is_that_of_its_day(shop):
    usual = ages(shop, not_none(shop.named("ordinary-day")).scenario)
    ids = {stage.label: stage.id for stage in shop.pipeline.stages}
    rows = 0
    for named in shop.scenarios:
        now = ages(shop, named.scenario)
        for stage, *shown in re.findall(
            r"^\| (\S+) \| ([^|]*\d[^|]*|nothing[^|]*) \|(?: (.*) \|)?$", named.brief.see, re.M
        ):
            expected = [now[ids[stage]], usual[ids[stage]]][: 2 if shown[1] else 1]
            assert [text for text in shown if text] == [
                "nothing since midnight" if np.isnan(age) else duration(age) for age in expected
            ]
            rows += 1
    assert rows > 12


def test_owners_are_asked_for_where_they_differ_and_a_part_of_the_right_one_is_no_wrong_one(shop):
    question = not_none(shop.question("stg-owner"))
    texts = {as_text(option.text): option.right for option in question.options}
    assert texts.pop("ann, bob")
    assert "ann" not in texts
    assert not any(texts.values())
    assert set(texts) <= {"mart", "sums", "slow", "web", "bot"}


def test_a_column_is_asked_for_by_what_guards_it(shop):
    question = not_none(shop.question("stg-test"))
    assert "unique" in question.stem
    assert {option.text: option.right for option in question.options} == {
        "ID": True,
        "day": False,
        "sum": False,
        "shop": False,
    }


def test_a_test_is_asked_for_where_the_project_has_enough_kinds_of_them(tmp_path):
    kinds = ("unique(id)", "not_null(id)", "recent(day)", "positive(sum)", "known(shop)")
    nodes = (node("a", Role.SOURCE), node("b", tests=kinds), *(node(id) for id in "cdef"))
    edges = (*tuple(ImportedEdge("a", id) for id in "bcdef"), ImportedEdge("b", "c"))
    question = not_none(course_of(Imported(nodes, edges), tmp_path).question("b-test"))
    texts = {as_text(option.text): option.right for option in question.options}
    assert "day" in question.stem
    assert texts.pop("recent")
    assert not any(texts.values())
    assert set(texts) <= {"unique", "not_null", "positive", "known"}


def test_the_critical_path_is_the_one_of_the_simulated_run(tmp_path):
    arrows = """a>slow a>twin slow>slower twin>slower slower>slowest slowest>end a>quick quick>quicker
    quicker>end a>quickest quickest>end"""
    ids = dict.fromkeys(re.split(r"[>\s]+", arrows))
    nodes = tuple(node(id, Role.SOURCE if id == "a" else Role.TRANSFORM) for id in ids)
    edges = tuple(ImportedEdge(*arrow.split(">")) for arrow in arrows.split())
    question = not_none(course_of(Imported(nodes, edges), tmp_path).question("jobs-critical-path"))
    assert question.place == "end"
    options = {option.text: option.right for option in question.options}
    # The slow one and its twin end at once: whichever the path leads over, the run waits for both.
    assert options.pop("slow", True)
    assert options.pop("twin", True)
    assert [options.pop(name, True) for name in ("slower", "slowest")] == [True, True]
    assert options == {"quick": False, "quicker": False, "quickest": False}


def test_the_tour_goes_from_a_source_to_a_consumer_where_most_rows_are_born(shop):
    steps = not_none(shop.talk("tour")).steps
    assert [step.stage for step in steps if step.stage] == ["orders", "stg", "mart", "sums", "slow", "board"]
    assert [step.ask for step in steps if step.ask]


def test_too_small_a_pipeline_has_no_questions_and_still_a_day(tmp_path):
    course = course_of(Imported((node("a", Role.SOURCE), node("b")), (ImportedEdge("a", "b"),)), tmp_path)
    assert course.questions == ()
    assert {named.id for named in course.scenarios} == {"ordinary-day", "late-a"}


def test_no_mark_of_a_stranger_works(tmp_path):
    nodes = tuple(
        node(
            f"n{i}", name=f"{i} {SHARP}", description=f"12. {SHARP * 3}", owner=f"{i} {SHARP}", tests=(f"{SHARP}(id)",)
        )
        for i in range(7)
    )
    edges = (*tuple(ImportedEdge(f"n{i}", f"n{i + 1}") for i in range(6)), ImportedEdge("n0", "n3"))
    files = taught(Imported(nodes, edges))
    write_course(files, tmp_path / "course")
    course = load(tmp_path / "course")
    assert main(["check", str(tmp_path / "course")]) == 0
    for path, text in files.items():
        if path == "pipeline.yaml":
            continue
        text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)  # front matter and headlines are no Markdown
        text = re.sub(r"^## .*$", "", text, flags=re.MULTILINE)
        assert [target for _, target in links(text) if not target.startswith("?")] == [], path
        assert not re.search(r"://|www\.|@\w", text), path  # renderers make links of these, whatever stands before
    question = not_none(next(q for q in course.questions if q.id.endswith("-downstream")))
    assert all(as_text(option.text).startswith(tuple("0123456")) for option in question.options)
    assert all("{events}" in as_text(option.text) for option in question.options)
    assert not any(named.brief.asks for named in course.scenarios)
    steps = not_none(course.talk("tour")).steps
    assert sum(as_text(step.text).startswith(f"12. [a](https:{WORD_JOINER}//b.example)") for step in steps) == 7


def test_the_same_project_gives_the_same_files_and_a_grown_one_the_same_ids():
    ids = ("stg", "mart", "sums", "web", "bot")
    nodes = (node("a", Role.SOURCE), *(node(id, owner=id) for id in ids))
    edges = (*tuple(ImportedEdge("a", id) for id in ids), ImportedEdge("stg", "mart"), ImportedEdge("web", "bot"))
    once = taught(Imported(nodes, edges))
    assert once == taught(Imported(nodes, edges))
    grown = taught(Imported((*nodes, node("more", owner="more")), (*edges, ImportedEdge("mart", "more"))))

    def given_ids(files):
        return set(re.findall(r"question: (\S+);", "\n".join(files.values())))

    assert given_ids(once) <= given_ids(grown)
    assert once.keys() <= grown.keys()


def test_many_sources_are_late_only_where_it_matters_and_the_list_says_which_were_left_out():
    nodes = (*(node(f"s{i}", Role.SOURCE) for i in range(12)), node("a"), node("b"))
    edges = (*(ImportedEdge(f"s{i}", "a" if i < 4 else "b") for i in range(12)), ImportedEdge("a", "b"))
    files = taught(Imported(nodes, edges))
    late = {path for path in files if path.startswith("scenarios/late")}
    assert len(late) == 10
    assert {f"scenarios/late-s{i}.md" for i in range(4)} <= late
    assert "Sources without a scenario (2)" in files["TODO.md"]
    assert Counter(files["TODO.md"].split("## ")[1].split("\n"))["- [ ] s8"] <= 1


def test_the_right_option_stands_in_each_place_about_as_often_whatever_luck_does():
    options = tuple((DrawnOption(text, "why"), text == "a") for text in "abcd")
    lucky = [ProjectQuestion(f"q-{n}", "p", f"stem {n}", options, "so", "recall", "idea") for n in range(40)]
    places = Counter([right for _, right in question.options].index(True) for question in balanced(lucky))
    assert len(places) == 4
    assert max(places.values()) - min(places.values()) <= 6


def test_a_course_needs_a_folder(capsys):
    assert main(["import", str(FIXTURES / "shop.dot"), "--course"]) == 2
    assert "add --out FOLDER" in capsys.readouterr().err


def test_drills_work_on_it(shop):
    drill = not_none(possible_drill(shop.pipeline.network, shop.pipeline.labels, (1, 1)))
    assert drill.fault.station in shop.pipeline.labels


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_was_read_is_taught_truly(tmp_path_factory, data):
    size = data.draw(st.integers(3, 12))
    roles = data.draw(st.lists(st.sampled_from(list(Role)), min_size=size, max_size=size))
    texts = st.sampled_from(["", "x", "Orders, daily", "12. of them", SHARP])
    nodes = tuple(
        node(f"n{i}", role, name=data.draw(texts), description=data.draw(texts), owner=data.draw(texts))
        for i, role in enumerate(roles)
    )
    ends = st.sampled_from([one.id for one in nodes])
    edges = {pair for pair in data.draw(st.sets(st.tuples(ends, ends), min_size=2, max_size=24)) if len(set(pair)) == 2}
    graph = Imported(nodes, tuple(ImportedEdge(*edge) for edge in sorted(edges or {("n0", "n1")})))
    course = course_of(graph, tmp_path_factory.mktemp("made"))
    ids = {as_text(name): id for id, name in course.pipeline.labels.items()}
    for question in questions_of(course, "-downstream"):
        for option in question.options:
            id = ids.get(as_text(option.text)) or not_none(re.search(r"\((\S+)\)$", as_text(option.text)))[1]
            assert option.right == (id in reached(course, question.place))
    for named in course.scenarios:
        simulate(course.pipeline.network, replace(named.scenario, events=50))
