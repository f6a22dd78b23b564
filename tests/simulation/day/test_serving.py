"""Queries, dashboards and feature reads: by hand, against plain loops, and nothing of it changes what flows."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.day import readers
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.draws import uniforms
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings import measures, serving
from tests.support.networks import at, chain

SHOP = chain(
    ("shop", "source"),
    ("pump", "ingestion", {"per_event_s": 0.0, "spread": 0.0, "latency_s": 0.0}),
    ("store", "warehouse", {"per_event_s": 0.0, "load_s": 0.0, "query_spread": 0.0, "query_work_s": 4.0, "slots": 1.0}),
    ("desk", "consumer", {"query_s": 2.0, "dashboards": 1.0}),
)
STREAM = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, 2_000)


def day(*knobs, network=SHOP, **changes):
    return simulate(network, replace(STREAM, overrides=knobs, **changes))


def looked_at(monkeypatch, views_s, queries_s=()):
    """Views and queries at these moments."""
    when = {"desk": views_s, "store": queries_s}
    monkeypatch.setattr(serving, "people", lambda _day, station, *_: np.array(when[station], dtype=float))


def events(times_s, *knobs, faults=()):
    """A day whose events are visible in the store, and at once, at these moments."""
    scenario = Scenario(
        Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.REAL_DAY, len(times_s), overrides=knobs, faults=faults
    )
    return simulate(SHOP, scenario, replace(at(times_s), spread_s=0.0))


def plainly(times, dashboards, cache_s):
    """Each view in turn: the result in the cache of its dashboard, or a new one."""
    cached: dict[int, int] = {}
    brings: list[int] = []
    for view, (now, which) in enumerate(zip(times, dashboards, strict=True)):
        if cache_s == 0.0 or which not in cached or now >= times[cached[which]] + cache_s:
            cached[which] = view
        brings.append(cached[which])
    return brings


MOMENTS = st.lists(st.floats(0.0, 100.0) | st.sampled_from([0.0, 10.0, 20.0]), max_size=40).map(sorted)


@given(MOMENTS, st.data(), st.sampled_from([0.0, 1e-12, 0.5, 10.0, 1e6]))
def test_the_cache_answers_as_one_that_looks_at_each_view_in_turn(times, data, cache_s):
    dashboards = data.draw(st.lists(st.integers(0, 3), min_size=len(times), max_size=len(times)))
    found = serving.answers(np.array(times), np.array(dashboards, dtype=np.intp), cache_s)
    assert found.tolist() == plainly(times, dashboards, cache_s)


@given(
    st.integers(0, 50),
    st.sampled_from([1.0, 2.0, 5.0]),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([0.0, 300.0]),
)
def test_every_query_takes_the_slot_that_is_free_first_in_the_order_of_asking(seed, slots, spread, cache_s):
    run = day(
        ("store", "slots", slots),
        ("store", "query_spread", spread),
        ("store", "analysts_per_s", 0.004),
        ("store", "query_work_s", 300.0),
        ("desk", "views_per_s", 0.004),
        ("desk", "query_s", 100.0),
        ("desk", "cache_s", cache_s),
        seed=seed,
        events=10,
    )
    found = serving.queries(run, "store")
    free = [0.0] * int(slots)
    work_s = found.answered_s - found.started_s
    for asked_s, started_s, spent_s in zip(found.asked_s, found.started_s, work_s, strict=True):
        slot = free.index(min(free))
        assert started_s == pytest.approx(max(asked_s, free[slot]), abs=1e-6)
        free[slot] = started_s + spent_s
    assert set(found.by.tolist()) == {0, 1}
    assert (found.wait_s >= 0.0).all()


@given(st.integers(0, 30), st.integers(1, 6))
def test_one_slot_more_lets_nobody_wait_longer(seed, slots):
    def waits(count):
        knobs = (("store", "slots", float(count)), ("store", "analysts_per_s", 0.01), ("store", "query_spread", 1.0))
        return serving.queries(day(*knobs, ("store", "query_work_s", 200.0), seed=seed, events=1), "store").wait_s

    fewer, more = waits(slots), waits(slots + 1)
    assert (more <= fewer + 1e-6).all()
    assert (more < fewer - 1.0).any() or fewer.max() < 1.0


def test_serving_changes_nothing_in_what_flows():
    asked = (("store", "analysts_per_s", 1.0), ("desk", "views_per_s", 1.0), ("desk", "reads_per_s", 1.0))
    quiet, busy = day(), day(*asked, ("desk", "cache_s", 60.0), ("store", "slots", 1.0), ("desk", "rush_factor", 9.0))
    for name, here in quiet.passages.items():
        for field in fields(here):
            np.testing.assert_array_equal(getattr(busy.passages[name], field.name), getattr(here, field.name))


def test_what_is_kept_for_several_readers_cannot_be_written_into():
    run = day(("desk", "views_per_s", 0.1))
    assert serving.views(run, "desk") is serving.views(run, "desk")
    assert serving.queries(run, "store") is not serving.queries(day(("desk", "views_per_s", 0.1)), "store")
    for rows in (serving.views(run, "desk").viewed_s, serving.queries(run, "store").answered_s):
        with pytest.raises(ValueError, match="read-only"):
            rows[0] = 0.0


def test_who_is_not_asked_for_does_not_come():
    run = day()
    assert serving.queries(run, "store").asked_s.size == 0
    assert serving.views(run, "desk").viewed_s.size == 0
    assert serving.views(run, "desk").age_seen_s.size == 0
    assert serving.reads(run, "desk").read_s.size == 0
    assert np.isnan(serving.reads(run, "desk").too_old)


def test_a_miss_waits_for_the_warehouse_and_a_hit_shows_what_it_brought(monkeypatch):
    looked_at(monkeypatch, [100.0, 101.0, 150.0, 160.0, 161.0])
    run = events([90.0, 140.0], ("desk", "cache_s", 60.0))
    found = serving.views(run, "desk")
    assert found.asks.tolist() == [True, False, False, True, False]
    np.testing.assert_allclose(found.asked_s, [100, 100, 100, 160, 160])
    np.testing.assert_allclose(found.answered_s, [102, 102, 102, 162, 162])
    np.testing.assert_allclose(found.response_s, [2, 1, 0, 2, 1])
    # a result is of the moment of its query: the event of 140 s is seen from 162 s on
    np.testing.assert_allclose(found.data_age_s, [12, 12, 60, 22, 22], atol=1e-6)


def test_viewers_stand_in_the_analysts_line_and_leave_when_they_have_waited_long_enough(monkeypatch):
    looked_at(monkeypatch, [101.0, 102.0, 200.0], queries_s=[100.0])
    found = serving.views(events([90.0]), "desk")
    np.testing.assert_allclose(found.answered_s, [106, 108, 202])
    assert found.response_s.tolist() == pytest.approx([5, 6, 2])
    assert found.leaves.tolist() == [False, True, False]  # five seconds are borne, six are not
    np.testing.assert_allclose(found.age_seen_s, [16, 112])
    two = serving.views(events([90.0], ("store", "slots", 2.0)), "desk")
    np.testing.assert_allclose(two.answered_s, [103, 105, 202])  # of two slots the analyst holds one


def test_a_viewer_who_leaves_leaves_a_result_behind(monkeypatch):
    looked_at(monkeypatch, [100.0, 150.0])
    found = serving.views(events([90.0], ("desk", "query_s", 20.0), ("desk", "cache_s", 60.0)), "desk")
    assert found.leaves.tolist() == [True, False]
    assert found.data_age_s[1] == pytest.approx(60.0)


def test_an_extract_answers_at_once_with_what_the_last_refresh_brought(monkeypatch):
    looked_at(monkeypatch, [7_300.0, 9_000.0])
    run = events([100.0, 3_700.0], ("desk", "interval_s", 3_600.0), ("desk", "query_s", 0.0))
    found = serving.views(run, "desk")
    assert serving.queries(run, "store").asked_s.size == 0
    assert found.response_s.tolist() == [0.0, 0.0]
    np.testing.assert_allclose(found.data_age_s, [3_600, 5_300], atol=1e-6)


def test_a_dashboard_without_a_warehouse_is_answered_without_a_line():
    network = chain(
        ("shop", "source"), ("pump", "ingestion"), ("desk", "consumer", {"query_s": 7.0, "views_per_s": 0.05})
    )
    found = serving.views(day(network=network), "desk")
    assert found.viewed_s.size > 3_000
    np.testing.assert_allclose(found.response_s, 7.0)
    assert found.leaves.all()


def test_a_closed_warehouse_answers_when_it_opens_and_a_slow_one_slowly(monkeypatch):
    looked_at(monkeypatch, [1_000.0, 5_000.0])
    closed = serving.views(events([90.0], faults=(Fault(FaultKind.DOWN, "store", 900.0, 2_000.0),)), "desk")
    np.testing.assert_allclose(closed.answered_s, [2_002, 5_002])
    slow = serving.views(events([90.0], faults=(Fault(FaultKind.SLOW, "store", 900.0, 2_000.0, 0.1),)), "desk")
    np.testing.assert_allclose(slow.answered_s, [1_020, 5_002])


def test_a_dashboard_that_is_down_asks_for_nothing_until_it_is_up(monkeypatch):
    looked_at(monkeypatch, [1_000.0, 1_500.0, 2_500.0])
    run = events([90.0], ("desk", "cache_s", 600.0), faults=(Fault(FaultKind.DOWN, "desk", 900.0, 2_000.0),))
    found = serving.views(run, "desk")
    assert serving.queries(run, "store").asked_s.tolist() == [2_000.0]
    np.testing.assert_allclose(found.response_s, [1_002, 502, 0])
    assert found.leaves.tolist() == [True, True, False]


def test_a_result_made_after_midnight_has_no_age(monkeypatch):
    looked_at(monkeypatch, [85_000.0], queries_s=[84_999.0])
    found = serving.views(events([90.0], ("store", "query_work_s", 3_600.0)), "desk")
    assert found.answered_s[0] > DAY_S
    assert np.isnan(found.data_age_s[0])


def test_before_the_first_event_there_is_nothing_to_see(monkeypatch):
    looked_at(monkeypatch, [50.0, 100.0])
    monkeypatch.setattr(serving, "models", lambda *_: np.array([50.0, 100.0, 150.0]))
    run = events([90.0], ("desk", "age_limit_s", 30.0), ("desk", "query_s", 0.0))
    assert np.isnan(serving.views(run, "desk").data_age_s).tolist() == [True, False]
    found = serving.reads(run, "desk")
    np.testing.assert_allclose(found.age_s, [np.nan, 10, 60])
    assert found.too_old == 0.5


def test_features_are_as_old_as_the_freshness_of_their_station():
    run = day(("desk", "reads_per_s", 0.1), ("desk", "interval_s", 3_600.0))
    found = serving.reads(run, "desk")
    np.testing.assert_array_equal(found.age_s, measures.freshness(run, "desk", found.read_s))
    assert np.nanmax(found.age_s) == pytest.approx(2 * 1_800.0 + 2, rel=0.05)


@pytest.mark.parametrize("read", [serving.queries, serving.views, serving.reads])
def test_only_a_warehouse_is_queried_and_only_a_consumer_looked_at(read):
    with pytest.raises(ValueError, match="pump is a ingestion; choose a"):
        read(day(), "pump")
    with pytest.raises(ValueError, match="no station 'nowhere'"):
        read(day(), "nowhere")


# When they come


def test_a_knob_of_the_cache_or_the_warehouse_draws_nothing_anew():
    asked = (("desk", "views_per_s", 0.3), ("store", "analysts_per_s", 0.1), ("store", "query_spread", 1.0))
    once = day(*asked, ("store", "slots", 64.0))
    cached = day(*asked, ("store", "slots", 64.0), ("desk", "cache_s", 300.0), ("desk", "patience_s", 9.0))
    one, other = serving.views(once, "desk"), serving.views(cached, "desk")
    np.testing.assert_array_equal(one.viewed_s, other.viewed_s)
    np.testing.assert_array_equal(one.dashboard, other.dashboard)
    # who still asks takes as long as before, though fewer others ask
    np.testing.assert_allclose(one.response_s[other.asks], other.response_s[other.asks], rtol=1e-6)


def test_a_rush_leaves_all_who_came_before_it_where_they_were_and_brings_so_many_more():
    office = replace(STREAM, arrivals=Arrivals.DAILY)
    calm = readers.people(office, "desk", 0.2)
    rush = readers.people(office, "desk", 0.2, (32_400.0, 3_600.0, 5.0))
    before = calm[calm < 32_400.0]
    np.testing.assert_array_equal(rush[: before.size], before)

    def between(times, start, end):
        return int(np.count_nonzero((times >= start) & (times < end)))

    for start, end, factor in ((32_400, 36_000, 5.0), (36_000, 86_400, 1.0)):
        expected = factor * between(calm, start, end)
        assert between(rush, start, end) == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 + factor)))


def test_people_keep_office_hours_models_the_shops_and_on_a_steady_day_all_come_evenly():
    def hourly(scenario, who):
        return np.histogram(who(scenario, "desk", 0.5), 24, (0, DAY_S))[0]

    daily = replace(STREAM, arrivals=Arrivals.DAILY)
    assert hourly(daily, readers.people).argmax() == 9
    assert hourly(daily, readers.models).argmax() in (19, 20, 21)
    for who in (readers.people, readers.models):
        counts = hourly(STREAM, who)
        assert counts.sum() == pytest.approx(43_200, abs=4 * 43_200**0.5)
        assert ((counts - 1_800.0) ** 2 / 1_800.0).sum() < 24 + 4 * 48**0.5


def test_more_draws_of_a_stream_begin_with_the_fewer():
    few, many = (readers.first(uniforms, 1, "desk", "x", count) for count in (5, 5_000))
    assert few.size == 5
    np.testing.assert_array_equal(few, many[:5])
    assert readers.first(uniforms, 1, "desk", "x", 0).size == 0
