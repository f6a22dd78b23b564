"""Everything that is computed once and shown often: the course, the picture, runs and what is read off them.

Runs are pure functions of frozen, hashable arguments, so an LRU cache keeps them; only the course, which is read
from files that may be edited while the app runs, asks the files each time whether they have changed. The caches are
those of `cachetools`: anyone who asks for what another thread is computing waits for it.
"""

from __future__ import annotations

import gc
import math
import stat
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import streamlit as st
from cachetools.func import lru_cache, ttl_cache

from lifecycle import charts, installed
from lifecycle.charts.headlines import Headline, headlines
from lifecycle.course import SHIPPED, Course, content_folder, load
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.course.quizzes.questions import Question
from lifecycle.diagram.layout import GraphvizError, Picture
from lifecycle.diagram.layout import picture as draw
from lifecycle.documents import ContentError, authored
from lifecycle.learning.drills import Drill, Shelf, shipped
from lifecycle.learning.drills import drill as make_drill
from lifecycle.learning.drills.evidence import unmarked
from lifecycle.learning.item_analysis import Attempts, first_attempts
from lifecycle.simulation import trials
from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.experiments import remedies
from lifecycle.simulation.experiments.agreement import Agreement, compare
from lifecycle.simulation.experiments.remedies import Saved
from lifecycle.simulation.experiments.sweeps import Axis, Sweep, sweep
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.books import Line
from lifecycle.simulation.readings.books import books as make_books
from lifecycle.simulation.readings.consequence import Consequence
from lifecycle.simulation.readings.consequence import consequence as done_by
from lifecycle.simulation.readings.costs import Prices
from lifecycle.simulation.readings.frames import Frames
from lifecycle.simulation.readings.outcomes import Outcome
from lifecycle.simulation.readings.outcomes import outcome as comes_to
from lifecycle.simulation.theory.expected import expected as laws_of
from lifecycle.simulation.theory.laws import Laws
from lifecycle.storage import Store, files
from lifecycle.ui.session import learner, uploads

# A default day's run is some tens of megabytes, its frames and charts far less.
RUNS_KEPT = 8
READINGS_KEPT = 256
# A Graphviz that hangs costs its whole time-out: once in so many seconds, not at every click.
DRAW_AGAIN_S = 60.0
# To read a thousand learners' answers takes seconds.
ATTEMPTS_S = 60.0

# The course that was last read without a fault, by folder: it goes on being served while an author mends the next.
_last_good: dict[Path, Course] = {}
# The pipeline that Graphviz could not draw: when (monotonic seconds) and why.
_undrawn: dict[Pipeline, tuple[float, str]] = {}


@st.cache_resource
def settle() -> None:
    """Once a server: take what the imports left out of the garbage collector's sight.

    Streamlit collects garbage at the end of each rerun, and walking these long-lived objects is half of a click.
    """
    gc.collect()
    gc.freeze()


def course_or_stop() -> Course:
    """The course to show, learners' own days beside its traces.

    With faults in the content: the last good one with a warning, or a page that lists them.
    """
    return uploads.with_held(_course_or_stop())


def course() -> Course:
    """The course that this page has asked for already: its faults, if it has any, are told, and not told again."""
    shown = _last_good.get(content_folder())
    return course_or_stop() if shown is None else uploads.with_held(shown)


def own_title() -> str:
    """The title of a team's own course, "" for the one that comes with the program or while it cannot be read."""
    folder = content_folder()
    if folder == SHIPPED:
        return ""
    try:
        shown = _load(folder, _fingerprint(folder))
    except ContentError:  # the page tells
        if folder not in _last_good:
            return ""
        shown = _last_good[folder]
    return shown.pipeline.title


def _course_or_stop() -> Course:
    folder = content_folder()
    try:
        course = _load(folder, _fingerprint(folder))
    except ContentError as error:
        _say_faults(folder, error)
        if folder not in _last_good:
            st.stop()
        return _last_good[folder]
    _last_good[folder] = course
    return course


@lru_cache(maxsize=4)
def _load(folder: Path, fingerprint: tuple[tuple[str, int, int], ...]) -> Course:  # noqa: ARG001 - only keys the cache
    return load(folder)


def course_without_a_page() -> Course:
    """The course as its files are now, for what no visitor waits for; ContentError with every fault."""
    folder = content_folder()
    return _load(folder, _fingerprint(folder))


def content_version() -> int:
    """A number that is another one when a file of the course was edited; within one server only."""
    return hash(_fingerprint(content_folder()))


def _fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times (ns) and sizes (bytes) of the content files: another value means that something was edited."""
    found = []
    for path in islice(authored(folder), 20_000):
        try:
            status = path.stat()
        except OSError:  # gone since it was listed, as when an editor saves, or not ours to look at
            continue
        if stat.S_ISREG(status.st_mode):
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _say_faults(folder: Path, error: ContentError) -> None:
    lines = "\n".join(map(str, error.problems[:50]))
    kept = " The last version without faults is shown." if folder in _last_good else ""
    faults = "1 fault" if len(error.problems) == 1 else f"{len(error.problems)} faults"
    st.error(f"The course has {faults} to correct before it can be shown.{kept}")
    st.code(lines, language=None, wrap_lines=True)
    st.caption(f"The same list comes from `{installed.COMMANDS} check` on the content folder.")


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


@lru_cache(maxsize=8)
def _picture(pipeline: Pipeline) -> Picture:
    return draw(pipeline)


def forget_pictures() -> None:
    """Draw afresh from now on, what failed too: Graphviz was installed or mended."""
    _picture.cache_clear()
    _undrawn.clear()


def run(course: Course, scenario: Scenario) -> Run:
    """The simulated day."""
    return _run(course.pipeline, scenario, course.traces.get(scenario.trace))


def runs_on(course: Course, scenario: Scenario) -> bool:
    """Whether the course, which may have been edited since, still has all that the scenario names."""
    return (not scenario.trace or scenario.trace in course.traces) and _fits(course.pipeline, scenario)


@lru_cache(maxsize=READINGS_KEPT)
def _fits(pipeline: Pipeline, scenario: Scenario) -> bool:
    return not validate(pipeline.network, scenario)


@lru_cache(maxsize=RUNS_KEPT)
def _run(pipeline: Pipeline, scenario: Scenario, trace: Trace | None) -> Run:
    return simulate(pipeline.network, scenario, trace)


def frames(course: Course, scenario: Scenario) -> Frames:
    """The run as the diagram plays it."""
    return _frames(course.pipeline, scenario, course.traces.get(scenario.trace))


@lru_cache(maxsize=READINGS_KEPT // 8)
def _frames(pipeline: Pipeline, scenario: Scenario, trace: Trace | None) -> Frames:
    return measures.frames(_run(pipeline, scenario, trace))


def chart(course: Course, name: str, now: Scenario, was: Scenario | None, stage: Stage | None = None) -> charts.Drawing:
    """A chart of a run with its ghost: of the whole pipeline, or of one stage."""
    ghost_trace = course.traces.get(was.trace) if was else None
    return _chart(course.pipeline, name, now, course.traces.get(now.trace), was, ghost_trace, stage)


@lru_cache(maxsize=READINGS_KEPT)
def _chart(
    pipeline: Pipeline,
    name: str,
    now: Scenario,
    trace: Trace | None,
    was: Scenario | None,
    ghost_trace: Trace | None,
    stage: Stage | None,
) -> charts.Drawing:
    shown = _run(pipeline, now, trace)
    ghost = _run(pipeline, was, ghost_trace) if was else None
    if stage is not None:
        return charts.STAGE_CHARTS[name](stage, shown, ghost)
    return charts.CHARTS[name](pipeline, shown, ghost)


def told(course: Course, name: str, about: charts.Told, now: Scenario, was: Scenario | None = None) -> charts.Drawing:
    """A chart as a step of a talk tells it."""
    ghost_trace = course.traces.get(was.trace) if was else None
    return _told(name, about, now, course.traces.get(now.trace), was, ghost_trace)


@lru_cache(maxsize=READINGS_KEPT)
def _told(
    name: str,
    about: charts.Told,
    now: Scenario,
    trace: Trace | None,
    was: Scenario | None,
    ghost_trace: Trace | None,
) -> charts.Drawing:
    ghost = _run(about.pipeline, was, ghost_trace) if was else None
    return charts.told(name, about, _run(about.pipeline, now, trace), ghost)


def headline(course: Course, scenario: Scenario, prices: Prices) -> dict[str, Headline]:
    """The few figures that sum up the run, its bill made with `prices`."""
    return _headlines(course.pipeline, scenario, course.traces.get(scenario.trace), prices)


@lru_cache(maxsize=READINGS_KEPT)
def _headlines(pipeline: Pipeline, scenario: Scenario, trace: Trace | None, prices: Prices) -> dict[str, Headline]:
    return headlines(pipeline, _run(pipeline, scenario, trace), prices)


def outcome(course: Course, scenario: Scenario, consumer: str, prices: Prices) -> Outcome:
    """What the day comes to for a consumer."""
    return _outcome(course.pipeline, scenario, course.traces.get(scenario.trace), consumer, prices)


@lru_cache(maxsize=READINGS_KEPT)
def _outcome(pipeline: Pipeline, scenario: Scenario, trace: Trace | None, consumer: str, prices: Prices) -> Outcome:
    return comes_to(_run(pipeline, scenario, trace), consumer, prices)


def expected(course: Course, scenario: Scenario, station: str) -> Laws:
    """What theory says of one station's day."""
    return _expected(course.pipeline, scenario, course.traces.get(scenario.trace), station)


@lru_cache(maxsize=READINGS_KEPT)
def _expected(pipeline: Pipeline, scenario: Scenario, trace: Trace | None, station: str) -> Laws:
    return laws_of(_run(pipeline, scenario, trace), station)


def swept(course: Course, scenario: Scenario, axes: tuple[Axis, Axis], consumer: str, prices: Prices) -> Sweep:
    """A sweep that is small enough to be waited for."""
    return _swept(course.pipeline, scenario, course.traces.get(scenario.trace), axes, consumer, prices)


@lru_cache(maxsize=READINGS_KEPT // 8)
def _swept(
    pipeline: Pipeline,
    scenario: Scenario,
    trace: Trace | None,
    axes: tuple[Axis, Axis],
    consumer: str,
    prices: Prices,
) -> Sweep:
    return sweep(pipeline.network, scenario, *axes, consumer, trace, prices=prices)


def consequence(course: Course, scenario: Scenario) -> Consequence:
    """What the scenario's faults do to its day."""
    return _consequence(course.pipeline, scenario, course.traces.get(scenario.trace))


@lru_cache(maxsize=READINGS_KEPT)
def _consequence(pipeline: Pipeline, scenario: Scenario, trace: Trace | None) -> Consequence:
    return done_by(_run(pipeline, scenario, trace), _run(pipeline, replace(scenario, faults=()), trace))


def saved(course: Course, scenario: Scenario) -> tuple[Saved, ...]:
    """What would have saved the scenario's day from its faults, tried one thing after the other."""
    return _saved(course.pipeline, scenario, course.traces.get(scenario.trace))


@lru_cache(maxsize=READINGS_KEPT // 8)
def _saved(pipeline: Pipeline, scenario: Scenario, trace: Trace | None) -> tuple[Saved, ...]:
    calm = replace(scenario, faults=())
    return remedies.saved(_run(pipeline, scenario, trace), _run(pipeline, calm, trace), trace)


def unmarked_frames(course: Course, scenario: Scenario) -> Frames:
    """The run as the diagram plays it, without the signs of its faults."""
    return _unmarked(course.pipeline, scenario)


@lru_cache(maxsize=READINGS_KEPT // 8)
def _unmarked(pipeline: Pipeline, scenario: Scenario) -> Frames:
    return unmarked(_frames(pipeline, scenario, None))


def drill(course: Course, seed: int, level: int) -> Drill | None:
    """The incident drill of a seed and level, None where the pipeline has none."""
    return _drill(course.pipeline, seed, level)


@lru_cache(maxsize=READINGS_KEPT)
def _drill(pipeline: Pipeline, seed: int, level: int) -> Drill | None:
    shelf, labels = _shelf(pipeline), _labels(pipeline)
    if kept := shipped.shipped(pipeline.network, labels, seed, level) or shelf.get(seed, level):
        return kept
    try:
        made = make_drill(pipeline.network, labels, seed, level)
    except ValueError:
        return None
    shelf.put(made)
    return made


def drill_is_kept(course: Course, seed: int, level: int) -> bool:
    """Whether the drill of a seed and level was made before, so that it is there at once."""
    pipeline = course.pipeline
    came_along = shipped.shipped(pipeline.network, _labels(pipeline), seed, level)
    return came_along is not None or _shelf(pipeline).has(seed, level)


def _shelf(pipeline: Pipeline) -> Shelf:
    """The kept drills, beside the answers, or beside where they would be if no database were named."""
    return Shelf(files() / "drills", pipeline.network, _labels(pipeline))


def _labels(pipeline: Pipeline) -> dict[str, str]:
    return {stage.id: stage.label for stage in pipeline.stages}


def ledger(course: Course, scenario: Scenario) -> list[dict[str, str | int]]:
    """Every stage's account of the day, a row each: what arrives goes on, is removed, lost, or inside."""
    labels = {stage.id: stage.label for stage in course.pipeline.stages}
    return [
        {
            "Stage": labels[entry.station],
            "Arrived": entry.arrived,
            "Went on": entry.departed,
            "Removed": sum(events for reason, events in entry.lost.items() if reason in measures.REMOVED),
            "Lost": sum(events for reason, events in entry.lost.items() if reason not in measures.REMOVED),
            "Inside": entry.inside,
        }
        for entry in measures.ledger(run(course, scenario))
    ]


def attempts(course: Course) -> Attempts:
    """All learners' first attempts at the course's questions, as they were up to ATTEMPTS_S ago."""
    return _attempts(course.questions, learner.store())


@ttl_cache(maxsize=2, ttl=ATTEMPTS_S)
def _attempts(questions: tuple[Question, ...], store: Store) -> Attempts:
    return first_attempts(questions, store.everyone())


def forget_attempts() -> None:
    """Count the answers anew."""
    _attempts.cache_clear()


@lru_cache(maxsize=16)
def judgements(first: int) -> tuple[trials.Judgement, ...]:
    """Every trial on the `first`-th set of seeds."""
    return tuple(trials.judge(trial, trials.seeds_from(first)) for trial in trials.TRIALS)


@lru_cache(maxsize=READINGS_KEPT // 4)
def law(curve: int, events: int, first: int) -> charts.Drawing:
    """A law with the simulation's points on it: the curve by its place in `CURVES`."""
    chosen = trials.CURVES[curve]
    return charts.law(chosen, trials.points(chosen, events, first))


@lru_cache(maxsize=16)
def agreement(seed: int, events: int) -> Agreement:
    """A random line of stages by the kernels and by the plain event loop."""
    return compare(seed, events)


def books(course: Course, scenario: Scenario) -> tuple[Line, ...]:
    """The books of a day. Only they are kept, so that the explorer's runs are not pushed out."""
    return _books(course.pipeline, scenario, course.traces.get(scenario.trace))


@lru_cache(maxsize=16)
def _books(pipeline: Pipeline, scenario: Scenario, trace: Trace | None) -> tuple[Line, ...]:
    return make_books(simulate(pipeline.network, scenario, trace))
