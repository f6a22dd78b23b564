"""When the jobs of a pipeline start, how long they take and how many run at once: as set, as written, as observed."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mean, median, stdev

from lifecycle.importing.drafting.observed import ObservedRun, began_s, most_at_once, observed_runs, threads_of
from lifecycle.importing.drafting.stages import FITTED_FROM, DraftFlow, DraftStage
from lifecycle.importing.drafting.starting import MOST_CRON, usual_start
from lifecycle.importing.graph import Imported, ImportedNode
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.schedules import MOST_SLOTS, cron, never_comes
from lifecycle.words import plural

MOST_SPREAD, LEAST_S, MOST_S = 10.0, 0.001, 86_400.0
# When the jobs start where nobody has said so: at two in the morning.
NIGHTLY = "0 2 * * *"
MIDNIGHT = "0 0 * * *"
NAMED_TIMES = {"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *"}


def fitted(stages: Sequence[DraftStage], graph: Imported) -> list[DraftStage]:
    """The stages with what was observed of their jobs: the median, and from five runs on the spread of the logs."""
    seconds: dict[str, list[float]] = {}
    for seen in graph.observed:
        if seen.succeeded and seen.seconds > 0.0:
            seconds.setdefault(seen.node, []).append(min(max(seen.seconds, LEAST_S), MOST_S))
    return [_with_times(stage, seconds.get(stage.node.id, [])) for stage in stages]


def odd_times(runs: Sequence[ObservedRun]) -> Iterator[str]:
    """Which observed times no job of a course can have, and what became of them, as notes."""
    done = [seen for run in runs for seen in run if seen.succeeded]
    if zeros := sum(seen.seconds <= 0.0 for seen in done):
        yield f"{plural(zeros, 'run')} of no time at all left out of the durations"
    if days := sum(seen.seconds > MOST_S for seen in done):
        yield f"{plural(days, 'run')} of more than a day counted as a day, the longest that a job can take"


def _with_times(stage: DraftStage, seconds: Sequence[float]) -> DraftStage:
    set_s = stage.node.by_hand.job_s
    if stage.role is not Role.TRANSFORM or (set_s is None and not seconds):
        return stage
    if set_s is not None:
        return replace(stage, drawn_s=set_s)
    logs = [math.log(lasted) for lasted in seconds]
    observed = replace(stage, median_s=median(seconds), runs=len(logs), observed_s=tuple(seconds))
    if len(logs) < FITTED_FROM:
        return replace(observed, drawn_s=observed.median_s)
    return replace(observed, drawn_s=math.exp(mean(logs)), drawn_spread=min(math.exp(stdev(logs)), MOST_SPREAD))


def scheduled(
    stages: Sequence[DraftStage], flows: Sequence[DraftFlow], runs: Sequence[ObservedRun]
) -> tuple[list[DraftStage], str, tuple[str, ...]]:
    """The transforms on one schedule, when it starts, and what was decided; each by itself where that cannot be.

    `runs` are those of its jobs that were observed.
    """
    jobs = {stage.id for stage in stages if stage.role is Role.TRANSFORM}
    if not jobs:
        return list(stages), "", ()
    if why := _why_none(stages, jobs, flows):
        alone = [replace(stage, start_guessed=not _is_timed(stage.node)) for stage in stages]
        return alone, "", (f"no schedule: {why}",)
    start = _start([stage.node for stage in stages if stage.id in jobs], runs)
    chosen = [replace(stage, scheduled=stage.id in jobs, start_guessed=start.is_guess) for stage in stages]
    starts = "job starts" if len(jobs) == 1 else f"{len(jobs):,} jobs start together"
    return chosen, start.at, (f"its {starts} at {start.at} (cron): {start.why}",)


def _is_timed(node: ImportedNode) -> bool:
    """Whether somebody has said when it starts."""
    return bool(node.own_time or node.by_hand.at or node.schedule)


def _why_none(stages: Sequence[DraftStage], jobs: set[str], flows: Sequence[DraftFlow]) -> str:
    """Why its jobs are on no schedule; "" where they are."""
    if _interrupted(jobs, flows):
        return "between its jobs lie stages that keep their own time, so each job keeps its own, too"
    nodes = [stage.node for stage in stages if stage.id in jobs]
    if any(node.own_time for node in nodes) and not any(node.by_hand.at for node in nodes):
        return "its jobs keep their own time, as they did where they come from; to give one a time puts them on one"
    return ""


@dataclass(frozen=True)
class _Start:
    """When the jobs start, a line of cron; why then; and whether nobody has said or observed it."""

    at: str
    why: str
    is_guess: bool = False


def _start(jobs: Sequence[ImportedNode], runs: Sequence[ObservedRun]) -> _Start:
    """When the jobs start: as a person set it, else as the project names it, else as was observed, else at night."""
    times = Counter(node.by_hand.at for node in jobs if node.by_hand.at)
    if times:
        at, *others = [time for time, _ in times.most_common()]
        rest = f"; {', '.join(others[:3])}, which you set too, gives way to it" if others else ""
        return _Start(at, f"as you set it{rest}")
    written = [node.schedule for node in jobs]
    named = Counter(NAMED_TIMES.get(text, text) for text in written if _is_daily(text))
    if named:
        at = named.most_common(1)[0][0]
        if at == MIDNIGHT:  # the day begins then, and a run would find nothing on it
            return _Start(NIGHTLY, "the project says midnight, when the simulated day has no rows yet")
        return _Start(at, "as the project says")
    unnamed = "names no time that a day can have" if any(written) else "names no time"
    usual = usual_start([began_s(run) for run in runs])
    if not usual.at:
        return _Start(NIGHTLY, f"a guess, since the project {unnamed}, and {usual.why}", is_guess=True)
    if usual.by_night:
        return _Start(NIGHTLY, f"{usual.why}, when the simulated day has no rows yet, or is over")
    return _Start(usual.at, f"the project {unnamed}, and {usual.why}", usual.is_guess)


def job_runs(stages: Sequence[DraftStage], graph: Imported) -> tuple[ObservedRun, ...]:
    """The runs of its jobs that were observed, by their starts."""
    jobs = {stage.node.id for stage in stages if stage.role is Role.TRANSFORM}
    return observed_runs(seen for seen in graph.observed if seen.node in jobs)


def at_once(runs: Sequence[ObservedRun]) -> tuple[int, str]:
    """How many jobs run at once, 0 where nothing tells it, and what tells it: the threads of the last invocation."""
    if not runs:
        return 0, ""
    named = [run for run in runs if threads_of(run)]
    if not named:
        return min(max(map(most_at_once, runs)), MOST_SLOTS), "no more were seen at work"
    threads = threads_of(named[-1])
    how = "by the names of its threads" if named[-1][0].counted else "as it says itself"
    differ = "; the earlier ones had others" if any(threads_of(run) != threads for run in named) else ""
    most = f", and a course has at most {MOST_SLOTS}" if threads > MOST_SLOTS else ""
    return min(threads, MOST_SLOTS), f"the last invocation had {plural(threads, 'thread')}, {how}{differ}{most}"


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
