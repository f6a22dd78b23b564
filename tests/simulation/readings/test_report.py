"""The report: every event has one fate, every stage obeys Little's law, every figure is the run's own."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.readings.measures import ages, busy, latency, losses
from lifecycle.simulation.readings.report import events, report, stage_figures
from tests.support.networks import chain, networks, scenarios

DEFAULT = default_network()


@given(st.data())
@settings(max_examples=150)
def test_every_event_born_has_one_fate_in_any_pipeline(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    said = events(run)
    assert said.born == run.born_s.size
    assert said.born == said.delivered + said.refused + said.expired + said.dead_lettered + said.inside
    assert min(said.delivered, said.refused, said.expired, said.dead_lettered, said.inside) >= 0


@given(st.data())
@settings(max_examples=100)
def test_every_stage_obeys_littles_law(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    for name, here in run.passages.items():
        said = stage_figures(run, name)
        walked = _time_waiting(here.arrived_s, np.minimum(here.started_s, DAY_S))
        assert said.mean_queue * DAY_S == pytest.approx(walked, rel=1e-9, abs=1e-6)
        assert said.max_queue <= said.arrivals
        assert 0 <= said.utilisation <= 1


def _time_waiting(arrived, began):
    """The area under the number that waits, walked from moment to moment."""
    moments = sorted([(t, 1) for t in arrived] + [(t, -1) for t in began])
    area, waiting, before = 0.0, 0, 0.0
    for moment, step in moments:
        area, waiting, before = area + waiting * (moment - before), waiting + step, moment
    return area


def test_a_chain_by_hand():
    network = chain(
        ("app", "source"),
        ("log", "buffer", {"per_event_s": 0.0, "capacity": 0.0, "duplicate_share": 1.0, "redelivery_s": 1.0}),
        ("etl", "transform", {"reject_share": 1.0}),
        ("bi", "consumer"),
    )
    run = simulate(
        network,
        Scenario(arrivals=Arrivals.STEADY, events=100, start=Start.PUSH, size=Size.STREAM, transform=Size.STREAM),
    )
    said = events(run)
    assert said.duplicated == pytest.approx(100, abs=1)
    assert said.delivered == 0
    assert said.dead_lettered >= 98
    assert stage_figures(run, "etl").arrivals == pytest.approx(200, abs=3)


def test_the_figures_are_those_of_the_measures():
    run = simulate(DEFAULT, Scenario(events=20_000))
    said = report(run)
    took, age = latency(run, "bi"), ages(run, "bi")
    assert said.consumers["bi"].latency_s.p95 == np.percentile(took, 95)
    assert said.consumers["bi"].latency_s.max == took.max()
    assert said.consumers["bi"].freshness_s.mean == age.mean()
    assert said.stages["transform"].utilisation == pytest.approx(busy(run, "transform", np.array([0, DAY_S]))[0])
    assert said.stages["logs"].arrivals - said.stages["logs"].departures >= losses(run, "logs")["malformed"]
    here = run.passages["warehouse"]
    gone = here.departed_s <= DAY_S
    assert said.stages["warehouse"].mean_sojourn_s == (here.departed_s[gone] - here.arrived_s[gone]).mean()


def test_a_day_of_nothing_is_json_without_numbers_where_there_are_none():
    plain = json.loads(json.dumps(report(simulate(DEFAULT, Scenario(events=0))).as_dict(), allow_nan=False))
    assert plain["consumers"]["bi"]["latency_s"]["p95"] is None
    assert plain["stages"]["bi"]["mean_wait_s"] is None
    assert plain["stages"]["bi"]["max_queue"] == 0
    assert plain["events"]["born"] == 0
