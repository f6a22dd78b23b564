"""Charts of those who ask: what is drawn is what they met, and the finding says it."""

import numpy as np
import pytest

from lifecycle.charts import STAGE_CHARTS, figure_of, of_stage
from lifecycle.charts.serving import percent
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import serving
from lifecycle.words import duration

STORE = Stage(
    "store", "z", "Store", Role.WAREHOUSE, figures=(("analysts_per_s", 0.1), ("query_work_s", 4.0), ("slots", 2.0))
)
DESK = Stage("desk", "z", "Desk <b>", Role.CONSUMER, figures=(("views_per_s", 0.1), ("cache_s", 30.0)))
MODEL = Stage("model", "z", "Model", Role.CONSUMER, figures=(("reads_per_s", 0.1), ("interval_s", 3600.0)))
SMALL = Pipeline(
    "P",
    (Zone("z", "Z"),),
    (Stage("shop", "z", "S", Role.SOURCE), Stage("pump", "z", "P", Role.INGESTION), STORE, DESK, MODEL),
    (Flow("shop", "pump"), Flow("pump", "store"), Flow("store", "desk"), Flow("store", "model")),
)
NAMES = {"Queries": STORE, "Views": DESK, "Given up": DESK, "Age seen": DESK, "Reads": MODEL}
NOBODY = (("store", "analysts_per_s", 0.0), ("desk", "views_per_s", 0.0), ("model", "reads_per_s", 0.0))
PERFECT = (("store", "query_spread", 0.0), ("store", "slots", 64.0))


def day(*knobs, events=3_000):
    return simulate(SMALL.network, Scenario(events=events, overrides=knobs))


@pytest.fixture(scope="module")
def usual():
    return day()


@pytest.fixture(scope="module")
def rush():
    return day(("desk", "rush_factor", 10.0), ("desk", "cache_s", 0.0))


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_draws_a_day_of_askers_one_without_and_one_without_data(name, usual, rush):
    findings = set()
    for run in (usual, rush, day(*NOBODY), day(events=0)):
        for ghost in (None, usual, rush):
            drawing = STAGE_CHARTS[name](NAMES[name], run, ghost)
            assert figure_of(drawing).to_json()
            assert len(drawing.table) == 96
            findings.add(drawing.finding)
    assert len(findings) >= 3
    assert any(finding.startswith(("Nobody", "No model")) for finding in findings)


def test_a_stage_has_the_charts_of_those_who_ask_there():
    plain = ("Flow", "Waiting")
    quiet = Scenario(overrides=NOBODY)
    for stage, extra in ((STORE, ("Queries",)), (DESK, ("Views", "Given up", "Age seen")), (MODEL, ("Reads",))):
        assert of_stage(stage, Scenario()) == plain + extra
        assert of_stage(stage, quiet) == plain + (("Queries",) if stage is STORE else ())
    assert of_stage(DESK, Scenario(overrides=(("desk", "reads_per_s", 1.0),)))[-1] == "Reads"


def quarters(times_s):
    return np.histogram(times_s, 96, (0, 86_400))[0]


def total(drawing, column, times_s):
    """The mean over all askers, from the chart's means of each quarter of an hour."""
    return float(np.nansum(drawing.table[column] * quarters(times_s)) / len(times_s))


def test_the_means_of_the_quarters_make_the_mean_of_the_day(usual):
    asked, seen = serving.queries(usual, "store"), serving.views(usual, "desk")
    drawing = STAGE_CHARTS["Queries"](STORE, usual, None)
    assert total(drawing, "mean response (s)", asked.asked_s) == pytest.approx(asked.response_s.mean())
    drawing = STAGE_CHARTS["Views"](DESK, usual, None)
    assert total(drawing, "mean response (s)", seen.viewed_s) == pytest.approx(seen.response_s.mean())
    drawing = STAGE_CHARTS["Given up"](DESK, usual, None)
    assert total(drawing, "given up (%)", seen.viewed_s) == pytest.approx(100 * seen.leaves.mean())


def test_the_ages_drawn_are_those_that_viewers_and_models_met(usual):
    seen, read = serving.views(usual, "desk"), serving.reads(usual, "model")
    met = ~seen.leaves & ~np.isnan(seen.data_age_s)
    drawing = STAGE_CHARTS["Age seen"](DESK, usual, None)
    assert total(drawing, "mean age (s)", seen.viewed_s[met]) == pytest.approx(seen.age_seen_s.mean())
    drawing = STAGE_CHARTS["Reads"](MODEL, usual, None)
    known = ~np.isnan(read.age_s)
    assert total(drawing, "mean age (s)", read.read_s[known]) == pytest.approx(read.age_s[known].mean())
    assert (drawing.table["p95 age (s)"] >= drawing.table["mean age (s)"]).sum() > 80
    (line,) = figure_of(drawing).layout.shapes
    assert line.y0 == line.y1 == read.limit_s == 3_600.0


@pytest.mark.parametrize("name", NAMES)
def test_the_ghost_stands_beside_the_run_in_the_table(name, usual, rush):
    now, before = (STAGE_CHARTS[name](NAMES[name], run, None).table for run in (rush, usual))
    both = STAGE_CHARTS[name](NAMES[name], rush, usual).table
    for column in now.columns[1:]:
        np.testing.assert_array_equal(both[column], now[column])
        np.testing.assert_array_equal(both[column.replace(" (", ", before (")], before[column])


def test_findings_say_what_was_met(usual, rush):
    asked, seen = serving.queries(rush, "store"), serving.views(rush, "desk")
    said = STAGE_CHARTS["Queries"](STORE, rush, None).finding
    assert f"within {duration(np.percentile(asked.response_s, 95))}" in said
    assert said.endswith(f"{100 * (asked.wait_s > 0.01).mean():.0f} % wait for one of 2 slots")
    said = STAGE_CHARTS["Given up"](DESK, rush, None).finding
    assert said.startswith(
        f"{100 * seen.leaves.mean():.0f} % of the viewers leave after 5 s; the largest number from 09:"
    )
    worst = quarters(seen.viewed_s[seen.leaves]).argmax()
    share = 100 * seen.leaves[(seen.viewed_s // 900).astype(int) == worst].mean()
    assert said.endswith(f", when {share:.0f} % leave")
    said = STAGE_CHARTS["Age seen"](DESK, usual, None).finding
    middle, high = np.percentile(serving.views(usual, "desk").age_seen_s, (50, 95))
    assert said == f"Half of what viewers see is older than {duration(middle)}; p95 {duration(high)}"
    said = STAGE_CHARTS["Views"](DESK, rush, None).finding
    stayed = percent(~seen.leaves)
    assert f"come within {duration(np.percentile(seen.response_s, 95))}, {stayed} before the viewer leaves" in said
    assert said.endswith("100 % ask the warehouse")
    share = 100 * serving.reads(usual, "model").too_old
    assert STAGE_CHARTS["Reads"](MODEL, usual, None).finding.endswith(f"{share:.0f} % older than 1 h")


def test_where_all_is_well_the_findings_say_so():
    calm = day(*PERFECT, ("desk", "cache_s", 86_400.0), ("model", "age_limit_s", 86_400.0))
    assert STAGE_CHARTS["Given up"](DESK, calm, None).finding == "Nobody waits longer than 5 s"
    assert "95 % of the answers come at once" in STAGE_CHARTS["Views"](DESK, calm, None).finding
    assert STAGE_CHARTS["Reads"](MODEL, calm, None).finding.endswith("none older than 24 h")
