"""Every wrong answer resolves: its reason, the right answer, and a view that shows it; over the whole bank."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle.course import address, computed, load
from lifecycle.course.pipeline import Stage
from lifecycle.course.quizzes.checking import check
from lifecycle.course.quizzes.kinds.match import left_hand
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.resolving import missed, right_answer, view_of
from lifecycle.diagram.living import pointable
from lifecycle.outputs.offline import asking
from tests.support.kinds_course import kinds_course
from tests.support.narrow import not_none

COURSE = load(Path(__file__).parents[3] / "content")
LABELS = pointable(COURSE.pipeline)
STAGES = {place.id for place in COURSE.pipeline.stages}


def wrong_answers(question):
    """Some wrong answer of each sort that the question's kind knows."""
    wrong = [n for n, option in enumerate(question.options) if not option.right]
    match question.kind:
        case "single":
            return [[n] for n in wrong]
        case "multiple":
            right = [n for n, option in enumerate(question.options) if option.right]
            return [[n] for n in wrong] + [right[:1], sorted([*right, *wrong[:1]])]
        case "blank":
            return [["certainly not"] * len(question.answers), ["-987654"] * len(question.answers)]
        case "order":
            return [list(range(len(question.options)))[::-1]]
        case "match":
            lefts = left_hand(question)
            pairs = [next(n for n, o in enumerate(question.options) if o.pair == left.pair) for left in lefts]
            return [pairs[1:] + pairs[:1], *([[wrong[0], *pairs[1:]]] if wrong else [])]
        case "click":
            named = {option.text for option in question.options}
            return [[question.options[n].text] for n in wrong] + [[next(id for id in LABELS if id not in named)]]


def chosen_option(question, given):
    options = [o for o in question.options if o.text in given] if question.kind == "click" else []
    if question.kind in ("single", "multiple", "match"):
        options = [question.options[n] for n in given]
    return next((option for option in options if not option.right), None)


@pytest.mark.parametrize("question", COURSE.questions, ids=lambda each: each.id)
def test_each_wrong_answer_has_a_reason_the_right_answer_and_a_view(question):
    right = right_answer(question, LABELS)
    assert right
    assert all(line.strip() and "[[" not in line and "->" not in line for line in right)
    for given in wrong_answers(question):
        assert not check(question, given).right, given
        option = chosen_option(question, given)
        assert question.explanation or (option and option.feedback)
        query = view_of(question, option, COURSE.places, STAGES)
        state, notices = address.turned(address.State(), query, COURSE)
        assert not notices
        assert state.stage or state.view == "watch" or state.scenario, query
        if state.view == "watch" and state.stage:
            assert isinstance(COURSE.pipeline.by_id[state.stage], Stage), "an undercurrent has nothing to watch"


def test_the_right_answer_of_each_kind_in_words(tmp_path):
    course = load(kinds_course(tmp_path))
    by_id = {question.id: question for question in course.questions}
    labels = pointable(course.pipeline)
    assert right_answer(by_id["steps"], labels) == ("orders", "copy", "store")
    assert right_answer(by_id["pairs"], labels) == ("Orders → a source", "Store → a warehouse")
    assert right_answer(by_id["where"], labels) == (labels["copy"], labels["copy->store"])
    assert right_answer(by_id["drawn"], labels) == ("600 (1 % more or less counts too)",)
    unit = replace(by_id["drawn"], answers=("2 ± 0.1 h",))
    assert right_answer(unit, labels) == ("2 h (5 % more or less counts too)",)
    words = replace(by_id["drawn"], answers=("features", "leakage"))
    assert right_answer(words, labels) == ("(1) features", "(2) leakage")


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("10", "in min, too small"),
        ("90", "in min, too large"),
        ("90 min", "too large"),
        ("0.5 h", "too small"),
        ("1 h", ""),
        ("60", ""),
        ("soon", "not a number of min"),
        ("", ""),
    ],
)
def test_a_number_is_told_how_it_misses(typed, how):
    assert missed(typed, "60 ± 2 % min") == how
    assert missed("7", "60 ± 2 %") == "too small"
    assert missed(typed, "drift") == ""


@pytest.mark.parametrize(
    "question", [each for each in COURSE.questions if each.tag("run")][:8], ids=lambda each: each.id
)
def test_a_number_that_a_run_gives_leads_to_that_very_run(question):
    query = computed.run_of(question, "3")
    assert "{" not in query
    state, notices = address.turned(address.State(), query, COURSE)
    assert not notices
    names = computed.facts(query, COURSE)
    asked = computed.instance(question, COURSE, "3")
    assert state.knobs or state.faults or state.scenario
    assert names and accepted_number(asked.answers[0]) if asked.answers else asked.options


def test_the_offline_copy_holds_the_same_behind_its_veil():
    found = asking.by_place(COURSE)
    for place, questions in found.items():
        source = COURSE.places[place].questions if place in COURSE.places else not_none(COURSE.overview).questions
        for shown, question in zip(questions, source, strict=True):
            key = json.loads(asking.veiled(base64.b64decode(shown["variants"][0]["sealed"]), question.id))
            assert len(key["answer"]) == len(right_answer(question, LABELS))
            assert key["explanation"] or key["reasons"]
            assert not address.turned(address.State(), key["view"], COURSE)[1]
            assert key["view"]
