"""What the answers say of the questions, held against sums done by hand, plain loops and answers made to a plan."""

import json
import math
import random
import statistics
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.ideas import Misconception
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.learning.item_analysis import ENOUGH, FEWEST, analyse, beliefs, first_attempts, heat
from lifecycle.learning.item_analysis.items import correlation, ends, fisher, wilson


@dataclass(frozen=True)
class Row:
    question: str
    right: bool
    answer: str


def choice(id, place="lake", wrong="belief"):
    options = (Option("yes", True), Option("no", False, misconception=wrong), Option("maybe", False))
    return Question(id, place, QuestionKind.SINGLE, f"{id}?", options)


BANK = tuple(choice(f"q{n}") for n in range(6))


def answer(question, chosen):
    right = question.options[chosen].right
    return Row(question.id, right, json.dumps([chosen]))


def everyone(table, questions=BANK):
    """Rows of a table: a text a learner, a character a question, `.` for none: the number of the option."""
    for number, line in enumerate(table):
        for question, mark in zip(questions, line, strict=True):
            if mark != ".":
                yield f"learner {number}", answer(question, int(mark))


def items(table, questions=BANK):
    return analyse(first_attempts(questions, everyone(table, questions)))


# --- first attempts


def test_only_the_first_attempt_of_each_learner_counts():
    rows = [("a", answer(BANK[0], 1)), ("b", answer(BANK[0], 0)), ("a", answer(BANK[0], 0)), ("a", answer(BANK[1], 0))]
    attempts = first_attempts(BANK[:2], rows)
    np.testing.assert_array_equal(attempts.right, [[0, 1], [1, np.nan]])
    assert attempts.given == ({0: ("1",), 1: ("0",)}, {0: ("0",)})


@pytest.mark.parametrize("text", ["[7]", "[0, 1]", "null", '["x"]', "{", "3", "[" * 10_000, "[true]", ""])
def test_an_answer_that_no_longer_fits_is_left_out_and_the_next_try_is_not_taken_for_a_first(text):
    rows = [("a", Row("q0", True, text)), ("a", answer(BANK[0], 0)), ("a", Row("gone", True, "[0]"))]
    attempts = first_attempts(BANK, rows)
    assert (attempts.learners, attempts.stale) == (0, 1)


# --- figures of a question


def test_difficulty_is_the_share_right_at_first_with_wilsons_interval():
    (item, *_) = items(["0" + "." * 5] * 7 + ["1" + "." * 5] * 3)
    assert item.learners == 10
    assert item.difficulty == pytest.approx(0.7)
    assert item.difficulty_interval == pytest.approx(
        (0.3967781, 0.8922087), abs=1e-6
    )  # 7 of 10, as published tables have it


def test_discrimination_is_the_correlation_with_the_score_on_the_other_questions():
    """By Python's own statistics, over a table in which every learner left something out."""
    dice = random.Random(3)
    table = ["".join(dice.choice("0012.") for _ in BANK) for _ in range(60)]
    found = items(table)
    for place, item in enumerate(found):
        x, y = [], []
        for line in table:
            others = [mark == "0" for other, mark in enumerate(line) if other != place and mark != "."]
            if line[place] != "." and len(others) >= 3:
                x.append(float(line[place] == "0"))
                y.append(statistics.mean(others))
        assert item.discrimination == pytest.approx(statistics.correlation(x, y))
        low, high = item.discrimination_interval
        assert math.atanh(high) - math.atanh(low) == pytest.approx(2 * 1.959964 / math.sqrt(len(x) - 3))


def test_upper_less_lower_is_the_difference_between_the_strongest_and_the_weakest_27_per_cent():
    """Ten strong learners right, ten weak ones wrong, seventeen between: all of one group, none of the other."""
    strong, middle, weak = ["000000"] * 10, ["000111"] * 17, ["111111"] * 10
    item = items([*strong, *middle, *weak])[0]
    assert item.upper_lower == pytest.approx(1.0)
    turned = items(["1" + line[1:] if line[0] == "0" else "0" + line[1:] for line in [*strong, *middle, *weak]])[0]
    assert turned.upper_lower == pytest.approx(-1.0)
    assert turned.discrimination < 0
    assert any(mark.startswith("upside down") for mark in turned.marks)


def test_who_ties_at_the_border_shares_what_is_left_of_the_group():
    upper, lower = ends(np.array([3.0, 1, 1, 1, 0, 1, 1, 1, 1, 1]), 0.27)
    assert upper == pytest.approx([1, *[1.7 / 8] * 3, 0, *[1.7 / 8] * 5])
    assert lower == pytest.approx([0, *[1.7 / 8] * 3, 1, *[1.7 / 8] * 5])


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40), st.randoms())
def test_groups_have_their_size_do_not_overlap_and_know_no_order(scores, dice):
    upper, lower = ends(np.array(scores, float))
    assert upper.sum() == pytest.approx(0.27 * len(scores))
    assert lower.sum() == pytest.approx(0.27 * len(scores))
    assert np.all(upper + lower <= 1 + 1e-12)
    order = list(range(len(scores)))
    dice.shuffle(order)
    moved, _ = ends(np.array(scores, float)[order])
    np.testing.assert_allclose(moved, upper[order])


@given(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_a_correlation_is_one_or_nothing(pairs):
    x, y = (np.array(column, float) for column in zip(*pairs, strict=True))
    r = correlation(x, y)
    assert r is None or -1 <= r <= 1
    if len(pairs) < ENOUGH or len(set(x)) == 1 or len(set(y)) == 1:
        assert r is None


def test_intervals_are_those_of_the_books():
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775328), abs=1e-6)
    assert wilson(50, 100) == pytest.approx((0.4038315, 0.5961685), abs=1e-6)
    assert fisher(0.5, 28) == pytest.approx((0.1560284, 0.7358185), abs=1e-6)
    assert fisher(1.0, 28) == (1.0, 1.0)


def test_where_there_are_few_there_is_no_number():
    for learners in range(ENOUGH + 1):
        item = items(["0" * 6, "1" * 6] * (learners // 2) + ["012012"] * (learners % 2))[0]
        assert (item.learners is None) == (learners < FEWEST)
        assert (item.difficulty is None) == (learners < ENOUGH)
        assert (item.draws == ()) == (learners < ENOUGH)
        if learners < ENOUGH:
            assert item.discrimination is item.upper_lower is item.difficulty_interval is None
            assert item.marks == ()


def test_learners_who_answered_hardly_anything_else_are_not_called_strong_or_weak():
    item = items(["0....."] * 20 + ["1....."] * 20)[0]
    assert item.difficulty == 0.5
    assert item.discrimination is None
    assert item.upper_lower is None


# --- who is drawn


def test_each_option_tells_whom_it_draws():
    strong, weak = ["000000"] * 20, ["111111"] * 20
    yes, no, maybe = items([*strong, *weak])[0].draws
    assert (yes.share, no.share, maybe.share) == (0.5, 0.5, 0.0)
    assert yes.groups == pytest.approx((0, 0.5, 1))
    assert no.groups == pytest.approx((1, 0.5, 0))
    assert (yes.right, no.right, no.misconception) == (True, False, "belief")
    assert yes.r == pytest.approx(1.0)
    assert maybe.r is None


def test_shares_of_groups_are_not_given_for_groups_of_fewer_than_five():
    assert items(["000000"] * 9 + ["111111"] * 9)[0].draws[0].groups is None  # 0.27 * 18 = 4.86
    assert items(["000000"] * 10 + ["111111"] * 9)[0].draws[0].groups is not None


def test_a_wrong_option_that_draws_the_strong_is_marked_and_so_is_an_idle_one():
    table = ["200000"] * 30 + ["000000"] * 10 + ["011111"] * 40
    marks = items(table)[0].marks
    assert any(mark.startswith("option 3 draws the strong") for mark in marks)
    assert any(mark.startswith("option 2 is idle") for mark in marks)
    first = Question("q0", "lake", QuestionKind.SINGLE, "?", (Option("no", False), Option("yes", True)))
    assert any(mark.startswith("option 1 is idle") for mark in items(["100000"] * 80, (first, *BANK[1:]))[0].marks)
    few = items(["000000", "011111"] * 10)[0].marks
    assert not any("idle" in mark for mark in few)  # nobody of 20 is no proof of it


def test_hard_and_easy_are_told_only_when_it_is_more_than_chance():
    assert [mark[:4] for mark in items(["1....."] * 40)[0].marks if "idle" not in mark] == ["hard"]
    assert items(["1....."] * 10)[0].marks != ()
    assert not any(mark.startswith("easy") for mark in items(["0....."] * 20)[0].marks)
    assert any(mark.startswith("easy") for mark in items(["0....."] * 40)[0].marks)


def test_a_question_like_all_others_is_not_marked():
    dice = random.Random(1)
    table = []
    for _ in range(300):
        able = dice.random()
        table.append("".join("0" if dice.random() < 0.2 + 0.6 * able else dice.choice("12") for _ in BANK))
    assert [item.marks for item in items(table)] == [()] * len(BANK)


STEPS = (Option("a", True), Option("b", True))
PAIRS = (Option("l", True, pair="x"), Option("k", True, pair="y"), Option("", False, pair="z"))
TICKS = (Option("a", True), Option("b", True), Option("c", False))
WORDS = ["(1) lake", "(2) 5500 ms"]
# What was given, and what is shown of it.
OTHERS = {
    "blank": (
        Question("q", "p", QuestionKind.BLANK, "[[]] [[]]", answers=("lake", "5 ± 1 s")),
        ["Lake ", "5500 ms"],
        WORDS,
    ),
    "order": (Question("q", "p", QuestionKind.ORDER, "?", STEPS), [1, 0], ["b → a"]),
    "match": (Question("q", "p", QuestionKind.MATCH, "?", PAIRS), [0, 2], ["l → x", "k → z"]),
    "click": (Question("q", "p", QuestionKind.CLICK, "?", (Option("lake", True),)), ["buffer"], ["lake", "buffer"]),
    "multiple": (Question("q", "p", QuestionKind.MULTIPLE, "?", TICKS), [0, 2], ["a", "b", "c"]),
}


LISTS_NOTHING = ("blank", "order", "match")


@pytest.mark.parametrize("kind", OTHERS)
def test_of_what_is_not_listed_only_what_several_gave_is_shown(kind):
    question, given, shown = OTHERS[kind]
    rows = [(f"l{n}", Row(question.id, False, json.dumps(given))) for n in range(12)]
    (item,) = analyse(first_attempts([question], rows))
    assert sorted(draw.text for draw in item.draws) == sorted(shown)
    right = {"(1) lake", "(2) 5500 ms", "l → x", "lake", "a", "b"}
    assert {draw.text for draw in item.draws if draw.right} <= right
    assert all(draw.right == (draw.text in right and kind != "order") for draw in item.draws)
    assert all((draw.number == -1) == (kind in LISTS_NOTHING or draw.text == "buffer") for draw in item.draws)
    if kind in LISTS_NOTHING:
        own = {"blank": ["my name", "0"], "order": [0, 1], "match": [1, 1]}[kind]
        rows += [(f"x{n}", Row(question.id, False, json.dumps(own))) for n in range(FEWEST - 1)]
        (item,) = analyse(first_attempts([question], rows))
        assert sorted(draw.text for draw in item.draws) == sorted(shown)


# --- misconceptions


BELIEFS = tuple(Misconception(id, "idea", f"{id}!") for id in ("belief", "other", "unheard"))
TWO = (choice("a", "lake", "belief"), choice("b", "lake", "other"), choice("c", "buffer", "belief"))


def test_the_commonest_misconceptions_come_first_by_learners_not_by_answers():
    attempts = first_attempts(TWO, everyone(["1.1"] * 3 + ["010"] * 4 + ["0.."] * 3, TWO))
    first, second, third = beliefs(attempts, BELIEFS)
    assert (first.misconception.id, first.met, first.held, first.share) == ("belief", 10, 3, 0.3)
    assert (second.misconception.id, second.met, second.share) == ("other", None, None)  # four learners met it
    assert (third.misconception.id, third.met) == ("unheard", None)


def test_heat_is_the_share_of_answers_at_a_place_that_chose_a_misconception():
    attempts = first_attempts(TWO, everyone(["112"] * 5 + ["02."] * 3, TWO))
    lake, buffer, nowhere = heat(attempts, ["lake", "buffer", "nowhere"])
    assert (lake.learners, lake.answers) == (8, 16)
    assert lake.share == pytest.approx(10 / 16)
    assert lake.commonest == "belief"
    assert (buffer.learners, buffer.answers, buffer.share, buffer.commonest) == (5, 5, 0.0, "")
    assert (nowhere.learners, nowhere.answers, nowhere.share) == (None, None, None)
    four = heat(first_attempts(TWO, everyone(["111"] * (FEWEST - 1), TWO)), ["lake"])[0]
    assert (four.asked, four.learners, four.answers, four.share, four.commonest) == (2, None, None, None, "")


def test_where_numbers_are_drawn_options_are_not_compared_and_a_right_answer_shows_no_misconception():
    drawn = replace(choice("d"), tags=(("answer", "1 + 1"),))
    rows = [(f"l{n}", Row("d", n < 5, "[1]")) for n in range(15)]
    attempts = first_attempts([drawn], rows)
    (item,) = analyse(attempts)
    assert item.difficulty == pytest.approx(1 / 3)
    assert item.draws == ()
    assert heat(attempts, ["lake"])[0].share == pytest.approx(10 / 15)
    assert beliefs(attempts, BELIEFS)[0].held == 10


def test_a_misconception_counts_wherever_it_stands():
    options = (
        Option("l", True, pair="x"),
        Option("k", True, pair="y"),
        Option("", False, pair="z", misconception="belief"),
    )
    match = Question("m", "p", QuestionKind.MATCH, "?", options)
    click = Question(
        "c", "p", QuestionKind.CLICK, "?", (Option("lake", True), Option("buffer", False, misconception="belief"))
    )
    rows = [(f"l{n}", Row("m", False, "[0, 2]")) for n in range(5)]
    rows += [(f"l{n}", Row("c", False, '["buffer"]')) for n in range(5)]
    attempts = first_attempts([match, click], rows)
    assert heat(attempts, ["p"])[0].share == 1.0
    plain = [
        replace(question, options=tuple(replace(o, misconception="") for o in question.options))
        for question in (match, click)
    ]
    assert heat(first_attempts(plain, rows), ["p"])[0].share is None
