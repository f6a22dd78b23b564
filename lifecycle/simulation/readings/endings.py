"""What became of all that was born, for one consumer: counts whose sum is the births, to the event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.kinds import Fate
from lifecycle.simulation.readings.series import ON_PURPOSE, passage

# By fate: whether an event that met it was left out on purpose.
_ON_PURPOSE = np.isin(np.arange(len(Fate)), ON_PURPOSE)


@dataclass(frozen=True)
class Endings:
    """The day's events by what had become of them at its end, as one consumer sees it. All counts are events.

    born + twice = delivered + on_the_way + removed + lost + elsewhere.

    `delivered`: deliveries at the consumer. `on_the_way`: not delivered, but a stage that leads to the consumer holds
    it. `removed`: left out on purpose, and not on another way there. `lost`: losses at all stages. `elsewhere`: went
    down a branch that does not lead to the consumer. `twice`: by how much deliveries and losses count events that count
    already: second copies, and events that were lost on one branch and arrived by another.
    `removed_again`: rows removed beside those: second copies, of events that count elsewhere.
    """

    born: int
    delivered: int
    on_the_way: int
    removed: int
    lost: int
    elsewhere: int
    twice: int
    removed_again: int


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What became of each event as one consumer sees it, shape (n,) each; no event is two of them.

    `arrived`, `waits` (on the way), `lost`, `removed`; one that is none of them went elsewhere.
    """

    arrived: Mask
    waits: Mask
    lost: Mask
    removed: Mask


def outcomes(run: Run, consumer: str | None) -> Outcomes:
    """Return what became of each event: of its copies one that arrived counts before one that still may, as below."""
    return _counted(run, consumer)[0]


def endings(run: Run, consumer: str | None) -> Endings:
    """Return what became of every event born; ValueError naming the stations there are if `consumer` is none of them.

    Of an event's copies one that arrived counts before one that still may, and both before a loss. With None for a
    pipeline without consumers nothing is delivered, and all that a stage holds is on the way.
    """
    ends, losses, removals = _counted(run, consumer)
    came = _delivered(run, consumer)
    arrived, failures, without = (int(np.count_nonzero(mask)) for mask in (ends.arrived, ends.lost, ends.removed))
    waiting = int(np.count_nonzero(ends.waits))
    return Endings(
        born=run.born_s.size,
        delivered=came.size,
        on_the_way=waiting,
        removed=without,
        lost=losses,
        elsewhere=run.born_s.size - arrived - waiting - failures - without,
        twice=came.size - arrived + losses - failures,
        removed_again=removals - without,
    )


def _counted(run: Run, consumer: str | None) -> tuple[Outcomes, int, int]:
    """What became of each event, and how many rows were lost and removed."""
    towards = set(run.passages) if consumer is None else leading(run, consumer)
    has_arrived, waits, lost, removed = (_none(run) for _ in range(4))
    has_arrived[_delivered(run, consumer)] = True
    losses = removals = 0
    for name, there in run.passages.items():
        ended = np.flatnonzero(there.fate)  # few of many, so that they are picked first
        purpose = _ON_PURPOSE[there.fate[ended]]
        failed, left_out = there.ids[ended[~purpose]], there.ids[ended[purpose]]
        lost[failed] = True
        removed[left_out] = True
        losses, removals = losses + failed.size, removals + left_out.size
        if name in towards:
            inside = np.flatnonzero(~(there.departed_s <= run.horizon_s))
            waits[there.ids[inside[there.fate[inside] == 0]]] = True
    waits &= ~has_arrived
    gone = ~(has_arrived | waits)
    return Outcomes(has_arrived, waits, gone & lost, gone & removed & ~lost), losses, removals


def _delivered(run: Run, consumer: str | None) -> Ids:
    """The events of the consumer's deliveries, one that came twice twice."""
    if consumer is None:
        return np.empty(0, dtype=np.int32)
    at_station = passage(run, consumer)
    return at_station.ids[at_station.departed_s <= run.horizon_s]


def _none(run: Run) -> Mask:
    return np.zeros(run.born_s.size, dtype=np.bool_)


def leading(run: Run, consumer: str) -> set[str]:
    """Return the consumer and all stages from which an event can still reach it."""
    towards = {consumer}
    for name in reversed(tuple(run.passages)):  # each station before all that feed it
        if any(link.source == name and link.target in towards for link in run.network.links):
            towards.add(name)
    return towards
