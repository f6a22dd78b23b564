"""What the diagram plays of a day: what a dot is worth, an opening before the event, and those who ask."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.loading import SHIPPED
from lifecycle.diagram import living
from lifecycle.learning.drills.evidence import unmarked
from lifecycle.outputs.pdf.diagram import signs
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.model.schedules import Schedule, every
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings import measures, serving
from lifecycle.simulation.readings.frames import Frames
from lifecycle.simulation.readings.moves import HOP_S
from tests.support.days import kept
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
WAYS = tuple(product(Start, Size, Size))
BATCH, STREAM = WAYS[0], WAYS[-1]
HOUR_S, MINUTE_S = 3600.0, 60.0
# What each scenario is about, as its file tells it: when that begins, and the stage at which the diagram shows it.
EVENTS = {
    "flash-sale": (12.0, "buffer"),
    "consumer-crash": (2.0, "buffer"),
    "poison-record": (10.0, "buffer"),
    "short-retention": (2.0, "buffer"),
    "parent-fails": (2.0, "transform"),
    "renamed-column": (10.0, "oltp"),
    "silent-nulls": (10.0, "oltp"),
    "double-run": (12.0, "lake"),
    "wrong-clock": (10.0, "telemetry"),
    "catcher-down": (14.0, "ingestion"),
    "cut-wire": (14.0, "ingestion"),
    "morning-report": (6.0, "bi"),
    "slow-warehouse": (9.0, "warehouse"),
    "monday-dashboards": (9.0, "warehouse"),
    "heavy-query": (9.0, "jdbc"),
    "full-slot": (8.0, "jdbc"),
    "vendor-backfill": (9.0, "external"),
    "nightly-file": (3.0, "api"),
}
# Days on which nothing happens but that they are as they are; they differ all day long.
DAYS = {
    "steady-day": "oltp",
    "smaller-batches": "ingestion",
    "throttled-vendor": "api",
    "real-day": "oltp",
    "year-of-departures": "oltp",
    "old-index": "ai",
}
# These move much as a normal day does: they are about who can read what.
STILL = {"wide-grant", "erasure-comes-back", "plain-wire"}


@kept
def run(scenario: str, way: tuple[Start, Size, Size] = BATCH, **changes) -> Run:
    start, size, transform = way
    full = replace(
        scenario_of(State(scenario=scenario, start=start, size=size, transform=transform), COURSE), **changes
    )
    return simulate(COURSE.pipeline.network, full, COURSE.traces.get(full.trace))


@kept
def frames(scenario: str, way: tuple[Start, Size, Size] = BATCH) -> Frames:
    return measures.frames(run(scenario, way))


def most_dots(shown: Frames) -> int:
    return max(living.dots(shown, flow, t) for flow in shown.flows for t in shown.edges_s[1::2])


@pytest.mark.parametrize("scenario", [named.id for named in COURSE.scenarios])
def test_a_dot_is_worth_the_same_under_every_setting_of_the_switches_and_no_flood_is_beyond_drawing(scenario):
    ways = WAYS if scenario in ("normal-day", "flash-sale", "poison-record") else (BATCH, WAYS[3], STREAM)
    worths = {living.events_per_dot(frames(scenario, way)) for way in ways}
    assert len(worths) == 1
    assert {living.pack_frames(frames(scenario, way))["per_dot"] for way in ways} == worths
    assert len({living.opening(frames(scenario, way)) for way in ways}) == 1
    assert all(3 <= most_dots(frames(scenario, way)) <= living.MOST_DOTS for way in ways)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_other_luck_does_not_change_what_a_dot_is_worth(seed):
    for scenario in ("normal-day", "flash-sale"):
        there = measures.frames(run(scenario, BATCH, seed=seed))
        assert living.events_per_dot(there) == living.events_per_dot(frames(scenario))


def test_a_rush_of_ten_times_the_events_shows_ten_times_the_dots():
    shown, wire = frames("flash-sale", STREAM), ("ingestion", "buffer")
    events = shown.flows[wire]
    per_dot = living.events_per_dot(shown)
    for rush_h, calm_h in ((12.5, 11.5), (12.5, 14.5)):
        rush, calm = (int(events[round(h * 12) - 6 : round(h * 12) + 6].sum()) for h in (rush_h, calm_h))
        assert rush / calm == pytest.approx(10, rel=0.15)
        moments = [np.arange(h - 0.5, h + 0.5, HOP_S / HOUR_S) * HOUR_S for h in (rush_h, calm_h)]
        dots = [sum(living.dots(shown, wire, t) for t in each) for each in moments]
        assert dots == [pytest.approx(rush / per_dot, rel=0.1), pytest.approx(calm / per_dot, rel=0.1)]
        assert not any(living.packets(shown, wire, t) for each in moments for t in each)


def test_a_day_of_one_file_or_of_few_events_has_dots_to_see():
    few = Trace(tuple(float(s) for s in range(25_200, 60_000, 60)), (1.0,) * 580)
    own = replace(run("normal-day").scenario, arrivals=Arrivals.REAL_DAY, trace="own", events=580)
    for way in (BATCH, STREAM):
        start, size, transform = way
        brought = simulate(COURSE.pipeline.network, replace(own, start=start, size=size, transform=transform), few)
        shown = measures.frames(brought)
        assert living.events_per_dot(shown) == 1
        assert most_dots(shown) >= 2
    nothing = measures.frames(run("normal-day", BATCH, events=0))
    assert living.events_per_dot(nothing) == 1


# --- when a day opens


def test_every_scenario_is_known_here():
    assert set(EVENTS) | set(DAYS) | STILL | {"normal-day"} == {named.id for named in COURSE.scenarios}


@pytest.mark.parametrize("scenario", EVENTS)
def test_a_day_opens_five_minutes_before_its_event(scenario):
    assert living.opening(frames(scenario)) == EVENTS[scenario][0] * HOUR_S - 5 * MINUTE_S
    assert living.pack_frames(frames(scenario))["opening"] == living.opening(frames(scenario))


def test_a_day_of_jobs_on_a_schedule_opens_before_they_start_unless_they_always_do():
    def opens_s(*ticks_s):
        stations = (Station("shop", Role.SOURCE), Station("mill", Role.TRANSFORM, schedule="own"))
        network = Network(stations, (Link("shop", "mill"),), schedules=(Schedule("own", ticks_s),))
        return living.opening(measures.frames(simulate(network, Scenario(events=200))))

    assert opens_s(2.5 * HOUR_S, 14 * HOUR_S) == 2.5 * HOUR_S - 5 * MINUTE_S
    assert opens_s(60.0) == 0.0
    assert opens_s(*every(HOUR_S, 24 * HOUR_S)) > 6 * HOUR_S


def test_a_day_without_an_event_opens_before_the_flood_that_ends_its_busiest_half_hour():
    assert living.opening(frames("normal-day")) == 20 * HOUR_S + 55 * MINUTE_S
    wire = frames("normal-day").flows["ingestion", "buffer"]
    assert wire[252:255].sum() > 20 * wire[246:252].sum()


def test_a_fault_of_the_learners_own_and_the_first_of_several_open_the_day():
    broken = (
        Fault(FaultKind.DOWN, "buffer", 17 * HOUR_S, 18 * HOUR_S),
        Fault(FaultKind.SLOW, "lake", 7 * HOUR_S, 8 * HOUR_S, 0.5),
    )
    assert living.opening(measures.frames(run("normal-day", BATCH, faults=broken))) == 7 * HOUR_S - 300
    at_midnight = (Fault(FaultKind.DOWN, "buffer", 0.0, HOUR_S),)
    assert living.opening(measures.frames(run("normal-day", BATCH, faults=at_midnight))) == 0


@pytest.mark.parametrize("scenario", [*EVENTS, *DAYS])
def test_what_a_scenario_is_about_is_drawn_within_half_an_hour_of_its_opening(scenario):
    where = EVENTS[scenario][1] if scenario in EVENTS else DAYS[scenario]
    opens_s = living.opening(frames(scenario))
    moments = opens_s + np.arange(1, 8) * 5 * MINUTE_S
    for way in (BATCH, STREAM):
        if (scenario, way) in {("smaller-batches", STREAM)}:
            continue  # its batches are none where all streams, and its story says so
        here, usual = frames(scenario, way), frames("normal-day", way)
        drawn = [[signs(COURSE.pipeline, each, t)[where] for t in moments] for each in (here, usual)]
        seen = [(mine, theirs) for mine, theirs in zip(*drawn, strict=True) if mine != theirs]
        assert seen, (scenario, way)
        if run(scenario).scenario.faults and scenario != "double-run":  # its fault is at another stage
            assert any(mine.faulty and not theirs.faulty for mine, theirs in seen)


def test_a_job_that_ran_twice_is_seen_in_a_packet_of_its_copies_at_noon():
    shown, usual = frames("double-run", STREAM), frames("normal-day", STREAM)
    wire = ("ingestion", "buffer")
    moments = living.opening(shown) + np.arange(20) * MINUTE_S
    again, calm = ([living.packets(each, wire, t) for t in moments] for each in (shown, usual))
    assert max(map(sum, again)) > 1000
    assert not any(calm)


def test_a_drill_does_not_open_where_its_fault_is():
    shown = frames("catcher-down")
    assert living.opening(unmarked(shown)) == 0.0
    assert living.events_per_dot(unmarked(shown)) == living.events_per_dot(shown)


# --- those who ask


def test_queries_in_line_and_viewers_who_leave_are_those_of_the_walk():
    day, shown = run("monday-dashboards"), frames("monday-dashboards")
    asked, looked = serving.queries(day, "warehouse"), serving.views(day, "bi")
    t = 9.5 * HOUR_S
    bucket = int(t / 300) - 1
    waiting = np.count_nonzero((asked.asked_s <= t) & (asked.started_s > t))
    assert not_none(shown.stations["warehouse"].queries)[bucket] == waiting > 100
    gone_s = looked.viewed_s[looked.leaves] + looked.patience_s
    assert not_none(shown.stations["bi"].left)[bucket] == np.count_nonzero((gone_s > t - 300) & (gone_s <= t)) > 100
    assert not_none(shown.stations["bi"].left).sum() == np.count_nonzero(gone_s <= day.horizon_s)
    assert shown.stations["lake"].queries is None
    assert shown.stations["ml"].left is None


def test_a_monday_is_told_from_a_normal_day_and_a_normal_day_draws_no_askers():
    nine = 9 * HOUR_S + 20 * MINUTE_S
    monday, usual = (signs(COURSE.pipeline, frames(name), nine) for name in ("monday-dashboards", "normal-day"))
    assert monday["warehouse"].askers.endswith(" queries wait")
    assert monday["bi"].askers.endswith("/min give up")
    assert not any(sign.askers for sign in usual.values())
    packed = living.pack_frames(frames("monday-dashboards"))["stations"]
    sent = living.unpack(packed["warehouse"]["queries"], 288)
    np.testing.assert_array_equal(sent, frames("monday-dashboards").stations["warehouse"].queries)
    assert set(packed["bi"]) - set(packed["ml"]) == {"left"}


@pytest.mark.parametrize(
    ("scenario", "told"),
    {
        "flash-sale": [(12.0, 13.0, "customers", "")],
        "monday-dashboards": [(9.0, 10.0, "viewers", "bi")],
        "morning-report": [(6.0, 6.0, "tick", "bi")],
        "nightly-file": [(3.0, 3.0, "tick", "api")],
        "heavy-query": [],
        "normal-day": [],
    }.items(),
)
def test_what_a_day_is_about_and_is_no_fault_is_known_and_sent_under_every_way(scenario, told):
    for way in WAYS:
        shown = frames(scenario, way)
        assert [(each.begin_s / 3600, each.end_s / 3600, *each[2:]) for each in not_none(shown.pace).occasions] == told
        assert living.pack_frames(shown)["occasions"] == list(not_none(shown.pace).occasions)


def test_a_drill_names_no_occasion_and_no_fault():
    assert frames("catcher-down").faults
    assert unmarked(frames("catcher-down")).faults == ()
    assert not_none(frames("flash-sale").pace).occasions
    assert not_none(unmarked(frames("flash-sale")).pace).occasions == ()
