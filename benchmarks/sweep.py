"""A sweep of 400 runs of 100,000 events each, beside the same runs one after the other, in one run.

python -m benchmarks.sweep
"""

from __future__ import annotations

import time
from dataclasses import replace

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.sweeps import Axis, settings, sweep
from lifecycle.simulation.model.scenario import Scenario

GOAL_S = 20.0


def main() -> None:
    """Measure and print."""
    network, day = default_network(), Scenario(events=100_000)
    x = Axis("ingestion", "batch_interval_s", settings(60, 14_400, 20, log=True))
    y = Axis("transform", "interval_s", settings(60, 14_400, 20, log=True))
    simulate(network, day)  # draws what every run shares
    start = time.perf_counter()
    for interval_s in x.values:
        simulate(network, replace(day, overrides=(("ingestion", "batch_interval_s", interval_s),)))
    alone_s = (time.perf_counter() - start) / len(x.values)
    start = time.perf_counter()
    found = sweep(network, day, x, y, "bi")
    took_s = time.perf_counter() - start
    print(
        f"sweep: {found.done} runs of 100,000 events in {took_s:.1f} s (goal {GOAL_S:.0f} s), figures read off included"
    )
    print(f"one run alone, nothing read off: {1000 * alone_s:.0f} ms; {found.done * alone_s / took_s:.2f} at a time")


if __name__ == "__main__":
    main()
