"""Runs spread over processes. Each process is told the network once; a run is told by its scenario alone."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import ModuleType

from lifecycle.simulation.costs import Prices
from lifecycle.simulation.network import Network
from lifecycle.simulation.outcomes import Outcome, outcome
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import Scenario
from lifecycle.simulation.traces import Trace

Day = tuple[Network, Trace | None, Prices, str]
ASK_EVERY_S = 0.1
_starting = threading.Lock()
_day: Day | None = None  # what all runs of this process share; only ever set in a process of a pool


class Cancelled(Exception):  # noqa: N818 - no error: somebody asked for it
    """The runs were stopped before the last one."""


def outcomes_of(
    network: Network,
    scenarios: Sequence[Scenario],
    trace: Trace | None,
    prices: Prices,
    consumer: str,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Outcome]:
    """Return the outcome of each scenario, in their order; Cancelled as soon as `cancelled` says so.

    `workers`: processes, as many as this one may use cores if None; with 1, or with one scenario, everything runs here.
    ValueError for less than one. RuntimeError if a process dies, most often for want of memory.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"{workers} processes cannot run anything; write 1 or more")
    count = min(workers or cores(), len(scenarios))
    day = network, trace, prices, consumer
    told = progress or (lambda *_: None)
    asked = cancelled or (lambda: False)
    if count <= 1:
        return _here(day, scenarios, told, asked)
    # Forking a process that has threads, as a server has, can hang; and a spawned one begins clean on every system.
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(day,))
    try:
        with _without_main():
            runs = [pool.submit(_one, scenario) for scenario in scenarios]
        _watch(runs, told, asked)
        return [run.result() for run in runs]
    except BrokenProcessPool as broken:
        raise RuntimeError("a process died, most often for want of memory; try fewer processes or events") from broken
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # those at work end with the run they have in hand


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _here(
    day: Day, scenarios: Sequence[Scenario], told: Callable[[int, int], None], asked: Callable[[], bool]
) -> list[Outcome]:
    found: list[Outcome] = []
    for scenario in scenarios:
        if asked():
            raise Cancelled
        found.append(_outcome(day, scenario))
        told(len(found), len(scenarios))
    return found


def _watch(runs: list[Future[Outcome]], told: Callable[[int, int], None], asked: Callable[[], bool]) -> None:
    waiting, done = set(runs), 0
    while waiting:
        if asked():
            raise Cancelled
        ended, waiting = wait(waiting, ASK_EVERY_S, FIRST_COMPLETED)
        for run in ended:
            run.result()  # what went wrong in one run is said at once, not after the others
            done += 1
            told(done, len(runs))


@contextmanager
def _without_main() -> Iterator[None]:
    """Start processes as if there were no main module.

    A new process would first run that of this one again, to find what it has defined there. Nothing here is; and
    under Streamlit it is the whole page.
    """
    with _starting:
        main = sys.modules["__main__"]
        bare = ModuleType("__main__")
        sys.modules["__main__"] = bare
        try:
            yield
        finally:
            if sys.modules.get("__main__") is bare:  # another session of a server may have put its own there
                sys.modules["__main__"] = main


def _begin(day: Day) -> None:
    global _day  # the only way in which a pool hands its processes anything
    _day = day


def _one(scenario: Scenario) -> Outcome:
    assert _day is not None, "this process was not begun"
    return _outcome(_day, scenario)


def _outcome(day: Day, scenario: Scenario) -> Outcome:
    network, trace, prices, consumer = day
    return outcome(simulate(network, scenario, trace), consumer, prices)
