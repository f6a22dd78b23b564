"""The fast kernels against a plain walk through time, event for event; and what they refuse."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.kernels import (
    POLICIES,
    buffered,
    entries,
    expiring,
    fifo,
    finite,
    rate_limited,
    scheduled,
)
from lifecycle.simulation.model.kinds import Fate, Policy
from tests.simulation import reference

eighths = st.integers(0, 80).map(lambda k: k / 8)
lengths = st.sampled_from([0.0, 0.0, 0.125, 0.5, 1.0, 1.0, 2.5, 7.0])
traffic = st.lists(st.tuples(eighths, lengths), max_size=25).map(
    lambda events: (sorted(a for a, _ in events), [s for _, s in events])
)
outages = st.lists(st.tuples(eighths, st.sampled_from([0.0, 0.125, 1.0, 4.0])), max_size=4).map(
    lambda spans: [(start, start + length) for start, length in spans]
)
endless = st.lists(st.tuples(eighths, st.just(math.inf)), max_size=1)
slow_spells = st.lists(
    st.tuples(eighths, st.sampled_from([1.0, 4.0]), st.sampled_from([0.0, 0.25, 0.5, 2.0])), max_size=3
)
slow_spells = slow_spells.map(lambda spells: [(start, start + length, speed) for start, length, speed in spells])
limits = st.sampled_from([1, 2, 3, 5, math.inf])
patiences = st.sampled_from([0.125, 0.5, 1.0, 3.0, math.inf])

many = settings(max_examples=300)


def same(found, expected):
    np.testing.assert_array_equal(np.asarray(found), np.asarray(expected, dtype=float))


@many
@given(traffic, st.integers(1, 4), outages, endless, slow_spells)
def test_fifo_agrees_with_the_walk_through_time(events, servers, closed, never, slowed):
    arrivals, services = events
    found = fifo(arrivals, services, servers, [*closed, *never], slowed)
    same(found, reference.line(arrivals, services, servers, [*closed, *never], slowed)[0])


@many
@given(traffic, lengths, st.integers(1, 30), outages)
def test_fifo_with_equal_services_agrees_with_the_walk_through_time(events, length, servers, closed):
    arrivals = events[0]
    expected = reference.line(arrivals, [length] * len(arrivals), servers, closed)[0]
    same(fifo(arrivals, length, servers, closed), expected)
    same(fifo(arrivals, [length] * len(arrivals), servers, closed), expected)


@many
@given(traffic, limits.filter(lambda room: room < math.inf), st.booleans())
def test_finite_loses_the_same_events_as_the_walk_through_time(events, capacity, drop_oldest):
    arrivals, services = events
    expected = reference.line(arrivals, services, capacity=capacity, drop_oldest=drop_oldest)[0]
    same(finite(arrivals, services, capacity, Policy.DROP_OLDEST if drop_oldest else Policy.REFUSE), expected)


@many
@given(traffic, patiences, outages, endless)
def test_expiring_loses_the_same_events_as_the_walk_through_time(events, patience, closed, never):
    arrivals, services = events
    expected = reference.line(arrivals, services, closed=[*closed, *never], patience=patience)[0]
    same(expiring(arrivals, services, patience, [*closed, *never]), expected)


@settings(many, max_examples=1000)
@given(traffic, limits, patiences, st.booleans(), outages, endless, slow_spells)
def test_buffered_agrees_with_the_walk_through_time_on_fate_cause_and_moment(
    events, capacity, patience, drop_oldest, closed, never, slowed
):
    arrivals, services = events
    policy = Policy.DROP_OLDEST if drop_oldest else Policy.REFUSE
    found = buffered(arrivals, services, capacity, patience, policy, [*closed, *never], slowed)
    expected = reference.line(arrivals, services, 1, [*closed, *never], slowed, capacity, patience, drop_oldest)
    for array, listed in zip(found, expected, strict=True):
        same(array, listed)


@many
@given(traffic, st.sampled_from([0.125, 0.5, 1.0, 4.0, 100.0]), lengths, lengths)
def test_scheduled_agrees_with_a_loop_over_the_ticks(events, interval, overhead, per_event):
    same(scheduled(events[0], interval, overhead, per_event), reference.jobs(events[0], interval, overhead, per_event))


@many
@given(traffic, st.sampled_from([0.25, 1.0, 2.0, 8.0]), st.sampled_from([1, 1.5, 2, 5]))
def test_rate_limited_agrees_with_counting_the_tokens(events, rate, burst):
    same(rate_limited(events[0], rate, burst), reference.bucket(events[0], rate, burst))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("policy", ["refuse", "drop-oldest"])
@pytest.mark.parametrize(("capacity", "patience"), [(1, math.inf), (7, math.inf), (math.inf, 4.0), (6, 4.0)])
@pytest.mark.parametrize("closed", [(), [(50.0, 61.0), (300.5, 310.25)]])
def test_fates_agree_at_times_that_are_not_round(seed, policy, capacity, patience, closed):
    random = np.random.default_rng(seed)
    arrivals, services = np.cumsum(random.exponential(1.0, 600)), random.exponential(0.9, 600)
    expected = walk = reference.line(
        arrivals.tolist(), services.tolist(), 1, closed, (), capacity, patience, policy == "drop-oldest"
    )
    found = buffered(arrivals, services, capacity, patience, policy, closed)
    assert found.losses.tolist() == walk[1]
    assert sum(walk[1]) > 0
    np.testing.assert_allclose(found.departures, expected[0], rtol=1e-12)
    np.testing.assert_allclose(found.left_s, expected[2], rtol=1e-12)


@pytest.mark.parametrize("policy", ["block", "spill"])
def test_a_buffer_that_blocks_or_spills_loses_nothing_and_lets_in_when_there_is_room(policy):
    departures = finite([0, 0, 0, 9], 2.0, 2, policy)
    same(departures, [2, 4, 6, 11])
    same(entries([0, 0, 0, 9], departures, 2), [0, 0, 2, 9])


def test_drop_oldest_at_capacity_one_turns_the_newest_away_since_nobody_waits():
    same(finite([0, 1, 3], 2.0, 1, Policy.DROP_OLDEST), [2, math.nan, 5])


def test_an_event_on_the_tick_goes_with_it_whatever_floating_point_makes_of_the_tick():
    k = np.arange(1, 100_000)
    for interval in (0.1, 0.7, 1 / 3, 300.0, 86_400 / 7):
        np.testing.assert_allclose(scheduled(k * interval, interval), k * interval, rtol=1e-14)
    tenths = [round(0.7 * tick, 1) for tick in range(1, 1000)]  # 2.1 as it is written, not as 3 × 0.7 comes out
    np.testing.assert_allclose(scheduled(tenths, 0.7), tenths, rtol=1e-14)


def test_an_event_a_moment_after_the_tick_waits_for_the_next():
    same(scheduled([1.0, 1.0 + 1e-9], 1.0), [1.0, 2.0])
    same(scheduled([86_400.0, 86_400.0 + 1e-9], 1.0), [86_400.0, 86_401.0])


def test_a_late_job_takes_only_what_was_there_by_its_own_tick():
    same(scheduled([0.5, 1.5, 2.5], 1.0, overhead=2.5), [3.5, 6.0, 8.5])


def test_ticks_before_time_nought_do_not_exist():
    same(scheduled([-5.0, 0.0], 10.0), [10.0, 10.0])


def test_an_interval_without_end_never_ticks():
    same(scheduled([1.0, 2.0], math.inf), [math.inf, math.inf])


def test_outages_may_overlap_be_unsorted_and_be_empty():
    same(fifo([0.0, 1.0], 2.0, closed=[(4, 6), (3, 3), (1, 5), (6, 7)]), [8.0, 10.0])


def test_a_service_that_ends_as_the_outage_begins_is_done():
    same(fifo([0.0, 0.0], 2.0, closed=[(2, 10)]), [2.0, 12.0])


def test_an_outage_without_end_means_that_nobody_departs_any_more():
    same(fifo([0.0, 1.0, 5.0], 2.0, closed=[(3, math.inf)]), [2.0, math.inf, math.inf])


KERNELS = {
    "fifo": lambda arrivals, service=1.0: fifo(arrivals, service),
    "fifo on three servers": lambda arrivals, service=1.0: fifo(arrivals, service, 3),
    "fifo with an outage": lambda arrivals, service=1.0: fifo(arrivals, service, 1, [(1, 2)]),
    "finite": lambda arrivals, service=1.0: finite(arrivals, service, 2),
    "drop-oldest": lambda arrivals, service=1.0: finite(arrivals, service, 2, Policy.DROP_OLDEST),
    "expiring": lambda arrivals, service=1.0: expiring(arrivals, service, 2.0, [(1, 2)]),
    "scheduled": lambda arrivals, _service=1.0: scheduled(arrivals, 3.0, 0.5, 0.1),
    "rate_limited": lambda arrivals, _service=1.0: rate_limited(arrivals, 0.5, 2),
}
each_kernel = pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS.keys())
with_service = pytest.mark.parametrize("kernel", list(KERNELS.values())[:6], ids=list(KERNELS)[:6])


@each_kernel
def test_no_events_give_no_departures(kernel):
    nothing: list[float] | np.ndarray
    for nothing in ([], np.empty(0)):
        departures = kernel(nothing)
        assert departures.shape == (0,)
        assert departures.dtype == np.float64


@each_kernel
def test_lists_whole_numbers_and_arrays_that_may_not_be_written_are_taken_alike_and_left_alone(kernel):
    arrivals, services = np.array([0.0, 0.0, 1.0, 4.0]), np.array([3.0, 0.5, 1.0, 2.0])
    arrivals.flags.writeable = services.flags.writeable = False
    same(kernel([0, 0, 1, 4], [3, 0.5, 1, 2]), kernel(arrivals, services))
    assert not np.shares_memory(kernel(arrivals, services), arrivals)
    same(arrivals, [0, 0, 1, 4])


@each_kernel
@pytest.mark.parametrize("length", [0.0, 1e-9, 0.1])
def test_nothing_departs_before_it_came_and_was_served_nor_out_of_order(kernel, length):
    arrivals = np.cumsum(np.random.default_rng(7).exponential(0.11, 200_000)) + 1e5
    departures = kernel(arrivals, length)
    stay = departures - arrivals
    assert np.nanmin(stay) >= 0.0
    served = departures[~np.isnan(departures)]
    assert served.size
    assert (np.diff(served) >= 0.0).all()
    if kernel in list(KERNELS.values())[:6]:
        lost = np.isnan(departures)
        assert (departures[~lost] >= (arrivals + length)[~lost]).all()


@each_kernel
@pytest.mark.parametrize(
    ("arrivals", "told"),
    [
        ([1.0, 3.5, 2.25], "2.25"),
        ([0.0, math.nan], "nan"),
        ([0.0, math.inf], "inf"),
        ([-math.inf, 0.0], "-inf"),
        ([[0.0, 1.0]], "(1, 2)"),
        (5.0, "()"),
    ],
)
def test_arrivals_that_are_no_sorted_row_of_times_are_refused_with_what_is_wrong(kernel, arrivals, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        kernel(arrivals)


@with_service
@pytest.mark.parametrize(
    ("service", "told"),
    [
        (-0.5, "-0.5"),
        ([1.0, -0.5], "-0.5"),
        (math.nan, "nan"),
        ([1.0, math.nan], "nan"),
        ([1.0, math.inf], "inf"),
        ([1.0], "1 times for 2"),
        ([[1.0, 2.0]], "(1, 2)"),
    ],
)
def test_services_that_make_no_sense_are_refused_with_what_is_wrong(kernel, service, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        kernel([0.0, 1.0], service)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: fifo([0.0], 1.0, 0), "0"),
        (lambda: fifo([0.0], 1.0, -3), "-3"),
        (lambda: fifo([0.0], 1.0, 1.5), "1.5"),  # type: ignore[arg-type]
        (lambda: fifo([0.0], 1.0, closed=[(5.0, 4.0)]), "(5.0, 4.0)"),
        (lambda: fifo([0.0], 1.0, closed=[(math.nan, 4.0)]), "(nan, 4.0)"),
        (lambda: fifo([0.0], 1.0, closed=[(1.0, math.nan)]), "(1.0, nan)"),
        (lambda: fifo([0.0], 1.0, closed=[(1.0, 2.0, 3.0)]), "(1.0, 2.0, 3.0)"),  # type: ignore[list-item]
        (lambda: fifo([0.0], 1.0, slowed=[(1.0, 2.0, -0.5)]), "-0.5"),
        (lambda: finite([0.0], 1.0, 0), "0"),
        (lambda: finite([0.0], 1.0, 0.5), "0.5"),
        (lambda: finite([0.0], 1.0, math.nan), "nan"),
        (lambda: finite([0.0], 1.0, 3, "drop-newest"), "drop-newest"),  # type: ignore[arg-type]
        (lambda: expiring([0.0], 1.0, 0.0), "0.0"),
        (lambda: expiring([0.0], 1.0, math.nan), "nan"),
        (lambda: scheduled([0.0], 0.0), "0.0"),
        (lambda: scheduled([0.0], -60.0), "-60.0"),
        (lambda: scheduled([0.0], math.nan), "nan"),
        (lambda: scheduled([9.0], 5e-324), "5e-324"),
        (lambda: scheduled([0.0], 1.0, -2.0), "-2.0"),
        (lambda: scheduled([0.0], 1.0, 0.0, -3.0), "-3.0"),
        (lambda: rate_limited([0.0], 0), "0"),
        (lambda: rate_limited([0.0], -1.5), "-1.5"),
        (lambda: rate_limited([0.0], 1.0, 0), "0"),
        (lambda: rate_limited([0.0], 1.0, 0.5), "0.5"),
    ],
)
def test_settings_that_make_no_sense_are_refused_with_the_value(call, told):
    with pytest.raises(ValueError, match=re.escape(f"got {told}") + "|" + re.escape(f"got {told!r}")):
        call()


def test_an_unknown_policy_is_told_what_is_allowed():
    with pytest.raises(ValueError, match=re.escape(", ".join(POLICIES))):
        finite([0.0], 1.0, 3, "drop-newest")  # type: ignore[arg-type]


def test_the_causes_of_loss_have_names():
    fates = buffered([0, 0, 0, 0.5], 2.0, capacity=2, retention=1.0)
    assert fates.losses.tolist() == [Fate.OK, Fate.EXPIRED, Fate.REFUSED, Fate.REFUSED]
    same(fates.left_s, [2.0, 1.0, 0.0, 0.5])
