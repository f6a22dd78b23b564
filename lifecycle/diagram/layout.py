"""The pipeline as a picture: Pipeline -> DOT -> SVG. The only importer of graphviz.

The layout is Graphviz's own, from data alone. Two things help it to a picture that fits a screen: a zone that runs long
and thin is folded into short columns (`columns`), and a few invisible edges keep the columns' middles level.
"""

from __future__ import annotations

import hashlib
import html
import math
import re
import shutil
import subprocess
import sys
import sysconfig
import unicodedata
from collections import Counter
from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Literal

import graphviz
from graphviz.backend import dot_command, execute

from lifecycle.course.pipeline import Pipeline, Stage, Undercurrent
from lifecycle.documents import Problem

Direction = Literal["LR", "TB"]

FOLD = 3
"""Stages a column of a folded zone; three fill a screen's height beside three sources."""
WIDE = 6
"""Columns that still stand readable side by side on a desktop; only a wider picture is folded."""
LINE = 16
"""Characters of a label's line that fit a node's width."""
FITS = 14
"""Characters of a line that fit the box that most pipelines have; a longer line makes all boxes wider."""
TIMEOUT_S = 30.0
"""Graphviz takes 10 ms for fifteen stages and a few seconds for five hundred; beyond this it hangs."""

SIZES: dict[Direction, dict[str, str]] = {
    "LR": {"nodesep": "0.17", "ranksep": "0.52"},
    "TB": {"nodesep": "0.10", "ranksep": "0.40"},
}
NODE: dict[Direction, tuple[str, str]] = {"LR": ("1.46", "0.93"), "TB": ("1.4", "1.2")}


class GraphvizError(RuntimeError):
    """Graphviz could not draw; the message says what to do."""


class GraphvizMissing(GraphvizError):  # noqa: N818 - what it says is shorter and exact
    """No Graphviz executable was found."""


@dataclass(frozen=True)
class Picture:
    """The pipeline as SVG text, left to right (`lr`) and top to bottom (`tb`); `version` changes when either does."""

    lr: str
    tb: str
    version: str


def picture(pipeline: Pipeline) -> Picture:
    """Draw `pipeline` in both directions; raises GraphvizError."""
    lr, tb = svg(dot(pipeline, "LR")), svg(dot(pipeline, "TB"))
    return Picture(lr, tb, hashlib.sha256(f"{lr}\0{tb}".encode()).hexdigest()[:12])


def dot(pipeline: Pipeline, direction: Direction = "LR") -> str:
    """Describe `pipeline` to Graphviz. Ids come out as `stage-<id>`, `flow-<source>-<target>` and `zone-<id>`."""
    column, folded = columns(pipeline)
    stacks = folded + _rims(pipeline, column, folded)
    zone_of = {stage.id: stage.zone for stage in pipeline.stages}
    width, height = _size(pipeline, direction)
    graph = graphviz.Digraph("pipeline")
    graph.attr("graph", rankdir=direction, newrank="true", fontname="Helvetica", fontsize="12", **SIZES[direction])
    graph.attr("graph", pad="0.06", margin="0", bgcolor="transparent", labeljust="l")
    graph.attr("node", shape="box", style="rounded", fixedsize="true", width=width, height=height)
    graph.attr("node", fontname="Helvetica", fontsize="12.5")
    graph.attr("edge", fontname="Helvetica", fontsize="11", arrowsize="0.6")
    if pipeline.undercurrents and direction == "LR":
        _band(graph, pipeline, column, direction)  # named first it is laid out lowest
    for zone in pipeline.zones:
        with graph.subgraph(name=f"cluster_{_name(zone.id)}") as part:
            part.attr(id=f"zone-{zone.id}", label=_label(zone.label), style="rounded", margin="9")
            for stage in pipeline.stages:
                if stage.zone == zone.id:
                    _place(part, stage)
            for stack in stacks:
                if zone_of[stack[0]] == zone.id:
                    _stack(part, pipeline, stack, direction)
    for stage in pipeline.stages:
        if stage.zone not in {zone.id for zone in pipeline.zones}:
            _place(graph, stage)
    if pipeline.undercurrents and direction == "TB":
        _band(graph, pipeline, column, direction)
    _flows(graph, pipeline, column, direction)
    _level(graph, pipeline, column, stacks)
    return str(graph.source)


def _size(pipeline: Pipeline, direction: Direction) -> tuple[str, str]:
    """Width and height of every stage's box, inches: as wide as the longest line of any label needs, all alike."""
    width, height = NODE[direction]
    lines = [len(part) for stage in pipeline.stages for part in _two_lines(_plain(stage.label), LINE)]
    return f"{float(width) * max(1.0, max(lines, default=0) / FITS):.3g}", height


def _pill(label: str, direction: Direction) -> dict[str, str]:
    """The size of an undercurrent's pill where a stage's width is too little for its icon and its longest line."""
    longest = max(map(len, _two_lines(_plain(label), LINE if direction == "LR" else LINE // 2)))
    needed = 0.56 + 0.093 * longest
    return {"width": f"{needed:.3g}"} if needed > float(NODE[direction][0]) else {}


def icon_problems(pipeline: Pipeline, text: str, file: str) -> tuple[Problem, ...]:
    """Icons of a pipeline that nobody has drawn, with those that there are. `text` is the file, for the lines."""
    found = []
    for place in pipeline.by_id.values():
        if place.icon and place.icon not in ICONS:
            number = next((n for n, line in enumerate(text.split("\n"), 1) if _names_icon(line, place.icon)), 1)
            what = f"{place.label} has the icon {place.icon}, which nobody has drawn"
            found.append(Problem(file, number, what, f"use one of {', '.join(sorted(ICONS))}, or leave it out"))
    return tuple(found)


def _names_icon(line: str, icon: str) -> bool:
    return re.search(rf"\bicon:\s*[\"']?{re.escape(icon)}\b", line) is not None


def columns(pipeline: Pipeline) -> tuple[dict[str, int], list[list[str]]]:
    """Say in which column each stage stands, from 0, and which columns are folded (their stages, first to last)."""
    rank = _ranks(pipeline, [])
    folded: list[list[str]] = []
    if max(rank.values(), default=0) + 1 > WIDE:
        for zone in pipeline.zones:
            stages = [stage.id for stage in pipeline.stages if stage.zone == zone.id]
            if _runs_long(pipeline, stages, rank):
                walk = _walk(pipeline, stages, rank)
                folded += [walk[start : start + FOLD] for start in range(0, len(walk), FOLD)]
    return _ranks(pipeline, folded), folded


def _ranks(pipeline: Pipeline, folded: list[list[str]]) -> dict[str, int]:
    """Longest path from a source, with every folded column as one place."""
    group = {stage.id: stage.id for stage in pipeline.stages}
    group.update({stage: column[0] for column in folded for stage in column})
    ahead: dict[str, list[str]] = {name: [] for name in group.values()}
    waits = dict.fromkeys(group.values(), 0)
    for flow in pipeline.flows:
        start, end = group[flow.source], group[flow.target]
        if not flow.loop and start != end:
            ahead[start].append(end)
            waits[end] += 1
    rank = dict.fromkeys(waits, 0)
    ready = [name for name, count in waits.items() if not count]
    while ready:
        here = ready.pop()
        for there in ahead[here]:
            rank[there] = max(rank[there], rank[here] + 1)
            waits[there] -= 1
            if not waits[there]:
                ready.append(there)
    return {stage: rank[name] for stage, name in group.items()}


def _runs_long(pipeline: Pipeline, stages: list[str], rank: dict[str, int]) -> bool:
    """Whether a zone is at least four ranks long and at most two stages thick, and no path leaves it to come back."""
    layers = [rank[stage] for stage in stages]
    if len(set(layers)) < FOLD + 1 or max(layers.count(layer) for layer in set(layers)) > FOLD - 1:
        return False
    inside = set(stages)
    exits = {flow.target for flow in pipeline.flows if flow.source in inside and not flow.loop} - inside
    return not any(inside & pipeline.downstream(stage) for stage in exits)


def _walk(pipeline: Pipeline, stages: list[str], rank: dict[str, int]) -> list[str]:
    """The zone's stages in the order of the flow, a dead end right after the stage that feeds it."""
    goes_on = {flow.source for flow in pipeline.flows if not flow.loop}
    feeder = {flow.target: rank[flow.source] for flow in pipeline.flows if not flow.loop}
    return sorted(stages, key=lambda s: rank[s] if s in goes_on else feeder.get(s, rank[s]) + 0.5)


def _place(graph: graphviz.Digraph, stage: Stage) -> None:
    graph.node(_name(stage.id), label=_label(stage.label), id=f"stage-{stage.id}")


def _band(graph: graphviz.Digraph, pipeline: Pipeline, column: dict[str, int], direction: Direction) -> None:
    """Lay the undercurrents as a band beneath all zones: along the columns, or in one row under the last."""
    last = max(column.values(), default=0)
    anchor = {rank: stage for stage, rank in reversed(column.items())}
    below = pipeline.undercurrents
    with graph.subgraph(name="cluster_undercurrents") as band:
        band.attr(id="zone-undercurrents", label="Undercurrents", style="rounded", margin="9")
        for current in below:
            name, label = _name(current.id), _label(current.label, LINE if direction == "LR" else LINE // 2)
            band.node(name, label=label, id=f"stage-{current.id}", height="0.42", **_pill(current.label, direction))
    if not anchor:
        return
    if direction == "TB":
        ends = [stage for stage, rank in column.items() if rank == last]
        for current in below:
            graph.edge(_name(ends[len(ends) // 2]), _name(current.id), style="invis", weight="0")
        return
    spots = [round(i * last / max(1, len(below) - 1)) for i in range(len(below))]
    for spot, current in zip(spots, below, strict=True):
        with graph.subgraph() as level:
            level.attr(rank="same")
            level.node(_name(anchor[spot]))
            level.node(_name(current.id))
    for (spot, one), (next_spot, two) in pairwise(zip(spots, below, strict=True)):
        if next_spot > spot:  # a chain through the band keeps it one stripe across the picture
            graph.edge(_name(one.id), _name(two.id), style="invis", weight="0")


def _flows(graph: graphviz.Digraph, pipeline: Pipeline, column: dict[str, int], direction: Direction) -> None:
    """Draw the flows. Left to right a column is laid out upwards, so a flow within one is declared backwards."""
    outs = Counter(flow.source for flow in pipeline.flows)
    ins = Counter(flow.target for flow in pipeline.flows)
    for flow in pipeline.flows:
        start, end = _name(flow.source), _name(flow.target)
        attributes = {"id": f"flow-{flow.source}-{flow.target}"}
        if flow.label and not flow.loop:  # a loop's label would push the rim outwards; its card shows it
            attributes["label"] = _label(flow.label)
        if flow.loop:
            attributes["style"] = "dashed"
            if direction == "LR":  # round beneath the picture; top to bottom the short way along its side is narrower
                attributes |= {"tailport": "s", "headport": "s"}
            if column[flow.target] < column[flow.source]:  # with the stream Graphviz finds the way round the rim
                graph.edge(end, start, dir="back", weight="0", **attributes)
            else:
                graph.edge(start, end, constraint="false", **attributes)
        elif column[flow.source] == column[flow.target] and direction == "LR":
            graph.edge(end, start, dir="back", **attributes)
        else:
            only = outs[flow.source] == 1 == ins[flow.target]
            graph.edge(start, end, **attributes, **({"weight": "4"} if only else {}))


def _stack(graph: graphviz.Digraph, pipeline: Pipeline, stack: list[str], direction: Direction) -> None:
    """Hold a column together and in order, first stage on top (or leftmost)."""
    linked = {frozenset((flow.source, flow.target)) for flow in pipeline.flows}
    with graph.subgraph() as level:
        level.attr(rank="same")
        for stage in stack:
            level.node(_name(stage))
    for above, below in pairwise(stack):
        if frozenset((above, below)) not in linked:
            ends = (below, above) if direction == "LR" else (above, below)
            graph.edge(_name(ends[0]), _name(ends[1]), style="invis")


def _level(graph: graphviz.Digraph, pipeline: Pipeline, column: dict[str, int], stacks: list[list[str]]) -> None:
    """Keep the middles of neighbouring columns level by heavy edges that are not drawn."""
    middle = {stage: stack[len(stack) // 2] for stack in stacks for stage in stack}
    alone = {stage for stage, rank in column.items() if list(column.values()).count(rank) == 1}
    level = {**{stage: stage for stage in alone}, **middle}
    pairs = {(level[f.source], level[f.target]) for f in pipeline.flows if {f.source, f.target} <= level.keys()}
    for start, end in sorted(pairs):
        if column[start] < column[end]:
            graph.edge(_name(start), _name(end), style="invis", weight="9")


def _rims(pipeline: Pipeline, column: dict[str, int], folded: list[list[str]]) -> list[list[str]]:
    """Columns of one zone at which a loop ends or begins: in the file's order, the loop's stage outermost."""
    loops = {stage for flow in pipeline.flows if flow.loop for stage in (flow.source, flow.target)}
    zone = {stage.id: stage.zone for stage in pipeline.stages}
    taken = {stage for stack in folded for stage in stack}
    rims = []
    for place in sorted({(column[s], zone[s]) for s in loops - taken}):
        stack = [s.id for s in pipeline.stages if (column[s.id], s.zone) == place and s.id not in taken]
        inner = {frozenset((f.source, f.target)) for f in pipeline.flows}
        if len(stack) > 1 and not any(frozenset((a, b)) in inner for a in stack for b in stack if a != b):
            rims.append([s for s in stack if s not in loops] + [s for s in stack if s in loops])
    return rims


def _name(identifier: str) -> str:
    """Check an id before it becomes part of DOT and of the page's ids."""
    if not re.fullmatch(r"\w[\w-]*", identifier):
        raise ValueError(f"{identifier!r} cannot be an id in the diagram: use letters, digits and hyphens only.")
    return identifier


def _label(text: str, line: int = LINE) -> str:
    """Make content text a label: at most two lines, and nothing in it means anything to Graphviz."""
    # an ampersand would start an HTML entity, an angle bracket an HTML label, a backslash an escape
    lines = [html.escape(part, quote=False) for part in _two_lines(_plain(text), line)]
    return "\\n".join(str(graphviz.escape(part)) for part in lines)


def _plain(text: str) -> str:
    """One line, without control marks (XML forbids them) and direction marks (they turn the text beside them)."""
    return " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in text).split())


def _two_lines(text: str, line: int) -> list[str]:
    """Break at the space that leaves the shortest longer line; cut what is longer than two lines hold."""
    words = text.split(" ")
    parts = [text]
    if len(text) > line - 2 and len(words) > 1:
        breaks = [[" ".join(words[:i]), " ".join(words[i:])] for i in range(1, len(words))]
        parts = min(breaks, key=lambda pair: max(map(len, pair)))
    return [part if len(part) <= LINE else part[: LINE - 1] + "…" for part in parts]


def svg(dot_text: str, *, executable: Path | None = None, timeout_s: float = TIMEOUT_S) -> str:
    """Lay out and draw `dot_text`; the text from `<svg` on. Raises GraphvizMissing and GraphvizError."""
    binary = executable or find_executable()
    if binary is None:
        raise GraphvizMissing("No Graphviz found: install it with `pip install graphviz-pure`, or install `dot`.")
    dot_command.DOT_BINARY = binary
    command = dot_command.command("dot", "svg")
    try:
        done = execute.run_check(command, input=dot_text.encode(), capture_output=True, timeout=timeout_s, quiet=True)
    except (graphviz.ExecutableNotFound, PermissionError) as error:
        raise GraphvizMissing(
            f"Graphviz cannot be started at {binary}: install it anew or make it executable."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise GraphvizError(
            f"Graphviz ({binary.name}) gave no picture within {timeout_s:g} s and was stopped."
        ) from error
    except subprocess.CalledProcessError as error:
        said = (error.stderr or b"").decode(errors="replace").strip().splitlines()
        raise GraphvizError(
            f"Graphviz ({binary.name}) stopped with code {error.returncode}: {said[0] if said else 'it said nothing'}."
        ) from error
    drawn = str(done.stdout, errors="replace")
    start = drawn.find("<svg")
    if start < 0:
        raise GraphvizError(f"Graphviz ({binary.name}) answered without a picture; check that it is Graphviz.")
    return drawn[start:].strip()


def find_executable() -> Path | None:
    """The wheel's `graphviz-pure`, wherever pip put it; else a `dot` on the path; else None."""
    names = ("graphviz-pure", "graphviz-pure.exe")
    places = [Path(sysconfig.get_path("scripts")), Path(sys.executable).parent]
    try:
        files = metadata.distribution("graphviz-pure").files or []
        places += [Path(str(file.locate())).parent for file in files if Path(file).name in names]
    except metadata.PackageNotFoundError:
        pass
    for place in places:
        for name in names:
            if (place / name).is_file():
                return place / name
    found = shutil.which("graphviz-pure") or shutil.which("dot")
    return Path(found) if found else None


def icon(place: Stage | Undercurrent) -> str:
    """The drawing of a place: path data in a box of 24 x 24, to be stroked."""
    return ICONS.get(place.icon, ICONS["dot"])


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0"


def _cog(x: float, y: float, r: float, teeth: int) -> str:
    """A wheel with `teeth` spokes that stand out of its rim."""
    turns = [2 * math.pi * i / teeth for i in range(teeth)]
    ends = [(x + k * math.cos(a), y + k * math.sin(a)) for a in turns for k in (r, r + 2.2)]
    spokes = "".join(
        f"M{a[0]:.2f} {a[1]:.2f}L{b[0]:.2f} {b[1]:.2f}" for a, b in zip(ends[::2], ends[1::2], strict=True)
    )
    return _circle(x, y, r) + spokes


ICONS: dict[str, str] = {
    "dot": _circle(12, 12, 4),
    "database": "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3z"
    "M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
    "pulse": "M2 12h4l3-8 5 16 3-8h5",
    "globe": _circle(12, 12, 9) + "M3 12h18M12 3c3 2.6 4 5.6 4 9s-1 6.4-4 9c-3-2.6-4-5.6-4-9s1-6.4 4-9",
    "plug": "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
    "cable": "M3 5h5v5H3zM16 14h5v5h-5zM5.500 10v3a4 4 0 0 0 4 4h1a2 2 0 0 0 2-2V8a3 3 0 0 1 3-3h0a3 3 0 0 1 3 3v6",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7",
    "pump": _circle(11, 13, 6) + "M11 7h9v5M2 13h3M11 13V9.500M11 13l3 1.800M11 13l-3 1.800",
    "queue": "M3 7h4v10H3zM10 7h4v10h-4zM17 7h4v10h-4z",
    "lake": "".join(f"M2 {y}c2.5-2 4.5-2 6.7 0s4.300 2 6.600 0 4.200-2 6.700 0" for y in (7, 12, 17)),
    "gears": _cog(9, 9.5, 4, 8) + _cog(17.5, 17, 2.5, 6),
    "warehouse": "M3 21V9l9-5 9 5v12M7 21v-8h10v8M7 17h10",
    "archive": "M3 4h18v5H3zM5 9v11h14V9M10 13h4",
    "chart": "M4 3v18h17M8 17v-5M13 17V7M18 17v-8",
    "model": _circle(5, 6, 2)
    + _circle(5, 18, 2)
    + _circle(12, 12, 2)
    + _circle(19, 12, 2)
    + "M6.600 7.200l3.800 3.400M6.600 16.800l3.800-3.400M14 12h3",
    "return": "M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 11h-4",
    "key": _circle(8, 15, 4.5) + "M11.200 11.800L20 3M16 7l3 3M18.500 4.500l2 2",
    "lock": "M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2.500",
    "mask": "M3 8c6-3 12-3 18 0 0 7-3 10-6 10-1.500 0-2-2-3-2s-1.500 2-3 2c-3 0-6-3-6-10z"
    "M7 11.500c1.200-1 2.500-1 3.500.5M13.500 12c1-1.500 2.300-1.500 3.500-.5",
}
