"""All benchmarks one after the other, and at the end one table of their figures beside the goals: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.rows import HEAD, MISSED, rows_in
from lifecycle.__main__ import OneLineParser

ROOT = Path(__file__).resolve().parents[1]
# In the order of the table: the page, the server under learners, the engine, what is read off it, a hall, the long run.
MODULES = (
    "page", "startup", "motion", "steady", "sessions", "simulate", "rivals", "kernels", "sweep", "readings",
    "large", "second_screen", "live_class", "soak",
)  # fmt: skip
COMMANDS = {module: (sys.executable, "-u", "-m", f"benchmarks.{module}") for module in MODULES}


def run(command: Sequence[str]) -> tuple[list[str], str]:
    """Run a benchmark and show what it prints as it comes; its rows, and in words how it failed, or nothing."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        lines = []
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    rows = rows_in(lines)
    if process.returncode:
        return rows, f"ended with exit code {process.returncode}"
    return rows, "" if rows else "said no figure"


def bench(commands: Mapping[str, Sequence[str]]) -> int:
    """Run every benchmark whatever becomes of the others, print the table; 1 where one of them failed, else 0."""
    table, failed = [], {}
    for name, command in commands.items():
        print(f"\n{name}", flush=True)
        rows, failure = run(command)
        table += rows
        if failure:
            failed[name] = failure
    print("", HEAD, *table, "", sep="\n")
    print(f"{sum(MISSED in row for row in table)} of {len(table)} figures miss their goals.")
    for name, failure in failed.items():
        print(f"{name} {failure}: figures may be missing above. Alone: python -m benchmarks.{name}")
    return int(bool(failed))


if __name__ == "__main__":
    OneLineParser(prog="python -m benchmarks", description=__doc__).parse_args()
    sys.exit(bench(COMMANDS))
