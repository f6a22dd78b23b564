"""How long a sweep takes: `python -m benchmarks.sweep`.

Turns two knobs of the shipped pipeline through 20 values each, 400 runs of 100 k events, in as many processes as there
are cores, starting them included; and the same in this process alone, on a tenth of the runs.
"""

from __future__ import annotations

import argparse
from time import perf_counter

from benchmarks.simulate import default_network
from lifecycle.simulation.processes import cores
from lifecycle.simulation.scenario import Scenario
from lifecycle.simulation.sweeps import Axis, Level, cheapest, sweep

GOAL_S = 20.0


def main() -> None:
    """Print the table; exit with 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--events", type=int, default=100_000, help="events of each run")
    events, network, missed = parser.parse_args().events, default_network(), False
    intervals = Axis("transform", "interval_s", tuple(60.0 * n for n in range(1, 21)))
    few = Axis("transform", "interval_s", intervals.values[:2])
    work = Axis("buffer", "per_event_s", tuple(0.002 * n for n in range(1, 21)))
    level = Level(2 * 3600.0, 0.01)
    print(f"{'size':8} {'runs':>5} {'processes':>9} {'seconds':>8} {'ms a run':>9}")
    for size in ("batch", "stream"):
        scenario = Scenario(events=events, size=size)  # type: ignore[arg-type]
        for axes, workers in (((intervals, work), cores()), ((few, work), 1)):
            start = perf_counter()
            swept = sweep(network, scenario, axes, level, workers=workers)
            took = perf_counter() - start
            print(f"{size:8} {swept.cost.size:5} {workers:9} {took:8.1f} {1e3 * took / swept.cost.size:9.1f}")
            best = cheapest(swept)
            if swept.cost.size >= 400:
                print(f"         cheapest of two hours' age and 1 % lost at most: {best.values if best else 'none'}")
            missed |= swept.cost.size >= 400 and took > GOAL_S
    raise SystemExit(int(missed))


if __name__ == "__main__":
    main()
