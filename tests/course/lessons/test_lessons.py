"""Lessons read from Markdown: a good one whole, a bad one with every fault at its line, any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course import check, load
from lifecycle.course.lessons import Control, Until, UntilKind, read_lesson
from lifecycle.documents import Document, Node, read_document
from tests.course.lessons.lesson_texts import CLOSING, GOOD, HEAD
from tests.course.talks.talk_texts import BANK
from tests.support.narrow import not_none
from tests.support.small_course import write_course

KNOWN = {**BANK, "whole-truth": BANK["an-order"]}


def read(text: str, id: str = "first"):
    document, faults = read_document(text, f"lessons/{id}.md")
    assert document is not None, faults
    return read_lesson(document, id, KNOWN, ["store", "orders"])


def faults(body: str, minutes: float = 4, id: str = "first") -> list[str]:
    """Each problem of a lesson that begins with this body, without the file: `line: what, fix`."""
    found = read(HEAD.format(minutes=minutes) + body + CLOSING, id)[1]
    return [str(each).removeprefix(f"lessons/{id}.md:") for each in found]


def test_a_lesson_is_read_whole():
    lesson, problems = read(GOOD)
    assert problems == ()
    assert (lesson.id, lesson.title, lesson.summary, lesson.minutes, lesson.order) == (
        "first",
        "A lesson",
        "One sentence.",
        8,
        2,
    )
    first = lesson.steps[0]
    assert (first.headline, first.view, first.plays, first.line) == ("Watch the clock", "?moment=7000", True, 8)
    assert first.text == "The job comes at two.\n\n- It is a *caption*\n\n```\ncode\n```"
    assert (first.points, first.notes) == ((), "")
    assert [step.until for step in lesson.steps] == [
        Until(UntilKind.MOMENT, "7200"),
        Until(UntilKind.SET, "size=stream"),
        Until(UntilKind.STAGE, "store"),
        Until(UntilKind.BROKEN, "store"),
        Until(UntilKind.PREDICTED),
        *[Until(UntilKind.ANSWERED)] * 3,
    ]
    assert (first.reveals_line, first.until_line) == (9, 9)
    assert [question.place for question in lesson.questions] == ["lessons/first"]
    assert isinstance(hash(lesson), int)


def test_a_lesson_is_not_named_as_a_talk_that_is_taken_as_one():
    _, (problem,) = read(GOOD, "talk-tour")
    assert str(problem) == (
        "lessons/talk-tour.md:1: a lesson named talk-tour, and `talk-` begins the name of a talk that is taken as a "
        "lesson, give the file another name"
    )


def test_controls_stay_once_they_are_revealed():
    lesson, _ = read(GOOD)
    assert lesson.revealed(0) == {Control.CLOCK}
    assert lesson.revealed(1) == {Control.CLOCK, Control.SIZE, Control.START}
    assert lesson.revealed(7) == {Control.CLOCK, Control.SIZE, Control.START, Control.STAGE, Control.BREAK}


def test_a_lesson_that_reveals_nothing_has_every_control_from_the_start():
    lesson, problems = read(HEAD.format(minutes=4) + "## One\n" + CLOSING)
    assert problems == ()
    assert lesson.revealed(0) == set(Control)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("## One\n<!-- step: reveals: clok -->", "8: 'clok' cannot be revealed, did you mean clock?"),
        ("## One\n<!-- step: reveals: size, size -->", "8: `size` is revealed already in line 8"),
        (
            "## One\n<!-- step: reveals: size -->\n## Two\n<!-- step: reveals: size -->",
            "10: `size` is revealed already in line 8",
        ),
        ("## One\n<!-- step: until: red -->", "8: `until: red`, did you mean read?"),
        ("## One\n<!-- step: until: set -->", "8: `until: set` is cut short, write `until: set size=stream`"),
        ("## One\n<!-- step: until: read it -->", "8: `until: read it` says too much, write `until: read`"),
        ("## One\n<!-- step: until: moment 21:00 -->", "8: the moment '21:00', write a second of the day"),
        ("## One\n<!-- step: until: moment 86401 -->", "8: the moment '86401', write a second of the day"),
        ("## One\n<!-- step: until: answered -->", "8: `until: answered` and no question, ask one"),
        ("## One\n<!-- step: until: predicted -->\n<!-- ask: store-truth -->", "8: `until: predicted` and no pred"),
        ("## One\n<!-- step: untl: read -->", "8: unknown key 'untl' in the step, did you mean until?"),
        ("## One\n<!-- step: beside: size=batch -->", "8: the beside 'size=batch', write it as an address's query"),
        ("## One\n<!-- ask: store-truth; rounds: 2 -->", "7: two rounds, which only a class has"),
        ("## One\n\n### Deeper", "9: a heading within a step"),
        ("## One\n\n" + "x" * 601, "7: a caption of 601 characters"),
        ("Hello.\n\n## One", "7: text before the first step"),
    ],
)
def test_every_fault_is_reported_with_its_line(body, fault):
    assert any(each.startswith(fault) for each in faults(body)), faults(body)


def test_a_lesson_ends_with_three_questions_and_the_opening_need_not():
    bare = HEAD.format(minutes=2) + "## One\n\n## Two\n<!-- ask: store-truth -->\n"
    assert [str(each) for each in read(bare)[1]] == [
        "lessons/first.md:9: 1 of the last 3 steps ask a question, end with three steps that do: `<!-- ask: id -->`"
    ]
    assert read(bare, "opening")[1] == ()


def test_a_learner_alone_answers_every_kind_of_question():
    for id in ("a-word", "two-numbers", "an-order", "a-match"):
        assert faults(f"## One\n<!-- ask: {id} -->") == []


@given(st.text(alphabet="ab \n-><!:;#", max_size=400))
def test_any_text_is_read_without_an_error(text):
    read_lesson(Document("lessons/x.md", Node("a mapping", 1), text), "x", BANK)


def test_a_course_holds_its_lessons_in_the_authors_order_and_talks_are_lessons_too(tmp_path):
    talk = (
        "---\ntitle: A talk\nsummary: One.\nminutes: 2\n---\n## One\n\n- A point\n\n## Two\n<!-- ask: store-truth -->\n"
    )
    late = GOOD.replace("order: 2", "order: 9").replace("Which?", "Which one?")
    course = load(write_course(tmp_path, {"lessons/late.md": late, "lessons/soon.md": GOOD, "talks/t.md": talk}))
    assert [lesson.id for lesson in course.lessons] == ["soon", "late"]
    assert course.lesson("late") is course.lessons[1]
    assert course.lesson("none") is course.lesson("talk-none") is None
    assert len(course.all_questions) == len(course.questions) + 2
    taken = not_none(course.lesson("talk-t"))
    assert [step.until.kind for step in taken.steps] == [UntilKind.READ, UntilKind.ANSWERED]
    assert taken.steps[0].points == ("A point",)
    assert taken.revealed(0) == set(Control)


def test_a_course_tells_where_two_questions_of_lessons_share_an_id(tmp_path):
    folder = write_course(tmp_path, {"lessons/a.md": GOOD.replace("<quiz>", "<!-- question: store-truth -->\n<quiz>")})
    assert any("two questions with the id 'store-truth'" in str(each) for each in check(folder))
