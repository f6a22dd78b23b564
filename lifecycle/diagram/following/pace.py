"""How fast a followed event is watched: slow where work is done, fast through waits; from the journey alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lifecycle.diagram.following.ribbon import Stretch
from lifecycle.simulation.model.kinds import Cause

# Seconds of watching. Whatever happens is seen at least so long; ten times as long a stretch takes so much more.
LEAST_S, HOP_S = 0.6, 0.8
WORK_MORE_S, WAIT_MORE_S = 1.0, 0.4


@dataclass(frozen=True)
class Beat:
    """A piece of watching: `watch_s` seconds for the day's `start_s` to `end_s`, with the event at `stage`.

    Where `to` is given it goes over the wire to there. It is handed over in no time, so the clock stands meanwhile, and
    what is on either side with it: `start_s` == `end_s`. `stretch`: which stretch it shows, for a wire the one to come.
    """

    stage: str
    to: str
    start_s: float
    end_s: float
    watch_s: float
    stretch: int


def beats(stretches: Sequence[Stretch]) -> tuple[Beat, ...]:
    """Return how a journey is watched, from its birth to its end: each beat begins where the one before ends."""
    return tuple(_beats(stretches))


def _beats(stretches: Sequence[Stretch]) -> Iterator[Beat]:
    for number, stretch in enumerate(stretches):
        if number and (before := stretches[number - 1]).stage != stretch.stage:
            yield Beat(before.stage, stretch.stage, stretch.start_s, stretch.start_s, HOP_S, number)
        yield Beat(stretch.stage, "", stretch.start_s, stretch.end_s, watch_s(stretch), number)


def watch_s(stretch: Stretch) -> float:
    """How long a stretch is watched, in seconds: work longer than a wait of the same length, so it is seen slower."""
    more_s = WORK_MORE_S if stretch.cause == Cause.NONE else WAIT_MORE_S
    return LEAST_S + more_s * math.log10(1.0 + stretch.seconds)
