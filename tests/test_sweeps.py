"""Sweeps: every cell is the run that its setting alone gives, whatever ran it and in what order."""

import math
import sys
from dataclasses import replace
from threading import Event
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import at, chain

from lifecycle.simulation.network import Network, Station
from lifecycle.simulation.outcomes import first_consumer, outcome
from lifecycle.simulation.processes import Cancelled, outcomes_of
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import Scenario
from lifecycle.simulation.sweeps import Axis, Level, Sweep, boundary, cheapest, sweep

LINE = chain(
    ("shop", "source"),
    ("pump", "ingestion"),
    ("dock", "buffer", {"capacity": 50}),
    ("mill", "transform"),
    ("desk", "consumer"),
)
DAY = Scenario(events=2_000, size="stream", arrivals="spike")
INTERVALS = Axis("mill", "interval_s", (300.0, 3600.0, 14_400.0))
WORK = Axis("dock", "per_event_s", (0.01, 6.0))
LEVEL = Level(3_000.0, 0.0)


@pytest.fixture(scope="module")
def swept():
    return sweep(LINE, DAY, (INTERVALS, WORK), LEVEL, workers=2)


def test_every_cell_is_the_run_of_its_own_setting(swept):
    for i, interval in enumerate(INTERVALS.values):
        for j, work in enumerate(WORK.values):
            overrides = (("mill", "interval_s", interval), ("dock", "per_event_s", work))
            alone = outcome(simulate(LINE, replace(DAY, overrides=overrides)), "desk")
            cell = swept.fresh_p95_s[i, j], swept.lost_share[i, j], swept.cost[i, j], swept.peak_per_s[i, j]
            assert cell == (alone.fresh_p95_s, alone.lost_share, alone.cost, alone.peak_per_s)


def test_one_process_and_two_find_the_same(swept):
    here = sweep(LINE, DAY, (INTERVALS, WORK), LEVEL, workers=1)
    for name in ("fresh_p95_s", "lost_share", "cost", "peak_per_s", "meets"):
        np.testing.assert_array_equal(getattr(here, name), getattr(swept, name))


def test_the_level_breaks_on_both_knobs_here(swept):
    assert swept.meets[0, 0]
    assert not swept.meets[2, 0]  # too old
    assert not swept.meets[0, 1]  # the spike does not fit into the buffer
    assert swept.lost_share[0, 1] > 0.0


def test_the_cheapest_setting_is_a_scenario_that_keeps_the_level(swept):
    best = cheapest(swept)
    assert best is not None
    alone = outcome(simulate(LINE, best.scenario), "desk")
    assert alone.fresh_p95_s <= LEVEL.fresh_p95_s
    assert alone.lost == 0
    assert alone.cost == swept.cost[swept.meets].min()
    assert best.values == {"mill.interval_s": INTERVALS.values[best.at[0]], "dock.per_event_s": WORK.values[best.at[1]]}


def test_nothing_is_cheapest_where_nothing_keeps_the_level():
    assert cheapest(sweep(LINE, DAY, (INTERVALS,), Level(0.001), workers=1)) is None


def test_a_switch_and_a_number_of_events_can_be_knobs_too():
    axes = Axis("", "transform", ("batch", "stream")), Axis("", "events", (500.0, 1_000))
    swept = sweep(LINE, DAY, axes, LEVEL, workers=1)
    assert (swept.cost[1] > swept.cost[0]).all()
    assert (swept.fresh_p95_s[1] < swept.fresh_p95_s[0]).all()
    alone = outcome(simulate(LINE, replace(DAY, transform="stream", events=1_000)), "desk")
    assert swept.cost[1, 1] == alone.cost


def test_a_knob_takes_the_place_of_the_scenarios_own_override():
    day = replace(DAY, overrides=(("mill", "interval_s", 60.0), ("mill", "workers", 3.0)))
    turned = INTERVALS.turned(day, 300.0)
    assert {(s, f): v for s, f, v in turned.overrides} == {("mill", "interval_s"): 300, ("mill", "workers"): 3}
    assert len(turned.overrides) == 2


def test_a_trace_reaches_the_processes():
    day = Scenario(events=300, arrivals="real-day", size="stream", transform="stream")
    swept = sweep(LINE, day, (Axis("", "events", (200, 300)),), LEVEL, at([100.0, 50_000.0]), workers=2)
    alone = outcome(simulate(LINE, day, at([100.0, 50_000.0])), "desk")
    assert swept.fresh_p95_s[1] == alone.fresh_p95_s


# --- progress and cancelling


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_is_told_after_each_run(workers):
    told = []
    sweep(LINE, DAY, (INTERVALS,), LEVEL, workers=workers, progress=lambda *where: told.append(where))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_sweep_stops_at_once_when_it_is_cancelled(workers):
    many = Axis("mill", "interval_s", tuple(float(n) for n in range(60, 5_060)))
    stop, told = Event(), []

    def progress(done: int, total: int) -> None:
        told.append(done)
        stop.set()

    start = perf_counter()
    with pytest.raises(Cancelled):
        sweep(LINE, DAY, (many,), LEVEL, workers=workers, progress=progress, cancelled=stop.is_set)
    assert len(told) < 50
    assert perf_counter() - start < 20.0


def test_the_main_module_is_back_in_its_place_and_was_not_run_again(monkeypatch, tmp_path):
    page = tmp_path / "page.py"
    page.write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()", encoding="utf-8")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(page))
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    main = sys.modules["__main__"]
    sweep(LINE, DAY, (INTERVALS,), LEVEL, workers=2)
    assert sys.modules["__main__"] is main
    assert not (tmp_path / "ran").exists()


def test_what_goes_wrong_in_a_process_is_told_here():
    with pytest.raises(ValueError, match="events"):
        outcomes_of(LINE, [DAY, replace(DAY, events=-1)], None, None, "desk", 2)  # type: ignore[arg-type]


# --- what cannot be


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ((), "0 knobs; turn one or two"),
        ((INTERVALS, INTERVALS), "both knobs are mill.interval_s"),
        ((Axis("mill", "interval_s", ()),), "mill.interval_s has no values"),
        ((Axis("mill", "interval_s", (60.0, 60.0)),), "takes a value twice"),
        ((Axis("moon", "interval_s", (60.0,)),), "there is no stage 'moon'"),
        ((Axis("mill", "colour", (60.0,)),), "has no figure 'colour'"),
        ((Axis("mill", "interval_s", (1.0, -5.0, math.nan)),), "interval_s is -5; write 10 to"),
        ((Axis("mill", "interval_s", (math.nan,)),), "interval_s is nan"),
        ((Axis("mill", "interval_s", ("often",)),), "interval_s is 'often'"),
        ((Axis("mill", "workers", (1.5,)),), "workers is 1.5; write a whole number"),
        ((Axis("", "colour", (1,)),), "no scenario has 'colour'"),
        ((Axis("", "size", ("batch", "drip")),), "size is 'drip'; choose batch, stream"),
        ((Axis("", "events", (10.5,)),), "events is 10.5"),
        ((Axis("", "arrivals", ("real-day",)),), "no trace"),
        ((Axis("mill", "interval_s", tuple(range(60, 10_061))),), "10,001 runs; keep them to 10,000"),
    ],
)
def test_an_impossible_knob_is_refused_in_words(axes, said):
    with pytest.raises(ValueError, match="cannot sweep") as refused:
        sweep(LINE, DAY, axes, LEVEL, workers=1)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (Level(0.0), "0.0 s old"),
        (Level(math.nan), "nan s old"),
        (Level(60.0, -0.1), "lost share of -0.1"),
        (Level(60.0, 0.0, "mill"), "'mill' is no consumer; choose desk"),
    ],
)
def test_an_impossible_level_is_refused_in_words(level, said):
    with pytest.raises(ValueError, match="cannot sweep") as refused:
        sweep(LINE, DAY, (INTERVALS,), level, workers=1)
    assert said in str(refused.value)


def test_a_network_without_a_consumer_keeps_no_level():
    with pytest.raises(ValueError, match="no consumer"):
        sweep(chain(("a", "source"), ("mill", "transform")), DAY, (INTERVALS,), LEVEL)
    with pytest.raises(ValueError, match="no consumer"):
        first_consumer(Network((Station("a", "source"),), ()))


def test_no_process_at_all_is_refused():
    with pytest.raises(ValueError, match="0 processes"):
        sweep(LINE, DAY, (INTERVALS,), LEVEL, workers=0)


# --- the line


def made(kept: np.ndarray) -> Sweep:
    axes = Axis("", "events", tuple(range(kept.shape[0]))), Axis("mill", "workers", tuple(range(kept.shape[1])))
    fresh = np.where(kept, 1.0, np.nan)
    return Sweep(axes, Level(10.0), DAY, "USD", fresh, np.zeros(kept.shape), np.ones(kept.shape), fresh)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_the_line_runs_between_all_cells_that_differ_and_no_others(rows, columns, luck):
    kept = np.random.default_rng(luck).random((rows, columns)) < 0.5
    found = set()
    for (i, j), (k, m) in boundary(made(kept)):
        middle = (i + k) / 2, (j + m) / 2
        one = math.floor(middle[0]), math.floor(middle[1])
        other = math.ceil(middle[0]), math.ceil(middle[1])
        assert kept[one] != kept[other]
        found.add((one, other))
    cells = [(i, j) for i in range(rows) for j in range(columns)]
    every = {(a, b) for a in cells for b in ((a[0] + 1, a[1]), (a[0], a[1] + 1)) if b in cells and kept[a] != kept[b]}
    assert found == every


def test_of_those_that_keep_the_level_the_cheapest_wins_and_of_equals_the_freshest():
    swept = replace(
        made(np.ones((1, 4), dtype=bool)),
        cost=np.array([[3.0, 2.0, 2.0, 1.0]]),
        fresh_p95_s=np.array([[1.0, 9.0, 8.0, 11.0]]),  # the last is too old
    )
    best = cheapest(swept)
    assert best is not None
    assert best.at == (0, 2)
