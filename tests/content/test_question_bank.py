"""The course's own questions, as a bank: how many, how fair, how deep, and what each says to a wrong answer."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from lifecycle.course import load
from lifecycle.course.quizzes.interactions import Choose, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.questions import LEVELS
from lifecycle.course.quizzes.resolving import right_answer, view_of
from lifecycle.course.quizzes.tracks import in_tracks
from lifecycle.diagram.living import pointable
from lifecycle.documents import as_text

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
QUESTIONS = COURSE.questions
SINGLE = [question for question in QUESTIONS if question.kind == "single"]
LEAST, LEAST_OF_A_PLACE = 245, 4
LONGEST_SHARE, RECALL_SHARE = 0.45, 0.25
SHORTEST_FEEDBACK_WORDS = 5
# What takes the theory of queues: formulas that no page teaches.
THEORY = re.compile(r"\bexp\(|ρ|e\^\(|\bln \d|exponential\b.*\bmean|Erlang")


def test_there_are_enough_questions_and_some_of_every_place():
    assert len(QUESTIONS) >= LEAST
    for place, questions in [*((place.id, place.questions) for place in COURSE.places.values())]:
        assert len(questions) >= LEAST_OF_A_PLACE, place


def test_the_longest_option_is_no_way_to_guess():
    longest = 0
    for question in SINGLE:
        lengths = {option.right: len(as_text(option.text)) for option in question.options if option.right}
        longest += lengths[True] == max(len(as_text(option.text)) for option in question.options)
    assert longest / len(SINGLE) <= LONGEST_SHARE


def test_at_most_a_quarter_asks_for_recall():
    levels = Counter(question.level for question in QUESTIONS)
    assert set(levels) == set(LEVELS)
    assert levels["recall"] / len(QUESTIONS) <= RECALL_SHARE


def test_every_idea_is_asked_for_at_three_levels_outside_of_optional_tracks():
    levels = defaultdict(set)
    for question in in_tracks(QUESTIONS):
        levels[question.idea].add(question.level)
    missing = {idea.id: set(LEVELS) - levels[idea.id] for idea in COURSE.ideas}
    assert {idea: levels for idea, levels in missing.items() if levels} == {}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_wrong_answer_gets_a_reason_the_right_one_and_a_way_to_see_it(question):
    stages = {stage.id for stage in COURSE.pipeline.stages}
    judged = isinstance(asked_as(question), Choose | Point)
    wrong = [option for option in question.options if not option.right]
    for option in wrong if judged else ():
        assert len(as_text(option.feedback).split()) >= SHORTEST_FEEDBACK_WORDS, option.text
    assert question.explanation
    assert all(right_answer(question, pointable(COURSE.pipeline)))
    assert all(view_of(question, option, COURSE.places, stages).startswith("?") for option in (None, *wrong))


def test_a_blank_of_words_takes_more_than_one_spelling():
    alone = {
        question.id
        for question in QUESTIONS
        for first, *more in question.accepted
        if accepted_number(first) is None and not more and "spelling" not in question.tag("allow")
    }
    assert alone == set()


def test_what_needs_the_theory_of_queues_stands_in_its_track():
    told = {
        question.id
        for question in QUESTIONS
        if THEORY.search(" ".join([question.stem, question.explanation, question.tag("answer")]))
    }
    in_track = {question.id for question in QUESTIONS if question.track == "queueing"}
    assert told - in_track == set()
    assert in_track
    assert {question.track for question in QUESTIONS} == {"", "queueing"}


def test_the_list_of_changes_names_questions_that_there_are_or_says_removed():
    page = (ROOT / "docs" / "QUESTIONS.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| .+? \| (.+?) \|$", page, re.MULTILINE)
    ids = {question.id for question in QUESTIONS}
    assert rows
    assert {id for id, done in rows if (id in ids) == (done == "removed")} == set()
    assert len({id for id, _ in rows}) == len(rows)
