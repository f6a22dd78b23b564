"""What the story of the column that goes empty says is what happens on its day."""

from dataclasses import replace

import numpy as np
import pytest

from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.alarms import Check, Ring, rings
from lifecycle.simulation.readings.alarms.ringing import ring_of
from tests.course.story_days import day, lost, minutes

HOUR_S, MINUTE_S = 3600.0, 60.0
BATCH, STREAM = ("pull", "batch", "batch"), ("pull", "stream", "stream")


def calm_of(run: Run) -> Run:
    return simulate(run.network, replace(run.scenario, faults=()))


def alarms(*settings) -> tuple[Ring, ...]:
    run = day("silent-nulls", *settings)
    return rings(run, calm_of(run))


def told(ring: Ring) -> tuple[str, str, str]:
    minute = round(ring.rang_s / MINUTE_S)
    return ring.check.kind, ring.check.place, f"{minute // 60}:{minute % 60:02d}"


def test_only_the_distribution_rings_when_a_column_goes_empty():
    (ring,) = alarms(*BATCH)
    assert told(ring) == ("distribution", "warehouse", "15:20")
    assert ring.value == pytest.approx(0.09, abs=0.005)
    assert ring.until_s is None


def test_the_dashboards_are_as_fresh_and_as_full_as_without_the_fault_and_nothing_is_lost():
    run = day("silent-nulls", *BATCH)
    calm = calm_of(run)
    at = minutes(run)
    np.testing.assert_array_equal(measures.freshness(run, "bi", at), measures.freshness(calm, "bi", at))
    got = measures.summary(run).deliveries["bi"]
    assert got.delivered == measures.summary(calm).deliveries["bi"].delivered == 114_608
    assert got.empty == pytest.approx(17_600, abs=50)
    assert set(lost(run)) == {("logs", "malformed")}
    bi = run.passages["bi"]
    assert bi.empty is not None
    assert bi.departed_s[bi.empty].min() / HOUR_S == pytest.approx(11 + 16 / 60, abs=0.01)
    seen = (bi.departed_s > 21.25 * HOUR_S) & (bi.departed_s < 21.5 * HOUR_S)
    orders = run.source[bi.ids] == run.sources.index("oltp")
    assert seen.any()
    assert bi.empty[seen & orders].all()


def test_a_limit_of_two_percent_or_a_check_of_the_orders_alone_rings_at_twenty_past_one():
    run = day("silent-nulls", *BATCH)
    ring = ring_of(Check(CheckKind.DISTRIBUTION, "warehouse", 0.02), run, run)
    assert ring is not None
    assert told(ring)[2] == "13:20"
    at = run.passages["warehouse"]
    orders = run.source[at.ids] == run.sources.index("oltp")
    assert at.empty is not None
    shares = {}
    for nth in range(1, 289):
        moment_s = nth * 300.0
        came = orders & (at.departed_s <= moment_s) & (at.departed_s > moment_s - HOUR_S)
        shares[moment_s / HOUR_S] = at.empty[came].mean() if came.any() else 0.0
    assert min(hour for hour, share in shares.items() if share > 0.05) == pytest.approx(13 + 20 / 60)


@pytest.mark.parametrize(("settings", "expected"), [
    ((*BATCH, ("transform", "on_drift", 0.0)), ("schema", "transform", "11:20")),
    ((*BATCH, ("transform", "on_drift", 2.0)), ("schema", "transform", "11:15")),
    ((*BATCH, ("ingestion", "contract", 1.0)), ("schema", "ingestion", "11:05")),
    (STREAM, ("distribution", "warehouse", "14:30")),
    (("push", "stream", "stream"), ("distribution", "warehouse", "14:30")),
])  # fmt: skip
def test_what_rings_first_under_what_the_story_lets_one_try(settings, expected):
    assert told(alarms(*settings)[0]) == expected


def test_who_stops_at_the_column_lets_the_dashboards_grow_old():
    ages = [told(ring) for ring in alarms(*BATCH, ("transform", "on_drift", 2.0)) if ring.check.place == "bi"]
    assert ages == [("freshness", "bi", "11:50")]
