"""A graph as a pipeline in memory: the very text that `import --out` writes, read as a course's file is read."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lifecycle.course.day import Day
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.pipeline_file import pipeline_of
from lifecycle.importing import Imported
from lifecycle.importing.drafting import Draft, Guess, drafted, pipeline_text
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.summary import day_age_p95_s
from lifecycle.words import duration, enumerated, plural, told_apart

MOST_PLAYED = 500  # nodes of which a day is simulated again at every edit
EVENTS = 20_000  # of a day, which is simulated anew at every edit; where they would not fit, a run takes fewer


class SketchProblem(ValueError):  # noqa: N818 - a problem, as the house calls what is wrong with a file
    """A graph of which no pipeline can be made: what is wrong and what to do, in one line."""


@dataclass(frozen=True)
class Sketch:
    """A graph as the course that it would become; `pipeline` is what that course's file says."""

    draft: Draft
    pipeline: Pipeline

    @cached_property
    def stage_of(self) -> Mapping[str, str]:
        """The stage's id by the node's; a node that nothing leads to or from has none."""
        return {stage.node.id: stage.id for stage in self.draft.stages}

    @cached_property
    def drawn(self) -> Pipeline:
        """The pipeline as its picture has it: stages of which something is a guess are marked."""
        return self.marked({stage.node.id for stage in self.draft.stages if stage.guesses})

    def marked(self, nodes: Collection[str]) -> Pipeline:
        """The pipeline with a `?` before the names of the stages of these nodes."""
        stages = self.pipeline.stages
        named = (replace(one, label=f"? {one.label}") if self.node_of[one.id] in nodes else one for one in stages)
        return replace(self.pipeline, stages=tuple(named))

    @cached_property
    def node_of(self) -> Mapping[str, str]:
        """The node's id by the stage's."""
        return {stage.id: stage.node.id for stage in self.draft.stages}


def draft_of(graph: Imported, title: str) -> Draft:
    """The course that the graph would become, of any size that a course may have. Raises SketchProblem."""
    try:
        return drafted(graph, title)
    except ValueError as problem:
        raise SketchProblem(str(problem)) from problem


def sketched(draft: Draft) -> Sketch:
    """The draft's pipeline, to be played. Raises SketchProblem."""
    if (count := len(draft.stages)) > MOST_PLAYED:
        why = f"{count:,} nodes are joined, and a day that is played here has at most {MOST_PLAYED:,}"
        raise SketchProblem(f"{why}: merge some, or download the course, which has all of them")
    try:
        return Sketch(draft, pipeline_of(pipeline_text(draft)))
    except ValueError as problem:
        raise SketchProblem(str(problem)) from problem


def resting_on(draft: Draft) -> str:
    """Which guesses the ages rest on, as a sentence; "" for none."""
    jobs = [stage for stage in draft.stages if stage.role is Role.TRANSFORM]
    untimed = sum(Guess.DURATION in stage.guesses for stage in jobs)
    unstarted = sum(Guess.START in stage.guesses for stage in jobs)
    parts = [f"how long {untimed:,} of {plural(len(jobs), 'job')} {'takes' if len(jobs) == 1 else 'take'}"] * bool(
        untimed
    )
    parts += ["when they start" if len(jobs) > 1 else "when it starts"] * bool(unstarted)
    return f"Guessed: {enumerated(parts)}." if parts else ""


def unscheduled(draft: Draft) -> str:
    """Why the runs that were observed have no part in the day: its jobs are on no schedule; "" where they have."""
    if draft.at or not any(stage.runs for stage in draft.stages):
        return ""
    why = next((note for note in draft.notes if note.startswith("no schedule: ")), "no schedule")
    return f"{why}; so the durations that were observed have no part in this day"


def sketch_day(sketch: Sketch) -> Day:
    """A plain day of the pipeline."""
    return Day(sketch.pipeline, Scenario(events=EVENTS))


@dataclass(frozen=True)
class ConsumerAge:
    """How old the newest data is at a consumer for 95 % of the day (seconds); NaN where none arrives."""

    stage: str
    name: str
    p95_s: float

    @property
    def is_reached(self) -> bool:
        """Whether any data arrives on that day."""
        return not math.isnan(self.p95_s)


def consumer_ages(run: Run, pipeline: Pipeline) -> tuple[ConsumerAge, ...]:
    """Each consumer's age of the data, read off the run: the oldest first, last those that nothing reaches."""
    names = told_apart({stage.id: stage.label for stage in pipeline.stages if stage.role is Role.CONSUMER})
    ages = (ConsumerAge(id, name, day_age_p95_s(run, id)) for id, name in names.items())
    return tuple(sorted(ages, key=lambda age: (not age.is_reached, -age.p95_s if age.is_reached else 0.0)))


def ages_in_words(ages: tuple[ConsumerAge, ...]) -> str:
    """What the ages come to, in a sentence or two."""
    reached = [age for age in ages if age.is_reached]
    if not ages:
        return "Nobody uses the data yet: give a node the role consumer, and you will see how old the data is there."
    if not reached:
        return "No data reaches a consumer on this day."
    oldest, freshest = reached[0], reached[-1]
    age = duration(oldest.p95_s)
    words = f"For 95 % of the day, {oldest.name} sees data no older than {age}"
    if duration(freshest.p95_s) != duration(oldest.p95_s):
        words += f"; the freshest is {freshest.name}, with {duration(freshest.p95_s)}"
    elif len(reached) > 1:
        words += ", and so do the others" if len(reached) > 2 else f", and so does {freshest.name}"
    dry = len(ages) - len(reached)
    nothing = f" Nothing reaches {ages[-1].name}." if dry == 1 else f" Nothing reaches {dry} others." if dry else ""
    return f"{words}.{nothing}"
