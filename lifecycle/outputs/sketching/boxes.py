"""A large graph as few boxes: each closed group one stage, each flow with the number of those that it sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from lifecycle.course.pipeline import Flow, Pipeline
from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.looking import GraphBox, GraphLook, collapsed
from lifecycle.outputs.sketching.sketch import draft_of, sketched


@dataclass(frozen=True)
class BoxSketch:
    """The boxes of a graph as a pipeline to draw, never to simulate; `box_of` by the stage's id."""

    pipeline: Pipeline
    box_of: Mapping[str, GraphBox]

    def marked(self, nodes: Set[str]) -> Pipeline:
        """The pipeline with a `?` before the names of boxes that are one of these nodes, or hold any of them."""
        stages = (
            replace(one, label=f"? {one.label}") if nodes & set(self.box_of[one.id].members) else one
            for one in self.pipeline.stages
        )
        return replace(self.pipeline, stages=tuple(stages))

    def stage_of(self, node: str) -> str | None:
        """The stage in which a node of the graph lies."""
        return next((stage for stage, box in self.box_of.items() if node in box.members), None)


def box_sketch(graph: Imported, look: GraphLook) -> BoxSketch:
    """The boxes of a graph in this look. Raises SketchProblem where no flow leads from one box to another."""
    drawn = collapsed(graph, look)
    known = {node.id: node for node in graph.nodes}
    nodes = tuple(_node(box, known) for box in drawn.boxes)
    edges = tuple(ImportedEdge(edge.source, edge.target) for edge in drawn.edges)
    sketch = sketched(draft_of(Imported(nodes, edges), "Groups"))
    boxes = {box.id: box for box in drawn.boxes}
    box_of = {stage: boxes[id] for stage, id in sketch.node_of.items()}
    sums = {(sketch.stage_of[edge.source], sketch.stage_of[edge.target]): edge.edges for edge in drawn.edges}
    flows = tuple(_summed(flow, sums[flow.source, flow.target]) for flow in sketch.pipeline.flows)
    return BoxSketch(replace(sketch.pipeline, flows=flows), box_of)


def _node(box: GraphBox, known: Mapping[str, ImportedNode]) -> ImportedNode:
    """A box as a node: a single node as it is, a group with the role that most of its members have."""
    if not box.group:
        return replace(known[box.members[0]], id=box.id)
    role = Counter(known[id].role for id in box.members).most_common(1)[0][0]
    return ImportedNode(box.id, f"{box.label} ({len(box.members):,})", role, "the role of most nodes in it")


def _summed(flow: Flow, edges: int) -> Flow:
    return replace(flow, label=f"{edges:,} flows") if edges > 1 else flow
