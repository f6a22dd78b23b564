"""The figures in a course's texts: which there are, the chart that each shows, and the name that its picture has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache

import numpy as np

from lifecycle import charts, installed
from lifecycle.course import Course, Place, address
from lifecycle.course.day import Day
from lifecycle.course.illustrating.illustration import Illustration, parted
from lifecycle.course.pipeline import Stage
from lifecycle.documents import Problem

NAME_LETTERS = 20


def illustrations(course: Course) -> Iterator[tuple[str, Illustration]]:
    """All figures of the course's places, each with its file."""
    for file, place in _pages(course):
        for section in place.sections:
            for part in parted(section.markdown, section.line + 1):
                if isinstance(part, Illustration):
                    yield file, part


def _pages(course: Course) -> Iterator[tuple[str, Place]]:
    yield from ((f"stages/{id}.md", place) for id, place in course.places.items())
    if course.overview:
        yield "lifecycle.md", course.overview


def spec_of(course: Course, figure: Illustration) -> charts.ChartSpec:
    """The chart of its simulated day; ValueError in words where that day, or its stage, has no such chart."""
    day, stage = _day(course, figure), course.pipeline.by_id.get(figure.stage)
    if not figure.stage:
        return charts.CHARTS[figure.chart](course.pipeline, day.simulated(), None)
    if not isinstance(stage, Stage) or figure.chart not in charts.of_stage(stage, day.scenario):
        raise ValueError(f"{figure.stage} has no chart {figure.chart}")
    return charts.STAGE_CHARTS[figure.chart](stage, day.simulated(), None)


def _day(course: Course, figure: Illustration) -> Day:
    state, _ = address.turned(address.State(), figure.view, course)
    return course.day(address.scenario_of(state, course))


def name_of(course: Course, figure: Illustration) -> str:
    """Names its picture: another one where the day, the pipeline or this program is another."""
    day = _day(course, figure)
    trace = day.trace
    replayed = hashlib.sha256(np.array([trace.times_s, trace.weights]).tobytes()).hexdigest() if trace else ""
    shown = (_program(), course.pipeline.labels, course.pipeline.network, day.scenario, replayed)
    return hashlib.sha256(repr((*shown, figure.chart, figure.stage)).encode()).hexdigest()[:NAME_LETTERS]


@cache
def _program() -> str:
    return installed.code_digest()


def problems(course: Course) -> Iterator[Problem]:
    """Figures whose view turns what there is not, or whose day does not have their chart."""
    for file, figure in illustrations(course):
        slips = list(address.slips(figure.view, course))
        yield from (Problem(file, figure.line, f"in a figure {what}", fix) for what, fix in slips)
        if slips:
            continue
        try:
            spec_of(course, figure)
        except ValueError as why:
            fix = "choose a chart that the page shows at this view"
            yield Problem(file, figure.line, f"a figure that cannot be drawn: {why}", fix)
