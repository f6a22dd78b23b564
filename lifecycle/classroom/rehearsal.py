"""Talks held against the course before a hall sees them: views, charts, and what is to be guessed."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle import charts
from lifecycle.course import Course, address
from lifecycle.course.computed import facts
from lifecycle.course.pipeline import Stage, Undercurrent
from lifecycle.course.quizzes.expressions import evaluate
from lifecycle.course.talks import STAGE_CHARTS, DayChart, Prediction, Step, Talk
from lifecycle.documents import Problem, instead
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario

# Charts of a day that tell of those who use the data.
_OF_CONSUMERS: tuple[DayChart, ...] = ("Freshness", "Latency", "Where the time goes")


def truth(prediction: Prediction, course: Course) -> float:
    """What the run says that a class was to guess, in the prediction's unit; ValueError in words where it says none."""
    return evaluate(prediction.figure, facts(prediction.view, course))


def framed(step: Step, course: Course) -> tuple[str, ...]:
    """Ids of the zones that the diagram of a step shows; none for all there is, the undercurrents with it.

    Alone it shows every zone; beside a chart the zone of the stage in view, or of what the chart tells. The
    undercurrents come where the step names one.
    """
    place = course.pipeline.by_id.get(address.turned(address.State(), step.view, course)[0].stage or "")
    if isinstance(place, Undercurrent):
        return ()
    beside = [name for name in step.drawn if name != "diagram"]
    if beside and isinstance(place, Stage):
        return (place.zone,)
    zones = {stage.zone for stage in course.pipeline.stages if stage.role == Role.CONSUMER}
    only = beside and all(name in _OF_CONSUMERS for name in beside)
    return tuple(zone.id for zone in course.pipeline.zones if not only or zone.id in zones)


def about(step: Step, course: Course) -> charts.Subject:
    """What the charts of a step tell of: the stage that its view names, and the moment."""
    state = address.turned(address.State(), step.view, course)[0]
    place = course.pipeline.by_id.get(state.stage or "")
    moment_s = None if state.moment is None else float(state.moment)
    return charts.Subject(course.pipeline, place if isinstance(place, Stage) else None, moment_s)


def before(talk: Talk, index: int, course: Course) -> Scenario | None:
    """The day of the step before, as the ghost, where both show the same chart of one day under other settings."""
    if index == 0:
        return None
    step, last = talk.steps[index], talk.steps[index - 1]
    state, there = (address.turned(address.State(), either.view, course)[0] for either in (step, last))
    now, earlier = (address.scenario_of(either, course) for either in (state, there))
    shared = set(step.show) & set(last.show) - {"diagram", "panel"}
    return earlier if shared and earlier != now and address.same_day(state, there, course) else None


def problems(course: Course) -> Iterator[Problem]:
    """What is wrong with the views, charts and predictions of a course's talks and lessons."""
    scripts = [(f"talks/{talk.id}.md", talk.steps) for talk in course.talks]
    scripts += [(f"lessons/{lesson.id}.md", lesson.steps) for lesson in course.lessons]
    for file, step in ((file, step) for file, steps in scripts for step in steps):
        for what, fix in address.slips(step.view, course):
            yield Problem(file, step.view_line, what, fix)
        for what, fix in _faults(step, course):
            yield Problem(file, step.line, what, fix)


def _faults(step: Step, course: Course) -> Iterator[tuple[str, str]]:
    state, _ = address.turned(address.State(), step.view, course)
    stage = course.pipeline.by_id.get(state.stage or "")
    charts_of_stage = charts.of_stage(stage, address.scenario_of(state, course)) if isinstance(stage, Stage) else ()
    for name in step.show:
        if name in STAGE_CHARTS and name not in charts_of_stage:
            yield f"{step.stage} has no chart {name}", instead(name, charts_of_stage)
    if step.ask and step.ask.predict:
        yield from _unsure(step.ask.predict, course)


def _unsure(prediction: Prediction, course: Course) -> Iterator[tuple[str, str]]:
    try:
        value = truth(prediction, course)
    except ValueError as why:
        yield f"the prediction has no truth: {why}", "name a figure of `python -m lifecycle simulate --json`"
        return
    if not prediction.low <= value <= prediction.high:
        what = f"the truth of the prediction, {value:.6g}, lies outside {prediction.low:g} to {prediction.high:g}"
        yield what, "widen the scale, or turn the figure into its unit, as in consumers.bi.freshness_s.p95 / 60"
