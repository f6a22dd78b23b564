"""Where two journeys of one event part."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Cause, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.journey import follow
from lifecycle.simulation.readings.partings import parted
from tests.support.followed import AS_IT_COMES, DESK, EVEN, PLAIN_PUMP, SHOP, walked
from tests.support.narrow import not_none

API = ("api", "interface", {"per_event_s": 2.0})
PUMP = ("pump", "ingestion", PLAIN_PUMP)
PULL = replace(AS_IT_COMES, start=Start.PULL, size=Size.BATCH)


def test_the_first_stage_with_another_moment_is_where_they_part():
    runs = [walked(day, [1_000.0, 5_000.0], SHOP, API, PUMP, DESK) for day in (PULL, AS_IT_COMES)]
    journeys = [follow(run, 0, "desk") for run in runs]
    parting = not_none(parted(*journeys))
    one, other = not_none(parting.one), not_none(parting.other)
    assert (one.stage, one.cause, one.waited_s) == ("api", Cause.TICK, 2_600.0)
    assert (other.stage, other.cause, other.left_s) == ("api", Cause.NONE, 1_002.0)
    assert parting.gained_s == pytest.approx(2_600.0)
    back = not_none(parted(*reversed(journeys)))
    assert (back.one, back.other, back.gained_s) == (other, one, -not_none(parting.gained_s))


def test_a_journey_is_like_itself():
    journey = follow(walked(PULL, [1_000.0], SHOP, API, PUMP, DESK), 0, "desk")
    assert parted(journey, journey) is None


def test_fates_part_where_one_of_them_is_lost():
    log = ("log", "buffer", EVEN | {"capacity": 1.0})
    calm = walked(AS_IT_COMES, [0.0, 20.0], SHOP, log, DESK)
    broken = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, "log", 5.0, 60.0),))
    full = walked(broken, [0.0, 20.0], SHOP, log, DESK)
    parting = not_none(parted(follow(calm, 1, "desk"), follow(full, 1, "desk")))
    assert (not_none(parting.one).fate, not_none(parting.other).fate) == ("went on", "refused")
    assert parting.gained_s is None


def test_two_events_are_not_compared():
    run = walked(AS_IT_COMES, [1.0, 2.0], SHOP, DESK)
    with pytest.raises(ValueError, match="event 0 to desk and event 1 to desk are two journeys"):
        parted(follow(run, 0, "desk"), follow(run, 1, "desk"))
    later = walked(AS_IT_COMES, [1.0, 9.0], SHOP, DESK)
    with pytest.raises(ValueError, match=r"event 1 is another in each run, born at shop after 2\.000 s .* 9\.000 s"):
        parted(follow(run, 1, "desk"), follow(later, 1, "desk"))


def test_an_event_has_its_birth_and_its_luck_under_every_switch_and_fault_and_figure():
    network, day = load(SHIPPED).pipeline.network, Scenario(events=2_000)
    plain = simulate(network, day)
    bad = {event for event in range(2_000) if follow(plain, event, "bi").fate in ("malformed", "rejected")}
    assert len(bad) > 10
    for start, size, transform in product(Start, Size, Size):
        fault = Fault(FaultKind.DOWN, "warehouse", 3_600.0, 7_200.0)
        turned = (("warehouse", "per_event_s", 0.01),)
        other = replace(day, start=start, size=size, transform=transform, faults=(fault,), overrides=turned)
        run = simulate(network, other)
        assert run.born_s.tolist() == plain.born_s.tolist()
        assert run.source.tolist() == plain.source.tolist()
        fates = {event: follow(run, event, "bi").fate for event in bad}
        assert set(fates.values()) <= {"malformed", "rejected", "on the way"}
    reborn = simulate(network, replace(day, seed=2))
    assert reborn.born_s.tolist() != plain.born_s.tolist()


def test_they_part_by_a_leaving_alone_and_by_one_that_never_comes():
    log = ("log", "buffer", EVEN)
    calm = follow(walked(AS_IT_COMES, [0.0], SHOP, log, DESK), 0, "desk")
    for end_s in (600.0, 86_400.0):
        cut = replace(AS_IT_COMES, faults=(Fault(FaultKind.CUT, "log", 5.0, end_s),))
        held = follow(walked(cut, [0.0], SHOP, log, DESK), 0, "desk")
        parting = not_none(parted(calm, held))
        assert not_none(parting.other).stage == "log"
    stuck = not_none(parted(held, replace(held, stays=(held.stays[0], replace(held.stays[1], fate="went on")))))
    assert (not_none(stuck.one).fate, not_none(stuck.other).fate) == ("still inside", "went on")
