"""Which event was on a wire: the one that went over it nearest to the moment, and no other."""

import numpy as np
import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.crossings import crossing
from tests.support.followed import AS_IT_COMES, DESK, SHOP, walked

NETWORK = load(SHIPPED).pipeline.network


def test_it_is_the_one_that_went_nearest_to_the_moment():
    run = walked(AS_IT_COMES, [100.0, 200.0, 300.0], SHOP, DESK)
    assert [crossing(run, "shop", "desk", moment_s) for moment_s in (0.0, 149.0, 151.0, 9_000.0)] == [0, 0, 1, 2]


@pytest.mark.parametrize("size", Size)
def test_on_every_wire_it_left_the_one_end_and_came_to_the_other(size):
    run = simulate(NETWORK, Scenario(events=3_000, size=size))
    for link in NETWORK.links:
        if link.loop:
            continue
        feed, there = run.passages[link.source], run.passages[link.target]
        for moment_s in (30_000.0, 75_000.0):
            event = crossing(run, link.source, link.target, moment_s)
            left_s = feed.out_s[feed.out_ids == event]
            assert event in there.ids
            both_s = feed.out_s[np.isin(feed.out_ids, there.ids)]
            assert np.abs(left_s - moment_s).min() == np.abs(both_s - moment_s).min()


def test_a_wire_that_there_is_not_or_that_nothing_went_over_is_said():
    run = simulate(NETWORK, Scenario(events=0))
    with pytest.raises(ValueError, match=r"^no flow leads from bi to lake; click a dot"):
        crossing(run, "bi", "lake", 0.0)
    with pytest.raises(ValueError, match=r"^nothing went from lake to transform on this day"):
        crossing(run, "lake", "transform", 0.0)
