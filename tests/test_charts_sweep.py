"""Charts of many runs: each draws exactly what was run, and says it in words."""

from dataclasses import replace

import numpy as np
import pytest

from lifecycle.charts import (
    SHOWN,
    bill_bars,
    comparison_in_words,
    comparison_table,
    csv,
    differences_table,
    sweep_map,
)
from lifecycle.simulation.compare import FIGURES, compare
from lifecycle.simulation.costs import Bill, bill
from lifecycle.simulation.scenario import Scenario
from lifecycle.simulation.sweeps import Axis, Level, boundary, cheapest, sweep
from lifecycle.words import money

INTERVALS = Axis("mill", "interval_s", (600.0, 3600.0, 14_400.0))
WORKERS = Axis("mill", "workers", (1.0, 4.0))
DAY = Scenario(events=1_000, size="stream")


@pytest.fixture(scope="module")
def swept(pipeline):
    return sweep(pipeline.network, DAY, (INTERVALS, WORKERS), Level(4_000.0), workers=1)


@pytest.fixture(scope="module")
def compared(pipeline):
    return compare(pipeline.network, {"batch": replace(DAY, size="batch"), "stream": DAY}, (1, 2, 3))


@pytest.mark.parametrize("shown", SHOWN)
def test_the_map_draws_every_run_where_its_knobs_stand(pipeline, swept, shown):
    heat = sweep_map(pipeline, swept, shown).figure.data[0]
    for i in range(3):
        for j in range(2):
            value = getattr(swept, shown)[i, j]
            drawn = 10 ** heat.z[j][i] if shown == "fresh_p95_s" else heat.z[j][i]
            assert drawn == pytest.approx(value)


def test_the_line_and_the_star_stand_where_the_sweep_says(pipeline, swept):
    drawing = sweep_map(pipeline, swept)
    line, star = drawing.figure.data[1:]
    drawn = {((a, c), (b, d)) for a, b, c, d in zip(line.x[::3], line.x[1::3], line.y[::3], line.y[1::3], strict=True)}
    assert drawn == set(boundary(swept))
    assert (star.x[0], star.y[0]) == cheapest(swept).at


def test_the_finding_names_the_cheapest_setting_and_its_cost(pipeline, swept):
    finding = sweep_map(pipeline, swept).finding
    best = cheapest(swept)
    assert f"{int(swept.meets.sum())} of 6 settings keep the level (1 h 7 min old and 0 % lost at most)" in finding
    assert "=Mill: Schedule" in finding
    assert money(float(swept.cost[best.at]), "USD") in finding


def test_the_table_has_a_row_for_every_run(pipeline, swept):
    table = sweep_map(pipeline, swept).table
    assert len(table) == 6
    at = table[(table.iloc[:, 0] == 3600.0) & (table.iloc[:, 1] == 4.0)].iloc[0]
    assert at["p95 freshness (s)"] == swept.fresh_p95_s[1, 1]
    assert at["cost of the day (USD)"] == swept.cost[1, 1]
    assert at["keeps the level"] == ("yes" if swept.meets[1, 1] else "no")
    assert csv(table).startswith("'=Mill: Schedule,")


def test_a_level_that_nothing_keeps_has_no_star_and_no_line(pipeline, swept):
    drawing = sweep_map(pipeline, replace(swept, level=Level(0.001)))
    assert len(drawing.figure.data) == 1
    assert drawing.finding.startswith("None of 6 settings keeps the level")


def test_one_knob_is_a_row_and_nothing_delivered_is_an_empty_cell(pipeline, swept):
    one = sweep(pipeline.network, DAY, (replace(INTERVALS, values=(600.0, 172_800.0)),), Level(4_000.0), workers=1)
    heat = sweep_map(pipeline, one).figure.data[0]
    assert np.shape(heat.z) == (1, 2)
    assert np.isnan(heat.z[0][1])
    assert "nothing delivered" in heat.text[0][1]
    assert "breaks the level" in heat.text[0][1]


def test_a_map_of_something_else_is_refused(pipeline, swept):
    with pytest.raises(ValueError, match="does not show 'mood'; choose fresh_p95_s"):
        sweep_map(pipeline, swept, "mood")


# --- the bill


def test_the_bars_add_up_to_the_bill(pipeline, batch_run, stream_run):
    now, before = bill(stream_run), bill(batch_run)
    drawing = bill_bars(pipeline, now, before)
    bars = {bar.name: float(np.sum(bar.x)) for bar in drawing.figure.data}
    assert bars.pop("before") == pytest.approx(before.total)
    assert bars == pytest.approx(dict(now.by_item()))
    assert drawing.table["amount (USD)"].sum() == pytest.approx(now.total)
    assert money(now.total, "USD") in drawing.finding


def test_a_day_for_nothing_is_said_to_be_one(pipeline):
    assert bill_bars(pipeline, Bill((), "USD")).finding == "This day costs nothing"


# --- the comparison


def test_the_comparisons_tables_hold_its_own_figures(compared):
    table = comparison_table(compared)
    assert len(table) == 2 * len(FIGURES)
    row = table[(table["run"] == "stream") & (table["figure"] == "cost of the day")].iloc[0]
    found = compared.estimates["stream"]["cost"]
    assert (row["mean"], row["95 % from"], row["95 % to"], row["unit"]) == (found.mean, found.low, found.high, "USD")
    differences = differences_table(compared)
    assert list(differences["mean"]) == [each.estimate.mean for each in compared.differences]
    assert set(differences["difference"]) == {"stream − batch"}
    assert "stream is higher than batch, beyond chance" in set(differences["in words"])


def test_the_comparison_in_words_has_a_column_for_every_run(compared):
    table = comparison_in_words(compared)
    assert list(table.columns) == ["figure", "batch", "stream"]
    assert " to " in table.set_index("figure").loc["p95 latency", "stream"]


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "0 EUR"), (0.00342, "0.0034 EUR"), (24.506, "24.51 EUR"), (1234.5, "1,234 EUR"), (float("nan"), "none")],
)
def test_money_is_said_with_its_currency(amount, said):
    assert money(amount, "EUR") == said
