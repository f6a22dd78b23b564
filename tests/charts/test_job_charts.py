"""Charts of an orchestrator: what is drawn of a run is what it did, and which run follows the moment."""

from __future__ import annotations

import numpy as np
import pytest

from lifecycle import charts
from lifecycle.charts.spec import AxisKind, Bars, Hatch
from lifecycle.course import SHIPPED, load
from lifecycle.outputs.sparkline import sparkline
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.gantt import job_run, run_at
from tests.charts.chart_days import WAYS, day
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
STAGE = next(stage for stage in COURSE.pipeline.stages if stage.id == "transform")
FAILED, BACKFILL, CALM = 2.4 * 3600, 8.5 * 3600, 9.5 * 3600


def drawn(moment_s):
    return charts.job_gantt(STAGE, day("parent-fails", WAYS[0]), None, moment_s)


def by_name(spec):
    return {bars.name: bars for bars in spec.series if isinstance(bars, Bars)}


def shown(moment_s):
    done = not_none(day("parent-fails", WAYS[0]).orchestrated_at("transform"))
    return job_run(done, not_none(run_at(done, moment_s)))


@pytest.mark.parametrize("moment_s", [FAILED, BACKFILL, CALM, None])
def test_each_try_is_a_bar_from_its_start_to_its_end_and_waits_stand_before_it(moment_s):
    spec, run = drawn(moment_s), shown(moment_s)
    bars = by_name(spec)
    work = {
        (round(base, 6), round(base + length, 6))
        for name, one in bars.items()
        if name != "waiting"
        for base, length in zip(one.base, one.values, strict=True)
    }
    assert work == {
        (round(one.attempt.start_s - run.tick_s, 6), round(one.attempt.end_s - run.tick_s, 6)) for one in run.tries
    }
    waiting = bars["waiting"]
    assert len(waiting.rows) == len(set(waiting.rows)) == len(run.tries) + len(run.skipped)
    assert spec.y.kind is AxisKind.ROWS
    for row, base, held_s in zip(waiting.rows, waiting.base, waiting.values, strict=True):
        starts = [
            start
            for name, one in bars.items()
            if name != "waiting"
            for at, start in zip(one.rows, one.base, strict=True)
            if at == row
        ]
        assert starts == pytest.approx([base + held_s] if starts else [])


def test_the_critical_path_and_a_failure_have_a_hatch_and_words_of_their_own():
    bars = by_name(drawn(BACKFILL))
    lit = bars["critical path"]
    assert (lit.rows, lit.hatch) == (("clean", "join", "sum"), Hatch.SLANTED)
    assert (bars["working"].rows, bars["working"].hatch) == (("check",), Hatch.NONE)
    failed = by_name(drawn(FAILED))
    assert (failed["failed"].rows, failed["failed"].hatch) == (("clean", "clean, try 2"), Hatch.CROSSED)
    assert failed["waiting"].rows == ("clean", "clean, try 2", "check: skipped", "join: skipped", "sum: skipped")


def test_the_pointer_is_told_job_start_end_wait_and_cause():
    told = list(by_name(drawn(FAILED))["failed"].hover.words)
    assert told[1].startswith("clean, try 2: 02:1")
    assert "waited 5 min for another try" in told[1]
    assert told[1].endswith("failed\non the critical path")
    (join,) = (word for word in by_name(drawn(BACKFILL))["waiting"].hover.words if word.startswith("join"))
    assert "waited 5 min for the jobs before" in join


def test_the_finding_says_what_the_run_did():
    assert drawn(FAILED).finding == "The run of 02:10 fails at clean after 2 tries; skipped: check, join, sum"
    assert drawn(BACKFILL).finding == "The run of 08:10 takes 16 min: its critical path leads over clean, join, sum"
    assert drawn(BACKFILL).finding == charts.for_talk(
        "Run", charts.Subject(COURSE.pipeline, STAGE, BACKFILL), day("parent-fails", WAYS[0]), None
    ).finding  # fmt: skip


def test_the_table_has_every_try_and_what_was_skipped():
    table = drawn(FAILED).table
    assert list(table["ended"]) == ["failed", "failed", "skipped", "skipped", "skipped"]
    assert list(drawn(BACKFILL).table["critical path"]) == ["yes", "yes", "no", "yes"]


def test_the_axis_says_the_time_of_the_day_and_holds_the_run():
    for moment_s in (FAILED, BACKFILL):
        spec, run = drawn(moment_s), shown(moment_s)
        low, high = not_none(spec.x.range)
        assert (low, high > run.makespan_s) == (0.0, True)
        for at, words in not_none(spec.x.ticks):
            hour, minute = map(int, words.split(":")[:2])
            assert (hour * 60 + minute) * 60 == pytest.approx((run.tick_s + at) // 60 * 60)


def test_the_charts_are_there_where_a_schedule_starts_the_jobs_and_nowhere_else():
    named = not_none(COURSE.named("parent-fails"))
    assert {"Run", "Slots"} <= set(charts.of_stage(STAGE, named.scenario))
    assert not {"Run", "Slots"} & set(charts.of_stage(STAGE, Scenario()))
    lake = next(stage for stage in COURSE.pipeline.stages if stage.id == "lake")
    assert not {"Run", "Slots"} & set(charts.of_stage(lake, named.scenario))
    assert charts.leading(named.showing, COURSE.pipeline, named.scenario) == ("Run", STAGE)


def test_where_no_run_took_place_the_chart_says_so():
    assert charts.job_gantt(STAGE, day("normal-day", WAYS[0])).finding == "No run took place on this day"


def test_slots_in_use_are_drawn_and_said():
    spec = charts.STAGE_CHARTS["Slots"](STAGE, day("parent-fails", WAYS[0]), None)
    assert int(np.max(spec.lines[0].y)) == 2
    assert spec.finding == "2 of 2 slots in use at most; no job waits for a free one"


def test_small_bars_stand_in_the_rows_of_their_names():
    picture = sparkline(drawn(BACKFILL))
    heights = [part.split('"')[0] for part in picture.split(' y="')[1:]]
    assert len(set(heights)) == 4  # clean, join, check, sum
    assert len(heights) == 8
