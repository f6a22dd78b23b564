"""One M/M/1 stage, side by side in one run: the NumPy kernel, a plain Python recursion, SimPy.

Run: python -m benchmarks.kernels [EVENTS]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Generator

import numpy as np
import simpy

from lifecycle.simulation.kernels import fifo, finite, scheduled
from lifecycle.simulation.theory.closed_forms import mm1_wait


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


def main(events: int) -> None:
    random = np.random.default_rng(1)
    arrivals, services = np.cumsum(random.exponential(1.0, events)), random.exponential(0.8, events)
    few = min(events, 50_000)
    some = arrivals[:few].tolist(), services[:few].tolist()
    np.testing.assert_allclose(fifo(*some), recursion(*some), rtol=1e-9)
    np.testing.assert_allclose(fifo(*some), calendar(*some), rtol=1e-9)
    departures = fifo(arrivals, services)
    print(f"mean wait {(departures - arrivals - services).mean():.3f} s, theory {mm1_wait(1.0, 0.8):.3f} s")
    base = seconds(lambda: fifo(arrivals, services), 7) / events
    everything = arrivals.tolist(), services.tolist()
    figures = {
        "fifo": base,
        "fifo, two outages": seconds(lambda: fifo(arrivals, services, closed=[(10, 90), (500, 700)]), 5) / events,
        "finite, nothing lost": seconds(lambda: finite(arrivals, services, 10_000), 5) / events,
        "scheduled, interval of 1000 events": seconds(lambda: scheduled(arrivals, 1000.0, 1.0, 1e-4), 5) / events,
        "plain Python recursion": seconds(lambda: recursion(*everything), 3) / events,
        "SimPy": seconds(lambda: calendar(*some), 3) / few,
    }
    for name, each in figures.items():
        print(f"{name:36} {each * 1e9:10.1f} ns an event {each / base:8.1f} × fifo")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
