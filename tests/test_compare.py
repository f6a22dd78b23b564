"""Comparisons: intervals that hold the truth as often as they say, and pairs that share their luck."""

import math
from dataclasses import replace

import numpy as np
import pytest
from networks import at, chain

from lifecycle.simulation.compare import FIGURES, compare, estimate, t_quantile
from lifecycle.simulation.outcomes import outcome
from lifecycle.simulation.processes import Cancelled
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import Fault, Scenario

LINE = chain(("shop", "source"), ("pump", "ingestion"), ("dock", "buffer"), ("mill", "transform"), ("desk", "consumer"))
DAY = Scenario(events=1_000, size="stream")
SEEDS = (1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def compared():
    slower = replace(DAY, overrides=(("mill", "per_event_s", 0.0041),))
    return compare(LINE, {"batch": replace(DAY, size="batch"), "stream": DAY, "a hair slower": slower}, SEEDS)


def between(compared, first: str, second: str, figure: str):
    (found,) = [d for d in compared.differences if (d.first, d.second, d.figure) == (first, second, figure)]
    return found


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.706205), (2, 4.302653), (3, 3.182446), (4, 2.776445), (9, 2.262157), (10, 2.228139), (29, 2.045230)],
)
def test_students_t_is_that_of_the_printed_tables(freedom, t):
    assert t_quantile(freedom) == pytest.approx(t, abs=1e-6)


def test_students_t_comes_near_the_normal_with_many_degrees_of_freedom():
    assert t_quantile(1_000) == pytest.approx(1.962339, abs=1e-6)


def test_the_interval_holds_the_truth_in_about_95_of_100_tries():
    rng = np.random.default_rng(7)
    tries = 2_000
    held = sum(e.low <= 3.0 <= e.high for e in (estimate(rng.normal(3.0, 2.0, 5)) for _ in range(tries)))
    assert abs(held / tries - 0.95) < 4 * math.sqrt(0.95 * 0.05 / tries)


def test_every_value_is_that_of_the_run_with_its_seed(compared):
    for i, seed in enumerate(SEEDS):
        alone = outcome(simulate(LINE, replace(DAY, seed=seed)), "desk")
        for figure in FIGURES:
            assert compared.values["stream"][figure][i] == getattr(alone, figure)


def test_a_difference_is_taken_within_each_seed(compared):
    found = between(compared, "stream", "a hair slower", "latency_p95_s").estimate
    pairs = compared.values["a hair slower"]["latency_p95_s"] - compared.values["stream"]["latency_p95_s"]
    assert found == estimate(pairs)


def test_common_luck_tells_apart_what_the_seeds_alone_would_not(compared):
    one, other = (compared.estimates[name]["latency_p95_s"] for name in ("stream", "a hair slower"))
    assert one.low < other.mean < one.high  # side by side the two cannot be told apart
    found = between(compared, "stream", "a hair slower", "latency_p95_s")
    assert found.estimate.low > 0.0
    assert found.words == "p95 latency: a hair slower is higher than stream, beyond chance"


def test_the_words_say_which_way_it_goes(compared):
    assert between(compared, "batch", "stream", "fresh_p95_s").words.endswith(
        "stream is lower than batch, beyond chance"
    )
    assert between(compared, "batch", "stream", "cost").words.endswith("stream is higher than batch, beyond chance")
    assert between(compared, "stream", "a hair slower", "lost").words == "lost: the same on every day"


def test_what_chance_explains_is_not_called_a_difference():
    busy = replace(DAY, overrides=(("dock", "duplicate_share", 0.0),))
    twice = compare(LINE, {"a": busy, "b": busy}, SEEDS)
    assert {found.words.partition(": ")[2] for found in twice.differences} == {"the same on every day"}
    noisy = np.array([1.0, -1.0, 2.0, -1.5, 0.1])
    assert not estimate(noisy).beyond_chance


def test_every_pair_is_compared_in_every_figure_once(compared):
    assert len(compared.differences) == 3 * len(FIGURES)
    assert len({(d.first, d.second, d.figure) for d in compared.differences}) == len(compared.differences)


def test_a_run_that_delivers_nothing_has_no_freshness_and_says_so():
    dead = replace(DAY, faults=(Fault("down", "pump", 0.0, 86_400.0),))
    found = compare(LINE, {"well": DAY, "dead": dead}, (1, 2))
    assert math.isnan(found.estimates["dead"]["fresh_p95_s"].mean)
    assert "nothing was delivered" in between(found, "well", "dead", "fresh_p95_s").words
    assert not between(found, "well", "dead", "fresh_p95_s").estimate.beyond_chance


def test_each_scenario_replays_its_own_trace():
    real = Scenario(events=500, arrivals="real-day", trace="planes", size="stream")
    found = compare(
        LINE, {"made": DAY, "real": real}, (1, 2), traces={"trains": at([9.0]), "planes": at([60.0, 70_000.0])}
    )
    alone = outcome(simulate(LINE, replace(real, seed=2), at([60.0, 70_000.0])), "desk")
    assert found.values["real"]["fresh_p95_s"][1] == alone.fresh_p95_s


def test_a_comparison_can_be_watched_and_stopped():
    told = []
    with pytest.raises(Cancelled):
        compare(
            LINE,
            {"a": DAY, "b": DAY},
            SEEDS,
            progress=lambda *where: told.append(where),
            cancelled=lambda: len(told) == 3,
        )
    assert told == [(1, 10), (2, 10), (3, 10)]


@pytest.mark.parametrize(
    ("scenarios", "seeds", "said"),
    [
        ({"a": DAY}, SEEDS, "1 runs; name 2 to 8"),
        ({"a": DAY, "b": DAY}, (1,), "1 seeds; an interval needs 2 to 1,000"),
        ({"a": DAY, "b": DAY}, (1, 1), "a seed is named twice"),
        ({"a": DAY, "b": replace(DAY, events=-1)}, SEEDS, "b: cannot simulate: events is -1"),
        ({"a": DAY, "b": replace(DAY, arrivals="real-day")}, SEEDS, "cannot compare: b: "),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(scenarios, seeds, said):
    with pytest.raises(ValueError, match="cannot compare") as refused:
        compare(LINE, scenarios, seeds)
    assert said in str(refused.value)


def test_only_a_consumer_can_be_asked():
    with pytest.raises(ValueError, match="'mill' is no consumer; choose desk"):
        compare(LINE, {"a": DAY, "b": DAY}, SEEDS, consumer="mill")
