"""How far a learner is in lessons, and where they are led on."""

import pytest

from lifecycle.course import load
from lifecycle.learning.lessons import left_off, next_lesson, progress
from lifecycle.storage import LessonRow
from tests.course.lessons.lesson_texts import GOOD
from tests.support.narrow import not_none
from tests.support.small_course import write_course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    second = GOOD.replace("order: 2", "order: 9").replace("Which?", "Which one?")
    return load(write_course(tmp_path_factory.mktemp("course"), {"lessons/a.md": GOOD, "lessons/b.md": second}))


def rows(*steps: tuple[str, int, bool]) -> list[LessonRow]:
    return [LessonRow(*step) for step in steps]


def test_a_learner_is_at_the_step_after_the_last_one_done_or_at_the_one_they_came_to(course):
    lesson = course.lessons[0]
    assert (progress(lesson, []).at, progress(lesson, []).begun) == (0, False)
    assert progress(lesson, rows(("a", 0, True))).at == 1
    assert progress(lesson, rows(("a", 0, True), ("a", 2, False))).at == 2
    assert progress(lesson, rows(("a", 0, True), ("b", 3, True))).at == 1
    where = progress(lesson, rows(("a", 0, True), ("a", 2, False), ("a", 2, True)))
    assert (where.at, sorted(where.done), where.share, where.finished) == (3, [0, 2], 2 / 8, False)


def test_a_lesson_is_finished_with_its_last_step(course):
    where = progress(course.lessons[0], rows(("a", 0, True), ("a", 7, True)))
    assert (where.finished, where.share, where.at) == (True, 1.0, 7)


def test_a_guess_is_remembered_and_steps_that_there_are_no_longer_count_for_nothing(course):
    kept = [LessonRow("a", 4, True, 30.0), LessonRow("a", 11, True), LessonRow("a", -1, True)]
    where = progress(course.lessons[0], kept)
    assert (where.guesses, sorted(where.done), where.at) == ({4: 30.0}, [4], 5)


def test_a_learner_is_led_back_to_the_lesson_they_left_last_and_on_to_the_first_not_finished(course):
    assert left_off(course, []) is None
    both = rows(("a", 1, True), ("b", 2, True), ("gone", 1, True))
    assert not_none(left_off(course, both)).lesson.id == "b"
    ended = [*both, LessonRow("b", 7, True)]
    assert not_none(left_off(course, ended)).lesson.id == "a"
    assert not_none(next_lesson(course, ended)).id == "a"
    assert left_off(course, [*ended, LessonRow("a", 7, True)]) is None
    assert next_lesson(course, [*ended, LessonRow("a", 7, True)]) is None
