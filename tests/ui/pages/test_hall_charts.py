"""What a hall reads: a chart in larger type with two curves at most, the same as everybody else sees."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import numpy as np
import pytest

from lifecycle.charts import CHARTS, figure_of
from lifecycle.course import load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size
from lifecycle.ui.components.hall_charts import DRESS, FIRST, MOST_CURVES, PALE, SECOND, for_a_hall, legend
from lifecycle.words import clock
from tests.support.narrow import not_none
from tests.ui.explorer_app import ROOT

COURSE = load(ROOT / "content")


def chart_of(name):
    run = simulate(COURSE.pipeline.network, COURSE.default.scenario, None)
    return CHARTS[name](COURSE.pipeline, run, None)


def test_a_chart_for_a_hall_is_the_same_chart_in_larger_type():
    drawn = chart_of("Freshness")
    seen, _ = for_a_hall(drawn)
    small, large = figure_of(drawn), figure_of(seen, DRESS)
    assert large.data
    for same in large.data:
        (curve,) = (each for each in small.data if each.name == same.name)
        np.testing.assert_array_equal(np.asarray(curve.y, float), np.asarray(same.y, float))
    assert large.layout.xaxis.tickfont.size >= 24
    assert small.layout.xaxis.tickfont.size is None
    for figure in (small, large):
        ticks, words = figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext
        at_ms = np.array(ticks, "datetime64[ms]").astype(float)
        assert [clock(ms / 1000) for ms, said in zip(at_ms, words, strict=True) if said] == [w for w in words if w]
        assert at_ms.max() == np.asarray(large.data[-1].x, float).max()


@pytest.mark.parametrize("name", ["Freshness", "Load", "Queues"])
def test_a_hall_sees_two_curves_at_most_each_in_the_row_of_keys_and_the_one_that_is_spoken_of(name):
    drawn = chart_of(name)
    spec, keys = for_a_hall(drawn)
    large = figure_of(spec, DRESS)
    curves = [each for each in figure_of(drawn).data if each.visible in (None, True) and each.showlegend is not False]
    seen = [each for each in large.data if each.visible is True]
    assert len(curves) > MOST_CURVES >= len(seen)
    assert {(key.name, key.colour, key.line) for key in keys} == {
        (s.name, s.line.color, s.line.dash or "solid") for s in seen
    }
    assert len({key.colour for key in keys}) == len({key.line for key in keys}) == len(seen)
    assert not large.layout.showlegend
    assert not large.layout.annotations  # no name lies on a curve or on another name
    spoken = [each.name for each in curves if each.name in drawn.finding]
    assert set(spoken[:MOST_CURVES]) <= {each.name for each in seen}
    assert all(f"</i>{key.name}</span>" in legend(keys) for key in keys)


@pytest.mark.parametrize("name", ["Freshness", "Load", "Queues"])
def test_in_a_hall_the_ghost_is_that_of_the_curve_that_is_drawn(name):
    now, was = (replace(COURSE.default.scenario, size=size) for size in Size)
    run, ghost = (simulate(COURSE.pipeline.network, each, None) for each in (now, was))
    drawn = CHARTS[name](COURSE.pipeline, run, ghost)
    seen, keys = for_a_hall(drawn)
    large = figure_of(seen, DRESS)
    (curve,) = [each for each in large.data if each.visible is True and each.legendgroup != "before"]
    (pale,) = [each for each in large.data if each.legendgroup == "before" and each.mode == "lines"]
    assert [key.name for key in keys] == [curve.name, pale.name]
    (wanted,) = [each for each in figure_of(CHARTS[name](COURSE.pipeline, ghost, None)).data if each.name == curve.name]
    np.testing.assert_allclose(pale.x[:-1], wanted.x)  # the last is the gap to a next one
    np.testing.assert_allclose(pale.y[:-1], wanted.y)
    for beneath in (each for each in large.data if each.legendgroup == "before" and each.mode == "none"):
        np.testing.assert_allclose(np.nanmax(beneath.y), np.nanmax(pale.y))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", [FIRST, SECOND, PALE])
def test_a_line_in_a_hall_stands_out_from_the_page_in_both_themes(theme, colour):
    ground = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"][theme]["backgroundColor"]
    low, high = sorted((luminance(colour), luminance(ground)))
    assert (high + 0.05) / (low + 0.05) >= 3.5


def test_ticks_of_a_hall_do_not_lie_over_one_another():
    axis = for_a_hall(chart_of("Freshness"))[0].y
    low, high = np.log10(not_none(axis.range))
    at = [(np.log10(value) - low) / (high - low) for value, _ in not_none(axis.ticks)]
    assert len(at) >= 3
    assert min(np.diff(at)) >= 0.16
