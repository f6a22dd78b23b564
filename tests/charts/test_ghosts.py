"""What the run before looks like on a chart, and what its legend calls it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lifecycle import charts
from lifecycle.charts import CHARTS, STAGE_CHARTS, figure_of
from lifecycle.charts.plotted import outline
from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault
from tests.charts.chart_days import WAYS, day
from tests.support.narrow import not_none

COURSE = load(SHIPPED)


# --- the run before


@pytest.mark.parametrize("name", CHARTS)
def test_the_run_before_has_its_entry_in_the_legend_that_says_what_it_was(name):
    run, ghost = day("normal-day", WAYS[3]), day("normal-day", WAYS[0])
    drawing = CHARTS[name](COURSE.pipeline, run, ghost)
    entries = [t.name for t in figure_of(drawing).data if t.legendgroup == "before" and t.showlegend is not False]
    assert entries == ([] if name == "Load by stage" else ["before: pull, batch, transform batch"])


def test_a_turned_knob_and_a_fault_are_named_as_the_run_before_had_them():
    usual, turned = day("normal-day", WAYS[0]), day("normal-day", WAYS[0], ("buffer", "consumers", 4.0))
    assert not_none(charts.ghosts.before(turned, usual)).name == "before: consumers 1"
    assert not_none(charts.ghosts.before(day("catcher-down", WAYS[0]), usual)).name == "before: no fault"
    assert charts.ghosts.before(usual, None) is None


@pytest.mark.parametrize("faults", [(), (Fault(FaultKind.DOWN, "ingestion", 50_400.0, 51_300.0),)])
def test_the_one_fault_that_the_run_before_had_is_named(faults):
    usual = day("normal-day", WAYS[0])
    stopped = Fault(FaultKind.DOWN, "ingestion", 50_400.0, 54_000.0)
    second = Fault(FaultKind.RERUN, "lake", 36_000.0, 39_600.0)
    one, two = (replace(usual, scenario=replace(usual.scenario, faults=had)) for had in ((stopped,), (stopped, second)))
    now = replace(usual, scenario=replace(usual.scenario, faults=faults))
    assert not_none(charts.ghosts.before(now, one)).name == "before: stopped 14:00 to 15:00"
    assert not_none(charts.ghosts.before(now, two)).name == "before: other faults"
    assert not_none(charts.ghosts.before(two, one)).name == "before: stopped 14:00 to 15:00"
    assert not_none(charts.ghosts.before(one, two)).name == "before: work run again at 11:00"


def test_the_grey_beneath_a_run_before_crosses_no_gap():
    x = np.arange(8.0)
    values = np.array([np.nan, 5.0, 6.0, np.nan, np.nan, 7.0, 8.0, np.nan])
    assert [part.size for part in outline(x, np.full(8, np.nan))] == [0, 0]
    along, up = outline(x, values)
    assert np.isfinite(along).all()
    assert np.isfinite(up).all()
    np.testing.assert_array_equal(up, [0, 5, 6, 0, 0, 7, 8, 0])
    np.testing.assert_array_equal(along, [1, 1, 2, 2, 5, 5, 6, 6])
    both_above = (up[:-1] > 0) & (up[1:] > 0)
    assert (np.diff(along)[both_above] == 1).all()  # a step of the edge above zero is never longer than a bucket


@pytest.mark.parametrize("name", ["Flow", "Waiting", "Given up"])
def test_a_filled_ghost_of_a_day_with_gaps_is_filled_where_it_has_values_and_nowhere_else(name):
    stage = next(s for s in COURSE.pipeline.stages if s.id == ("bi" if name == "Given up" else "buffer"))
    run, ghost = day("monday-dashboards", WAYS[3]), day("monday-dashboards", WAYS[0])
    figure = figure_of(STAGE_CHARTS[name](stage, run, ghost))
    (fill,) = (t for t in figure.data if t.fill)
    (line,) = (t for t in figure.data if t.legendgroup == "before" and not t.fill)
    assert np.isfinite(np.asarray(fill.y, dtype=float)).all()
    assert fill.mode == "none"
    x, y = np.asarray(fill.x), np.asarray(fill.y, dtype=float)
    bucket_ms = 86_400_000 / (96 if name == "Given up" else 288)
    high = (y[:-1] > 0) & (y[1:] > 0)
    assert (np.abs(np.diff(x)[high]) <= bucket_ms * 1.01).all()
    known = np.isfinite(np.asarray(line.y, dtype=float))
    assert set(np.asarray(line.x)[known]) == set(x)
