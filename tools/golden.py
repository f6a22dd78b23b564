"""The golden file: what `simulate --json` prints for every scenario under all switches, to twelve digits.

It holds the figures still while the code is moved about. Where a figure is changed on purpose, write it anew:
python -m tools.golden
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from lifecycle.cli import simulate as command
from lifecycle.course import SHIPPED, Course, load
from lifecycle.course.scenarios import NamedScenario
from lifecycle.simulation.model.scenario import SWITCHES
from lifecycle.simulation.readings.alarms import rings

FILE = Path(__file__).parent.parent / "tests" / "golden" / "simulate.json.xz"
WAYS: tuple[dict[str, Any], ...] = tuple(dict(zip(SWITCHES, way, strict=True)) for way in product(*SWITCHES.values()))


def printed(course: Course, named: NamedScenario) -> Iterator[tuple[str, Any]]:
    """What the command prints for a scenario, by its switches; as JSON holds it."""
    for way in WAYS:
        scenario = replace(named.scenario, **way)
        day = course.day(scenario)
        run = day.simulated()
        calm = day.calm.simulated() if scenario.faults else run
        figures = command.day_figures(named, run, rings(run, calm), course.prices, elapsed_s=0.0)
        del figures["elapsed_s"]
        yield " ".join(way.values()), json.loads(json.dumps(figures), parse_float=_twelve_digits)


def _twelve_digits(text: str) -> float:
    return float(f"{float(text):.12g}")


def read() -> dict[str, dict[str, Any]]:
    """The file: scenario, then switches, then figures."""
    held: dict[str, dict[str, Any]] = json.loads(lzma.decompress(FILE.read_bytes()))
    return held


def main() -> None:
    """Write the file anew."""
    course = load(SHIPPED)
    held = {named.id: dict(printed(course, named)) for named in course.scenarios}
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(lzma.compress(json.dumps(held, sort_keys=True).encode(), preset=9))
    print(f"{FILE}: {sum(map(len, held.values()))} days, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
