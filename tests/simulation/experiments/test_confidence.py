"""Intervals: the printed tables of Student's t, and how often an interval holds the truth."""

import math

import numpy as np
import pytest

from lifecycle.simulation.experiments.confidence import estimate, student_t


@pytest.mark.parametrize(
    ("freedom", "t95", "t99"),
    [
        (1, 12.706, 63.657),
        (2, 4.303, 9.925),
        (3, 3.182, 5.841),
        (10, 2.228, 3.169),
        (23, 2.069, 2.807),
        (60, 2.000, 2.660),
    ],
)
def test_the_quantiles_are_those_of_the_printed_tables(freedom, t95, t99):
    assert student_t(0.95, freedom) == pytest.approx(t95, abs=6e-4)
    assert student_t(0.99, freedom) == pytest.approx(t99, abs=6e-4)


def test_an_interval_holds_the_truth_as_often_as_it_promises():
    random = np.random.default_rng(7)
    held = sum(estimate(random.normal(3.0, 2.0, 5).tolist(), 0.8).covers(3.0) for _ in range(4_000))
    assert abs(held / 4_000 - 0.8) <= 4 * math.sqrt(0.8 * 0.2 / 4_000)


def test_an_estimate_by_hand():
    found = estimate([1.0, 2.0, 3.0])
    assert (found.mean, found.samples) == (2.0, 3)
    assert found.error == pytest.approx(1 / math.sqrt(3))
    assert found.high - found.mean == pytest.approx(4.3027 / math.sqrt(3), rel=1e-4)
    assert found.z(1.0) == pytest.approx(math.sqrt(3))
    assert estimate([2.0, 2.0]).z(2.0) == 0.0
    assert estimate([2.0, 2.0]).z(1.0) == math.inf


@pytest.mark.parametrize(("samples", "said"), [([], "0"), ([1.0], "1"), ([1.0, math.nan], "nan")])
def test_too_little_to_judge_is_refused(samples, said):
    with pytest.raises(ValueError, match=said):
        estimate(samples)


def test_a_quantile_out_of_range_is_refused():
    for confidence, freedom in ((1.0, 3), (0.0, 3), (0.9, 0)):
        with pytest.raises(ValueError, match="must"):
            student_t(confidence, freedom)
