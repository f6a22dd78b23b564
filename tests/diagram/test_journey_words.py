"""A journey in words: every cause and every end has its own, and the figures are those of the journey."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.diagram.journey_words import ENDS, journey_words, parting_words, run_names, stay_words
from lifecycle.simulation.day.passage import REASONS
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Cause, Fate, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.journey import follow
from lifecycle.simulation.readings.partings import Parting, parted
from lifecycle.simulation.readings.waits import Wait
from lifecycle.words import duration
from tests.support.followed import AS_IT_COMES, DESK, EVEN, PLAIN_PUMP, SHOP, walked

LABELS = {"shop": "Shop", "api": "API", "pump": "Ingestion", "log": "Log", "mill": "Mill", "desk": "Desk"}
API = ("api", "interface", {"per_event_s": 2.0})
PUMP = ("pump", "ingestion", PLAIN_PUMP)
DOWN = Fault(FaultKind.DOWN, "log", 0.0, 1.0)
PULL = replace(AS_IT_COMES, start=Start.PULL, size=Size.BATCH)


def told_apart(one: Run, other: Run, event: int = 0) -> str:
    parting = parted(follow(one, event, "desk"), follow(other, event, "desk"))
    return parting_words(parting, one, other, LABELS)


def test_where_and_why_two_journeys_part_with_the_figures_of_both():
    pulled, pushed = (walked(day, [1_140.0], SHOP, API, PUMP, DESK) for day in (PULL, AS_IT_COMES))
    assert told_apart(pulled, pushed) == (
        "In the pull batch run it waited 41 min at API for the next pull; in the push stream run it went on after 2 s."
    )
    later = walked(PULL, [1_740.0], SHOP, API, PUMP, DESK)
    assert "waited 31 min at API" in told_apart(later, walked(AS_IT_COMES, [1_740.0], SHOP, API, PUMP, DESK))
    assert told_apart(pulled, pulled) == "The same happens to it in both runs."


def test_the_figures_of_the_sentence_are_those_of_the_stays_on_the_course_itself():
    network, day = load(SHIPPED).pipeline.network, Scenario(events=2_000)
    labels = {station.id: station.id for station in network.stations}
    batch, stream = simulate(network, day), simulate(network, replace(day, size=Size.STREAM))
    for event in range(0, 2_000, 97):
        parting = parted(follow(batch, event, "bi"), follow(stream, event, "bi"))
        assert isinstance(parting, Parting)
        assert parting.one is not None
        longest = max(parting.one.waits, key=lambda wait: wait.seconds)
        words = parting_words(parting, batch, stream, labels)
        assert f"it waited {duration(longest.seconds)} at {parting.one.stage} for the next pull; in the" in words


def test_a_loss_an_outage_and_midnight_are_said():
    log = ("log", "buffer", EVEN | {"capacity": 1.0})
    broken = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, "log", 5.0, 605.0),))
    calm, down = (walked(day, [0.0, 50.0], SHOP, log, DESK) for day in (AS_IT_COMES, broken))
    assert told_apart(calm, down) == (
        "In the run without the fault it went on from Log after 10 s; "
        "in the run with the fault it waited 10 min for the end of an outage."
    )
    assert told_apart(down, calm, 1) == (
        "In the run with the fault it was refused at Log; in the run without the fault it went on after 10 s."
    )
    rare = ("desk", "consumer", {"interval_s": 2 * DAY_S})
    never, live = (walked(AS_IT_COMES, [60.0], SHOP, desk) for desk in (rare, DESK))
    assert told_apart(never, live) == (
        "In the first run it was still at Desk at midnight, waiting for the next refresh; "
        "in the second run it was seen at once."
    )


def test_clauses_that_would_read_the_same_say_who_is_later():
    pulled = walked(PULL, [1_140.0], SHOP, API, PUMP, DESK)
    slower = walked(PULL, [1_140.0], SHOP, ("api", "interface", {"per_event_s": 2.5}), PUMP, DESK)
    assert told_apart(pulled, slower) == (
        "In the first run it waited 41 min at API for the next pull; in the second run it left 500 ms later."
    )


def test_a_journey_and_each_of_its_stays_in_words():
    run = walked(PULL, [1_140.0, 90_000.0 - 3_700.0], SHOP, API, PUMP, DESK)
    journey = follow(run, 0, "desk")
    assert journey_words(journey, LABELS) == ("Event 0, born at Shop at 00:19:00, was delivered to Desk after 41 min.")
    assert [stay_words(run, stay) for stay in journey.stays] == [
        "went on at once", "waited 41 min for the next pull; worked on for 2 s", "went on at once", "seen at once",
    ]  # fmt: skip
    late = follow(run, 1, "desk")
    assert journey_words(late, LABELS) == (
        "Event 1, born at Shop at 23:58:20, was still at API at midnight, on its way to Desk."
    )
    assert stay_words(run, late.stays[-1]) == "waited 2 min for the next pull; still there at midnight"
    mill = ("mill", "transform", {"reject_share": 1.0, "per_event_s": 2.0, "spread": 0.0})
    unfit = walked(AS_IT_COMES, [60.0], SHOP, mill, DESK)
    rejected = follow(unfit, 0, "desk")
    assert journey_words(rejected, LABELS) == "Event 0, born at Shop at 00:01:00, was rejected at Mill after 2 s."
    assert stay_words(unfit, rejected.stays[-1]) == "worked on for 2 s; was rejected"


def test_every_cause_and_every_end_has_words():
    run = walked(AS_IT_COMES, [60.0], SHOP, DESK)
    stay = follow(run, 0, "desk").stays[-1]
    words = {cause: stay_words(run, replace(stay, waits=(Wait(cause, 5.0),))) for cause in Cause}
    assert len(set(words.values())) == len(Cause)
    assert set(ENDS) == set(REASONS.values())
    assert set(REASONS) == set(Fate) - {Fate.OK}


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (replace(PULL, size=Size.STREAM), ("the batch run", "the stream run")),
        (replace(PULL, start=Start.PUSH), ("the pull run", "the push run")),
        (replace(PULL, transform=Size.BATCH), ("the stream-transformed run", "the batch-transformed run")),
        (PULL, ("the first run", "the second run")),
        (replace(PULL, faults=(DOWN,)), ("the run without the fault", "the run with the fault")),
    ],
)
def test_runs_are_called_by_what_tells_them_apart(day, names):
    assert run_names(PULL, day) == names
    assert run_names(day, PULL) == (names if day == PULL else names[::-1])
