"""What is said of a fault beside the picture: what it is and when, never that something is merely faulty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle.course import load
from lifecycle.course.fault_words import in_short, now, with_times
from lifecycle.course.loading import SHIPPED
from lifecycle.diagram import living
from lifecycle.outputs.pdf.diagram import signs
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.faults import KINDS, shows_s
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.readings import measures
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
TOLD = {
    "down": "{stage} stopped, 10:00 to 11:00",
    "slow": "{stage} at 50 % of its usual speed, 10:00 to 11:00",
    "cut": "Way out of {stage} cut, 10:00 to 11:00",
    "drift": "A column renamed at {stage}, 10:00 to 11:00",
    "contend": "Other work takes 50 % of the server at {stage}, 10:00 to 11:00",
    "spike": "{stage} has 5 times its usual traffic, 10:00 to 11:00",
    "skew": "The clock at {stage} 15 min ahead, 10:00 to 11:00",
    "poison": "A record at {stage} that crashes its reader, 10:00 to 11:00",
    "rerun": "Work of {stage} from 10:00 to 11:00 run again at 11:00",
    "forget": "{stage} keeps events for only 10 min, 10:00 to 11:00",
    "fail": "The job of {stage} fails, 10:00 to 11:00",
    "sleep": "The scheduler of {stage} sleeps, 10:00 to 11:00",
}


def fault(kind: FaultKind, station: str = "ingestion", factor: float | None = None) -> Fault:
    return Fault(kind, station, 36_000.0, 39_600.0, KINDS[kind].usual if factor is None else factor)


def shown(scenario: str):
    return measures.frames(simulate(COURSE.pipeline.network, not_none(COURSE.named(scenario)).scenario))


def test_each_kind_says_what_it_is_and_when():
    assert {kind: with_times(fault(kind)) for kind in FaultKind} == TOLD
    assert with_times(fault(FaultKind.SKEW, factor=-900.0)).startswith("The clock at {stage} 15 min behind")
    assert len({in_short(fault(kind)) for kind in FaultKind}) == len(TOLD)


@pytest.mark.parametrize("kind", FaultKind)
def test_a_fault_shows_while_it_lasts_and_work_that_is_run_again_when_it_goes_out(kind):
    here = (fault(kind),)
    before, during, after = (now(here, "ingestion", at_s, at_s + 300) for at_s in (35_700, 37_800, 39_600))
    assert (before, now(here, "lake", 37_800, 38_100)) == ("", "")
    words = in_short(here[0])
    assert (during, after) == (("", words) if kind == "rerun" else (words, ""))


def test_the_job_that_ran_twice_is_marked_at_noon_and_not_while_its_first_run_went_well():
    day = shown("double-run")
    (mark,) = living.pack_frames(day)["faults"]
    assert mark[0] == 12 * 3600 == living.opening(day) + 300
    assert mark[2:4] == ("ingestion", "Work of {stage} from 09:00 to 12:00 run again at 12:00")
    faulty = day.stations["ingestion"].faulty
    assert not faulty[: 12 * 12].any()
    assert faulty[12 * 12]


def test_the_sign_of_a_stage_and_its_mark_show_at_the_same_time():
    for named in COURSE.scenarios:
        if not named.scenario.faults or named.scenario.trace:
            continue
        day = shown(named.id)
        for each in named.scenario.faults:
            begins_s, ends_s = shows_s(each)
            faulty = day.stations[each.station].faulty
            inside = (day.edges_s[:-1] >= begins_s) & (day.edges_s[1:] <= ends_s)
            assert faulty[inside].all(), named.id


@pytest.mark.parametrize(("kind", "words"), [("down", "stopped"), ("cut", "way out cut"), ("slow", "/s")])
def test_what_is_let_go_at_the_repair_is_no_rate_before_it(kind, words):
    begins_s, ends_s = 15 * 3600 + 14 * 60.0, 16 * 3600 + 14 * 60.0  # within buckets of five minutes
    broken = Fault(FaultKind(kind), "telemetry", begins_s, ends_s, KINDS[FaultKind(kind)].usual)
    whole = replace(not_none(COURSE.named("catcher-down")).scenario, faults=(broken,))
    day = measures.frames(simulate(COURSE.pipeline.network, whole))
    states = [
        signs(COURSE.pipeline, day, at_s)["telemetry"].state for at_s in (begins_s - 60, begins_s, ends_s - 240, ends_s)
    ]
    assert [words in state for state in states] == [kind == "slow", True, True, kind == "slow"]
    assert states[3].endswith("/s")


def test_a_stage_that_is_down_is_never_idle():
    sign = signs(COURSE.pipeline, shown("catcher-down"), 14 * 3600 + 16 * 60)["ingestion"]
    assert (sign.state, sign.faulty) == ("stopped", True)
    whole = replace(not_none(COURSE.named("catcher-down")).scenario, faults=())
    calm = measures.frames(simulate(COURSE.pipeline.network, whole))
    assert signs(COURSE.pipeline, calm, 14 * 3600 + 16 * 60)["ingestion"].state == "idle"
