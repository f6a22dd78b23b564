"""What the scenario texts tell is what the simulation gives, at the switches they name and with seed 1."""

from dataclasses import replace

import numpy as np
import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.readings import measures
from tests.course.story_days import day, depth_at, empty_after, lost, minutes, shown, worst_age_s
from tests.support.narrow import not_none

HOUR_S, MINUTE_S = 3600.0, 60.0
WAYS = [("pull", "batch"), ("pull", "stream"), ("push", "batch"), ("push", "stream")]
STREAM = ("push", "stream")
ALL_STREAM = ("push", "stream", "stream")
COURSE = load(SHIPPED)


def births(run: Run) -> np.ndarray:
    return np.histogram(run.born_s, 24, (0, 24 * HOUR_S))[0]


@pytest.mark.parametrize("scenario", [named.id for named in COURSE.scenarios])
def test_on_every_day_about_sixty_six_log_lines_or_one_in_a_thousand_are_malformed(scenario):
    events = not_none(COURSE.named(scenario)).scenario.events
    assert lost(day(scenario))["logs", "malformed"] == pytest.approx(66 * events / 120_000, rel=0.12)


def test_a_normal_day_is_asleep_at_four_and_busiest_after_eight_in_the_evening():
    run = day("normal-day")
    assert [int(births(run).argmin()), int(births(run).argmax())] == [4, 20]
    assert lost(run) == {("logs", "malformed"): 66}


def test_a_normal_day_in_hourly_batches_is_73_minutes_old_at_p95_and_its_ingestion_mostly_rests():
    run = day("normal-day")
    assert shown(run, "freshness") / MINUTE_S == pytest.approx(73, abs=0.5)
    assert (measures.load(run, "ingestion", minutes(run)) == 0).mean() > 0.9


def test_on_a_normal_day_streaming_stops_at_fifteen_minutes_until_the_transformation_streams_too():
    assert shown(day("normal-day", *STREAM), "freshness") / MINUTE_S == pytest.approx(15, abs=0.5)
    assert shown(day("normal-day", *ALL_STREAM), "freshness") < MINUTE_S


def test_on_a_steady_day_the_size_switch_alone_makes_the_lumps():
    hourly = measures.per_bucket(
        day("steady-day").passages["ingestion"].arrived_s, measures.edges(day("steady-day"), 24)
    )
    assert hourly[1:].mean() == pytest.approx(5_000, rel=0.02)
    for start, size in WAYS:
        peak = shown(day("steady-day", start, size), "load")
        assert peak > 10 * 1.4 if size == "batch" else peak < 1.3 * 1.4, (start, size)


def test_the_flash_sale_fills_the_buffer_to_45_000_by_one_and_is_over_at_a_quarter_past_two():
    run = day("flash-sale", *STREAM)
    assert shown(run, "load") == pytest.approx(25, abs=1)
    assert measures.max_depth(run, "buffer") == depth_at(run, "buffer", 13) == pytest.approx(45_000, rel=0.02)
    assert empty_after(run, "buffer", 13) == pytest.approx(14.25, abs=0.1)
    assert set(lost(run)) == {("logs", "malformed")}


def test_the_flash_sale_in_batches_reaches_the_buffer_only_after_one_and_a_second_consumer_dries_it_sooner():
    one, two = day("flash-sale"), day("flash-sale", "pull", "batch", "batch", ("buffer", "consumers", 2.0))
    assert depth_at(one, "buffer", 13) < 100 < 79_000 < measures.max_depth(one, "buffer")
    assert empty_after(two, "buffer", 13.2) < empty_after(one, "buffer", 13.2) - 0.75


def test_the_real_day_sleeps_from_two_to_four_and_jumps_at_five():
    born = births(day("real-day"))
    assert born[2] == born[3] == 0
    assert 100 < born[4] < 1_000 < 5_000 < born[5]
    assert born[14] > born[13] * 1.3


def test_the_real_day_is_almost_three_hours_old_before_dawn_with_everything_streaming():
    run = day("real-day", *ALL_STREAM)
    age_s = measures.freshness(run, "bi", minutes(run))
    assert 2.75 * HOUR_S < np.nanmax(age_s) < 3 * HOUR_S
    assert 4 < np.nanargmax(age_s) / 60 < 5


def test_the_folded_year_has_every_departure_and_is_busiest_at_five_to_six():
    run = day("year-of-departures")
    by_minute = np.histogram(run.born_s, 1440, (0, 24 * HOUR_S))[0]
    assert run.born_s.size == 328_521
    assert by_minute.argmax() == 5 * 60 + 55
    assert by_minute.max() == pytest.approx(834, abs=2)  # three sources share the minutes out, each in whole events
    assert 3.5 < by_minute.max() / by_minute.mean() < 4
    assert births(run)[2:4].all()
    assert not births(day("real-day"))[2:4].any()


def test_the_folded_year_is_never_an_hour_old_with_everything_streaming_the_real_day_almost_three():
    assert worst_age_s(day("year-of-departures", *ALL_STREAM)) < HOUR_S
    assert 2.75 * HOUR_S < worst_age_s(day("real-day", *ALL_STREAM)) < 3 * HOUR_S


def test_the_consumer_crash_costs_no_event_and_its_backlog_peaks_in_the_outage():
    for way in (("pull", "batch"), STREAM):
        run = day("consumer-crash", *way)
        edges_s = minutes(run)
        depth = measures.depth(run, "buffer", edges_s)
        assert set(lost(run)) == {("logs", "malformed")}
        assert depth.max() > 10_000
        assert 2 * HOUR_S <= edges_s[depth.argmax()] <= 8.5 * HOUR_S


def test_the_consumer_crash_ages_the_dashboard_by_six_and_a_half_hours_or_nearly_eight():
    assert worst_age_s(day("consumer-crash", *ALL_STREAM)) / HOUR_S == pytest.approx(6.5, abs=0.1)
    assert 7.6 < worst_age_s(day("consumer-crash")) / HOUR_S < 8


def test_after_the_consumer_crash_the_backlog_drains_at_capacity_minus_arrivals():
    run = day("consumer-crash", *STREAM)
    per_s = births(run) / HOUR_S
    assert (per_s[8], per_s[9]) == pytest.approx((1.3, 1.6), abs=0.05)
    left_at_nine = depth_at(run, "buffer", 8.5) - (5 - per_s[8]) * 0.5 * HOUR_S
    by_hand = 9 + left_at_nine / (5 - per_s[9]) / HOUR_S
    assert empty_after(run, "buffer", 8.6) == pytest.approx(by_hand, abs=0.05)


@pytest.mark.parametrize(
    ("way", "events", "skipped"), [(("pull", "batch", "batch"), 4_100, 6_100), ((*STREAM, "batch"), 3_000, 7_900)]
)
def test_the_short_retention_forgets_from_five_on_and_the_reader_skips_what_is_left(way, events, skipped):
    run = day("short-retention", *way)
    here = run.passages["buffer"]
    assert lost(run)["buffer", "expired"] == pytest.approx(events, rel=0.02)
    assert here.lost_s.min() == pytest.approx(5 * HOUR_S, abs=2 * MINUTE_S)
    assert here.lost_s.max() <= 8.5 * HOUR_S
    assert lost(run)["buffer", "skipped"] == pytest.approx(skipped, rel=0.02)
    patient = day("short-retention", *way, ("buffer", "on_gone", 1))
    assert ("buffer", "skipped") not in lost(patient)
    assert lost(patient)["buffer", "expired"] == lost(run)["buffer", "expired"]
    assert ("buffer", "expired") not in lost(day("consumer-crash", *way))


def test_the_short_retention_drains_sooner_for_having_less_to_drain():
    assert empty_after(day("short-retention", *STREAM), "buffer", 8.6) < empty_after(
        day("consumer-crash", *STREAM), "buffer", 8.6
    )


@pytest.mark.parametrize("way", [("pull", "batch"), STREAM])
def test_the_renamed_column_costs_7_700_events_and_leaves_freshness_as_it_was(way):
    run, calm = day("renamed-column", *way), day("normal-day", *way)
    assert lost(run)["transform", "drifted"] == pytest.approx(7_700, rel=0.01)
    assert shown(run, "freshness") == pytest.approx(shown(calm, "freshness"), rel=0.01)
    assert run.passages["lake"].arrived_s.size == calm.passages["lake"].arrived_s.size


def test_a_catcher_that_is_down_loses_events_only_when_they_are_pushed_as_a_stream():
    for start, size in WAYS:
        refused = lost(day("catcher-down", start, size)).get(("ingestion", "refused"), 0)
        assert refused == (pytest.approx(6_300, rel=0.01) if (start, size) == STREAM else 0), (start, size)


def test_what_waits_for_the_catcher_comes_an_hour_late():
    for way in WAYS[:3]:
        later_s = worst_age_s(day("catcher-down", *way)) - worst_age_s(day("normal-day", *way))
        assert later_s == pytest.approx(HOUR_S, abs=2 * MINUTE_S), way


def test_the_slow_warehouse_queues_10_000_rows_at_the_last_step_and_nowhere_before():
    for way in (STREAM, ALL_STREAM):
        run = day("slow-warehouse", *way)
        assert depth_at(run, "warehouse", 13) == pytest.approx(10_000, rel=0.08)
        assert max(measures.max_depth(run, stage) for stage in ("api", "jdbc", "logs", "ingestion", "buffer")) < 100
        assert worst_age_s(run) > 1.5 * HOUR_S


def test_streaming_the_earlier_steps_does_not_cure_the_slow_warehouse():
    assert worst_age_s(day("slow-warehouse", *ALL_STREAM)) > 0.7 * worst_age_s(day("slow-warehouse"))


def test_the_heavy_query_makes_customers_wait_29_then_67_then_200_milliseconds():
    run = day("heavy-query")
    wait_ms = 1e3 * measures.user_response_s(run, "oltp", minutes(run))
    assert np.median(wait_ms[8 * 60 : 9 * 60]) == pytest.approx(29, abs=0.5)
    assert np.median(wait_ms[9 * 60 : 10 * 60]) == pytest.approx(67, abs=0.5)
    assert wait_ms.max() == pytest.approx(200, abs=0.5)
    assert 9 * 60 <= wait_ms.argmax() < 12 * 60


def test_the_heavy_query_stretches_the_ten_o_clock_extract_from_seven_minutes_to_twelve():
    def extract_minutes(run: Run) -> float:
        return float(measures.busy(run, "jdbc", minutes(run))[10 * 60 : 11 * 60].sum())

    run = day("heavy-query")
    alone = simulate(COURSE.pipeline.network, replace(run.scenario, faults=()))
    assert extract_minutes(run) == pytest.approx(12, abs=0.5)
    assert extract_minutes(alone) == pytest.approx(7, abs=0.5)


def test_streaming_beside_the_heavy_query_halves_the_worst_wait_and_lengthens_the_quiet_ones():
    batch, stream = day("heavy-query"), day("heavy-query", *STREAM)
    by_batch = measures.user_response_s(batch, "oltp", measures.edges(batch))[108:144]
    by_stream = measures.user_response_s(stream, "oltp", measures.edges(stream))[108:144]
    assert by_stream.max() < 0.55 * by_batch.max()
    assert by_stream.min() > 1.2 * by_batch.min()


@pytest.mark.parametrize("way", WAYS)
def test_no_switch_moves_the_partners_file_and_freshness_does_not_see_it(way):
    run, calm = day("nightly-file", *way), day("normal-day", *way)
    sent_s = run.passages["api"].out_s
    assert 3 * HOUR_S <= sent_s.min() <= sent_s.max() < 3 * HOUR_S + 5 * MINUTE_S
    assert depth_at(run, "api", 24) == pytest.approx(11_500, rel=0.01)
    assert shown(run, "freshness") == pytest.approx(shown(calm, "freshness"), rel=0.02)


PULLED = ("pull", "stream", "stream")


def test_the_vendors_line_grows_from_ten_on_to_4_900_and_only_the_api_itself_shortens_it():
    run = day("throttled-vendor", *PULLED)
    born = np.histogram(run.passages["external"].arrived_s, 24, (0, 24 * HOUR_S))[0] / HOUR_S
    assert born[7] < 0.1 < born[8]
    assert depth_at(run, "api", 9) == 0 < depth_at(run, "api", 10)
    assert depth_at(run, "api", 24) == pytest.approx(4_900, abs=50)
    assert run.passages["external"].arrived_s.size == pytest.approx(12_000, rel=0.01)
    for consumers in (2.0, 4.0):
        more = day("throttled-vendor", *PULLED, ("buffer", "consumers", consumers))
        np.testing.assert_array_equal(more.passages["api"].departed_s, run.passages["api"].departed_s)
        assert shown(more, "delivered") == pytest.approx(shown(run, "delivered"), abs=5)
    assert depth_at(day("throttled-vendor", *PULLED, ("api", "rate_per_s", 0.2)), "api", 24) < 200
    assert shown(run, "freshness") == pytest.approx(shown(day("normal-day", *PULLED), "freshness"), rel=0.05)


def test_streaming_takes_one_hour_of_nearly_seven_off_a_report_that_is_read_every_six():
    batch, streamed = day("morning-report"), day("morning-report", *ALL_STREAM)
    assert shown(batch, "freshness") / HOUR_S == pytest.approx(6 + 40 / 60, abs=0.1)
    assert shown(streamed, "freshness") / HOUR_S == pytest.approx(5 + 40 / 60, abs=0.1)
    hourly = day("morning-report", "pull", "batch", "batch", ("bi", "interval_s", 3600.0))
    assert shown(hourly, "freshness") < shown(streamed, "freshness") / 2


def test_five_minute_batches_age_twenty_minutes_and_one_minute_batches_choke_on_their_scans():
    five = day("smaller-batches")
    assert shown(five, "freshness") / MINUTE_S == pytest.approx(20, abs=0.5)
    assert shown(five, "load") < 3 < 30 <= shown(day("normal-day"), "load")
    assert depth_at(five, "jdbc", 24) < 200
    one = day("smaller-batches", "pull", "batch", "batch", ("ingestion", "batch_interval_s", 60.0))
    assert depth_at(one, "jdbc", 24) == pytest.approx(17_000, rel=0.05)
    assert shown(one, "freshness") < shown(five, "freshness")
    hourly = day("smaller-batches", "pull", "batch", "batch", ("ingestion", "batch_interval_s", 3600.0))
    assert [shown(each, "cost") for each in (hourly, five, one)] == pytest.approx([56, 65, 76], abs=0.5)
    calm = [
        interval
        for interval in (60.0, 75.0, 90.0, 120.0)
        if depth_at(
            day("smaller-batches", "pull", "batch", "batch", ("ingestion", "batch_interval_s", interval)), "jdbc", 24
        )
        < 200
    ]
    assert calm[0] == 90.0
