"""A chart is data, and each renderer knows each kind of what it may draw."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest
from reportlab.graphics.shapes import Circle, Rect
from reportlab.graphics.shapes import Path as Drawn

from lifecycle.charts import before_called, figure_of
from lifecycle.charts import spec as specs
from lifecycle.charts.drawing import day_axis, upwards
from lifecycle.charts.spec import (
    COLOURS,
    Along,
    AxisKind,
    Bars,
    Before,
    Cells,
    ChartAxis,
    ChartSpec,
    Dash,
    ErrorBars,
    Hatch,
    Line,
    LineBefore,
    Mark,
    OfRun,
    PointerWords,
    Points,
    Symbol,
)
from lifecycle.outputs.offline.days import line_of
from lifecycle.outputs.pdf import chart_svg
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.ui.components.hall_charts import DRESS, PALE, for_a_hall
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
NAME = "Dock <b> & co"
MOMENTS_S = np.array([0.0, 21_600.0, 43_200.0, 86_400.0])
THREE = np.array([1.0, 2.0, 4.0])
ROWS = (NAME, "=Mill", "Desk")
TABLE = pd.DataFrame({"n": THREE})
EARLIER = Before("before: push")


def lines():
    before = LineBefore(MOMENTS_S, np.array([2.0, np.nan, 3.0, 1.0]), filled=True)
    one = Line(NAME, MOMENTS_S, np.array([1.0, 2.0, np.nan, 4.0]), COLOURS[0], stepped=True, before=before)
    series = (one, Line("other", MOMENTS_S, MOMENTS_S / 86_400, COLOURS[1], dash=Dash.DOT))
    return ChartSpec(
        series, day_axis(), upwards("events"), "Lines", TABLE, 150, (Mark(2.0, Along.Y),), before=EARLIER, about=(1,)
    )


def points():
    reach = ErrorBars(Along.X, THREE / 4)
    one = Points(NAME, THREE, ROWS, COLOURS[0], 8, (Symbol.DOT, Symbol.CROSS, Symbol.STAR), error_bars=reach)
    return ChartSpec((one,), upwards("s"), ChartAxis(AxisKind.ROWS), "Points", TABLE, 150)


def bars():
    before = Bars(EARLIER.name, ROWS, THREE, EARLIER.colour, 0, OfRun.BEFORE)
    now = Bars(NAME, ROWS, THREE, COLOURS[0], 1)
    on_top = Bars("on top", ROWS, THREE, COLOURS[1], 1, hatch=Hatch.SLANTED, base=THREE)
    return ChartSpec((before, now, on_top), upwards("s"), ChartAxis(AxisKind.ROWS), "Bars", TABLE, 150, before=EARLIER)


def cells():
    scale = ChartAxis(AxisKind.LOG, "age of\ndata", (1.0, 10.0), ((1.0, "1 s"), (10.0, "10 s")))
    words = PointerWords(np.array([["a < b"] * 4] * 3))
    one = Cells(MOMENTS_S, ROWS, np.outer(THREE, [1.0, 2.0, 2.0, 1.0]), scale, hover=words)
    return ChartSpec((one,), day_axis(), ChartAxis(AxisKind.ROWS), "Cells", TABLE, 150)


EXAMPLES = {Line: lines, Points: points, Bars: bars, Cells: cells}
TRACES = {Line: "scatter", Points: "scatter", Bars: "bar", Cells: "heatmap"}
SHAPES = {Line: Drawn, Points: Circle, Bars: Rect, Cells: Rect}


def parts(group):
    for part in group.contents:
        yield from parts(part) if hasattr(part, "contents") else (part,)


def test_every_kind_has_its_example_here():
    assert set(EXAMPLES) == set(get_args(specs.Drawn))


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_plotly_draws_every_kind_and_shows_names_as_they_are_written(kind):
    figure = figure_of(EXAMPLES[kind]())
    assert {trace.type for trace in figure.data} == {TRACES[kind]}
    written = figure.to_json()
    assert "<b>" not in written.replace("\\u003c", "<")
    assert "Dock &lt;b&gt; &amp; co" in written.replace("\\u003c", "<").replace("\\u0026", "&")


def test_a_figure_is_made_ready_to_be_sent_once_and_as_plotly_would_make_it():
    figure = figure_of(EXAMPLES[Bars]())
    sent = figure.to_dict()
    assert figure.to_dict() is sent
    assert pio.to_json(go.Figure.to_dict(figure)) == pio.to_json(sent)


def test_what_was_before_is_filled_where_it_says_so_and_nowhere_across_its_gaps():
    def areas(chart):
        drawn = [part for part in parts(plot(chart, 480, 200)) if isinstance(part, Drawn)]
        on_paper = [part for part in drawn if part.fillColor is not None and part.strokeColor is None]
        return len(on_paper), [trace.fill for trace in figure_of(chart).data if trace.fill]

    filled = lines()
    assert areas(filled) == (2, ["tozeroy"])  # before and after the gap; Plotly has both in one trace
    first, other = filled.lines
    bare = replace(first, before=replace(not_none(first.before), filled=False))
    assert areas(replace(filled, series=(bare, other))) == (0, [])


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_paper_draws_every_kind_and_writes_names_as_they_are_written(kind):
    chart = EXAMPLES[kind]()
    assert any(isinstance(part, SHAPES[kind]) for part in parts(plot(chart, 480, 200)))
    words = {"".join(each.itertext()) for each in ElementTree.fromstring(chart_svg(chart)).iter()}
    assert NAME in words


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_a_hall_has_a_look_for_every_kind(kind):
    seen, _ = for_a_hall(EXAMPLES[kind]())
    assert any(isinstance(each, kind) for each in seen.series)
    assert figure_of(seen, DRESS).layout.font.size >= 24


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_the_offline_page_holds_lines_and_refuses_what_it_cannot_draw(kind):
    first, *_ = EXAMPLES[kind]().series
    if kind is Line:
        assert line_of(first, 100, str)[:2] == (NAME, 4)
        assert len(line_of(first, 100, str)) == 3  # a line of steps stands at every bucket, and carries no moments
        assert len(line_of(replace(first, stepped=False), 100, str)) == 4
    else:
        with pytest.raises(TypeError, match=kind.__name__):
            line_of(first, 100, str)


def test_a_hall_draws_the_curve_that_the_finding_is_about_whatever_it_is_called():
    seen, keys = for_a_hall(replace(lines(), finding=f"{NAME} is named, and the finding is about the other"))
    assert [line.name for line in seen.lines] == ["other"]
    assert [key.name for key in keys] == ["other"]
    seen, keys = for_a_hall(replace(lines(), about=()))
    assert [key.name for key in keys] == [NAME, EARLIER.name]
    assert not_none(seen.before).colour == PALE


@pytest.mark.parametrize("kind", [Line, Bars])
def test_the_run_before_is_called_as_one_says_in_every_renderer(kind):
    chart = before_called(EXAMPLES[kind](), "what happened")
    assert [t.name for t in figure_of(chart).data if t.legendgroup == "before" and t.showlegend is not False] == [
        "what happened"
    ]
    words = "".join(ElementTree.fromstring(chart_svg(chart)).itertext())
    assert "what happened" in words
    assert EARLIER.name not in words


# What only Plotly knows: its own words for a trace and a layout.
OF_PLOTLY = {
    "legendgroup",
    "legendonly",
    "hovertemplate",
    "hvh",
    "tickvals",
    "ticktext",
    "update_traces",
    "to_plotly_json",
}


@pytest.mark.parametrize(
    "file", sorted((ROOT / "lifecycle").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT / "lifecycle"))
)
def test_only_the_renderer_knows_plotly(file):
    if file.parent.name == "plotted":
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            assert not [name for name in names if name.split(".")[0] == "plotly"]
        said = {getattr(node, part, None) for part in ("attr", "arg", "value")} & OF_PLOTLY
        assert not said, f"{said}: Plotly's own words"
