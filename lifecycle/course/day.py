"""A day of the course: the pipeline, the settings and the real day that they replay. Its run is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from cachetools.func import lru_cache, ttl_cache

from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.day.run import Run, Walk, simulate, walk
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace

# A default day's run is some tens of megabytes; what is read off it is far less.
RUNS_KEPT = 10

_walks: ContextVar[list[Walk] | None] = ContextVar("walks", default=None)

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class Kept(Protocol[P, R_co]):
    """A function whose latest results are kept."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Return the result, computed once for these arguments."""

    def cache_clear(self) -> None:
        """Forget every result."""

    def cache_info(self) -> Any:
        """How often it was asked: `hits` that were kept, `misses` that were computed."""


class Keeping(Protocol):
    """A decorator that keeps results."""

    def __call__(self, work: Callable[P, R_co], /) -> Kept[P, R_co]:
        """Return the function that keeps them."""


def kept(most: int, for_s: float | None = None) -> Keeping:
    """Keep the `most` latest results of a pure function of hashable arguments, each `for_s` seconds at most.

    Anyone who asks for what another thread is computing waits for it.
    """
    cache = lru_cache(maxsize=most) if for_s is None else ttl_cache(maxsize=most, ttl=for_s)

    def keeping(work: Callable[P, R_co]) -> Kept[P, R_co]:
        return cast("Kept[P, R_co]", cache(work))

    return keeping


@dataclass(frozen=True)
class Day:
    """All that a run comes of. `trace`: the real day that the scenario replays, None where it replays none."""

    pipeline: Pipeline
    scenario: Scenario
    trace: Trace | None = None

    @property
    def calm(self) -> Day:
        """The same day without its faults."""
        return replace(self, scenario=replace(self.scenario, faults=()))

    def simulated(self, towards: str = "") -> Run:
        """Simulate it (see `simulate`); ValueError in words where that cannot be done."""
        walks = _walks.get()
        if walks is None:
            return simulate(self.pipeline.network, self.scenario, self.trace, towards)
        last = walk(self.pipeline.network, self.scenario, self.trace, towards, earlier=walks[-1] if walks else None)
        walks[:] = [last]
        return last.run


@contextmanager
def in_turn() -> Iterator[None]:
    """While days are simulated one after the other that differ little: each takes over what it can from the last one.

    Not for a server's sessions: the last day is held until the end.
    """
    token = _walks.set([])
    try:
        yield
    finally:
        _walks.reset(token)


@kept(RUNS_KEPT)
def run(day: Day, towards: str = "") -> Run:
    """The simulated day."""
    return day.simulated(towards)
