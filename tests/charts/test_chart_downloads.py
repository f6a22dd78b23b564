"""Every chart of every page can be had as a vector picture and as a table, and none is left out."""

import inspect
import io
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from reportlab.graphics.shapes import Circle, Polygon, Rect, String

from lifecycle import charts
from lifecycle.charts.plotted import PlotlyFigure
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.learning.item_analysis import Item, OptionDraw
from lifecycle.learning.mastery.calibration import calibration
from lifecycle.outputs.pdf import chart_svg
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.simulation import trials
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.sweeps import Axis, Level, sweep
from lifecycle.storage import AnswerRow
from lifecycle.ui.session import cached
from lifecycle.words import duration, number
from tests.support.narrow import not_none, stage_of

COURSE = load(Path(__file__).parents[2] / "content")
DAY = replace(scenario_of(State(), COURSE), events=4_000)
LEVELS = {"some": Level(3600.0, 0.01), "none": Level(1.0, 0.0), "all": Level(1e9, 1.0)}


def day(**changes):
    return simulate(COURSE.pipeline.network, replace(DAY, **changes))


def of_the_day():
    run, other = day(), day(start="push", size="stream")
    for name, draw in charts.CHARTS.items():
        for said, ghost in (("alone", None), ("beside a ghost", other)):
            yield f"{name} {said}", draw(COURSE.pipeline, run, ghost)
    yield from (
        (f"{name} of nothing", draw(COURSE.pipeline, day(events=0), None)) for name, draw in charts.CHARTS.items()
    )


def of_the_stages():
    run, other = day(), day(seed=9)
    for stage in COURSE.pipeline.stages:
        for name in charts.of_stage(stage, DAY):
            for said, ghost in (("alone", None), ("beside a ghost", other)):
                yield f"{name} at {stage.id} {said}", charts.STAGE_CHARTS[name](stage, run, ghost)


def of_schedules():
    named = not_none(COURSE.named("parent-fails"))
    run, stage = simulate(COURSE.pipeline.network, named.scenario), stage_of(COURSE.pipeline, "transform")
    for moment_s in (8_700.0, 30_600.0, None):
        yield f"Run at {moment_s}", charts.job_gantt(stage, run, None, moment_s)
    yield "Slots", charts.STAGE_CHARTS["Slots"](stage, run, None)


def of_talks():
    run, other = day(), day(start="push", size="stream")
    place = stage_of(COURSE.pipeline, "buffer")
    for about in (charts.Subject(COURSE.pipeline, place, 36_000.0), charts.Subject(COURSE.pipeline, None, None)):
        for name in charts.CHARTS:
            drawing = charts.for_talk(name, about, run, other)
            yield f"{name} told", drawing
            yield f"{name} told, the day before by its name", charts.before_called(drawing, "the day before")


def of_runs():
    runs, end = {"one": day(), "other": day(size="stream")}, stage_of(COURSE.pipeline, "bi")
    for draw in (charts.freshness_of, charts.latency_of, charts.depth_of):
        yield draw.__name__, draw(runs, end)
        yield f"{draw.__name__} of nothing", draw({"one": day(events=0)}, end)


def swept():
    x = Axis("ingestion", "batch_interval_s", (600.0, 3600.0, 7200.0))
    y = Axis("transform", "interval_s", (300.0, 900.0))
    found = sweep(COURSE.pipeline.network, DAY, x, y, "bi")
    half = replace(found, fresh_s=np.where(np.arange(6).reshape(3, 2) < 3, found.fresh_s, np.nan))
    for name, level in LEVELS.items():
        yield f"a sweep of which {name} keep the level", charts.heat_map(found, level, ("x", duration), ("y", number))
    yield "a sweep that was cancelled", charts.heat_map(half, LEVELS["some"], ("x", duration), ("y", number))


@cache
def believed():
    return tuple(_believed())


def _believed():
    for curve in trials.CURVES:
        yield f"law {curve.name}", charts.law(curve, trials.points(curve, 300, 1))
    yield "distances", charts.distances(cached.judgements(0))


def of_fits():
    yield "fit", charts.quantiles([50.0, 55.0, 60.0, 70.0, 95.0], 64.0, 1.3)


def of_learners():
    rows = [
        AnswerRow("lake", "q", n % 3 > 0, "[0]", 0.0, confidence) for n, confidence in enumerate((25, 50, 75, 95) * 6)
    ]
    yield "calibration", charts.calibrated(calibration(rows))
    groups = (OptionDraw("yes", True, 12, 0.6, (0.2, 0.6, 0.9)), OptionDraw("no <b>", False, 8, 0.4, (0.8, 0.4, 0.1)))
    for draws in (groups, tuple(replace(draw, groups=None) for draw in groups)):
        question = Question("q", "lake", QuestionKind.SINGLE, "Is it?", (Option("yes", True), Option("no", False)))
        item = Item(question, 20, 0.6, draws=draws)
        yield f"answers {draws is groups}", charts.distractors(item, ["yes", "no <b>"])


MADE: dict[str, Callable[[], Iterable[tuple[str, charts.ChartSpec]]]] = {
    "day": of_the_day,
    "stages": of_the_stages,
    "schedules": of_schedules,
    "talks": of_talks,
    "runs": of_runs,
    "sweep": swept,
    "believe": believed,
    "fits": of_fits,
    "learners": of_learners,
}


def draws(made):
    return inspect.isfunction(made) and made.__annotations__.get("return") == "ChartSpec"


def test_no_chart_is_forgotten_here():
    builders = {name for name in charts.__all__ if draws(getattr(charts, name))}
    assert len(builders) > 5
    source = inspect.getsource(sys.modules[__name__])
    assert {name for name in builders if f"charts.{name}" not in source} == set()


@pytest.mark.parametrize("page", MADE)
def test_every_chart_comes_as_a_picture_and_as_a_table(page):
    for name, drawing in MADE[page]():
        picture = ElementTree.fromstring(chart_svg(drawing))
        written = "".join(picture.itertext())
        assert "nan" not in ElementTree.tostring(picture, encoding="unicode"), name
        assert drawing.finding[:20] in written, name
        table = pd.read_csv(io.StringIO(charts.csv(drawing.table)))
        assert len(table) == len(drawing.table), name
        shown = [trace for trace in charts.figure_of(drawing).data if trace.visible in (None, True)]
        assert not shown or list(parts(plot(drawing, 480, 220))), name


@pytest.mark.parametrize("page", MADE)
def test_every_chart_is_such_as_plotly_itself_would_have_made_it(page):
    for name, drawing in MADE[page]():
        figure = charts.figure_of(drawing)
        checked = PlotlyFigure(figure.to_dict())  # ValueError for what Plotly does not know
        assert _filled(checked.to_json()) == _filled(figure.to_json()), name


def _filled(figure):
    sent = json.loads(figure)
    return {**sent, "layout": {part: value for part, value in sent["layout"].items() if value != []}}


def parts(group):
    for part in group.contents:
        yield from parts(part) if hasattr(part, "contents") else (part,)


def drawn(drawing, kind):
    return [part for part in parts(plot(drawing, 480, 220)) if isinstance(part, kind)]


def test_the_map_of_a_sweep_has_its_squares_its_edge_its_crosses_and_its_star():
    every = dict(swept())
    some = every["a sweep of which some keep the level"]
    ages, keep = some.series[0].values, [each for each in drawn(some, Rect) if each.width > 30]
    left, foot = min(each.x for each in keep), min(each.y for each in keep)
    row, column = np.unravel_index(np.argmax(ages), ages.shape)
    oldest = min(keep, key=lambda each: each.fillColor.red)  # ink is the oldest, and stands where it is in the table
    assert round((oldest.y - foot) / oldest.height) == row
    assert round((oldest.x + oldest.width - left) / (480 * 0.2)) >= column
    assert len(drawn(some, Polygon)) == 2  # the cheapest, and its key
    assert not drawn(every["a sweep of which none keep the level"], Polygon)
    words = {each.text for each in drawn(some, String)}
    assert len([each for each in drawn(every["a sweep that was cancelled"], Rect) if each.width > 30]) == 3
    assert {"x", "y", "10 min", "300", "the level breaks here", "the cheapest"} <= words


def test_points_are_points_with_their_intervals_and_named_rows_have_their_names():
    law = dict(believed())
    circles = drawn(law[f"law {trials.CURVES[0].name}"], Circle)
    assert len(circles) >= len(trials.CURVES[0].loads)
    words = {each.text for each in ElementTree.fromstring(chart_svg(law["distances"])).iter() if each.text}
    assert {each.trial.name for each in cached.judgements(0) if each.trial.exact is None} <= words
