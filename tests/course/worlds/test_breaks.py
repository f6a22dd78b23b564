"""Breaking a place of the diagram at once: which faults fit a stage, when they happen, what a cut flow is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle.course import load
from lifecycle.course.address import State, scenario_of, turned
from lifecycle.course.fault_words import offered
from lifecycle.course.loading import SHIPPED
from lifecycle.course.pipeline import Flow
from lifecycle.course.worlds.breaks import LENGTH_S, cut_of, fault_at, kinds_at, read_break, watched_s
from lifecycle.diagram.living import sent_breaks
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.faults import KINDS, can_happen, shows_s
from lifecycle.simulation.model.kinds import FaultKind, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario

COURSE = load(SHIPPED)
PIPELINE = COURSE.pipeline
FLOWS = {(flow.source, flow.target): flow for flow in PIPELINE.flows}
OFFERED = {
    "down": "Stops",
    "slow": "Slows to 50 %",
    "cut": "Way out cut",
    "drift": "Column renamed",
    "contend": "50 % of server taken",
    "spike": "Rush, 5 times",
    "skew": "Clock 15 min ahead",
    "poison": "Bad record",
    "rerun": "Runs twice",
    "forget": "Forgets after 10 min",
    "fail": "Job fails",
    "sleep": "Scheduler sleeps",
}


def busy(run: Run, link: tuple[str, str], fault: Fault) -> bool:
    """Whether anything goes over a flow while the fault lasts."""
    times_s = run.carried[link]
    return bool(((times_s >= fault.start_s) & (times_s < fault.end_s)).any())


def test_every_kind_says_on_its_button_what_it_does_and_how_badly():
    assert {str(kind): offered(kind) for kind in KINDS} == OFFERED


@pytest.mark.parametrize("stage", PIPELINE.stages, ids=lambda stage: stage.id)
def test_every_fault_that_fits_a_stage_is_offered_there_and_no_other(stage):
    fits = {kind for kind in KINDS if can_happen(kind, stage)}
    nothing_leaves = {FaultKind.CUT} if stage.id == "archive" else set()
    assert set(kinds_at(stage, PIPELINE)) == fits - nothing_leaves


def test_where_no_log_stands_it_cannot_forget_and_no_record_crashes_a_reader():
    day = replace(COURSE.default.scenario, overrides=(("buffer", "direct", 1.0),))
    pipeline = PIPELINE.on_day(day)
    (log, without) = (next(one for one in which.stages if one.id == "buffer") for which in (PIPELINE, pipeline))
    assert set(kinds_at(log, PIPELINE)) - set(kinds_at(without, pipeline)) == {FaultKind.FORGET, FaultKind.POISON}
    assert read_break("forget.buffer@50400", pipeline) is None
    assert read_break("down.buffer@50400", pipeline) is not None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("moment_s", [0.0, 30.0, 50_459.9, 84_000.0, 86_399.0, DAY_S])
def test_a_fault_shows_from_the_clocks_minute_and_fits_into_the_day_at_its_edges(kind, moment_s):
    fault = fault_at(kind, "lake", moment_s)
    shown_s, over_s = shows_s(fault)
    assert 0.0 <= fault.start_s < fault.end_s == fault.start_s + LENGTH_S <= DAY_S
    assert over_s <= DAY_S
    assert fault.factor == KINDS[kind].usual
    if kind != FaultKind.RERUN and moment_s < DAY_S - LENGTH_S:
        assert shown_s == 60.0 * (moment_s // 60.0)
    if kind == FaultKind.RERUN and moment_s == 50_459.9:
        assert shown_s == 50_400.0  # what it did in the hour before goes out once more now


def test_it_is_watched_from_five_minutes_before_until_it_is_over():
    assert watched_s(Fault(FaultKind.DOWN, "lake", 50_400.0, 54_000.0)) == (50_100.0, 54_000.0)
    assert watched_s(Fault(FaultKind.DOWN, "lake", 0.0, 3_600.0)) == (0.0, 3_600.0)
    assert watched_s(Fault(FaultKind.RERUN, "lake", 46_800.0, 50_400.0)) == (50_100.0, 51_300.0)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("down.lake@50400", Fault(FaultKind.DOWN, "lake", 50_400.0, 54_000.0)),
        ("spike.oltp@50400", Fault(FaultKind.SPIKE, "oltp", 50_400.0, 54_000.0, 5.0)),
        ("spike.lake@50400", None),  # a rush comes to sources alone
        ("cut.archive@50400", None),  # nothing leaves it
        ("down.access@50400", None),  # an undercurrent
        ("down.nowhere@50400", None),
        ("burn.lake@50400", None),
        ("down.lake@99999", Fault(FaultKind.DOWN, "lake", DAY_S - LENGTH_S, DAY_S)),
        ("down.lake@nan", None),
        ("down.lake@-5", None),
        ("", None),
    ],
)
def test_what_a_click_asks_for_is_read_and_what_names_nothing_is_passed_over(text, fault):
    assert read_break(text, PIPELINE) == fault


def test_a_cut_flow_is_the_way_out_of_its_source_and_says_which_flows_go_with_it():
    assert cut_of(FLOWS["logs", "ingestion"], PIPELINE).words == "Cut it: what is done at Log files waits there."
    lake = cut_of(FLOWS["lake", "archive"], PIPELINE)
    assert lake.station == "lake"
    assert lake.words.startswith("Cut both flows out of Raw storage at once, to Transformation and Archive:")
    assert (
        "all 4 flows out of Curated storage at once, to Analytics, Machine learning, AI assistant and Reverse ETL:"
        in (cut_of(FLOWS["warehouse", "bi"], PIPELINE).words)
    )


@pytest.mark.parametrize("flow", [flow for flow in PIPELINE.flows if not flow.loop], ids=lambda flow: flow.source)
@pytest.mark.parametrize("start", Start)
def test_while_a_flow_is_cut_nothing_goes_over_it_nor_over_those_that_are_named_with_it(flow: Flow, start: Start):
    cutting = cut_of(flow, PIPELINE)
    fault = fault_at(FaultKind.CUT, cutting.station, 50_400.0)
    scenario = Scenario(events=4_000, start=start, size=Size.STREAM, transform=Size.STREAM)
    calm, cut = simulate(PIPELINE.network, scenario), simulate(PIPELINE.network, replace(scenario, faults=(fault,)))
    stops = {link for link in calm.carried if busy(calm, link, fault) and not busy(cut, link, fault)}
    assert stops >= {link for link in calm.carried if link[0] == cutting.station}
    assert (flow.source, flow.target) in stops


def test_what_a_click_makes_survives_the_address():
    fault = read_break("slow.lake@50437", PIPELINE)
    state, notices = turned(State(), "?faults=slow.lake:50400-54000", COURSE)
    assert not notices
    assert scenario_of(state, COURSE).faults == (fault,)


def test_whatever_the_picture_offers_is_read_again_when_it_is_clicked():
    offers = sent_breaks(PIPELINE)
    assert offers["stages"].keys() == {stage.id for stage in PIPELINE.stages}
    assert offers["flows"].keys() == {f"{flow.source}>{flow.target}" for flow in PIPELINE.flows}
    for offer in [*offers["flows"].values(), *(one for stage in offers["stages"].values() for one in stage)]:
        assert read_break(f"{offer['fault']}@50400", PIPELINE) is not None
    assert {"fault": "slow.lake", "words": "Slows to 50 %"} in offers["stages"]["lake"]
    assert offers["flows"]["lake>archive"]["fault"] == "cut.lake"
