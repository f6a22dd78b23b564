"""All that a run says in figures is what its own records say, and JSON can hold it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import serving
from lifecycle.simulation.readings.bill import Prices, bill
from lifecycle.simulation.readings.exposure import exposure
from lifecycle.simulation.readings.report import report
from lifecycle.simulation.theory.facts import run_facts

NETWORK = default_network()
ASKED = Scenario(
    start=Start.PUSH, size=Size.STREAM, transform=Size.STREAM, arrivals=Arrivals.STEADY, events=5000,
    overrides=(("warehouse", "analysts_per_s", 0.1), ("bi", "views_per_s", 0.2), ("ml", "reads_per_s", 0.1)),
)  # fmt: skip


@pytest.fixture(scope="module")
def run():
    return simulate(NETWORK, ASKED)


def test_flow_and_bill_are_the_runs_own(run):
    dear = Prices(always_on_per_hour=7.0)
    said = run_facts(run, dear)
    assert {name: said[name] for name in ("events", "stages", "consumers")} == report(run).as_dict()
    assert said["cost"]["total"] == pytest.approx(bill(run, dear).total)
    assert said["cost"]["total"] == pytest.approx(sum(said["cost"]["items"].values()))
    assert said["cost"]["total"] > run_facts(run)["cost"]["total"]


def test_those_who_asked_are_told_as_they_were_served(run):
    said = run_facts(run)
    queries, views, reads = serving.queries(run, "warehouse"), serving.views(run, "bi"), serving.reads(run, "ml")
    assert said["queries"]["warehouse"]["asked"] == queries.asked_s.size > 0
    assert said["queries"]["warehouse"]["wait_s"]["mean"] == pytest.approx(queries.wait_s.mean())
    assert said["queries"]["warehouse"]["response_s"]["p95"] == pytest.approx(np.percentile(queries.response_s, 95))
    assert said["views"]["bi"]["leaves"] == pytest.approx(np.mean(views.leaves))
    assert said["views"]["bi"]["asks"] == pytest.approx(np.mean(views.asks))
    assert said["reads"]["ml"]["too_old"] == pytest.approx(reads.too_old)


def test_who_could_read_is_said_of_every_stage_as_it_was_read_off():
    plain = simulate(NETWORK, replace(ASKED, overrides=(*ASKED.overrides, ("transform", "masks", 0.0))))
    said, seen = run_facts(plain)["exposure"], exposure(plain)
    assert list(said) == list(plain.passages)
    for name, stage in seen.stages.items():
        leaks = {"leaked": stage.leaked, "since_s": stage.since_s}
        assert said[name] == {"in_clear": stage.in_clear, "readers": stage.readers.name.lower(), **leaks}
    assert said["warehouse"]["leaked"] == said["warehouse"]["in_clear"] > 0
    assert said["warehouse"]["since_s"] > 0.0
    assert said["lake"]["since_s"] is None


def test_where_nobody_asks_or_nothing_comes_there_is_no_figure_and_still_json():
    quiet = {("warehouse", "analysts_per_s"), ("bi", "views_per_s"), ("ml", "reads_per_s")}
    nobody = replace(ASKED, overrides=tuple((*place, 0.0) for place in quiet))
    said = run_facts(simulate(NETWORK, nobody))
    assert (said["queries"], said["views"], said["reads"]) == ({}, {}, {})
    empty = run_facts(simulate(NETWORK, replace(ASKED, events=0)))
    assert empty["reads"]["ml"]["too_old"] is None
    json.dumps(empty, allow_nan=False)
