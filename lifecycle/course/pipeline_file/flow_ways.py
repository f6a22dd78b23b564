"""How flows of `pipeline.yaml` move: the author's own ways under `ways:`, and what a flow's `moves` names."""

from __future__ import annotations

from collections.abc import Mapping

from lifecycle.course.pipeline import Pipeline
from lifecycle.documents import Fields
from lifecycle.simulation.model.kinds import Size, Start, Waits
from lifecycle.simulation.model.moving import moving_problems
from lifecycle.simulation.model.ways import WAYS, Way, way_problems

MAX_WAYS, TITLE = 20, 20  # of ways; characters that fit beside a flow


def read_ways(top: Fields) -> Mapping[str, Way]:
    """The ways that a flow may name, those that are always there first; what is wrong is reported."""
    ways = dict(WAYS)
    for node in top.items("ways", MAX_WAYS):
        fields = Fields(node, top.file, top.problems, "way")
        id, title = fields.name(), fields.text("title", TITLE)
        starts, size = fields.kind_of("starts", Start), fields.kind_of("size", Size)
        waits = fields.kind_of("waits", Waits)
        interval_s, offset_s = _seconds(fields, "interval_s"), _seconds(fields, "offset_s")
        fields.done()
        if id in ways:
            which = "comes with every course" if id in WAYS else "stands twice"
            top.report(node.line, f"the way {id} {which}", "give this one another id")
        elif id:
            ways[id] = WAYS["topic"]  # only to stand for one that is wrong: the flow that names it is not
            if starts and size and waits:
                way = Way(id, title or id, starts, size, waits, interval_s, offset_s)
                problems = [problem.partition("; ") for problem in way_problems(way)]
                for what, _, fix in problems:
                    top.report(node.line, f"the way {id}: {what}", fix)
                ways[id] = ways[id] if problems else way
    return ways


def _seconds(fields: Fields, key: str) -> float:
    node = fields.node(key)
    return 0.0 if node is None else float(fields.number_of(node, key) or 0.0)


def read_moves(flow: Fields, ways: Mapping[str, Way]) -> Way | None:
    """How a flow says that it moves; None where it does not."""
    return ways.get(flow.choice("moves", list(ways)))


def check_moves(top: Fields, pipeline: Pipeline, line_of: Mapping[str, int]) -> None:
    """Report the flows that cannot say how they move; of stages whose role is not known nothing is judged."""
    network = pipeline.network
    for flow, link in zip(pipeline.flows, network.links, strict=True):
        if pipeline.unsure.isdisjoint((flow.source, flow.target)):
            for problem in moving_problems(network, link):
                what, _, fix = problem.partition("; ")
                top.report(line_of[f"{flow.source} -> {flow.target}"], f"{flow.source} to {flow.target}: {what}", fix)
