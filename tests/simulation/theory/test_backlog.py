"""How long a backlog takes beside what keeps coming, by hand."""

import numpy as np
import pytest

from lifecycle.simulation.theory.expected_queues import _until_done

DAY_S = 86_400.0


def test_a_backlog_is_worked_off_by_what_each_hour_leaves_free():
    loads = np.full(24, 0.5)
    loads[1] = 0.9
    # ten minutes of the first hour do 300 s of the work; the next leaves a tenth: 3,000 s for the other 300
    assert _until_done(loads, 3_000.0, 600.0, DAY_S) == pytest.approx(600.0 + 3_000.0)
    assert _until_done(loads, 0.0, 600.0, DAY_S) == pytest.approx(1_200.0)  # within its hour


def test_an_even_day_takes_the_work_over_what_is_free():
    assert _until_done(np.array([0.75]), 100.0, 50.0, DAY_S) == pytest.approx(200.0)
    assert _until_done(np.array([0.75]), DAY_S - 100.0, 50.0, DAY_S) is None


def test_no_hour_with_nothing_free_is_counted_on():
    loads = np.concatenate([np.ones(2), np.zeros(22)])
    assert _until_done(loads, 0.0, 60.0, DAY_S) == pytest.approx(7_200.0 + 60.0)
    assert _until_done(np.ones(24), 0.0, 60.0, DAY_S) is None
