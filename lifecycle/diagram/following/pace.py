"""How fast a followed event is watched: slow where work is done, fast through waits; from the journey alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lifecycle.diagram.following.ribbon import Stretch, stretches
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Cause
from lifecycle.simulation.readings.journey import DELIVERED, WENT_ON, Journey
from lifecycle.simulation.readings.moves import HOP_S, setting_off_s

# Seconds of watching. Whatever happens is seen at least so long; ten times as long a stretch takes so much more.
LEAST_S, WIRE_S = 0.6, 0.8
WORK_MORE_S, WAIT_MORE_S = 1.0, 0.4


@dataclass(frozen=True)
class Beat:
    """A piece of watching: `watch_s` seconds for the day's `start_s` to `end_s`, with the event at `stage`.

    Where `to` is given it goes over the wire to there, in its packet or among the dots. Moments are those at which it
    is drawn there (`readings.moves`), so what is short may take no time of the day. `stretch`: which stretch it shows,
    for a wire the one to come.
    """

    stage: str
    to: str
    start_s: float
    end_s: float
    watch_s: float
    stretch: int


def beats(run: Run, journey: Journey) -> tuple[Beat, ...]:
    """Return how a journey is watched, from its birth to its end: each beat begins where the one before ends."""
    return tuple(_beats(stretches(journey, run.horizon_s), drawn(run, journey)))


def drawn(run: Run, journey: Journey) -> Mapping[str, tuple[float, float]]:
    """Return from when to when (seconds of the day) the event is drawn at each stage of its journey."""
    at: dict[str, tuple[float, float]] = {}
    came_s = journey.born_s
    for stay in journey.stays:
        left_s = run.horizon_s
        if stay.left_s is not None:
            goes_on = stay.fate in (WENT_ON, DELIVERED)
            left_s = max(came_s, setting_off_s(run, stay.stage, stay.left_s) if goes_on else stay.left_s)
        at[stay.stage] = (came_s, left_s)
        came_s = min(left_s + HOP_S, run.horizon_s)
    return at


def _beats(parts: Sequence[Stretch], at: Mapping[str, tuple[float, float]]) -> Iterator[Beat]:
    now_s = parts[0].start_s
    for number, stretch in enumerate(parts):
        came_s, left_s = at[stretch.stage]
        if number and (before := parts[number - 1]).stage != stretch.stage:
            yield Beat(before.stage, stretch.stage, now_s, came_s, WIRE_S, number)
            now_s = came_s
        last = number + 1 == len(parts) or parts[number + 1].stage != stretch.stage
        end_s = left_s if last else min(max(stretch.end_s, now_s), left_s)
        yield Beat(stretch.stage, "", now_s, end_s, watch_s(stretch), number)
        now_s = end_s


def watch_s(stretch: Stretch) -> float:
    """How long a stretch is watched, in seconds: work longer than a wait of the same length, so it is seen slower."""
    more_s = WORK_MORE_S if stretch.cause == Cause.NONE else WAIT_MORE_S
    return LEAST_S + more_s * math.log10(1.0 + stretch.seconds)
