"""A remedy as settings of the address, so that the day can be watched with it."""

from __future__ import annotations

from dataclasses import replace

from lifecycle.course.address import State, merged, scenario_of
from lifecycle.course.course import Course
from lifecycle.simulation.model.scenario import Scenario


def remedied(state: State, remedy: Scenario, course: Course) -> State | None:
    """Return the state that shows the day of a `remedy` (see `remedies.Remedy`) tried on the day of `state`.

    None where no address can say it, as where the remedy shortens a fault that is part of the scenario.
    """
    now = scenario_of(state, course)
    faults = remedy.faults[len(remedy.faults) - len(state.faults) :]  # the learner's own come last
    turned = tuple(knob for knob in remedy.overrides if knob not in now.overrides)
    there = replace(state, start=remedy.start, size=remedy.size, knobs=merged(state.knobs, turned), faults=faults)
    return there if scenario_of(there, course) == remedy else None
