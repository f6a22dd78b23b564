"""How fast the engine is, beside the same pipeline in SimPy: `python -m benchmarks.simulate [--against CHECKOUT]`.

Prints, for every combination of the switches, the seconds of a day of 1 M and of 120 k events (median of five, draws
kept, as they are while a learner turns knobs; "cold" is the first run, draws included), and the ratio of events a
second to SimPy's, measured in the same run on a day of 20 k events.

With `--against` it is measured beside the engine of another checkout instead, such as a worktree of the commit before:
both simulate the same days in turns, each in a process of its own, so that both see the same machine.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter

import yaml

from benchmarks.simpy_pipeline import run as run_in_simpy
from benchmarks.turns import engine
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model import draws
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import Scenario

PIPELINE = Path(__file__).parent.parent / "content" / "pipeline.yaml"
GOAL_RATIO, GOAL_S, GOAL_SMALL_S = 300.0, 0.5, 0.04
GOAL_AGAINST = 1.8


def default_network() -> Network:
    """Return the network of `content/pipeline.yaml`, read without the course's checks."""
    plan = yaml.safe_load(PIPELINE.read_text(encoding="utf-8"))
    return Network(
        tuple(Station(s["id"], Role(s["role"]), tuple((s.get("figures") or {}).items())) for s in plan["stages"]),
        tuple(Link(f["from"], f["to"], f.get("share"), f.get("loop", False)) for f in plan["flows"]),
    )


def seconds(network: Network, scenario: Scenario, runs: int = 5) -> tuple[float, float]:
    """Return the seconds of a first run, draws included, and the median of those after it."""
    for kept in (draws.uniforms, draws.exponentials, draws.sorted_uniforms):
        kept.cache_clear()
    took = []
    for _ in range(runs + 1):
        start = perf_counter()
        simulate(network, scenario)
        took.append(perf_counter() - start)
    return took[0], median(took[1:])


def main() -> None:
    """Print the table; exit with 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--simpy-events", type=int, default=20_000, help="events of SimPy's day")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="measure beside the engine of this checkout")
    parser.add_argument("--rounds", type=int, default=7, help="turns that each engine has, with --against")
    options = parser.parse_args()
    raise SystemExit(
        against(options.against.resolve(), options.rounds) if options.against else beside_simpy(options.simpy_events)
    )


def against(checkout: Path, rounds: int) -> bool:
    """Print what each switch setting takes here and in another checkout, in turns; return whether a goal is missed.

    The goals are for the CPU's seconds, which a busy machine stretches less than those of the clock.
    """
    missed = False
    print(
        f"before and after in turns, best of {rounds} (and the ratio of medians); goals: {GOAL_AGAINST} times, no more"
    )
    print("memory an event. A line that misses one ends with *.")
    print(f"{'start size transform':22} {'events':>9} {'CPU before, after':>20} {'times':>13} "
          f"{'wall times':>13} {'bytes an event':>15}")  # fmt: skip
    with engine(checkout) as before, engine(Path(__file__).resolve().parent.parent) as after:
        for events, (start, size, transform) in product((1_000_000, 120_000), product(Start, Size, Size)):
            switches: dict[str, str] = {"start": start, "size": size, "transform": transform}
            turns = [(before.run(events, **switches), after.run(events, **switches)) for _ in range(rounds + 1)][1:]
            old, new = [old for old, _ in turns], [new for _, new in turns]
            cpu = min(run.cpu_s for run in old) / min(run.cpu_s for run in new)
            wall = min(run.wall_s for run in old) / min(run.wall_s for run in new)
            medians = [
                median(getattr(run, clock) for run in old) / median(getattr(run, clock) for run in new)
                for clock in ("cpu_s", "wall_s")
            ]
            misses = cpu < GOAL_AGAINST or new[0].bytes_an_event > old[0].bytes_an_event
            missed |= misses
            print(
                f"{start:5} {size:6} {transform:9} {events:9,} {min(run.cpu_s for run in old) * 1e3:7.1f} ms, "
                f"{min(run.cpu_s for run in new) * 1e3:5.1f} ms {cpu:5.2f} ({medians[0]:4.2f}) "
                f"{wall:5.2f} ({medians[1]:4.2f}) {old[0].bytes_an_event:6.0f}, {new[0].bytes_an_event:4.0f} "
                f"{'*' if misses else ''}",
                flush=True,
            )
    print("goals:", "missed" if missed else "met")
    return missed


def beside_simpy(few: int) -> bool:
    """Print what each switch setting takes, beside a day of so few events in SimPy; return whether a goal is missed."""
    network, missed = default_network(), False
    print(f"{'start size transform':22} {'1 M: cold':>10} {'median':>8} {'120 k':>8} {'SimPy ev/s':>11} {'ratio':>7}")
    for start, size, transform in product(Start, Size, Size):
        switches = Scenario(start=start, size=size, transform=transform)
        cold, large = seconds(network, replace(switches, events=1_000_000))
        _, small = seconds(network, replace(switches, events=120_000))
        begin = perf_counter()
        run_in_simpy(network, replace(switches, events=few))
        plain = few / (perf_counter() - begin)
        ratio = 1_000_000 / large / plain
        missed |= ratio < GOAL_RATIO or large > GOAL_S or small > GOAL_SMALL_S
        name = f"{start:5} {size:6} {transform:9}"
        print(f"{name} {cold:9.3f}s {large:7.3f}s {small * 1e3:6.1f}ms {plain:11,.0f} {ratio:7,.0f}")
    goals = f"ratio at least {GOAL_RATIO:g}, {GOAL_S} s, {GOAL_SMALL_S * 1e3:g} ms"
    print(f"goals ({goals}):", "missed" if missed else "met")
    return missed


if __name__ == "__main__":
    main()
