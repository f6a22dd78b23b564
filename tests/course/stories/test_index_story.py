"""What the story of the old index says is what happens on its day."""

import numpy as np
import pytest

from lifecycle.simulation.readings import measures
from tests.course.story_days import day

HOUR_S, MINUTE_S = 3600.0, 60.0
STREAMS = ("push", "stream", "stream")


def age_s(run, consumer, hour):
    return float(measures.freshness(run, consumer, np.array([hour * HOUR_S]))[0])


def test_until_the_noon_rebuild_is_through_the_assistant_knows_nothing_of_the_day():
    run = day("old-index", *STREAMS)
    seen_s = np.sort(run.passages["ai"].departed_s)
    assert seen_s[0] / HOUR_S == pytest.approx(14 + 54.6 / 60, abs=0.02)
    assert (seen_s > 14 * HOUR_S).all()
    assert age_s(run, "ai", 24) / HOUR_S == pytest.approx(12, abs=0.02)
    assert age_s(run, "bi", 24) < 12.0
    assert seen_s[0] - 12 * HOUR_S == pytest.approx(175 * MINUTE_S, abs=MINUTE_S)


def test_an_update_is_over_in_eight_minutes_and_the_age_stays():
    run = day("old-index", *STREAMS, ("ai", "index_rebuilds", 0.0))
    seen_s = run.passages["ai"].departed_s
    noon = seen_s[seen_s < 13 * HOUR_S]
    assert noon.max() - 12 * HOUR_S == pytest.approx(8 * MINUTE_S, abs=0.5 * MINUTE_S)
    rebuilt = day("old-index", *STREAMS)
    assert age_s(run, "ai", 24) == pytest.approx(age_s(rebuilt, "ai", 24), abs=1.0)


def test_an_update_every_hour_is_at_most_65_minutes_old_and_a_rebuild_every_hour_falls_16_hours_behind():
    every_hour = ("ai", "interval_s", HOUR_S)
    updated = day("old-index", *STREAMS, ("ai", "index_rebuilds", 0.0), every_hour)
    ages_s = [age_s(updated, "ai", minute / 60) for minute in range(120, 1440)]
    assert max(ages_s) == pytest.approx(65 * MINUTE_S, abs=MINUTE_S)
    rebuilt = day("old-index", *STREAMS, every_hour)
    assert age_s(rebuilt, "ai", 24) / HOUR_S == pytest.approx(16, abs=0.1)
    assert age_s(rebuilt, "ai", 24) > age_s(rebuilt, "ai", 12)


def test_where_missed_turns_are_left_out_the_age_stays_below_six_hours():
    """A rebuild takes nearly three hours, so the next full hour at which one can start is every third."""
    run = day("old-index", *STREAMS, ("ai", "interval_s", 3 * HOUR_S))
    swapped_s = np.unique(np.round(run.passages["ai"].departed_s))[:7]
    lasted_s = swapped_s - 3 * HOUR_S * np.arange(1, 8)
    assert (lasted_s > 2 * HOUR_S).all()
    assert (lasted_s < 3 * HOUR_S).all()
    ages_s = [age_s(run, "ai", minute / 60) for minute in range(360, 1440)]
    assert 5.9 * HOUR_S < max(ages_s) < 6 * HOUR_S
