"""Where a reader goes on whose place has expired, held to a plain walk of one who reads with a bookmark."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.kernels import buffered
from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.replay import drop_or_expire, drop_or_expire_at_once
from lifecycle.simulation.model.kinds import Fate, OnGone

MOMENTS = st.lists(st.integers(0, 60), min_size=1, max_size=25).map(sorted)


def walked(
    times: list[float], work: float, patience: float, outage: tuple[float, float], on_gone: OnGone
) -> list[Fate]:
    """The fate of each event by a reader who asks for the event at its bookmark whenever it is free and awake."""
    fates, bookmark, now = [Fate.OK] * len(times), 0, 0.0
    while bookmark < len(times):
        now = max(now, times[bookmark])
        if outage[0] <= now < outage[1]:
            now = outage[1]
        if now <= times[bookmark] + patience:
            begun, now = now, now + work
            if begun < outage[0] < now:
                now += outage[1] - outage[0]
            bookmark += 1
            continue
        first, bookmark = bookmark, bookmark + 1
        if on_gone is OnGone.LATEST:
            bookmark = next((nth for nth, came in enumerate(times) if came > now), len(times))
        for nth in range(first, bookmark):
            fates[nth] = Fate.EXPIRED if times[nth] + patience < now else Fate.SKIPPED
    return fates


@given(
    MOMENTS, st.integers(1, 9), st.integers(1, 30), st.integers(1, 50), st.integers(0, 40),
    st.sampled_from(OnGone), st.sampled_from([math.inf, 1e6]),
)  # fmt: skip
def test_it_is_what_one_who_reads_with_a_bookmark_does(times, work, patience, down, long, on_gone, room):
    """Moments a quarter apart from ends of service, so that no tie decides; with room for all, every loop says so."""
    arrivals = [came + 0.25 for came in times]
    outage = (down + 0.6, down + 0.6 + long)
    closed = [outage] if long else []
    inside = buffered(arrivals, float(work), room, patience + 0.1, closed=closed, on_gone=on_gone)
    expected = walked(arrivals, work, patience + 0.1, outage, on_gone)
    assert [Fate(int(loss)) for loss in inside.losses] == expected
    served = inside.losses == 0
    assert np.isfinite(inside.departures[served]).all()
    assert np.isnan(inside.departures[~served]).all()
    assert (inside.left_s >= np.array(arrivals)).all()


@given(MOMENTS, st.integers(1, 9), st.integers(1, 30), st.integers(1, 4))
def test_with_limited_room_a_jump_loses_what_waits_and_nothing_is_begun_out_of_turn(times, work, patience, room):
    arrivals = [came + 0.25 for came in times]
    earliest = buffered(arrivals, float(work), room, patience + 0.1, on_gone=OnGone.EARLIEST)
    latest = buffered(arrivals, float(work), room, patience + 0.1, on_gone=OnGone.LATEST)
    assert Fate.SKIPPED not in earliest.losses
    if Fate.EXPIRED not in earliest.losses:
        np.testing.assert_array_equal(earliest.losses, latest.losses)
    ended = latest.departures[latest.losses == 0]
    assert (np.diff(ended) >= work - 1e-9).all()


@given(MOMENTS, st.integers(1, 9), st.integers(1, 30), st.integers(1, 4), st.booleans())
def test_the_loop_in_one_piece_jumps_where_the_line_itself_does(times, work, patience, room, drop_oldest):
    arrivals, works = np.array(times) + 0.25, np.full(len(times), float(work))
    whole = drop_or_expire(arrivals, works, room, patience + 0.1, drop_oldest, Clock(), jumps=True)
    at_once = drop_or_expire_at_once(arrivals, works, room, patience + 0.1, drop_oldest, jumps=True)
    for one, other in zip(whole, at_once, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_reader_that_is_busy_skips_what_came_until_it_was_free():
    """The second expires at 6, and the reader learns of it at 10: it skips what came at 9, not what comes at 11."""
    inside = buffered([0.0, 1.0, 9.0, 11.0], 10.0, 5.0, 5.0, on_gone=OnGone.LATEST)
    assert [Fate(int(loss)) for loss in inside.losses] == [Fate.OK, Fate.EXPIRED, Fate.SKIPPED, Fate.OK]


def test_a_reader_back_after_the_retention_loses_what_is_still_there_only_if_it_jumps():
    times = [10.0, 20.0, 50.0, 70.0]
    outage = [(5.0, 60.0)]
    jumped = buffered(times, 1.0, retention=30.0, closed=outage, on_gone=OnGone.LATEST)
    assert [Fate(int(loss)) for loss in jumped.losses] == [Fate.EXPIRED, Fate.EXPIRED, Fate.SKIPPED, Fate.OK]
    assert jumped.left_s.tolist() == [40.0, 50.0, 60.0, 71.0]
    went_on = buffered(times, 1.0, retention=30.0, closed=outage, on_gone=OnGone.EARLIEST)
    assert [Fate(int(loss)) for loss in went_on.losses] == [Fate.EXPIRED, Fate.EXPIRED, Fate.OK, Fate.OK]


@pytest.mark.parametrize("on_gone", OnGone)
def test_who_was_never_late_does_not_jump(on_gone):
    inside = buffered([0.0, 1.0, 2.0], 1.0, retention=5.0, on_gone=on_gone)
    assert not inside.losses.any()
