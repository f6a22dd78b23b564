"""The table of what would have saved a day says of each remedy what the remedied day's own panel says."""

from dataclasses import replace

import pytest

from lifecycle.course import load
from lifecycle.course.address import State, View, scenario_of, write
from lifecycle.simulation.experiments.remedies import SAME_S, remedies, verdict
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.readings.consequence import Consequence, Stale
from lifecycle.ui.breaking import remedying
from lifecycle.ui.session import cached
from tests.ui.explorer_app import ROOT, opened, words

COURSE = load(ROOT / "content")
NETWORK = COURSE.pipeline.network


def backlog(panel):
    """What the panel of a stage says of the backlog, in the table's words."""
    if "The backlog is still there at midnight." in panel:
        return "not by midnight"
    line = next((line for line in panel.splitlines() if line.startswith("- The backlog is worked off")), "")
    return line.removeprefix("- The backlog is worked off ").removesuffix(" the last fault ends.") or "0 s after"


def grows_older(panel, oldest, day):
    """Whether the panel of a stage says that the data of a consumer grows so old, in the table's words.

    What the verdict takes for the day's own unrest the panel may tell, and the table does not.
    """
    if oldest == "as without":
        stale = cached.consequence(day, day.calm).stale
        return bool(stale) != ("Nobody's data gets older because of it." in panel) and all(
            late.oldest_s - late.calm_s <= SAME_S for late in stale
        )
    return f"** is {oldest} behind at" in panel


@pytest.mark.parametrize(
    "fault",
    [Fault(FaultKind.DOWN, "ingestion", 36_000.0, 39_600.0), Fault(FaultKind.POISON, "buffer", 36_000.0, 54_000.0)],
)
def test_a_remedy_is_said_in_the_table_as_on_its_own_day(fault):
    state = State(stage=fault.station, view=View.WATCH, faults=(fault,))
    day = scenario_of(state, COURSE)
    app = opened(**write(state))
    app.button(key="saved-broken").click().run()
    table = next(one.value for one in app.dataframe if "What it saves" in one.value)
    labels = {stage.label: stage.id for stage in COURSE.pipeline.stages}
    rows = {(row["Changed"], labels.get(row["Where"], "")): row for _, row in table.iterrows()}
    tried = [
        ("nothing: the day as it is", "", day),
        *((one.what, one.station, one.scenario) for one in remedies(NETWORK, day, day.faults)),
    ]
    assert len(rows) == len(tried) > 3
    for what, where, scenario in tried:
        there = replace(
            state, start=scenario.start, size=scenario.size, faults=scenario.faults, knobs=scenario.overrides
        )
        assert scenario_of(there, COURSE) == scenario
        panel = words(opened(**write(there)))
        row = rows[what, where]
        assert row["Backlog gone"] == backlog(panel), what
        assert grows_older(panel, row["Oldest data"], COURSE.day(scenario)), what
    assert rows["twice the consumers", "buffer"]["What it costs on any day"] == "+0.39 USD"
    captions = "\n".join(each.value for each in app.caption)
    assert all(f"*{column}*: " in captions for column in ("Set aside", "Twice", "Empty"))


def test_data_is_older_in_the_table_where_the_verdict_calls_it_so():
    def oldest(older_s):
        done = Consequence((Stale("desk", 900.0 + older_s, 900.0),), 0, 0, 0, 0, 0.0)
        return remedying.beside(done, done), verdict(done, replace(done, stale=()))

    assert oldest(50.0) == ("| | Before | With it |\n|---|---|---|\n| Oldest data | as without | as without |\n"
                            "| Backlog gone | 0 s after | 0 s after |", "nothing")  # fmt: skip
    assert "| Oldest data | 16 min |" in oldest(70.0)[0]
    assert oldest(70.0)[1] == "all of it"


def test_a_bill_that_is_the_same_to_a_cent_costs_nothing_more():
    said = [remedying.more_money(43.25, now, "USD") for now in (53.81, 40.0, 43.252)]
    assert said == ["+10.56 USD", "−3.25 USD", ""]


def test_what_a_remedy_costs_without_the_faults_is_said_beyond_the_days_own_unrest():
    costs = Consequence((Stale("desk", 4_000.0, 400.0),), 11, 10, -500, 0, None)
    assert remedying.costs(costs) == "data 1 h older; +11 lost"
    assert remedying.costs(Consequence((Stale("desk", 460.0, 400.0),), 0, 0, 0, 0, None)) == ""
