"""In a talk a chart's title speaks of the place and the moment of its step, and every number of it is drawn."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lifecycle import charts
from lifecycle.charts.spec import Cells, Line
from lifecycle.charts.time import consumers
from lifecycle.classroom import rehearsal
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of, turned
from lifecycle.course.loading import SHIPPED
from lifecycle.diagram import living
from lifecycle.outputs.pdf.diagram import signs
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.readings import measures, played, serving
from lifecycle.simulation.readings.gantt import job_run, run_at
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.ui.components.hall_charts import for_a_hall
from lifecycle.words import clock, duration, number
from tests.support.days import kept
from tests.support.narrow import not_none, stage_of

COURSE = load(SHIPPED)
DRAWN = [
    (step, name, f"{talk.id} {nth} {name}")
    for talk in COURSE.talks
    for nth, step in enumerate(talk.steps, 1)
    for name in step.drawn
    if name != "diagram"
]
CHARTS = [pytest.param(step, name, id=id) for step, name, id in DRAWN]


@kept
def day(view: str) -> Run:
    scenario = scenario_of(turned(State(), view, COURSE)[0], COURSE)
    return simulate(COURSE.pipeline.network, scenario, COURSE.traces.get(scenario.trace))


def shown(step, name: str):
    """What the title says, and the bars or the curve that stand first in the hall's row of keys."""
    chart = charts.for_talk(name, rehearsal.about(step, COURSE), day(step.view), None)
    seen, keys = for_a_hall(chart)
    return chart.finding, next(
        each for each in seen.series if not isinstance(each, Cells) and each.name == keys[0].name
    )


def place_of(step, name: str) -> str:
    """The place that the step names, as far as the chart knows it; "" where the title is free to choose."""
    about = rehearsal.about(step, COURSE)
    ends = consumers(COURSE.pipeline)
    if name == "Freshness":
        return (about.place if about.place in ends else ends[0]).label
    if name in ("Given up", "Views", "Age seen", "Users", "Run", "Slots"):
        return ""  # a chart of one stage, which the step's panel or diagram names
    return about.place.label if about.place else ""


def at_moment(curve, moment_s: float, buckets: bool) -> float:
    values = np.asarray(curve.y, float)
    share = moment_s / 86_400
    return values[int(share * len(values))] if buckets else values[round(share * (len(values) - 1))]


def near(curve, moment_s: float) -> np.ndarray:
    """What is drawn in the five minutes before and after a moment, of a curve through moments of its own."""
    return np.asarray(curve.y, float)[np.abs(curve.x - moment_s) <= 300.5]


def age_then(step, place: str) -> float:
    """The age that the diagram and the papers show at a consumer, as they are sent."""
    moment_s = rehearsal.about(step, COURSE).moment_s
    assert moment_s is not None
    (here,) = [stage.id for stage in COURSE.pipeline.stages if stage.label == place]
    shown = played.frames(day(step.view))
    written = signs(COURSE.pipeline, shown, moment_s)[here].state
    age_s = shown.stations[here].age_at(moment_s / 86_400)
    if np.isnan(age_s):
        assert written == "no data yet"
        return age_s
    assert written == f"{duration(age_s)} old"
    sent = living.unpack(living.pack_frames(shown)["stations"][here]["ages"], 5 * 288 + 1)
    assert sent[int(moment_s // 60)] == round(age_s)
    return age_s


def hour(curve, moment_s: float) -> np.ndarray:
    """The four quarters of the hour of a moment, as they are drawn."""
    first = int(moment_s // 3600) * 4
    return np.asarray(curve.y, float)[first : first + 4]


@pytest.mark.parametrize(("step", "name"), CHARTS)
def test_the_title_of_a_chart_speaks_of_the_steps_place_and_moment_in_numbers_that_are_drawn(step, name):
    title, curve = shown(step, name)
    place, moment_s = place_of(step, name), rehearsal.about(step, COURSE).moment_s
    assert moment_s is not None, "every step with a chart shows a moment"
    if place:
        assert title.startswith(place)
    if name == "Run":
        stage = not_none(rehearsal.about(step, COURSE).place).id
        done = not_none(day(step.view).orchestrated_at(stage))
        shown_run = job_run(done, not_none(run_at(done, moment_s)))
        path = ", ".join(dict.fromkeys(one.name.job for one in shown_run.tries if one.critical))
        begun, lasts = clock(shown_run.tick_s), duration(shown_run.makespan_s)
        assert title == f"The run of {begun} takes {lasts}: its critical path leads over {path}"
        return
    values = np.asarray(curve.values if name == "Losses" else curve.y, float)
    if name in ("Freshness", "Load", "Queues") and place:
        assert curve.name == place
    if name == "Freshness":
        now_s = age_then(step, place)
        if np.isnan(now_s):
            assert title.startswith(f"{place} at {clock(moment_s)}: no data yet; once there is some, 95 % of the time ")
            assert np.isnan(near(curve, moment_s // 60 * 60)).all()
            return
        assert title.startswith(f"{place} at {clock(moment_s)}: {duration(now_s)} old; ")
        near_s = near(curve, moment_s // 60 * 60)
        assert near_s.min() - 1.0 <= max(now_s, 0.01) <= near_s.max() + 1.0
    elif name == "Load":
        when = clock(int(values.argmax()) * 86_400 / len(values))
        assert f" peaks at {number(values.max())} events/s at {when}, " in title
    elif name == "Queues":
        now, when = at_moment(curve, moment_s, True), clock(int(values.argmax()) * 86_400 / len(values))
        begins_s = moment_s // 300 * 300
        assert f", {clock(begins_s)} to {clock(begins_s + 300)}: at most {number(now)} event" in title
        assert title.endswith(f" waiting or in work; of the day, {number(values.max())} at {when}")
    elif name == "Losses" and place:
        of_place = [bar for bar, row in zip(values, curve.rows, strict=True) if row.startswith(f"{place}: ")]
        reasons = [row.partition(": ")[2] for row in curve.rows if row.startswith(f"{place}: ")]
        lost = [n for n, why in zip(of_place, reasons, strict=True) if why not in measures.REMOVED and n]
        assert all(f"{number(n)} " in title for n in lost)
        assert lost or title.startswith(f"{place} loses no event")
        gone = sum(
            n for n, row in zip(values, curve.rows, strict=True) if row.partition(": ")[2] not in measures.REMOVED
        )
        assert title.endswith(f"; {number(gone - sum(lost))} are lost elsewhere")
    elif name == "Users":
        assert f"take {duration(at_moment(curve, moment_s, True) / 1000)} at {clock(moment_s)}" in title
        assert title.endswith(f"and {duration(values.min() / 1000)} when it is calm")
    elif name == "Given up":
        begin = moment_s // 3600 * 3600
        found = re.match(rf"From {clock(begin)} to {clock(begin + 3600)}, ([\d.]+) % of the viewers leave", title)
        assert found
        assert hour(curve, moment_s).min() - 0.05 <= float(found[1]) <= hour(curve, moment_s).max() + 0.05
    else:
        assert title.startswith(f"From {clock(moment_s // 3600 * 3600)} to ") or name in ("Losses", "Run", "Slots")


def test_no_title_names_another_stage_than_its_step():
    """The kind of the fault: a sentence about the log, and a title about machine learning."""
    labels = [stage.label for stage in COURSE.pipeline.stages if ROLE_TYPES[stage.role].queues]
    for step, name, _ in DRAWN:
        if place := place_of(step, name):
            title, _ = shown(step, name)
            assert not [label for label in labels if label in title and label != place], title


def test_most_viewers_leave_in_the_interval_that_the_explorer_names():
    step = next(step for step, name, _ in DRAWN if name == "Given up" and "cache_s" in step.view)
    stage = stage_of(COURSE.pipeline, "bi")
    drawn = charts.STAGE_CHARTS["Given up"](stage, day(step.view), None)
    views = serving.views(day(step.view), "bi")
    left, _ = np.histogram(views.viewed_s[views.leaves], np.linspace(0, 86_400, 97))
    worst = int(left.argmax())
    last = drawn.series[-1]
    assert isinstance(last, Line)
    shares = last.y
    assert (
        shares[worst] < np.nanmax(shares) / 5
    )  # at night one of two is half of them: the highest share is not the most
    span = f"{clock(900 * worst)} to {clock(900 * (worst + 1))}"
    assert f"the largest number from {span}, when {shares[worst]:.0f} % leave" in drawn.finding
