"""The fast kernels beside a plain event loop, on a small random line of stages: the same fate for every event?

The loop is the way in which one would write it without any cleverness: a calendar of what happens next, one event after
the other. It shares nothing with the kernels but the random numbers.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from time import perf_counter
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.kernels import expiring, fifo, finite, rate_limited, scheduled
from lifecycle.simulation.model.draws import rng
from lifecycle.simulation.model.inputs import Seconds, whole
from lifecycle.simulation.model.kinds import Policy


class WalkKind(StrEnum):
    """What a stage of a line does: several servers, a limit of room or of patience, a timetable, a bucket of tokens."""

    SERVERS = "servers"
    REFUSE = "refuse"
    DROP_OLDEST = "drop-oldest"
    PATIENCE = "patience"
    SCHEDULE = "schedule"
    BUCKET = "bucket"


# The same moments to within rounding; a day has 86,400 s, and a float64 tells 1e-11 s apart there.
ROUNDING_S = 1e-7


@dataclass(frozen=True)
class WalkStep:
    """One stage of a line. `figures`: servers, room, or patience; or interval, overhead, per event; or rate, burst."""

    kind: WalkKind
    figures: tuple[float, ...]
    mean_work_s: float

    def __str__(self) -> str:
        """The stage in words."""
        a, b, c = (*self.figures, 0.0, 0.0)[:3]
        work = f"{self.mean_work_s:.2g} s of work each"
        match self.kind:
            case WalkKind.SERVERS:
                return f"{a:.0f} server{'s' if a > 1 else ''} on one line, {work}"
            case WalkKind.REFUSE:
                return f"room for {a:.0f}, refuses the newest, {work}"
            case WalkKind.DROP_OLDEST:
                return f"room for {a:.0f}, drops the oldest, {work}"
            case WalkKind.PATIENCE:
                return f"nobody waits longer than {a:.2g} s, {work}"
            case WalkKind.SCHEDULE:
                return f"a job every {a:.3g} s that takes {b:.2g} s and {c:.2g} s an event"
            case WalkKind.BUCKET:
                return f"a token bucket: {a:.2g} a second, bursts of {b:.0f}"
            case never:
                assert_never(never)


@dataclass(frozen=True, eq=False)
class Agreement:
    """How two ways of computing one line's day compare.

    `left_s`: seconds at which each event left each stage by the kernels, shape (stages, events), NaN where it was lost
    there or before; `plain_left_s`: the same by the event loop. `kernels_s`, `loop_s`: seconds that each way took.
    """

    line: tuple[WalkStep, ...]
    arrivals: Seconds
    left_s: Seconds
    plain_left_s: Seconds
    kernels_s: float
    loop_s: float

    @property
    def same_fates(self) -> bool:
        """Whether both ways lose the very same events at the very same stages."""
        return bool((np.isnan(self.left_s) == np.isnan(self.plain_left_s)).all())

    @property
    def worst_s(self) -> float:
        """The largest difference between any two moments, seconds; nan where nothing left anywhere."""
        return float(np.fmax.reduce(self.worst_by_step_s))

    @property
    def holds(self) -> bool:
        """Whether both agree event for event: the same fates, the same moments to within rounding."""
        return self.same_fates and not self.worst_s > ROUNDING_S

    @property
    def worst_by_step_s(self) -> tuple[float, ...]:
        """The largest difference at each stage, seconds; nan where nothing left."""
        apart = np.abs(self.left_s - self.plain_left_s)
        return tuple(float(np.nanmax(row)) if np.isfinite(row).any() else math.nan for row in apart)

    @property
    def lost(self) -> tuple[int, ...]:
        """How many events each stage lost, by the kernels."""
        return _lost(self.left_s)

    @property
    def lost_by_loop(self) -> tuple[int, ...]:
        """How many events each stage lost, by the event loop."""
        return _lost(self.plain_left_s)


def _lost(left_s: Seconds) -> tuple[int, ...]:
    gone = np.count_nonzero(np.isnan(left_s), axis=1)
    return tuple(int(n) for n in np.diff(gone, prepend=0))


def compare(seed: int, events: int = 2_000) -> Agreement:
    """Draw a line of 3 to 6 stages and a day for it, and walk it both ways. ValueError unless `events` is 1 or more."""
    line = random_line(seed)
    count = whole("events", events)
    arrivals = np.cumsum(_exponential(seed, "arrivals", count))
    works = np.array([_exponential(seed, f"work {k}", count) * step.mean_work_s for k, step in enumerate(line)])
    begin = perf_counter()
    left = by_kernels(line, arrivals, works)
    middle = perf_counter()
    plain = by_event_loop(line, arrivals, works)
    return Agreement(line, arrivals, left, plain, middle - begin, perf_counter() - middle)


def _exponential(seed: int, purpose: str, size: int) -> Seconds:
    return -np.log1p(-rng(seed, "agreement", purpose).random(size))


def random_line(seed: int) -> tuple[WalkStep, ...]:
    """Return 3 to 6 stages for arrivals of one a second on average, some of them with more to do than they can."""
    random = rng(seed, "agreement", "line")

    def between(low: float, high: float) -> float:
        return low + (high - low) * float(random.random())

    def figures(kind: WalkKind, servers: int) -> tuple[float, ...]:
        match kind:
            case WalkKind.SERVERS:
                return (float(servers),)
            case WalkKind.SCHEDULE:
                return between(5.0, 60.0), between(0.0, 5.0), between(0.0, 0.3)
            case WalkKind.BUCKET:
                return between(0.8, 2.0), float(int(between(1.0, 20.0)))
            case WalkKind.PATIENCE:
                return (between(0.5, 8.0),)
            case WalkKind.REFUSE | WalkKind.DROP_OLDEST:
                return (float(int(between(1.0, 12.0))),)
            case never:
                assert_never(never)

    kinds = tuple(WalkKind)
    line = []
    for _ in range(3 + int(4 * random.random())):
        kind, servers = kinds[int(len(kinds) * random.random())], 1 + int(3 * random.random())
        line.append(
            WalkStep(kind, figures(kind, servers), between(0.4, 1.1) * (servers if kind is WalkKind.SERVERS else 1))
        )
    return tuple(line)


def by_kernels(line: Sequence[WalkStep], arrivals: Seconds, works: Seconds) -> Seconds:
    """Return when each event left each stage, shape (stages, events), by one array operation a stage."""
    left = np.full((len(line), arrivals.size), np.nan)
    ids: NDArray[np.intp] = np.arange(arrivals.size)
    at = arrivals
    for row, step, work in zip(left, line, works, strict=True):
        out = KERNELS[step.kind](at, work[ids], *step.figures)
        row[ids] = out
        ids, at = ids[~np.isnan(out)], out[~np.isnan(out)]
        order = np.argsort(at, kind="stable")
        ids, at = ids[order], at[order]
    return left


KERNELS: dict[WalkKind, Callable[..., Seconds]] = {
    WalkKind.SERVERS: lambda at, work, count: fifo(at, work, int(count)),
    WalkKind.REFUSE: lambda at, work, room: finite(at, work, room),
    WalkKind.DROP_OLDEST: lambda at, work, room: finite(at, work, room, Policy.DROP_OLDEST),
    WalkKind.PATIENCE: lambda at, work, patience: expiring(at, work, patience),
    WalkKind.SCHEDULE: lambda at, _, interval, overhead, per_event: scheduled(at, interval, overhead, per_event),
    WalkKind.BUCKET: lambda at, _, rate, burst: rate_limited(at, rate, burst),
}


def by_event_loop(line: Sequence[WalkStep], arrivals: Seconds, works: Seconds) -> Seconds:
    """Return the same as `by_kernels`, by a calendar of what happens next."""
    loop = _Loop()
    left = np.full((len(line), arrivals.size), np.nan)
    onward: Callable[[int], None] = _done
    for row, step, work in reversed(list(zip(left, line, works.tolist(), strict=True))):
        onward = _stage(loop, step, work, _noting(loop, row, onward))
    for event, arrival in enumerate(arrivals.tolist()):
        loop.at(arrival, _ARRIVAL, onward, event)
    loop.run()
    return left


def _done(_event: int) -> None:
    """Do nothing more with an event that has left the last stage."""


def _noting(loop: _Loop, row: Seconds, onward: Callable[[int], None]) -> Callable[[int], None]:
    def leave(event: int) -> None:
        row[event] = loop.now
        loop.at(loop.now, _ARRIVAL, onward, event)

    return leave


# What comes first when several things happen at one moment.
_END, _EXPIRY, _ARRIVAL, _TICK = range(4)


class _Loop:
    """A calendar: what is due next happens next."""

    def __init__(self) -> None:
        self.now = 0.0
        self.noted = 0
        self.calendar: list[tuple[float, int, int, Callable[[int], None], int]] = []

    def at(self, moment: float, turn: int, do: Callable[[int], None], event: int = -1) -> None:
        self.noted += 1
        heappush(self.calendar, (moment, turn, self.noted, do, event))

    def run(self) -> None:
        while self.calendar:
            self.now, _, _, do, event = heappop(self.calendar)
            do(event)


def _stage(loop: _Loop, step: WalkStep, work: list[float], leave: Callable[[int], None]) -> Callable[[int], None]:
    """Return what a stage does with an event that arrives."""
    match step.kind:
        case WalkKind.SCHEDULE:
            return _Jobs(loop, step, leave).arrive
        case WalkKind.BUCKET:
            return _Tokens(loop, step, leave).arrive
        case WalkKind.SERVERS | WalkKind.REFUSE | WalkKind.DROP_OLDEST | WalkKind.PATIENCE:
            return _Walk(loop, step, work, leave).arrive
        case never:
            assert_never(never)


class _Walk:
    """Servers with a line before them."""

    def __init__(self, loop: _Loop, step: WalkStep, work: list[float], leave: Callable[[int], None]) -> None:
        self.loop, self.work, self.leave, self.kind = loop, work, leave, step.kind
        figure = step.figures[0]
        self.free = int(figure) if step.kind is WalkKind.SERVERS else 1
        self.room = figure if step.kind in (WalkKind.REFUSE, WalkKind.DROP_OLDEST) else math.inf
        self.patience = figure if step.kind is WalkKind.PATIENCE else math.inf
        self.waiting: deque[int] = deque()

    def arrive(self, event: int) -> None:
        busy = 0 if self.free else 1  # only the lines with one server have a limit
        if len(self.waiting) + busy >= self.room:
            if self.kind is WalkKind.REFUSE or not self.waiting:
                return
            self.waiting.popleft()
        self.waiting.append(event)
        self.begin()
        if self.patience < math.inf and event in self.waiting:
            self.loop.at(self.loop.now + self.patience, _EXPIRY, self.expire, event)

    def begin(self) -> None:
        while self.waiting and self.free:
            self.free -= 1
            event = self.waiting.popleft()
            self.loop.at(self.loop.now + self.work[event], _END, self.end, event)

    def end(self, event: int) -> None:
        self.free += 1
        self.leave(event)
        self.begin()

    def expire(self, event: int) -> None:
        if event in self.waiting:
            self.waiting.remove(event)


class _Jobs:
    """A schedule that takes anyone who is there by its tick."""

    def __init__(self, loop: _Loop, step: WalkStep, leave: Callable[[int], None]) -> None:
        self.loop, self.leave = loop, leave
        self.interval, self.overhead, self.per_event = step.figures
        self.waiting: list[int] = []
        self.done = 0.0

    def arrive(self, event: int) -> None:
        if not self.waiting:
            tick = max(math.ceil(self.loop.now / self.interval), 1) * self.interval
            self.loop.at(tick, _TICK, self.tick)
        self.waiting.append(event)

    def tick(self, _: int) -> None:
        self.done = max(self.done, self.loop.now) + self.overhead + len(self.waiting) * self.per_event
        for event in self.waiting:
            self.loop.at(self.done, _END, self.leave, event)
        self.waiting = []


class _Tokens:
    """A bucket whose tokens are counted."""

    def __init__(self, loop: _Loop, step: WalkStep, leave: Callable[[int], None]) -> None:
        self.loop, self.leave = loop, leave
        self.rate, self.burst = step.figures
        self.tokens, self.counted_at = self.burst, 0.0

    def arrive(self, event: int) -> None:
        passes = max(self.loop.now, self.counted_at)
        self.tokens = min(self.burst, self.tokens + (passes - self.counted_at) * self.rate)
        if self.tokens < 1.0:
            passes += (1.0 - self.tokens) / self.rate
            self.tokens = 1.0
        self.tokens -= 1.0
        self.counted_at = passes
        self.loop.at(passes, _END, self.leave, event)
