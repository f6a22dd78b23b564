"""What faults of a day did: the same day with and without them, set side by side.

Both days have the same seed, so that all that differs is these faults' doing. Where the day without them still has
others, such as those of a scenario's own story, these are the first of the faults on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lifecycle.simulation.day.passage import REASONS, REMOVED
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.accounts import Summary, ages, summary
from lifecycle.simulation.readings.crests import crest
from lifecycle.simulation.readings.series import depth, edges
from lifecycle.simulation.roles import ROLE_TYPES

# A backlog of so many events, or of so large a share of the day's, is the day's own unrest and no trace of a fault.
FEW_EVENTS, FEW_SHARE = 10, 0.001
MINUTES = 1440
# The same job may end some minutes sooner or later on the other day; that it holds its events then is no backlog.
SWAY_MINUTES = 10
# Out of the way, but kept: somebody can fix these and send them again.
SET_ASIDE = frozenset(REASONS[fate] for fate in (Fate.MALFORMED, Fate.DRIFTED, Fate.POISONED))


@dataclass(frozen=True)
class Stale:
    """The oldest that the newest data at a consumer became, in seconds, with the faults and without."""

    consumer: str
    oldest_s: float
    calm_s: float


@dataclass(frozen=True)
class Consequence:
    """What faults did to a day.

    `stale`: consumers whose data grew older than on the calm day, the worst first; where that has faults of its own,
    from the start of the first one that it has not. Beyond what the calm day has of it:
    `lost`: events that are gone for good; `set_aside`: those that wait among the dead letters; `twice`: deliveries that
    a consumer already had; `empty`: those that have lost a column unnoticed (each may be below 0: what never came
    cannot be lost further on). `drained_s`: seconds from the last of their ends until no stage holds more than it
    does on the calm day within ten minutes; 0 if none ever did, None if some still does at the day's end.
    """

    stale: tuple[Stale, ...]
    lost: int
    set_aside: int
    twice: int
    empty: int
    drained_s: float | None


def consequence(run: Run, calm: Run) -> Consequence:
    """Return what the faults of `run` that `calm` has not did to the day that it would have been without them."""
    broken, there = summary(run), summary(calm)
    since_s = _since_s(run, calm)
    stale = [Stale(name, _oldest(run, name, since_s), _oldest(calm, name, since_s)) for name in broken.deliveries]
    older = [late for late in stale if late.oldest_s > late.calm_s]
    return Consequence(
        stale=tuple(sorted(older, key=lambda late: late.calm_s - late.oldest_s)),
        lost=_gone(broken) - _gone(there),
        set_aside=_set_aside(broken) - _set_aside(there),
        twice=_delivered(broken, "twice") - _delivered(there, "twice"),
        empty=_delivered(broken, "empty") - _delivered(there, "empty"),
        drained_s=drained_s(run, calm),
    )


def caught_up_s(run: Run, done: Consequence) -> float | None:
    """The second of the day by which the backlog of all its faults is worked off; its end where it never is.

    None where there was no backlog.
    """
    if done.drained_s is None:
        return run.horizon_s
    return last_end_s(run, run.scenario.faults) + done.drained_s if done.drained_s else None


def added(scenario: Scenario, calm: Scenario) -> tuple[Fault, ...]:
    """The faults of a scenario beyond those of the `calm` one, with which it begins."""
    return scenario.faults[len(calm.faults) :]


def last_end_s(run: Run, faults: Iterable[Fault]) -> float:
    """The second at which the last of these faults ends, 0 where there is none."""
    return max((min(fault.end_s, run.horizon_s) for fault in faults), default=0.0)


def _since_s(run: Run, calm: Run) -> float:
    """From when on ages are compared: from the faults on that `calm` has not, lest its own hide what those do."""
    if not calm.scenario.faults:
        return 0.0
    return min((fault.start_s for fault in added(run.scenario, calm.scenario)), default=0.0)


def _oldest(run: Run, consumer: str, since_s: float) -> float:
    """The greatest age from `since_s` on at a consumer that has anything; the whole day where it never has."""
    age_s = ages(run, consumer, since_s)
    return float(age_s[-1]) if age_s.size else run.horizon_s


def _gone(day: Summary) -> int:
    return sum(events for reason, events in _losses(day) if reason not in REMOVED | SET_ASIDE)


def _set_aside(day: Summary) -> int:
    return sum(events for reason, events in _losses(day) if reason in SET_ASIDE)


def _losses(day: Summary) -> Iterator[tuple[str, int]]:
    for by_reason in day.lost.values():
        yield from by_reason.items()


def _delivered(day: Summary, what: Literal["twice", "empty"]) -> int:
    return sum(getattr(delivery, what) for delivery in day.deliveries.values())


def drained_s(run: Run, calm: Run) -> float | None:
    """Seconds from the end of the last fault that `calm` has not until no stage holds more, see `Consequence`."""
    at_s = edges(run, MINUTES)
    few = max(FEW_EVENTS, FEW_SHARE * run.born_s.size)
    behind: Mask = np.any(_backlog(run, at_s) - _most_near(calm, at_s) > few, axis=0)
    if not behind.any():
        return 0.0
    if behind[-1]:
        return None
    return max(0.0, float(at_s[np.flatnonzero(behind)[-1] + 1]) - last_end_s(run, added(run.scenario, calm.scenario)))


def _most_near(calm: Run, at_s: Seconds) -> Seconds:
    """The most that each stage holds within SWAY_MINUTES of each minute's edge, shape as that of `_backlog`."""
    holding = _holding(calm)
    crests = np.array([crest(calm, name, at_s) for name in holding], np.float64).reshape(len(holding), at_s.size - 1)
    around = np.pad(crests, ((0, 0), (SWAY_MINUTES, SWAY_MINUTES)), mode="edge")
    most: Seconds = np.lib.stride_tricks.sliding_window_view(around, 2 * SWAY_MINUTES, axis=1).max(axis=2)
    return most


def _holding(run: Run) -> list[str]:
    return [name for name, passage in run.passages.items() if ROLE_TYPES[passage.role].queues]


def _backlog(run: Run, at_s: Seconds) -> Seconds:
    """Events inside each stage that can have a backlog, shape (stages, moments)."""
    holding = _holding(run)
    return np.array([depth(run, name, at_s) for name in holding], np.float64).reshape(len(holding), at_s.size)
