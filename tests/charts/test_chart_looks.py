"""How the curves, legends and ticks of a chart are drawn, so that each can be told from the others."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from lifecycle.charts import CHARTS, depth_of, figure_of, freshness_of, latency_of
from lifecycle.charts.ages import envelope
from lifecycle.charts.compare import alike_named
from lifecycle.charts.drawing import FURTHER_HEIGHT, MAIN_HEIGHT, THINNEST, Series, duration_axis, width_of
from lifecycle.charts.flow import LOAD_BUCKETS
from lifecycle.charts.spec import Line
from lifecycle.charts.stage import day_of
from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.saws import saw
from lifecycle.words import duration
from tests.support.narrow import not_none, stage_of


def test_curves_are_told_apart_by_their_width_and_never_by_dashes():
    """Dashes of saws and of bars a few pixels wide run together into a hatching; colour alone would not do either."""
    course = load(SHIPPED)
    day = simulate(course.pipeline.network, course.default.scenario)
    for name in ("Freshness", "Load", "Queues", "Latency"):
        shown = [trace for trace in figure_of(CHARTS[name](course.pipeline, day, None)).data if trace.visible is True]
        assert {trace.line.dash for trace in shown} == {None}
        widths = [trace.line.width for trace in shown]
        assert len(widths) > 1
        # Curves of the same height in the same place: the thinner ones lie on the thicker, of which both sides show.
        assert all(under - over >= 1.49 for under, over in pairwise(widths)), widths
        assert widths[0] < 6


def test_a_series_alone_is_drawn_no_wider_than_it_lasts():
    """A bar of five minutes is 1.5 pixels wide on the page, and the day a solid band where its line is a thick one."""
    course = load(SHIPPED)
    day = simulate(course.pipeline.network, not_none(course.named("double-run")).scenario)
    edges_s = measures.edges(day, LOAD_BUCKETS)
    shown = day_of(day, None, lambda run, at: measures.load(run, "bi", at), "into", "to Analytics", "1/s", "", ",.2f")
    (line,) = shown.series
    assert isinstance(line, Line)
    assert line.width == THINNEST <= 1.5
    assert np.array_equal(line.y, measures.load(day, "bi", edges_s))
    assert [width_of(nth, 6) for nth in range(6)] == pytest.approx([5.7, 4.8, 3.9, 3.0, 2.1, 1.2])


@pytest.mark.parametrize("height", [MAIN_HEIGHT, 200, FURTHER_HEIGHT])
def test_the_ticks_of_an_axis_of_durations_have_room_for_their_words(height):
    """In pixels, as much apart as a word is high, in a plot whose legend may take two rows."""
    for longest_s in (60.0, 3_600.0, 25_000.0, 86_400.0):
        axis = duration_axis([np.array([1.0, longest_s])], "", height)
        (low, high), ticks = np.log10(not_none(axis.range)), np.log10([tick_s for tick_s, _ in not_none(axis.ticks)])
        assert len(ticks) >= 3
        assert ((low <= ticks) & (ticks <= high)).all()
        assert (np.diff(ticks) / (high - low) * (height - 72) >= 15).all()
        assert [words for _, words in not_none(axis.ticks)] == [duration(tick_s) for tick_s, _ in not_none(axis.ticks)]
    tall = duration_axis([np.array([1.0, 86_400.0])], "", 260)
    assert len(not_none(tall.ticks)) > len(not_none(axis.ticks)) or height == 260


def test_percentiles_of_the_latency_stand_apart_however_close_they_are():
    course = load(SHIPPED)
    day = simulate(course.pipeline.network, course.default.scenario)
    notes = figure_of(CHARTS["Latency"](course.pipeline, day, None)).layout.annotations
    assert [note.text for note in notes] == ["p50", "p95", "p99"]
    assert [note.xanchor for note in notes] == ["right", "right", "left"]
    assert len({note.y for note in notes}) == 3


def test_the_legend_of_a_comparison_says_which_curves_lie_on_one_another_and_only_which_do():
    course = load(SHIPPED)
    ways = {
        f"{start} {size}": simulate(course.pipeline.network, replace(course.default.scenario, start=start, size=size))
        for start in Start
        for size in Size
    }
    end, log = (stage_of(course.pipeline, id) for id in ("bi", "buffer"))
    told = 0
    for drawing in (freshness_of(ways, end), latency_of(ways, end), depth_of(ways, log)):
        names = [str(trace.name) for trace in figure_of(drawing).data]
        drawn = [np.asarray(trace.y, float) for trace in figure_of(drawing).data]
        if figure_of(drawing).layout.yaxis.type == "log":  # saws, each through moments of its own
            drawn = [np.log10(np.maximum(envelope(saw(run, end.id)), 0.01)) for run in ways.values()]
        span = np.nanmax(drawn) - np.nanmin(drawn)
        for nth, way in enumerate(ways):
            gaps = [np.nanmax(np.abs(drawn[nth] - drawn[n])) / span for n in range(nth)]
            first = next((n for n, gap in enumerate(gaps) if gap <= 0.01), None)
            if first is None:
                assert names[nth] == way
                continue
            how = "same as" if np.array_equal(drawn[nth], drawn[first], equal_nan=True) else "close to"
            assert names[nth] == f"{way} ({how} {list(ways)[first]})"
            told += 1
        listed = drawing.table["run"].unique() if "run" in drawing.table else drawing.table.columns[-4:]
        assert [str(column).partition(" (")[0] for column in listed] == list(ways)
    assert told  # two of the four ways do coincide on the usual day


def test_saws_that_meet_at_every_look_are_not_taken_for_one_another():
    """Once a minute and once in five, both on the minute: at every fifth minute both have just fallen."""
    course = load(SHIPPED)
    runs = {
        f"every {every_s:g} s": simulate(
            course.pipeline.network,
            Scenario(events=20_000, transform=Size.STREAM, overrides=(("ingestion", "batch_interval_s", every_s),)),
        )
        for every_s in (60.0, 300.0)
    }
    names = [str(trace.name) for trace in figure_of(freshness_of(runs, stage_of(course.pipeline, "bi"))).data]
    assert names == list(runs)
    for run in runs.values():
        high, low = np.split(envelope(saw(run, "bi")), 2)
        looks_s = measures.freshness(run, "bi", np.arange(0.0, 86_400.0))
        fine = looks_s.reshape(288, 300)
        known = np.asarray(~np.isnan(fine).any(axis=1))
        known[-1] = False
        assert known.sum() > 200
        top = np.maximum(high, np.roll(high, -1))  # the last tooth may come to its top in the five minutes after
        assert (fine[known].max(axis=1) <= top[known] + 1e-6).all()
        assert (fine[known].min(axis=1) >= low[known] - 1e-6).all()


def test_curves_that_nobody_can_tell_apart_are_close_and_equal_ones_are_the_same():
    ramp = np.linspace(1.0, 100.0, 50)
    gap = np.where(np.arange(50) < 5, np.nan, ramp)
    series = [
        Series("a", ramp),
        Series("b", ramp.copy()),
        Series("c", ramp + 0.5),
        Series("d", ramp + 5),
        Series("e", gap),
    ]
    assert [each.name for each in alike_named(series)] == ["a", "b (same as a)", "c (close to a)", "d", "e"]
    assert alike_named([]) == []
    assert [each.name for each in alike_named([Series("x", gap), Series("y", gap)], floor=0.01)] == [
        "x",
        "y (same as x)",
    ]
