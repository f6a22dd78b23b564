"""Answers are judged as a whole and in parts; options are shown in an order of the seed's."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.quizzes.checking import check, shuffled
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind, Verdict

SINGLE = Question("s", "lake", QuestionKind.SINGLE, "Q", (Option("a", False), Option("b", True), Option("c", False)))
MULTIPLE = Question("m", "lake", QuestionKind.MULTIPLE, "Q", (Option("a", True), Option("b", False), Option("c", True)))
BLANK = Question("f", "lake", QuestionKind.BLANK, "[[]] then [[]]", answers=("Write-ahead  log", "é"))


def test_a_single_choice_is_right_when_its_right_option_is_chosen():
    assert check(SINGLE, [1]) == Verdict(True, (True, True, True))
    assert check(SINGLE, {0}) == Verdict(False, (False, False, True))


@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        ([0, 2], (True, True, True)),
        ([2, 0], (True, True, True)),
        ([0], (True, True, False)),
        ([0, 1, 2], (True, False, True)),
        ([], (False, True, False)),
    ],
)
def test_a_multiple_choice_is_right_with_all_and_only_the_right_options(chosen, parts):
    assert check(MULTIPLE, chosen) == Verdict(all(parts), parts)


def test_a_blank_is_compared_without_case_and_spare_space():
    assert check(BLANK, ["  write-AHEAD \t log\n", "É"]) == Verdict(True, (True, True))
    assert check(BLANK, ("write ahead log", "e\u0301")) == Verdict(False, (False, True))
    assert check(BLANK, ["", ""]).right is False


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (SINGLE, [3], "got 3"),
        (SINGLE, [-1], "got -1"),
        (SINGLE, [], "exactly one option, got []"),
        (SINGLE, [0, 1], r"exactly one option, got \[0, 1\]"),
        (MULTIPLE, [1, 1], r"each option once, got \[1, 1\]"),
        (MULTIPLE, [True], "got True"),
        (MULTIPLE, ["0"], "got '0'"),
        (BLANK, ["a"], "must have 2 texts, got 1"),
        (BLANK, ["a", 1], "must be texts, got 1"),
        (BLANK, "ab", "got 'ab'"),
    ],
)
def test_an_answer_of_another_shape_is_refused_with_its_value(question, answer, said):
    with pytest.raises(ValueError, match=said.replace("[]", r"\[\]")):
        check(question, answer)


@given(st.text())
def test_shuffled_options_are_a_stable_permutation(seed):
    order = shuffled(SINGLE, seed)
    assert sorted(order) == [0, 1, 2]
    assert order == shuffled(SINGLE, seed)


def test_the_order_is_the_same_on_every_machine():
    assert shuffled(MULTIPLE, "ann-m-0") == (1, 2, 0)


def test_every_order_comes_up_about_equally_often():
    counts = Counter(shuffled(SINGLE, f"learner-{n}") for n in range(6_000))
    assert len(counts) == 6
    # 1000 are expected of each; the standard deviation is 29, so five of them on either side.
    assert all(abs(count - 1_000) < 145 for count in counts.values())


def test_another_question_is_shuffled_otherwise():
    seeds = [str(n) for n in range(50)]
    assert [shuffled(SINGLE, seed) for seed in seeds] != [shuffled(MULTIPLE, seed) for seed in seeds]
