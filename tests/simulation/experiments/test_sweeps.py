"""Sweeps: every cell is the run that the settings name, cancelled at once, and impossible ones are refused in words."""

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.simulate import default_network
from lifecycle.charts import figure_of, heat_map
from lifecycle.simulation.day import run as day_run
from lifecycle.simulation.day.placing import placed
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.sweeps import Axis, Level, Sweep, settings, sweep
from lifecycle.simulation.experiments.workers import Workers
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.bill import Prices, bill
from lifecycle.words import duration

NETWORK = default_network()
TABLES = ("fresh_s", "lost_share", "peak_per_s", "cost")
DAY = Scenario(events=3_000, overrides=(("buffer", "retention_s", 600.0),))
SERVICE = Axis("buffer", "per_event_s", (0.02, 10.0))
INTERVAL = Axis("ingestion", "batch_interval_s", (300.0, 3600.0, 86_400.0))


def test_every_cell_is_the_run_of_its_settings():
    found = sweep(NETWORK, DAY, SERVICE, INTERVAL, "bi")
    assert found.fresh_s.shape == (2, 3)
    assert found.done == 6
    for i, service_s in enumerate(SERVICE.values):
        for j, interval_s in enumerate(INTERVAL.values):
            knobs = (("buffer", "per_event_s", service_s), ("ingestion", "batch_interval_s", interval_s))
            run = simulate(NETWORK, Scenario(events=3_000, overrides=(*DAY.overrides, *knobs)))
            at_s = np.linspace(0.0, 86_400.0, 8_642)[1:]
            age_s = measures.freshness(run, "bi", at_s)
            assert found.fresh_s[i, j] == pytest.approx(np.percentile(np.fmin(np.nan_to_num(age_s, nan=1e9), at_s), 95))
            assert found.peak_per_s[i, j] == measures.load(run, "ingestion", measures.edges(run)).max()
            lost = sum(n for s in run.passages for r, n in measures.losses(run, s).items() if r not in measures.REMOVED)
            assert found.lost_share[i, j] == lost / 3_000
            assert found.cost[i, j] == bill(run).total


def test_a_day_takes_over_from_the_one_before_it_what_comes_before_the_knob_that_was_turned(monkeypatch):
    walked = Counter[str]()
    monkeypatch.setattr(day_run, "placed", lambda setting, name: walked.update([name]) or placed(setting, name))
    with ThreadPoolExecutor(1) as pool:
        sweep(NETWORK, DAY, SERVICE, INTERVAL, "bi", workers=Workers(pool, 1))
    # Six runs; the knob further up, at ingestion, is turned three times.
    assert walked["telemetry"] == 1
    assert walked["ingestion"] == 3
    assert walked["buffer"] == walked["bi"] == 6


def test_the_cheapest_setting_that_keeps_the_level_is_found():
    found = sweep(NETWORK, DAY, SERVICE, INTERVAL, "bi")
    level = Level(86_400.0, 1.0)
    place = found.cheapest(level)
    assert found.cost[place] == found.cost[found.meets(level)].min()
    assert found.cheapest(Level(0.0, 0.0)) is None
    dear = sweep(
        NETWORK, DAY, SERVICE, INTERVAL, "bi", prices=Prices(broker_per_hour=100.0)
    )  # the log is there on any day
    assert (dear.cost > found.cost).all()


def test_the_level_holds_where_data_is_fresh_and_none_is_lost():
    found = sweep(NETWORK, DAY, SERVICE, INTERVAL, "bi")
    assert found.lost_share[1, 1] > 0 == found.lost_share[0, 0]
    loose = Level(math.inf, 1.0)
    assert found.meets(loose).all()
    assert found.meets(Level(3600.0, 1.0))[0].tolist() == [True, False, False]
    assert not found.meets(Level(math.inf, 0.0))[1, 1]
    assert found.meets(Level(math.inf, 0.6))[1, 1]


def test_a_cancelled_sweep_begins_no_more_runs():
    seen = []
    many = Axis("buffer", "per_event_s", settings(0.01, 1.0, 20))
    stop_after = 3
    found = sweep(
        NETWORK, DAY, many, INTERVAL, "bi", progress=lambda done, of: seen.append((done, of)),
        cancelled=lambda: len(seen) >= stop_after,
    )  # fmt: skip
    assert seen[0] == (1, 60)
    assert [done for done, _ in seen] == list(range(1, found.done + 1))
    assert stop_after <= found.done < 20


@pytest.mark.parametrize(
    ("x", "y", "consumer", "words"),
    [
        (Axis("gone", "per_event_s", (1.0,)), INTERVAL, "bi", "no stage 'gone'"),
        (Axis("buffer", "speed", (1.0,)), INTERVAL, "bi", "no figure 'speed'"),
        (Axis("buffer", "per_event_s", (1.0, math.nan)), INTERVAL, "bi", "per_event_s is nan"),
        (Axis("buffer", "per_event_s", (-1.0,)), INTERVAL, "bi", "per_event_s is -1"),
        (Axis("buffer", "per_event_s", ()), INTERVAL, "bi", "no settings"),
        (INTERVAL, INTERVAL, "bi", "choose two knobs"),
        (SERVICE, INTERVAL, "lake", "no consumer 'lake'"),
        (Axis("buffer", "per_event_s", tuple(np.linspace(0, 1, 4000))), INTERVAL, "bi", "more than 10,000 runs"),
    ],
)
def test_what_cannot_be_swept_is_refused_in_words(x, y, consumer, words):
    with pytest.raises(ValueError, match=words):
        sweep(NETWORK, DAY, x, y, consumer)


@given(st.floats(0, 1e6), st.floats(0.001, 1e6), st.integers(2, 40), st.booleans(), st.booleans())
def test_settings_lie_between_their_ends_ascending_and_different(low, span, count, whole, log):
    made = settings(low, low + span, count, whole=whole, log=log)
    assert 1 <= len(made) <= count
    assert list(made) == sorted(set(made))
    assert low <= made[0]
    assert made[-1] <= low + span


def test_settings_without_a_span_are_refused():
    for low, high, count in ((1, 1, 5), (2, 1, 5), (0, math.inf, 5), (math.nan, 1, 5), (0, 1, 1)):
        with pytest.raises(ValueError, match="low < high"):
            settings(low, high, count)


STREAM = Scenario(events=2_000, start=Start.PUSH, size=Size.STREAM, transform=Size.STREAM)
SCHEDULE = Axis("transform", "interval_s", (300.0, 900.0))
ANY = Level(1e9, 1.0)


def test_knobs_that_a_streaming_day_has_no_use_for_are_told_and_no_pair_of_them_is_the_cheapest():
    found = sweep(NETWORK, STREAM, INTERVAL, SCHEDULE, "bi")
    assert found.idle == (INTERVAL, SCHEDULE)
    assert found.meets(ANY).all()
    assert found.cheapest(ANY) is None
    drawing = heat_map(found, ANY, ("Ingestion: Batch interval", str), ("Transformation: Schedule", str))
    assert drawing.finding.endswith("; “Ingestion: Batch interval” and “Transformation: Schedule” change nothing here")
    assert not len(next(trace for trace in figure_of(drawing).data if trace.name == "the cheapest").x)


def test_a_knob_that_does_nothing_beside_one_that_does_is_told_alone():
    found = sweep(NETWORK, replace(STREAM, transform=Size.BATCH), INTERVAL, SCHEDULE, "bi")
    assert found.idle == (INTERVAL,)
    assert found.cheapest(ANY) is None
    both = sweep(NETWORK, Scenario(events=2_000), INTERVAL, SCHEDULE, "bi")
    assert both.idle == ()
    assert both.cheapest(ANY) is not None


def test_a_sweep_of_which_next_to_nothing_was_made_does_not_say_that_a_knob_does_nothing():
    whole = sweep(NETWORK, STREAM, INTERVAL, SCHEDULE, "bi")
    tables = [np.where(np.arange(6).reshape(3, 2) == 0, getattr(whole, name), np.nan) for name in TABLES]
    assert Sweep(INTERVAL, SCHEDULE, "bi", *tables).idle == ()


@pytest.mark.parametrize("scenario", [STREAM, Scenario(events=2_000)], ids=["one age", "several"])
def test_the_colours_bar_is_labelled_and_its_ticks_lie_on_it(scenario):
    found = sweep(NETWORK, scenario, INTERVAL, SCHEDULE, "bi")
    (heat,) = (
        trace for trace in figure_of(heat_map(found, ANY, ("x", str), ("y", str))).data if trace.type == "heatmap"
    )
    assert heat.colorbar.title.text == "p95 age of<br>newest data"
    assert len(heat.colorbar.ticktext) >= 1
    assert all(heat.zmin - 1e-9 <= tick <= heat.zmax + 1e-9 for tick in heat.colorbar.tickvals)
    assert list(heat.colorbar.ticktext) == [duration(10**tick) for tick in heat.colorbar.tickvals]


def test_the_line_of_the_level_runs_along_the_squares_that_it_divides():
    x, y = Axis("a", "m", (1.0, 2.0, 3.0)), Axis("b", "n", (1.0, 2.0))
    age_s = np.array([[60.0, 60.0], [60.0, 9e3], [9e3, 9e3]])
    whole = Sweep(x, y, "c", age_s, np.zeros((3, 2)), age_s, age_s)
    drawing = heat_map(whole, Level(1800.0, 0.1), ("across", str), ("up", str))
    line = next(trace for trace in figure_of(drawing).data if trace.name == "the level breaks here")
    sides = {tuple(zip(line.x[at : at + 2], line.y[at : at + 2], strict=True)) for at in range(0, len(line.x), 3)}
    assert sides == {((0.5, 0.5), (0.5, 1.5)), ((1.5, -0.5), (1.5, 0.5)), ((0.5, 0.5), (1.5, 0.5))}
