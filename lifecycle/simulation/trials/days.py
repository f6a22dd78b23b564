"""Whole days through `simulate`: the ledger to the event, Little's law at every station, and a wait read off a run."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.books import books
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.trials.trial import Trial

# A day in which everything happens that a ledger can get wrong: events that are late, malformed, refused, expired, sent
# twice, rejected, removed as duplicates, copied to two places, split between two, and under way at midnight.
HARSH = Network(
    (
        Station("phone", Role.SOURCE, (("late_share", 0.1), ("late_s", 3_600.0), ("share", 2.0))),
        Station("shop", Role.SOURCE),
        Station("log", Role.INTERFACE, (("malformed_share", 0.05), ("rate_per_s", 0.05), ("burst", 5.0))),
        Station("intake", Role.INGESTION, (("per_event_s", 10.0), ("capacity", 8.0), ("duplicate_share", 0.1))),
        Station("buffer", Role.BUFFER, (("per_event_s", 10.0), ("retention_s", 300.0), ("consumers", 2.0))),
        Station("lake", Role.LAKE, (("flush_interval_s", 3_600.0),)),
        Station("transform", Role.TRANSFORM, (("per_event_s", 8.0), ("reject_share", 0.1))),
        Station("report", Role.CONSUMER, (("interval_s", 7_200.0),)),
        Station("model", Role.CONSUMER),
    ),
    (
        Link("phone", "log"), Link("log", "intake"), Link("shop", "intake"), Link("intake", "buffer"),
        Link("buffer", "lake"), Link("buffer", "transform"),
        Link("transform", "report", 3.0), Link("transform", "model", 1.0),
    ),
)  # fmt: skip


@lru_cache(maxsize=32)
def harsh_day(seed: int) -> Run:
    """Return a day of 6,000 events in which all goes wrong that can."""
    faults = (
        Fault(FaultKind.DOWN, "buffer", 30_000.0, 32_000.0),
        Fault(FaultKind.DOWN, "intake", 50_000.0, 50_500.0),
        Fault(FaultKind.DRIFT, "intake", 60_000.0, 63_000.0, 0.5),
        Fault(FaultKind.SLOW, "transform", 80_000.0, DAY_S, 0.2),
    )
    return simulate(HARSH, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, events=6_000, faults=faults, seed=seed))


def unbalanced(run: Run) -> int:
    """Return by how many events the books of a day are out, summed over all of them: 0 if they balance."""
    return sum(page.out for page in books(run))


def littles_gap(run: Run) -> float:
    """Return the largest relative difference between L and λW at any station, to the day's end.

    L × day is the area under the number inside, walked from change to change; λW × day adds up the time that each
    event spent there. The first is read off what came and went, the second off each event's own fate.
    """
    worst = 0.0
    for passage in run.passages.values():
        if passage.arrived_s.size == 0:
            continue
        up, down = (
            np.concatenate((passage.arrived_s, passage.copied_s)),
            np.concatenate((passage.out_s, passage.lost_s)),
        )
        moments = np.concatenate((up, down))
        order = np.argsort(moments, kind="stable")
        inside = np.cumsum(np.where(order < up.size, 1, -1))
        area = float((inside * np.diff(moments[order], append=run.horizon_s)).sum())
        kept = passage.fate == 0
        ends = np.where(kept, passage.departed_s, 0.0)
        open_end = np.isnan(ends)  # will be lost, but not today
        spent = float(np.minimum(np.where(open_end, run.horizon_s, ends), run.horizon_s)[kept].sum())
        spent += float(passage.lost_s.sum()) - float(passage.arrived_s.sum())
        worst = max(worst, abs(area - spent) / max(area, spent, 1.0))
    return worst


QUEUE = Network(
    (
        Station("source", Role.SOURCE),
        Station("intake", Role.INGESTION, (("per_event_s", 0.0), ("latency_s", 0.0))),
        Station("buffer", Role.BUFFER, (("per_event_s", 4.0),)),
    ),
    (Link("source", "intake"), Link("intake", "buffer")),
)
QUEUE_LOAD = 0.8


def buffer_wait(seed: int) -> float:
    """Return the mean wait (seconds) at the buffer of a day whose events come at random, pushed one by one."""
    events = int(QUEUE_LOAD / 4.0 * DAY_S)
    passage = simulate(
        QUEUE, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, events, seed=seed)
    ).passages["buffer"]
    return float((passage.started_s - passage.arrived_s)[events // 5 :].mean())


DAYS = (
    Trial(
        "run", "A whole day: the buffer's mean wait", "M/M/1 again, read off a run of the pipeline's own stages",
        "Kleinrock (1975)", (("events a day", "17,280"), ("utilisation", "0.8")), "s",
        theory.mm1_wait(QUEUE_LOAD / 4.0, 4.0), buffer_wait,
    ),
    Trial(
        "little", "Little's law at every station", "L = λW on the path itself: no relative difference",
        "Little (1961); Stidham (1974)", (("day", "with losses, copies, outages"),), "of L",
        0.0, lambda seed: littles_gap(harsh_day(seed)), exact=1e-9,
    ),
    Trial(
        "ledger", "The ledger of a day", "born = delivered + lost + removed + inside, to the event, at every station",
        "nothing comes from nothing", (("day", "with losses, copies, outages"),), "events out",
        0.0, lambda seed: float(unbalanced(harsh_day(seed))), exact=0.0,
    ),
)  # fmt: skip
