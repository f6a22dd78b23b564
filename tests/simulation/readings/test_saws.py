"""The age of data as a saw: every point of it is true, and no tooth is missed where there is room for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course import SHIPPED, load
from lifecycle.course.address import State, scenario_of
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.saws import saw
from tests.conftest import SMALL

COURSE = load(SHIPPED)
ENDS = [stage.id for stage in COURSE.pipeline.stages if stage.role == "consumer"]
EVERY = 0.5


def day(**settings):
    scenario = scenario_of(State(**settings), COURSE)
    return simulate(COURSE.pipeline.network, scenario, COURSE.traces.get(scenario.trace))


def checked(run, station):
    """Hold a saw against the ages themselves, looked at twice a second; return it."""
    one = saw(run, station)
    assert (np.diff(one.at_s) >= 0).all()
    assert (one.at_s[0], one.at_s[-1]) == (0.0, run.horizon_s)
    assert one.at_s.size <= 5 * 288 + 1
    after = measures.freshness(run, station, one.at_s)
    before = measures.freshness(run, station, np.nextafter(one.at_s, 0))
    twice = np.append(one.at_s[1:] == one.at_s[:-1], False)
    wanted = np.where(twice, before, after)
    # a top whose foot is left out, among fine teeth, is the age just before its fall
    true = np.isclose(one.age_s, wanted, atol=1e-6, equal_nan=True) | np.isclose(one.age_s, before, atol=1e-6)
    assert true.all()
    looks = measures.freshness(run, station, np.arange(0, run.horizon_s, EVERY))
    if not np.isnan(looks).all():
        assert np.nanmax(looks) <= np.nanmax(one.age_s) + 1e-6 <= np.nanmax(looks) + EVERY + 1e-5
        assert np.nanmin(looks) - EVERY <= np.nanmin(one.age_s) <= np.nanmin(looks)
    return one


@pytest.mark.parametrize("scenario", [each.id for each in COURSE.scenarios])
def test_every_point_is_an_age_that_is_reached_and_none_is_higher_or_lower(scenario):
    for start, size, transform in (
        ("pull", "batch", "batch"),
        ("push", "stream", "batch"),
        ("push", "stream", "stream"),
    ):
        run = day(scenario=scenario, start=start, size=size, transform=transform)
        for end in ENDS:
            checked(run, end)


@given(st.sampled_from([60.0, 90.0, 180.0, 300.0, 600.0, 900.0, 1800.0]))
def test_a_timetable_of_round_minutes_does_not_keep_in_step_with_the_curve(every_s):
    run = day(transform="stream", knobs=(("ingestion", "batch_interval_s", every_s),))
    one = saw(run, "bi")
    looks = measures.freshness(run, "bi", np.arange(12 * 3600, 20 * 3600, EVERY))
    drawn = one.age_s[(one.at_s >= 12 * 3600) & (one.at_s <= 20 * 3600)]
    assert np.nanmax(drawn) == pytest.approx(np.nanmax(looks), abs=1.0)
    assert np.nanmin(drawn) == pytest.approx(np.nanmin(looks), abs=1.0)


def test_an_hourly_fall_is_a_fall_at_its_very_moment():
    run = simulate(SMALL.network, Scenario(events=5_000))
    one = saw(run, "desk")
    falls = np.flatnonzero(one.at_s[1:] == one.at_s[:-1])
    assert falls.size >= 20
    assert (one.age_s[falls] > one.age_s[falls + 1]).all()
    rising = np.delete(np.diff(one.age_s) / np.where(np.diff(one.at_s) > 0, np.diff(one.at_s), np.nan), falls)
    slow = rising[~np.isnan(rising)]
    assert np.mean(np.isclose(slow, 1.0, atol=1e-6)) > 0.9  # a second a second


def test_a_day_without_events_is_a_line_of_nothing(empty_run):
    assert np.isnan(saw(empty_run, "desk").age_s).all()
