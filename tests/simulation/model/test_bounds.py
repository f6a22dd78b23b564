"""How many events of a day are simulated: all in a short pipeline, as many as fit in a long or branching one."""

from dataclasses import replace
from itertools import pairwise

import pytest

from lifecycle.course import load
from lifecycle.course.address import State, asked_scenario, scenario_of
from lifecycle.course.day_words import fewer_events
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.bounds import MOST_VISITS, fitting_events
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, MAX_EVENTS, Scenario
from lifecycle.simulation.model.schedules import Schedule, every

COURSE = load(SHIPPED)


def line(stages, schedule=""):
    names = ["s", *(f"t{i}" for i in range(stages - 1))]
    stations = [Station("s", Role.SOURCE), *(Station(name, Role.TRANSFORM, schedule=schedule) for name in names[1:])]
    schedules = (Schedule(schedule, every(3600.0, DAY_S)),) if schedule else ()
    links = tuple(Link(*ends) for ends in pairwise(names))
    return Network(tuple(stations), links, schedules)


def doubling(times, schedule=""):
    """A source, then again and again two ways that meet."""
    stations, links = [Station("m0", Role.SOURCE)], []
    for i in range(times):
        for name in (f"a{i}", f"b{i}", f"m{i + 1}"):
            stations.append(Station(name, Role.TRANSFORM, schedule=schedule))
        links += [Link(f"m{i}", side) for side in (f"a{i}", f"b{i}")]
        links += [Link(side, f"m{i + 1}") for side in (f"a{i}", f"b{i}")]
    return Network(tuple(stations), tuple(links), (Schedule(schedule, every(3600.0, DAY_S)),) if schedule else ())


def test_visits_are_counted_along_every_way_and_once_at_a_job_of_a_schedule():
    assert line(7).visits_per_event == 7
    assert doubling(3).visits_per_event == 1 + (2 + 2) + (4 + 4) + (8 + 8)
    assert doubling(3, "hourly").visits_per_event == 1 + 3 * 3
    halves = (Link("s", "a", 1.0), Link("s", "b", 3.0), Link("b", "s", loop=True))
    parted = Network((Station("s", Role.SOURCE), Station("a", Role.LAKE), Station("b", Role.LAKE)), halves)
    assert parted.visits_per_event == 2


def test_the_estimate_is_what_a_run_then_has():
    for network in (doubling(3), line(5, "hourly")):
        run = simulate(network, Scenario(events=200))
        visits = sum(passage.arrived_s.size for passage in run.passages.values())
        assert visits <= 200 * network.visits_per_event


def test_a_short_pipeline_has_any_day_and_a_long_one_what_fits():
    assert fitting_events(line(25), Scenario(events=MAX_EVENTS)) == MAX_EVENTS
    long = line(3_000)
    assert fitting_events(long, Scenario()) == MOST_VISITS // 3_000
    assert fitting_events(long, Scenario(events=10)) == 10
    assert fitting_events(doubling(60), Scenario()) == 0


def test_the_days_of_the_course_are_simulated_whole():
    for named in COURSE.scenarios:
        assert fitting_events(COURSE.pipeline.network, named.scenario) == named.scenario.events
        state = State(scenario=named.id)
        assert scenario_of(state, COURSE) == asked_scenario(state, COURSE)
        assert fewer_events(COURSE.pipeline.network, named.scenario) == ""


def test_a_run_says_how_many_it_really_has_and_a_sentence_says_why():
    network = doubling(8)
    run = simulate(network, Scenario(events=50_000))
    fitting = fitting_events(network, Scenario(events=50_000))
    assert run.scenario.events == run.born_s.size == fitting < 5_000
    assert sum(passage.arrived_s.size for passage in run.passages.values()) <= MOST_VISITS
    words = fewer_events(network, Scenario(events=50_000))
    assert words.startswith(f"{fitting:,} of 50,000 events are simulated")
    assert "25 stages" in words


@pytest.mark.parametrize("links", [(Link("a", "b"), Link("b", "a")), (Link("a", "nowhere"),)])
def test_what_cannot_be_walked_is_left_for_the_checks_to_say(links):
    network = Network((Station("a", Role.SOURCE), Station("b", Role.LAKE)), links)
    assert fitting_events(network, Scenario()) == Scenario().events
    assert fitting_events(replace(network, stations=()), Scenario()) == Scenario().events
