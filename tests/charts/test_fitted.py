"""A QQ plot: what was observed beside what the fitted log-normal expects."""

import math

import numpy as np
import pytest

from lifecycle.charts import figure_of, quantiles
from lifecycle.charts.fitted import NEAR
from lifecycle.charts.spec import Line, Points
from lifecycle.simulation.model.draws import rng


def drawn(spec):
    line, points = spec.series
    assert isinstance(line, Line)
    assert isinstance(points, Points)
    return line, points


def test_the_logs_of_many_runs_of_a_log_normal_lie_on_the_line():
    runs_s = 60.0 * 1.4 ** rng(1, "job", "durations").standard_normal(20_000)
    spec = quantiles(runs_s.tolist(), 60.0, 1.4)
    _, points = drawn(spec)
    middle = slice(1_000, 19_000)
    np.testing.assert_allclose(points.y[middle], points.x[middle], rtol=0.03)
    assert np.all(np.diff(points.x) > 0)
    assert np.all(np.diff(points.y) >= 0)


def test_the_line_is_where_both_are_the_same_and_the_points_lie_within_the_axes():
    spec = quantiles([64.0, 58.0, 61.0, 60.0, 90.0], 66.0, 1.2)
    line, points = drawn(spec)
    assert np.array_equal(line.x, line.y)
    assert points.y.tolist() == [58.0, 60.0, 61.0, 64.0, 90.0]
    assert points.x[2] == pytest.approx(66.0)  # the middle one of five is the median
    assert spec.x.range
    assert spec.x.ticks
    low, high = spec.x.range
    assert low < min(points.x.min(), points.y.min()) < max(points.x.max(), points.y.max()) < high
    assert [words for _, words in spec.x.ticks] == ["58 s", "66 s", "90 s"]
    assert list(spec.table.columns) == ["expected, s", "observed, s"]
    assert figure_of(spec)


@pytest.mark.parametrize(
    ("off", "words"), [(NEAR - 0.02, "5 runs follow"), (NEAR + 0.02, "5 runs do not quite follow")]
)
def test_the_finding_says_whether_they_follow_and_by_how_much_they_are_off(off, words):
    fit = drawn(quantiles([1.0, 2.0, 3.0, 4.0, 5.0], 60.0, 1.5))[1].x
    spec = quantiles([*fit[:-1], fit[-1] * (1.0 + off)], 60.0, 1.5)
    assert spec.finding.startswith(words)
    assert spec.finding.endswith(f"at most {math.floor(100 * off + 0.5)}\u00a0% off")


def test_runs_that_all_took_the_same_are_one_point():
    spec = quantiles([60.0] * 5, 60.0, 1.0)
    assert spec.finding.startswith("5 runs follow")
    assert figure_of(spec)
