"""A day's summary is what its readers show: headlines, comparisons and sweeps take their figures from it."""

import math

import pytest

from lifecycle.charts.headlines import headlines
from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments import compare as comparing
from lifecycle.simulation.experiments import sweeps
from lifecycle.simulation.model.kinds import Arrivals, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.model.schedules import Schedule
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.bill import Prices, bill
from lifecycle.simulation.readings.endings import endings
from lifecycle.simulation.readings.summary import day_age_p95_s, day_summary, first_consumer, wire
from tests.support.networks import at, chain

COURSE = load(SHIPPED)
DAY = Scenario(events=2_000, overrides=(("buffer", "retention_s", 600.0), ("buffer", "per_event_s", 10.0)))


@pytest.fixture(scope="module")
def run():
    return simulate(COURSE.pipeline.network, DAY)


def test_the_figures_are_those_of_the_readings(run):
    day = day_summary(run, "bi", Prices(always_on_per_hour=3.0))
    assert day.ends == endings(run, "bi")
    assert day.lost_share == day.ends.lost / 2_000 > 0
    assert (day.busiest, day.peak_per_s) == wire(run)
    assert day.bill == bill(run, Prices(always_on_per_hour=3.0))
    assert day.figures["cost"] == day.bill.total
    assert day.latency_p95_s == measures.percentiles(measures.latency(run, "bi"), (95.0,))[0]


def test_the_lost_are_counted_as_the_ledger_counts_them(run):
    lost = sum(
        n for name in run.passages for why, n in measures.losses(run, name).items() if why not in measures.REMOVED
    )
    assert day_summary(run, "bi").ends.lost == lost > 0


def test_before_the_first_delivery_the_data_is_as_old_as_the_day():
    line = chain(("shop", "source"), ("desk", "consumer", {"interval_s": 0.0, "query_s": 0.0}))
    late = simulate(
        line,
        Scenario(events=1, arrivals=Arrivals.REAL_DAY, trace="late", start=Start.PUSH, size=Size.STREAM),
        at([80_000.0]),
    )
    day = day_summary(late, "desk")
    assert day.fresh_p95_s < 6_400 < 75_000 < day.since_midnight_p95_s


def test_headlines_compare_and_sweep_show_the_same_figures(run):
    day, shown = day_summary(run, "bi", COURSE.prices), headlines(COURSE.pipeline, run, COURSE.prices)
    assert [shown[name].value for name in ("freshness", "load", "cost", "lost")] == [
        day.fresh_p95_s,
        day.peak_per_s,
        day.bill.total,
        day.ends.lost,
    ]
    compared = comparing.compare(COURSE.pipeline.network, {"a": DAY, "b": DAY}, (DAY.seed, 99), prices=COURSE.prices)
    assert {name: values[0] for name, values in compared.values["a"].items()} == {
        name: day.figures[name] for name in comparing.FIGURES
    }
    knobs = (sweeps.Axis("buffer", "per_event_s", (10.0,)), sweeps.Axis("buffer", "retention_s", (600.0,)))
    swept = sweeps.sweep(COURSE.pipeline.network, DAY, *knobs, "bi", prices=COURSE.prices)
    assert [float(table[0, 0]) for table in (swept.fresh_s, swept.lost_share, swept.peak_per_s, swept.cost)] == [
        day.since_midnight_p95_s,
        day.lost_share,
        day.peak_per_s,
        day.bill.total,
    ]


def test_a_pipeline_without_consumers_or_stages_has_a_summary_too():
    run = simulate(chain(("shop", "source"), ("pump", "ingestion")), Scenario(events=10))
    assert first_consumer(run.network) is None
    day = day_summary(run, None)
    assert all(map(math.isnan, (day.fresh_p95_s, day.since_midnight_p95_s, day.latency_p95_s)))
    assert (day.busiest, day.ends.delivered) == ("pump", 0)
    empty = day_summary(simulate(Network((), ()), Scenario(events=10)), None)
    assert (empty.busiest, empty.peak_per_s, empty.bill.total) == ("", 0.0, 0.0)


def daily(at_s):
    """A job once a day, in no time, from a source to a desk."""
    stations = (
        Station("shop", Role.SOURCE),
        Station("mill", Role.TRANSFORM, (("drawn_s", 60.0), ("drawn_spread", 1.0)), schedule="daily"),
        Station("desk", Role.CONSUMER, (("interval_s", 0.0), ("query_s", 0.0))),
    )
    links = (Link("shop", "mill"), Link("mill", "desk"))
    network = Network(stations, links, schedules=(Schedule("daily", (at_s,)),))
    return simulate(network, Scenario(arrivals=Arrivals.STEADY, events=5_000))


@pytest.mark.parametrize("hour", [2, 9, 15, 22])
def test_a_job_once_a_day_has_data_of_up_to_a_day_whenever_it_runs(hour):
    run = daily(hour * 3600.0)
    assert day_age_p95_s(run, "desk") == pytest.approx(0.95 * DAY_S + 60.0, abs=600.0)


def test_where_nothing_comes_the_age_of_a_day_is_none():
    assert math.isnan(day_age_p95_s(daily(0.0), "desk"))
