"""A course's pipeline as a graph that can be edited, as if somebody had just read it from a file."""

from __future__ import annotations

from lifecycle.course import Course
from lifecycle.course.pipeline import Stage
from lifecycle.documents import as_text
from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.graph import HandSet, ZoneName

REASON = "the course says so"
LEFT_BEHIND = (
    "a copy has the course's stages and flows; its undercurrents, and the figures that its author set, stay with the "
    "course"
)


def copied(course: Course) -> Imported:
    """The stages and flows of a course: their roles are certain, their zones stay where they are.

    Where flows lead back comes first: a draft marks as leading back what closes a circle on a walk from the first node.
    """
    pipeline = course.pipeline
    led_back = {flow.target for flow in pipeline.flows if flow.loop}
    return Imported(
        tuple(_node(stage, course) for stage in sorted(pipeline.stages, key=lambda stage: stage.id not in led_back)),
        tuple(dict.fromkeys(ImportedEdge(flow.source, flow.target) for flow in pipeline.flows)),
        (LEFT_BEHIND,),
        origins=(f"{pipeline.title}: {len(pipeline.stages)} stages and {len(pipeline.flows)} flows",),
    )


def _node(stage: Stage, course: Course) -> ImportedNode:
    place = course.places.get(stage.id)
    zone = ZoneName(stage.zone) if stage.zone in tuple(ZoneName) else None
    about = as_text(place.summary) if place else ""
    return ImportedNode(
        stage.id, stage.label, stage.role, REASON, group=stage.zone, description=about, by_hand=HandSet(zone)
    )
