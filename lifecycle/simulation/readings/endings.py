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


def endings(run: Run, consumer: str | None) -> Endings:
    """Return what became of every event born; ValueError naming the stations there are if `consumer` is none of them.

    Of an event's copies one that arrived counts before one that still may, and both before a loss. With None for a
    pipeline without consumers nothing is delivered, and all that a stage holds is on the way.
    """
    leading = set(run.passages) if consumer is None else _leading(run, consumer)
    came = _delivered(run, consumer)
    has_arrived, waits, lost, removed = (_none(run) for _ in range(4))
    has_arrived[came] = True
    losses = removals = 0
    for name, there in run.passages.items():
        ended = np.flatnonzero(there.fate)  # few of many, so that they are picked first
        purpose = _ON_PURPOSE[there.fate[ended]]
        failed, left_out = there.ids[ended[~purpose]], there.ids[ended[purpose]]
        lost[failed] = True
        removed[left_out] = True
        losses, removals = losses + failed.size, removals + left_out.size
        if name in leading:
            inside = np.flatnonzero(~(there.departed_s <= run.horizon_s))
            waits[there.ids[inside[there.fate[inside] == 0]]] = True
    waits &= ~has_arrived
    gone = ~(has_arrived | waits)
    arrived, failures, without = (
        int(np.count_nonzero(mask)) for mask in (has_arrived, gone & lost, gone & removed & ~lost)
    )
    return Endings(
        born=run.born_s.size,
        delivered=came.size,
        on_the_way=int(np.count_nonzero(waits)),
        removed=without,
        lost=losses,
        elsewhere=int(np.count_nonzero(gone & ~lost & ~removed)),
        twice=came.size - arrived + losses - failures,
        removed_again=removals - without,
    )


def _delivered(run: Run, consumer: str | None) -> Ids:
    """The events of the consumer's deliveries, one that came twice twice."""
    if consumer is None:
        return np.empty(0, dtype=np.int32)
    at_station = passage(run, consumer)
    return at_station.ids[at_station.departed_s <= run.horizon_s]


def _none(run: Run) -> Mask:
    return np.zeros(run.born_s.size, dtype=np.bool_)


def _leading(run: Run, consumer: str) -> set[str]:
    """The consumer and all stages from which an event can still reach it."""
    leading = {consumer}
    for name in reversed(tuple(run.passages)):  # each station before all that feed it
        if any(link.source == name and link.target in leading for link in run.network.links):
            leading.add(name)
    return leading
