"""What is drawn on paper: codes, diagrams and charts."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import segno
from reportlab.graphics.shapes import Path as Drawn
from reportlab.graphics.shapes import String

from lifecycle import charts
from lifecycle.charts import figure_of
from lifecycle.course import load
from lifecycle.diagram.layout import dot, svg
from lifecycle.outputs.pdf import chart_svg, stage_pdf
from lifecycle.outputs.pdf.codes import QUIET, matrix, qr
from lifecycle.outputs.pdf.diagram import Sign, diagram, signs
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.frames import Frames, StationFrames
from lifecycle.ui.session import cached
from tests.outputs.paper_scenes import read, scene_of
from tests.support.moving import by_hand
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"


def texts(drawing):
    found = []

    def walk(part):
        if isinstance(part, String):
            found.append(part.text)
        for inner in getattr(part, "contents", ()):
            walk(inner)

    walk(drawing)
    return found


def modules_of(drawing, count):
    """The matrix that a drawn code shows: what of each module's middle lies within a dark stretch."""
    (path,) = (part for part in drawing.contents if isinstance(part, Drawn))
    step = drawing.width / (count + 2 * QUIET)
    shown = np.zeros((count, count), dtype=int)
    points = np.array(path.points).reshape(-1, 4, 2)  # four corners a stretch
    for (left, foot), (right, _), *_ in points:
        row = round((drawing.height - foot) / step) - QUIET - 1
        shown[row, round(left / step) - QUIET : round(right / step) - QUIET] = 1
    return shown


@pytest.mark.parametrize("link", [FRONT, f"{FRONT}?stage=lake&knobs=lake.x:1,{'y' * 250}", f"{FRONT}?{'z' * 900}"])
def test_the_drawn_code_is_the_links_and_has_its_quiet_zone(link):
    wanted = np.array([list(row) for row in not_none(matrix(link))])
    code = segno.make_qr(link, error="m" if len(link) < 300 else "l")
    assert np.array_equal(wanted, np.array([list(row) for row in code.matrix]))
    drawn = modules_of(qr(link, 100.0), len(wanted))
    assert np.array_equal(drawn, (wanted > 0).astype(int))
    assert QUIET == 4


def test_a_link_too_long_for_paper_has_no_code_and_says_so():
    assert qr("x" * 5000, 50) is None
    assert qr("", 50) is None
    told = replace(scene_of(stage="lake"), link=f"{FRONT}?{'z' * 5000}")
    assert "too long for a QR code" in read(stage_pdf(COURSE, COURSE.places["lake"], told))


def test_the_diagram_names_every_place_and_writes_the_state_into_it(pipeline, batch_run):
    frames = measures.frames(batch_run)
    at = signs(pipeline, frames, 43_200.0)
    shown = texts(diagram(pipeline, svg(dot(pipeline)), 480.0, marked="dock", at=at))
    for stage in pipeline.stages:
        assert stage.label in shown
        assert at[stage.id].state in shown
    assert at["desk"].state.endswith(" old")
    assert signs(pipeline, frames, 0.0)["desk"].state == "no data yet"


def test_what_is_lost_or_faulty_stands_in_its_place(pipeline, lossy_run):
    last = signs(pipeline, measures.frames(lossy_run), 86_400.0)
    lost = sum(measures.losses(lossy_run, "dock").values())
    assert lost > 0
    assert last["dock"].lost.startswith("−")
    assert "!" in texts(diagram(pipeline, svg(dot(pipeline)), 480.0, at={"dock": Sign("idle", faulty=True)}))


def test_a_diagram_fits_the_room_it_is_given(pipeline):
    drawn = diagram(pipeline, svg(dot(pipeline)), 480.0, most=60.0)
    assert drawn.height <= 60.01
    assert drawn.width <= 480.01


@pytest.mark.parametrize("name", charts.CHARTS)
@pytest.mark.parametrize("day", ["batch_run", "empty_run"])
def test_every_chart_of_a_day_can_be_drawn_with_and_without_a_ghost(name, day, pipeline, batch_run, request):
    run = request.getfixturevalue(day)
    for ghost in (None, batch_run):
        chart = charts.CHARTS[name](pipeline, run, ghost)
        drawn = plot(chart, 480, 120)
        assert (drawn.width, drawn.height) == (480, 120)
        if ghost and name in ("Freshness", "Load", "Queues"):
            assert "before: the same settings" in texts(drawn) or "before: 5,000 events" in texts(drawn)
    ElementTree.fromstring(chart_svg(chart))


def test_a_chart_has_its_axes_its_units_and_a_legend_of_its_own_lines(pipeline, batch_run):
    shown = texts(plot(charts.CHARTS["Load"](pipeline, batch_run, None), 480, 120))
    assert {"arrivals a second", "00:00", "24:00", "Pump", "=Mill"} <= set(shown)


def test_what_is_hidden_in_the_legend_is_not_drawn(batch_run):
    chart = charts.CHARTS["Queues"](COURSE.pipeline, measured(), None)
    shown = [trace.name for trace in figure_of(chart).data if trace.visible is True]
    hidden = [trace.name for trace in figure_of(chart).data if trace.visible == "legendonly"]
    drawn = texts(plot(chart, 480, 120))
    assert hidden
    assert not set(hidden) & set(drawn)
    assert set(shown) <= set(drawn)


def measured():
    return cached.run(COURSE.day(COURSE.default.scenario))


def test_the_state_between_two_edges_is_read_as_the_living_diagram_reads_it(pipeline):
    """Levels are those of what moves, an age is that of the last of its looks."""
    whole, none = np.array([0, 0]), np.zeros(2)
    desk = StationFrames(whole, whole, np.array([4, 0]), whole, whole, whole, none, np.array([60.0, 180.0]), none > 0)
    desk = replace(desk, ages_s=np.array([np.nan, 15.0, 30.0, 45.0, 50.0, 60.0, 90.0, 120.0, 150.0, 170.0, 180.0]))
    born, lost = np.zeros(1440, dtype=np.int64), np.zeros(1440, dtype=np.int64)
    born[[0, 500, 720, 1100]] = 52, 52, 50, 50
    lost[[0, 500]] = 2
    places: dict[str, dict[str, Any]] = {name: {} for name in ("pump", "mill", "desk")}
    shop = replace(desk, departed=np.array([108_000, 43_200]))  # 2.5 and 1 a second, as charts and headlines count
    moved = by_hand({**places, "shop": {}, "dock": {"born": born, "lost": lost}}, {})
    frames = Frames(
        np.array([0.0, 43_200.0, 86_400.0]),
        {**dict.fromkeys(("pump", "dock", "mill", "desk"), desk), "shop": shop},
        {},
        moves=moved,
    )
    assert [signs(pipeline, frames, at_s)["shop"].state for at_s in (21_600.0, 64_800.0)] == ["2.5/s", "1/s"]
    assert signs(pipeline, frames, 64_800.0)["desk"].state == "2 min old"
    assert signs(pipeline, frames, 64_800.0)["dock"].state == "150 waiting"
    assert signs(pipeline, frames, 21_600.0)["dock"] == Sign("50 waiting", "−2 lost")
    assert signs(pipeline, frames, 86_400.0)["dock"].state == "200 waiting"
    ages = [signs(pipeline, frames, at_s)["desk"].state for at_s in (0.0, 43_199.0, 43_200.0, 86_400.0)]
    assert ages == ["no data yet", "50 s old", "60 s old", "3 min old"]
