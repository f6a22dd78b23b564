"""What the headlines say of a day: whether a share of the day is of the whole of it."""

from __future__ import annotations

import pytest

from lifecycle.charts.headlines import headlines, spanned
from lifecycle.charts.time import freshness
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import FaultKind, Role, Size
from lifecycle.simulation.model.scenario import Fault, Scenario


@pytest.mark.parametrize(
    ("fresh_s", "midnight_s", "words"),
    [
        (3600.0, 3601.0, "of the day"),
        (3600.0, 3300.0, "of the time from its first data on"),
        (3600.0, 36_000.0, "of the time from its first data on"),
    ],
)
def test_ninety_five_percent_are_of_the_day_only_where_that_holds_since_midnight(fresh_s, midnight_s, words):
    assert spanned(fresh_s, midnight_s) == words


def test_a_day_whose_data_comes_late_says_from_when_its_p95_counts():
    late = Fault(FaultKind.DOWN, "pump", 0.0, 40_000.0)
    shop = Stage("shop", "z", "S", Role.SOURCE)
    pump, desk = Stage("pump", "z", "Pump", Role.INGESTION), Stage("desk", "z", "Desk", Role.CONSUMER)
    line = Pipeline("P", (Zone("z", "Z"),), (shop, pump, desk), (Flow("shop", "pump"), Flow("pump", "desk")))
    run = simulate(line.network, Scenario(events=2_000, size=Size.STREAM, faults=(late,)))
    assert headlines(line, run)["freshness"].about.startswith("For 95 % of the time from its first data on, Desk sees")
    assert freshness(line, run, None).finding.endswith("old for 95 % of the time from its first data on")
