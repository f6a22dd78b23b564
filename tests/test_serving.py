"""Those who look: slots as Erlang has them, caches as theory has them, and viewers who leave."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import at, chain

from lifecycle.simulation.clock import Clock
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import Fault, Scenario
from lifecycle.simulation.serving import _walk, reads, serving, warehouse_of
from lifecycle.simulation.theory import mmc_wait

STEADY = Scenario("push", "stream", "stream", "steady", 2_000)


def line(warehouse, desk):
    return chain(
        ("shop", "source"),
        ("store", "warehouse", {"per_event_s": 0.0, "load_s": 0.0, "analysts_per_s": 0.0} | warehouse),
        ("desk", "consumer", {"query_s": 0.0} | desk),
    )


def looked(warehouse=None, desk=None, scenario=STEADY):
    return serving(simulate(line(warehouse or {}, desk or {}), scenario), "store")


def within_chance(found, theory):
    error = np.std(found, ddof=1) / math.sqrt(len(found))
    return abs(np.mean(found) - theory) <= 4 * error


def test_queries_wait_for_a_slot_as_erlang_says():
    waits = []
    for seed in range(1, 9):
        asked = looked(
            {"analysts_per_s": 1.6, "slots": 2.0, "query_work_s": 1.0},
            scenario=replace(STEADY, seed=seed),
        )
        waits.append(float((asked.queries.started_s - asked.queries.asked_s).mean()))
        assert asked.views == {}
    assert within_chance(waits, mmc_wait(1.6, 1.0, 2))


@pytest.mark.parametrize(("views_per_s", "cache_s"), [(0.05, 20.0), (0.5, 60.0)])
def test_a_cache_answers_the_share_of_views_that_theory_says(views_per_s, cache_s):
    shares = []
    for seed in range(1, 9):
        found = looked(
            {"query_work_s": 0.001, "slots": 64.0},
            {"views_per_s": views_per_s, "cache_s": cache_s, "dashboards": 1.0},
            replace(STEADY, seed=seed),
        )
        shares.append(float(found.views["desk"].cached.mean()))
    assert within_chance(shares, views_per_s * cache_s / (1 + views_per_s * cache_s))


def one_by_one(visits, slots, cache_s):
    """Slot by slot and page by page, from a list of everything that was ever answered."""
    busy_until, answers, out = [0.0] * slots, [], []
    for now, page, takes in visits:
        usable = [(begun, done) for where, begun, done in answers if cache_s and where == page and now < done + cache_s]
        if usable:
            begun, done = max(usable)
            out.append((begun, max(done, now), False))
            continue
        slot = min(range(slots), key=busy_until.__getitem__)
        begun = max(now, busy_until[slot])
        busy_until[slot] = begun + takes
        answers.append((page, begun, begun + takes))
        out.append((begun, begun + takes, True))
    return out


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 2), st.sampled_from([0.5, 2.0, 9.0])), max_size=30),
    st.integers(1, 3),
    st.sampled_from([0.0, 4.0, 25.0]),
)
def test_every_visit_is_answered_as_a_plain_loop_answers_it(visits, slots, cache_s):
    visits = sorted((float(now), page, takes) for now, page, takes in visits)
    now, page, takes = (np.array(row) for row in zip(*visits, strict=True)) if visits else (np.empty(0),) * 3
    walk = _walk(now, np.ones(now.size, dtype=np.int32), page, takes, slots, [0.0, cache_s], Clock())
    expected = one_by_one(visits, slots, cache_s)
    assert list(zip(walk.as_of_s.tolist(), walk.done_s.tolist(), walk.asked.tolist(), strict=True)) == expected


def test_more_slots_make_nobody_wait_longer():
    few, many = (looked({"slots": slots}, {"views_per_s": 3.0, "cache_s": 0.0}).views["desk"] for slots in (3.0, 4.0))
    assert np.all(many.response_s <= few.response_s + 1e-6)
    assert many.response_s.mean() < few.response_s.mean() - 0.5
    assert few.left.mean() > many.left.mean() > 0.0
    assert not few.cached.any()


def test_who_has_no_patience_sees_nothing_and_the_others_see_the_age_of_their_answer():
    views = looked({"slots": 2.0}, {"views_per_s": 1.5, "cache_s": 0.0, "patience_s": 3.0}).views["desk"]
    assert (views.left == (views.response_s > 3.0)).all()
    assert np.isnan(views.age_s[views.left]).all()
    run = simulate(
        line({}, {"views_per_s": 0.01, "cache_s": 600.0, "dashboards": 1.0}),
        replace(STEADY, events=86_400),
    )
    aged = serving(run, "store").views["desk"]
    assert np.nanmax(aged.age_s[~aged.cached]) < 30.0
    assert 300.0 < np.nanmax(aged.age_s[aged.cached]) < 640.0


def test_a_slow_warehouse_keeps_its_viewers_waiting():
    fault = Fault("slow", "store", 30_000.0, 50_000.0, 0.2)
    calm, slow = (
        looked({"slots": 4.0}, {"views_per_s": 1.0, "cache_s": 0.0}, replace(STEADY, faults=faults)).views["desk"]
        for faults in ((), (fault,))
    )
    then = (calm.at_s > 30_000.0) & (calm.at_s < 50_000.0)
    assert slow.response_s[then].mean() > 4 * calm.response_s[then].mean()
    np.testing.assert_allclose(slow.response_s[calm.at_s < 29_000.0], calm.response_s[calm.at_s < 29_000.0])


def test_a_model_reads_features_that_are_as_old_as_the_newest_event():
    network = line({}, {"reads_per_s": 0.2, "interval_s": 3600.0})
    run = simulate(
        network, Scenario("push", "stream", "stream", "real-day", 4), at([1000.0, 4000.0, 50_000.0, 50_001.0])
    )
    found = reads(run, "desk")
    assert np.isnan(found.age_s[found.at_s < 3600.0]).all()
    morning = (found.at_s > 7200.0) & (found.at_s < 50_400.0)
    np.testing.assert_allclose(found.age_s[morning], found.at_s[morning] - 4000.0)


def test_where_nobody_looks_there_is_nothing():
    found = looked()
    assert found.queries.asked_s.size == 0
    assert found.views == {}
    run = simulate(chain(("shop", "source"), ("desk", "consumer", {"views_per_s": 1.0})), STEADY)
    assert warehouse_of(run, "desk") is None
    assert reads(run, "desk").at_s.size == 0
