"""What the scenario texts tell is what the simulation gives, at the switches they name and with seed 1."""

from dataclasses import fields, replace

import numpy as np
import pytest

from lifecycle.charts.headlines import headlines
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Fate
from lifecycle.simulation.readings import measures, serving
from lifecycle.simulation.readings.consequence import consequence
from tests.days import kept

HOUR_S, MINUTE_S = 3600.0, 60.0
WAYS = [("pull", "batch"), ("pull", "stream"), ("push", "batch"), ("push", "stream")]
STREAM = ("push", "stream")
ALL_STREAM = ("push", "stream", "stream")
COURSE = load(SHIPPED)


@kept
def day(scenario: str, start: str = "pull", size: str = "batch", transform: str = "batch", *knobs) -> Run:
    state = State(scenario=scenario, start=start, size=size, transform=transform, knobs=knobs, seed=1)
    full = scenario_of(state, COURSE)
    return simulate(COURSE.pipeline.network, full, COURSE.traces.get(full.trace))


def shown(run: Run, name: str) -> float:
    return headlines(COURSE.pipeline, run)[name].value


def lost(run: Run) -> dict[tuple[str, str], int]:
    """By stage and reason, without what is removed on purpose."""
    return {
        (stage.id, reason): events
        for stage in COURSE.pipeline.stages
        for reason, events in measures.losses(run, stage.id).items()
        if reason not in measures.REMOVED
    }


def minutes(run: Run) -> np.ndarray:
    return measures.edges(run, 1440)


def depth_at(run: Run, stage: str, hour: float) -> int:
    return int(measures.depth(run, stage, minutes(run))[round(hour * 60)])


def worst_age_s(run: Run) -> float:
    return float(np.nanmax(measures.freshness(run, "bi", minutes(run))))


def empty_after(run: Run, stage: str, hour: float, few: int = 50) -> float:
    """The hour of the day at which the queue at `stage` is first shorter than `few`, from `hour` on."""
    edges_s = minutes(run)
    short = (measures.depth(run, stage, edges_s) < few) & (edges_s >= hour * HOUR_S)
    return float(edges_s[short][0] / HOUR_S)


def births(run: Run) -> np.ndarray:
    return np.histogram(run.born_s, 24, (0, 24 * HOUR_S))[0]


@pytest.mark.parametrize("scenario", [named.id for named in COURSE.scenarios])
def test_on_every_day_about_sixty_six_log_lines_or_one_in_a_thousand_are_malformed(scenario):
    events = COURSE.named(scenario).scenario.events
    assert lost(day(scenario))["logs", "malformed"] == pytest.approx(66 * events / 120_000, rel=0.12)


def test_a_normal_day_is_asleep_at_four_and_busiest_after_eight_in_the_evening():
    run = day("normal-day")
    assert (births(run).argmin(), births(run).argmax()) == (4, 20)
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


@pytest.mark.parametrize(("way", "events"), [(("pull", "batch"), 4_100), (STREAM, 3_000)])
def test_the_short_retention_forgets_from_five_on_what_the_patient_log_kept(way, events):
    run = day("short-retention", *way)
    here = run.passages["buffer"]
    assert lost(run)["buffer", "expired"] == pytest.approx(events, rel=0.02)
    assert here.lost_s.min() == pytest.approx(5 * HOUR_S, abs=2 * MINUTE_S)
    assert here.lost_s.max() <= 8.5 * HOUR_S
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
    calm = [
        interval
        for interval in (60.0, 75.0, 90.0, 120.0)
        if depth_at(
            day("smaller-batches", "pull", "batch", "batch", ("ingestion", "batch_interval_s", interval)), "jdbc", 24
        )
        < 200
    ]
    assert calm[0] == 90.0


def test_a_renamed_column_filled_with_nothing_is_no_loss_and_every_row_of_it_is_wrong():
    filled = day("renamed-column", "pull", "batch", "batch", ("transform", "on_drift", 1.0))
    got = measures.summary(filled).deliveries["bi"]
    assert set(lost(filled)) == {("logs", "malformed")}
    assert got.empty == pytest.approx(7_700, rel=0.02)
    checked = day("renamed-column", "pull", "batch", "batch", ("ingestion", "contract", 1.0))
    assert lost(checked)["ingestion", "drifted"] == pytest.approx(7_700, rel=0.02)


def test_a_retention_of_the_outages_own_length_is_enough_and_no_shorter_one():
    for hours, loses in ((6.5, False), (6.25, True)):
        run = day("short-retention", "pull", "stream", "batch", ("buffer", "retention_s", hours * HOUR_S))
        assert (("buffer", "expired") in lost(run)) == loses


def consequence_of(name, *settings):
    run = day(name, *settings)
    return consequence(run, simulate(run.network, replace(run.scenario, faults=())))


def oldest_h(done):
    return next((each.oldest_s for each in done.stale if each.consumer == "bi"), 0.0) / HOUR_S


def test_one_bad_record_holds_up_all_behind_it_unless_it_is_set_aside_and_partitions_hide_it():
    stuck = consequence_of("poison-record", *ALL_STREAM)
    assert oldest_h(stuck) == pytest.approx(5.0, abs=0.02)
    assert (stuck.lost, stuck.set_aside) == (0, 1)
    aside = consequence_of("poison-record", *ALL_STREAM, ("buffer", "tries", 3.0))
    assert (aside.stale, aside.set_aside) == ((), 1)
    split = day("poison-record", *ALL_STREAM, ("buffer", "consumers", 4.0))
    assert measures.ages(split, "bi").max() < 2 * MINUTE_S
    waiting = depth_at(split, "buffer", 14.9)
    came = np.count_nonzero((split.born_s > 10 * HOUR_S) & (split.born_s < 14.9 * HOUR_S))
    assert waiting / came == pytest.approx(0.25, abs=0.01)


def test_a_job_run_twice_counts_a_seventh_too_much_and_neither_age_nor_loss_tells():
    twice = day("double-run", *ALL_STREAM)
    got = measures.summary(twice).deliveries["bi"]
    assert got.twice == pytest.approx(18_200 + 214, abs=250)
    assert got.delivered / (got.delivered - got.twice) == pytest.approx(8 / 7, abs=0.02)
    assert set(lost(twice)) == {("logs", "malformed")}
    assert shown(twice, "freshness") == pytest.approx(shown(day("normal-day", *ALL_STREAM), "freshness"), rel=0.1)
    counted = day("double-run", *ALL_STREAM, ("transform", "idempotent", 1.0))
    assert measures.summary(counted).deliveries["bi"].twice == 0


def test_a_wrong_clock_costs_the_events_whose_clocks_are_right():
    run = day("wrong-clock", *ALL_STREAM)
    here = run.passages["transform"]
    late = here.ids[here.fate == Fate.LATE]
    assert consequence_of("wrong-clock", *ALL_STREAM).lost == pytest.approx(3_400, abs=100)
    wrong = (run.source[late] == run.sources.index("telemetry")) & (run.born_s[late] < 11 * HOUR_S)
    assert wrong[run.born_s[late] > 10 * HOUR_S].mean() < 0.01
    patient = consequence_of("wrong-clock", *ALL_STREAM, ("transform", "watermark_s", 1200.0))
    assert patient.lost <= 0
    older = day("wrong-clock", *ALL_STREAM, ("transform", "watermark_s", 1200.0))
    assert shown(older, "freshness") - shown(run, "freshness") > 15 * MINUTE_S
    amended = day("wrong-clock", *ALL_STREAM, ("transform", "on_late", 0.0))
    assert ("transform", "late") not in lost(amended)


def test_behind_a_cut_wire_all_is_late_and_before_a_dead_catcher_it_is_lost():
    cut, down = consequence_of("cut-wire", *ALL_STREAM), consequence_of("catcher-down", *ALL_STREAM)
    assert oldest_h(cut) == pytest.approx(1.0, abs=0.02)
    assert oldest_h(down) == pytest.approx(1.0, abs=0.02)
    assert (cut.lost, down.lost) == (0, pytest.approx(6_300, rel=0.02))


@kept
def rush(*knobs: tuple[str, str, float], way: tuple[str, ...] = ("pull", "batch", "batch")) -> serving.Views:
    """The views of the Monday, with only the hour from nine left in."""
    found = serving.views(day("monday-dashboards", *way, *knobs), "bi")
    hour = (found.viewed_s >= 9 * HOUR_S) & (found.viewed_s < 10 * HOUR_S)
    rows = {each.name: getattr(found, each.name) for each in fields(found)}
    return serving.Views(**{name: row[hour] if isinstance(row, np.ndarray) else row for name, row in rows.items()})


def queue_minutes(*knobs) -> tuple[float, float]:
    """The longest wait for a slot, in minutes, and the hour at which the line is first gone after that."""
    found = serving.queries(day("monday-dashboards", "pull", "batch", "batch", *knobs), "warehouse")
    worst = int(found.wait_s.argmax())
    gone = found.asked_s[worst:][found.wait_s[worst:] < 1.0][0]
    return float(found.wait_s[worst] / MINUTE_S), float(gone / HOUR_S)


def test_on_monday_at_nine_four_slots_are_asked_for_more_than_they_have_and_nobody_stays_for_the_answer():
    found = serving.queries(day("monday-dashboards"), "warehouse")
    nine = (found.asked_s >= 9 * HOUR_S) & (found.asked_s < 10 * HOUR_S)
    busy = found.answered_s - found.started_s
    assert busy[nine].sum() / HOUR_S == pytest.approx(4.4, abs=0.1)
    assert busy[nine & (found.by == 0)].sum() / HOUR_S == pytest.approx(1.1, abs=0.05)
    calm = serving.views(day("monday-dashboards", "pull", "batch", "batch", ("bi", "rush_factor", 1.0)), "bi")
    assert rush().viewed_s.size / HOUR_S == pytest.approx(1.6, abs=0.05)
    assert rush().viewed_s.size == pytest.approx(6 * ((calm.viewed_s // HOUR_S) == 9).sum(), rel=0.05)
    assert rush().asks.all()
    assert rush().leaves.mean() == pytest.approx(0.99, abs=0.005)
    longest, gone = queue_minutes()
    assert longest == pytest.approx(6.7, abs=0.1)
    assert gone == pytest.approx(10 + 11 / 60, abs=1 / 60)


def test_on_monday_more_slots_end_the_line_and_leave_the_long_queries_long():
    eight, sixteen = (rush(("warehouse", "slots", float(slots))) for slots in (8, 16))
    assert queue_minutes(("warehouse", "slots", 8.0))[0] < 0.5
    assert eight.leaves.mean() == pytest.approx(1 / 11, abs=0.004)
    assert eight.leaves.mean() - sixteen.leaves.mean() < 0.01
    # no line at all: what is left are queries that take longer than five seconds of themselves, e^(-5/2) of all
    endless = rush(("warehouse", "slots", 64.0))
    assert endless.leaves.mean() == pytest.approx(np.exp(-2.5), abs=0.01)
    assert np.median(sixteen.age_seen_s) == pytest.approx(np.median(eight.age_seen_s), rel=0.01)  # and cost no age


def test_on_monday_a_cache_of_a_minute_does_more_than_any_slots_and_costs_an_age_that_only_a_stream_would_notice():
    minute, five = (("bi", "cache_s", seconds) for seconds in (60.0, 300.0))
    assert rush(minute).asks.mean() == pytest.approx(1 / 6, abs=0.01)
    assert rush(minute).leaves.mean() == pytest.approx(1 / 50, abs=0.003)
    assert rush(minute).leaves.mean() < rush(("warehouse", "slots", 64.0)).leaves.mean() / 3

    def middle_s(*knobs, **way):
        return float(np.median(rush(*knobs, **way).age_seen_s))

    enough = ("warehouse", "slots", 8.0)
    assert middle_s(enough) / MINUTE_S == pytest.approx(46, abs=1)
    assert middle_s(minute) == pytest.approx(middle_s(enough), rel=0.02)
    streamed = {name: middle_s(knob, way=ALL_STREAM) for name, knob in (
        ("none", enough), ("minute", minute), ("five", five), ("hour", ("bi", "cache_s", HOUR_S)))}  # fmt: skip
    assert streamed["none"] == pytest.approx(6, abs=0.6)
    assert streamed["minute"] == pytest.approx(30, abs=3)
    assert streamed["five"] == pytest.approx(150, abs=8)
    assert streamed["hour"] == pytest.approx(30 * MINUTE_S, rel=0.05)
