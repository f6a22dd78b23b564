"""The pipeline as a picture: Pipeline -> DOT -> SVG. The only importer of graphviz.

The layout is Graphviz's own, from data alone, but for the row of undercurrents (`band`). Two things help it to a
picture that fits a screen: a zone that runs long and thin is folded into short columns (`columns`), and a few invisible
edges keep the columns' middles level.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
import subprocess
import sys
import sysconfig
import unicodedata
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Literal

import graphviz
from graphviz.backend import dot_command, execute

from lifecycle.course.pipeline import Pipeline, Stage, Undercurrent
from lifecycle.diagram.band import in_one_row
from lifecycle.diagram.columns import FOLD, columns, rims

LayoutDirection = Literal["LR", "TB"]
DIRECTIONS: tuple[LayoutDirection, LayoutDirection] = ("LR", "TB")

_COMMENT = re.compile(r"<!--.*?-->\n?")
LINE = 16
"""Characters of a label's line that fit a node's width."""
STAGE_LINE: dict[LayoutDirection, int] = {"LR": 19, "TB": LINE}
"""The same of a stage: a picture on a desk has more room beside its rows than above them."""
FITS = 14
"""Characters of a line that fit the box that most pipelines have; a longer line makes all boxes wider."""
TIMEOUT_S = 30.0
"""Graphviz takes 10 ms for fifteen stages and a few seconds for five hundred; beyond this it hangs."""

SIZES: dict[LayoutDirection, dict[str, str]] = {
    "LR": {"nodesep": "0.12", "ranksep": "0.5"},
    "TB": {"nodesep": "0.10", "ranksep": "0.40"},
}
NODE: dict[LayoutDirection, tuple[str, str]] = {"LR": ("1.46", "0.91"), "TB": ("1.4", "1.2")}


class GraphvizError(RuntimeError):
    """Graphviz could not draw; the message says what to do."""


class GraphvizStopped(GraphvizError):  # noqa: N818 - what it says is shorter and exact
    """Graphviz gave up on this graph."""


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
    with ThreadPoolExecutor(2) as pool:  # each is a process of Graphviz: of a large pipeline both take a second
        lr, tb = pool.map(lambda direction: _laid_out(pipeline, direction), DIRECTIONS)
    lr = in_one_row(lr, [current.id for current in pipeline.undercurrents])
    return Picture(lr, tb, hashlib.sha256(f"{lr}\0{tb}".encode()).hexdigest()[:12])


def _laid_out(pipeline: Pipeline, direction: LayoutDirection) -> str:
    """The picture in one direction; with straight flows where Graphviz finds no curve for one and gives up."""
    try:
        return svg(dot(pipeline, direction))
    except GraphvizStopped:
        return svg(dot(pipeline, direction, straight=True))


def dot(pipeline: Pipeline, direction: LayoutDirection = "LR", *, straight: bool = False) -> str:
    """Describe `pipeline` to Graphviz. Ids come out as `stage-<id>`, `flow-<source>-<target>` and `zone-<id>`."""
    column, folded = columns(pipeline)
    rows = [_in_rows(rim, direction) for rim in rims(pipeline, column, folded)]
    stacks = folded + [row for rim in rows for row in rim]
    zone_of = {stage.id: stage.zone for stage in pipeline.stages}
    width, height = _size(pipeline, direction)
    graph = graphviz.Digraph("pipeline")
    graph.attr("graph", rankdir=direction, newrank="true", fontname="Helvetica", fontsize="12", **SIZES[direction])
    graph.attr("graph", pad="0.06", margin="0", bgcolor="transparent", labeljust="l")
    if straight:
        graph.attr("graph", splines="line")
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
                    _place(part, stage, direction)
            for stack in stacks:
                if zone_of[stack[0]] == zone.id:
                    _stack(part, pipeline, stack, direction)
    for rim in rows:
        for first, second in pairwise(rim):
            graph.edge(_name(first[len(first) // 2]), _name(second[0]), style="invis", weight="0")
    for stage in pipeline.stages:
        if stage.zone not in {zone.id for zone in pipeline.zones}:
            _place(graph, stage, direction)
    if pipeline.undercurrents and direction == "TB":
        _band(graph, pipeline, column, direction)
    _flows(graph, pipeline, column, direction)
    _level(graph, pipeline, column, folded + [rim[0] for rim in rows])
    return str(graph.source)


def _size(pipeline: Pipeline, direction: LayoutDirection) -> tuple[str, str]:
    """Width and height of every stage's box, inches: as wide as the longest line of any label needs, all alike."""
    width, height = NODE[direction]
    lines = [len(part) for stage in pipeline.stages for part in _two_lines(_plain(stage.label), STAGE_LINE[direction])]
    return f"{float(width) * max(1.0, max(lines, default=0) / FITS):.3g}", height


def _pill(label: str, line: int) -> dict[str, str]:
    """The size of an undercurrent's pill where a stage's width is too little for its icon and its longest line."""
    needed = 0.53 + 0.093 * max(map(len, _two_lines(_plain(label), line)))
    return {"width": f"{needed:.3g}"} if needed > float(NODE["TB"][0]) else {}


def _place(graph: graphviz.Digraph, stage: Stage, direction: LayoutDirection) -> None:
    graph.node(_name(stage.id), label=_label(stage.label, STAGE_LINE[direction]), id=f"stage-{stage.id}")


def _band(graph: graphviz.Digraph, pipeline: Pipeline, column: dict[str, int], direction: LayoutDirection) -> None:
    """Lay the undercurrents as a band beneath all zones: along the columns, or in one row under the last."""
    last = max(column.values(), default=0)
    below = pipeline.undercurrents
    with graph.subgraph(name="cluster_undercurrents") as band:
        band.attr(id="zone-undercurrents", label="Undercurrents", style="rounded", margin="9")
        for current in below:
            line = LINE if direction == "LR" else LINE // 2  # a phone is narrow
            label, size = _label(current.label, line), _pill(current.label, line)
            band.node(_name(current.id), label=label, id=f"stage-{current.id}", height="0.42", **size)
    if not column:
        return
    if direction == "TB":
        ends = [stage for stage, rank in column.items() if rank == last]
        _rows_beneath(graph, below, _name(ends[-1 if len(ends) > FOLD else len(ends) // 2]))
        return
    anchor = {rank: stage for stage, rank in reversed(column.items())}
    most = len(below) if len(below) <= last + 1 else -(-len(below) // 2)  # more than there are columns share them
    spots = [round(i % most * last / max(1, most - 1)) for i in range(len(below))]
    for spot, current in zip(spots, below, strict=True):
        with graph.subgraph() as level:
            level.attr(rank="same")
            level.node(_name(anchor[spot]))
            level.node(_name(current.id))
    for (spot, one), (next_spot, two) in pairwise(zip(spots, below, strict=True)):
        if next_spot > spot:  # a chain through the band keeps it one stripe across the picture
            graph.edge(_name(one.id), _name(two.id), style="invis", weight="0")


def _rows_beneath(graph: graphviz.Digraph, below: Sequence[Undercurrent], above: str) -> None:
    """Top to bottom three pills are as wide as the picture: more stand in rows, one beneath the other."""
    for start in range(0, len(below), FOLD):
        row = [_name(current.id) for current in below[start : start + FOLD]]
        with graph.subgraph() as level:
            level.attr(rank="same")
            for name in row:
                level.node(name)
        for left, right in pairwise(row):
            graph.edge(left, right, style="invis")
        for name in row:
            graph.edge(above, name, style="invis", weight="0")
        above = row[len(row) // 2]


def _flows(graph: graphviz.Digraph, pipeline: Pipeline, column: dict[str, int], direction: LayoutDirection) -> None:
    """Draw the flows. Left to right a column is laid out upwards, so a flow within one is declared backwards."""
    outs = Counter(flow.source for flow in pipeline.flows)
    ins = Counter(flow.target for flow in pipeline.flows)
    for flow in pipeline.flows:
        start, end = _name(flow.source), _name(flow.target)
        attributes = {"id": f"flow-{flow.source}-{flow.target}"}
        if flow.caption and not flow.loop:  # a loop's label would push the rim outwards; its card shows it
            attributes["label"] = _label(flow.caption)
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


def _in_rows(rim: list[str], direction: LayoutDirection) -> list[list[str]]:
    """Top to bottom three boxes are as wide as a phone: more of a column stand in rows, one beneath the other."""
    most = FOLD if direction == "TB" else len(rim)
    return [rim[start : start + most] for start in range(0, len(rim), most)]


def _stack(graph: graphviz.Digraph, pipeline: Pipeline, stack: list[str], direction: LayoutDirection) -> None:
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
    most = max(line, LINE)
    return [part if len(part) <= most else part[: most - 1] + "…" for part in parts]


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
        lines = (error.stderr or b"").decode(errors="replace").strip().splitlines()
        errors = [line for line in lines if "error" in line.lower()] or lines  # warnings say nothing of why
        raise GraphvizStopped(
            f"Graphviz ({binary.name}) stopped with code {error.returncode}: "
            f"{errors[0] if errors else 'it said nothing'}."
        ) from error
    drawn = str(done.stdout, errors="replace")
    start = drawn.find("<svg")
    if start < 0:
        raise GraphvizError(f"Graphviz ({binary.name}) answered without a picture; check that it is Graphviz.")
    return _COMMENT.sub("", drawn[start:].strip()).replace(' xml:space="preserve"', "")  # for phones, every byte counts


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
    on_path = shutil.which("graphviz-pure") or shutil.which("dot")
    return Path(on_path) if on_path else None
