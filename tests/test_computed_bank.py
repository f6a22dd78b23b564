"""The course's computed questions, with numbers of several learners: all have an answer, and one can reckon it."""

import math
from functools import cache

import pytest

from lifecycle import computed
from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.quizzes import computing
from lifecycle.quizzes.numbers import accepted_number

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
        assert all(math.isfinite(accepted_number(answer).value) for answer in made.answers)


@pytest.mark.parametrize("name", COMPUTED)
def test_an_honest_reckoning_counts_as_right_and_a_misconception_does_not(name):
    assert [computed.reckoning_faults(COMPUTED[name], course(), learner) for learner in LEARNERS] == [()] * 3


def test_most_simulated_questions_say_how_they_are_reckoned():
    assert len(SIMULATED) >= FEWEST_RUNS
    silent = [name for name, question in SIMULATED.items() if not question.tag("reckon")]
    assert silent == ["buffer-little"]  # its figures stand in the stem, so that its answer is its reckoning


def test_every_place_asks_for_a_simulated_number():
    assert {question.place for question in SIMULATED.values()} == {question.place for question in course().questions}


def test_two_learners_seldom_get_the_same_numbers():
    blanks = {name: computing.plan(question) for name, question in SIMULATED.items() if question.kind == "blank"}
    few = [name for name, plan in blanks.items() if math.prod(draw.values for draw in plan.draws) < FEWEST_INSTANCES]
    assert few == []
