"""A chart at a glance: its highest value stays, faults lie behind it, and any chart has one."""

import re
from html import escape

import numpy as np
import pandas as pd
import pytest

from lifecycle import charts
from lifecycle.charts.spec import AxisKind, Bars, ChartAxis, ChartSpec, Hatch, Line, OfRun
from lifecycle.course import load
from lifecycle.course.day import run
from lifecycle.course.loading import SHIPPED
from lifecycle.outputs.sparkline import HEIGHT, MARGIN, WIDTH, sparkline

COURSE = load(SHIPPED)
DAY = COURSE.day(COURSE.default.scenario)


def points(svg):
    (path,) = re.findall(r'<path d="M([^"]+)" fill="none"', svg)
    numbers = [float(text) for text in path.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_the_curve_has_the_charts_highest_value_where_it_stands():
    spec = charts.STAGE_CHARTS["Waiting"](next(s for s in COURSE.pipeline.stages if s.id == "buffer"), run(DAY), None)
    line = spec.series[0]
    assert isinstance(line, Line)
    top = min(points(sparkline(spec)), key=lambda point: point[1])
    at = float(np.asarray(line.x)[int(np.argmax(line.y))])
    assert top == pytest.approx((WIDTH * at / 86_400, MARGIN), abs=0.06)
    assert all(0 <= x <= WIDTH and MARGIN <= y <= HEIGHT - MARGIN for x, y in points(sparkline(spec)))
    assert [x for x, _ in points(sparkline(spec))] == sorted(x for x, _ in points(sparkline(spec)))


def test_what_is_wrong_is_hatched_when_it_is_wrong_and_on_no_other_chart_than_the_days():
    spec = charts.CHARTS["Freshness"](COURSE.pipeline, run(DAY), None)
    svg = sparkline(spec, ((21_600.0, 43_200.0),))
    assert '<rect x="40.0" width="40.0" height="40" fill="url(#h)"/>' in svg
    split = charts.CHARTS["Where the time goes"](COURSE.pipeline, run(DAY), None)
    assert "url(#h)" not in sparkline(split, ((21_600.0, 43_200.0),))


@pytest.mark.parametrize("name", charts.CHARTS)
def test_each_chart_has_one_that_says_its_finding(name):
    spec = charts.CHARTS[name](COURSE.pipeline, run(DAY), None)
    svg = sparkline(spec)
    assert f'aria-label="{escape(spec.finding)}"' in svg
    assert "nan" not in svg


def test_lows_stay_as_highs_do_and_equal_factors_are_equally_long():
    """A saw from 1 to 100 and back on a logarithmic axis: each tooth from top to bottom, 10 in the middle."""
    x = np.linspace(0.0, 86_400.0, 4_801)
    for y, middle in (
        (10.0 ** (1 + np.cos(x / 300)), None),
        (np.where(x < 43_200, 1.0, np.where(x < 64_800, 10.0, 100.0)), 0.5),
    ):
        day = ChartAxis(AxisKind.DAY)
        spec = ChartSpec((Line("a", x, y, "#000"),), day, ChartAxis(AxisKind.LOG), "Found", pd.DataFrame(), 100)
        heights = [height for _, height in points(sparkline(spec))]
        assert (min(heights), max(heights)) == (MARGIN, HEIGHT - MARGIN)
        if middle is None:
            assert sum(height > HEIGHT - 2 * MARGIN for height in heights) > 30
        else:
            assert HEIGHT / 2 in heights


def test_a_curve_over_equal_factors_is_drawn_over_them():
    x = np.array([1.0, 10.0, 100.0])
    axis = ChartAxis(AxisKind.LOG)
    line = Line("a", x, np.array([0.0, 1.0, 2.0]), "#000")
    spec = ChartSpec((line,), axis, ChartAxis(AxisKind.LINEAR), "Found", pd.DataFrame(), 100)
    assert [at for at, _ in points(sparkline(spec))] == [0.0, WIDTH / 2, WIDTH]


def test_bars_that_stand_on_each_other_do_so_here_and_a_run_before_is_left_out():
    rows = ("a", "b")
    below, above = np.array([10.0, 0.0]), np.array([10.0, 5.0])
    series = (
        Bars("before", rows, np.array([99.0, 99.0]), "#888", of_run=OfRun.BEFORE),
        Bars("waiting", rows, below, "#000"),
        Bars("working", rows, above, "#000", hatch=Hatch.SLANTED, base=below),
    )
    axes = ChartAxis(AxisKind.LINEAR), ChartAxis(AxisKind.ROWS)
    svg = sparkline(ChartSpec(series, *axes, "Found", pd.DataFrame(), 100))
    room = WIDTH - 2 * MARGIN
    drawn = [
        (float(x) - MARGIN, float(width))
        for x, width in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    ]
    assert drawn == [(0, room / 2), (0, 0), (room / 2, room / 2), (0, room / 4)]
