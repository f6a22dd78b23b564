"""A graph as a pipeline that a day can run: roles that fit their place, loops marked, jobs on a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lifecycle.importing.drafting.ids import course_ids
from lifecycle.importing.drafting.stages import Draft, DraftFlow, DraftStage
from lifecycle.importing.drafting.timing import at_once, fitted, job_runs, odd_times, scheduled
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.moving import CALLED
from lifecycle.words import plural

MOST_STAGES, MOST_FLOWS = 4_000, 20_000  # what a course may have
CORRECTED = "somebody has corrected it in pipeline.yaml"


def drafted(
    graph: Imported,
    title: str,
    known: Mapping[str, str] | None = None,
    corrected: Mapping[str, Role] | None = None,
) -> Draft:
    """The pipeline of a graph: what no flow reaches is left out; ValueError in words where nothing is left.

    `known`: the stages' ids of nodes that were imported before, or stand in another version, too; `corrected`: roles
    that people have given stages.
    """
    edges = tuple(edge for edge in graph.edges if edge.source != edge.target)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = [node for node in graph.nodes if node.id in ends]
    if not nodes:
        raise ValueError("no two nodes of it are joined, so there is no flow to simulate")
    if len(nodes) > MOST_STAGES or len(edges) > MOST_FLOWS:
        size = f"{plural(len(nodes), 'node')} and {plural(len(edges), 'edge')}"
        raise ValueError(
            f"{size}, and a course has at most {MOST_STAGES:,} and {MOST_FLOWS:,}: keep a part, or merge some"
        )
    notes = [*graph.notes]
    if circles := len(graph.edges) - len(edges):
        notes.append(f"{plural(circles, 'edge')} from a node to itself left out")
    if alone := len(graph.nodes) - len(nodes):
        notes.append(f"{plural(alone, 'node')} left out, since nothing leads to or from them")
    looping = _backward(nodes, edges)
    if looping:
        notes.append(f"{plural(len(looping), 'edge')} marked as leading back, since the graph comes round")
    fed = {edge.target for edge in edges if edge not in looping}
    ids = course_ids(nodes, known)
    placed = (_placed(node, ids[node.id], node.id in fed) for node in nodes)
    stages = [_as_corrected(stage, (corrected or {}).get(stage.id)) for stage in placed]
    flows = tuple(DraftFlow(ids[e.source], ids[e.target], e in looping, e.moves) for e in edges)
    runs = job_runs(stages, graph)
    stages, at, starts = scheduled(fitted(stages, graph), flows, runs)
    flows = tuple(_moving(stages, flows))
    for moves in sorted({flow.moves for flow in flows if flow.moves}):
        notes.append(f"{plural(sum(flow.moves == moves for flow in flows), 'flow')} written with `moves: {moves}`")
    slots, why_so_many = at_once(runs) if at else (0, "")
    so_many = (f"at most {slots} of its jobs run at once: {why_so_many}",) if slots else ()
    return Draft(
        title, tuple(stages), flows, (*notes, *starts, *so_many, *odd_times(runs), *_unused(stages)), at, slots
    )


def _moving(stages: Sequence[DraftStage], flows: Sequence[DraftFlow]) -> Iterator[DraftFlow]:
    """The flows, with how they move where they, or the node that reads, say it of all that leaves a source."""
    by_id = {stage.id: stage for stage in stages}

    def moves(flow: DraftFlow) -> str:
        reader = by_id[flow.target]
        return flow.moves or reader.node.moves if reader.role is Role.INGESTION and not flow.loop else ""

    leaving: dict[str, set[str]] = {}
    for flow in flows:
        if not flow.loop:
            leaving.setdefault(flow.source, set()).add(moves(flow))
    for flow in flows:
        agreed = by_id[flow.source].role in CALLED and len(leaving.get(flow.source, ())) == 1
        yield replace(flow, moves=moves(flow) if agreed else "")


def _placed(node: ImportedNode, id: str, fed: bool) -> DraftStage:
    """A node in its place: events begin where nothing leads to, and only there."""
    if not fed and node.role is not Role.SOURCE:
        place = "nothing leads here, so events begin here"
        return DraftStage(id, node, Role.SOURCE, node.reason, certain=False, place=place)
    if fed and node.role is Role.SOURCE:
        place = "something leads here, so it is no source"
        return DraftStage(id, node, Role.TRANSFORM, node.reason, certain=False, place=place)
    return DraftStage(id, node, node.role, node.reason, node.certain)


def _as_corrected(stage: DraftStage, role: Role | None) -> DraftStage:
    return stage if role is None else replace(stage, role=role, why=CORRECTED, certain=True, place="")


def _backward(nodes: Sequence[ImportedNode], edges: Sequence[ImportedEdge]) -> set[ImportedEdge]:
    """The edges that close a circle on a walk from node to node in their order: without them nothing comes round."""
    after: dict[str, list[ImportedEdge]] = {}
    for one in edges:
        after.setdefault(one.source, []).append(one)
    back: set[ImportedEdge] = set()
    done: set[str] = set()
    for node in nodes:
        if node.id in done:
            continue
        path, todo = {node.id}, [(node.id, iter(after.get(node.id, ())))]
        while todo:
            at, edges_left = todo[-1]
            if (edge := next(edges_left, None)) is None:
                todo.pop()
                path.discard(at)
                done.add(at)
            elif edge.target in path:
                back.add(edge)
            elif edge.target not in done:
                path.add(edge.target)
                todo.append((edge.target, iter(after.get(edge.target, ()))))
    return back


def _unused(stages: Sequence[DraftStage]) -> tuple[str, ...]:
    """That times which a person set have no effect, where the stage is no job on the schedule."""
    idle = [s for s in stages if not s.scheduled and (s.node.by_hand.at or s.node.by_hand.job_s is not None)]
    if not idle:
        return ()
    return (
        f"the times that you set of {plural(len(idle), 'stage')} have no effect: only jobs on a schedule have them",
    )
