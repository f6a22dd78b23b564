"""Computed questions of a course: their numbers by seed, their answers by simulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lifecycle.course import address
from lifecycle.course.course import Course
from lifecycle.course.day import Day, kept, run
from lifecycle.course.quizzes import computing
from lifecycle.course.quizzes.drawn import fixed_faults, sum_faults
from lifecycle.course.quizzes.questions import Question
from lifecycle.documents import Problem
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.theory.facts import LazyFacts

_KEPT = 256  # figures of runs: a kilobyte or two each


def instance(question: Question, course: Course, seed: str) -> Question:
    """The question with the numbers of this seed; one that is not computed as it is.

    ValueError in words where it cannot be computed, which `problems` would have told.
    """
    if not question.computed:
        return question
    plan = computing.plan(question)
    return computing.varied(question, plan, computing.drawn(plan, seed), lambda query: facts(query, course))


def run_of(question: Question, seed: str) -> str:
    """The address query of the run that these numbers are read off, "" where none is simulated."""
    if not question.tag("run"):
        return ""
    try:
        plan = computing.plan(question)
        return computing.run_query(plan, computing.drawn(plan, seed))
    except ValueError:  # `problems` has told its author
        return ""


def estimate_faults(question: Question, course: Course, seed: str) -> tuple[str, ...]:
    """What an honest estimate of this seed's numbers gets wrong, or a slip gets right; ValueError as in `instance`."""
    plan = computing.plan(question)
    drawn = computing.drawn(plan, seed)
    return tuple(computing.estimate_faults(question, plan, drawn, lambda query: facts(query, course)))


def problems(course: Course, seeds: int = 3) -> Iterator[Problem]:
    """What is wrong with a course's computed questions: plans, untrue examples, numbers and estimates that fail."""
    for question in course.questions:
        if question.computed:
            try:
                plan = computing.plan(question)
                for fault in computing.example_faults(question, plan, lambda query: facts(query, course)):
                    yield _problem(question, fault, "write what is computed")
                for fault in fixed_faults(question, plan):
                    yield _problem(question, fault, "write what is true whatever is drawn")
                for seed in map(str, range(seeds)):
                    for fault in sum_faults(instance(question, course, seed)):
                        yield _problem(question, fault, "show more digits, or fewer numbers")
                    for fault in estimate_faults(question, course, seed):
                        yield _problem(question, fault, "correct the sum, or draw other numbers")
            except ValueError as why:
                yield _problem(question, str(why), "correct the comment above, or the marks in the text")


def _problem(question: Question, what: str, fix: str) -> Problem:
    return Problem(question.file, question.line, f"the computed question {question.id}: {what}", fix)


def facts(query: str, course: Course) -> Mapping[str, Any]:
    """The figures of the run that an address query names, as `simulate --json` prints them; ValueError in words."""
    state, notices = address.turned(address.State(), query, course)
    if notices:
        raise ValueError(notices[0].removesuffix("."))
    scenario = address.scenario_of(state, course)
    if scenario.trace:
        raise ValueError("a run whose figures are asked for replays no trace")
    return figures_of(course.day(scenario), course.prices)


@kept(_KEPT)
def figures_of(day: Day, prices: Prices) -> Mapping[str, Any]:
    """The figures of a day as `simulate --json` prints them, each made when it is asked for."""
    return LazyFacts(day.pipeline.network, lambda towards: run(day, towards), prices)
