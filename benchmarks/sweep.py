"""A sweep of 400 runs of 100,000 events each, beside the same runs one after the other, in one run.

python -m benchmarks.sweep
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from benchmarks import arguments
from benchmarks.rows import Goal, Row, say
from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.sweeps import Axis, settings, sweep
from lifecycle.simulation.model.scenario import Scenario

SWEEP = Goal("at most", 20.0, "s")


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    arguments.parser("sweep", __doc__).parse_args(called_with)
    alone_s, took_s, days = measure()
    say(
        Row(f"a sweep of {days} days of 100,000 events, figures read off", f"{took_s:.1f} s", took_s, SWEEP),
        Row(
            "one of these days alone, nothing read off",
            f"{1000 * alone_s:.0f} ms, {days * alone_s / took_s:.2f} at a time",
        ),
    )


def measure() -> tuple[float, float, int]:
    """Seconds of one day alone, seconds of the sweep, and its days."""
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
    return alone_s, time.perf_counter() - start, found.done


if __name__ == "__main__":
    main()
