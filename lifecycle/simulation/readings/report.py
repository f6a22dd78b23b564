"""A run in the terms of the textbooks: the fate of every event, each stage as a queue, each consumer's percentiles.

What the command line prints, and what other programs may build on: names and units here do not change.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, Role
from lifecycle.simulation.readings.accounts import ages
from lifecycle.simulation.readings.series import busy, latency, percentiles

REFUSED = (Fate.REFUSED, Fate.DROPPED, Fate.UNCONFIRMED)
EXPIRED = (Fate.EXPIRED, Fate.LATE, Fate.SKIPPED)
DEAD_LETTERED = (Fate.MALFORMED, Fate.DRIFTED, Fate.REJECTED, Fate.POISONED)


@dataclass(frozen=True)
class Events:
    """What became of every event of the day: born = delivered + refused + expired + dead_lettered + inside, exactly.

    `delivered`: a consumer has it, or another of the last stages that is no archive. `refused`: a full buffer had no
    room for it, or dropped it for a newer one, or promised it at most once and lost it in the handover. `expired`: it
    waited longer than it was kept, or was skipped by a reader whose place was gone, or came after its window.
    `dead_lettered`: it could not be read, or failed a check.
    `inside`: still on its way, or kept in an archive alone. `duplicated`: second copies that were sent; they are no
    births, so they stand apart.
    """

    born: int
    delivered: int
    refused: int
    expired: int
    dead_lettered: int
    duplicated: int
    inside: int


@dataclass(frozen=True)
class StageFigures:
    """One stage as a queue over the day.

    `arrivals`, `departures`: events, second copies sent left out of the latter. `utilisation`: share of the day in
    which its servers worked, 0 to 1. `mean_queue`, `max_queue`: events that wait for their work to begin, the mean over
    time and the most at once. `mean_wait_s`: from arrival until the work begins or the event is lost, to the day's end
    for one that still waits; so mean_queue × day = arrivals × mean_wait_s (Little). `mean_sojourn_s`:
    from arrival to departure, over the events that departed. NaN where nothing came or went. `throttled`: requests
    that were answered with a 429.
    """

    arrivals: int
    departures: int
    utilisation: float
    mean_queue: float
    max_queue: int
    mean_wait_s: float
    mean_sojourn_s: float
    throttled: int


@dataclass(frozen=True)
class Spread:
    """A distribution in five figures; NaN where there is nothing to measure."""

    mean: float
    p50: float
    p95: float
    p99: float
    max: float


@dataclass(frozen=True)
class ConsumerFigures:
    """What a consumer got: seconds from birth to seen of each delivery, and the age of its newest data over the day."""

    latency_s: Spread
    freshness_s: Spread


@dataclass(frozen=True)
class Report:
    """A run in figures: the fate of the events, `stages` and `consumers` by id."""

    events: Events
    stages: Mapping[str, StageFigures]
    consumers: Mapping[str, ConsumerFigures]

    def as_dict(self) -> dict[str, Any]:
        """Return plain dicts and numbers that JSON can hold; NaN and infinity become None."""
        figures = plain(asdict(self))
        assert isinstance(figures, dict)
        return figures


def report(run: Run) -> Report:
    """Return the day's figures, all read off the events' own timestamps."""
    return Report(
        events=events(run),
        stages={name: stage_figures(run, name) for name in run.passages},
        consumers={
            name: consumer_figures(run, name) for name, passage in run.passages.items() if passage.role == Role.CONSUMER
        },
    )


def consumer_figures(run: Run, consumer: str) -> ConsumerFigures:
    """Return one consumer's figures."""
    return ConsumerFigures(spread(latency(run, consumer)), spread(ages(run, consumer)))


def events(run: Run) -> Events:
    """Return the fate of every event born.

    Where one was copied down several branches the best fate counts: delivered, else on its way, else how it was lost.
    """
    leading, ends = _leading(run)
    delivered, on_its_way, kept = (np.zeros(run.born_s.size, dtype=np.bool_) for _ in range(3))
    loss, lost_at = np.zeros(run.born_s.size, dtype=np.uint8), np.full(run.born_s.size, -math.inf)
    for name, passage in run.passages.items():
        gone = passage.departed_s <= run.horizon_s
        stays = ~gone & (passage.fate == 0)
        (on_its_way if name in leading else kept)[passage.ids[stays]] = True
        if name in ends:
            delivered[passage.ids[gone]] = True
        elif passage.role == Role.ARCHIVE:
            kept[passage.ids[gone]] = True
        _note_losses(passage, loss, lost_at)
    lost = ~(delivered | on_its_way) & (loss > 0)
    counts = np.bincount(loss[lost], minlength=len(Fate))
    return Events(
        born=run.born_s.size,
        delivered=int(delivered.sum()),
        refused=sum(int(counts[fate]) for fate in REFUSED),
        expired=sum(int(counts[fate]) for fate in EXPIRED),
        dead_lettered=sum(int(counts[fate]) for fate in DEAD_LETTERED),
        duplicated=sum(passage.copied_s.size for passage in run.passages.values()),
        inside=int(((on_its_way | (kept & ~lost)) & ~delivered).sum()),
    )


def _leading(run: Run) -> tuple[set[str], set[str]]:
    """The stages from which an event can still reach an end, and the ends: consumers, and last stages but archives."""
    onward = {(link.source, link.target) for link in run.network.links if not link.loop}
    sending = {source for source, _ in onward}
    ends = {
        name
        for name, passage in run.passages.items()
        if passage.role == Role.CONSUMER or (name not in sending and passage.role != Role.ARCHIVE)
    }
    leading = set(ends)
    for name in reversed(tuple(run.passages)):  # each station before all that feed it
        if any((name, target) in onward for target in leading):
            leading.add(name)
    return leading, ends


def _note_losses(passage: Passage, loss: NDArray[np.uint8], lost_at: Seconds) -> None:
    """Keep each event's last loss, in place; a second copy that was removed is no loss of the event."""
    rows = np.flatnonzero((passage.fate > 0) & (passage.fate != Fate.DUPLICATE))
    rows = rows[passage.arrived_s[rows] >= lost_at[passage.ids[rows]]]
    loss[passage.ids[rows]] = passage.fate[rows]
    lost_at[passage.ids[rows]] = passage.arrived_s[rows]


def stage_figures(run: Run, station: str) -> StageFigures:
    """Return one stage's figures."""
    passage, day = run.passages[station], np.array([0.0, run.horizon_s])
    began_s = np.minimum(passage.started_s, run.horizon_s)
    wait_s = began_s - passage.arrived_s
    gone = passage.departed_s <= run.horizon_s
    came = np.arange(1, passage.arrived_s.size + 1)
    in_turn_s = np.sort(began_s, kind="stable")  # nearly sorted already, which this kind of sort is quick at
    waiting = came - np.searchsorted(in_turn_s, passage.arrived_s, "right")
    return StageFigures(
        arrivals=passage.arrived_s.size,
        departures=int(gone.sum()),
        utilisation=float(busy(run, station, day)[0]),
        mean_queue=float(wait_s.sum()) / run.horizon_s,
        max_queue=int(waiting.max(initial=0)),
        mean_wait_s=_mean(wait_s),
        mean_sojourn_s=_mean(passage.departed_s[gone] - passage.arrived_s[gone]),
        throttled=passage.throttled_s.size,
    )


def spread(ascending: Seconds) -> Spread:
    """Return mean and percentiles of sorted seconds."""
    return Spread(_mean(ascending), *percentiles(ascending, (50.0, 95.0, 99.0, 100.0)))


def _mean(values: Seconds) -> float:
    return float(values.mean()) if values.size else math.nan


def plain(value: Any) -> Any:
    """Return dicts and numbers as JSON can hold them: NaN and infinity become None."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
