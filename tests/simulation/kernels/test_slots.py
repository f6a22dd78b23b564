"""What a database keeps for a reader that is away, against a plain walk from change to change."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.kernels.slots import while_away
from lifecycle.simulation.model.kinds import Fate

END_S = 100.0


def walked(arrivals, unread, room, keeps, cut_off_s):
    """The same, change by change: a list of (fate, moment)."""
    fates = [(int(Fate.OK), math.nan)] * len(arrivals)
    kept, cut = list(range(unread)), False

    def cut_off(now):
        for held in kept:
            fates[held] = int(Fate.EXPIRED), now
        kept.clear()

    for change in range(unread, len(arrivals)):
        now = arrivals[change]
        if not cut and keeps <= room and len(kept) >= keeps and now <= cut_off_s:
            cut_off(now)
            cut = True
        elif not cut and cut_off_s <= now:
            cut_off(cut_off_s)
            cut = True
        if cut:
            fates[change] = int(Fate.SKIPPED), END_S
        elif len(kept) >= room:
            fates[change] = int(Fate.REFUSED), now
        else:
            kept.append(change)
    if not cut and cut_off_s < END_S:
        cut_off(cut_off_s)
    return fates


@settings(max_examples=400)
@given(
    st.lists(st.integers(20, 99).map(float), max_size=20),
    st.integers(0, 4),
    st.sampled_from([0.0, 1.0, 3.0, 7.0, math.inf]),
    st.sampled_from([0.0, 1.0, 2.0, 5.0, math.inf]),
    st.sampled_from([25.0, 60.0, 99.5, 100.0, math.inf]),
)
def test_each_change_has_the_fate_that_a_walk_from_change_to_change_gives_it(made, unread, room, keeps, cut_off_s):
    arrivals = [*np.linspace(5.0, 15.0, unread).tolist(), *sorted(made)]
    fate, lost_s = while_away(arrivals, unread, END_S, room=room, keeps=keeps, cut_off_s=cut_off_s)
    expected = walked(arrivals, unread, room, keeps, cut_off_s)
    assert fate.tolist() == [what for what, _ in expected]
    np.testing.assert_array_equal(lost_s, [when for _, when in expected])


def test_a_full_disk_refuses_until_the_reader_is_back_and_a_slot_that_is_cut_off_frees_it():
    made = [10.0, 20.0, 30.0, 40.0, 50.0]
    full, _ = while_away(made, 0, END_S, room=3)
    assert full.tolist() == [0, 0, 0, Fate.REFUSED, Fate.REFUSED]
    cut, lost_s = while_away(made, 0, END_S, room=3, keeps=2)
    assert cut.tolist() == [Fate.EXPIRED, Fate.EXPIRED, Fate.SKIPPED, Fate.SKIPPED, Fate.SKIPPED]
    assert lost_s.tolist() == [30.0, 30.0, END_S, END_S, END_S]
    both, _ = while_away(made, 0, END_S, room=2, cut_off_s=45.0)
    assert both.tolist() == [Fate.EXPIRED, Fate.EXPIRED, Fate.REFUSED, Fate.REFUSED, Fate.SKIPPED]


def test_more_unread_than_there_are_is_refused_with_the_value():
    with pytest.raises(ValueError, match="unread must be a number of the 1 changes; got 2"):
        while_away([1.0], 2, END_S)
