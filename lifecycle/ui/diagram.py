"""The living diagram: a picture of the pipeline that plays a run's frames and says which stage was chosen.

Three mounts, because Streamlit sends a mount again, script and all, when a byte of its data changes. The first carries
script, picture and places, and goes out once. Beside it stand two notes with next to no script: the run's frames, and
the few bytes of what is selected, the moment, progress and overlay. The JavaScript beside this file (`living/*.js`, in
the order of their names) lights a choice at once; the server confirms it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lifecycle import graph
from lifecycle.pipeline import Pipeline
from lifecycle.simulation.frames import Frames
from lifecycle.sources import without

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
    on_point: Callable[[str], None] | None = None,
    pointed: str | None = None,
    key: str = "living-diagram",
) -> None:
    """Show the diagram.

    `frames` None draws the pipeline without a run (no clock). `selected` is the id of a stage or undercurrent; an
    unknown one selects nothing. `moment_s` (seconds of the day) stops the clock there; None lets it play from an
    informative moment. `progress` gives quiz scores, 0 to 1, by place. `overlay` is the undercurrent laid over the
    picture. `summaries` gives one line a place for its card. `on_select` is called before the script reruns with the
    id chosen (None: cleared), `on_moment` with the second of the day at which the clock was stopped or scrubbed to.
    With `on_point` a click selects nothing: it is called with the place, or the flow as `buffer->lake`, that was
    clicked, and `pointed` is the one marked.
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

    def marked() -> None:
        value = _trigger(key, "point")
        if on_point and isinstance(value, str) and value in pointable(pipeline):
            on_point(value)

    with st.container(gap=None):
        mount(
            key=key,
            data=payload(picture, pipeline, summaries or {}) | {"name": key},
            on_select_change=chosen,
            on_moment_change=moved,
            on_point_change=marked,
        )
        note(key=f"{key}-run", data=run_note(frames) | {"name": key, "note": "run"})
        note(
            key=f"{key}-state",
            data={
                "name": key,
                "note": "state",
                "selected": selected if selected in pipeline.by_id else None,
                "moment_s": moment_s,
                "progress": {place: round(float(score), 3) for place, score in (progress or {}).items()},
                "overlay": overlay if overlay in pipeline.by_id else None,
                "pointing": on_point is not None,
                "pointed": pointed,
            },
        )


def pointable(pipeline: Pipeline) -> dict[str, str]:
    """Everything of the picture that an answer may point at, by id (`lake`, `buffer->lake`), with its label."""
    labels = {place: pipeline.by_id[place].label for place in pipeline.places}
    flows = {f"{f.source}->{f.target}": f"{labels[f.source]} → {labels[f.target]}" for f in pipeline.flows}
    return labels | flows


def _trigger(key: str, name: str) -> object:
    state: Any = st.session_state.get(key)
    return None if state is None else state.get(name)


@lru_cache(maxsize=1)
def _components() -> tuple[Any, Any]:
    """The diagram, its scripts joined into one module in the order of their names; and what leaves it a note."""
    script = "\n".join(path.read_text(encoding="utf-8") for path in sorted(LIVING.glob("*.js")))
    style = (LIVING / "diagram.css").read_text(encoding="utf-8")
    note = (LIVING / "note.mjs").read_text(encoding="utf-8")
    component = st.components.v2.component
    return component("headwaters.diagram", js=script, css=style), component("headwaters.diagram_note", js=note)


def payload(picture: graph.Picture, pipeline: Pipeline, summaries: Mapping[str, str]) -> dict[str, Any]:
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
        "flows": [{"source": f.source, "target": f.target, "label": f.label, "loop": f.loop} for f in pipeline.flows],
    }


def run_note(frames: Frames | None) -> dict[str, Any]:
    """The run to play and its digest; equal frames give equal bytes. None: no run, so no clock."""
    packed = pack_frames(frames) if frames is not None else None
    return {"run": _digest(packed), "frames": packed}


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
        place(current, "undercurrent", "undercurrent", {stage: without(act) for stage, act in current.acts})
        for current in pipeline.undercurrents
    ]


_PACKED: dict[int, tuple[Frames, dict[str, Any]]] = {}
_PACKED_MOST = 32


def pack_frames(frames: Frames) -> dict[str, Any]:
    """Make frames small enough to send: every series as whole numbers, see `pack`. Packed once for each Frames."""
    known = _PACKED.get(id(frames))
    if known is not None and known[0] is frames:
        return known[1]
    lost = [station.lost for station in frames.stations.values()]
    series = {
        (name, field): values
        for name, station in frames.stations.items()
        for field, values in {
            "arrived": station.arrived,
            "departed": station.departed,
            "lost": station.lost,
            "inside": station.inside,
            "level": station.level,
            "busy": np.round(np.nan_to_num(station.busy) * BUSY_STEPS),
            "age_s": np.where(np.isnan(station.age_s), -1, np.round(station.age_s)),
            "faulty": station.faulty,
        }.items()
    }
    texts = pack([*series.values(), *frames.flows.values()])
    stations: dict[str, dict[str, str]] = {name: {} for name in frames.stations}
    for (name, field), text in zip(series, texts, strict=False):
        stations[name][field] = text
    packed = {
        "n": len(frames.edges_s) - 1,
        "start": float(frames.edges_s[0]),
        "end": float(frames.edges_s[-1]),
        "travel_s": TRAVEL_S,
        "per_dot": events_per_dot(frames),
        "per_lost": _round_up(_busiest(lost, frames) / 12),
        "opening": opening(frames),
        "stations": stations,
        "flows": [[*flow, text] for flow, text in zip(frames.flows, texts[len(series) :], strict=True)],
    }
    if len(_PACKED) >= _PACKED_MOST:
        _PACKED.pop(next(iter(_PACKED)), None)
    _PACKED[id(frames)] = (frames, packed)
    return packed


def pack(series: Sequence[NDArray[Any]]) -> list[str]:
    """Whole numbers as base64 of zigzag varints of their first differences, each series of its own.

    A quiet series takes a byte a number, and the zeros at its end, where nothing changes any more, none.
    """
    every = [np.diff(np.asarray(one).astype(np.int64), prepend=np.int64(0)) for one in series]
    moving = [one[: np.flatnonzero(one)[-1] + 1] if one.any() else one[:0] for one in every]
    steps = np.concatenate([*moving, np.empty(0, np.int64)])
    zigzag = ((steps << 1) ^ (steps >> 63)).view(np.uint64)
    width = 1 + np.sum([zigzag >= np.uint64(1 << bits) for bits in range(7, 64, 7)], axis=0)
    ends = np.cumsum(width)
    nth = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - width, width)
    chunks = (np.repeat(zigzag, width) >> (7 * nth).astype(np.uint64)) & np.uint64(127)
    packed = (chunks | np.where(nth < np.repeat(width, width) - 1, np.uint64(128), np.uint64(0))).astype(np.uint8)
    cuts = np.concatenate(([0], ends))[np.cumsum([0, *map(len, moving)])]
    return [base64.b64encode(packed[a:b].tobytes()).decode() for a, b in pairwise(cuts)]


def unpack(text: str, n: int) -> NDArray[np.int64]:
    """Undo `pack` for a series of n numbers: what the JavaScript does, for tests and readers."""
    steps, step, shift = [], 0, 0
    for byte in base64.b64decode(text):
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            steps.append((step >> 1) ^ -(step & 1))
            step, shift = 0, 0
    return np.cumsum(np.array(steps + [0] * (n - len(steps)), dtype=np.int64))


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
