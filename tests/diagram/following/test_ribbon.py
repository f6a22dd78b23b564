"""A journey's ribbon: its parts are the journey's own waits and work, in order, and come to its latency."""

from dataclasses import replace
from itertools import pairwise

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.diagram.following.ribbon import end_words, lasted_words, stretch_words, stretches
from lifecycle.diagram.journey_words import ENDS
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Cause, FaultKind, Size
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.journey import DELIVERED, ELSEWHERE, ON_THE_WAY, Journey, Stay, follow
from lifecycle.simulation.readings.waits import Wait
from tests.support.followed import AS_IT_COMES, DESK, EVEN, SHOP, walked

COURSE = load(SHIPPED)
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}
BROKEN = tuple(Fault(FaultKind.DOWN, place, 36_000.0, 39_600.0) for place in ("ingestion", "transform", "jdbc"))
DAYS = [Scenario(events=4_000, size=size, faults=faults) for size in Size for faults in ((), BROKEN)]


def journeys(run: Run) -> list[Journey]:
    return [follow(run, event, "bi") for event in range(0, run.born_s.size, 37)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_parts_follow_one_another_and_come_to_the_latency(day):
    run = simulate(COURSE.pipeline.network, day)
    for journey in journeys(run):
        parts = stretches(journey, run.horizon_s)
        assert parts[0].start_s == journey.born_s
        assert all(before.end_s == after.start_s for before, after in pairwise(parts))
        assert all(part.seconds >= -1e-9 for part in parts)
        if journey.latency_s is not None:
            assert sum(part.seconds for part in parts) == pytest.approx(journey.latency_s, abs=1e-6)
        elif journey.stays[-1].left_s is None:
            assert parts[-1].end_s == run.horizon_s


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_wait_of_the_journey_is_a_part_and_work_lies_where_it_was_done(day):
    run = simulate(COURSE.pipeline.network, day)
    worked = 0
    for journey in journeys(run):
        parts = stretches(journey, run.horizon_s)
        for stay in journey.stays:
            here = [part for part in parts if part.stage == stay.stage]
            waited = [part for part in here if part.cause != Cause.NONE]
            assert [part.cause for part in waited] == [wait.cause for wait in stay.waits]
            assert [part.seconds for part in waited] == pytest.approx([wait.seconds for wait in stay.waits], abs=1e-5)
            work = [part for part in here if part.cause == Cause.NONE]
            assert len(work) <= 1
            for part in work:
                worked += 1
                assert stay.started_s is None or part.start_s == pytest.approx(stay.started_s, abs=1e-5)
    assert worked > 500


def test_what_comes_behind_the_work_is_put_behind_it():
    log = ("log", "buffer", EVEN | {"duplicate_share": 0.0})
    cut = Scenario(**{**vars(AS_IT_COMES), "faults": (Fault(FaultKind.CUT, "log", 0.0, 600.0),)})
    run = walked(cut, [50.0], SHOP, log, DESK)
    journey = follow(run, 0, "desk")
    here = [part for part in stretches(journey, run.horizon_s) if part.stage == "log"]
    assert [part.cause for part in here][:1] == [Cause.NONE]
    assert here[-1].cause == Cause.OUTAGE
    assert here[-1].end_s == 600.0
    assert here[0].end_s == pytest.approx(journey.stays[1].finished_s)


def test_work_too_short_to_be_told_parts_no_two_stays():
    still, seen = 10.0 + 5e-7, 12.0
    stays = (
        Stay("log", 0.0, 10.0, still, still, "went on", (Wait(Cause.QUEUE, 10.0),)),
        Stay("desk", still, still, seen, seen, DELIVERED, ()),
    )
    parts = stretches(Journey(0, 0.0, "desk", DELIVERED, stays), 86_400.0)
    assert [(part.cause, part.start_s, part.end_s) for part in parts] == [
        (Cause.QUEUE, 0.0, still),
        (Cause.NONE, still, seen),
    ]


def test_the_words_say_stage_length_and_cause_and_how_it_ends():
    run = simulate(COURSE.pipeline.network, Scenario())
    journey = follow(run, 48_213, "bi")
    parts = stretches(journey, run.horizon_s)
    words = [stretch_words(run, part, LABELS) for part in parts]
    assert words[:4] == [
        "Application state: went on at once",
        "Database link: waited 7 min for the next pull",
        "Database link: waited 91 s for its turn",
        "Database link: took 0.5 ms of work",
    ]
    assert lasted_words(run, parts[1]) == "7 min for the next pull"
    assert end_words(journey) == "visible after 23 min"


def test_every_end_of_a_journey_has_its_words():
    run = simulate(COURSE.pipeline.network, Scenario(events=2_000))
    seen = follow(run, 50, "bi")
    ends = {fate: end_words(replace(seen, fate=fate)) for fate in (*ENDS, ELSEWHERE)}
    assert ends == {**ENDS, ELSEWHERE: "went another way"}
    latest = (follow(run, event, "bi") for event in range(1_999, 0, -1))
    late = next(journey for journey in latest if journey.fate == ON_THE_WAY)
    assert end_words(late) == "still there at midnight"
