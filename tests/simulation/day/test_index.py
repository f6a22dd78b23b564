"""An index: a refresh takes in what is new, or makes everything anew and shows it when the new index is in place."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, IndexRefresh, Size, Start
from lifecycle.simulation.model.scenario import Scenario
from tests.support.networks import chain

EACH_S = 0.5


def indexed(rebuilds, *, rows=1_000.0, every_s=3600.0, query_s=0.0, events=500):
    figures = {"interval_s": every_s, "query_s": query_s, "per_event_s": EACH_S, "index_rows": rows}
    line = chain(("shop", "source"), ("assistant", "consumer", {**figures, "index_rebuilds": float(rebuilds.value)}))
    return simulate(line, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, events)).passages["assistant"]


@settings(max_examples=60, deadline=None)
@given(
    st.floats(1, 50_000), st.sampled_from([900.0, 3600.0, 20_000.0]), st.sampled_from([0.0, 30.0]), st.integers(0, 300)
)
def test_a_rebuild_reads_all_it_has_and_shows_it_together(rows, every_s, query_s, events):
    here = indexed(IndexRefresh.REBUILD, rows=rows, every_s=every_s, query_s=query_s, events=events)
    free, read, seen = 0.0, 0, []
    tick = np.ceil(here.arrived_s / every_s)
    for due in np.unique(tick):
        new = int(np.count_nonzero(tick == due))
        free = max(free, due * every_s) + (rows + read + new) * EACH_S
        read += new
        seen += [free + query_s] * new
    np.testing.assert_allclose(here.departed_s, seen, rtol=1e-9)


def test_an_update_takes_in_what_is_new_and_no_more():
    update, rebuild = (indexed(how) for how in (IndexRefresh.UPDATE, IndexRefresh.REBUILD))
    assert (update.departed_s - np.ceil(update.arrived_s / 3600.0) * 3600.0).max() <= 50 * EACH_S
    assert (rebuild.departed_s - update.departed_s).min() >= 1_000 * EACH_S


def test_without_an_index_or_a_timetable_there_is_nothing_to_rebuild():
    for how in ({"rows": 0.0}, {"every_s": 0.0}):
        update, rebuild = (indexed(kind, **how) for kind in (IndexRefresh.UPDATE, IndexRefresh.REBUILD))
        assert (update.departed_s == rebuild.departed_s).all()


def test_a_rebuild_that_outgrows_its_interval_falls_further_behind():
    waits = indexed(IndexRefresh.REBUILD, rows=10_000.0, events=4_000)
    late = waits.departed_s - np.ceil(waits.arrived_s / 3600.0) * 3600.0
    assert late[0] == pytest.approx(10_000 * EACH_S, rel=0.05)
    assert late[-1] > 10 * late[0]
