"""Questions whose numbers are drawn by seed, and the sums and runs that answer them."""

import contextlib
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.course import computed, load
from lifecycle.course.quizzes import computing
from lifecycle.course.quizzes.checking import check
from lifecycle.course.quizzes.expressions import evaluate
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.report import report
from tests.support.narrow import not_none
from tests.support.small_course import write_course

DRAIN = """<!-- question: drain; draw: down_min 90 in 30..180 by 30, rate 1500 in 1200..3000 by 100;
     answer: down_min * 1000 / (rate - 1000) -->
<quiz>
Down for **90**<!-- = down_min --> minutes, back at 1,500<!-- = rate --> a second. [[180 ± 2 % min]]

---
5,400,000<!-- = down_min * 60 * 1000 --> wait.
</quiz>
"""
CHOICE = """<!-- question: pick; draw: a 2 in 1..9 by 1; answer: a * 10 -->
<quiz>
What is 2<!-- = a --> times ten?
- [x] Under 50 <!-- within: 0..50 -->
> It is 20<!-- = a * 10 -->.
- [ ] 50 or more <!-- within: 50..1000 -->
</quiz>
"""
RUN = """<!-- question: slow; draw: events 500 in 400..900 by 100;
     run: ?scenario=rush&events={events}&start=push&size=stream;
     answer: events -->
<quiz>
How many? [[500 ± 1 %]]
</quiz>
"""


def nothing(query):
    raise AssertionError(query)


def read(text):
    (question,), problems = read_questions(text, "quizzes/store.md", "store")
    assert problems == ()
    return question


# --- expressions


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("-2 ** 2", -4.0),
        ("7 // 2 + 7 % 4", 6.0),
        ("max(a, b.c) / 4", 2.5),
        ('b["c"] - ceil(1.2)', 8.0),
        ("sqrt(16) + log(exp(1))", 5.0),
    ],
)
def test_an_expression_is_what_arithmetic_says(text, value):
    assert evaluate(text, {"a": 3, "b": {"c": 10}}) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "missing",
        "b.missing",
        "a.c",
        "b",
        "'text'",
        "1 / 0",
        "2 ** 999",
        "(-8) ** 0.5",
        "__import__('os')",
        "().__class__",
        "[1][0]",
        "a if a else a",
        "lambda: 1",
        "True",
        "'a' * 3",
        "log(0)",
        "min()",
        "(" * 150 + "1" + ")" * 150,
        "1" * 400,
        "exp(1000)",
    ],
)
def test_anything_else_is_a_value_error_in_words(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        evaluate(text, {"a": 3, "b": {"c": 10}})


@given(st.text(max_size=60))
def test_no_text_does_anything_but_have_a_value_or_be_refused(text):
    with contextlib.suppress(ValueError):
        assert math.isfinite(evaluate(text, {}))


# --- drawing


def test_a_computed_question_has_the_numbers_of_its_seed_and_their_answer():
    question = read(DRAIN)
    plan = computing.plan(question)
    made = computing.varied(question, plan, {"down_min": 60.0, "rate": 1300.0}, nothing)
    assert made.stem == "Down for **60** minutes, back at 1,300 a second. [[]]"
    assert made.explanation == "3,600,000 wait."
    assert not_none(accepted_number(made.answers[0])).value == pytest.approx(200.0)
    assert check(made, ["200"]).right
    assert check(made, ["3.33 h"]).right
    assert not check(made, ["180"]).right


def test_the_example_is_what_stands_in_the_file():
    question = read(DRAIN)
    plan = computing.plan(question)
    made = computing.varied(question, plan, computing.examples(plan), nothing)
    assert check(made, ["180"]).right
    assert not list(computing.example_faults(question, plan, nothing))


@given(st.text(max_size=8))
def test_a_seed_draws_the_same_numbers_again_and_only_those_there_are(seed):
    plan = computing.plan(read(DRAIN))
    drawn = computing.drawn(plan, seed)
    assert drawn == computing.drawn(plan, seed)
    assert drawn["down_min"] in {30, 60, 90, 120, 150, 180}
    assert drawn["rate"] in set(range(1200, 3001, 100))


def test_every_number_comes_up_about_equally_often():
    plan = computing.plan(read(DRAIN))
    seen = [computing.drawn(plan, str(seed))["down_min"] for seed in range(1200)]
    assert all(150 < seen.count(value) < 250 for value in (30, 60, 90, 120, 150, 180))


def test_of_options_with_spans_the_one_that_holds_the_answer_is_right():
    question = read(CHOICE)
    plan = computing.plan(question)
    low, high = (computing.varied(question, plan, {"a": a}, nothing) for a in (4.0, 5.0))
    assert [option.right for option in low.options] == [True, False]
    assert [option.right for option in high.options] == [False, True]
    assert high.options[0].feedback == "It is 50."


def test_an_answer_that_no_span_holds_is_told():
    question = read(CHOICE.replace("50..1000", "60..1000"))
    with pytest.raises(ValueError, match="lies in the spans of 0 options"):
        computing.varied(question, computing.plan(question), {"a": 5.0}, nothing)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("down_min 90 in 30..180 by 30,", "down_min 90,", "draws nothing"),
        ("by 30", "by 0", "no values"),
        ("by 100", "by 0.0001", "no values, or more"),
        ("90 in 30..180", "20 in 30..180", "lies outside"),
        ("rate 1500", "down_min 1500", "drawn twice"),
        ("[[180 ± 2 % min]]", "[[180 min]]", "one blank, with a tolerance"),
        ("[[180 ± 2 % min]]", "[[180 ± 2 % min]] [[1 ± 1]]", "one blank, with a tolerance"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(old, new, said):
    with pytest.raises(ValueError, match=said):
        computing.plan(read(DRAIN.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1,500<!--", "1,600<!--", "says 1,600 where rate is 1500"),
        ("[[180 ±", "[[150 ±", "answer is 150, and computed 180"),
        ("5,400,000", "5,400,001", "says 5,400,001"),
    ],
)
def test_an_example_that_is_not_true_is_told(old, new, said):
    question = read(DRAIN.replace(old, new, 1))
    assert said in " ".join(computing.example_faults(question, computing.plan(question), nothing))


@pytest.mark.parametrize(
    ("example", "value", "written"),
    [
        ("90", 60, "60"),
        ("1,500", 12345.6, "12,346"),
        ("0.5", 1 / 3, "0.3"),
        ("90", 1500, "1,500"),
        ("1500", 900, "900"),
    ],
)
def test_a_number_is_written_like_its_example(example, value, written):
    assert computing.like(example, value) == written


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("estimate: down_min * 1000 / (rate - 1000); slip: down_min * 1000 / rate", []),
        ("estimate: 1.01 * down_min * 1000 / (rate - 1000)", []),
        ("estimate: down_min * 1000 / rate", ["with down_min 90, rate 1500 its estimate says 60, which does not"]),
        ("reckon: down_min * 1000 / rate", ["with down_min 90, rate 1500 its reckon says 60, which does not"]),
        ("slip: 2 * down_min", ["with down_min 90, rate 1500 its slip says 180, which counts as right beside 180"]),
    ],
)  # fmt: skip
def test_an_estimate_must_count_as_right_and_a_slip_must_not(tags, said):
    question = read(DRAIN.replace("(rate - 1000) -->", f"(rate - 1000); {tags} -->", 1))
    plan = computing.plan(question)
    found = list(computing.estimate_faults(question, plan, computing.examples(plan), nothing))
    assert [fault[: len(words)] for fault, words in zip(found, said, strict=True)] == said


@pytest.mark.parametrize(("tags", "faults"), [("reckon: 49; slip: 50", 0), ("reckon: 50", 1), ("slip: 0", 1)])
def test_among_options_the_estimate_lies_in_the_right_ones_span(tags, faults):
    question = read(CHOICE.replace("a * 10 -->", f"a * 10; {tags} -->", 1))
    assert len(list(computing.estimate_faults(question, computing.plan(question), {"a": 2.0}, nothing))) == faults


# --- with a course


def test_a_run_answers_what_simulate_says(tmp_path):
    text = RUN.replace("answer: events", "answer: consumers.report.freshness_s.p95")
    course = load(write_course(tmp_path, {"quizzes/store.md": text}))
    question = next(each for each in course.questions if each.id == "slow")
    made = computed.instance(question, course, "one")
    events = computing.drawn(computing.plan(question), "one")["events"]
    scenario = replace(not_none(course.named("rush")).scenario, events=int(events), start=Start.PUSH, size=Size.STREAM)
    known = report(simulate(course.pipeline.network, scenario)).consumers["report"].freshness_s.p95
    assert not_none(accepted_number(made.answers[0])).value == pytest.approx(known, rel=1e-9)
    assert isinstance(scenario, Scenario)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("scenario=rush", "scenario=rushes", "no such scenario"),
        ("answer: events", "answer: consumers.reports.latency_s.p95", "'reports' is not known; there are report"),
        ("scenario=rush", "scenario=real", "replays no trace"),
        ("[[500 ±", "[[510 ±", "computed 500"),
        ("answer: events", "answer: events; reckon: 2 * events", "which does not count as right beside"),
    ],
)
def test_check_says_what_is_wrong_with_a_computed_question(tmp_path, capsys, old, new, said):
    folder = write_course(tmp_path, {"quizzes/store.md": RUN})
    assert main(["check", str(folder)]) == 0, capsys.readouterr().out
    write_course(tmp_path, {"quizzes/store.md": RUN.replace(old, new)})
    assert main(["check", str(folder)]) == 1
    assert said in capsys.readouterr().out


def test_check_says_what_is_wrong_with_a_view_that_an_option_offers(tmp_path, capsys):
    quiz = "<quiz>\nWhich?\n- [x] This\n- [ ] That <!-- see: ?stage=nowhere -->\n</quiz>\n"
    assert main(["check", str(write_course(tmp_path, {"quizzes/store.md": quiz}))]) == 1
    assert "quizzes/store.md:1: Left out of the link: “stage” with “nowhere”" in capsys.readouterr().out


def test_a_question_that_is_not_computed_stays_as_it_is(tmp_path):
    course = load(write_course(tmp_path))
    assert all(computed.instance(each, course, "s") is each for each in course.questions)
