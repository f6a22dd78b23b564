"""Sessions, and workers by the minute, against a walk from second to second."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.readings.bill.spans import awake_s, scaled_worker_s

MOMENTS = st.lists(st.tuples(st.integers(0, 700), st.integers(0, 90)), max_size=20)


def arrays(spans: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    begun = np.array([float(begin) for begin, _ in spans])
    return begun, begun + np.array([float(length) for _, length in spans])


@given(MOMENTS, st.integers(0, 120), st.integers(0, 120))
def test_a_session_lasts_while_work_comes_and_one_idle_stretch_longer(spans, idle, least):
    horizon, billed, until, since = 600, [], None, 0
    for begin, length in sorted(spans):
        if begin >= horizon:
            continue
        if until is None or begin > until + idle:
            if until is not None:
                billed.append(max(min(until + idle, horizon) - since, least))
            since, until = begin, begin + length
        until = max(until, begin + length)
    if until is not None:
        billed.append(max(min(until + idle, horizon) - since, least))
    assert awake_s(*arrays(spans), idle, least, horizon).tolist() == billed


@given(MOMENTS, st.integers(0, 100))
def test_longer_patience_never_shortens_what_is_paid_without_a_least(spans, idle):
    briefly, longer = (awake_s(*arrays(spans), idle + more, 0.0, 600.0) for more in (0, 30))
    assert briefly.sum() <= longer.sum() <= 600.0
    assert longer.size <= briefly.size


@given(MOMENTS, st.integers(1, 5))
def test_workers_are_those_that_the_minutes_load_needs(spans, most):
    expected = 0
    for minute in range(10):
        busy = sum(max(0, min(begin + length, 60 * minute + 60) - max(begin, 60 * minute)) for begin, length in spans)
        expected += 60 * min(max(-(-busy // 60), 1), most)
    begun, ended = arrays(spans)
    assert scaled_worker_s(begun, ended, most, 600.0) == pytest.approx(expected)
