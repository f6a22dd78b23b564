"""A flowchart in Mermaid of what changed and what stands right beside it, bounded, however large the pipelines are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lifecycle.outputs.comparing.comparison import PipelineComparison
from lifecycle.outputs.comparing.escaping import in_mermaid
from lifecycle.outputs.comparing.shapes import ChangeKind

MOST_NODES, MOST_EDGES = 60, 150  # what a page still shows legibly, and well below Mermaid's own limits
MOST_NAME = 40
_LOOKS = {
    ChangeKind.ADDED: "fill:#d7f5dd,stroke:#1a7f37,stroke-width:3px,color:#111",
    ChangeKind.GONE: "fill:#fde0e0,stroke:#b42318,stroke-dasharray:6 4,color:#111",
    ChangeKind.RENAMED: "fill:#e0ecff,stroke:#1f5fbf,color:#111",
    ChangeKind.CHANGED: "fill:#fff3cd,stroke:#8a6100,stroke-width:3px,color:#111",
}
_ARROWS = {
    None: "-->",
    ChangeKind.ADDED: "==>|added|",
    ChangeKind.GONE: "-.->|gone|",
    ChangeKind.CHANGED: "-->|changed|",
}

FlowEnds = tuple[str, str]


@dataclass(frozen=True)
class ChangeSketch:
    """The lines of the flowchart, none where nothing changed; `left_out`: stages, changed or beside, without room."""

    lines: tuple[str, ...]
    left_out: int = 0


def sketch(comparison: PipelineComparison) -> ChangeSketch:
    """Draw what changed: stages and the ends of flows first, then their neighbours, as many as there is room for."""
    became = {change.key: change.kind for change in comparison.stages}
    flows = {change.key: change.kind for change in comparison.flows}
    changed = dict.fromkeys((*became, *(end for ends in flows for end in ends)))
    if not changed:
        return ChangeSketch(())
    every = tuple(
        dict.fromkeys(
            (flow.source, flow.target) for flow in (*comparison.after.pipeline.flows, *comparison.before.pipeline.flows)
        )
    )
    beside = (end for ends in every if changed.keys() & set(ends) for end in ends)
    wanted = tuple(dict.fromkeys((*changed, *beside)))
    drawn = wanted[:MOST_NODES]
    edges = _edges(every, set(drawn), changed.keys(), flows)
    return ChangeSketch(tuple(_lines(comparison, drawn, became, edges, flows)), len(wanted) - len(drawn))


def _edges(
    every: Iterable[FlowEnds], drawn: set[str], changed: Iterable[str], flows: dict[FlowEnds, ChangeKind]
) -> list[FlowEnds]:
    """The flows between drawn stages that touch a change, those that changed themselves first."""
    touching = set(changed)
    inside = [ends for ends in every if drawn.issuperset(ends) and not touching.isdisjoint(ends)]
    return sorted(inside, key=lambda ends: ends not in flows)[:MOST_EDGES]


def _lines(
    comparison: PipelineComparison,
    drawn: Iterable[str],
    became: dict[str, ChangeKind],
    edges: Iterable[FlowEnds],
    flows: dict[FlowEnds, ChangeKind],
) -> Iterator[str]:
    number = {id: f"n{place}" for place, id in enumerate(drawn)}
    yield "flowchart LR"
    for id, node in number.items():
        name = comparison.labels[id]
        short = name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1]}…"
        sign = f"<br/>{became[id]}" if id in became else ""
        yield f'  {node}["{in_mermaid(short)}{sign}"]'
    for source, target in edges:
        yield f"  {number[source]} {_ARROWS[flows.get((source, target))]} {number[target]}"
    for kind, look in _LOOKS.items():
        if members := [node for id, node in number.items() if became.get(id) is kind]:
            yield f"  classDef {kind} {look}"
            yield f"  class {','.join(members)} {kind}"
