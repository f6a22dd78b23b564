"""`sweep`: the same day under every pair of settings of two knobs, and which of them is cheapest."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lifecycle import charts, work
from lifecycle.cli._csv_files import write_rows
from lifecycle.cli._days import AskedDay, add_day_options, asked_day, number, settings_of
from lifecycle.cli.commands import Command, exit_code
from lifecycle.course import Course
from lifecycle.course.fault_words import broken
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.simulation.experiments.sweeps import Axis, Level, Sweep, settings, sweep
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.roles import ROLES

STEPS = 10


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `sweep` its options."""
    for name, what in (("x", "one knob"), ("y", "the other")):
        span = f"{what}: STAGE.FIGURE=1,2,4 or STAGE.FIGURE=LOW..HIGH or LOW..HIGH/STEPS ({STEPS} steps)"
        parser.add_argument(f"--{name}", metavar="KNOB", required=True, help=span)
    parser.add_argument("--consumer", metavar="ID", help="whose data must be fresh (default: the first consumer)")
    parser.add_argument("--fresh", metavar="SECONDS", default="1800", help="service level: p95 age of at most (1800)")
    parser.add_argument("--lost", metavar="SHARE", default="0.001", help="service level: share lost, at most (0.001)")
    add_day_options(parser)


def run(options: argparse.Namespace) -> int:
    """Sweep as the options say and print what came of every setting."""
    return exit_code(lambda: _sweep(options), "nothing was simulated")


COMMAND = Command("sweep", "Simulate every pair of settings of two knobs.", add_options, run)


def _swept(day_asked: AskedDay, x: Axis, y: Axis, consumer: str) -> Sweep:
    course, scenario = day_asked.course, day_asked.scenario
    network, prices = course.pipeline.network, course.prices
    try:
        with work.workers() as workers:
            return sweep(
                network, scenario, x, y, consumer, day_asked.trace, prices=prices, progress=_count, workers=workers
            )
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # what follows is no part of how far it was
        raise ValueError("it was interrupted") from None


def _count(done: int, of: int) -> None:
    """On a terminal, how far it is; the line is written over by the next."""
    if sys.stderr.isatty():
        print(f"\r{done:,} of {of:,} days simulated", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _sweep(options: argparse.Namespace) -> None:
    day_asked = asked_day(options)
    course, scenario = day_asked.course, day_asked.scenario
    consumers = [stage.id for stage in course.pipeline.stages if stage.role == Role.CONSUMER]
    level = Level(_not_negative("--fresh", options.fresh), _not_negative("--lost", options.lost))
    x, y = _axis(course.pipeline, options.x), _axis(course.pipeline, options.y)
    consumer = options.consumer or next(iter(consumers), "")
    start = time.perf_counter()
    result = _swept(day_asked, x, y, consumer)
    rows = list(_cells(result, level))
    sentences = _in_words(course, scenario, result, level)
    if options.json:
        best = result.cheapest(level)
        printed: dict[str, Any] = {
            "scenario": day_asked.named.id,
            "consumer": result.consumer,
            "x": x.name,
            "y": y.name,
            "settings": settings_of(scenario),
            "idle": [axis.name for axis in result.idle],
            "cheapest": None if best is None else rows[best[0] * len(y.values) + best[1]],
            "told": sentences,
            "runs": rows,
        }
        printed |= {"trace": day_asked.real_day.facts} if day_asked.real_day else {}
        printed |= {"elapsed_s": round(time.perf_counter() - start, 6)}
        print(json.dumps(printed, ensure_ascii=False, indent=2, allow_nan=False))
        return
    if options.csv:
        write_rows(options.csv, "sweep", rows)
        print("\n".join([*day_asked.replayed, f"wrote {options.csv / 'sweep.csv'}"]))
    else:
        print("\n".join([*day_asked.replayed, *map(_line, rows)]))
    print("\n".join(sentences), file=sys.stderr)


def _in_words(course: Course, scenario: Scenario, result: Sweep, level: Level) -> list[str]:
    """What the sweep page says: what is broken on the day, what came of it, and what is cheapest or why nothing is."""
    stages = {stage.id: stage for stage in course.pipeline.stages}

    def knob(axis: Axis) -> tuple[str, Callable[[float], str]]:
        stage = stages[axis.station]
        return charts.knob(stage, next(figure for figure in ROLES[stage.role] if figure.name == axis.figure))

    across, up = knob(result.x), knob(result.y)
    ways = (scenario.start, scenario.size, scenario.transform)
    cheapest = charts.cheapest(result, level, across, up, course.prices.currency, ways)
    if result.idle:
        cheapest += f" {_instead(result.idle, stages)}"
    faults = broken(scenario, {name: stage.label for name, stage in stages.items()})
    sentences = [*(f"Broken: {words}" for words in faults), f"{charts.swept(result, level, across, up)}."]
    return [*sentences, cheapest] if cheapest else sentences


def _instead(idle: Iterable[Axis], stages: Mapping[str, Stage]) -> str:
    """What to try where a knob moves nothing; under no switch does one that decides only who can read what."""
    figures = [figure for axis in idle for figure in ROLES[stages[axis.station].role] if figure.name == axis.figure]
    if all(figure.exposes for figure in figures):
        return "It decides who can read what, which `simulate` tells; a sweep looks at times, losses and costs."
    return "Turn a switch (--start, --size, --transform), or choose another knob."


def _line(row: Mapping[str, Any]) -> str:
    figures = "  ".join(f"{name} {value:,.4g}" for name, value in row.items() if name != "meets")
    return figures + ("  meets the level" if row["meets"] else "")


def _axis(pipeline: Pipeline, text: str) -> Axis:
    """Read `stage.figure=1,2,4`, `stage.figure=0.01..1` or `…=0.01..1/10`, by equal factors where the knob is so."""
    name, _, span = text.partition("=")
    stage, _, figure = name.strip().partition(".")
    low, dots, rest = span.partition("..")
    if not dots:
        return Axis(stage, figure, tuple(number(name, part) for part in span.split(",") if part.strip()))
    high, _, steps = rest.partition("/")
    if steps and not (steps.isascii() and steps.isdigit() and len(steps) < 6):
        raise ValueError(f"{name} in {steps[:20]!r} steps; write a whole number")
    station = next((station for station in pipeline.network.stations if station.id == stage), None)
    known = next((knob for knob in ROLES[station.role] if knob.name == figure), None) if station else None
    whole, log = (known.unit in ("workers", "consumers"), known.scale == "log") if known else (False, False)
    count = int(steps or STEPS)
    return Axis(stage, figure, settings(number(name, low), number(name, high), count, whole=whole, log=log))


def _not_negative(name: str, text: str) -> float:
    value = number(name, text)
    if not value >= 0:
        raise ValueError(f"{name} is {text}; write a number of at least 0")
    return value


def _cells(result: Sweep, level: Level) -> Iterator[dict[str, Any]]:
    meets = result.meets(level)
    for i, x in enumerate(result.x.values):
        for j, y in enumerate(result.y.values):
            yield {
                result.x.name: x,
                result.y.name: y,
                "fresh_p95_s": float(result.fresh_s[i, j]),
                "lost_share": float(result.lost_share[i, j]),
                "peak_per_s": float(result.peak_per_s[i, j]),
                "cost": float(result.cost[i, j]),
                "meets": bool(meets[i, j]),
            }
