"""Where the fates of one event part in two runs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from lifecycle.simulation.readings.journey import Journey, Stay
from lifecycle.simulation.readings.waits import SHORTEST_S


@dataclass(frozen=True)
class Parting:
    """The first stays in which two journeys of an event differ: in stage, fate, or a moment by more than SHORTEST_S.

    None where a journey has ended before. `gained_s`: how much sooner the other run delivered it, negative where that
    was later; None where one of them did not. What made the difference stands in the waits of both stays.
    """

    one: Stay | None
    other: Stay | None
    gained_s: float | None


def parted(one: Journey, other: Journey) -> Parting | None:
    """Return where the journeys of the same event in two runs first part; None if they never do.

    ValueError in words for two events that are not the same: see `journey.follow` for which runs bear the same.
    """
    if (one.event, one.to) != (other.event, other.to):
        raise ValueError(
            f"event {one.event:,} to {one.to} and event {other.event:,} to {other.to} are two journeys; compare one"
        )
    births = [(journey.stays[0].stage, journey.born_s) for journey in (one, other)]
    if births[0] != births[1]:
        where = " and ".join(f"at {source} after {born_s:.3f} s of the day" for source, born_s in births)
        raise ValueError(
            f"event {one.event:,} is another in each run, born {where}; compare runs with the same seed and arrivals"
        )
    gained_s = None
    if one.latency_s is not None and other.latency_s is not None:
        gained_s = one.latency_s - other.latency_s
    for stay, its_other in zip_longest(one.stays, other.stays):
        if stay is None or its_other is None or not _alike(stay, its_other):
            return Parting(stay, its_other, gained_s)
    return None


def _alike(one: Stay, other: Stay) -> bool:
    if (one.stage, one.fate) != (other.stage, other.fate):
        return False
    moments = ((getattr(stay, name) for stay in (one, other)) for name in ("started_s", "finished_s", "left_s"))
    return all(first is second or _close(first, second) for first, second in moments)


def _close(one_s: float | None, other_s: float | None) -> bool:
    """Whether two moments are the same but for rounding; one that was not reached is like no other."""
    return one_s is not None and other_s is not None and abs(one_s - other_s) <= SHORTEST_S
