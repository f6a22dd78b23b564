"""Breaking a place of the diagram at once: what is offered there, when it happens, and what it is to cut a flow."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lifecycle.course.address import State, scenario_of
from lifecycle.course.course import Course
from lifecycle.course.pipeline import Flow, Pipeline, Stage
from lifecycle.simulation.faults import KINDS, can_happen, shows_s
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario

LENGTH_S = 3600.0
"""How long a fault lasts that is made with one click."""
LEAD_S = 300.0
"""So much of the day before it shows is watched first."""
# What the diagram sends: a kind at a stage, and the second of the day at which its clock stands.
_WRITTEN = re.compile(r"([a-z]{1,20})\.([a-z0-9-]{1,64})@([0-9]{1,5})")


@dataclass(frozen=True)
class Cutting:
    """What the simulation can do about a flow: the `station` whose way out is cut, `words` that say what stops then."""

    station: str
    words: str


def kinds_at(stage: Stage, pipeline: Pipeline) -> tuple[FaultKind, ...]:
    """Return the faults that fit a stage of a day; a way out is cut only where something leaves."""
    leads_on = stage.role == Role.CONSUMER or any(flow.source == stage.id for flow in pipeline.flows)
    nothing: set[FaultKind] = set() if leads_on else {FaultKind.CUT}
    if dict(stage.figures).get("direct"):
        nothing |= {FaultKind.FORGET, FaultKind.POISON}  # no log that could, and nobody who reads it
    return tuple(kind for kind in KINDS if can_happen(kind, stage) and kind not in nothing)


def cut_of(flow: Flow, pipeline: Pipeline) -> Cutting:
    """Return what cutting a flow is: the way out of its source, and of the source's other flows with it.

    What a stage has done leaves it at one moment for all flows, so no single one of several can be held back; the words
    say so before anyone cuts.
    """
    labels = pipeline.labels
    source, targets = labels[flow.source], [labels[one.target] for one in pipeline.flows if one.source == flow.source]
    if len(targets) == 1:
        return Cutting(flow.source, f"Cut it: what is done at {source} waits there.")
    together = "both flows" if len(targets) == 2 else f"all {len(targets)} flows"
    ends = f"{', '.join(targets[:-1])} and {targets[-1]}"
    alone = "To stop one of them alone, stop the stage where it ends."
    return Cutting(flow.source, f"Cut {together} out of {source} at once, to {ends}: what is done waits there. {alone}")


def fault_at(kind: FaultKind, station: str, moment_s: float) -> Fault:
    """Return the usual fault of a kind: LENGTH_S long, showing from the minute of `moment_s` (seconds of the day).

    Near the day's edges it comes sooner or later, so that all of it fits into the day.
    """
    fault = Fault(kind, station, 0.0, LENGTH_S, KINDS[kind].usual)
    shown_s, over_s = shows_s(fault)
    latest_s = DAY_S - max(over_s, LENGTH_S)
    start_s = min(max(60.0 * (moment_s // 60.0) - shown_s, 0.0), latest_s)
    return replace(fault, start_s=start_s, end_s=start_s + LENGTH_S)


def watched_s(fault: Fault) -> tuple[float, float]:
    """Return from when to when (seconds of the day) a fault is watched: LEAD_S before it shows, until it is over."""
    shown_s, over_s = shows_s(fault)
    return max(0.0, shown_s - LEAD_S), min(over_s, DAY_S)


def unbroken(state: State, course: Course) -> Scenario:
    """Return the day of a state without what its learner broke: what the scenario brings of its own stays."""
    return scenario_of(replace(state, faults=()), course)


def read_break(text: str, pipeline: Pipeline) -> Fault | None:
    """Return the fault that a click on the diagram asks for, `down.lake@50400`; None where it names none that fits."""
    written = _WRITTEN.fullmatch(text)
    stage = pipeline.by_id.get(written[2]) if written else None
    if not written or not isinstance(stage, Stage) or written[1] not in kinds_at(stage, pipeline):
        return None
    return fault_at(FaultKind(written[1]), stage.id, float(written[3]))
