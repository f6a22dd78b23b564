"""Each fault of a course's pipeline is reported at its line."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from lifecycle.course import load
from lifecycle.course.actors import with_labels
from lifecycle.course.pipeline import Act
from lifecycle.course.pipeline_file import read_pipeline
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


def test_more_than_500_stages_are_refused():
    text = "title: x\nzones: [{id: z, label: Z}]\nstages:\n" + "".join(
        f"  - {{id: s{number}, zone: z, label: L, role: lake}}\n" for number in range(501)
    )
    assert any("501 stages" in problem.what for problem in pipeline_problems(text))


def test_a_pipeline_where_nothing_is_born_is_reported():
    problem = only(pipeline_problems(PIPELINE.replace("role: source", "role: lake")))
    assert problem.line == 5
    assert "no stage has the role source" in problem.what
