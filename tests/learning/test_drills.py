"""Incident drills: by seed, decided by the evidence, judged by simulation, and played to the end on the page."""

import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.fault_words import FAULTS
from lifecycle.learning.drills import (
    against,
    complaints,
    drill,
    happened,
    helps,
    level_of,
    points,
    streak,
    supposed,
    unlike,
)
from lifecycle.learning.drills.evidence import QUARTERS, apart, evidence, unmarked, unrest
from lifecycle.learning.drills.making import APART, CAUSES, EVENTS, LUCK, _elsewhere
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.remedies import harmful, left, undone, verdict
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.kinds import FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.accounts import summary
from lifecycle.simulation.readings.consequence import consequence
from lifecycle.simulation.readings.series import frames
from lifecycle.words import number
from tests.learning.drills_made import LABELS, NETWORK, SEEDS
from tests.support.narrow import not_none

# Drills take seconds to make: one worker makes them, once.
pytestmark = pytest.mark.xdist_group("drills")


def test_a_seed_gives_the_same_drill_again_and_another_another(drills):
    assert drill(NETWORK, LABELS, *SEEDS[0]) == drills[SEEDS[0]]
    assert len({each.fault for each in drills.values()}) == len(drills)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_pipeline_at_which_a_fault_cannot_happen_has_no_drill_of_it(level):
    """Where none can happen at all, it is said in words."""
    lone = Network((next(station for station in NETWORK.stations if station.role == Role.SOURCE),), ())
    with pytest.raises(ValueError, match="no fault was found"):
        drill(lone, LABELS, 1, level)


def test_the_fault_does_harm_and_somebody_complains_without_naming_it(one):
    run, calm = simulate(NETWORK, one.scenario), simulate(NETWORK, one.calm)
    assert harmful(consequence(run, calm))
    assert one.complaints == complaints(run, calm, LABELS) != ()
    said = " ".join(one.complaints).lower()
    consumers = {LABELS[link] for link in ("bi", "ml", "reverse-etl")}
    assert LABELS[one.fault.station] in consumers or LABELS[one.fault.station].lower() not in said
    assert FAULTS[one.fault.kind][0].lower() not in said
    assert complaints(calm, calm, LABELS) == ()


def test_every_other_cause_at_every_stage_lies_apart_from_what_is_shown(one):
    shown = evidence(simulate(NETWORK, one.scenario))
    luck = [evidence(simulate(NETWORK, replace(one.scenario, seed=one.scenario.seed + n))) for n in range(1, LUCK + 1)]
    still = unrest([shown, *luck])
    assert one.fault.kind in one.causes
    assert len(set(one.causes)) == len(one.causes) == CAUSES
    for kind in one.causes:
        for other in _elsewhere(NETWORK, one.scenario, one.fault, kind):
            assert apart(shown, evidence(other), still) >= APART


def test_the_same_cause_with_other_luck_does_not_lie_apart(one):
    """The threshold is calibrated: what is not told apart here is luck."""
    days = [evidence(simulate(NETWORK, replace(one.scenario, seed=one.scenario.seed + n))) for n in range(2 * LUCK + 1)]
    still = unrest(days[: LUCK + 1])
    assert max(apart(days[0], other, still) for other in days[LUCK + 1 :]) < APART


def what_is_left(remedy, calm):
    own = simulate(NETWORK, replace(remedy.scenario, faults=()))
    return left(simulate(NETWORK, remedy.scenario), own, calm)


def test_the_best_remedy_is_the_best_by_simulation_and_alone(one):
    run, calm = simulate(NETWORK, one.scenario), simulate(NETWORK, one.calm)
    before = consequence(run, calm)
    for remedy in one.remedies:
        assert verdict(before, what_is_left(remedy, calm)) == remedy.verdict
    worths = sorted((remedy.worth for remedy in one.remedies), reverse=True)
    assert worths[0] == 1.0 > worths[1]
    assert len(worths) >= 3
    assert next(each for each in one.remedies if each.worth == 1.0).verdict != "nothing"


def test_what_speaks_against_a_stage_is_said_of_that_stage(one):
    run, calm = simulate(NETWORK, one.scenario), simulate(NETWORK, one.calm)
    for station, label in LABELS.items():
        if station != one.fault.station:
            assert against(run, calm, station, LABELS).startswith(label)


def test_before_a_stage_that_is_down_it_waits_behind_it_it_runs_dry_and_elsewhere_nothing_is_unusual():
    run, calm = (
        simulate(NETWORK, Scenario(faults=(Fault(FaultKind.DOWN, "ingestion", 36_000.0, 39_600.0),))),
        simulate(NETWORK, Scenario()),
    )
    held, usual = (frames(day, QUARTERS).stations["jdbc"].inside for day in (run, calm))
    more = number(int((held - usual).max()))
    assert against(run, calm, "jdbc", LABELS).startswith(f"{LABELS['jdbc']}: at most {more} events more than usual")
    assert against(run, calm, "oltp", LABELS).startswith(f"{LABELS['oltp']}: nothing waited there")
    at = not_none(
        re.match(rf"{LABELS['buffer']} ran dry from about (\d\d):(\d\d): ", against(run, calm, "buffer", LABELS))
    )
    assert 9.5 <= int(at[1]) + int(at[2]) / 60 <= 10.5


def test_rows_that_are_missing_are_counted_against_the_calm_day_and_only_there():
    run, calm = (
        simulate(NETWORK, Scenario(faults=(Fault(FaultKind.DRIFT, "oltp", 36_000.0, 50_400.0, 1.0),))),
        simulate(NETWORK, Scenario()),
    )
    got, usual = (summary(day).deliveries["bi"].delivered for day in (run, calm))
    assert complaints(run, calm, LABELS)[0] == (
        f"{LABELS['bi']}: “About {number(usual - got)} rows fewer came than on other days.”"
    )
    more = complaints(calm, run, LABELS)
    assert more[0] == f"{LABELS['bi']}: “About {number(usual - got)} rows more came than on other days.”"


def test_the_diagram_that_asks_shows_no_sign_of_the_fault(one):
    shown = frames(simulate(NETWORK, one.scenario))
    assert any(station.faulty.any() for station in shown.stations.values())
    assert not any(station.faulty.any() for station in unmarked(shown).stations.values())


def test_a_level_that_there_is_not_and_a_pipeline_without_a_story_are_refused():
    with pytest.raises(ValueError, match="no level 4"):
        drill(NETWORK, LABELS, 1, 4)
    assert EVENTS > 0


# --- scoring


@dataclass
class Done:
    level: int
    points: int


@given(st.booleans(), st.booleans(), st.floats(0, 1), st.integers(0, 6))
def test_a_hint_never_raises_the_points_and_a_right_answer_never_lowers_them(stage, cause, worth, hints):
    earned = points(stage, cause, worth, hints)
    assert 0 <= points(stage, cause, worth, hints + 1) <= earned <= 100
    assert points(True, cause, worth, hints) >= earned <= points(stage, True, worth, hints)
    assert earned <= points(stage, cause, 1.0, hints)
    assert points(True, True, 1.0, 0) == 100


def test_three_good_ones_in_a_row_lead_a_level_up_and_never_above_the_top():
    good, bad = [Done(1, 90)], [Done(1, 10)]
    assert level_of([]) == 1
    assert level_of(good * 2 + bad + good * 2) == 1
    assert level_of(good * 3) == 2
    assert level_of(good * 3 + [Done(2, 80)] * 3) == 3
    assert level_of(good * 3 + [Done(2, 80)] * 3 + [Done(3, 100)] * 9) == 3
    assert streak(good * 2 + bad + good * 2) == 2
    assert level_of([Done(2, 10)]) == 2  # begun at a level of one's own choice
    assert level_of([Done(9, 80)]) == 3
    assert level_of(good * 2 + [Done(2, 80)] * 2) == 2  # what went well on another level is not of this row
    assert level_of(good * 3 + good * 3) == 2  # nor is what is easier
    assert level_of(good * 3 + [Done(2, 80)] * 2) == 2
    assert level_of([Done(1, 70)] * 3) == 2
    assert level_of([Done(1, 69)] * 3) == 1


def test_what_speaks_against_a_cause_are_numbers_of_both_days(one):
    run = simulate(NETWORK, one.scenario)
    for kind in one.causes:
        if kind != one.fault.kind:
            other = supposed(NETWORK, one, kind, "")
            assert [fault.kind for fault in other.faults] == [kind]
            said = unlike(run, simulate(NETWORK, other), LABELS)
            would, did = not_none(
                re.search(r"(\S+(?: \w+)?) (?:events|at).*; (?:it was )?(.+?)\.(?: |$)", said)
            ).groups()
            assert would != did, said


def test_a_remedy_says_how_much_it_saves_from_both_days(one):
    calm = simulate(NETWORK, one.calm)
    before = consequence(simulate(NETWORK, one.scenario), calm)
    for each in one.remedies:
        after = what_is_left(each, calm)
        if each.verdict in ("some of it", "one thing for another"):
            assert each.saves, each
        if after.lost > 10 and 0 < after.lost < 0.9 * before.lost:
            assert f"{number(after.lost)} events lost, not {number(before.lost)}" in each.saves
        assert each.most == all(has <= 0.5 * had for had, has in undone(before, after))
        if each.verdict == "some of it":
            assert ("prevented most" if each.most else "prevented part") in helps(each, LABELS)


def test_what_is_left_out_on_purpose_is_told_from_what_is_lost():
    """The chart of losses beside the sentence shows both."""
    hours = (9 * 3600.0, 14 * 3600.0)
    day = Scenario(
        start=Start.PUSH, transform=Size.STREAM, events=30_000, faults=(Fault(FaultKind.DOWN, "buffer", *hours),)
    )
    said = unlike(
        simulate(NETWORK, day),
        simulate(NETWORK, replace(day, faults=(Fault(FaultKind.DRIFT, "transform", *hours),))),
        LABELS,
    )
    lost, removed = not_none(
        re.search(r"lost at Transformation by .*; (\S+) were\. The (\S+) that .* are not lost", said)
    ).groups()
    assert lost == "0"
    assert int(removed.replace(",", "")) > 0


def test_each_kind_of_fault_is_told_as_a_sentence():
    for kind, known in KINDS.items():
        said = happened(Fault(kind, "buffer", 36_000.0, 39_600.0, known.usual), LABELS)
        assert re.fullmatch(r"[A-Z].*\.", said), said
        assert "{" not in said
        assert "10:00" in said
        assert "11:00" in said
        assert ("%" in said) == (known.unit == "share"), said
