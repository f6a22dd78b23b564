"""Charts: what is drawn is what was simulated, the finding says it, and the CSV holds it."""

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lifecycle.charts import CHARTS, STAGE_CHARTS, csv, figure_of, of_stage
from lifecycle.charts.headlines import headlines
from lifecycle.charts.plotted.layout import escaped
from lifecycle.course import SHIPPED, load
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.bill import Prices, bill
from lifecycle.simulation.readings.saws import saw
from lifecycle.words import clock_s, duration, number
from tests.support.narrow import not_none, stage_of


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("ghostly", [False, True])
def test_every_chart_draws_every_run(name, ghostly, pipeline, batch_run, stream_run, empty_run, lossy_run):
    for run in (batch_run, stream_run, empty_run, lossy_run):
        drawing = CHARTS[name](pipeline, run, batch_run if ghostly else None)
        assert drawing.finding
        assert figure_of(drawing).to_json()


@pytest.mark.parametrize(("size", "transform"), [(a, b) for a in ("batch", "stream") for b in ("batch", "stream")])
def test_the_step_that_sets_the_age_is_named_only_where_a_batch_follows_a_stream(pipeline, size, transform):
    run = simulate(pipeline.network, Scenario(events=2_000, start=Start.PUSH, size=size, transform=transform))
    (p95_s,) = measures.percentiles(measures.ages(run, "desk"), (95.0,))
    every = f"p95 age {duration(p95_s)}; transformed every {duration(run.figures['mill']['interval_s'])}"
    said = every if (size, transform) == ("stream", "batch") else f"at most {duration(p95_s)} old for 95 % of the day"
    assert CHARTS["Freshness"](pipeline, run, None).finding == f"Desk: {said}"


def test_where_nothing_is_transformed_no_step_sets_the_age():
    shop, desk = Stage("shop", "z", "S", Role.SOURCE), Stage("desk", "z", "Desk", Role.CONSUMER)
    small = Pipeline("P", (Zone("z", "Z"),), (shop, desk), (Flow("shop", "desk"),))
    run = simulate(small.network, Scenario(events=2_000, size=Size.STREAM, transform=Size.BATCH))
    assert "old for 95 % of the day" in CHARTS["Freshness"](small, run, None).finding


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_draws_a_pipeline_without_a_consumer(name, pipeline):
    headless = Pipeline(pipeline.title, pipeline.zones, pipeline.stages[:-1], pipeline.flows[:-1])
    assert CHARTS[name](headless, simulate(headless.network, Scenario(events=200)), None).finding


def test_every_stage_has_its_charts_and_only_sources_have_users(pipeline, batch_run, stream_run):
    for stage in pipeline.stages:
        names = of_stage(stage, stream_run.scenario)
        assert ("Users" in names) == (stage.role == "source")
        for name in names:
            assert STAGE_CHARTS[name](stage, stream_run, batch_run).finding


def test_an_extract_slows_the_users_of_the_database_that_it_reads():
    shop, link, pump = (
        Stage("shop", "z", "S", Role.SOURCE),
        Stage("jdbc", "z", "J", Role.INTERFACE),
        Stage("p", "z", "P", Role.INGESTION),
    )
    small = Pipeline("P", (Zone("z", "Z"),), (shop, link, pump), (Flow("shop", "jdbc"), Flow("jdbc", "p")))
    run = simulate(small.network, Scenario(events=20_000, overrides=(("jdbc", "per_event_s", 0.05),)))
    drawing = STAGE_CHARTS["Users"](shop, run, None)
    assert "while an extract" in drawing.finding
    assert drawing.table["response (ms)"].max() > 1.2 * drawing.table["response (ms)"].min()


def test_the_freshness_chart_holds_the_simulations_own_ages(pipeline, batch_run):
    drawing = CHARTS["Freshness"](pipeline, batch_run, None)
    (line,) = figure_of(drawing).data
    one = saw(batch_run, "desk")
    np.testing.assert_allclose(line.x, one.at_s * 1000)
    np.testing.assert_allclose(line.y, np.maximum(one.age_s, 0.01))
    assert drawing.table["time"].tolist() == [clock_s(at) for at in one.at_s]
    np.testing.assert_allclose(drawing.table["age (s)"], one.age_s, atol=0.0005)
    assert set(drawing.table["consumer"]) == {"Desk"}


def test_the_load_adds_up_to_the_events_that_passed(pipeline, stream_run):
    table = CHARTS["Load"](pipeline, stream_run, None).table
    bucket_s = 86_400 / len(table)
    assert table["Pump (1/s)"].sum() * bucket_s == pytest.approx(stream_run.passages["pump"].arrived_s.size)


def test_the_time_split_adds_up_to_the_mean_latency(pipeline, stream_run):
    table = CHARTS["Where the time goes"](pipeline, stream_run, None).table
    total_s = table[["waiting (s)", "working (s)"]].to_numpy().sum()
    assert total_s == pytest.approx(measures.latency(stream_run, "desk").mean())


def test_the_latency_shares_add_up_to_all_events(pipeline, batch_run):
    table = CHARTS["Latency"](pipeline, batch_run, None).table
    assert table["Desk (%)"].sum() == pytest.approx(100)


def test_losses_name_stage_and_reason(pipeline, lossy_run, batch_run):
    drawing = CHARTS["Losses"](pipeline, lossy_run, batch_run)
    assert list(drawing.table["stage"]) == ["Dock <b>"]
    assert drawing.table["events"].sum() == sum(measures.losses(lossy_run, "dock").values()) > 0
    assert drawing.table["events, before"].sum() == 0


def test_the_ghost_is_drawn_apart_from_the_run(pipeline, stream_run, batch_run):
    drawing = CHARTS["Freshness"](pipeline, stream_run, batch_run)
    pale = [trace for trace in figure_of(drawing).data if "before" in trace.name]
    assert len(pale) == 1
    assert pale[0].line.width < figure_of(drawing).data[-1].line.width
    assert not np.array_equal(pale[0].y, figure_of(drawing).data[-1].y)


@pytest.mark.parametrize("name", ["Load", "Queues"])
def test_now_and_before_are_each_their_own_runs(name, pipeline, stream_run, batch_run):
    drawing = CHARTS[name](pipeline, stream_run, batch_run)
    alone = {run: CHARTS[name](pipeline, run, None) for run in (stream_run, batch_run)}
    (pale,) = (t for t in figure_of(drawing).data if t.legendgroup == "before" and not t.fill)
    ghosts = []
    for trace in figure_of(alone[stream_run]).data:
        (drawn,) = (each for each in figure_of(drawing).data if each.name == trace.name)
        np.testing.assert_array_equal(drawn.y, trace.y)
    for column in alone[stream_run].table.columns[1:]:
        heading = column.replace(" (", ", before (")
        np.testing.assert_array_equal(drawing.table[column], alone[stream_run].table[column])
        np.testing.assert_array_equal(drawing.table[heading], alone[batch_run].table[column])
        ghosts.append(alone[batch_run].table[column])
    np.testing.assert_array_equal(pale.y, np.concatenate([[*ghost, np.nan] for ghost in ghosts]))


def test_the_ages_now_and_before_are_each_their_own_runs(pipeline, stream_run, batch_run):
    drawing = CHARTS["Freshness"](pipeline, stream_run, batch_run)
    alone = {run: CHARTS["Freshness"](pipeline, run, None) for run in (stream_run, batch_run)}
    pale, now = figure_of(drawing).data
    for run, line in ((stream_run, now), (batch_run, pale)):
        wanted = figure_of(alone[run]).data[0]
        np.testing.assert_array_equal(np.asarray(line.y)[: len(wanted.y)], wanted.y)
        np.testing.assert_array_equal(np.asarray(line.x)[: len(wanted.x)], wanted.x)
        rows = drawing.table[drawing.table["day"] == ("now" if run is stream_run else "before")].drop(columns="day")
        pd.testing.assert_frame_equal(rows.reset_index(drop=True), alone[run].table)
    said = now.hovertext[len(now.hovertext) // 2]
    was_s = measures.freshness(batch_run, "desk", np.array([now.x[len(now.hovertext) // 2] / 1000]))
    assert said.endswith(f", before {duration(was_s[0])}")


def test_the_pointer_says_now_and_before(pipeline, stream_run, batch_run):
    fresh = CHARTS["Freshness"](pipeline, stream_run, batch_run)
    now = saw(stream_run, "desk")
    (before_s,) = measures.freshness(batch_run, "desk", now.at_s[200:201])
    assert figure_of(fresh).data[-1].hovertext[200] == f"{duration(now.age_s[200])}, before {duration(before_s)}"
    load = CHARTS["Load"](pipeline, stream_run, batch_run)
    assert "before %{customdata" in figure_of(load).data[-1].hovertemplate
    assert "before" not in figure_of(CHARTS["Load"](pipeline, stream_run, None)).data[-1].hovertemplate


def test_the_deepest_queue_comes_first_and_the_finding_names_it(pipeline, batch_run):
    drawing = CHARTS["Queues"](pipeline, batch_run, None)
    ids = {stage.label: stage.id for stage in pipeline.stages}
    labels = [column.removesuffix(" (events)") for column in drawing.table.columns[1:]]
    most = [measures.max_depth(batch_run, ids[label]) for label in labels]
    assert most == sorted(most, reverse=True)
    assert f"{labels[0]}: {number(most[0])} events" in drawing.finding
    stage = next(stage for stage in pipeline.stages if stage.label == labels[0])
    assert f"At most {number(most[0])} events" in STAGE_CHARTS["Waiting"](stage, batch_run, None).finding


def test_rows_removed_on_purpose_are_not_called_lost(pipeline):
    run = simulate(pipeline.network, Scenario(events=3_000, overrides=(("mill", "reject_share", 0.5),)))
    drawing = CHARTS["Losses"](pipeline, run, None)
    assert drawing.finding.startswith("No event is lost, ")
    assert drawing.finding.endswith("removed on purpose")
    assert drawing.table["events"].sum() > 1_000
    assert not figure_of(drawing).layout.showlegend  # "now" says nothing where there is no before


def test_the_quiet_share_of_a_stage_is_that_of_its_buckets(pipeline, batch_run):
    pump = next(stage for stage in pipeline.stages if stage.id == "pump")
    drawing = STAGE_CHARTS["Flow"](pump, batch_run, None)
    load = drawing.table["load (1/s)"]
    assert (load == 0).any()
    assert drawing.finding.endswith(f"; for {100 * (load == 0).mean():.0f} % of the day nothing arrives")


def test_a_stage_that_never_rests_is_not_said_to():
    """A curve that never falls to zero was called quiet."""
    course = load(SHIPPED)
    named = not_none(course.named("double-run")).scenario
    day = simulate(course.pipeline.network, replace(named, start=Start.PULL, size=Size.STREAM, transform=Size.BATCH))
    drawing = STAGE_CHARTS["Flow"](stage_of(course.pipeline, "lake"), day, None)
    per_s = drawing.table["load (1/s)"]
    assert per_s.min() > 0
    little = 100 * (per_s <= per_s.max() / 10).mean()
    assert drawing.finding.endswith(f"; for {little:.0f} % of the day it is less than a tenth of that")


def test_the_findings_agree_with_the_headlines(pipeline, stream_run):
    shown = headlines(pipeline, stream_run)
    assert shown["freshness"].shown in CHARTS["Freshness"](pipeline, stream_run, None).finding


def test_a_label_from_content_is_text_to_plotly(pipeline, batch_run):
    assert escaped("Dock <b>") == "Dock &lt;b&gt;"
    figure = figure_of(CHARTS["Queues"](pipeline, batch_run, None))
    assert any("Dock &lt;b&gt;" in trace.name for trace in figure.data)


def test_the_csv_reads_back_and_no_cell_is_a_formula(pipeline, batch_run):
    table = CHARTS["Queues"](pipeline, batch_run, None).table
    read = pd.read_csv(io.StringIO(csv(table)))
    assert "'=Mill (events)" in read.columns
    assert len(read) == len(table)
    hostile = pd.DataFrame({"name": ["=1+1", "+x", "-x", "@x", "plain"], "n": [-1, 2, 3, 4, 5]})
    back = pd.read_csv(io.StringIO(csv(hostile)))
    assert list(back["name"]) == ["'=1+1", "'+x", "'-x", "'@x", "plain"]
    assert list(back["n"]) == [-1, 2, 3, 4, 5]


def test_headlines_of_an_empty_day_say_so(pipeline, empty_run):
    shown = headlines(pipeline, empty_run)
    assert shown["freshness"].shown == "none yet"
    assert shown["lost"].value == 0


def test_headlines_are_the_summarys_own_figures(pipeline, batch_run):
    shown, summary = headlines(pipeline, batch_run), measures.summary(batch_run)
    assert shown["freshness"].value == summary.deliveries["desk"].fresh_p95_s
    assert shown["delivered"].value == summary.deliveries["desk"].delivered
    assert shown["load"].value == summary.strains["pump"].peak_per_s


def test_the_headline_of_cost_is_the_bill_and_a_stream_is_dearer_and_fresher(pipeline, stream_run, batch_run):
    batch, stream = headlines(pipeline, batch_run), headlines(pipeline, stream_run)
    assert batch["cost"].value == bill(batch_run).total
    assert stream["cost"].value > batch["cost"].value
    assert stream["freshness"].value < batch["freshness"].value
    assert headlines(pipeline, stream_run, Prices(always_on_per_hour=0.0))["cost"].value < stream["cost"].value


def test_headlines_count_what_was_lost(pipeline, lossy_run):
    shown = headlines(pipeline, lossy_run)
    assert shown["lost"].value == sum(measures.losses(lossy_run, "dock").values())
    assert shown["delivered"].value == measures.latency(lossy_run, "desk").size
