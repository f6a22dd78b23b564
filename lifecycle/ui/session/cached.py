"""Everything that is computed once and shown often: the picture, runs and what is read off them.

Runs are pure functions of a frozen, hashable `Day`, so `kept` keeps them and all that comes of them.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Collection
from functools import cache, partial

import numpy as np

from lifecycle import charts, installed, work
from lifecycle.charts.effect import Slowest
from lifecycle.charts.effect import slowest as slowest_of
from lifecycle.charts.headlines import Headline, spoken
from lifecycle.charts.plotted import PlotlyFigure
from lifecycle.course import Course
from lifecycle.course.day import Day, kept
from lifecycle.course.day import run as run
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.scenarios import Showing
from lifecycle.diagram.layout import GraphvizError, Picture
from lifecycle.diagram.layout import picture as draw
from lifecycle.learning.drills import Drill, Shelf, possible_drill, shipped
from lifecycle.learning.drills.evidence import unmarked
from lifecycle.learning.item_analysis import Attempts, first_attempts
from lifecycle.outputs.sparkline import sparkline
from lifecycle.simulation import trials
from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.experiments import remedies
from lifecycle.simulation.experiments.agreement import Agreement, compare
from lifecycle.simulation.experiments.remedies import Saved
from lifecycle.simulation.experiments.sweeps import Axis, Sweep, sweep
from lifecycle.simulation.faults import shows_s
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.alarms import Ring, rings
from lifecycle.simulation.readings.bill import Prices, bill
from lifecycle.simulation.readings.books import BookLine
from lifecycle.simulation.readings.books import books as make_books
from lifecycle.simulation.readings.consequence import Consequence, caught_up_s
from lifecycle.simulation.readings.consequence import consequence as done_by
from lifecycle.simulation.readings.endings import endings
from lifecycle.simulation.readings.exposure import Exposure, exposure
from lifecycle.simulation.readings.frames import Frames
from lifecycle.simulation.readings.journey import Pick, choose, consumer_of, existing
from lifecycle.simulation.readings.summary import DaySummary, day_summary, first_consumer
from lifecycle.simulation.theory.expected import expected as laws_of
from lifecycle.simulation.theory.laws import Laws
from lifecycle.storage import Store, files
from lifecycle.ui.session import learner

# What is read off a run: most of it is small, frames and what takes many runs are not.
READINGS_KEPT, FEW_KEPT = 256, 32
# A Graphviz that hangs costs its whole time-out: once in so many seconds, not at every click.
DRAW_AGAIN_S = 60.0
# To read a thousand learners' answers takes seconds.
ATTEMPTS_S = 60.0

# The pipeline that Graphviz could not draw: when (monotonic seconds) and why.
_undrawn: dict[Pipeline, tuple[float, str]] = {}


def picture(pipeline: Pipeline) -> Picture:
    """The pipeline drawn; raises GraphvizError, for DRAW_AGAIN_S without asking Graphviz anew."""
    failed_s, why = _undrawn.get(pipeline, (-math.inf, ""))
    if time.monotonic() - failed_s < DRAW_AGAIN_S:
        raise GraphvizError(why)
    try:
        return _picture(pipeline)
    except GraphvizError as error:
        _undrawn.clear()  # one course is served at a time: the failures of its earlier versions are of no use
        _undrawn[pipeline] = (time.monotonic(), str(error))
        raise


@kept(8)
def _picture(pipeline: Pipeline) -> Picture:
    return draw(pipeline)


def forget_pictures() -> None:
    """Draw afresh from now on, what failed too: Graphviz was installed or repaired."""
    _picture.cache_clear()
    _undrawn.clear()


def runs_on(course: Course, scenario: Scenario) -> bool:
    """Whether the course, which may have been edited since, still has all that the scenario names."""
    return (not scenario.trace or scenario.trace in course.traces) and _fits(course.pipeline, scenario)


@kept(READINGS_KEPT)
def _fits(pipeline: Pipeline, scenario: Scenario) -> bool:
    return not validate(pipeline.network, scenario)


@kept(FEW_KEPT)
def frames(day: Day) -> Frames:
    """The run as the diagram plays it."""
    return measures.frames(run(day))


def event(day: Day, who: int | Pick) -> int:
    """The number of the event that is followed; ValueError in words where the day has no such event."""
    if isinstance(who, Pick):
        return choose(run(day), who, consumer_of(day.pipeline.network))
    return existing(run(day), who)


def caught_up(day: Day) -> float | None:
    """The second of the day by which what its faults held up is worked off; None where they held up nothing."""
    return caught_up_s(run(day), consequence(day, day.calm)) if day.scenario.faults else None


@kept(READINGS_KEPT)
def alarms(day: Day) -> tuple[Ring, ...]:
    """The checks that ring on a day, in order of time."""
    return rings(run(day), run(day.calm))


@kept(READINGS_KEPT)
def exposed(day: Day) -> Exposure:
    """What of persons could be read where on a day."""
    return exposure(run(day))


@kept(FEW_KEPT)
def unmarked_frames(day: Day) -> Frames:
    """The run as the diagram plays it, without the signs of its faults."""
    return unmarked(frames(day))


@kept(READINGS_KEPT)
def chart(
    name: str, now: Day, before: Day | None, stage: Stage | None = None, moment_s: float | None = None
) -> charts.ChartSpec:
    """A chart of a run with its ghost: of the whole pipeline, of one stage, or of its schedule's run of a moment."""
    ghost = run(before) if before else None
    if stage is not None and moment_s is not None:
        return charts.job_gantt(stage, run(now), ghost, moment_s)
    if stage is not None:
        return charts.STAGE_CHARTS[name](stage, run(now), ghost)
    return charts.CHARTS[name](now.pipeline, run(now), ghost)


@kept(64)
def glance(day: Day, showing: Showing) -> str:
    """The film's own chart of a day, small, as SVG; the day is simulated for it alone, and displaces no other."""
    simulated = day.simulated()
    name, stage = charts.leading(showing, day.pipeline, day.scenario)
    if stage:
        spec = charts.STAGE_CHARTS[name](stage, simulated, None)
    else:
        spec = charts.CHARTS[name](day.pipeline, simulated, None)
    spans_s = tuple(shows_s(fault) for fault in day.scenario.faults)
    return sparkline(spec, spans_s, simulated.horizon_s)


@kept(FEW_KEPT)
def _digest(trace: Trace) -> str:
    return hashlib.sha256(np.array([trace.times_s, trace.weights]).tobytes()).hexdigest()


@cache
def _program() -> str:
    return installed.code_digest()


def glances_version(course: Course) -> str:
    """Names the small pictures of a course: another one where a scenario or the pipeline is another."""
    shown_days = [(named.scenario, named.showing) for named in course.scenarios]
    traces = [_digest(course.traces[named.trace]) for named in course.scenarios if named.trace in course.traces]
    shown = repr((_program(), course.pipeline.labels, course.pipeline.network, shown_days, traces))
    return hashlib.sha256(shown.encode()).hexdigest()[:20]


@kept(READINGS_KEPT)
def plotted(spec: charts.ChartSpec, zoom: float) -> PlotlyFigure:
    """A chart as Plotly's figure, `zoom` times as high; the same chart is plotted once."""
    return charts.figure_of(spec, zoom=zoom)


@kept(READINGS_KEPT)
def chart_of_talk(name: str, about: charts.Subject, now: Day, before: Day | None) -> charts.ChartSpec:
    """A chart as a step of a talk tells it."""
    return charts.for_talk(name, about, run(now), run(before) if before else None)


@kept(READINGS_KEPT)
def summary(day: Day, consumer: str | None, prices: Prices) -> DaySummary:
    """What the day comes to for a consumer, its bill made with `prices`."""
    return day_summary(run(day), consumer, prices)


def headline(day: Day, prices: Prices) -> dict[str, Headline]:
    """The few figures that sum up the run."""
    return spoken(day.pipeline, summary(day, first_consumer(day.pipeline.network), prices))


@kept(READINGS_KEPT)
def slowest(day: Day) -> Slowest | None:
    """Where events spend most of their way to the first consumer."""
    return slowest_of(run(day))


@kept(READINGS_KEPT)
def expected(day: Day, station: str) -> Laws:
    """What theory says of one station's day."""
    return laws_of(run(day), station)


@kept(FEW_KEPT)
def swept(day: Day, axes: tuple[Axis, Axis], consumer: str, prices: Prices) -> Sweep:
    """A sweep that is small enough to be waited for."""
    return sweep(day.pipeline.network, day.scenario, *axes, consumer, day.trace, prices=prices)


@kept(READINGS_KEPT)
def consequence(day: Day, calm: Day) -> Consequence:
    """What those of the day's faults do to it that the `calm` day, the same one with the first of them, has not."""
    return done_by(run(day), run(calm))


@kept(FEW_KEPT)
def saved(day: Day, calm: Day) -> tuple[Saved, ...]:
    """What would have saved the day from the faults that the `calm` one has not, one thing after the other."""
    return remedies.saved(run(day), run(calm), day.trace)


@kept(READINGS_KEPT)
def total(day: Day, prices: Prices) -> float:
    """The day's bill; like books, it pushes out none of the explorer's runs."""
    return bill(day.simulated(), prices).total


@kept(16)
def books(day: Day) -> tuple[BookLine, ...]:
    """The books of a day. Only they are kept, so that the explorer's runs are not pushed out."""
    return make_books(day.simulated())


def ledger(day: Day) -> list[dict[str, str | int]]:
    """Every stage's account of the day, a row each: what arrives goes on, is removed, lost, or inside."""
    labels = day.pipeline.labels
    return [
        {
            "Stage": labels[entry.station],
            "Arrived": entry.arrived,
            "Went on": entry.departed,
            "Removed": sum(events for reason, events in entry.lost.items() if reason in measures.REMOVED),
            "Lost": sum(events for reason, events in entry.lost.items() if reason not in measures.REMOVED),
            "Inside": entry.inside,
        }
        for entry in measures.ledger(run(day))
    ]


@kept(READINGS_KEPT)
def copies_removed(day: Day) -> int:
    """How many of the rows that `ledger` calls removed are second copies, which the headline does not count."""
    return endings(run(day), first_consumer(day.pipeline.network)).removed_again


@kept(READINGS_KEPT)
def drill(pipeline: Pipeline, seed: int, level: int) -> Drill | None:
    """The incident drill of a seed and level, None where the pipeline has none."""
    shelf, labels = _shelf(pipeline), pipeline.labels
    if ready := shipped.shipped(pipeline.network, labels, seed, level) or shelf.get(seed, level):
        return ready
    made = possible_drill(pipeline.network, labels, (seed, level))
    if made is not None:
        shelf.put(made)
    return made


def make_drills(pipeline: Pipeline, pairs: Collection[tuple[int, int]]) -> None:
    """Have these drills, by seed and level, made where large work is done; ValueError where that cannot be used."""
    missing = [pair for pair in pairs if not drill_is_kept(pipeline, *pair)]
    make = partial(possible_drill, pipeline.network, pipeline.labels)
    with work.workers() as workers:
        for _, made in workers.results(make, missing, per_call=1):  # one takes seconds
            if made is not None:
                _shelf(pipeline).put(made)


def drill_is_kept(pipeline: Pipeline, seed: int, level: int) -> bool:
    """Whether the drill of a seed and level was made before, so that it is there at once."""
    came_along = shipped.shipped(pipeline.network, pipeline.labels, seed, level)
    return came_along is not None or _shelf(pipeline).has(seed, level)


def _shelf(pipeline: Pipeline) -> Shelf:
    """The kept drills, beside the answers, or beside where they would be if no database were named."""
    return Shelf(files() / "drills", pipeline.network, pipeline.labels)


def attempts(course: Course) -> Attempts:
    """All learners' first attempts at the course's questions, as they were up to ATTEMPTS_S ago."""
    return _attempts(course.questions, learner.store())


@kept(2, ATTEMPTS_S)
def _attempts(questions: tuple[Question, ...], store: Store) -> Attempts:
    return first_attempts(questions, store.everyone())


def forget_attempts() -> None:
    """Count the answers anew."""
    _attempts.cache_clear()


@kept(16)
def judgements(first: int) -> tuple[trials.Judgement, ...]:
    """Every trial on the `first`-th set of seeds."""
    return tuple(trials.judge(trial, trials.seeds_from(first)) for trial in trials.TRIALS)


@kept(64)
def law(curve: int, events: int, first: int) -> charts.ChartSpec:
    """A law with the simulation's points on it: the curve by its place in `CURVES`."""
    chosen = trials.CURVES[curve]
    return charts.law(chosen, trials.points(chosen, events, first))


@kept(16)
def agreement(seed: int, events: int) -> Agreement:
    """A random line of stages by the kernels and by the plain event loop."""
    return compare(seed, events)
