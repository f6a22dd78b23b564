"""What the stories of incidents and of Monday's dashboards say is what happens on their days."""

from dataclasses import replace

import numpy as np
import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Cause, Fate
from lifecycle.simulation.readings import measures, serving
from lifecycle.simulation.readings.consequence import consequence
from lifecycle.simulation.readings.gantt import job_run, run_at
from lifecycle.simulation.readings.journey import Pick, choose, follow
from tests.course.story_days import day, depth_at, empty_after, lost, rush, shown, worst_age_s
from tests.support.narrow import not_none

HOUR_S, MINUTE_S = 3600.0, 60.0
ALL_STREAM = ("push", "stream", "stream")


def test_a_renamed_column_filled_with_nothing_is_no_loss_and_every_row_of_it_is_wrong():
    filled = day("renamed-column", "pull", "batch", "batch", ("transform", "on_drift", 1.0))
    got = measures.summary(filled).deliveries["bi"]
    assert set(lost(filled)) == {("logs", "malformed")}
    assert got.empty == pytest.approx(7_700, rel=0.02)
    checked = day("renamed-column", "pull", "batch", "batch", ("ingestion", "contract", 1.0))
    assert lost(checked)["ingestion", "drifted"] == pytest.approx(7_700, rel=0.02)


@pytest.mark.parametrize(("size", "hours", "loses"), [
    ("stream", 6.5, False), ("stream", 6.25, True), ("batch", 7, False), ("batch", 6.5, True),
])  # fmt: skip
def test_a_stream_needs_a_retention_of_the_outages_own_length_and_batches_seven_hours(size, hours, loses):
    run = day("short-retention", "pull", size, "batch", ("buffer", "retention_s", hours * HOUR_S))
    assert (("buffer", "expired") in lost(run)) == loses


def test_the_vendors_clean_up_stands_in_line_until_the_late_afternoon_and_consumers_do_not_help():
    cleaned = day("vendor-backfill", "pull", "stream")
    api = cleaned.passages["api"]
    assert depth_at(cleaned, "api", 11) == pytest.approx(16_700, rel=0.01)
    assert empty_after(cleaned, "api", 11, few=60) == pytest.approx(16 + 40 / 60, abs=0.05)
    assert np.count_nonzero(api.throttled_s < 11 * HOUR_S) > 3_000
    at_eleven = int(np.searchsorted(api.arrived_s, 11 * HOUR_S))
    assert (api.departed_s - api.arrived_s)[at_eleven - 5 : at_eleven + 5].mean() / HOUR_S == pytest.approx(
        4.6, abs=0.1
    )
    came = (api.arrived_s > 11 * HOUR_S) & (api.arrived_s < 16.6 * HOUR_S)
    assert np.count_nonzero(came) / (5.6 * HOUR_S) == pytest.approx(0.18, abs=0.005)
    more = day("vendor-backfill", "pull", "stream", "batch", ("buffer", "consumers", 2.0))
    assert (more.passages["api"].departed_s == api.departed_s).all()
    usual = day("vendor-backfill", "pull", "stream", "batch", ("api", "rate_per_s", 16.7)).passages["api"]
    assert usual.throttled_s.size == 0
    assert (usual.departed_s - usual.arrived_s).max() < 5.0


def test_on_a_normal_day_the_limit_bites_no_stream_and_an_hourly_job_for_two_minutes():
    assert day("normal-day", "pull", "stream").passages["api"].throttled_s.size == 0
    hourly = day("normal-day").passages["api"]
    assert hourly.throttled_s.size > 300
    waited_s = hourly.departed_s - np.ceil(hourly.arrived_s / HOUR_S) * HOUR_S
    assert 60.0 < np.nanmax(waited_s) < 120.0
    assert np.bincount((hourly.arrived_s // HOUR_S).astype(int)).max() == pytest.approx(950, abs=10)


def test_a_slot_whose_reader_is_away_fills_the_disk_by_half_past_one_and_the_shop_refuses_6_900_orders():
    slot = day("full-slot", "pull", "stream")
    here = slot.passages["jdbc"]
    assert lost(slot)["jdbc", "refused"] == pytest.approx(6_900, rel=0.01)
    assert here.lost_s.min() / HOUR_S == pytest.approx(13 + 27 / 60, abs=0.02)
    assert here.lost_s.max() <= 17 * HOUR_S
    assert depth_at(slot, "jdbc", 15) == 9_765


@pytest.mark.parametrize(("limit", "cut_h"), [(("slot_keep_bytes", 4e7), 10 + 57 / 60), (("slot_idle_s", 7200.0), 10)])
def test_a_slot_that_is_cut_off_costs_the_shop_nothing_and_its_reader_16_700_orders(limit, cut_h):
    slot = day("full-slot", "pull", "stream", "batch", ("jdbc", *limit))
    here, gone = slot.passages["jdbc"], lost(slot)
    assert ("jdbc", "refused") not in gone
    assert gone["jdbc", "expired"] + gone["jdbc", "skipped"] == pytest.approx(16_700, rel=0.01)
    assert here.lost_s[here.lost_fate == Fate.EXPIRED].max() / HOUR_S == pytest.approx(cut_h, abs=0.02)


def test_batches_use_no_slot_and_are_late():
    assert {place for place, _ in lost(day("full-slot"))} == {"logs"}


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


TEN_PAST_EIGHT = 8 * HOUR_S + 10 * MINUTE_S


def of_run(run, hour):
    """The run of an orchestrator that was due at ten past this hour."""
    done = not_none(run.orchestrated_at("transform"))
    return job_run(done, not_none(run_at(done, (hour + 0.5) * HOUR_S)))


def test_a_parent_that_fails_at_night_leaves_its_children_out_and_the_next_run_that_succeeds_catches_up():
    run = day("parent-fails")
    done = not_none(run.orchestrated_at("transform"))
    failed = [one for one in done.rounds.attempts if one.failed]
    assert (len(failed), {done.jobs[one.job].job for one in failed}) == (12, {"clean"})
    assert (len(done.rounds.skipped), {one.run for one in failed}) == (18, {2, 3, 4, 5, 6, 7})
    assert {done.jobs[job].job for _, job in done.rounds.skipped} == {"check", "join", "sum"}
    assert set(lost(run)) == {("logs", "malformed")}
    again, calm = of_run(run, 8), of_run(run, 9)
    assert again.makespan_s / MINUTE_S == pytest.approx(16, abs=0.5)
    assert calm.makespan_s / MINUTE_S == pytest.approx(7, abs=0.5)
    assert [one.name.job for one in again.tries if one.critical] == ["clean", "join", "sum"]
    taken = run.passages["transform"].started_s == TEN_PAST_EIGHT
    assert run.born_s[run.passages["transform"].ids[taken]].min() < 2 * HOUR_S


def test_the_consumers_grow_older_by_the_hour_until_a_run_catches_up_and_each_sees_it_when_it_looks():
    run = day("parent-fails")
    at = {hour: ages_at(run, hour) for hour in (4.0, 8.0, 8 + 25 / 60, 8 + 27 / 60, 8.99, 9 + 2 / 60)}
    assert at[8.0]["bi"] - at[4.0]["bi"] == 4 * HOUR_S
    assert max(ages_at(run, 8 + n / 60)["bi"] for n in range(20, 30)) == pytest.approx(7.42 * HOUR_S, abs=4 * MINUTE_S)
    assert at[8 + 27 / 60]["bi"] < 0.5 * HOUR_S
    assert at[8.99]["ml"] == pytest.approx(8 * HOUR_S, abs=2 * MINUTE_S)
    assert at[9 + 2 / 60]["ml"] < 1.1 * HOUR_S


def ages_at(run, hour):
    return {name: float(measures.freshness(run, name, np.array([hour * HOUR_S]))[0]) for name in ("bi", "ml")}


def test_twice_the_workers_halve_the_run_that_catches_up_and_take_seven_minutes_off_seven_hours():
    plain, faster = day("parent-fails"), day("parent-fails", "pull", "batch", "batch", ("transform", "workers", 4.0))
    assert of_run(faster, 8).makespan_s / of_run(plain, 8).makespan_s == pytest.approx(0.5, abs=0.05)
    assert (worst_age_s(plain) - worst_age_s(faster)) / MINUTE_S == pytest.approx(7, abs=1.1)


def test_the_transformations_switch_changes_nothing_on_the_night_of_the_failed_parent():
    batch, stream = day("parent-fails"), day("parent-fails", "pull", "batch", "stream")
    np.testing.assert_array_equal(batch.passages["bi"].departed_s, stream.passages["bi"].departed_s)


def test_the_slowest_order_of_that_night_waited_six_hours_for_a_run_that_succeeds():
    run = day("parent-fails")
    slowest = follow(run, choose(run, Pick.SLOWEST, "bi"), "bi")
    stay = next(one for one in slowest.stays if one.stage == "transform")
    assert {wait.cause: round(wait.seconds / MINUTE_S) for wait in stay.waits} == {Cause.TICK: 10, Cause.FAILED: 360}
