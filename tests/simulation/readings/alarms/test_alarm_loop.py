"""Checks on any day of any network: held against a plain loop over its rows, and never before the cause."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import CheckKind, Fate, FaultKind
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.readings.alarms import Check, rings
from lifecycle.simulation.readings.alarms.checks import usual_checks
from lifecycle.simulation.readings.alarms.ringing import looks_s, ring_of
from lifecycle.simulation.readings.alarms.seen import LEAST_ROWS, outside, values
from tests.simulation.readings.test_gantt import days
from tests.support.followed import AS_IT_COMES
from tests.support.networks import at, chain, networks, scenarios

LOSS = {
    Fate.REFUSED, Fate.EXPIRED, Fate.DROPPED, Fate.LATE, Fate.POISONED, Fate.UNCONFIRMED, Fate.SKIPPED,
}  # fmt: skip


@st.composite
def pairs(draw):
    """Any day, and the same without its faults."""
    network = draw(networks(most=5))
    scenario = draw(scenarios(network))
    return simulate(network, scenario), simulate(network, replace(scenario, faults=()))


@st.composite
def checks(draw, run):
    """A check of any kind at any place."""
    kind = draw(st.sampled_from(CheckKind))
    limit = {
        CheckKind.LAG: st.sampled_from([0.0, 600.0, 9_000.0]),
        CheckKind.FRESHNESS: st.sampled_from([0.0, 4_000.0]),
        CheckKind.VOLUME: st.sampled_from([0.1, 0.5]),
        CheckKind.DISTRIBUTION: st.sampled_from([0.0, 0.3]),
    }.get(kind, st.just(0.0))
    every_s = draw(st.sampled_from([60.0, 300.0, 1000.0, 7000.0]))
    return Check(
        kind,
        draw(st.sampled_from(list(run.passages))),
        draw(limit),
        every_s,
        draw(st.sampled_from([600.0, 3600.0, 30_000.0])),
    )


@st.composite
def round_days(draw):
    """A day whose rows come, go, repeat and lose a column at the very moments at which a check looks."""
    times_s = draw(st.lists(st.integers(1, 300).map(lambda nth: 100.0 * nth), min_size=60, max_size=100))
    on_drift = draw(st.sampled_from([0.0, 1.0, 2.0]))
    line = chain(
        ("shop", "source"),
        ("log", "buffer", {"per_event_s": 0.0, "duplicate_share": 0.3, "redelivery_s": 200.0}),
        ("work", "transform", {"per_event_s": 0.0, "idempotent": 0.0, "on_drift": on_drift}),
        ("mart", "warehouse", {"per_event_s": 0.0, "load_s": 0.0}),
        ("desk", "consumer", {"query_s": 0.0}),
    )  # fmt: skip
    drift = Fault(FaultKind.DRIFT, "shop", 4_000.0, 20_000.0, draw(st.sampled_from([0.1, 0.5, 1.0])))
    down = Fault(FaultKind.DOWN, draw(st.sampled_from(["log", "mart"])), 10_000.0, 15_000.0)
    faults = (drift, down) if draw(st.booleans()) else (drift,)
    scenario = replace(AS_IT_COMES, events=len(times_s), faults=faults)
    return tuple(simulate(line, one, at(times_s)) for one in (scenario, replace(scenario, faults=())))


def rows_of(run, place):
    """Each row of a station: event, when it came, when it was through (infinity: not yet), what became of it."""
    there = run.passages[place]
    for row in range(there.ids.size):
        lost = there.fate[row] != Fate.OK
        ended_s = float(there.finished_s[row] if lost else there.departed_s[row])
        yield (
            int(there.ids[row]),
            float(there.arrived_s[row]),
            np.inf if np.isnan(ended_s) else ended_s,
            Fate(there.fate[row]),
        )


def landed(run, place):
    """Each row that left a station, second copies included: event and when."""
    yield from ((event, ended_s) for event, _, ended_s, fate in rows_of(run, place) if fate is Fate.OK)
    there = run.passages[place]
    yield from zip(there.copied_ids.tolist(), there.copied_s.tolist(), strict=True)


def slowly(check, run, calm, moment_s):
    """What a check sees, row by row; None where it does not judge."""
    rows = list(rows_of(run, check.place))

    def recent(times):
        return sum(moment_s - check.window_s < time <= moment_s for time in times)

    match check.kind:
        case CheckKind.JOB:
            return 0.0
        case CheckKind.SCHEMA:
            stuck = run.passages[check.place].stuck
            stopped = any(pause.lane is None and pause.start_s <= moment_s < pause.end_s for pause in stuck)
            return recent(end for _, _, end, fate in rows if fate is Fate.DRIFTED) + float(stopped)
        case CheckKind.LOSS:
            return float(recent(end for _, _, end, fate in rows if fate in LOSS))
        case CheckKind.LAG:
            return max((moment_s - came for _, came, end, _ in rows if came <= moment_s < end), default=0.0)
        case CheckKind.FRESHNESS:
            born = [run.born_s[event] for event, time in landed(run, check.place) if time <= moment_s]
            return moment_s - max(born, default=0.0)
        case CheckKind.DISTRIBUTION:
            there = run.passages[check.place]
            empty = set() if there.empty is None else set(there.ids[there.empty].tolist())
            out = list(landed(run, check.place))
            part, whole = recent(time for event, time in out if event in empty), recent(time for _, time in out)
        case CheckKind.VOLUME:
            part = recent(time for _, time in landed(run, check.place))
            whole = recent(time for _, time in landed(calm, check.place))
    return part / max(whole, 1) if max(part, whole) >= LEAST_ROWS else None


def rang_slowly(check, run, calm):
    for nth in range(1, int(run.horizon_s / check.every_s) + 1):
        seen = slowly(check, run, calm, nth * check.every_s)
        if seen is not None and (abs(seen - 1.0) if check.kind is CheckKind.VOLUME else seen) > check.limit:
            return nth * check.every_s, seen
    return None


@settings(max_examples=10)
@given(round_days(), st.sampled_from([600.0, 3600.0, 30_000.0]))
def test_on_the_moment_itself_each_kind_at_each_place_sees_what_a_plain_loop_does(days_of, window_s):
    run, calm = days_of
    moments_s = np.arange(1.0, 16.0) * 2000.0
    for kind in CheckKind:
        for place in run.passages:
            check = Check(kind, place, 0.0, window_s=window_s)
            plain = [slowly(check, run, calm, moment_s) for moment_s in moments_s.tolist()]
            expected = np.array([np.nan if one is None else one for one in plain])
            assert values(check, run, calm, moments_s) == pytest.approx(expected, nan_ok=True, abs=1e-9), check


@settings(max_examples=60)
@given(st.data())
def test_every_kind_is_held_against_a_plain_loop(data):
    run, calm = data.draw(pairs())
    check = replace(data.draw(checks(run)), every_s=7000.0)
    moments_s = looks_s(check, run.horizon_s)
    seen = values(check, run, calm, moments_s)
    plain = [slowly(check, run, calm, moment_s) for moment_s in moments_s.tolist()]
    assert seen == pytest.approx(np.array([np.nan if one is None else one for one in plain]), nan_ok=True, abs=1e-6)
    expected = rang_slowly(check, run, calm)
    ring = ring_of(check, run, calm)
    rung = None if ring is None else (ring.rang_s, ring.value)
    assert rung == (None if expected is None else pytest.approx(expected, abs=1e-6))


@settings(max_examples=100)
@given(st.data())
def test_who_looks_more_often_never_rings_later(data):
    run, calm = data.draw(pairs())
    check = data.draw(checks(run))
    times = data.draw(st.integers(2, 5))
    often = ring_of(check, run, calm)
    seldom = ring_of(replace(check, every_s=times * check.every_s), run, calm)
    if seldom is not None:
        assert often is not None
        assert often.rang_s <= seldom.rang_s


@settings(max_examples=100)
@given(pairs())
def test_before_the_first_fault_begins_a_day_rings_as_it_does_without(pair):
    run, calm = pair
    begins_s = min((fault.start_s for fault in run.scenario.faults), default=run.horizon_s)
    for check in usual_checks(run):
        moments_s = looks_s(check, run.horizon_s)
        moments_s = moments_s[moments_s <= begins_s]
        before, usual = (values(check, day, calm, moments_s) for day in (run, calm))
        assert before == pytest.approx(usual, nan_ok=True)
    if not rings(calm, calm):
        assert all(ring.rang_s > begins_s for ring in rings(run, calm))


@settings(max_examples=60)
@given(st.data())
def test_a_ring_says_what_was_seen_and_until_when(data):
    run, calm = data.draw(pairs())
    check = data.draw(checks(run))
    ring = ring_of(check, run, calm)
    if ring is None:
        return
    moments_s = looks_s(check, run.horizon_s)
    loud = dict(zip(moments_s.tolist(), outside(check, values(check, run, calm, moments_s)).tolist(), strict=True))
    assert not any(rings_then for at, rings_then in loud.items() if at < ring.rang_s)
    until_s = ring.until_s or np.inf
    assert all(rings_then for at, rings_then in loud.items() if ring.rang_s <= at < until_s)
    assert ring.until_s is None or not loud[ring.until_s]


@settings(max_examples=40)
@given(days())
def test_failed_jobs_are_counted_one_by_one(day):
    network, scenario = day
    run = simulate(network, scenario)
    (done,) = run.orchestrated.values()
    check = Check(CheckKind.JOB, "work", 0.0)
    moments_s = looks_s(check, run.horizon_s)
    failures_s = []
    for one in done.rounds.attempts:
        tries = [two for two in done.rounds.attempts if (two.run, two.job) == (one.run, one.job)]
        if one is tries[-1] and one.failed:
            failures_s.append(one.end_s)
    expected = [sum(at - 3600.0 < end_s <= at for end_s in failures_s) for at in moments_s.tolist()]
    assert values(check, run, run, moments_s).tolist() == expected
