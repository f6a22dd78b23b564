"""The shared server against a loop that divides every instant among those present."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.kernels import fifo
from lifecycle.simulation.kernels.sharing import processor_sharing


def divided(arrivals, works, speed):
    """Return exact departures: from one change to the next, each present gets its part."""
    rest: dict[int, Fraction] = {}
    departures: dict[int, Fraction] = {}
    coming, now = list(range(len(arrivals))), Fraction(0)
    while coming or rest:
        per_head = Fraction(speed) / max(len(rest), 1)
        ends = [now + min(rest.values()) / per_head] if rest else []
        then = min(ends + [Fraction(arrivals[event]) for event in coming[:1]])
        rest = {event: left - (then - now) * per_head for event, left in rest.items()}
        now = then
        for event in [event for event, left in rest.items() if left == 0]:
            departures[event] = now
            del rest[event]
        while coming and arrivals[coming[0]] == now:
            rest[coming[0]] = Fraction(works[coming[0]])
            coming.pop(0)
    return [float(departures[event]) for event in range(len(arrivals))]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=12),
    st.sampled_from([0.25, 0.5, 1.0, 3.0]),
)
def test_departures_are_those_of_a_server_divided_among_all_present(pairs, speed):
    arrivals = sorted(arrival / 4 for arrival, _ in pairs)
    works = [work / 4 for _, work in pairs]
    np.testing.assert_allclose(processor_sharing(arrivals, works, speed), divided(arrivals, works, speed), atol=1e-9)


def test_two_who_come_together_take_twice_as_long():
    assert processor_sharing([0.0, 0.0], [1.0, 2.0]).tolist() == [2.0, 3.0]
    assert processor_sharing([0.0, 5.0], 1.0).tolist() == [1.0, 6.0]


def test_the_server_is_idle_exactly_when_any_other_order_would_leave_it_idle():
    random = np.random.default_rng(1)
    arrivals, works = np.cumsum(random.exponential(1.0, 3_000)), random.exponential(0.9, 3_000)
    assert processor_sharing(arrivals, works).max() == pytest.approx(fifo(arrivals, works).max())


def test_nothing_in_nothing_out_and_bad_input_is_named():
    assert processor_sharing([], []).size == 0
    for speed in (0.0, -1.0, math.nan):
        with pytest.raises(ValueError, match=str(speed)):
            processor_sharing([0.0], [1.0], speed)
