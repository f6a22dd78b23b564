"""Theory beside those who ask: what it says is what the day came to, or it says why it cannot."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.network import Link, Network
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings import serving
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.theory.expected_askers import expected_of_askers
from lifecycle.simulation.theory.expected_queues import CRITICAL
from tests.support.networks import chain

LINE = chain(
    ("shop", "source"),
    ("pump", "ingestion"),
    ("store", "warehouse", {"slots": 3.0, "query_work_s": 8.0, "load_s": 0.0}),
    ("desk", "consumer", {"query_s": 8.0}),
)
STEADY = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, 2_000)
DAILY = replace(STEADY, arrivals=Arrivals.DAILY)
QUERIES = (("store", "analysts_per_s", 0.25),)
VIEWS = (("desk", "views_per_s", 0.5), ("desk", "cache_s", 120.0))


def told(station, *knobs, scenario=STEADY, network=LINE, **changes):
    return expected_of_askers(simulate(network, replace(scenario, overrides=knobs, **changes)), station)


def gap(station, *knobs, scenario=STEADY, seeds=12):
    """How many standard errors lie between theory and what twelve days came to."""
    days = [told(station, *knobs, scenario=scenario, seed=seed)[0] for seed in range(seeds)]
    differences = [day.simulated - day.value for day in days]
    return float(np.mean(differences) / (np.std(differences, ddof=1) / math.sqrt(seeds)))


def test_queries_wait_as_erlang_says_of_the_days_own_rate():
    (law,) = told("store", *QUERIES)
    per_s = serving.queries(simulate(LINE, replace(STEADY, overrides=QUERIES)), "store").asked_s.size / 86_400
    assert law.value == pytest.approx(theory.mmc_wait(per_s, 8.0, 3))
    assert "M/M/3 (Erlang C)" in law.why
    assert not law.approximate
    assert abs(gap("store", *QUERIES)) < 4


@pytest.mark.parametrize(
    ("knobs", "law"),
    [
        ((("store", "slots", 1.0), ("store", "query_work_s", 3.0), ("store", "query_spread", 0.5)), "M/G/1"),
        ((("store", "query_spread", 0.0),), "M/D/3 (Crommelin)"),
        ((), "M/M/3 (Erlang C)"),
    ],
)
@pytest.mark.parametrize("scenario", [STEADY, DAILY], ids=["steady", "daily"])
def test_each_kind_of_query_has_its_law_and_keeps_it(knobs, law, scenario):
    thin = (("store", "analysts_per_s", 0.12 if scenario is STEADY else 0.08),)
    found = told("store", *thin, *knobs, scenario=scenario)[0]
    assert found.why.startswith(law)
    assert found.approximate == (scenario is DAILY)
    assert abs(gap("store", *thin, *knobs, scenario=scenario)) < 4


def test_two_kinds_of_queries_in_one_line_have_an_approximation():
    knobs = (*QUERIES, ("desk", "views_per_s", 0.2), ("desk", "query_s", 1.0))
    (law,) = told("store", *knobs)
    assert law.approximate
    assert "Allen" in law.why
    assert law.value == pytest.approx(law.simulated, rel=0.2)
    found = serving.queries(simulate(LINE, replace(STEADY, overrides=knobs)), "store")
    for spread in (1.0, 0.5):  # analysts' of 8 s, the others of 1 s
        (law,) = told("store", *knobs, ("store", "query_spread", spread))
        works_s = np.where(found.by == 0, 8.0, 1.0)
        variation = (1 + spread**2) * np.mean(works_s**2) / np.mean(works_s) ** 2 - 1
        assert f"variation {variation:.2g}" in law.why
    # a dashboard that nobody looks at makes no mixture
    (law,) = told("store", *QUERIES, ("desk", "query_s", 1.0))
    assert "Erlang C" in law.why


def test_the_share_that_asks_and_the_mean_age_of_features_are_those_of_the_day():
    (law,) = told("desk", *VIEWS)
    assert law.unit == "share"
    assert not law.approximate
    assert law.value == pytest.approx(1 / (1 + 0.5 / 20 * 120), rel=0.02)
    assert abs(gap("desk", *VIEWS)) < 4
    (daily,) = told("desk", *VIEWS, scenario=DAILY)
    assert daily.approximate
    assert daily.value == pytest.approx(daily.simulated, rel=0.03)
    assert daily.value < law.value  # in the busy hours, when most look, others have asked before


@pytest.mark.parametrize("scenario", [STEADY, DAILY], ids=["steady", "daily"])
def test_reads_find_the_mean_age_of_their_hour(scenario):
    knobs = (("desk", "reads_per_s", 0.5),)  # live: at night, when few read, events are few as well, and old
    (law,) = told("desk", *knobs, scenario=scenario)
    assert law.value == pytest.approx(law.simulated, rel=0.02)
    assert abs(gap("desk", *knobs, scenario=scenario)) < 4


@pytest.mark.parametrize(
    ("station", "knobs", "changes", "why"),
    [
        ("store", (("store", "analysts_per_s", 0.4),), {}, "not below 1: the queue grows all day"),
        ("store", (("store", "analysts_per_s", 0.002),), {}, "too few"),
        ("store", QUERIES, {"faults": (Fault(FaultKind.SLOW, "store", 0.0, 9.0, 0.5),)}, "it is slow"),
        ("store", QUERIES, {"faults": (Fault(FaultKind.DOWN, "store", 0.0, 9.0),)}, "it is down"),
        ("store", (("store", "analysts_per_s", 0.36), ("store", "query_spread", 0.0)), {}, "too long to settle"),
        ("desk", VIEWS, {"faults": (Fault(FaultKind.DOWN, "desk", 0.0, 9.0),)}, "it is down"),
        ("desk", (*VIEWS, ("desk", "cache_s", 1_200.0)), {"arrivals": "daily"}, "kept for 1,200 s"),
        ("desk", (("desk", "reads_per_s", 0.002),), {}, "too few"),
    ],
)
def test_where_no_law_holds_it_says_why(station, knobs, changes, why):
    (law,) = told(station, *knobs, **changes)
    assert law.value is None
    assert law.simulated is not None
    assert why in law.why


def test_where_nobody_asks_nothing_is_expected():
    for station in ("store", "desk", "pump"):
        assert told(station) == ()
    assert told("desk", ("desk", "views_per_s", 0.5)) == ()  # without a cache all ask
    assert told("desk", *VIEWS, ("desk", "interval_s", 3_600.0)) == ()  # and of an extract nobody
    with pytest.raises(ValueError, match="nowhere"):
        told("nowhere")


def test_a_second_consumer_stands_in_the_same_line():
    twin = replace(LINE.stations[-1], id="wall")
    network = Network((*LINE.stations, twin), (*LINE.links, Link("store", "wall")))
    knobs = (("desk", "views_per_s", 0.1), ("wall", "views_per_s", 0.15))
    (law,) = told("store", *knobs, network=network)
    assert law.value == pytest.approx(theory.mmc_wait(0.25, 8.0, 3), rel=0.1)
    assert CRITICAL < 1
