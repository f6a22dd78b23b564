"""Writes in bulk: a limit that counts calls, each of which carries up to so many rows."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, Cause, Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.journey import follow
from lifecycle.simulation.readings.report import stage_figures
from tests.simulation import reference
from tests.support.networks import chain

EVERY_S = 900.0


def synced(bulk, *, rate=100.0, burst=100.0, events=5_000, arrivals=Arrivals.STEADY, per_event_s=0.0, interval=EVERY_S):
    figures = {"interval_s": interval, "query_s": 0.0, "per_event_s": per_event_s}
    limit = {"rate_per_s": rate, "burst": burst, "bulk_rows": bulk}
    line = chain(("shop", "source"), ("crm", "consumer", {**figures, **limit}))
    return simulate(line, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, arrivals, events))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([1.0, 2.0, 7.0, 200.0]),
    st.sampled_from([0.01, 0.5, 100.0]),
    st.sampled_from([1.0, 3.0]),
    st.integers(0, 400),
    st.sampled_from([0.0, 0.25]),
)
def test_calls_pass_the_limit_as_counting_rows_and_tokens_one_by_one_has_it(bulk, rate, burst, events, per_event_s):
    here = synced(bulk, rate=rate, burst=burst, events=events, per_event_s=per_event_s).passages["crm"]
    free, ready, carries = 0.0, [], []
    for tick in np.unique(np.ceil(here.arrived_s / EVERY_S)):
        rows = int(np.count_nonzero(np.ceil(here.arrived_s / EVERY_S) == tick))
        while rows:
            carried = min(rows, int(bulk))
            free = max(free, tick * EVERY_S) + carried * per_event_s
            ready.append(free)
            carries.append(carried)
            rows -= carried
    np.testing.assert_allclose(here.departed_s, np.repeat(reference.bucket(ready, rate, burst), carries), rtol=1e-9)


@pytest.mark.parametrize(("bulk", "takes_s"), [(1.0, 83 * 60), (200.0, 25)])
def test_half_a_million_rows_at_a_hundred_calls_a_second(bulk, takes_s):
    here = synced(bulk, burst=1.0, events=500_000, interval=86_000.0).passages["crm"]
    first = here.arrived_s <= 86_000.0
    assert np.count_nonzero(first) == pytest.approx(500_000, rel=0.006)
    assert here.departed_s[first].max() - 86_000.0 == pytest.approx(takes_s, rel=0.01)


def test_what_is_sent_as_it_comes_is_sent_alone():
    alone, bulk = (synced(rows, interval=0.0, rate=0.05, burst=1.0).passages["crm"] for rows in (1.0, 50.0))
    assert (alone.departed_s == bulk.departed_s).all()


def test_a_row_waits_for_its_tick_and_its_call_for_a_token_and_calls_are_work_once():
    run = synced(10.0, rate=0.1, burst=1.0)
    here = run.passages["crm"]
    last = int(np.flatnonzero(here.arrived_s <= 2 * EVERY_S)[-1])
    waits = follow(run, int(here.ids[last]), "crm").stays[-1].waits
    causes = {cause: sum(wait.seconds for wait in waits if wait.cause == cause) for cause in Cause}
    assert causes[Cause.REFRESH] == pytest.approx(2 * EVERY_S - here.arrived_s[last])
    calls = math.ceil(np.count_nonzero((here.arrived_s > EVERY_S) & (here.arrived_s <= 2 * EVERY_S)) / 10)
    assert causes[Cause.RATE_LIMIT] == pytest.approx((calls - 1) / 0.1, abs=0.1)
    assert stage_figures(run, "crm").utilisation < 1.0
