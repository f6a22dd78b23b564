"""What the living diagram is told: the picture with its places, and the run that it plays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

from lifecycle.course.fault_words import offered
from lifecycle.course.pipeline import Pipeline, Stage, Undercurrent
from lifecycle.course.sources import without
from lifecycle.course.worlds.breaks import cut_of, kinds_at
from lifecycle.diagram.icons import icon
from lifecycle.diagram.layout import Picture
from lifecycle.diagram.living.message import Payload, RunNote, SentAct, SentBreaks, SentPlace
from lifecycle.diagram.living.packing import pack_frames
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.readings.frames import Frames
from lifecycle.simulation.roles import ROLE_TYPES


def pointable(pipeline: Pipeline) -> dict[str, str]:
    """Everything of the picture that an answer may point at, by id (`lake`, `buffer->lake`), with its label."""
    labels = {place: pipeline.by_id[place].label for place in pipeline.places}
    flows = {f"{f.source}->{f.target}": f"{labels[f.source]} → {labels[f.target]}" for f in pipeline.flows}
    return labels | flows


def payload(picture: Picture, pipeline: Pipeline, summaries: Mapping[str, str]) -> Payload:
    """Everything that stays the same whatever is run; equal arguments give equal bytes."""
    places = _places(pipeline, summaries)
    return {
        "version": picture.version,
        "facts": _digest(places),
        "title": pipeline.title,
        "lr": picture.lr,
        "tb": picture.tb,
        "zones": [{"id": zone.id, "label": zone.label} for zone in pipeline.zones],
        "places": places,
        "flows": [{"source": f.source, "target": f.target, "label": f.caption, "loop": f.loop} for f in pipeline.flows],
    }


def sent_breaks(pipeline: Pipeline) -> SentBreaks:
    """What a click can break in the picture."""
    cuts = {(flow.source, flow.target): cut_of(flow, pipeline) for flow in pipeline.flows}
    return {
        "stages": {
            stage.id: [{"fault": f"{kind}.{stage.id}", "words": offered(kind)} for kind in kinds_at(stage, pipeline)]
            for stage in pipeline.stages
        },
        "flows": {
            f"{source}>{target}": {"fault": f"{FaultKind.CUT}.{cut.station}", "words": cut.words}
            for (source, target), cut in cuts.items()
        },
    }


def run_note(frames: Frames | None, day: str = "") -> RunNote:
    """The run to play and its digest; equal frames give equal bytes. None: no run, so no clock.

    `day` is whatever names the day that it is of: with another one the clock goes to where that day opens.
    """
    packed = pack_frames(frames) if frames is not None else None
    return {"run": _digest(packed), "frames": packed, "day": day}


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:12]


def _places(pipeline: Pipeline, summaries: Mapping[str, str]) -> list[SentPlace]:
    def place(
        one: Stage | Undercurrent, kind: Literal["stage", "undercurrent"], role: str, acts: dict[str, SentAct]
    ) -> SentPlace:
        return {
            "id": one.id,
            "kind": kind,
            "label": one.label,
            "detail": one.detail,
            "role": role,
            "icon": icon(one),
            "summary": summaries.get(one.id, ""),
            "acts": acts,
            "zone": getattr(one, "zone", ""),
            "keeps": isinstance(one, Stage) and ROLE_TYPES[one.role].keeps,
        }

    stages = {stage.id: stage for stage in pipeline.stages}
    return [place(stages[name], "stage", stages[name].role, {}) for name in pipeline.reading_order] + [
        place(
            current,
            "undercurrent",
            "undercurrent",
            {act.stage: {"text": without(act.text), "short": act.short} for act in current.acts},
        )
        for current in pipeline.undercurrents
    ]
