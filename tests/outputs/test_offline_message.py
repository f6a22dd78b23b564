"""What the offline copy holds and what its script reads are one contract, written down on both sides."""

from __future__ import annotations

import base64
import json
from typing import get_args, get_type_hints, is_typeddict

import pytest

from lifecycle.course import load
from lifecycle.course.quizzes.questions import QuestionKind
from lifecycle.outputs.offline import asking, days, message, page
from tests.outputs.test_static import OURS
from tests.support.kinds_course import kinds_course
from tests.support.message_contract import fields_of, fits, written

WRITTEN = written((page.PAGE / "message.js").read_text(encoding="utf-8"))
MESSAGES = {
    name: each for name, each in vars(message).items() if is_typeddict(each) and each.__module__ == message.__name__
}
KINDS = {name: get_args(both) for name, both in get_type_hints(message.Kinds).items()}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return load(kinds_course(tmp_path_factory.mktemp("course")))


def sent(value):
    """A value as the page reads it: out of JSON, where a tuple is a list."""
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("name", MESSAGES)
def test_both_sides_write_down_the_same_fields_and_types(name):
    assert WRITTEN[name] == fields_of(MESSAGES[name])


def test_the_script_writes_down_no_message_that_python_does_not_know():
    assert set(WRITTEN) == set(MESSAGES)


def test_every_kind_of_question_is_written_down():
    assert set(KINDS) == set(QuestionKind)


def check_question(question, where: str) -> None:
    """Fail unless a question, its variants and the keys under their veils are as its kind has them."""
    assert fits({**question, "variants": []}, message.SentQuestion), where
    shown, key = KINDS[question["kind"]]
    for variant in question["variants"]:
        assert fits(variant, shown), where
        veiled = base64.b64decode(variant["sealed"])
        assert fits(json.loads(asking.veiled(veiled, question["id"])), key), where


def test_every_question_is_what_its_kind_writes_down(course):
    asked = [question for each in (course, OURS) for place in asking.by_place(each).values() for question in place]
    assert {question["kind"] for question in asked} == set(QuestionKind)
    for question in asked:
        check_question(sent(question), question["id"])


@pytest.mark.parametrize("talks", [False, True], ids=["questions of every kind", "talks"])
def test_what_the_page_holds_is_what_is_written_down(course, talks):
    shown = OURS if talks else course
    held = sent(page._course(shown, days.wanted(shown)))
    steps = [step for talk in held["talks"] for step in talk["steps"]]
    assert bool(steps) == talks
    for question in (step["question"] for step in steps if "question" in step):
        check_question(question, question["id"])
        question["variants"] = []
    assert fits({**held, "questions": {}}, message.SentCourse)
    assert not fits({**held, "questions": {}, "scenariso": []}, message.SentCourse)


def test_a_day_is_what_is_written_down(course):
    scenario = next(iter(days.wanted(course)[course.scenarios[0].id].values()))
    day = sent(days.day(course, course.default.id, {"pull,batch,batch": scenario}))
    assert fits(day, message.HeldDay)
    (run,) = day["runs"].values()
    assert run["latency"]
    assert {len(line) for chart in run["charts"].values() for line in chart["lines"]} == {3, 4}
    run["figures"][0] = run["figures"][0][:-1]
    assert not fits(day, message.HeldDay)
