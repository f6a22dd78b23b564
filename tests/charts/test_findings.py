"""No finding contradicts its picture: every number that a chart says is read again from what its figure draws."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import numpy as np
import plotly.graph_objects as go
import pytest

from lifecycle import charts
from lifecycle.charts import CHARTS, STAGE_CHARTS, figure_of, of_stage
from lifecycle.charts.flow import ALIKE
from lifecycle.charts.headlines import headlines
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation import trials
from lifecycle.simulation.experiments.sweeps import Axis, Level, sweep
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.endings import endings
from lifecycle.simulation.readings.summary import first_consumer
from lifecycle.words import duration, number
from tests.charts.chart_days import WAYS, day
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
DAYS = [
    *((named.id, WAYS[0]) for named in COURSE.scenarios),
    *product(["normal-day", "steady-day", "flash-sale", "catcher-down", "monday-dashboards"], WAYS[3:]),
    *product(["normal-day", "consumer-crash"], WAYS[1:3]),
]
CALLED = [f"{scenario} {' '.join(way)}" for scenario, way in DAYS]
# Whole numbers as `number` writes them, and durations as `duration` does.
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?: [kM]\b)?")


def drawn(figure: go.Figure) -> dict[str, go.Scatter]:
    """What the figure draws of the run itself, at first sight, by name."""
    return {t.name: t for t in figure.data if t.legendgroup != "before" and t.visible in (None, True)}


def most(figure: go.Figure) -> dict[str, float]:
    return {name: float(np.nanmax(np.asarray(trace.y, dtype=float))) for name, trace in drawn(figure).items()}


def of_load(figure, finding, run):
    peaks = most(figure)
    name = next(each for each in peaks if peaks[each] >= ALIKE * max(peaks.values()))
    told = f"{name} peaks at {number(peaks[name])} events/s"
    headline = headlines(COURSE.pipeline, run)["load"]
    wire = headline.label.removeprefix("Peak load at ")
    if name != wire:  # beside it stands the headline, of another stage: the title names that one too, with its figure
        assert headline.shown == f"{number(peaks[wire])}/s"
        assert finding == f"{told}, {wire} on the wire at {headline.shown.removesuffix('/s')}"
        return
    mean = float(np.mean(drawn(figure)[name].y))
    times = f"{peaks[name] / mean:.1f}".removesuffix(".0")
    assert finding == f"{told}, {times} times its mean"


def of_queues(figure, finding, run):
    peaks = most(figure)
    name = max(peaks, key=peaks.__getitem__)
    assert finding == f"The longest queue is at {name}: {number(peaks[name])} events"


def of_freshness(figure, finding, run):
    (p95_s,) = measures.percentiles(measures.ages(run, "bi"), (95.0,))
    assert duration(p95_s) in finding
    line = drawn(figure)["Analytics"]
    ages_s = np.asarray(line.y, dtype=float)
    assert np.nanmin(ages_s) <= p95_s <= np.nanmax(ages_s)
    hours = np.asarray(line.x, dtype=float) / 3_600_000
    if not has_fine_teeth(hours):
        assert share_below(p95_s, hours, ages_s) == pytest.approx(0.95, abs=0.01)


def has_fine_teeth(hours) -> bool:
    """Whether some teeth are drawn by the highest and the lowest of five minutes only: their area says nothing."""
    twice = np.append(np.diff(hours) == 0, False)
    corners = twice | np.roll(twice, 1) | np.isclose(hours * 12, np.round(hours * 12))
    return bool(np.mean(~corners) > 0.03)


def share_below(level: float, x, y) -> float:
    """Of the time over which a line is drawn, the share in which it is at most `level`."""
    low, high, wide = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:]), np.diff(x)
    inside = np.clip((level - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    some = ~np.isnan(low)
    return float((np.where(high > low, inside, low <= level)[some] * wide[some]).sum() / wide[some].sum())


def of_latency(figure, finding, run):
    marks = {note.text.split(" ")[0]: (note.text, 10**note.x) for note in figure.layout.annotations}
    shares = np.asarray(drawn(figure)["Analytics"].y, dtype=float)
    middles_s = np.asarray(drawn(figure)["Analytics"].x)
    half = np.sqrt(middles_s[1] / middles_s[0])
    for percent in (50, 95, 99):
        text, at_s = marks[f"p{percent}"]
        assert text == f"p{percent}"
        assert f"p{percent} {duration(at_s)}" in finding
        assert (
            shares[middles_s * half <= at_s].sum() <= percent + 1e-6
        )  # whole bins before it, and with the bin it is in
        assert shares[middles_s / half <= at_s * (1 + 1e-9)].sum() >= percent - 1e-6


def of_split(figure, finding, run):
    here = {str(row): 0.0 for trace in figure.data for row in trace.y}
    for trace in (t for t in figure.data if t.legendgroup != "before"):
        for row, value in zip(trace.y, trace.x, strict=True):
            here[str(row)] += float(value)
    worst, total = max(here, key=here.__getitem__), sum(here.values())
    assert finding.startswith(f"{100 * here[worst] / total:.0f} % of the {duration(total)} to ")
    assert finding.endswith(f" are spent at {worst}")


def of_losses(figure, finding, run):
    (bars,) = (t for t in figure.data if t.legendgroup != "before")
    removed = sum(x for y, x in zip(bars.y, bars.x, strict=True) if y.partition(": ")[2] in measures.REMOVED)
    total = int(sum(bars.x) - removed)
    assert finding.startswith(f"{number(total)} events are lost" if total else "No event is lost")
    ends = endings(run, first_consumer(run.network))
    assert ends.removed + ends.removed_again == removed  # the bars hold both, and the headline the first
    assert (f", {number(ends.removed)} removed on purpose" in finding) == bool(ends.removed)
    assert (f", {number(ends.removed_again)} second copies" in finding) == bool(ends.removed_again)


def of_stages(figure, finding, run):
    (heat,) = figure.data
    loads = {name: max(row) for name, row in zip(heat.y, heat.customdata, strict=True)}
    assert finding == f"The busiest five minutes of the day are at {max(loads, key=loads.__getitem__)}"
    np.testing.assert_allclose(heat.z, np.log10(np.maximum(np.asarray(heat.customdata, dtype=float), 1e-3)))


OF_DAY = {
    "Freshness": of_freshness,
    "Load": of_load,
    "Latency": of_latency,
    "Where the time goes": of_split,
    "Queues": of_queues,
    "Losses": of_losses,
    "Load by stage": of_stages,
}


def of_flow(figure, finding, stage):
    load = np.asarray(figure.data[-1].y)
    words = not_none(
        re.fullmatch(
            r"At its peak (?P<peak>[\d.,]+(?: [kM])?) events arrive a second"
            r"(?:; for (?P<part>\d+) % of the day (?P<what>nothing arrives|it is less than a tenth of that))?",
            finding,
        )
    )
    assert words["peak"] == number(load.max())
    most = 0.0 if words["what"] == "nothing arrives" else load.max() / 10
    assert int(words["part"] or 0) == round(100 * np.mean(load <= most))
    assert words["what"] == "nothing arrives" or round(100 * np.mean(load == 0.0)) == 0


def of_waiting(figure, finding, stage):
    peak = int(max(figure.data[-1].y))
    at_once = f"At most {number(peak)} event{'s' * (peak != 1)} waiting or in work"
    assert finding.removesuffix(", beside what is stored") == (at_once if peak else "Nothing ever waits here")


def of_users(figure, finding, stage):
    ms = np.asarray(figure.data[-1].y, dtype=float)
    assert duration(ms.min() / 1000) in finding
    assert ("all day" in finding) == (ms.max() <= 1.05 * ms.min())
    if "all day" not in finding:
        assert ("never come back" if np.isinf(ms.max()) else duration(ms.max() / 1000)) in finding


def of_spread(figure, finding, stage):
    """A percentile of the day lies between the least and the most that is drawn of the same figure."""
    (p95,) = re.findall(
        r"(?:95 % (?:answered|of the answers come|of features at most)(?: within)?|p95) ([\d.]+ \w+(?: \d+ min)?)",
        finding,
    ) or [None]
    values = np.concatenate([np.asarray(t.y, dtype=float) for t in figure.data])
    if p95 is not None:
        assert np.nanmin(values) * 0.99 <= max(seconds(p95), 0.01) <= np.nanmax(values) * 1.01


def of_given_up(figure, finding, stage):
    shares = np.asarray(figure.data[-1].y, dtype=float)
    if found := re.match(
        r"([\d.]+) % of the viewers leave after .*; the largest number from (\d\d):(\d\d) to .*, when (\d+) % leave",
        finding,
    ):
        share, hour, minute, worst = map(float, found.groups())
        assert np.nanmin(shares) <= share <= np.nanmax(shares)
        assert round(shares[round((hour * 60 + minute) / 15)]) == worst
    else:
        assert finding.startswith("Nobody waits longer")
        assert np.nanmax(shares) == 0


def seconds(words: str) -> float:
    units = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
    parts = words.split()
    return sum(float(n) * units[unit] for n, unit in zip(parts[::2], parts[1::2], strict=True))


def of_run(figure, finding, stage):
    """The run is as long as its last bar ends, or fails as often as there are bars that say so."""
    traces = {trace.name: trace for trace in figure.data}
    if found := re.search(r"after (\d+) tr", finding):
        assert len(traces["failed"].x) == int(found[1])
        return
    (length,) = re.findall(r"takes (.*?): its", finding)
    ends = [np.asarray(trace.x, float) + np.asarray(trace.base, float) for trace in figure.data]
    assert duration(max(end.max() for end in ends)) == length
    assert finding.partition("leads over ")[2].partition(", with")[0] == ", ".join(traces["critical path"].y)


def of_slots(figure, finding, stage):
    most = int(re.findall(r"^(\d+) of", finding)[0])
    assert most == np.max(np.asarray(figure.data[-1].y, dtype=float))


OF_STAGE = {
    "Flow": of_flow,
    "Waiting": of_waiting,
    "Users": of_users,
    "Queries": of_spread,
    "Views": of_spread,
    "Given up": of_given_up,
    "Age seen": of_spread,
    "Reads": of_spread,
    "Run": of_run,
    "Slots": of_slots,
}


def test_every_chart_of_a_run_is_held_to_its_picture():
    assert set(OF_DAY) == set(CHARTS)
    assert set(OF_STAGE) == set(STAGE_CHARTS)


@pytest.mark.parametrize(("scenario", "way"), DAYS, ids=CALLED)
def test_the_numbers_of_every_finding_are_those_that_are_drawn(scenario, way):
    run = day(scenario, way)
    for name, chart in CHARTS.items():
        drawing = chart(COURSE.pipeline, run, None)
        assert NUMBER.search(drawing.finding) or name in ("Load by stage", "Losses"), drawing.finding
        OF_DAY[name](figure_of(drawing), drawing.finding, run)
    for stage in COURSE.pipeline.stages:
        for name in of_stage(stage, run.scenario):
            drawing = STAGE_CHARTS[name](stage, run, None)
            OF_STAGE[name](figure_of(drawing), drawing.finding, stage)


def test_what_waits_at_a_store_is_told_apart_from_what_it_keeps():
    run = day("normal-day", ("pull", "batch", "batch"))
    for stage in COURSE.pipeline.stages:
        finding = STAGE_CHARTS["Waiting"](stage, run, None).finding
        assert "inside" not in finding
        kept = stage.role in ("lake", "warehouse", "archive")
        assert finding.endswith("waiting or in work, beside what is stored") == kept, finding


@pytest.mark.parametrize("interval_s", [60.0, 180.0, 300.0])
def test_an_age_that_keeps_in_step_with_the_clock_is_not_met_at_one_place_of_its_saw(interval_s):
    run = day("smaller-batches", ("pull", "batch", "stream"), ("ingestion", "batch_interval_s", interval_s))
    of_freshness(*(lambda d: (figure_of(d), d.finding))(CHARTS["Freshness"](COURSE.pipeline, run, None)), run)


@pytest.mark.parametrize(
    "stage", [s for s in COURSE.pipeline.stages if s.role in ("ingestion", "buffer", "interface")], ids=lambda s: s.id
)
def test_the_most_inside_that_a_comparison_names_is_on_its_line(stage):
    runs = {" ".join(way): day("normal-day", way) for way in WAYS}
    drawing = charts.depth_of(runs, stage)
    peaks = most(figure_of(drawing))
    name = max(peaks, key=peaks.__getitem__)
    assert drawing.finding == f"Most waiting or in work at {stage.label}: {number(peaks[name])} events, with “{name}”"
    assert peaks[name] == measures.max_depth(runs[name], stage.id)


def test_the_best_that_a_comparison_names_is_drawn_best():
    runs = {" ".join(way): day("normal-day", way) for way in WAYS}
    end = next(stage for stage in COURSE.pipeline.stages if stage.id == "bi")
    fresh = charts.freshness_of(runs, end)
    p95_s = {
        name: float(np.nanpercentile(np.asarray(t.y, dtype=float), 95)) for name, t in drawn(figure_of(fresh)).items()
    }
    best = min(p95_s, key=p95_s.__getitem__)
    assert f"“{best}”: " in fresh.finding
    soon = charts.latency_of(runs, end)
    (name,) = (name for name in runs if f"“{name}”: " in soon.finding)
    trace = drawn(figure_of(soon))[name]
    middle_s = seconds(soon.finding.rpartition("median ")[2])
    at = int(np.searchsorted(np.cumsum(trace.y), 50.0))
    assert trace.x[at] / 1.3 <= middle_s <= trace.x[at] * 1.3


def test_the_level_of_each_bucket_misses_no_peak_between_its_edges():
    run = day("normal-day", WAYS[0])
    edges_s = measures.edges(run, 288)
    for name in run.passages:
        crest, fine = measures.crest(run, name, edges_s), measures.depth(run, name, measures.edges(run, 288 * 300))
        assert crest.max() == measures.max_depth(run, name)
        assert (crest >= np.maximum.reduce([fine[k::300][:288] for k in range(300)])).all()
        assert (crest >= measures.depth(run, name, edges_s)[1:]).all()
    assert measures.depth(run, "ingestion", edges_s).max() < measures.max_depth(run, "ingestion") / 2


def test_the_settings_that_a_sweep_counts_are_those_within_its_line():
    x, y = (
        Axis("ingestion", "batch_interval_s", (600.0, 3600.0, 7200.0)),
        Axis("transform", "interval_s", (300.0, 900.0)),
    )
    found = sweep(COURSE.pipeline.network, replace(scenario_of(State(), COURSE), events=5_000), x, y, "bi")
    level = Level(3600.0, 0.01)
    drawing = charts.heat_map(found, level, ("x", duration), ("y", duration))
    heat, edge = (
        figure_of(drawing).data[0],
        next(t for t in figure_of(drawing).data if t.name == "the level breaks here"),
    )
    inside = (10 ** np.asarray(heat.z) <= level.fresh_s) & (found.lost_share.T <= 0.01)
    assert drawing.finding.startswith(f"{inside.sum()} of {inside.size} settings")
    sides = sum(int((np.diff(inside, axis=along) != 0).sum()) for along in (0, 1))
    assert 0 < sides == len(edge.x) / 3


def test_the_laws_that_are_told_to_hold_are_drawn_as_holding():
    curve = trials.CURVES[0]
    drawing = charts.law(curve, trials.points(curve, 500, 1))
    held, all_of = map(int, not_none(re.match(r"(\d+) of (\d+) ", drawing.finding)).groups())
    marks = {t.name: t for t in figure_of(drawing).data if t.mode == "markers"}
    assert held == len(marks["simulated, interval holds the theory"].x)
    assert all_of == sum(len(t.x) for t in marks.values())
    for name, trace in marks.items():
        half = np.asarray(trace.error_y.array)
        holds = np.abs(np.asarray(trace.y) - np.array([curve.theory(float(load)) for load in trace.x])) <= half
        assert holds.all() == ("holds" in name)
