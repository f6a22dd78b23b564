"""A graph as a pipeline that a day can run: roles that fit their place, loops marked, jobs on a schedule."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean, median, stdev

from lifecycle.importing.drafting.ids import course_ids
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode, ZoneName
from lifecycle.importing.texts import counted
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.schedules import cron, never_comes

UPSTREAM = (Role.SOURCE, Role.INTERFACE, Role.INGESTION)
DOWNSTREAM = (Role.CONSUMER,)
ZONES = {zone: zone.capitalize() for zone in ZoneName}
FITTED_FROM = 5  # observations from which a spread is read off them
MOST_SPREAD, LEAST_S, MOST_S = 10.0, 0.001, 86_400.0
MOST_STAGES, MOST_FLOWS, MOST_CRON = 500, 2_000, 60  # what a course may have; characters of a line of cron
# When the jobs start where nobody has said so: at two in the morning.
NIGHTLY = "0 2 * * *"
NAMED_TIMES = {"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *"}


@dataclass(frozen=True)
class DraftStage:
    """A stage of the course: its own id, the node it was made of, and the role that it has in this place.

    `reason` says why, `certain` whether that leaves no doubt. `drawn_s` is the median of what was observed of its job
    (seconds), None for nothing, of `runs` observations; `drawn_spread` the factor around it. Without a run it is what a
    person has set.
    """

    id: str
    node: ImportedNode
    role: Role
    reason: str
    certain: bool
    scheduled: bool = False
    drawn_s: float | None = None
    drawn_spread: float = 1.0
    runs: int = 0

    @property
    def zone(self) -> ZoneName:
        """Where it is drawn: where a person has set it, else by its role."""
        if self.node.by_hand.zone:
            return self.node.by_hand.zone
        if self.role in UPSTREAM:
            return ZoneName.UPSTREAM
        return ZoneName.DOWNSTREAM if self.role in DOWNSTREAM else ZoneName.MIDSTREAM


@dataclass(frozen=True)
class DraftFlow:
    """A flow between two stages by their ids; `loop` where it leads back."""

    source: str
    target: str
    loop: bool = False


@dataclass(frozen=True)
class Draft:
    """A pipeline as it will be written; `notes` say what was decided on the way. `at` is the jobs' line of cron."""

    title: str
    stages: tuple[DraftStage, ...]
    flows: tuple[DraftFlow, ...]
    notes: tuple[str, ...]
    at: str = ""


def drafted(graph: Imported, title: str) -> Draft:
    """The pipeline of a graph: what no flow reaches is left out; ValueError in words where nothing is left."""
    edges = tuple(edge for edge in graph.edges if edge.source != edge.target)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = [node for node in graph.nodes if node.id in ends]
    if not nodes:
        raise ValueError("no two nodes of it are joined, so there is no flow to simulate")
    if len(nodes) > MOST_STAGES or len(edges) > MOST_FLOWS:
        size = f"{counted(len(nodes), 'node')} and {counted(len(edges), 'edge')}"
        raise ValueError(
            f"{size}, and a course has at most {MOST_STAGES:,} and {MOST_FLOWS:,}: keep a part, or merge some"
        )
    notes = [*graph.notes]
    if alone := len(graph.nodes) - len(nodes):
        notes.append(f"{counted(alone, 'node')} left out, since nothing leads to or from them")
    looping = _backward(nodes, edges)
    if looping:
        notes.append(f"{counted(len(looping), 'edge')} marked as leading back, since the graph comes round")
    fed = {edge.target for edge in edges if edge not in looping}
    ids = course_ids(nodes)
    stages = [_placed(node, ids[node.id], node.id in fed) for node in nodes]
    flows = tuple(DraftFlow(ids[e.source], ids[e.target], e in looping) for e in edges)
    stages, at, scheduled = _scheduled(_fitted(stages, graph), flows)
    return Draft(title, tuple(stages), flows, (*notes, *scheduled, *_unused(stages)), at)


def _placed(node: ImportedNode, id: str, fed: bool) -> DraftStage:
    """A node in its place: events begin where nothing leads to, and only there."""
    if not fed and node.role is not Role.SOURCE:
        return DraftStage(id, node, Role.SOURCE, f"{node.reason}; nothing leads here, so events begin here", False)
    if fed and node.role is Role.SOURCE:
        return DraftStage(id, node, Role.TRANSFORM, f"{node.reason}; something leads here, so it is no source", False)
    return DraftStage(id, node, node.role, node.reason, node.certain)


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


def _fitted(stages: Sequence[DraftStage], graph: Imported) -> list[DraftStage]:
    """The stages with what was observed of their jobs: the median, and from five runs on the spread of the logs."""
    seconds: dict[str, list[float]] = {}
    for seen in graph.observed:
        if seen.status not in ("error", "fail", "skipped", "abort") and seen.seconds > 0.0:
            seconds.setdefault(seen.node, []).append(min(max(seen.seconds, LEAST_S), MOST_S))
    return [_with_times(stage, seconds.get(stage.node.id, [])) for stage in stages]


def _with_times(stage: DraftStage, seconds: Sequence[float]) -> DraftStage:
    set_s = stage.node.by_hand.job_s
    if stage.role is not Role.TRANSFORM or (set_s is None and not seconds):
        return stage
    if set_s is not None:
        return replace(stage, drawn_s=set_s)
    logs = [math.log(lasted) for lasted in seconds]
    if len(logs) < FITTED_FROM:
        return replace(stage, drawn_s=median(seconds), runs=len(logs))
    spread = min(math.exp(stdev(logs)), MOST_SPREAD)
    return replace(stage, drawn_s=math.exp(mean(logs)), drawn_spread=spread, runs=len(logs))


def _scheduled(
    stages: Sequence[DraftStage], flows: Sequence[DraftFlow]
) -> tuple[list[DraftStage], str, tuple[str, ...]]:
    """The transforms on one schedule, when it starts, and what was decided; all as they are where that cannot be."""
    jobs = {stage.id for stage in stages if stage.role is Role.TRANSFORM}
    if not jobs:
        return list(stages), "", ()
    if _interrupted(jobs, flows):
        why = "no schedule: between its jobs lie stages that keep their own time, so each job keeps its own, too"
        return list(stages), "", (why,)
    chosen = [replace(stage, scheduled=stage.id in jobs) for stage in stages]
    at, why = _start(stages, jobs)
    return chosen, at, (f"its {counted(len(jobs), 'job')} start together at {at} (cron): {why}",)


def _start(stages: Sequence[DraftStage], jobs: set[str]) -> tuple[str, str]:
    """When the jobs start, and why then: what a person set, else what the project names, else at night."""
    times = Counter(stage.node.by_hand.at for stage in stages if stage.id in jobs and stage.node.by_hand.at)
    if times:
        at, *others = [time for time, _ in times.most_common()]
        rest = f"; {', '.join(others[:3])}, which you set too, gives way to it" if others else ""
        return at, f"as you set it{rest}"
    named = Counter(NAMED_TIMES.get(s.node.schedule, s.node.schedule) for s in stages if _is_daily(s.node.schedule))
    if named:
        return named.most_common(1)[0][0], "as the project says"
    return NIGHTLY, "a guess, since the project names no time"


def _unused(stages: Sequence[DraftStage]) -> tuple[str, ...]:
    """That times which a person set have no effect, where the stage is no job on the schedule."""
    idle = [s for s in stages if not s.scheduled and (s.node.by_hand.at or s.node.by_hand.job_s is not None)]
    if not idle:
        return ()
    return (
        f"the times that you set of {counted(len(idle), 'stage')} have no effect: only jobs on a schedule have them",
    )


def _is_daily(text: str) -> bool:
    """Whether a schedule is one that a day of the course can have: a name for it, or five plain fields of cron."""
    plain = re.fullmatch(r"[\d,]+ (\*|[\d,]+) \* \* \*", " ".join(text.split()), re.ASCII)
    return text in NAMED_TIMES or (plain is not None and _is_cron(text))


def _is_cron(line: str) -> bool:
    """Whether a day of a course can start jobs by this line of cron."""
    try:
        return len(line) <= MOST_CRON and bool(cron(line)) and not never_comes(line)
    except ValueError:
        return False


def _interrupted(jobs: set[str], flows: Sequence[DraftFlow]) -> bool:
    """Whether a way leads from one job to another through a stage that is none."""
    after: dict[str, list[str]] = {}
    for flow in flows:
        if not flow.loop:
            after.setdefault(flow.source, []).append(flow.target)
    outside = {target for job in jobs for target in after.get(job, ()) if target not in jobs}
    seen, todo = set(outside), list(outside)
    while todo:
        for target in after.get(todo.pop(), ()):
            if target in jobs:
                return True
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return False
