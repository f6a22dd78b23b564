"""The course's computed questions, with numbers of several learners: all have an answer, and one can estimate it."""

import math
from dataclasses import replace
from functools import cache

import pytest

from lifecycle.course import computed, load
from lifecycle.course.loading import SHIPPED
from lifecycle.course.quizzes import computing
from lifecycle.course.quizzes.drawn import fixed_faults, sum_faults
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.questions import Question, QuestionKind
from tests.support.narrow import not_none

LEARNERS = ("Ada", "Grace", "Edsger")
FEWEST_RUNS = 27  # questions whose answer a simulated day gives
FEWEST_INSTANCES = 20  # of a question that asks for a number: a class does not sit before the same one


@cache
def course():
    return load(SHIPPED)


COMPUTED = {question.id: question for question in course().questions if question.computed}
SIMULATED = {name: question for name, question in COMPUTED.items() if question.tag("run")}


@pytest.mark.parametrize("name", COMPUTED)
def test_whatever_is_drawn_has_one_finite_answer(name):
    for learner in LEARNERS:
        made = computed.instance(COMPUTED[name], course(), learner)
        assert made.answers or sum(option.right for option in made.options) == 1
        assert all(math.isfinite(not_none(accepted_number(answer)).value) for answer in made.answers)


@pytest.mark.parametrize("name", COMPUTED)
def test_an_honest_estimate_counts_as_right_and_a_misconception_does_not(name):
    assert [computed.estimate_faults(COMPUTED[name], course(), learner) for learner in LEARNERS] == [()] * 3


def test_most_simulated_questions_say_how_they_are_estimated():
    assert len(SIMULATED) >= FEWEST_RUNS
    silent = [name for name, question in SIMULATED.items() if not question.tag("estimate")]
    assert silent == ["buffer-little"]  # its figures stand in the stem, so that its answer is its estimate


def test_every_place_asks_for_a_simulated_number():
    assert {question.place for question in SIMULATED.values()} == {question.place for question in course().questions}


def test_two_learners_seldom_get_the_same_numbers():
    blanks = {name: computing.plan(question) for name, question in SIMULATED.items() if question.kind == "blank"}
    few = [name for name, plan in blanks.items() if math.prod(draw.values for draw in plan.draws) < FEWEST_INSTANCES]
    assert few == []


@pytest.mark.parametrize("name", COMPUTED)
def test_nothing_fixed_in_its_words_is_belied_by_what_is_drawn(name):
    question = COMPUTED[name]
    assert list(fixed_faults(question, computing.plan(question))) == []
    for learner in LEARNERS:
        assert list(sum_faults(computed.instance(question, course(), learner))) == []


def test_a_choice_by_schedule_tells_each_draw_what_is_true_of_it():
    """Every option that some draw makes right is one whose feedback that draw bears out."""
    question = COMPUTED["bi-age-by-schedule"]
    plan = computing.plan(question)
    told = {}
    for every in (4.0, 11.0, 18.0, 25.0, 32.0):
        made = computing.varied(question, plan, {"every": every}, lambda query: computed.facts(query, course()))
        told[every] = next(option.feedback for option in made.options if option.right)
    assert "a few minutes" in told[4.0]
    assert "a quarter of an hour" in told[11.0] == told[18.0]
    assert "nearly half an hour or rarer" in told[25.0] == told[32.0]


STEM = "It is down for 45<!-- = down --> minutes; 90<!-- = lost --> events go. How many a day? [[60 ± 5 % events]]"


@pytest.mark.parametrize(
    ("explanation", "said"),
    [
        ("Pulled, the same hour would cost none.", "the same hour"),
        ("In these 45 minutes nothing comes.", "45 stands fixed"),
        ("What 90<!-- = lost --> says, 45<!-- = down --> does not: 24 hours are a day.", ""),
        ("90<!-- = lost --> − 37 = 54.", "is 53"),
        ("90<!-- = lost --> − 37 = 53, and 2 × 3 + 4 = 10.", ""),
    ],
)
def test_what_is_fixed_and_what_is_added_wrong_is_found(explanation, said):
    tags = (("draw", "down 45 in 20..120 by 5, lost 90 in 10..90 by 10"), ("answer", "lost"))
    question = Question(
        "q", "lake", QuestionKind.BLANK, STEM, answers=("60 ± 5 % events",), tags=tags, explanation=explanation
    )
    shown = replace(question, explanation=computing.MARK.sub(lambda mark: mark[1], explanation))
    faults = [*fixed_faults(question, computing.plan(question)), *sum_faults(shown)]
    assert said in " ".join(faults) if said else faults == []
