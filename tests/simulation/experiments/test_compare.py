"""Comparisons: intervals that hold the truth as often as they say, and pairs that share their luck."""

from dataclasses import replace

import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.compare import FIGURES, compare
from lifecycle.simulation.experiments.confidence import estimate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.summary import day_summary
from tests.support.networks import at, chain

LINE = chain(("shop", "source"), ("pump", "ingestion"), ("dock", "buffer"), ("mill", "transform"), ("desk", "consumer"))
DAY = Scenario(events=1_000, size=Size.STREAM)
SEEDS = (1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def compared():
    slower = replace(DAY, overrides=(("mill", "per_event_s", 0.0041),))
    return compare(LINE, {"batch": replace(DAY, size=Size.BATCH), "stream": DAY, "a hair slower": slower}, SEEDS)


def between(compared, first: str, second: str, figure: str):
    (found,) = [d for d in compared.differences if (d.first, d.second, d.figure) == (first, second, figure)]
    return found


def test_every_value_is_that_of_the_run_with_its_seed(compared):
    for i, seed in enumerate(SEEDS):
        alone = day_summary(simulate(LINE, replace(DAY, seed=seed)), "desk")
        for figure in FIGURES:
            assert compared.values["stream"][figure][i] == alone.figures[figure]


def test_a_difference_is_taken_within_each_seed(compared):
    found = between(compared, "stream", "a hair slower", "latency_p95_s").estimate
    pairs = compared.values["a hair slower"]["latency_p95_s"] - compared.values["stream"]["latency_p95_s"]
    assert found == estimate(pairs.tolist())


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
    other = compare(LINE, {"a": DAY, "b": replace(DAY, overrides=(("desk", "query_s", 2.0 + 1e-9),))}, SEEDS)
    assert {found.words for found in other.differences if found.figure == "delivered"} == {
        "delivered: the same on every day"
    }


def test_every_pair_is_compared_in_every_figure_once(compared):
    assert len(compared.differences) == 3 * len(FIGURES)
    assert len({(d.first, d.second, d.figure) for d in compared.differences}) == len(compared.differences)


def test_a_run_that_delivers_nothing_has_no_freshness_and_says_so():
    dead = replace(DAY, faults=(Fault(FaultKind.DOWN, "pump", 0.0, 86_400.0),))
    found = compare(LINE, {"well": DAY, "dead": dead}, (1, 2))
    assert found.estimates["dead"]["fresh_p95_s"] is None
    assert "nothing was delivered" in between(found, "well", "dead", "fresh_p95_s").words
    assert between(found, "well", "dead", "fresh_p95_s").estimate is None


def test_each_scenario_replays_its_own_trace():
    real = Scenario(events=500, arrivals=Arrivals.REAL_DAY, trace="planes", size=Size.STREAM)
    found = compare(
        LINE, {"made": DAY, "real": real}, (1, 2), traces={"trains": at([9.0]), "planes": at([60.0, 70_000.0])}
    )
    alone = day_summary(simulate(LINE, replace(real, seed=2), at([60.0, 70_000.0])), "desk")
    assert found.values["real"]["fresh_p95_s"][1] == alone.fresh_p95_s


def test_a_comparison_can_be_watched():
    told = []
    compare(LINE, {"a": DAY, "b": DAY}, (1, 2), progress=lambda *where: told.append(where))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("scenarios", "seeds", "said"),
    [
        ({"a": DAY}, SEEDS, "1 runs; name 2 to 8"),
        ({"a": DAY, "b": DAY}, (1,), "1 seeds; an interval needs 2 to 1,000"),
        ({"a": DAY, "b": DAY}, (1, 1), "a seed is named twice"),
        ({"a": DAY, "b": replace(DAY, events=-1)}, SEEDS, "b: cannot simulate: events is -1"),
        ({"a": DAY, "b": replace(DAY, arrivals=Arrivals.REAL_DAY)}, SEEDS, "cannot compare: b: "),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(scenarios, seeds, said):
    with pytest.raises(ValueError, match="cannot compare") as refused:
        compare(LINE, scenarios, seeds)
    assert said in str(refused.value)


def test_only_a_consumer_can_be_asked():
    with pytest.raises(ValueError, match="'mill' is no consumer; choose desk"):
        compare(LINE, {"a": DAY, "b": DAY}, SEEDS, consumer="mill")
