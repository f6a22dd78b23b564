"""A course's pipeline as a graph that can be edited, as if somebody had just read it from a file."""

from __future__ import annotations

from lifecycle.course import Course
from lifecycle.course.pipeline import Flow, Stage
from lifecycle.documents import as_text
from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.graph import HandSet, ZoneName
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.schedules import cron_line
from lifecycle.simulation.model.ways import WAYS

REASON = "the course says so"
LEFT_BEHIND = (
    "a copy has the course's stages and flows, the time of day at which a schedule starts its jobs, and how a flow "
    "moves in one of the ways that every course has; its undercurrents, other schedules, slots and retries, ways of "
    "its own, and what its author set of stages and flows (figures, jobs, shares, labels) stay with the course"
)


def copied(course: Course) -> Imported:
    """The stages and flows of a course: their roles are certain, their zones stay where they are.

    Where flows lead back comes first: a draft marks as leading back what closes a circle on a walk from the first node.
    """
    pipeline = course.pipeline
    led_back = {flow.target for flow in pipeline.flows if flow.loop}
    return Imported(
        tuple(_node(stage, course) for stage in sorted(pipeline.stages, key=lambda stage: stage.id not in led_back)),
        tuple(dict.fromkeys(map(_edge, pipeline.flows))),
        (LEFT_BEHIND,),
        origins=(f"{pipeline.title}: {len(pipeline.stages)} stages and {len(pipeline.flows)} flows",),
    )


def _node(stage: Stage, course: Course) -> ImportedNode:
    place = course.places.get(stage.id)
    zone = ZoneName(stage.zone) if stage.zone in tuple(ZoneName) else None
    about = as_text(place.summary) if place else ""
    at = next((cron_line(one.ticks_s) for one in course.pipeline.schedules if one.id == stage.schedule), "")
    return ImportedNode(
        stage.id, stage.label, stage.role, REASON, group=stage.zone, description=about, schedule=at,
        by_hand=HandSet(zone), own_time=stage.role is Role.TRANSFORM and not at,
    )  # fmt: skip


def _edge(flow: Flow) -> ImportedEdge:
    return ImportedEdge(flow.source, flow.target, flow.way.id if flow.way in WAYS.values() and flow.way else "")
