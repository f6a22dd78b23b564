"""The runs that were observed, played again: does the order of the jobs explain when a run really ended?

A run is played with the durations that its own jobs had, so what differs is what the model leaves out: other work on
the same machine, locks, the tool's own pauses, or an order that is not in the graph.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from lifecycle.importing import Imported
from lifecycle.importing.drafting import Draft
from lifecycle.importing.drafting.observed import ObservedRun, began_s, most_at_once, observed_runs, threads_of
from lifecycle.simulation.kernels import orchestrated
from lifecycle.words import duration, percent, plural

MISSES = 0.1
"""From this error on, as a share of the real time, the model is said to miss."""


@dataclass(frozen=True)
class ReplayedRun:
    """One run in which every job of the schedule succeeded: its begin (epoch seconds) and how long it took, seconds.

    `simulated_s` is what the same jobs take in the order of the graph, `at_once` of them at the same time.
    """

    began_s: float
    real_s: float
    simulated_s: float
    at_once: int

    @property
    def error(self) -> float:
        """By which share of the real time the simulated end is late; below 0 it is early."""
        return self.simulated_s / self.real_s - 1.0 if self.real_s else 0.0


@dataclass(frozen=True)
class Replay:
    """All that were played, of the `jobs` on the schedule. `left_out`: runs in which a job failed or is missing.

    `unseen`: jobs of the schedule that were never observed, so that they take no time in any run.
    """

    runs: tuple[ReplayedRun, ...]
    left_out: int
    unseen: int
    jobs: int

    @property
    def typical_error(self) -> float:
        """The median of the errors' sizes, NaN where nothing was played."""
        return median(abs(run.error) for run in self.runs) if self.runs else math.nan


def replayed(draft: Draft, graph: Imported) -> Replay:
    """Play each observed run of the draft's schedule again, with the threads that its own invocation had.

    Where nobody says how many these were, with as many as were ever seen at work.
    """
    jobs = [stage for stage in draft.stages if stage.scheduled]
    place = {stage.id: number for number, stage in enumerate(jobs)}
    by_node = {stage.node.id: place[stage.id] for stage in jobs}
    parents: list[list[int]] = [[] for _ in jobs]
    for flow in draft.flows:
        if not flow.loop and flow.source in place and flow.target in place:
            parents[place[flow.target]].append(place[flow.source])
    candidates = observed_runs(seen for seen in graph.observed if seen.node in by_node)
    observed = {seen.node for run in candidates for seen in run}
    whole = tuple(_whole(candidates))
    seen_at_once = max(map(most_at_once, candidates), default=1)
    played = tuple(_played(run, by_node, parents, threads_of(run) or seen_at_once) for run in whole)
    return Replay(played, len(candidates) - len(played), len(jobs) - len(observed), len(jobs))


def _whole(runs: Sequence[ObservedRun]) -> Iterator[ObservedRun]:
    """The runs in which no job failed or is missing; what was added to the project later is missing in none of them."""
    known: set[str] = set()
    for run in runs:
        known.update(seen.node for seen in run)
        if _is_whole(run, known):
            yield run


def _is_whole(run: ObservedRun, known: Collection[str]) -> bool:
    """Whether each job that was known by then is in the run once, and succeeded."""
    return len(run) == len(known) == len({seen.node for seen in run}) and all(seen.succeeded for seen in run)


def replay_sentence(replay: Replay) -> str:
    """How well the runs that really happened are explained, in words; what is missing where none could be played."""
    left = (
        f" {plural(replay.left_out, 'run')} in which a job failed, ran again or is missing: not played."
        if replay.left_out
        else ""
    )
    if not replay.jobs:
        return "The jobs are on no schedule here, so no run that was observed can be played again."
    if not replay.runs:
        return f"No whole run of the schedule was observed, so nothing says how well the model fits.{left}"
    if replay.unseen:
        what = "job was never observed, and takes" if replay.unseen == 1 else "jobs were never observed, and take"
        left += f" {replay.unseen:,} {what} no time in these runs."
    most = sorted({run.at_once for run in replay.runs})
    span = str(most[0]) if len(most) == 1 else f"{most[0]} to {most[-1]} (the threads that each had)"
    worst = max(replay.runs, key=lambda run: abs(run.error))
    return (
        f"{plural(len(replay.runs), 'observed run')}, played again with the jobs' own durations and "
        f"at most {span} at once: the end is typically {percent(replay.typical_error, 1)} off, at worst "
        f"{percent(abs(worst.error), 1)}. {_verdict(replay, worst)}.{left}"
    )


def _verdict(replay: Replay, worst: ReplayedRun) -> str:
    """Whether the order of the jobs and their slots explain the ends."""
    if replay.jobs == 1:
        return "With one job there is no order to test, so that says nothing of the model"
    if replay.typical_error > MISSES:
        return "So the model misses: something else than the order of the jobs and their slots decides when a run ends"
    if abs(worst.error) > MISSES:
        missed = sum(abs(run.error) > MISSES for run in replay.runs)
        return f"So order and slots explain when most runs end, and miss in {missed:,} of {len(replay.runs):,}"
    return "So order and slots explain when a run ends"


def replay_rows(replay: Replay) -> list[dict[str, str]]:
    """Each run as a row of a table, in the order of their begins."""
    return [
        {
            "Run (UTC)": datetime.fromtimestamp(run.began_s, UTC).strftime("%Y-%m-%d %H:%M"),
            "Really took": _to_the_second(run.real_s),
            "Simulated": _to_the_second(run.simulated_s),
            "Error": f"{_sign(run.error)}{percent(abs(run.error), 1)}",
        }
        for run in sorted(replay.runs, key=lambda run: run.began_s)
    ]


def _to_the_second(lasted_s: float) -> str:
    """A length as `17 min 27 s`: in whole minutes two runs that differ look the same."""
    minutes, seconds = divmod(round(lasted_s), 60)
    return f"{minutes:,} min {seconds:02d} s" if minutes else duration(lasted_s)


def _sign(error: float) -> str:
    if abs(error) < 0.0005:  # shown as nothing
        return ""
    return "+" if error > 0 else "−"


def _played(
    run: ObservedRun, by_node: Mapping[str, int], parents: Sequence[Sequence[int]], at_once: int
) -> ReplayedRun:
    lasts_s = [0.0] * len(parents)
    for seen in run:
        lasts_s[by_node[seen.node]] = seen.seconds
    starts_s = began_s(run)
    ended_s = max(seen.start_s + seen.seconds for seen in run)
    _, ends_s = orchestrated(parents, 0.0, lasts_s, at_once)
    return ReplayedRun(starts_s, ended_s - starts_s, float(ends_s.max()), at_once)
