"""A graph as a pipeline that a day can run: roles that fit their place, loops marked, jobs on a schedule."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean, median, stdev

from lifecycle.importing.drafting.ids import course_ids
from lifecycle.importing.drafting.observed import most_at_once, observed_runs
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode, ZoneName
from lifecycle.importing.texts import cut
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.moving import CALLED
from lifecycle.simulation.model.schedules import cron, never_comes
from lifecycle.words import plural

UPSTREAM = (Role.SOURCE, Role.INTERFACE, Role.INGESTION)
DOWNSTREAM = (Role.CONSUMER,)
ZONES = {zone: zone.capitalize() for zone in ZoneName}
SCHEDULE = "jobs"  # the id of the schedule on which its jobs are
LABEL = 60
FITTED_FROM = 5  # observations from which a spread is read off them
MOST_SPREAD, LEAST_S, MOST_S = 10.0, 0.001, 86_400.0
MOST_STAGES, MOST_FLOWS, MOST_CRON = 4_000, 20_000, 60  # what a course may have; characters of a line of cron
CORRECTED = "somebody has corrected it in pipeline.yaml"
# When the jobs start where nobody has said so: at two in the morning.
NIGHTLY = "0 2 * * *"
MIDNIGHT = "0 0 * * *"
NAMED_TIMES = {"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *"}


@dataclass(frozen=True)
class DraftStage:
    """A stage of the course: its own id, the node it was made of, and the role that it has in this place.

    `reason` says why, `certain` whether that leaves no doubt. Of what was observed of its job in so many `runs`:
    `median_s`, None for nothing, and what a day on a schedule draws from, the median `drawn_s` of a log-normal (of few
    runs the median itself) and the factor `drawn_spread` around it. What a person has set is drawn instead.
    """

    id: str
    node: ImportedNode
    role: Role
    reason: str
    certain: bool
    scheduled: bool = False
    median_s: float | None = None
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

    @property
    def label(self) -> str:
        """Its name as the course has it."""
        return cut(self.node.name, LABEL)

    @property
    def figures(self) -> Mapping[str, float]:
        """The figures that it has of its runs; none where nothing was observed, or no schedule starts it."""
        if not self.scheduled or self.drawn_s is None:
            return {}
        return {"drawn_s": float(f"{self.drawn_s:.6g}"), "drawn_spread": float(f"{max(1.0, self.drawn_spread):.4g}")}


@dataclass(frozen=True)
class DraftFlow:
    """A flow between two stages by their ids; `loop` where it leads back, `moves` the id of the way that it goes."""

    source: str
    target: str
    loop: bool = False
    moves: str = ""


@dataclass(frozen=True)
class Draft:
    """A pipeline as it will be written; `notes` say what was decided on the way. `at` is the jobs' line of cron,
    and `slots` how many of them were seen at work at once, 0 where nothing was observed."""

    title: str
    stages: tuple[DraftStage, ...]
    flows: tuple[DraftFlow, ...]
    notes: tuple[str, ...]
    at: str = ""
    slots: int = 0


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
    flows = tuple(DraftFlow(ids[e.source], ids[e.target], e in looping) for e in edges)
    stages, at, scheduled = _scheduled(_fitted(stages, graph), flows)
    flows = tuple(_moving(stages, flows))
    for moves in sorted({flow.moves for flow in flows if flow.moves}):
        notes.append(f"{plural(sum(flow.moves == moves for flow in flows), 'flow')} written with `moves: {moves}`")
    slots = _slots(stages, graph) if at else 0
    seen = (f"at most {slots} of its jobs run at once, as was observed",) if slots else ()
    return Draft(title, tuple(stages), flows, (*notes, *scheduled, *seen, *_unused(stages)), at, slots)


def _slots(stages: Sequence[DraftStage], graph: Imported) -> int:
    """How many of the jobs on the schedule were ever seen at work at once."""
    jobs = {stage.node.id for stage in stages if stage.scheduled}
    runs = observed_runs(seen for seen in graph.observed if seen.node in jobs)
    return max(map(most_at_once, runs), default=0)


def _moving(stages: Sequence[DraftStage], flows: Sequence[DraftFlow]) -> Iterator[DraftFlow]:
    """The flows, with how they move where the node that reads says it of all that leaves a source."""
    by_id = {stage.id: stage for stage in stages}

    def moves(flow: DraftFlow) -> str:
        reader = by_id[flow.target]
        return reader.node.moves if reader.role is Role.INGESTION and not flow.loop else ""

    leaving: dict[str, set[str]] = {}
    for flow in flows:
        if not flow.loop:
            leaving.setdefault(flow.source, set()).add(moves(flow))
    for flow in flows:
        agreed = by_id[flow.source].role in CALLED and len(leaving.get(flow.source, ())) == 1
        yield replace(flow, moves=moves(flow)) if agreed else flow


def _placed(node: ImportedNode, id: str, fed: bool) -> DraftStage:
    """A node in its place: events begin where nothing leads to, and only there."""
    if not fed and node.role is not Role.SOURCE:
        return DraftStage(id, node, Role.SOURCE, f"{node.reason}; nothing leads here, so events begin here", False)
    if fed and node.role is Role.SOURCE:
        return DraftStage(id, node, Role.TRANSFORM, f"{node.reason}; something leads here, so it is no source", False)
    return DraftStage(id, node, node.role, node.reason, node.certain)


def _as_corrected(stage: DraftStage, role: Role | None) -> DraftStage:
    return stage if role is None else replace(stage, role=role, reason=CORRECTED, certain=True)


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
        if seen.succeeded and seen.seconds > 0.0:
            seconds.setdefault(seen.node, []).append(min(max(seen.seconds, LEAST_S), MOST_S))
    return [_with_times(stage, seconds.get(stage.node.id, [])) for stage in stages]


def _with_times(stage: DraftStage, seconds: Sequence[float]) -> DraftStage:
    set_s = stage.node.by_hand.job_s
    if stage.role is not Role.TRANSFORM or (set_s is None and not seconds):
        return stage
    if set_s is not None:
        return replace(stage, drawn_s=set_s)
    logs = [math.log(lasted) for lasted in seconds]
    observed = replace(stage, median_s=median(seconds), runs=len(logs))
    if len(logs) < FITTED_FROM:
        return replace(observed, drawn_s=observed.median_s)
    return replace(observed, drawn_s=math.exp(mean(logs)), drawn_spread=min(math.exp(stdev(logs)), MOST_SPREAD))


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
    starts = "job starts" if len(jobs) == 1 else f"{len(jobs):,} jobs start together"
    return chosen, at, (f"its {starts} at {at} (cron): {why}",)


def _start(stages: Sequence[DraftStage], jobs: set[str]) -> tuple[str, str]:
    """When the jobs start, and why then: what a person set, else what the project names, else at night."""
    times = Counter(stage.node.by_hand.at for stage in stages if stage.id in jobs and stage.node.by_hand.at)
    if times:
        at, *others = [time for time, _ in times.most_common()]
        rest = f"; {', '.join(others[:3])}, which you set too, gives way to it" if others else ""
        return at, f"as you set it{rest}"
    written = [stage.node.schedule for stage in stages if stage.id in jobs]
    named = Counter(NAMED_TIMES.get(text, text) for text in written if _is_daily(text))
    if named:
        at = named.most_common(1)[0][0]
        if at == MIDNIGHT:  # the day begins then, and a run would find nothing on it
            return NIGHTLY, "the project says midnight, when the simulated day has no rows yet"
        return at, "as the project says"
    return NIGHTLY, "a guess, since the project names no time"


def _unused(stages: Sequence[DraftStage]) -> tuple[str, ...]:
    """That times which a person set have no effect, where the stage is no job on the schedule."""
    idle = [s for s in stages if not s.scheduled and (s.node.by_hand.at or s.node.by_hand.job_s is not None)]
    if not idle:
        return ()
    return (
        f"the times that you set of {plural(len(idle), 'stage')} have no effect: only jobs on a schedule have them",
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
