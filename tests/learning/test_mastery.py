"""Mastery, review, calibration and placement, as functions of the rows of answers."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.ideas import Idea
from lifecycle.course.quizzes.questions import LEVELS as LEVEL_NAMES
from lifecycle.course.quizzes.questions import Question, QuestionKind
from lifecycle.learning.mastery import PLACEMENT, calibration, certificate, due, fresh, masteries, memories, placement
from lifecycle.learning.mastery.calibration import LEVELS
from lifecycle.learning.mastery.memory import SITTING_S
from lifecycle.learning.mastery.review import mixed
from lifecycle.storage import AnswerRow
from tests.support.narrow import not_none

DAY_S = 86_400.0
NOW_S = 1_800_000_000.0
IDEAS = tuple(Idea(f"i{n}", f"Idea {n}", "") for n in range(4))


def question(id, idea="i0", level="decide", kind=QuestionKind.SINGLE, place="lake"):
    return Question(id, place, kind, "s", tags=(("level", level), ("idea", idea)))


def row(question, right=True, at_s=NOW_S, confidence=None, place="lake"):
    return AnswerRow(place, question, right, "[0]", at_s, confidence)


QUESTIONS = tuple(
    question(f"i{n}-{level}", f"i{n}", level) for n in range(4) for level in ("recall", "explain", "decide")
)


def states(rows, now_s=NOW_S, questions=QUESTIONS, placed=()):
    found = masteries(IDEAS, questions, memories(rows, now_s), placed)
    return {each.idea.id: each.state for each in found}


# --- memory


def test_what_was_never_answered_has_no_memory():
    assert memories([], NOW_S) == {}


def test_a_right_answer_comes_back_in_days_and_a_wrong_one_in_minutes():
    found = memories([row("a"), row("b", right=False)], NOW_S)
    assert DAY_S < found["a"].due_s - NOW_S < 10 * DAY_S
    assert found["b"].due_s - NOW_S == SITTING_S
    assert (found["a"].right, found["b"].right) == (True, False)


def test_each_right_answer_when_it_is_due_comes_back_later_than_the_one_before():
    rows, gaps, now = [], [], NOW_S
    for _ in range(5):
        rows.append(row("a", at_s=now))
        due_s = memories(rows, now)["a"].due_s
        gaps.append(due_s - now)
        now = due_s
    assert gaps == sorted(gaps)
    assert gaps[-1] > 10 * gaps[0]


def test_recall_is_certain_at_once_nine_in_ten_when_due_and_falls_on():
    rows = [row("a")]
    due_s = memories(rows, NOW_S)["a"].due_s
    assert memories(rows, NOW_S)["a"].recall == pytest.approx(1.0, abs=0.01)
    assert memories(rows, due_s)["a"].recall == pytest.approx(0.9, abs=0.02)
    assert memories(rows, due_s + 60 * DAY_S)["a"].recall < 0.8


def test_a_right_guess_comes_back_sooner_than_a_sure_answer():
    guessed, sure = (memories([row("a", confidence=sure)], NOW_S)["a"].due_s for sure in (25, 95))
    assert guessed < sure


def test_answers_of_one_sitting_count_once_but_the_last_says_whether_it_is_right():
    once = memories([row("a", right=False)], NOW_S)["a"]
    often = memories([row("a", right=False), *(row("a", at_s=NOW_S + n) for n in range(5))], NOW_S)["a"]
    assert (often.answers, often.due_s) == (once.answers, once.due_s)
    assert (once.right, often.right) == (False, True)


WILD = st.lists(
    st.builds(
        row,
        st.sampled_from([each.id for each in QUESTIONS]),
        st.booleans(),
        st.one_of(st.floats(), st.floats(0, 4e9), st.just(0.0)),
        st.sampled_from([None, *LEVELS]),
        st.sampled_from(["lake", PLACEMENT]),
    ),
    max_size=25,
)


@given(WILD, st.one_of(st.floats(), st.just(NOW_S)))
def test_no_clock_and_no_order_of_answers_breaks_anything(rows, now_s):
    known = memories(rows, now_s)
    assert all(0.0 <= each.recall <= 1.0 and math.isfinite(each.due_s) for each in known.values())
    found = masteries(IDEAS, QUESTIONS, known)
    assert all(0.0 <= each.progress <= 1.0 for each in found)
    assert set(due(QUESTIONS, known, now_s)) <= set(QUESTIONS)
    assert not {each.id for each in fresh(QUESTIONS, known, found)} & set(known)
    told = placement(QUESTIONS, {"lake": "mid"}, rows, "seed")
    assert told.answered <= told.most
    assert calibration(rows).words
    assert certificate(found, rows).answers == len(rows)


@given(WILD)
def test_a_clock_set_back_undoes_nothing_that_was_learnt(rows):
    later = [replace(each, at_s=NOW_S + DAY_S * n) for n, each in enumerate([row("i0-recall"), *rows])]
    back = [*later, row("i0-recall", at_s=1.0)]
    assert memories(back, NOW_S + 400 * DAY_S)["i0-recall"].due_s >= NOW_S


# --- ideas


def test_an_idea_is_known_with_three_questions_right_one_of_them_above_recall():
    rows = [row("i0-recall"), row("i0-explain")]
    assert states([])["i0"] == "new"
    assert states(rows)["i0"] == "learning"
    assert states([*rows, row("i0-decide")])["i0"] == "known"


def test_three_times_the_same_question_is_one_question():
    assert states([row("i0-decide", at_s=NOW_S - n * DAY_S) for n in (3, 2, 1)])["i0"] == "learning"


def test_recall_alone_is_not_mastery():
    questions = (*(question(f"r{n}", level="recall") for n in range(3)), question("d"))
    rows = [row(f"r{n}") for n in range(3)]
    assert states(rows, questions=questions)["i0"] == "learning"
    assert states(rows, questions=questions[:3])["i0"] == "known"  # where there is nothing above recall


def test_one_question_last_answered_wrong_keeps_an_idea_open():
    questions = (*QUESTIONS, question("i0-more"))
    rows = [row("i0-recall"), row("i0-explain"), row("i0-decide"), row("i0-more", right=False)]
    assert states(rows, questions=questions)["i0"] == "learning"
    assert states([*rows, row("i0-more", at_s=NOW_S + 1)], questions=questions)["i0"] == "known"


def test_what_is_known_fades_and_comes_back_with_an_answer():
    rows = [row(f"i0-{level}") for level in ("recall", "explain", "decide")]
    later = NOW_S + 30 * DAY_S
    assert states(rows, later)["i0"] == "fading"
    again = [*rows, *(row(f"i0-{level}", at_s=later) for level in ("recall", "explain", "decide"))]
    assert states(again, later)["i0"] == "known"


def test_whoever_was_placed_needs_one_answer_above_recall():
    assert states([], placed={"i0"})["i0"] == "new"
    assert states([row("i0-recall")], placed={"i0"})["i0"] == "learning"
    assert states([row("i0-decide")], placed={"i0"})["i0"] == "known"


def test_ideas_without_questions_are_not_asked_of_anybody():
    assert set(states([], questions=QUESTIONS[:3])) == {"i0"}


# --- what to ask


def test_what_is_due_comes_first_forgotten_first_and_mixed_over_ideas():
    rows = [row(each.id, at_s=NOW_S - 40 * DAY_S) for each in QUESTIONS[:6]]
    rows += [row("i2-recall", right=False, at_s=NOW_S - DAY_S), row("i3-recall")]
    found = due(QUESTIONS, memories(rows, NOW_S), NOW_S)
    assert {each.id for each in found} == {each.id for each in QUESTIONS[:6]} | {"i2-recall"}
    assert all(one.idea != other.idea for one, other in pairwise(found))


@given(st.lists(st.sampled_from("abcd"), max_size=20))
def test_no_two_of_one_idea_meet_where_that_can_be_had(ideas):
    questions = [question(str(n), idea) for n, idea in enumerate(ideas)]
    found = mixed(questions)
    assert sorted(found, key=lambda each: int(each.id)) == questions
    meet = sum(one.idea == other.idea for one, other in pairwise(found))
    most = max((ideas.count(idea) for idea in set(ideas)), default=0)
    assert meet <= max(0, 2 * most - len(ideas) - 1)


def test_new_questions_are_of_begun_ideas_first_and_easy_ones_before_hard_ones():
    rows = [row("i2-explain")]
    known = memories(rows, NOW_S)
    found = fresh(QUESTIONS, known, masteries(IDEAS, QUESTIONS, known), most=4)
    assert {"i2-recall", "i2-decide"} < {each.id for each in found}
    assert {each.level for each in found if each.idea != "i2"} == {"recall"}


def test_of_new_questions_those_of_ideas_on_the_way_come_before_fading_ones_and_those_before_new_ones():
    old = [row(f"i2-{level}", at_s=NOW_S - 40 * DAY_S) for level in ("recall", "explain", "decide")]
    questions = (*QUESTIONS, question("i2-more", "i2"))
    known = memories([*old, row("i3-recall")], NOW_S)
    states = masteries(IDEAS, questions, known)
    assert [each.state for each in states if each.idea.id in ("i2", "i3")] == ["fading", "learning"]
    chosen = [fresh(questions, known, states, most=most) for most in (2, 3, 4)]
    assert [{each.idea for each in some} for some in chosen] == [{"i3"}, {"i2", "i3"}, {"i0", "i2", "i3"}]


def test_a_question_without_a_level_is_as_hard_as_one_to_explain():
    questions = [
        question("i0-c", level=LEVEL_NAMES[2]),
        question("i0-b", level=""),
        question("i0-a", level=LEVEL_NAMES[0]),
    ]
    chosen = fresh(questions, {}, masteries(IDEAS, questions, {}), most=2)
    assert [each.id for each in chosen] == ["i0-a", "i0-b"]


def test_an_order_in_which_none_meet_and_none_crowd_is_left_alone():
    for ideas in ("abcbcb", "abcabc", "abac", "ab", ""):
        questions = tuple(question(str(n), idea) for n, idea in enumerate(ideas))
        assert mixed(questions) == questions


def test_progress_is_the_share_of_the_questions_that_an_idea_needs():
    def progress(*right):
        (first, *_) = masteries(IDEAS, QUESTIONS, memories([row(id) for id in right], NOW_S))
        return first.needed, first.progress

    needed = progress()[0]
    assert needed > 1
    assert progress() == (needed, 0.0)
    assert progress("i0-recall") == (needed, pytest.approx(1 / needed))
    assert progress("i0-recall", "i0-explain", "i0-decide") == (needed, 1.0)
    assert len(fresh([question(str(n)) for n in range(30)], {}, masteries(IDEAS, QUESTIONS, {}))) == 10


# --- calibration


def test_calibration_is_the_share_right_beside_what_was_said():
    rows = [row("a", right=n < 6, confidence=75) for n in range(8)] + [row("b", right=True, confidence=95)] * 4
    found = calibration([*rows, row("c")])
    assert [(each.confidence, each.answers, each.right) for each in found.buckets] == [(75, 8, 0.75), (95, 4, 1.0)]
    assert found.brier == pytest.approx((6 * 0.25**2 + 2 * 0.75**2 + 4 * 0.05**2) / 12)
    assert found.bias == pytest.approx((8 * 0.75 + 4 * 0.95) / 12 - 10 / 12)
    assert "about as sure" in found.words


def test_the_interval_of_a_bucket_is_wilsons():
    (bucket,) = calibration([row("a", right=n < 7, confidence=75) for n in range(10)]).buckets
    assert (bucket.low, bucket.high) == pytest.approx((0.3968, 0.8922), abs=1e-4)


def test_too_few_answers_say_nothing_and_many_wrong_sure_ones_say_so():
    assert calibration([row("a")]).words == "10 more answers with a confidence before this says anything."
    assert calibration([row("a")]).answers == 0
    assert calibration([row("a", confidence=50)] * 9).words.startswith("1 more answer with")
    assert calibration([row("a", confidence=50, right=n < 5) for n in range(10)]).words.startswith("You are about")
    assert "3 more answers" in calibration([row("a", confidence=95)] * 7).words
    assert "surer than right" in calibration([row("a", right=False, confidence=95)] * 20).words
    assert "less sure" in calibration([row("a", confidence=25)] * 20).words


# --- placement

GROUPS = {"lake": "mid", "bi": "down"}
PLACING = (
    *(question(f"{place}{n}", f"{place}-idea{n}", place=place) for place in ("lake", "bi") for n in range(6)),
    question("easy", "lake-idea0", level="recall"),
)


def placed(judge, questions=PLACING, groups=GROUPS):
    rows: list[AnswerRow] = []
    while (told := placement(questions, groups, rows, "ada")).next:
        rows.append(row(told.next.id, judge(told.next), place=PLACEMENT))
        assert len(rows) <= 40
    return told, rows


def test_an_expert_passes_every_group_with_three_answers_each():
    told, rows = placed(lambda _: True)
    assert set(told.passed) == {"mid", "down"}
    assert len(rows) == told.most == 6
    assert told.ideas == {f"{place}-idea{n}" for place in ("lake", "bi") for n in range(6)}


def test_a_beginner_is_let_go_after_two_wrong_ones_a_group():
    told, rows = placed(lambda _: False)
    assert told.passed == ()
    assert len(rows) == 4


def test_one_slip_is_allowed_and_groups_are_judged_apart():
    slips = iter([False])
    told, rows = placed(lambda question: question.place == "lake" and next(slips, True))
    assert told.passed == ("mid",)
    assert len(rows) == 4 + 2


def test_placement_asks_each_idea_once_in_turn_over_the_groups_and_never_plain_recall():
    _, rows = placed(lambda _: True)
    asked = [row.question for row in rows]
    assert "easy" not in asked
    assert len(set(asked)) == len(asked)
    assert [id[:2] for id in asked] == ["la", "bi"] * 3


def test_learners_are_asked_in_different_orders_and_each_in_the_same_again():
    first = [not_none(placement(PLACING, GROUPS, [], str(seed)).next).id for seed in range(20)]
    assert len(set(first)) > 2
    assert first == [not_none(placement(PLACING, GROUPS, [], str(seed)).next).id for seed in range(20)]


def test_answers_given_elsewhere_place_nobody():
    told = placement(PLACING, GROUPS, [row(f"lake{n}") for n in range(6)], "ada")
    assert told.passed == ()
    assert told.answered == 0


def test_no_placement_asks_more_than_twenty_over_five_groups():
    questions = tuple(question(f"{p}{n}", f"{p}-{n}", place=p) for p in "abcde" for n in range(9))
    right = iter([True, False] * 50)
    told, rows = placed(lambda _: next(right), questions, {p: p for p in "abcde"})
    assert len(rows) <= 20
    assert told.most <= 20


# --- certificate


def test_a_certificate_is_earned_with_every_idea_known_and_says_what_is_missing_before():
    rows = [row(each.id) for each in QUESTIONS[:9]]
    told = certificate(masteries(IDEAS, QUESTIONS, memories(rows, NOW_S)), rows)
    assert not told.earned
    assert [each.idea.id for each in told.missing] == ["i3"]
    rows += [row(each.id) for each in QUESTIONS[9:]]
    told = certificate(masteries(IDEAS, QUESTIONS, memories(rows, NOW_S)), rows)
    assert told.earned
    assert (told.answers, told.right) == (12, 12)


def test_a_course_without_ideas_certifies_nothing():
    assert not certificate((), []).earned
