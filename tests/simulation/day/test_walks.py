"""A walk that takes over what an earlier one knows is the walk from the start, whatever was turned."""

from dataclasses import fields, replace

import numpy as np
import pytest

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import Run, simulate, walk
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import Fault, Scenario
from tests.support.networks import at

NETWORK = default_network()
DAY = Scenario(events=2_000, faults=(Fault(FaultKind.DRIFT, "logs", 30_000.0, 40_000.0, 0.5),))
TURNED = {
    "the last stage": replace(DAY, overrides=(("bi", "query_s", 9.0),)),
    "a stage in the middle": replace(DAY, overrides=(("transform", "interval_s", 60.0),)),
    "who calls on the interfaces": replace(DAY, overrides=(("ingestion", "batch_interval_s", 600.0),)),
    "an interface": replace(DAY, overrides=(("logs", "malformed_share", 0.2),)),
    "a source": replace(DAY, overrides=(("external", "event_bytes", 9e5),)),
    "a share of the births": replace(DAY, overrides=(("external", "share", 5.0),)),
    "a switch": replace(DAY, start=Start.PUSH, size=Size.STREAM),
    "how transformations work": replace(DAY, transform=Size.STREAM),
    "the luck": replace(DAY, seed=2),
    "a fault": replace(DAY, faults=()),
    "nothing": DAY,
}


def rows(run: Run) -> dict[str, list[float]]:
    """All that a run holds, NaN as text, since it equals nothing."""
    arrays = {"|".join(link): left_s for link, left_s in run.carried.items()}
    for name, passage in run.passages.items():
        for field in fields(passage):
            value = getattr(passage, field.name)
            for number, array in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(array, np.ndarray):
                    arrays[f"{name}.{field.name}.{number}"] = array
    return {name: np.nan_to_num(array.astype(np.float64), nan=-1.0).tolist() for name, array in arrays.items()}


@pytest.mark.parametrize("turned", TURNED.values(), ids=TURNED)
def test_a_walk_that_takes_over_is_the_walk_from_the_start(turned):
    again = walk(NETWORK, turned, earlier=walk(NETWORK, DAY))
    assert rows(again.run) == rows(simulate(NETWORK, turned))
    assert rows(walk(NETWORK, DAY, earlier=again).run) == rows(simulate(NETWORK, DAY))


def test_only_what_comes_after_the_turned_figure_is_walked_again():
    before = walk(NETWORK, DAY)
    after = walk(NETWORK, TURNED["a stage in the middle"], earlier=before)
    kept = {name for name in before.run.passages if after.run.passages[name] is before.run.passages[name]}
    assert set(before.run.passages) - kept == {"transform", "warehouse", "bi", "ml", "ai", "reverse-etl"}
    called = walk(NETWORK, TURNED["who calls on the interfaces"], earlier=before)
    assert called.run.passages["logs"] is not before.run.passages["logs"]
    assert called.run.passages["telemetry"] is before.run.passages["telemetry"]


def test_a_walk_towards_one_station_can_be_walked_on():
    before = walk(NETWORK, DAY, towards="lake")
    assert set(walk(NETWORK, DAY, earlier=before).run.passages) == {station.id for station in NETWORK.stations}


def test_of_a_walk_through_another_network_nothing_is_taken_over():
    without = replace(NETWORK, links=tuple(link for link in NETWORK.links if link.target != "archive"))
    archived = simulate(NETWORK, DAY).passages["archive"].ids.size
    assert archived > simulate(without, DAY).passages["archive"].ids.size
    for before, after in ((NETWORK, without), (without, NETWORK)):
        again = walk(after, DAY, earlier=walk(before, DAY))
        assert rows(again.run) == rows(simulate(after, DAY))


def test_of_a_walk_of_another_real_day_nothing_is_taken_over():
    real = Scenario(events=2_000, arrivals=Arrivals.REAL_DAY, trace="planes")
    morning, evening = at([10_000.0, 30_000.0]), at([60_000.0, 80_000.0])
    again = walk(NETWORK, real, evening, earlier=walk(NETWORK, real, morning))
    assert rows(again.run) == rows(simulate(NETWORK, real, evening))
