"""What the stories of incidents and of Monday's dashboards say is what happens on their days."""

from dataclasses import replace

import numpy as np
import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Fate
from lifecycle.simulation.readings import measures, serving
from lifecycle.simulation.readings.consequence import consequence
from tests.course.story_days import day, depth_at, lost, rush, shown

HOUR_S, MINUTE_S = 3600.0, 60.0
ALL_STREAM = ("push", "stream", "stream")


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
