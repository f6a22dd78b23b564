"""How fast the engine is, beside the same pipeline in SimPy: `python -m benchmarks.simulate [--against CHECKOUT]`.

Over all combinations of the switches: the seconds of a day of 1 M and of 120 k events (median of five, draws kept, as
they are while a learner turns knobs; "cold" is the first run, draws included), and the ratio of events a second to
SimPy's, measured in the same run on a day of 20 k events. The worst combination decides.

With `--against` it is measured beside the engine of another checkout instead, such as a worktree of the commit before:
both simulate the same days in turns, each in a process of its own, so that both see the same machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter

import yaml

from benchmarks import arguments
from benchmarks.rows import MISSED, Goal, Row, say, span
from benchmarks.simpy_pipeline import run as run_in_simpy
from benchmarks.turns import Took, engine
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model import draws
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import Scenario

PIPELINE = Path(__file__).parent.parent / "content" / "pipeline.yaml"
BESIDE_SIMPY = Goal("at least", 300.0, "times")
LARGE, SMALL = Goal("at most", 0.5, "s"), Goal("at most", 40.0, "ms")
FASTER, NO_MORE = Goal("at least", 1.8, "times"), Goal("at most", 1.0, "times")


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


def simpy_per_s(network: Network, scenario: Scenario) -> float:
    """Events that SimPy gets through in a second of the clock."""
    begin = perf_counter()
    run_in_simpy(network, scenario)
    return scenario.events / (perf_counter() - begin)


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure; with `--against` exit with 1 if a goal is missed."""
    parser = arguments.parser("simulate", __doc__)
    parser.add_argument("--simpy-events", type=arguments.whole(), default=20_000, help="events of SimPy's day")
    parser.add_argument(
        "--against", type=arguments.checkout, metavar="CHECKOUT", help="measure beside the engine of this checkout"
    )
    parser.add_argument(
        "--rounds", type=arguments.whole(), default=7, help="turns that each engine has, with --against"
    )
    options = parser.parse_args(called_with)
    if options.against:
        raise SystemExit(against(options.against, options.rounds))
    say(*beside_simpy(options.simpy_events))


def against(checkout: Path, rounds: int) -> bool:
    """Say what each switch setting takes here and in another checkout, in turns; return whether a goal is missed.

    The goals are for the CPU's seconds, which a busy machine stretches less than those of the clock.
    """
    missed = False
    with engine(checkout) as before, engine(Path(__file__).resolve().parent.parent) as after:
        for events, (start, size, transform) in product((1_000_000, 120_000), product(Start, Size, Size)):
            switches: dict[str, str] = {"start": start, "size": size, "transform": transform}
            turns = [(before.run(events, **switches), after.run(events, **switches)) for _ in range(rounds + 1)][1:]
            rows = turn_rows(f"{events:,} events, {start} {size} {transform}", turns)
            say(*rows)
            missed |= any(row.verdict == MISSED for row in rows)
    return missed


def turn_rows(day: str, turns: Sequence[tuple[Took, Took]]) -> list[Row]:
    """How much faster one day has become (the best of all turns, and the medians), and what of memory it takes."""
    old, new = [old for old, _ in turns], [new for _, new in turns]
    cpu_s = min(run.cpu_s for run in old), min(run.cpu_s for run in new)
    wall = min(run.wall_s for run in old) / min(run.wall_s for run in new)
    middle = median(run.cpu_s for run in old) / median(run.cpu_s for run in new)
    times, held = cpu_s[0] / cpu_s[1], (old[0].bytes_an_event, new[0].bytes_an_event)
    return [
        Row(
            f"{day}: CPU time, as fast as before",
            f"{times:.2f} times, {1e3 * cpu_s[0]:.1f} ms before, {1e3 * cpu_s[1]:.1f} ms after; "
            f"by medians {middle:.2f} times, by the clock {wall:.2f}",
            times,
            FASTER,
        ),
        Row(
            f"{day}: memory beside before",
            f"{held[0]:.0f} bytes an event before, {held[1]:.0f} after",
            held[1] / held[0],
            NO_MORE,
        ),
    ]


def beside_simpy(few: int) -> list[Row]:
    """What each switch setting takes, beside a day of so few events in SimPy."""
    network = default_network()
    colds_s, larges_s, smalls_ms, ratios = [], [], [], []
    for start, size, transform in product(Start, Size, Size):
        switches = Scenario(start=start, size=size, transform=transform)
        cold_s, large_s = seconds(network, replace(switches, events=1_000_000))
        _, small_s = seconds(network, replace(switches, events=120_000))
        ratio = 1_000_000 / large_s / simpy_per_s(network, replace(switches, events=few))
        name = f"{start} {size} {transform}"
        print(f"{name}: {cold_s:.3f} s cold, {large_s:.3f} s, {small_s * 1e3:.1f} ms, {ratio:,.0f} times", flush=True)
        colds_s.append(cold_s)
        larges_s.append(large_s)
        smalls_ms.append(1e3 * small_s)
        ratios.append(ratio)
    million = "a day of a million events, the eight switch settings"
    return [
        Row(f"{million}, beside SimPy", f"{span(ratios)} times faster", min(ratios), BESIDE_SIMPY),
        Row(million, f"{span(larges_s, '.2f')} s", max(larges_s), LARGE),
        Row(f"{million}, draws included", f"{span(colds_s, '.2f')} s"),
        Row("a day of 120,000 events, the same", f"{span(smalls_ms, '.1f')} ms", max(smalls_ms), SMALL),
    ]


if __name__ == "__main__":
    main()
