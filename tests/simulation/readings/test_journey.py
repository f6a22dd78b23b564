"""One event followed: its moments add up, its fate is the one that the run counts, its causes were there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.course import SHIPPED, address, load
from lifecycle.course.address import State
from lifecycle.simulation.day.passage import REASONS, REMOVED
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.faults.kind import past_midnight
from lifecycle.simulation.model.kinds import Cause, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.endings import endings
from lifecycle.simulation.readings.journey import (
    DELIVERED,
    ELSEWHERE,
    INSIDE,
    ON_THE_WAY,
    WENT_ON,
    Journey,
    Pick,
    Stay,
    choose,
    consumer_of,
    follow,
)
from lifecycle.simulation.readings.waits import SHORTEST_S
from tests.support.followed import AS_IT_COMES, DESK, EVEN, SHOP, walked
from tests.support.narrow import not_none
from tests.support.networks import chain, networks, scenarios

COURSE = load(SHIPPED)
SWITCHES = list(product(Start, Size, Size))
TIMETABLES = {Role.SOURCE, Role.INTERFACE, Role.INGESTION, Role.LAKE, Role.TRANSFORM, Role.ARCHIVE, Role.BUFFER}


def hold_together(run: Run, journey: Journey) -> None:
    """All that is true of any journey."""
    assert journey.stays[0].stage == run.sources[run.source[journey.event]]
    assert journey.stays[0].arrived_s == journey.born_s == run.born_s[journey.event]
    for stay, following in pairwise(journey.stays):
        assert stay.left_s == following.arrived_s
        assert stay.fate == WENT_ON
        assert (stay.stage, following.stage) in {(link.source, link.target) for link in run.network.links}
    for stay in journey.stays:
        moments = [stay.arrived_s, stay.started_s, stay.finished_s, stay.left_s]
        reached = [moment for moment in moments if moment is not None]
        assert reached == sorted(reached)
        assert reached[-1] <= run.horizon_s
        causes_hold(run, stay)
        worked_s = stay.worked_s if stay.worked_s is not None else run.horizon_s - stay.arrived_s - stay.waited_s
        assert worked_s > -1e-6
        assert all(wait.seconds > SHORTEST_S for wait in stay.waits)
    if journey.fate == DELIVERED:
        last = journey.stays[-1]
        assert (last.stage, last.fate) == (journey.to, DELIVERED)
        assert journey.latency_s == not_none(last.left_s) - journey.born_s
        parts = [wait.seconds for stay in journey.stays for wait in stay.waits]
        parts += [not_none(stay.worked_s) for stay in journey.stays]
        assert sum(parts) == pytest.approx(journey.latency_s, abs=1e-6, rel=0)
    else:
        assert journey.latency_s is None
        ends = {ON_THE_WAY: INSIDE, ELSEWHERE: journey.stays[-1].fate}
        assert journey.stays[-1].fate == ends.get(journey.fate, journey.fate)


def causes_hold(run: Run, stay: Stay) -> None:
    """A timetable, a limit, a refresh only where there is one, an outage only while a fault stands."""
    role, figures = run.passages[stay.stage].role, run.figures[stay.stage]
    ends_s = run.horizon_s if stay.left_s is None else stay.left_s
    for wait in stay.waits:
        if wait.cause == Cause.TICK:
            assert role in TIMETABLES
            assert role != Role.BUFFER or figures["delivery"] == 2
        elif wait.cause == Cause.OUTAGE:
            faults = [past_midnight(fault) for fault in run.scenario.faults]
            assert any(fault.start_s < ends_s and fault.end_s > stay.arrived_s for fault in faults)
        elif wait.cause == Cause.RATE_LIMIT:
            assert figures["rate_per_s"] > 0
        elif wait.cause == Cause.REFRESH:
            assert role == Role.CONSUMER
            assert figures["interval_s"] > 0
        elif wait.cause == Cause.BATCH:
            assert (role, run.scenario.size) == (Role.INGESTION, Size.BATCH)
        elif wait.cause == Cause.LATE:
            assert figures["late_share"] > 0
        elif wait.cause == Cause.WINDOW:
            assert figures["window_s"] > 0


def agree_with_endings(run: Run, consumer: str) -> None:
    """Every event followed: so many of each fate as the run counts."""
    journeys = [follow(run, event, consumer) for event in range(run.born_s.size)]
    for journey in journeys:
        hold_together(run, journey)
    fates = Counter(journey.fate for journey in journeys)
    counts = endings(run, consumer)
    assert fates[ON_THE_WAY] == counts.on_the_way
    assert fates[ELSEWHERE] == counts.elsewhere
    assert sum(fates[reason] for reason in REMOVED) == counts.removed
    lost = sum(fates[reason] for reason in REASONS.values() if reason not in REMOVED)
    assert fates[DELIVERED] + lost == counts.delivered + counts.lost - counts.twice
    by_kind = Counter[str]()
    for name, passage in run.passages.items():
        by_kind.update(measures.losses(run, name))
        assert sorted(passage.finished_s[passage.fate > 0].tolist()) == passage.lost_s.tolist()
    for reason in REASONS.values():
        assert fates[reason] <= by_kind[reason]
        if not counts.twice + counts.removed_again:  # then each loss is that of an event that came to nothing else
            assert fates[reason] == by_kind[reason]


@pytest.mark.parametrize("name", [named.id for named in COURSE.scenarios])
def test_in_every_scenario_under_all_switches_the_parts_add_up_and_the_causes_are_there(name):
    states = [State(scenario=name, start=start, size=size, transform=work) for start, size, work in SWITCHES]
    for day in dict.fromkeys(address.scenario_of(state, COURSE) for state in states):
        run = simulate(COURSE.pipeline.network, replace(day, events=1_500), COURSE.traces.get(day.trace))
        for consumer in ("bi", "reverse-etl"):
            for event in range(0, run.born_s.size, 151):
                hold_together(run, follow(run, event, consumer))


@given(st.data())
@settings(max_examples=150)
def test_on_any_network_every_event_ends_as_the_run_counts_it(data):
    network = data.draw(networks())
    day = data.draw(scenarios(network))
    run = simulate(network, replace(day, events=min(day.events, 60)))
    for consumer in [station.id for station in network.stations if station.role == Role.CONSUMER][:1]:
        if run.born_s.size < 400:
            agree_with_endings(run, consumer)


# --- which event


def test_the_last_the_slowest_the_median_and_the_lost_are_those_of_the_day():
    log = ("log", "buffer", EVEN | {"capacity": 3.0})
    run = walked(AS_IT_COMES, [0.0, 1.0, 2.0, 3.0, 50.0, 60.5, 60.6, 60.7, 60.8], SHOP, log, DESK)
    took = [follow(run, event, "desk").latency_s for event in range(9)]
    assert took == pytest.approx([10.0, 19.0, 28.0, None, 10.0, 10.0, 19.9, 29.8, None])
    # The middle of 10, 10, 10, 19, 19.9, 28 and 29.8; of the lost the last.
    assert {pick.value: choose(run, pick, "desk") for pick in Pick} == {"last": 7, "slowest": 7, "lost": 8, "median": 1}
    fewer = walked(AS_IT_COMES, [0.0, 1.0, 2.0, 50.0], SHOP, log, DESK)
    assert choose(fewer, Pick.MEDIAN, "desk") == 3  # of 10, 10, 19 and 28 the lower of the two


def test_what_was_rejected_on_purpose_and_second_copies_are_not_lost():
    log = ("log", "buffer", {"per_event_s": 0.0, "duplicate_share": 1.0})
    mill = ("mill", "transform", {"reject_share": 0.5})
    run = walked(AS_IT_COMES, [float(second) for second in range(40)], SHOP, log, mill, DESK)
    fates = {follow(run, event, "desk").fate for event in range(40)}
    assert fates == {DELIVERED, "rejected"}
    with pytest.raises(ValueError, match="no event was lost on its way to desk"):
        choose(run, Pick.LOST, "desk")


def test_what_cannot_be_followed_is_said_in_one_line():
    run = walked(AS_IT_COMES, [1.0, 2.0], SHOP, ("desk", "consumer", {"interval_s": 2 * DAY_S}))
    for event in (-1, 2):
        with pytest.raises(ValueError, match=f"no event {event}: the day has 2, numbered 0 to 1"):
            follow(run, event, "desk")
    with pytest.raises(ValueError, match="nothing was delivered at desk"):
        choose(run, Pick.LAST, "desk")
    with pytest.raises(ValueError, match="no consumer 'bi'; choose desk"):
        consumer_of(run.network, "bi")
    empty = simulate(chain(SHOP, DESK), Scenario(events=0))
    for pick in Pick:
        with pytest.raises(ValueError, match="no event was born"):
            choose(empty, pick, "desk")
    with pytest.raises(ValueError, match="has no consumer"):
        consumer_of(chain(SHOP))


def test_of_two_branches_the_journey_takes_the_one_to_its_consumer():
    network = Network(
        (
            Station("shop", Role.SOURCE),
            Station("lake", Role.LAKE),
            Station("vault", Role.ARCHIVE),
            Station("left", Role.CONSUMER),
            Station("right", Role.CONSUMER),
        ),
        (Link("shop", "lake"), Link("lake", "vault"), Link("lake", "left", 1.0), Link("lake", "right", 1.0)),
    )
    run = simulate(network, Scenario(events=200))
    fates = Counter(follow(run, event, "left").fate for event in range(200))
    assert fates[DELIVERED] == endings(run, "left").delivered > 0 < fates[ELSEWHERE]
    assert {stay.stage for event in range(200) for stay in follow(run, event, "left").stays} >= {"left", "right"}
    agree_with_endings(run, "left")
    assert consumer_of(network) == "left"
