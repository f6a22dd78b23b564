"""A journey as a ribbon, as a trace viewer draws one: each wait and each piece of work with its place in the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from lifecycle.diagram.journey_words import ENDS, cause_words
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Cause
from lifecycle.simulation.readings.journey import ELSEWHERE, INSIDE, Journey, Stay
from lifecycle.simulation.readings.waits import SHORTEST_S, Wait
from lifecycle.words import duration


@dataclass(frozen=True)
class Stretch:
    """So long an event was at a stage for one cause: Cause.NONE for work. Seconds of the day, `start_s` <= `end_s`."""

    stage: str
    cause: Cause
    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        """How long it was."""
        return self.end_s - self.start_s


def stretches(journey: Journey, horizon_s: float) -> tuple[Stretch, ...]:
    """Return a journey's waits and its work in order, each beginning where the one before ends, up to midnight.

    Together they are its latency. A stay that takes no time has one stretch of none. What held it up in the midst of
    its work is shown behind that work.
    """
    return tuple(stretch for stay in journey.stays for stretch in _of_stay(stay, horizon_s))


def _of_stay(stay: Stay, horizon_s: float) -> Iterator[Stretch]:
    end_s = horizon_s if stay.left_s is None else stay.left_s
    begun_s = end_s if stay.started_s is None else stay.started_s
    before = _fitting(stay.waits, begun_s - stay.arrived_s)
    worked_s = end_s - stay.arrived_s - stay.waited_s
    work = (Wait(Cause.NONE, worked_s),) if worked_s > SHORTEST_S else ()
    parts = (*stay.waits[:before], *work, *stay.waits[before:]) or (Wait(Cause.NONE, 0.0),)
    # The last ends with the stay, so that neither rounding nor what was too short to be told parts two stays.
    edges_s = [*accumulate((part.seconds for part in parts[:-1]), initial=stay.arrived_s), end_s]
    for part, start_s, stop_s in zip(parts, edges_s, edges_s[1:], strict=False):
        yield Stretch(stay.stage, part.cause, start_s, stop_s)


def _fitting(waits: tuple[Wait, ...], room_s: float) -> int:
    """How many of the first waits fill that much time."""
    sums_s = accumulate(wait.seconds for wait in waits)
    return sum(1 for so_far_s in sums_s if so_far_s <= room_s + SHORTEST_S)


def lasted_words(run: Run, stretch: Stretch) -> str:
    """How long and for what, in short: `38 min for the next pull`, `2 ms of work`."""
    long = duration(stretch.seconds)
    if stretch.cause != Cause.NONE:
        return f"{long} for {cause_words(run, stretch.stage, stretch.cause)}"
    return f"{long} of work" if stretch.seconds > SHORTEST_S else "on at once"


def stretch_words(run: Run, stretch: Stretch, labels: Mapping[str, str]) -> str:
    """What happened: `Log files: waited 38 min for the next pull`."""
    did = "waited" if stretch.cause != Cause.NONE else "took" if stretch.seconds > SHORTEST_S else "went"
    return f"{labels[stretch.stage]}: {did} {lasted_words(run, stretch)}"


def end_words(journey: Journey) -> str:
    """How a ribbon ends: `visible after 52 min`."""
    if journey.latency_s is not None:
        return f"visible after {duration(journey.latency_s)}"
    last = journey.stays[-1]
    if last.fate == INSIDE:
        return "still there at midnight"
    return "went another way" if journey.fate == ELSEWHERE else ENDS[journey.fate]
