"""When a step of a lesson is done, and what nobody could do is told by `check`."""

from dataclasses import replace

import pytest

from lifecycle.__main__ import main
from lifecycle.course import load
from lifecycle.course.address import State, turned
from lifecycle.course.lessons import LessonStep, Until, UntilKind
from lifecycle.course.loading import SHIPPED
from lifecycle.course.talks import StepAsk
from lifecycle.learning.lessons import complete, done_state, problems
from lifecycle.learning.lessons.completing import view_state
from tests.course.lessons.lesson_texts import CLOSING, GOOD, HEAD
from tests.support.small_course import write_course

COURSE = load(SHIPPED)
OF_ITSELF = (UntilKind.SET, UntilKind.MOMENT, UntilKind.STAGE, UntilKind.BROKEN)
STEPS = [
    pytest.param(step, id=f"{lesson.id}:{step.line}")
    for lesson in COURSE.lessons
    for step in lesson.steps
    if step.until.kind in OF_ITSELF
]


def state(query: str) -> State:
    at, notices = turned(State(), query, COURSE)
    assert not notices
    return at


def waits(until: str, **more) -> LessonStep:
    kind, _, what = until.partition(" ")
    return LessonStep("A step", until=Until(UntilKind(kind), what), **more)


@pytest.mark.parametrize(
    ("until", "before", "after"),
    [
        ("set size=stream", "?start=push", "?size=stream"),
        ("set size=stream&start=push", "?size=stream", "?size=stream&start=push&seed=7"),
        ("set size=batch", "?size=stream", "?"),
        ("set knobs=buffer.consumers:4", "?knobs=buffer.consumers:2", "?knobs=buffer.consumers:4,transform.workers:3"),
        ("stage buffer", "?stage=lake", "?stage=buffer"),
        ("broken buffer", "?faults=down.ingestion:3600-7200", "?faults=down.ingestion:3600-7200,down.buffer:0-60"),
    ],
)
def test_a_step_is_done_where_the_address_has_what_it_waits_for(until, before, after):
    assert not complete(waits(until), COURSE, state(before))
    assert complete(waits(until), COURSE, state(after))


def test_a_step_is_done_when_the_clock_has_come_to_its_moment():
    step = waits("moment 75600")
    assert [complete(step, COURSE, State(), moment_s=at) for at in (None, 75_599.0, 75_600.0, 80_000.0)] == [
        False,
        False,
        True,
        True,
    ]


def test_a_question_is_done_when_that_one_was_answered_and_a_guess_when_it_was_made():
    asks = waits("answered", ask=StepAsk("ingestion-catcher-down"))
    assert not complete(asks, COURSE, State(), ["another"])
    assert complete(asks, COURSE, State(), ["another", "ingestion-catcher-down"])
    assert not complete(waits("predicted"), COURSE, State())
    assert complete(waits("predicted"), COURSE, State(), predicted=True)


def test_what_is_only_to_be_read_is_never_done_by_itself():
    assert not complete(waits("read"), COURSE, State(), ["x"], 86_400.0, predicted=True)


@pytest.mark.parametrize("step", STEPS)
def test_every_shipped_step_is_done_by_what_it_asks_for_and_not_as_it_opens(step):
    opens = view_state(step, COURSE)
    assert not complete(step, COURSE, opens, moment_s=opens.moment)
    at, moment_s = done_state(step, COURSE)
    assert complete(step, COURSE, at, moment_s=moment_s)


def test_every_shipped_lesson_can_be_taken_to_its_end():
    assert list(problems(COURSE)) == []


def lesson_with(folder, *steps: str):
    body = HEAD.format(minutes=len(steps) + 3) + "\n".join(f"## Step\n<!-- step: {step} -->" for step in steps)
    return load(write_course(folder, {"lessons/l.md": body + "\n" + CLOSING}))


def test_a_good_lesson_has_nothing_that_could_not_be_done(tmp_path):
    assert list(problems(load(write_course(tmp_path, {"lessons/l.md": GOOD})))) == []


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        (["until: set size=stream; reveals: start"], "8: `until: set size=stream`, and `size` is not revealed by then"),
        (["until: set size=stream; reveals: start", "reveals: size"], "8: `until: set size=stream`, and `size` is not"),
        (["view: ?size=stream; until: set size=stream"], "8: `until: set size=stream`, and the view has it already"),
        (["until: set size=batch"], "8: `until: set size=batch`, and the view has it already"),
        (["until: set size=lake"], "8: `until: set size=lake`, Left out of the link: “size” with “lake”"),
        (["until: set sise=stream"], "8: `until: set sise=stream`, the setting “sise” of a link, did you mean size?"),
        (["until: set scenario=real"], "8: `until: set scenario=real`, and a lesson has no control for `scenario`"),
        (
            ["until: set knobs=copy.job_overhead_s:60"],
            "8: `until: set knobs=copy.job_overhead_s:60`, and the panel of copy has no knob",
        ),
        (
            ["view: ?stage=store; reveals: knobs; until: set knobs=copy.batch_interval_s:60"],
            "8: `until: set knobs=copy.batch_interval_s:60`, and the panel of copy cannot be opened yet",
        ),
        (["until: moment 60; plays: yes"], "8: `until: moment 60`, and the view has no moment to begin at"),
        (["view: ?moment=60; until: moment 60; plays: yes"], "8: `until: moment 60`, and the view has it already"),
        (
            ["view: ?moment=50; until: moment 60; reveals: size"],
            "8: `until: moment 60`, and `clock` is not revealed by then, nor does it play",
        ),
        (["until: stage stroe"], "8: `until: stage stroe`, and there is no such place, did you mean store?"),
        (["until: stage store; reveals: size"], "8: `until: stage store`, and `stage` is not revealed by then"),
        (["view: ?stage=store; until: stage store"], "8: `until: stage store`, and the view has it already"),
        (["until: broken stroe"], "8: `until: broken stroe`, and there is no such stage, did you mean store?"),
        (["until: broken access"], "8: `until: broken access`, and nothing can break at access"),
        (
            ["view: ?stage=store&view=watch; until: broken store; reveals: size"],
            "8: `until: broken store`, and `break` is not revealed by then",
        ),
        (
            ["view: ?stage=copy; until: broken store; reveals: break"],
            "8: `until: broken store`, and the panel of store cannot be opened yet",
        ),
        (
            ["view: ?stage=store&faults=down.store:0-60; until: broken store"],
            "8: `until: broken store`, and the view has it already",
        ),
        (["beside: ?sise=stream"], "8: the setting “sise” of a link, did you mean size?"),
        (["view: ?size=stream; beside: ?size=stream"], "8: `beside` is the very run of `view`, change what"),
        (["view: ?seed=1; beside: ?seed=2"], "8: `beside` is of another day than `view`, let both have the same"),
    ],
)
def test_what_nobody_could_do_is_told_with_its_line(tmp_path, capsys, steps, fault):
    course = lesson_with(tmp_path, *steps)
    assert any(str(each).startswith(f"lessons/l.md:{fault}") for each in problems(course)), list(problems(course))
    assert main(["check", str(tmp_path)]) == 1
    assert f"lessons/l.md:{fault}" in capsys.readouterr().out


def test_the_check_tells_of_a_lessons_views_charts_and_links(tmp_path, capsys):
    lesson_with(tmp_path, "view: ?size=lake", "view: ?stage=store; show: chart users")
    assert main(["check", str(tmp_path)]) == 1
    found = capsys.readouterr().out
    assert "lessons/l.md:8: Left out of the link: “size” with “lake”" in found
    assert "lessons/l.md:9: store has no chart Users" in found
    write_course(tmp_path, {"lessons/l.md": GOOD.replace("The job comes", "See [this](?size=lake). The job comes")})
    assert main(["check", str(tmp_path)]) == 1
    assert "lessons/l.md:11: Left out of the link" in capsys.readouterr().out


def test_the_check_counts_lessons_and_their_questions(tmp_path, capsys):
    write_course(tmp_path, {"lessons/l.md": GOOD})
    assert main(["check", str(tmp_path)]) == 0
    assert "1 lesson (1 more question stands in talks and lessons" in capsys.readouterr().out


def test_a_fault_put_anywhere_else_or_part_of_the_scenario_breaks_nothing_here():
    step = waits("broken ingestion", view="?scenario=catcher-down")
    assert view_state(step, COURSE).faults == ()
    assert not complete(step, COURSE, view_state(step, COURSE))
    late = replace(step, view="?moment=86000")
    assert complete(late, COURSE, done_state(late, COURSE)[0])
