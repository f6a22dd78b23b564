"""The pipeline as a vector drawing: Graphviz's SVG read into reportlab's shapes, with a run's state in the places.

Graphviz writes few kinds of elements, all in absolute coordinates: groups, paths of M and C, polygons, texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from reportlab.graphics.shapes import Circle, Drawing, Group, Path, Polygon, Rect
from reportlab.lib.colors import Color

from lifecycle.course.fault_words import now as wrong_now
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.diagram import state_words
from lifecycle.diagram.state_words import Now
from lifecycle.outputs.pdf.ink import ACCENT, ALARM, INK, LEAST, RULE, SOFT, TINT, lettering
from lifecycle.outputs.pdf.typefaces import BODY, BOLD
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.readings.frames import Counts, Frames
from lifecycle.words import DAY_S, number

_SVG = "{http://www.w3.org/2000/svg}"
_PART = re.compile(r"([MC])([^MC]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_ROOM = 5.0
_FLAT = 40.0  # points: an undercurrent's box is no higher, and holds its name alone
# A name in its box may be set so narrow, as a share of its width, before it is cut.
_NARROW = 0.72


@dataclass(frozen=True)
class Sign:
    """What is written into a place: its state, what was lost there by now, whether it is faulty, who waits in vain."""

    state: str
    lost: str = ""
    faulty: bool = False
    askers: str = ""


def signs(pipeline: Pipeline, frames: Frames, moment_s: float) -> dict[str, Sign]:
    """The state of every stage at a moment of the day, read between the buckets' edges as the living diagram does."""
    steps = len(frames.edges_s) - 1
    step_s = DAY_S / steps
    at = min(steps - 1, max(0, int(moment_s // step_s)))
    part = min(1.0, moment_s / step_s - at)
    wrong = {stage.id: wrong_now(frames.faults, stage.id, at * step_s, (at + 1) * step_s) for stage in pipeline.stages}
    return {stage.id: _sign(stage, frames, moment_s, at, part, step_s, wrong[stage.id]) for stage in pipeline.stages}


def _sign(stage: Stage, frames: Frames, moment_s: float, at: int, part: float, step_s: float, fault: str) -> Sign:
    role, station, moves = stage.role, frames.stations[stage.id], frames.moves
    assert moves is not None, "a picture says what it holds as it is drawn"

    def between(ends: Counts) -> int:
        before = float(ends[at - 1]) if at else 0.0
        return round(before + (float(ends[at]) - before) * part)

    now = Now(
        inside=round(moves.inside(stage.id, moment_s)),
        level=round(moves.level(stage.id, moment_s)),
        out_per_s=0.0 if _passes_nothing(frames.faults, stage.id, moment_s) else float(station.departed[at]) / step_s,
        age_s=station.age_at((at + part) / len(station.age_s)) if role == Role.CONSUMER else math.nan,
        queries=0 if station.queries is None else between(station.queries),
        left_per_min=0.0 if station.left is None else float(station.left[at]) * 60 / step_s,
        fault=fault,
    )
    lost = int(moves.lost(stage.id, moment_s) + 1e-9)
    return Sign(
        state_words.state(role, now),
        f"−{number(lost)} lost" if lost else "",
        bool(station.faulty[at]),
        state_words.askers(now),
    )


def _passes_nothing(faults: Iterable[Fault], stage: str, moment_s: float) -> bool:
    """Whether a stage has stopped or its way out is cut at this very moment, whatever its bucket holds."""
    halts = (fault for fault in faults if fault.station == stage and fault.kind in (FaultKind.DOWN, FaultKind.CUT))
    return any(fault.start_s <= moment_s < fault.end_s for fault in halts)


def diagram(
    pipeline: Pipeline,
    svg: str,
    width: float,
    *,
    marked: str | None = None,
    at: Mapping[str, Sign] | None = None,
    most: float | None = None,
    frame: Collection[str] = (),
) -> Drawing:
    """The picture `width` points wide, or less where it would be higher than `most`; `marked` is a place's id.

    With a `frame` only those zones are drawn, and what flows within them. No letter is smaller than `LEAST` points.
    """
    parts = [part for part in ElementTree.fromstring(svg).findall(f"{_SVG}g/{_SVG}g") if _within(part, pipeline, frame)]
    left, low, right, high = _bounds(parts)
    wide, tall = right - left, high - low
    scale = min(width / wide, (most or tall) / tall if most else width / wide)
    near = {f"flow-{flow.source}-{flow.target}" for flow in pipeline.flows if marked in (flow.source, flow.target)}
    body = Group()
    body.translate(-left, -low)
    for part in parts:
        _part(body, part, marked, near, at or {}, LEAST / scale)
    drawing = Drawing(wide * scale, tall * scale)
    drawing.hAlign = "CENTER"
    outer = Group(body)
    outer.scale(scale, scale)
    drawing.add(outer)
    return drawing


def _within(part: ElementTree.Element, pipeline: Pipeline, frame: Collection[str]) -> bool:
    """Whether a part of the picture belongs to the zones that are shown."""
    if not frame:
        return True
    inside = {stage.id for stage in pipeline.stages if stage.zone in frame}
    shown = {f"zone-{zone}" for zone in frame} | {f"stage-{stage}" for stage in inside}
    shown |= {f"flow-{flow.source}-{flow.target}" for flow in pipeline.flows if {flow.source, flow.target} <= inside}
    return part.attrib.get("id", "") in shown


def _bounds(parts: Collection[ElementTree.Element]) -> tuple[float, float, float, float]:
    """Left, foot, right and top of all outlines, with a little room for rings and badges."""
    every = [
        float(number)
        for part in parts
        for element in part.findall(f"{_SVG}path")
        for number in _NUMBER.findall(element.attrib.get("d", ""))
    ] or [0.0, 0.0, 1.0, 1.0]
    xs, ys = every[::2], [-y for y in every[1::2]]
    return min(xs) - _ROOM, min(ys) - _ROOM, max(xs) + _ROOM, max(ys) + _ROOM


def _part(
    body: Group,
    part: ElementTree.Element,
    marked: str | None,
    near: Collection[str],
    at: Mapping[str, Sign],
    least: float,
) -> None:
    kind, name = part.attrib.get("class", ""), part.attrib.get("id", "")
    if kind == "node":
        place = name.removeprefix("stage-")
        _place(body, part, chosen=place == marked, sign=at.get(place), least=least)
    elif kind == "cluster":
        _outline(body, part, RULE, None, 0.8)
        _texts(body, part, SOFT, least)
    else:
        _flow(body, part, *((ACCENT, 1.8) if name in near else (SOFT, 1.1)), least)


def _outline(body: Group, part: ElementTree.Element, stroke: Color, fill: Color | None, line: float) -> None:
    for element in part.findall(f"{_SVG}path"):
        body.add(_path(element, stroke, fill, line))


def _path(element: ElementTree.Element, stroke: Color, fill: Color | None, line: float) -> Path:
    path = Path(strokeColor=stroke, fillColor=fill, strokeWidth=line, strokeLineJoin=1)
    if dash := element.attrib.get("stroke-dasharray"):
        path.strokeDashArray = [float(length) for length in _NUMBER.findall(dash)]
    for command, rest in _PART.findall(element.attrib.get("d", "")):
        numbers = [float(text) for text in _NUMBER.findall(rest)]
        if command == "M":
            path.moveTo(numbers[0], -numbers[1])
        for start in range(0, len(numbers) - 5, 6) if command == "C" else ():
            path.curveTo(*(-n if i % 2 else n for i, n in enumerate(numbers[start : start + 6])))
    return path


def _flow(body: Group, part: ElementTree.Element, colour: Color, line: float, least: float) -> None:
    _outline(body, part, colour, None, line)
    for element in part.findall(f"{_SVG}polygon"):
        numbers = [float(text) for text in _NUMBER.findall(element.attrib.get("points", ""))]
        corners = [-n if i % 2 else n for i, n in enumerate(numbers)]
        body.add(Polygon(corners, fillColor=colour, strokeColor=colour, strokeWidth=0.8))
    _texts(body, part, SOFT, least)


def _texts(body: Group, part: ElementTree.Element, colour: Color, least: float) -> None:
    for element in part.findall(f"{_SVG}text"):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        body.add(lettering(element.text or "", x, -y, max(size, least), colour=colour, anchor="middle"))


def _place(body: Group, part: ElementTree.Element, *, chosen: bool, sign: Sign | None, least: float) -> None:
    """A box with its name, and with a run the state beneath it; the marked one has a ring, for paper without colour."""
    outline = part.find(f"{_SVG}path")
    if outline is None:
        return
    numbers = [float(text) for text in _NUMBER.findall(outline.attrib.get("d", ""))]
    xs, ys = numbers[::2], [-y for y in numbers[1::2]]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    middle, height = (left + right) / 2, high - low
    if chosen:
        ring = Rect(left - 3.5, low - 3.5, right - left + 7, height + 7, rx=12, ry=12)
        ring.fillColor, ring.strokeColor, ring.strokeWidth = None, ACCENT, 1.2
        body.add(ring)
    fill = TINT if chosen else Color(1, 1, 1)
    body.add(_path(outline, ACCENT if chosen else INK, fill, 2.4 if chosen else 1))
    names = [element.text or "" for element in part.findall(f"{_SVG}text")]
    font = BOLD if chosen else BODY
    room = right - left - 8
    lines = [(name, 12.5, font, INK) for name in names]
    if sign is not None and height > _FLAT:
        lines.append((sign.state, 11.0, BODY, SOFT))
        lines += [(words, 10.0, BOLD, ALARM) for words in (sign.lost, sign.askers) if words]
    step = min(15.0, (height - 8) / max(len(lines), 1))
    y = (low + high) / 2 + step * (len(lines) - 1) / 2 - 4.2
    for text, size, letters, colour in lines:
        type_ = max(size, least)
        body.add(
            lettering(
                text,
                middle,
                y,
                type_,
                font=letters,
                colour=colour,
                anchor="middle",
                most=room,
                least=least,
                narrow=_NARROW,
            )
        )
        y -= step
    if sign is not None and sign.faulty:
        badge = Circle(right - 3, high - 3, 8)
        badge.fillColor, badge.strokeColor, badge.strokeWidth = ALARM, Color(1, 1, 1), 1.2
        body.add(badge)
        body.add(lettering("!", right - 3, high - 7, max(12, least), font=BOLD, colour=Color(1, 1, 1), anchor="middle"))
