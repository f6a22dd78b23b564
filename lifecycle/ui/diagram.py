"""The living diagram: a picture of the pipeline that plays a run's frames and says which stage was chosen.

Two mounts. The first carries picture, places and frames; it stays byte-equal while the run does, so
Streamlit sends it once. The second is a few bytes: what is selected, the moment, progress, overlay. The JavaScript
beside this file (`living/*.js`, in the order of their names) lights a choice at once; the server confirms it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lifecycle import graph
from lifecycle.pipeline import Pipeline
from lifecycle.simulation.frames import Frames

LIVING = Path(__file__).parent / "living"
TRAVEL_S = 900.0
"""Stretch of the day that a dot takes to cross a flow: a quarter of an hour, three seconds at a day in five minutes."""
MOST_DOTS = 40
"""Dots on one flow at the run's busiest moment: more cannot be told apart on a flow of a few centimetres."""
BUSY_STEPS = 1000
"""Shares are sent in thousandths."""


def living_diagram(
    picture: graph.Picture,
    pipeline: Pipeline,
    frames: Frames | None,
    *,
    selected: str | None = None,
    moment_s: float | None = None,
    progress: Mapping[str, float] | None = None,
    overlay: str | None = None,
    summaries: Mapping[str, str] | None = None,
    on_select: Callable[[str | None], None] | None = None,
    on_moment: Callable[[float], None] | None = None,
    key: str = "living-diagram",
) -> None:
    """Show the diagram.

    `frames` None draws the pipeline without a run (no clock). `selected` is the id of a stage or undercurrent; an
    unknown one selects nothing. `moment_s` (seconds of the day) stops the clock there; None lets it play from an
    informative moment. `progress` gives quiz scores, 0 to 1, by place. `overlay` is the undercurrent laid over the
    picture. `summaries` gives one line a place for its card. `on_select` is called before the script reruns with the
    id chosen (None: cleared), `on_moment` with the second of the day at which the clock was stopped or scrubbed to.
    """
    mount, note = _components()

    def chosen() -> None:
        value = _trigger(key, "select")
        if on_select and isinstance(value, str):
            on_select(value if value in pipeline.by_id else None)

    def moved() -> None:
        value = _trigger(key, "moment")
        if on_moment and isinstance(value, (int, float)):
            on_moment(float(value))

    with st.container(gap=None):
        mount(
            key=key,
            data=payload(picture, pipeline, frames, summaries or {}) | {"name": key},
            on_select_change=chosen,
            on_moment_change=moved,
        )
        note(
            key=f"{key}-state",
            data={
                "name": key,
                "selected": selected if selected in pipeline.by_id else None,
                "moment_s": moment_s,
                "progress": {place: round(float(score), 3) for place, score in (progress or {}).items()},
                "overlay": overlay if overlay in pipeline.by_id else None,
            },
        )


def _trigger(key: str, name: str) -> object:
    state: Any = st.session_state.get(key)
    return None if state is None else state.get(name)


@lru_cache(maxsize=1)
def _components() -> tuple[Any, Any]:
    """The diagram, its scripts joined into one module in the order of their names; and the note of the server's state.

    Apart because each mount carries its script: the note's changes at every click and must weigh nothing.
    """
    script = "\n".join(path.read_text(encoding="utf-8") for path in sorted(LIVING.glob("*.js")))
    style = (LIVING / "diagram.css").read_text(encoding="utf-8")
    note = (LIVING / "state.mjs").read_text(encoding="utf-8")
    component = st.components.v2.component
    return component("headwaters.diagram", js=script, css=style), component("headwaters.diagram_state", js=note)


def payload(
    picture: graph.Picture, pipeline: Pipeline, frames: Frames | None, summaries: Mapping[str, str]
) -> dict[str, Any]:
    """Everything that stays the same while the run does; equal arguments give equal bytes."""
    places = _places(pipeline, summaries)
    packed = pack_frames(frames) if frames is not None else None
    return {
        "version": picture.version,
        "facts": _digest(places),
        "run": _digest(packed),
        "title": pipeline.title,
        "lr": picture.lr,
        "tb": picture.tb,
        "zones": [{"id": zone.id, "label": zone.label} for zone in pipeline.zones],
        "places": places,
        "flows": [{"source": f.source, "target": f.target, "label": f.label, "loop": f.loop} for f in pipeline.flows],
        "frames": packed,
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:12]


def _places(pipeline: Pipeline, summaries: Mapping[str, str]) -> list[dict[str, Any]]:
    def place(one: Any, kind: str, role: str, acts: dict[str, str]) -> dict[str, Any]:
        return {
            "id": one.id,
            "kind": kind,
            "label": one.label,
            "detail": one.detail,
            "role": role,
            "icon": graph.icon(one),
            "summary": summaries.get(one.id, ""),
            "acts": acts,
        }

    return [place(stage, "stage", stage.role, {}) for stage in pipeline.stages] + [
        place(current, "undercurrent", "undercurrent", dict(current.acts)) for current in pipeline.undercurrents
    ]


_PACKED: dict[int, tuple[Frames, dict[str, Any]]] = {}
_PACKED_MOST = 32


def pack_frames(frames: Frames) -> dict[str, Any]:
    """Make frames small enough to send: every series as whole numbers, see `pack`. Packed once for each Frames."""
    known = _PACKED.get(id(frames))
    if known is not None and known[0] is frames:
        return known[1]
    size = events_per_dot(frames)
    lost = [station.lost for station in frames.stations.values()]
    packed = {
        "n": len(frames.edges_s) - 1,
        "start": float(frames.edges_s[0]),
        "end": float(frames.edges_s[-1]),
        "travel_s": TRAVEL_S,
        "per_dot": size,
        "per_lost": _round_up(_busiest(lost, frames) / 12),
        "opening": opening(frames),
        "stations": {
            name: {
                "arrived": pack(s.arrived),
                "departed": pack(s.departed),
                "lost": pack(s.lost),
                "inside": pack(s.inside),
                "level": pack(s.level),
                "busy": pack(np.round(np.nan_to_num(s.busy) * BUSY_STEPS)),
                "age_s": pack(np.where(np.isnan(s.age_s), -1, np.round(s.age_s))),
                "faulty": pack(s.faulty),
            }
            for name, s in frames.stations.items()
        },
        "flows": [[source, target, pack(counts)] for (source, target), counts in frames.flows.items()],
    }
    if len(_PACKED) >= _PACKED_MOST:
        _PACKED.pop(next(iter(_PACKED)), None)
    _PACKED[id(frames)] = (frames, packed)
    return packed


def pack(series: NDArray[Any]) -> str:
    """Whole numbers as base64 of zigzag varints of their first differences: a quiet series takes a byte a number."""
    values = np.asarray(series).astype(np.int64)
    steps = np.diff(values, prepend=np.int64(0))
    out = bytearray()
    for step in ((steps << 1) ^ (steps >> 63)).tolist():
        while step > 127:
            out.append(step & 127 | 128)
            step >>= 7
        out.append(step)
    return base64.b64encode(bytes(out)).decode()


def unpack(text: str) -> NDArray[np.int64]:
    """Undo `pack`: what the JavaScript does, for tests and readers."""
    steps, step, shift = [], 0, 0
    for byte in base64.b64decode(text):
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            steps.append((step >> 1) ^ -(step & 1))
            step, shift = 0, 0
    return np.cumsum(np.array(steps, dtype=np.int64))


def events_per_dot(frames: Frames) -> int:
    """Events that one dot stands for: a round number, so that no flow ever shows over MOST_DOTS."""
    return _round_up(_busiest(list(frames.flows.values()), frames) / MOST_DOTS)


def dots(frames: Frames, flow: tuple[str, str], t_s: float) -> int:
    """Dots on `flow` at second `t_s`: those that set off within the last TRAVEL_S. Each sets off as the running count,
    evenly spread within a bucket, passes a multiple of `events_per_dot`."""
    counts = np.concatenate(([0], np.cumsum(frames.flows[flow])))
    last, first = np.interp([t_s, t_s - TRAVEL_S], frames.edges_s, counts) / events_per_dot(frames)
    return int(np.floor(last + 1e-9) - np.floor(first + 1e-9))


def opening(frames: Frames) -> float:
    """A moment worth seeing first: just before the busiest half hour of the whole pipeline."""
    total = np.sum([*frames.flows.values()], axis=0, dtype=float) if frames.flows else np.zeros(1)
    step = float(frames.edges_s[1] - frames.edges_s[0])
    window = max(1, round(1800 / step))
    busiest = int(np.argmax(np.convolve(total, np.ones(window), mode="valid"))) if len(total) >= window else 0
    return float(max(frames.edges_s[0], frames.edges_s[min(busiest, len(frames.edges_s) - 1)] - 600))


def _busiest(series: list[NDArray[np.int64]], frames: Frames) -> float:
    """Most events that any of the series counts within TRAVEL_S."""
    step = float(frames.edges_s[1] - frames.edges_s[0])
    window = max(1, int(np.ceil(TRAVEL_S / step)))
    most = 0.0
    for counts in series:
        sums = np.concatenate(([0.0], np.cumsum(counts, dtype=float)))
        wide = min(window, len(counts))
        most = max(most, float(np.max(sums[wide:] - sums[:-wide], initial=0.0)))
    return most


def _round_up(size: float) -> int:
    """The least of 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, … that is not below `size`."""
    scale = 1
    while True:
        for step in (1.0, 2.0, 2.5, 5.0):
            if step * scale >= size and (step * scale).is_integer():
                return int(step * scale)
        scale *= 10
