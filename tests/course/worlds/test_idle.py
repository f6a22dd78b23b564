"""What is said to do nothing does nothing: simulated, with the figure turned, the day is the same to the last bit."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from lifecycle.course import load
from lifecycle.course.address import State
from lifecycle.course.loading import SHIPPED
from lifecycle.course.pipeline import Stage
from lifecycle.course.worlds import idle, knobs
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import serving
from lifecycle.simulation.readings.bill import bill
from lifecycle.simulation.roles import ROLES, figures_of

COURSE = load(SHIPPED)
NETWORK = COURSE.pipeline.network
# What switches other figures on, so that what is said of those counts on such days, too.
TURNED_ON = (
    ("jdbc", "full_load", 1.0),
    ("jdbc", "scan_s", 0.0),
    ("jdbc", "slot_idle_s", 600.0),
    ("api", "rate_per_s", 1.0),
    ("api", "on_limit", 1.0),
    ("logs", "own_interval_s", 600.0),
    ("oltp", "late_share", 0.5),
    ("buffer", "capacity", 20.0),
    ("buffer", "policy", 3.0),
    ("buffer", "retention_s", 600.0),
    ("buffer", "delivery", 2.0),
    ("transform", "window_s", 600.0),
    ("transform", "micro_batch_s", 5.0),
    ("transform", "masks", 0.0),
    ("bi", "views_per_s", 0.02),
    ("bi", "rush_factor", 5.0),
    ("ml", "reads_per_s", 0.02),
)
WITHOUT_A_LOG = (("buffer", "direct", 1.0), ("buffer", "capacity", 20.0), ("buffer", "retention_s", 600.0))
SETTINGS = [
    Scenario(events=3000, start=start, size=size, transform=transform, overrides=overrides)
    for start, size, transform in product(Start, Size, Size)
    for overrides in ((), TURNED_ON, WITHOUT_A_LOG)
]
STAGES = {stage.id: stage for stage in COURSE.pipeline.stages if isinstance(stage, Stage)}


def other(figure, value):
    """Another value of a figure, far from the one that it has."""
    if figure.options:
        return next(code for code, _ in figure.options if code != value)
    places = [place for place in knobs.places_of(figure, value) if place != value]
    return places[-1]


def same(one, two):
    """Whether two runs are one day: where every event was and when, what it cost, and who saw what of it."""
    passages = zip(one.passages.values(), two.passages.values(), strict=True)
    fields = ("ids", "arrived_s", "started_s", "finished_s", "departed_s", "fate", "out_ids", "out_s")
    if bill(one) != bill(two) or not all(np.array_equal(a, b, equal_nan=True) for a, b in seen(one, two)):
        return False
    return all(
        np.array_equal(getattr(a, field), getattr(b, field), equal_nan=field.endswith("_s"))
        for a, b in passages
        for field in fields
    )


def seen(one, two):
    """What those who ask for the data saw, which is computed after the run, beside each other."""
    for station in NETWORK.stations:
        if station.role == Role.CONSUMER:
            views, others = (serving.views(run, station.id) for run in (one, two))
            yield from ((getattr(views, name), getattr(others, name)) for name in ("viewed_s", "data_age_s", "leaves"))
            reads, rest = (serving.reads(run, station.id) for run in (one, two))
            yield from ((getattr(reads, name), getattr(rest, name)) for name in ("read_s", "age_s", "too_old"))
        elif station.role == Role.WAREHOUSE:
            queries, more = (serving.queries(run, station.id) for run in (one, two))
            yield from ((queries.asked_s, more.asked_s), (queries.answered_s, more.answered_s))


def with_figure(scenario, station, name, value):
    kept = tuple(one for one in scenario.overrides if one[:2] != (station, name))
    return replace(scenario, overrides=(*kept, (station, name, value)))


def said_idle(scenario):
    for station in NETWORK.stations:
        values = figures_of(station, scenario)
        for figure in ROLES[station.role]:
            if idle.why_idle(station.role, figure.name, values, scenario):
                yield station, figure, values[figure.name]


@pytest.mark.parametrize(
    "scenario", SETTINGS, ids=lambda one: f"{one.start}-{one.size}-{one.transform}-{len(one.overrides)}"
)
def test_a_knob_that_is_said_to_do_nothing_does_nothing(scenario):
    run = simulate(NETWORK, scenario)
    turned = list(said_idle(scenario))
    assert len(turned) > 20
    for station, figure, value in turned:
        changed = with_figure(scenario, station.id, figure.name, other(figure, value))
        assert same(simulate(NETWORK, changed), run), (station.id, figure.name)
    stage = next(one for one in NETWORK.stations if one.role == Role.TRANSFORM)
    busy = with_figure(scenario, stage.id, "per_event_s", 0.5)
    assert not same(simulate(NETWORK, busy), run)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State(), ["batch_interval_s", "per_event_s"]),
        (State(size=Size.STREAM), ["poll_interval_s", "per_event_s"]),
        (State(start=Start.PUSH, size=Size.STREAM), ["per_event_s", "capacity"]),
    ],
)
def test_beside_a_stage_stand_the_two_knobs_that_act_under_the_present_switches(state, names):
    (ingestion,) = [stage for stage in STAGES.values() if stage.role == Role.INGESTION]
    assert [figure.name for figure in knobs.live(COURSE, state, ingestion)] == names


def test_no_live_knob_is_idle_and_every_stage_that_works_has_one():
    for start, size, transform in product(Start, Size, Size):
        state = State(start=start, size=size, transform=transform)
        for stage in STAGES.values():
            live = knobs.live(COURSE, state, stage)
            assert 0 < len(live) <= 2
            assert not [figure for figure in live if knobs.why_idle(COURSE, state, stage, figure)]


def test_why_a_knob_does_nothing_is_said_in_a_sentence_of_what_holds_just_now():
    (transform,) = [stage for stage in STAGES.values() if stage.role == Role.TRANSFORM]
    figures = {figure.name: figure for figure in ROLES[transform.role]}

    def why(name, **state):
        return knobs.why_idle(COURSE, State(**state), transform, figures[name])

    assert why("interval_s") == ""
    assert why("interval_s", transform=Size.STREAM) == (
        "Does nothing while it transforms as a stream: there are no jobs."
    )
    assert why("micro_batch_s") == "Does nothing while the transformation runs on its own timetable."
    assert why("micro_overhead_s", transform=Size.STREAM) == "Does nothing while it works event by event."
    micro = ((transform.id, "micro_batch_s", 5.0),)
    assert why("micro_overhead_s", transform=Size.STREAM, knobs=micro) == ""


def test_every_figure_of_which_something_is_said_is_one_of_its_role():
    scenario = Scenario()
    for role in Role:
        station = Station("x", role)
        values = figures_of(station, scenario)
        for figure in values:
            idle.why_idle(role, figure, values, scenario)  # KeyError, where a rule names what there is not
    named = {(role, name) for role, rules in idle._IDLE.items() for names, _, _ in rules for name in names}
    assert named <= {(role, figure.name) for role in Role for figure in ROLES[role]}


def test_who_looks_live_refreshes_no_index():
    figures = {figure.name: figure.default for figure in ROLES[Role.CONSUMER]}
    for name in ("index_rows", "index_rebuilds"):
        assert "looks live" in idle.why_idle(Role.CONSUMER, name, figures, Scenario())
        assert idle.why_idle(Role.CONSUMER, name, figures | {"interval_s": 600.0}, Scenario()) == ""
