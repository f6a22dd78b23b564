"""Bytes, limits, promises of delivery, windows and small batches: by hand, against plain loops, and in the long run."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.retries import Backoff, Limit, asked_until_served, never_refused
from lifecycle.simulation.kernels.windows import by_window
from lifecycle.simulation.model.draws import exponentials, uniforms
from lifecycle.simulation.model.kinds import Arrivals, Fate, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.bill import bill
from lifecycle.simulation.readings.measures import losses
from lifecycle.simulation.readings.report import report
from tests.support.networks import at, chain

STREAM = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.REAL_DAY)
PLAIN = {"per_event_s": 0.0, "spread": 0.0, "latency_s": 0.0}


def day(network, times, scenario=STREAM, **more):
    return simulate(network, replace(scenario, events=len(times), **more), at(times))


# Bytes


def test_an_events_bytes_take_their_time_on_the_wire_and_in_the_processor():
    figures = PLAIN | {"bandwidth_bytes_per_s": 1e6, "decode_s_per_mb": 0.5, "encrypt_s_per_mb": 0.25}
    network = chain(("app", "source", {"event_bytes": 4e6}), ("pump", "ingestion", figures))
    here = day(network, [10.0, 100.0]).passages["pump"]
    assert here.departed_s.tolist() == pytest.approx([10 + 4 + 2 + 1, 107])
    job = day(network, [10.0, 100.0], replace(STREAM, size=Size.BATCH), overrides=(("pump", "job_overhead_s", 5.0),))
    assert job.passages["pump"].departed_s.tolist() == pytest.approx([3600 + 5 + 14] * 2)


def test_each_source_has_events_of_its_own_size():
    stations = (
        Station("big", Role.SOURCE, (("event_bytes", 1e6), ("share", 1.0))),
        Station("small", Role.SOURCE, (("event_bytes", 100.0), ("share", 3.0))),
        Station(
            "pump", Role.INGESTION, tuple((PLAIN | {"bandwidth_bytes_per_s": 1e6, "decode_s_per_mb": 0.0}).items())
        ),
    )
    network = Network(stations, (Link("big", "pump"), Link("small", "pump")))
    run = day(network, [100.0 * n for n in range(1, 200)], overrides=(("pump", "encrypt_s_per_mb", 0.0),))
    here = run.passages["pump"]
    took = here.departed_s - here.arrived_s
    from_big = run.source[here.ids] == run.sources.index("big")
    assert 20 < from_big.sum() < 80
    assert took[from_big] == pytest.approx(1.0)
    assert took[~from_big] == pytest.approx(1e-4, abs=1e-9)


# Too many requests


def by_plain_loop(ready, rows, lasts, trip, limit, backoff, luck):
    """One request after the other, the bucket filled second by second of waiting."""
    tokens, before, free, drawn, passed, refused = limit.burst, 0.0, 0.0, 0, [], []
    for due, asks, takes in zip(ready, rows, lasts, strict=True):
        now, wait = max(due, free), backoff.first_s
        while True:
            tokens = min(limit.burst, tokens + (now - before) * limit.rate_per_s)
            before = now
            if tokens + 1e-9 >= min(asks, limit.burst):
                break
            refused.append(now + trip)
            now += trip + luck[drawn] * min(wait, backoff.longest_s)
            wait, drawn = 2 * wait, drawn + 1
        tokens -= asks
        passed.append(now)
        free = now + takes
    return passed, refused


@given(st.data())
def test_a_caller_that_is_refused_does_what_a_plain_loop_does(data):
    count = data.draw(st.integers(0, 40))
    ready = np.cumsum(data.draw(st.lists(st.sampled_from([0.0, 0.5, 20.0]), min_size=count, max_size=count)) or [0.0])
    ready = ready[:count]
    rows = np.array(data.draw(st.lists(st.sampled_from([1.0, 3.0, 9.0]), min_size=count, max_size=count)))
    lasts = np.full(count, data.draw(st.sampled_from([0.0, 0.25])))
    limit = Limit(data.draw(st.sampled_from([0.5, 4.0])), data.draw(st.sampled_from([1.0, 5.0])))
    backoff = Backoff(1.0, data.draw(st.sampled_from([1.0, 30.0])))
    luck = uniforms(1, "door", "luck", 100_000)
    passed, refused = asked_until_served(
        ready, rows, lasts, 0.1, limit, backoff, Clock(), lambda k: luck[1000 * k : 1000 * (k + 1)]
    )
    expected = by_plain_loop(ready.tolist(), rows.tolist(), lasts.tolist(), 0.1, limit, backoff, luck.tolist())
    assert passed.tolist() == pytest.approx(expected[0])
    assert refused.tolist() == pytest.approx(expected[1])
    if never_refused(np.maximum.accumulate(ready), rows, limit) and not lasts.any():
        assert refused.size == 0
        assert passed.tolist() == ready.tolist()


def test_what_is_let_through_keeps_within_burst_and_rate_in_any_window():
    limit, rows = Limit(2.0, 5.0), np.ones(3_000)
    ready = np.cumsum(exponentials(3, "door", "gaps", 3_000) / 4.0)
    luck = uniforms(2, "door", "luck", 200_000)
    passed, refused = asked_until_served(
        ready,
        rows,
        np.zeros(3_000),
        0.05,
        limit,
        Backoff(0.5, 8.0),
        Clock(),
        lambda k: luck[1000 * k : 1000 * k + 1000],
    )
    served = np.arange(1, 3_001) - limit.rate_per_s * passed
    assert float((served - np.minimum.accumulate(served)).max()) <= limit.burst + 1e-6
    assert np.all(np.diff(passed) >= 0)
    assert np.all(np.diff(refused) > 0)
    # it asks for twice what is allowed: what gets through is the rate, less what is lost in waiting with a full bucket
    assert 0.85 * 2.0 < 3_000 / passed[-1] <= 2.0 + 5.0 / passed[-1]


def test_a_day_without_a_refusal_is_the_same_day_with_and_without_429s():
    figures = {"per_event_s": 0.1, "rate_per_s": 50.0, "burst": 100.0, "round_trip_s": 0.2, "page_events": 10.0}
    times = np.cumsum(30.0 * exponentials(5, "app", "gaps", 1_000)).tolist()
    for start, size in ((Start.PULL, Size.BATCH), (Start.PULL, Size.STREAM), (Start.PUSH, Size.STREAM)):
        waits, answers = (
            day(
                chain(
                    ("app", "source"), ("door", "interface", figures | {"on_limit": on}), ("pump", "ingestion", PLAIN)
                ),
                times,
                replace(STREAM, start=start, size=size),
            ).passages["door"]
            for on in (0.0, 1.0)
        )
        assert answers.throttled_s.size == 0
        assert answers.departed_s.tolist() == pytest.approx(waits.departed_s.tolist()), (start, size)


def test_a_429_is_counted_and_costs_its_round_trip():
    figures = {
        "per_event_s": 0.0,
        "rate_per_s": 0.1,
        "burst": 1.0,
        "round_trip_s": 2.0,
        "on_limit": 1.0,
        "page_events": 1.0,
    }
    network = chain(("app", "source"), ("door", "interface", figures), ("pump", "ingestion", PLAIN))
    run = day(network, [1.0, 2.0], replace(STREAM, start=Start.PULL, size=Size.BATCH))
    here = run.passages["door"]
    assert here.throttled_s.size > 0
    requests = next(line.quantity for line in bill(run).lines if (line.station, line.item) == ("door", "requests"))
    assert requests == 2 + 23 + here.throttled_s.size  # two records, 23 hours with nothing new, and each 429
    assert report(run).stages["door"].throttled == here.throttled_s.size
    first, second = here.departed_s
    assert first == 3602.0
    assert here.throttled_s[0] == 3604.0  # asked at once, told so a round trip later
    assert second >= 3600.0 + 10.0 + 2.0
    assert second <= here.throttled_s[-1] + 60.0 + 2.0


# Full loads, small batches


def test_a_full_load_reads_every_row_that_it_has_read_before():
    figures = {"per_event_s": 0.01, "full_load": 1.0, "table_rows": 1000.0, "round_trip_s": 0.0, "scan_s": 0.0}
    network = chain(("app", "source"), ("door", "interface", figures), ("pump", "ingestion", PLAIN))
    here = day(network, [1.0, 2.0, 4000.0], replace(STREAM, start=Start.PULL, size=Size.BATCH)).passages["door"]
    assert here.departed_s.tolist() == pytest.approx([3610.01, 3610.02, 7200 + 10.02 + 0.01])


def test_a_micro_batch_is_a_batch_with_an_interval_of_its_own():
    figures = {"per_event_s": 0.5, "spread": 0.0, "workers": 1.0, "idempotent": 0.0}
    network = chain(("app", "source"), ("mill", "transform", figures))
    times = np.cumsum(3.0 * exponentials(5, "app", "gaps", 500)).tolist()
    small = (("mill", "micro_batch_s", 60.0), ("mill", "micro_overhead_s", 4.0))
    large = (("mill", "interval_s", 60.0), ("mill", "job_overhead_s", 4.0))
    one = day(network, times, overrides=small).passages["mill"]
    other = day(network, times, replace(STREAM, transform=Size.BATCH), overrides=large).passages["mill"]
    assert one.departed_s.tolist() == other.departed_s.tolist()
    assert one.departed_s[0] >= 64.0


# A full log, and what it promises


def test_a_log_that_blocks_its_sender_has_the_senders_room_as_well():
    times = np.cumsum(0.9 * exponentials(5, "app", "gaps", 2_000)).tolist()
    figures = {"per_event_s": 1.0, "spread": 0.0, "capacity": 4.0, "sender_room": 6.0, "policy": 3.0}
    blocking = day(chain(("app", "source"), ("log", "buffer", figures)), times).passages["log"]
    roomy = day(chain(("app", "source"), ("log", "buffer", figures | {"policy": 0.0, "capacity": 10.0})), times)
    np.testing.assert_array_equal(blocking.departed_s, roomy.passages["log"].departed_s)
    assert 0 < np.count_nonzero(blocking.fate == Fate.REFUSED) < 500


LOG = {"per_event_s": 0.0, "spread": 0.0, "duplicate_share": 0.3, "redelivery_s": 5.0}


@pytest.mark.parametrize(("delivery", "lost", "copied"), [(0.0, True, False), (1.0, False, True), (2.0, False, False)])
def test_a_lost_answer_costs_what_the_promise_allows(delivery, lost, copied):
    network = chain(("app", "source"), ("log", "buffer", LOG | {"delivery": delivery}), ("bi", "consumer"))
    run = day(network, [10.0 * n for n in range(2_000)])
    here = run.passages["log"]
    share = np.count_nonzero(here.fate == Fate.UNCONFIRMED) / 2_000
    assert share == (pytest.approx(0.3, abs=0.04) if lost else 0.0)
    assert here.copied_s.size / 2_000 == (pytest.approx(0.3, abs=0.04) if copied else 0.0)
    assert set(losses(run, "log")) == ({"lost in handover"} if lost else set())


def test_exactly_once_is_seen_at_the_next_commit():
    network = chain(("app", "source"), ("log", "buffer", LOG | {"delivery": 2.0, "transaction_s": 60.0}))
    assert day(network, [10.0, 60.0, 61.0]).passages["log"].departed_s.tolist() == [60.0, 60.0, 120.0]


def test_a_crash_repeats_half_a_commit_interval_on_average():
    network = chain(("app", "source"), ("log", "buffer", LOG | {"duplicate_share": 0.0, "redelivery_s": 100.0}))
    times = np.arange(0.0, 40_000.0, 2.0).tolist()
    copies = []
    for crash in 10_000.0 + 20_000.0 * uniforms(9, "log", "crash", 60):
        run = day(network, times, faults=(Fault(FaultKind.DOWN, "log", float(crash), float(crash) + 50.0),))
        copies.append(run.passages["log"].copied_s.size)
    expected, deviation = 0.5 * 100.0 / 2, 0.5 * 100.0 / math.sqrt(12)  # λ × commit / 2, of an even spread
    assert abs(np.mean(copies) - expected) <= 4 * deviation / math.sqrt(len(copies))


# Windows


def windows_one_by_one(stamped, done, window, lateness):
    order = sorted(range(len(done)), key=lambda k: done[k])
    seen, out, late = -math.inf, [math.inf] * len(done), [False] * len(done)
    open_ = []
    for k in order:
        closes = (stamped[k] // window + 1) * window + lateness
        if seen >= closes:
            out[k], late[k] = done[k], True
        else:
            open_.append((closes, k))
        seen = max(seen, stamped[k])
        for closed, event in [entry for entry in open_ if entry[0] <= seen]:
            out[event] = done[k]
            open_.remove((closed, event))
    return out, late


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=25),
    st.sampled_from([1.0, 5.0, 16.0]),
    st.sampled_from([0.0, 3.0]),
)
def test_windows_close_when_the_watermark_has_passed(events, window, lateness):
    stamped = np.array([float(a) for a, _ in events])
    done = np.array([float(a + b) for a, b in events])
    out, late = by_window(stamped, done, window, lateness)
    expected = windows_one_by_one(stamped.tolist(), done.tolist(), window, lateness)
    assert late.tolist() == expected[1]
    assert out.tolist() == expected[0]


def test_the_share_that_comes_too_late_is_that_of_theory():
    # An event at an even place u before its window's end is late if its delay exceeds u + L, the allowance: over u in
    # (0, w) the mean of exp(-(u + L) / m) is (m / w)(1 - exp(-w / m)) exp(-L / m).
    share, mean_s, window_s, allowed_s, events = 0.2, 300.0, 600.0, 120.0, 60_000
    network = chain(
        ("app", "source", {"late_share": share, "late_s": mean_s}),
        (
            "mill",
            "transform",
            {"per_event_s": 0.0, "idempotent": 0.0, "window_s": window_s, "watermark_s": allowed_s, "on_late": 1.0},
        ),
    )
    theory = share * mean_s / window_s * (1 - math.exp(-window_s / mean_s)) * math.exp(-allowed_s / mean_s)
    found = []
    for seed in range(1, 9):
        run = simulate(network, replace(STREAM, arrivals=Arrivals.STEADY, events=events, seed=seed))
        here = run.passages["mill"]
        came = here.arrived_s < DAY_S - 3_600.0
        found.append(np.count_nonzero(here.fate[came] == Fate.LATE) / np.count_nonzero(came))
    error = np.std(found, ddof=1) / math.sqrt(len(found))
    assert abs(np.mean(found) - theory) <= 4 * error + 0.002 * theory


def test_an_event_that_is_too_late_amends_its_sum_or_is_dropped():
    figures = {"per_event_s": 0.0, "idempotent": 0.0, "window_s": 600.0, "watermark_s": 0.0}
    for on_late, fate in ((0.0, 0), (1.0, Fate.LATE)):
        network = chain(
            ("app", "source", {"late_share": 0.5, "late_s": 900.0}),
            ("mill", "transform", figures | {"on_late": on_late}),
        )
        here = simulate(network, replace(STREAM, arrivals=Arrivals.STEADY, events=5_000)).passages["mill"]
        assert (np.count_nonzero(here.fate == Fate.LATE) > 300) == bool(fate)
        assert np.isnan(here.departed_s[here.fate == Fate.LATE]).all()
