"""In which column of the picture each stage stands: long zones folded, loops at the rim."""

from __future__ import annotations

from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.model.lineage import downstream

FOLD = 3
"""Stages a column of a folded zone; three fill a screen's height beside three sources."""
WIDE = 6
"""Columns that still stand readable side by side on a desktop; only a wider picture is folded."""


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
        reached = ready.pop()
        for after in ahead[reached]:
            rank[after] = max(rank[after], rank[reached] + 1)
            waits[after] -= 1
            if not waits[after]:
                ready.append(after)
    return {stage: rank[name] for stage, name in group.items()}


def _runs_long(pipeline: Pipeline, stages: list[str], rank: dict[str, int]) -> bool:
    """Whether a zone is at least four ranks long and at most two stages thick, and no path leaves it to come back."""
    layers = [rank[stage] for stage in stages]
    if len(set(layers)) < FOLD + 1 or max(layers.count(layer) for layer in set(layers)) > FOLD - 1:
        return False
    inside = set(stages)
    exits = {flow.target for flow in pipeline.flows if flow.source in inside and not flow.loop} - inside
    return not any(inside & set(downstream(pipeline.network, stage)) for stage in exits)


def _walk(pipeline: Pipeline, stages: list[str], rank: dict[str, int]) -> list[str]:
    """The zone's stages in the order of the flow, a dead end right after the stage that feeds it."""
    goes_on = {flow.source for flow in pipeline.flows if not flow.loop}
    feeder = {flow.target: rank[flow.source] for flow in pipeline.flows if not flow.loop}
    return sorted(stages, key=lambda s: rank[s] if s in goes_on else feeder.get(s, rank[s]) + 0.5)


def rims(pipeline: Pipeline, column: dict[str, int], folded: list[list[str]]) -> list[list[str]]:
    """The columns of one zone at which a loop ends or begins: in the file's order, the loop's stage outermost."""
    loops = {stage for flow in pipeline.flows if flow.loop for stage in (flow.source, flow.target)}
    zone = {stage.id: stage.zone for stage in pipeline.stages}
    taken = {stage for stack in folded for stage in stack}
    outer = []
    for place in sorted({(column[s], zone[s]) for s in loops - taken}):
        stack = [s.id for s in pipeline.stages if (column[s.id], s.zone) == place and s.id not in taken]
        inner = {frozenset((f.source, f.target)) for f in pipeline.flows}
        if len(stack) > 1 and not any(frozenset((a, b)) in inner for a in stack for b in stack if a != b):
            outer.append([s for s in stack if s not in loops] + [s for s in stack if s in loops])
    return outer
