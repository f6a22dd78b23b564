"""What is read off a run, on days small enough to work out by hand, and against slow and plain counting."""

import math
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.measures import (
    busy,
    depth,
    edges,
    freshness,
    latency,
    ledger,
    load,
    loss_series,
    losses,
    max_depth,
    per_bucket,
    percentiles,
    summary,
    time_split,
)
from tests.support.networks import at, chain, networks, scenarios

DEFAULT = default_network()
SWITCHES = list(product(Start, Size, Size))
SEEN = chain(("app", "source"), ("bi", "consumer", {"query_s": 10.0}))


def day(network, times, **more):
    return simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, events=len(times), **more), at(times))


def test_every_name_that_measures_offers_is_there():
    for name in measures.__all__:
        assert hasattr(measures, name)


def test_edges_cut_the_day_into_equal_buckets():
    run = day(SEEN, [1.0])
    assert edges(run, 4).tolist() == [0.0, 21_600.0, 43_200.0, 64_800.0, DAY_S]
    with pytest.raises(ValueError, match="at least one bucket; got 0"):
        edges(run, 0)


def test_an_unknown_station_is_told_which_there_are():
    with pytest.raises(ValueError, match="there is no station 'BI'; choose app, bi"):
        latency(day(SEEN, [1.0]), "BI")


def test_what_happens_on_an_edge_belongs_to_the_bucket_that_it_ends():
    assert per_bucket(np.array([0.0, 0.0, 10.0, 10.1, 20.0, 30.0]), np.array([0.0, 10.0, 20.0])).tolist() == [3, 2]


def test_freshness_is_the_age_of_the_newest_event_seen_and_nothing_before_the_first():
    run = day(SEEN, [100.0, 150.0, 400.0])
    age = freshness(run, "bi", np.array([0.0, 109.0, 110.0, 159.0, 160.0, 300.0, 410.0]))
    assert age.tolist()[2:] == [10.0, 59.0, 10.0, 150.0, 10.0]
    assert np.isnan(age[:2]).all()


def test_an_event_that_comes_late_does_not_make_the_data_older():
    network = chain(("app", "source", {"late_share": 0.5, "late_s": 5_000.0}), ("bi", "consumer", {"query_s": 0.0}))
    run = simulate(network, Scenario(events=300))
    moments = np.linspace(0.0, DAY_S, 999)
    seen = list(zip(run.passages["bi"].out_ids, run.passages["bi"].out_s, strict=True))
    plain = [max((run.born_s[event] for event, time in seen if time <= m), default=math.nan) for m in moments]
    assert freshness(run, "bi", moments) == pytest.approx(moments - plain, nan_ok=True)
    assert np.any(np.diff(run.passages["bi"].out_ids) < 0)


def test_latency_is_from_birth_to_seen_sorted_and_only_of_what_was_delivered_in_the_day():
    network = chain(("app", "source"), ("bi", "consumer", {"interval_s": 1000.0, "query_s": 10.0}))
    assert latency(day(network, [950.0, 100.0, DAY_S - 5.0]), "bi").tolist() == [60.0, 910.0]


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40), st.lists(st.floats(0.0, 100.0), min_size=1, max_size=4))
def test_percentiles_are_numpys(values, of):
    assert percentiles(np.sort(values), tuple(of)) == pytest.approx(np.percentile(values, of), rel=1e-9, abs=1e-9)


def test_percentiles_of_nothing_are_nan():
    assert all(math.isnan(value) for value in percentiles(np.empty(0)))


def test_load_in_pull_batch_is_nought_for_the_hour_and_then_the_flood_for_as_long_as_it_is_read():
    door = {"per_event_s": 1.0}
    network = chain(("app", "source"), ("door", "interface", door), ("catch", "ingestion"))
    run = day(network, list(range(600)), start="pull", size="batch")
    reached = load(run, "catch", edges(run, 288))
    assert np.flatnonzero(reached).tolist() == [12, 13]
    assert reached[12] == reached[13] == 1.0


def test_depth_counts_who_is_inside_at_each_edge():
    network = chain(("app", "source"), ("log", "buffer", {"per_event_s": 10.0, "spread": 0.0}))
    run = day(network, [0.0, 1.0, 2.0, 100.0])
    assert depth(run, "log", np.array([0.0, 1.5, 2.0, 10.0, 29.9, 30.0, 100.0, 110.0])).tolist() == [
        1,
        2,
        3,
        2,
        1,
        0,
        1,
        0,
    ]
    assert max_depth(run, "log") == 3


def test_depth_and_the_most_inside_agree_with_counting_one_by_one():
    run = simulate(DEFAULT, Scenario(events=300, overrides=(("buffer", "duplicate_share", 0.5),)))
    for name, here in run.passages.items():
        left = np.sort(np.where(here.fate > 0, np.inf, here.departed_s))
        lost = here.lost_s
        moments = np.unique(np.concatenate((here.arrived_s, here.out_s, lost)))
        inside = [
            np.count_nonzero(here.arrived_s <= m) - np.count_nonzero(left <= m) - np.count_nonzero(lost <= m)
            for m in moments
        ]
        assert depth(run, name, moments).tolist() == inside
        assert max_depth(run, name) == max(inside, default=0)


def test_losses_are_counted_by_reason_and_their_series_adds_up():
    run = simulate(DEFAULT, Scenario(events=20_000, faults=(Fault(FaultKind.DRIFT, "lake", 0.0, 20_000.0, 0.5),)))
    assert set(losses(run, "transform")) == {"drifted", "rejected", "duplicate removed"}
    assert set(losses(run, "logs")) == {"malformed"}
    assert losses(run, "lake") == {}
    for name in run.passages:
        series = loss_series(run, name, edges(run))
        assert {reason: int(counts.sum()) for reason, counts in series.items()} == losses(run, name)


def test_busy_is_the_share_of_time_in_which_the_server_worked():
    network = chain(("app", "source"), ("log", "buffer", {"per_event_s": 10.0, "spread": 0.0}))
    run = day(network, [0.0, 1.0, 95.0])
    assert busy(run, "log", np.array([0.0, 10.0, 40.0, 100.0, 110.0])).tolist() == pytest.approx(
        [1.0, 1 / 3, 1 / 12, 0.5]
    )


def test_busy_agrees_with_the_spans_of_work_cut_at_the_edges_one_by_one():
    for switches in SWITCHES:
        run = simulate(DEFAULT, Scenario(*switches, events=2000))
        at_s = edges(run, 24)
        for name, here in run.passages.items():
            spans = list(zip(here.work_from_s.tolist(), here.work_to_s.tolist(), strict=True))
            cut = [sum(max(min(to, b) - max(begin, a), 0.0) for begin, to in spans) for a, b in pairwise(at_s.tolist())]
            assert busy(run, name, at_s) == pytest.approx(
                np.minimum(np.array(cut) / 3600.0 / here.servers, 1.0), abs=1e-6
            )


def test_utilisation_is_arrival_rate_times_work_over_servers():
    network = chain(("a", "source"), ("b", "transform", {"per_event_s": 2.0, "workers": 4.0}))
    run = simulate(network, Scenario(arrivals=Arrivals.STEADY, events=100_000, transform=Size.STREAM))
    rho = 100_000 / DAY_S * 2.0 / 4
    assert float(busy(run, "b", edges(run, 1))[0]) == pytest.approx(rho, abs=4 * rho / math.sqrt(100_000))


def test_an_archive_is_never_busy():
    run = simulate(DEFAULT, Scenario(events=500))
    assert not busy(run, "archive", edges(run)).any()


# Where the time goes


@pytest.mark.parametrize("switches", SWITCHES, ids="-".join)
def test_waiting_and_working_add_up_to_the_mean_latency(switches: tuple[Start, Size, Size]):
    run = simulate(DEFAULT, Scenario(*switches, events=5000))
    for consumer in ("bi", "ml", "reverse-etl"):
        split = time_split(run, consumer)
        assert sum(waits + works for _, waits, works in split) == pytest.approx(latency(run, consumer).mean(), rel=1e-9)
        assert all(waits >= 0.0 and works >= 0.0 for _, waits, works in split)
        assert "archive" not in [name for name, _, _ in split]


@settings(max_examples=150)
@given(st.data())
def test_on_any_network_the_parts_of_the_time_add_up(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    for name in run.passages:
        took = latency(run, name)
        parts = sum(waits + works for _, waits, works in time_split(run, name))
        assert parts == pytest.approx(took.mean() if took.size else 0.0, rel=1e-6, abs=1e-6)


def test_the_time_is_split_between_the_stations_that_took_it():
    network = chain(("app", "source"), ("log", "buffer", {"per_event_s": 10.0, "spread": 0.0}), ("bi", "consumer"))
    assert time_split(day(network, [0.0, 1.0]), "bi") == (("app", 0.0, 0.0), ("log", 4.5, 10.0), ("bi", 0.0, 2.0))


def test_a_second_copys_pause_is_waiting_at_the_station_that_sent_it_again():
    network = chain(
        ("app", "source"), ("log", "buffer", {"per_event_s": 0.0, "duplicate_share": 1.0}), ("bi", "consumer")
    )
    assert time_split(day(network, [0.0]), "bi") == (("app", 0.0, 0.0), ("log", 2.5, 0.0), ("bi", 0.0, 2.0))


def test_an_event_that_came_twice_is_followed_back_on_both_its_ways():
    again = {"per_event_s": 0.0, "duplicate_share": 1.0, "redelivery_s": 50.0}
    keep = {"flush_interval_s": 0.0, "put_s": 1.0}
    network = chain(("app", "source"), ("log", "buffer", again), ("lake", "lake", keep), ("bi", "consumer"))
    run = day(network, [0.0, 7.0])
    assert time_split(run, "bi") == (("app", 0.0, 0.0), ("log", 25.0, 0.0), ("lake", 0.0, 1.0), ("bi", 0.0, 2.0))


def test_who_waits_for_a_rate_limit_waits_and_only_the_one_in_transfer_works():
    door = {"per_event_s": 0.0, "rate_per_s": 0.1, "burst": 1.0}
    run = day(chain(("app", "source"), ("door", "interface", door)), [0.0, 0.0, 0.0])
    first, (name, *times_s) = time_split(run, "door")
    assert (first, name) == (("app", 0.0, 0.0), "door")
    assert times_s == pytest.approx([10 / 3, 20 / 3])
    assert busy(run, "door", np.array([0.0, 20.0, 40.0])).tolist() == pytest.approx([1.0, 0.0])


def test_nothing_delivered_took_no_time():
    assert time_split(day(SEEN, [DAY_S]), "bi") == ()


# Ledger and summary


def test_the_ledger_of_a_day_worked_out_by_hand():
    figures = {"per_event_s": 10.0, "spread": 0.0, "capacity": 2.0, "duplicate_share": 1.0}
    network = chain(("app", "source"), ("log", "buffer", figures), ("bi", "consumer", {"query_s": 6.0}))
    run = day(network, [DAY_S - 20.0, DAY_S - 19.0, DAY_S - 18.0])
    app, log, bi = ledger(run)
    assert (app.arrived, app.departed, app.inside) == (3, 3, 0)
    assert (log.arrived, log.departed, log.lost, log.inside, log.copies) == (3, 2, {"refused": 1}, 0, 1)
    assert (bi.arrived, bi.departed, bi.inside) == (3, 1, 2)


def test_the_ledger_agrees_with_what_the_next_station_counts():
    run = simulate(DEFAULT, Scenario(events=20_000))
    entries = {entry.station: entry for entry in ledger(run)}
    assert entries["buffer"].departed + entries["buffer"].copies == entries["lake"].arrived
    assert entries["transform"].departed == entries["warehouse"].arrived
    assert entries["lake"].departed == entries["archive"].arrived == entries["transform"].arrived


def test_a_summary_is_plain_and_says_what_the_measures_say():
    run = simulate(DEFAULT, Scenario(events=20_000, overrides=(("transform", "idempotent", 0.0),)))
    said = summary(run)
    bi = said.deliveries["bi"]
    assert said.born == 20_000
    assert (bi.p50_s, bi.p95_s, bi.p99_s) == percentiles(latency(run, "bi"))
    assert bi.twice == latency(run, "bi").size - np.unique(run.passages["bi"].out_ids).size > 0
    assert said.strains["ingestion"].peak_per_s == load(run, "ingestion", edges(run)).max()
    assert said.lost["logs"] == losses(run, "logs")
    assert said.inside == sum(entry.inside for entry in ledger(run))


def test_a_summary_of_nothing_has_no_numbers_where_there_are_none():
    said = summary(simulate(DEFAULT, Scenario(events=0)))
    assert np.isnan(said.deliveries["bi"].p95_s)
    assert np.isnan(said.deliveries["bi"].fresh_max_s)
    assert said.deliveries["bi"].delivered == 0
    assert said.strains["bi"].max_depth == 0


def test_freshness_over_the_day_is_that_of_a_sawtooth():
    network = chain(("app", "source"), ("bi", "consumer", {"query_s": 0.0, "interval_s": 1000.0}))
    run = simulate(network, Scenario(arrivals=Arrivals.STEADY, events=100_000))
    bi = summary(run).deliveries["bi"]
    assert bi.fresh_mean_s == pytest.approx(500.0, abs=10.0)
    assert bi.fresh_p95_s == pytest.approx(950.0, abs=12.0)
    assert bi.fresh_max_s == pytest.approx(1000.0, abs=12.0)
