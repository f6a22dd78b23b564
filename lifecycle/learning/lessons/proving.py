"""Lessons held against the course: what each step waits for can be done with what is shown by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import parse_qsl

from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.course.lessons import SETS, Control, LessonStep, UntilKind
from lifecycle.course.pipeline import Stage
from lifecycle.documents import Problem, instead
from lifecycle.learning.lessons.completing import compared_with, complete, done_state, view_state
from lifecycle.simulation.faults import KINDS, can_happen
from lifecycle.simulation.roles import ROLES


def problems(course: Course) -> Iterator[Problem]:
    """What a learner could not do in the lessons of a course.

    Views, charts and predictions are the rehearsal's; questions the reader's.
    """
    for lesson in course.lessons:
        for index, step in enumerate(lesson.steps):
            for what, fix in _Proof(step, lesson.revealed(index), course).problems():
                yield Problem(f"lessons/{lesson.id}.md", step.until_line, f"`until: {step.until}`, {what}", fix)
            for what, fix in _compared(step, course):
                yield Problem(f"lessons/{lesson.id}.md", step.beside_line, what, fix)


def _compared(step: LessonStep, course: Course) -> Iterator[tuple[str, str]]:
    """What is wrong with the run beside which a step's figures stand."""
    slips = list(address.slips(step.beside, course))
    yield from slips
    if step.beside and not slips:
        now, other = view_state(step, course), compared_with(step, course)
        if not address.same_day(now, other, course):
            yield "`beside` is of another day than `view`", "let both have the same scenario, real day and seed"
        elif address.scenario_of(now, course) == address.scenario_of(other, course):
            yield "`beside` is the very run of `view`", "change what the figures are compared with"


@dataclass(frozen=True)
class _Proof:
    """One step with the controls that are there by then; each problem is what is wrong, and how to put it right."""

    step: LessonStep
    revealed: frozenset[Control]
    course: Course

    @property
    def view(self) -> State:
        return view_state(self.step, self.course)

    def problems(self) -> Iterator[tuple[str, str]]:
        """What keeps a learner from doing it; else whether it is already done, or would not count."""
        obstacles = list(self.obstacles())
        yield from obstacles
        if obstacles or self.step.until.kind in (UntilKind.READ, UntilKind.ANSWERED, UntilKind.PREDICTED):
            return
        if complete(self.step, self.course, self.view, moment_s=self.view.moment):
            yield "and the view has it already", "change the view, or wait for something else"
        else:
            state, moment_s = done_state(self.step, self.course)
            if not complete(self.step, self.course, state, moment_s=moment_s):
                yield "which does not hold when it was done", "write it as the page's address has it"

    def obstacles(self) -> Iterator[tuple[str, str]]:
        """What is not there, or not shown yet."""
        match self.step.until.kind:
            case UntilKind.READ | UntilKind.ANSWERED | UntilKind.PREDICTED:
                return
            case UntilKind.SET:
                yield from self.settings()
            case UntilKind.MOMENT:
                yield from self.clock()
            case UntilKind.STAGE:
                if self.step.until.what not in self.course.pipeline.by_id:
                    yield "and there is no such place", instead(self.step.until.what, self.course.pipeline.places)
                yield from self.needs(Control.STAGE)
            case UntilKind.BROKEN:
                yield from self.breaking()
            case never:
                assert_never(never)

    def settings(self) -> Iterator[tuple[str, str]]:
        """Whether every setting that is waited for is one, and has a control by then."""
        slips = list(address.slips(self.step.until.what, self.course))
        yield from slips
        for name, value in parse_qsl(self.step.until.what, keep_blank_values=True) if not slips else ():
            if name not in SETS:
                fix = f"put it into the view, or wait for one of {', '.join(SETS)}"
                yield f"and a lesson has no control for `{name}`", fix
                continue
            yield from self.needs(SETS[name])
            for knob in value.split(",") if name == "knobs" else ():
                yield from self.knob(*knob.partition(":")[0].split("."))

    def knob(self, id: str, figure: str) -> Iterator[tuple[str, str]]:
        """Whether a knob stands in the panel of its stage, and whether that is open or can be opened."""
        place = self.course.pipeline.by_id.get(id)
        knobs = [one.name for one in ROLES[place.role] if one.knob] if isinstance(place, Stage) else []
        if figure not in knobs:
            yield f"and the panel of {id} has no knob {figure}", instead(figure, knobs)
        yield from self.panel(id)

    def clock(self) -> Iterator[tuple[str, str]]:
        """Whether the clock begins before the moment, and runs or can be moved."""
        begins = self.view.moment
        if begins is None:
            yield "and the view has no moment to begin at", "write one: `view: ?moment=75000`"
        if not self.step.plays:
            for what, _ in self.needs(Control.CLOCK):
                yield f"{what}, nor does it play", "write `plays: yes`, or `reveals: clock`"

    def breaking(self) -> Iterator[tuple[str, str]]:
        """Whether something can break there, and its form can be opened."""
        id = self.step.until.what
        place = self.course.pipeline.by_id.get(id)
        fitting = [
            stage.id
            for stage in self.course.pipeline.on_day(address.scenario_of(self.view, self.course)).stages
            if any(can_happen(kind, stage) for kind in KINDS)
        ]
        if place is None or id not in fitting:
            yield f"and nothing can break at {id}" if place else "and there is no such stage", instead(id, fitting)
        yield from self.needs(Control.BREAK)
        yield from self.panel(id)

    def panel(self, id: str) -> Iterator[tuple[str, str]]:
        if self.view.stage != id and Control.STAGE not in self.revealed:
            fix = f"open it in the view: ?stage={id}&view=watch, or `reveals: stage`"
            yield f"and the panel of {id} cannot be opened yet", fix

    def needs(self, control: Control) -> Iterator[tuple[str, str]]:
        if control not in self.revealed:
            fix = f"write `reveals: {control}` here or in a step before"
            yield f"and `{control}` is not revealed by then", fix
