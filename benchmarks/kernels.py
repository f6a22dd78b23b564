"""One M/M/1 stage, side by side in one run: the NumPy kernel, a plain Python recursion, SimPy.

    python -m benchmarks.kernels [EVENTS]

The goal is that of the whole pipeline beside SimPy.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Generator, Sequence

import numpy as np
import simpy

from benchmarks import arguments
from benchmarks.rows import Goal, Row, say
from benchmarks.simulate import BESIDE_SIMPY
from lifecycle.simulation.kernels import fifo, finite, scheduled
from lifecycle.simulation.theory.closed_forms import mm1_wait

LEAST = 1_000  # fewer are over before a clock sees them


def recursion(arrivals: list[float], services: list[float]) -> list[float]:
    free, departures = -1.0, []
    for arrival, service in zip(arrivals, services, strict=True):
        free = max(arrival, free) + service
        departures.append(free)
    return departures


def calendar(arrivals: list[float], services: list[float]) -> list[float]:
    world = simpy.Environment()
    server = simpy.Resource(world)
    departures = [0.0] * len(arrivals)

    def visit(event: int) -> Generator[simpy.Event, None, None]:
        with server.request() as turn:
            yield turn
            yield world.timeout(services[event])
        departures[event] = world.now

    def source() -> Generator[simpy.Event, None, None]:
        for event, arrival in enumerate(arrivals):
            yield world.timeout(arrival - world.now)
            world.process(visit(event))

    world.process(source())
    world.run()
    return departures


def seconds(run: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    parser = arguments.parser("kernels", __doc__)
    parser.add_argument("events", type=arguments.whole(LEAST), nargs="?", default=1_000_000, help="events of the stage")
    say(*measure(parser.parse_args(called_with).events))


def measure(events: int) -> list[Row]:
    """Time every way through the stage; each figure is beside `fifo`, a way that is slower has a ratio above 1."""
    random = np.random.default_rng(1)
    arrivals, services = np.cumsum(random.exponential(1.0, events)), random.exponential(0.8, events)
    few = min(events, 50_000)
    some = arrivals[:few].tolist(), services[:few].tolist()
    np.testing.assert_allclose(fifo(*some), recursion(*some), rtol=1e-9)
    np.testing.assert_allclose(fifo(*some), calendar(*some), rtol=1e-9)
    departures = fifo(arrivals, services)
    base = seconds(lambda: fifo(arrivals, services), 7) / events
    everything = arrivals.tolist(), services.tolist()
    others = {
        "fifo, two outages": seconds(lambda: fifo(arrivals, services, closed=[(10, 90), (500, 700)]), 5) / events,
        "finite, nothing lost": seconds(lambda: finite(arrivals, services, 10_000), 5) / events,
        "scheduled, interval of 1000 events": seconds(lambda: scheduled(arrivals, 1000.0, 1.0, 1e-4), 5) / events,
        "plain Python recursion": seconds(lambda: recursion(*everything), 3) / events,
        "SimPy": seconds(lambda: calendar(*some), 3) / few,
    }
    stage = f"one M/M/1 stage, {events:,} events"
    wait_s, law_s = float((departures - arrivals - services).mean()), mm1_wait(1.0, 0.8)
    return [
        Row(f"{stage}: mean wait", f"{wait_s:.3f} s, in theory {law_s:.3f} s"),
        Row(f"{stage}: `fifo`", f"{base * 1e9:.1f} ns an event"),
        *(
            _beside(f"{stage}: {way}", each, base, BESIDE_SIMPY if way == "SimPy" else None)
            for way, each in others.items()
        ),
    ]


def _beside(what: str, each_s: float, base_s: float, goal: Goal | None) -> Row:
    ratio = each_s / base_s
    return Row(what, f"{each_s * 1e9:,.1f} ns an event, {ratio:,.1f} times `fifo`", ratio, goal)


if __name__ == "__main__":
    main()
