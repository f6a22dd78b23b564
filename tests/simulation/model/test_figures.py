"""The figures of the roles, and what `validate` says about a network or a scenario."""

import math
from dataclasses import replace

import pytest

from benchmarks.simulate import default_network
from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.network import Link, Network, Station, order
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.summary import day_summary, first_consumer
from lifecycle.simulation.roles import ROLES, figure_problem, figures_of

FIGURES = [(role, figure) for role, figures in ROLES.items() for figure in figures]


@pytest.mark.parametrize(("role", "figure"), FIGURES, ids=lambda x: getattr(x, "name", x))
def test_a_figure_says_what_it_is_where_its_default_was_read_and_within_what_range(role, figure):
    assert figure.low <= figure.default <= figure.high
    assert figure.low < figure.high
    assert math.isfinite(figure.high)
    assert 0 < len(figure.label) <= 32
    assert figure.about
    assert figure.source
    assert figure.unit
    assert not figure.options or figure.default in [code for code, _ in figure.options]


def test_a_role_names_each_figure_once():
    for figures in ROLES.values():
        names = [figure.name for figure in figures]
        assert len(names) == len(set(names))


def test_an_override_beats_the_stations_figure_which_beats_the_default():
    station = Station("b", Role.BUFFER, (("retention_s", 60.0), ("capacity", 7.0)))
    scenario = Scenario(overrides=(("b", "capacity", 9.0), ("other", "retention_s", 1.0)))
    figures = figures_of(station, scenario)
    assert (figures["capacity"], figures["retention_s"], figures["per_event_s"]) == (9.0, 60.0, 0.02)


def test_the_default_pipeline_and_day_have_no_problem():
    assert validate(default_network(), Scenario()) == ()


def test_every_problem_is_reported_at_once_and_simulate_refuses_with_them():
    scenario = Scenario(
        events=-1, faults=(Fault(FaultKind.DOWN, "nowhere", 0, 1),), overrides=(("buffer", "colour", 1.0),)
    )
    problems = validate(default_network(), scenario)
    assert len(problems) == 3
    with pytest.raises(ValueError, match=r"events is -1.*nowhere.*colour"):
        simulate(default_network(), scenario)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"start": "shove"}, "start is 'shove'; choose pull, push"),
        ({"size": "bulk"}, "size is 'bulk'"),
        ({"transform": None}, "transform is None"),
        ({"arrivals": "never"}, "arrivals is 'never'"),
        ({"events": 1_000_001}, "events is 1000001; write a whole number from 0 to 1,000,000"),
        ({"events": 10**12}, "events is 1000000000000"),
        ({"events": 1.5}, "events is 1.5"),
        ({"events": True}, "events is True"),
        ({"events": math.nan}, "events is nan"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"spike_factor": "twice"}, "spike_factor is 'twice'; write a number"),
        ({"spike_at_s": math.inf}, "spike_at_s is inf"),
        ({"spike_length_s": 0.0}, "spike_length_s is 0.0"),
        ({"spike_factor": math.nan}, "spike_factor is nan"),
        ({"spike_factor": 1e308}, "spike_factor is 1e+308"),
        ({"overrides": (("buffer", "capacity", math.nan),)}, "buffer: capacity is nan; write a number"),
        ({"overrides": (("buffer", "capacity", -1.0),)}, "buffer: capacity is -1; write 0 to"),
        ({"overrides": (("buffer", "retention_s", 0.0),)}, "buffer: retention_s is 0; write 1 to"),
        ({"overrides": (("buffer", "consumers", 1.5),)}, "buffer: consumers is 1.5; write a whole number"),
        ({"overrides": (("buffer", "policy", 0.5),)}, "buffer: policy is 0.5; choose 0 (refuse the newest)"),
        ({"overrides": (("ingestion", "batch_interval_s", 0.0),)}, "ingestion: batch_interval_s is 0; write 60 to"),
        ({"overrides": (("ingestion", "batch_interval_s", "often"),)}, "batch_interval_s is 'often'"),
        ({"overrides": (("ingestion", "capacity ", 1.0),)}, "ingestion: the role ingestion has no figure 'capacity '"),
        ({"overrides": (("nowhere", "capacity", 1.0),)}, "there is no station 'nowhere'"),
        (
            {"faults": (Fault("fire", "buffer", 0.0, 1.0),)},  # type: ignore[arg-type]
            "unknown kind 'fire'; choose down, slow, cut, drift, contend, spike,",
        ),
        ({"faults": (Fault(FaultKind.DOWN, "nowhere", 0.0, 1.0),)}, "there is no station 'nowhere'"),
        ({"faults": (Fault(FaultKind.DOWN, "buffer", 2.0, 1.0),)}, "lasts from 2.0 to 1.0 s"),
        ({"faults": (Fault(FaultKind.DOWN, "buffer", -1.0, 1.0),)}, "lasts from -1.0 to 1.0 s"),
        ({"faults": (Fault(FaultKind.DOWN, "buffer", 0.0, math.inf),)}, "lasts from 0.0 to inf s"),
        ({"faults": (Fault(FaultKind.DOWN, "buffer", math.nan, 1.0),)}, "lasts from nan"),
        (
            {"faults": (Fault(FaultKind.SLOW, "buffer", 0.0, 1.0, -0.5),)},
            "factor is -0.5; write a number from 0.0001 to 1",
        ),
        ({"faults": (Fault(FaultKind.SLOW, "buffer", 0.0, 1.0, 2.0),)}, "factor is 2.0"),
    ],
)
def test_a_wrong_scenario_is_told_what_is_wrong_its_value_and_what_is_allowed(change, words):
    problems = validate(default_network(), replace(Scenario(), **change))
    assert len(problems) == 1
    assert words in problems[0]


A, B, C = Station("a", Role.SOURCE), Station("b", Role.LAKE), Station("c", Role.CONSUMER)


@pytest.mark.parametrize(
    ("network", "words"),
    [
        (Network((A, Station("x", "wizard")), ()), "x: unknown role 'wizard'; choose source"),  # type: ignore[arg-type]
        (Network((A, A), ()), "2 stations are called 'a'"),
        (Network((Station("a", Role.SOURCE, (("speed", 1.0),)),), ()), "a: the role source has no figure 'speed'"),
        (Network((Station("a", Role.SOURCE, (("share", -1.0),)),), ()), "a: share is -1"),
        (Network((A,), (Link("a", "z"),)), "there is no station 'z'"),
        (Network((A, B), (Link("a", "b"), Link("a", "b"))), "2 flows run from a to b"),
        (Network((A, B), (Link("a", "b", 0.0),)), "share is 0.0; write a number above 0"),
        (Network((A, B), (Link("a", "b", math.nan),)), "share is nan"),
        (Network((A, B, C), (Link("a", "b"), Link("b", "c"), Link("c", "b"))), "circle: b → c → b"),
        (Network((A, B), (Link("a", "b"), Link("b", "b"))), "circle: b → b"),
    ],
)
def test_a_wrong_network_is_told_what_is_wrong(network, words):
    problems = validate(network, Scenario())
    assert len(problems) == 1
    assert words in problems[0]


def test_a_circle_with_a_marked_loop_is_no_circle():
    network = Network((A, B, C), (Link("a", "b"), Link("b", "c"), Link("c", "b", loop=True)))
    assert order(network) == ("a", "b", "c")
    assert validate(network, Scenario()) == ()


def test_the_order_names_the_circle_that_it_cannot_walk():
    with pytest.raises(ValueError, match="b → c → b; mark one of them as a loop"):
        order(Network((A, B, C), (Link("b", "c"), Link("c", "b"))))


def test_a_day_can_be_longer_than_the_day_for_an_interval():
    overrides = (("ingestion", "batch_interval_s", 2 * DAY_S),)
    assert validate(default_network(), Scenario(overrides=overrides)) == ()


TIMETABLES = [
    (role, figure)
    for role in ROLES
    for figure in ROLES[role]
    if figure.name.endswith("interval_s") or figure.name in ("transaction_s", "micro_batch_s", "window_s")
]


@pytest.mark.parametrize(("role", "figure"), TIMETABLES, ids=[f"{role} {figure.name}" for role, figure in TIMETABLES])
def test_no_timetable_ticks_so_often_that_a_day_of_it_fills_the_memory(role, figure):
    station = Station("one", role)
    assert figure_problem(station, figure.name, figure.low) is None  # it may be off
    for often_s in (1e-6, 0.049):
        assert f"write {figure.span} s" in (figure_problem(station, figure.name, often_s) or "")
    least_s = figure.least or figure.low
    assert figure_problem(station, figure.name, least_s) is None
    network = default_network()
    stations = tuple(
        replace(each, figures=((figure.name, least_s),)) if each.role == role else each for each in network.stations
    )
    day = simulate(replace(network, stations=stations), Scenario(events=50))
    assert day_summary(day, first_consumer(day.network)).bill.total >= 0.0


@pytest.mark.parametrize("value", [7.0, -1.0, 0.5, float("nan"), float("inf"), "wide"])
def test_of_a_choice_that_is_none_the_choices_are_named(value):
    for role, figures in ROLES.items():
        for figure in (figure for figure in figures if figure.options):
            told = figure_problem(Station("here", role), figure.name, value)
            assert told is not None
            assert f"; choose {figure.options[0][0]:g} ({figure.options[0][1]})" in told
            assert "choice" not in told
