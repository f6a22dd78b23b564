"""Each fault of a course's pipeline is reported at its line."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from lifecycle.course import load
from lifecycle.course.pipeline import Act
from lifecycle.course.pipeline_file import read_pipeline
from lifecycle.course.sequence import with_labels
from lifecycle.simulation.model.kinds import Overlap
from lifecycle.simulation.model.schedules import Schedule, StageJob, cron, never_comes
from lifecycle.words import clock
from tests.support.narrow import not_none
from tests.support.small_course import PIPELINE, TRANSFER, write_course


def only(problems):
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def pipeline_problems(text: str):
    return read_pipeline(text)[2]


def with_stage(line: str) -> str:
    """The small pipeline with one more stage line, on line 10, fed by the store."""
    return PIPELINE.replace("flows:\n", f"  - {line}\nflows:\n").replace(
        "  - {from: store, to: report}\n", "  - {from: store, to: report}\n  - {from: store, to: extra}\n"
    )


# --- the pipeline


def test_the_small_pipeline_has_no_problem():
    assert pipeline_problems(PIPELINE) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("{from: copy, to: store}", "{from: copy, to: stroe}", 12, "unknown stage 'stroe'"),
        ("{from: copy, to: store}", "{from: nowhere, to: store}", 12, "unknown stage 'nowhere'"),
        ("{from: copy, to: store}", "{from: copy}", 12, "without `to`"),
        ("{from: copy, to: store}", "{from: copy, to: access}", 12, "a flow to the undercurrent access"),
        ("{from: copy, to: store}", "{from: copy, to: store, share: 0}", 12, "out of range"),
        ("{from: copy, to: store}", "{from: copy, to: store, share: .nan}", 12, "not finite"),
        ("{from: copy, to: store}", "{from: copy, to: store, loop: maybe}", 12, "`loop` is 'maybe'"),
        ("{from: copy, to: store}", "{from: copy, to: store, label: <b>x</b>}", 12, "HTML in `label`"),
        ("{from: copy, to: store}", "copy -> store", 12, "should be a mapping"),
        ("zone: office, label: Store", "zone: ofice, label: Store", 8, "unknown zone 'ofice'"),
        ("role: warehouse", "role: warehose", 8, "unknown role 'warehose'"),
        ("role: warehouse", "role: no", 8, "read as true or false"),
        ("label: Store,", "", 8, "without `label`"),
        ("label: Store,", "label: '<TABLE>',", 8, "HTML in `label`"),
        ("label: Store,", "label: '<script>alert(1)</script>',", 8, "HTML in `label`"),
        ("label: Store,", "label: " + "x" * 61 + ",", 8, "61 characters"),
        ("label: Store,", "label: Store, image: /etc/passwd,", 8, "unknown key 'image'"),
        ("label: Store,", "label: Store, URL: 'javascript:alert(1)',", 8, "unknown key 'URL'"),
        ("role: warehouse", "role: warehouse, figures: {laod_s: 1}", 8, "no figure 'laod_s'"),
        ("role: warehouse", "role: warehouse, figures: {load_s: fast}", 8, "not a number"),
        ("role: warehouse", "role: warehouse, figures: {load_s: .inf}", 8, "not finite"),
        ("role: warehouse", "role: warehouse, figures: {load_s: .nan}", 8, "not finite"),
        ("role: warehouse", "role: warehouse, figures: {load_s: -1}", 8, "load_s is -1"),
        ("role: warehouse", "role: warehouse, figures: [1]", 8, "should be a mapping"),
        ("{store: Who reads what.}", "{stroe: Who reads what.}", 16, "unknown stage 'stroe'"),
        ("{store: Who reads what.}", "{store: Who <i>reads</i> what.}", 16, "HTML in `store`"),
        ("title: Orders", "title: no", 1, "read as true or false"),
        ("title: Orders", "title: Orders\ntitle: Again", 2, "stands twice"),
        ("title: Orders", "tilte: Orders\ntitle: Orders", 1, "unknown key 'tilte'"),
        ("{id: office,", "{id: undercurrents, label: x}\n  - {id: office,", 4, "undercurrents is the id of the band"),
        ("{id: office,", "{id: shop, label: x}\n  - {id: office,", 4, "two zones with the id shop"),
    ],
)
def test_each_fault_of_the_pipeline_is_reported_at_its_line(old, new, line, word):
    assert old in PIPELINE
    problem = only(pipeline_problems(PIPELINE.replace(old, new)))
    assert problem.line == line
    assert word in problem.what


@pytest.mark.parametrize(
    ("id", "word"),
    [
        ("../x", "is not an id"),
        ("'<script>'", "is not an id"),
        ("Extra", "is not an id"),
        ("no", "read as true or false"),
        ("2024-01-01", "read as a date"),
        ("12", "read as a number"),
        ("lifecycle", "names the course as a whole"),
        ("store", "two places with the id store (the first on line 8)"),
        ("access", "two places with the id access"),
    ],
)
def test_an_id_that_cannot_be_one_is_reported(id, word):
    text = with_stage(f"{{id: {id}, zone: office, label: Extra, role: lake}}").replace(
        "  - {from: store, to: extra}\n", ""
    )
    assert any(word in problem.what for problem in pipeline_problems(text))


def test_what_an_undercurrent_does_may_have_a_few_words_for_the_picture(tmp_path: Path):
    few = "{store: {short: by role, text: Who reads what.}}"
    course = load(write_course(tmp_path, {"pipeline.yaml": PIPELINE.replace("{store: Who reads what.}", few)}))
    assert course.pipeline.undercurrents[0].acts == (Act("store", "Who reads what.", "by role"),)


@pytest.mark.parametrize(
    ("act", "word"),
    [
        ("{short: by role}", "without `text`"),
        ("{text: Who., short: far more words than a box holds}", "shorten it to 18"),
    ],
)
def test_a_few_words_that_do_not_fit_are_reported(act, word):
    _, _, problems = read_pipeline(PIPELINE.replace("{store: Who reads what.}", f"{{store: {act}}}"))
    assert word in f"{only(problems).what} {only(problems).fix}"


def test_a_participant_that_is_a_stage_bears_its_label(tmp_path: Path):
    text = TRANSFER.replace("    P->>S", "    participant store\n    participant Drop as Drop bucket\n    P->>S", 1)
    (transfer,) = load(write_course(tmp_path, {"transfers/pull-batch.md": text})).transfers
    label = load(tmp_path).pipeline.by_id["store"].label
    assert f"    participant store as {label}\n    participant Drop as Drop bucket\n" in transfer.mermaid


def test_a_label_cannot_end_a_line_of_the_sequence():
    assert with_labels("participant a", {"a": "A; B #1"}) == "participant a as A#59; B #35;1"


def test_the_fix_for_an_unquoted_id_says_to_quote_it():
    text = with_stage("{id: no, zone: office, label: Extra, role: lake}").replace("to: extra", 'to: "no"')
    problem = pipeline_problems(text)[0]
    assert problem.line == 10
    assert problem.fix == 'quote it: id: "no"'


def test_a_quoted_no_is_an_id_like_any_other():
    text = with_stage('{id: "no", zone: office, label: Extra, role: lake}').replace("to: extra", 'to: "no"')
    assert pipeline_problems(text) == ()


def test_a_circle_without_a_marked_loop_is_named_at_the_flow_that_closes_it():
    problem = only(pipeline_problems(PIPELINE.replace(", loop: true", "")))
    assert problem.line == 14
    assert problem.what.startswith("a circle without a marked loop: ")
    around = problem.what.split(": ")[1].split(" -> ")
    assert set(around) == {"orders", "copy", "store", "report"}
    assert around[0] == around[-1]
    assert "report -> orders" in problem.what + " -> " + around[1]
    assert "loop: true" in problem.fix


def test_two_circles_are_both_reported():
    text = PIPELINE.replace(", loop: true", "").replace("undercurrents:", "  - {from: store, to: copy}\nundercurrents:")
    assert [problem.line for problem in pipeline_problems(text)] == [14, 15] or [
        problem.line for problem in pipeline_problems(text)
    ] == [15, 14]


def test_a_loop_that_closes_no_circle_is_reported():
    text = PIPELINE.replace("undercurrents:", "  - {from: orders, to: report, loop: true}\nundercurrents:")
    problem = only(pipeline_problems(text))
    assert problem.line == 15
    assert "closes no circle" in problem.what


def test_a_flow_to_itself_is_reported_even_when_marked():
    for loop in ("", ", loop: true"):
        text = PIPELINE.replace("undercurrents:", f"  - {{from: copy, to: copy{loop}}}\nundercurrents:")
        assert only(pipeline_problems(text)).what == "a flow from copy to itself"


def test_a_flow_that_stands_twice_is_reported():
    text = PIPELINE.replace("undercurrents:", "  - {from: copy, to: store}\nundercurrents:")
    assert only(pipeline_problems(text)).line == 15


def test_flows_that_come_to_one_name_on_the_page_are_reported():
    text = (
        "title: x\nzones: [{id: z, label: Z}]\nstages:\n"
        + "".join(f"  - {{id: {id}, zone: z, label: L, role: source}}\n" for id in ("a", "a-b", "b-c", "c"))
        + "flows:\n  - {from: a, to: b-c}\n  - {from: a-b, to: c}\n"
    )
    problem = only(pipeline_problems(text))
    assert problem.line == 10
    assert "flow-a-b-c" in problem.what


def test_a_stage_that_no_flow_touches_is_reported():
    text = with_stage("{id: extra, zone: office, label: Extra, role: lake}").replace(
        "  - {from: store, to: extra}\n", ""
    )
    problem = only(pipeline_problems(text))
    assert problem.line == 10
    assert "no flow reaches or leaves the stage extra" in problem.what


@pytest.mark.parametrize("text", ["", "# nothing\n", "just text", "- a\n- b\n", "title: x\n", "zones: 3\nstages: {}\n"])
def test_a_pipeline_that_is_none_is_reported(text):
    assert pipeline_problems(text)


def test_a_pipeline_of_500_stages_is_read_within_seconds():
    ids = [f"stage-{number}" for number in range(500)]
    text = (
        "title: x\nzones: [{id: z, label: Z}]\nstages:\n"
        + "".join(f"  - {{id: {id}, zone: z, label: L, role: source}}\n" for id in ids)
        + "flows:\n"
        + "".join(f"  - {{from: {a}, to: {b}}}\n" for a, b in pairwise(ids))
    )
    begun = time.perf_counter()
    assert pipeline_problems(text) == ()
    assert time.perf_counter() - begun < 5


def test_more_than_four_thousand_stages_are_refused():
    text = "title: x\nzones: [{id: z, label: Z}]\nstages:\n" + "".join(
        f"  - {{id: s{number}, zone: z, label: L, role: lake}}\n" for number in range(4_001)
    )
    assert any("4,001 stages" in problem.what for problem in pipeline_problems(text))


def test_a_pipeline_where_nothing_is_born_is_reported():
    problem = only(pipeline_problems(PIPELINE.replace("role: source", "role: lake")))
    assert problem.line == 5
    assert "no stage has the role source" in problem.what


# --- schedules

SCHEDULED = """title: Our orders
zones:
  - {id: shop, label: The shop}
stages:
  - {id: orders, zone: shop, label: Orders, role: source}
  - {id: clean, zone: shop, label: Clean, role: transform, schedule: nightly}
  - {id: sum, zone: shop, label: Sum, role: transform, schedule: nightly}
  - {id: report, zone: shop, label: Report, role: consumer}
flows:
  - {from: orders, to: clean}
  - {from: clean, to: sum}
  - {from: sum, to: report}
schedules:
  - {id: nightly, at: 0 2 * * *, slots: 2, overlap: skip, catch_up: yes, retries: 1, retry_s: 60}
"""


def test_a_schedule_is_read_with_its_stages():
    pipeline, _, problems = read_pipeline(SCHEDULED)
    assert problems == ()
    network = not_none(pipeline).network
    assert network.schedules == (Schedule("nightly", (7200.0,), 2, True, Overlap.SKIP, 1, 60.0),)
    assert network.on("nightly") == ("clean", "sum")
    hourly = SCHEDULED.replace("at: 0 2 * * *, ", "every: 3600, ")
    assert not_none(read_pipeline(hourly)[0]).schedules[0].ticks_s == tuple(3600.0 * n for n in range(1, 25))


@pytest.mark.parametrize(
    ("line", "ticks"),
    [
        ("15 2,14 * * *", ["02:15", "14:15"]),
        ("*/20 6 * * 1-5", ["06:00", "06:20", "06:40"]),
        ("0 8-20/6 * * *", ["08:00", "14:00", "20:00"]),
        ("30 22/1 1 * *", ["22:30", "23:30"]),
    ],
)
def test_a_line_of_cron_says_when(line, ticks):
    assert [clock(moment) for moment in cron(line)] == ticks


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("at: 0 2 * * *, ", "", 14, "a schedule without a time"),
        ("at: 0 2 * * *", "at: 0 2 * * *, every: 60", 14, "a schedule with both `every` and `at`"),
        ("at: 0 2 * * *", "at: 0 2 * *", 14, "`at` has 4 fields"),
        ("at: 0 2 * * *", "at: 0 25 * * *", 14, "`at` has the hour '25'"),
        ("at: 0 2 * * *", "at: soon 2 * * *", 14, "`at` has the minute 'soon'"),
        ("at: 0 2 * * *", "at: '*/0 2 * * *'", 14, "`at` has the minute '*/0'"),
        ("at: 0 2 * * *", "at: 0 2 0 * *", 14, "`at` has the day '0'"),
        ("at: 0 2 * * *", "at: 0 2 * 13 *", 14, "`at` has the month '13'"),
        ("at: 0 2 * * *", "at: 0 2 * * 8", 14, "`at` has the weekday '8'"),
        ("at: 0 2 * * *", "at: 0 2 30 2 *", 14, "`at` names a date that never comes"),
        ("nightly}\n  - {id: sum", "nightly, jobs: [{id: a}, {id: a}]}\n  - {id: sum", 6,
         "two jobs are called 'a'"),
        ("nightly}\n  - {id: sum", "nightly, jobs: [{id: a, after: [b]}]}\n  - {id: sum", 6,
         "job a waits for 'b', which is no job before it"),
        ("role: consumer}", "role: consumer, jobs: [{id: a}]}", 8, "a consumer with jobs"),
        ("at: 0 2 * * *", "every: 59", 14, "out of range"),
        ("slots: 2", "slots: 0", 14, "out of range"),
        ("overlap: skip", "overlap: skp", 14, "unknown overlap 'skp'"),
        ("retries: 1", "retires: 1", 14, "unknown key 'retires'"),
        ("label: Sum, role: transform, schedule: nightly", "label: Sum, role: transform, schedule: nigtly", 7,
         "unknown schedule nigtly of sum"),
        ("label: Report, role: consumer", "label: Report, role: consumer, schedule: nightly", 8, "a consumer on a sch"),
        ("  - {from: clean, to: sum}", "  - {from: clean, to: idle}\n  - {from: idle, to: sum}", 14, "what is done"),
    ],
)  # fmt: skip
def test_each_fault_of_a_schedule_is_reported_at_its_line(old, new, line, word):
    idle = "  - {id: idle, zone: shop, label: Idle, role: transform}\nflows:" if "idle" in new else "flows:"
    problem = only(pipeline_problems(SCHEDULED.replace(old, new).replace("flows:", idle, 1)))
    assert (problem.line - ("idle" in new), word in problem.what) == (line, True), str(problem)


def test_the_jobs_of_a_stage_are_read():
    jobs = "jobs: [{id: dedupe}, {id: names, after: dedupe, part: 0.5}, {id: all, after: [dedupe, names]}]"
    pipeline, _, problems = read_pipeline(
        SCHEDULED.replace("nightly}\n  - {id: sum", f"nightly, {jobs}}}\n  - {{id: sum")
    )
    assert problems == ()
    assert not_none(pipeline).network.stations[1].jobs == (
        StageJob("dedupe"), StageJob("names", ("dedupe",), 0.5), StageJob("all", ("dedupe", "names"))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "never"),
    [
        ("0 2 30 2 *", True),
        ("0 2 29 2 *", False),  # in leap years
        ("0 2 31 4,jun,9,11 *", True),
        ("0 2 31 4-5 *", False),
        ("0 2 30 feb mon", False),  # cron takes the Mondays
        ("0 2 31 2 */2", True),
        ("0 2 * FEB *", False),
    ],
)
def test_a_date_that_never_comes_is_known(line, never):
    assert never_comes(line) is never


def test_two_schedules_of_one_name_are_told():
    twice = SCHEDULED + "  - {id: nightly, every: 60}\n"
    assert "two schedules with the id nightly" in str(only(pipeline_problems(twice)))
