"""What is read off a course and a run, in CPU seconds: to compare two states of the program, run it in each, in turns.

Run: python -m benchmarks.readings
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from lifecycle import charts
from lifecycle.__main__ import main as command
from lifecycle.course import content_folder, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start


def cpu_s(do: Callable[[], object], rounds: int = 5) -> float:
    """The least CPU time of several rounds: what it takes when nothing else comes in between."""
    took = []
    for _ in range(rounds):
        begin = time.process_time()
        do()
        took.append(time.process_time() - begin)
    return min(took)


def check() -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        command(["check", str(content_folder())])


def main() -> None:
    print(f"check content               {cpu_s(check, 1):7.3f} s")
    print(f"loading the course          {cpu_s(lambda: load(content_folder()), 3):7.3f} s")
    course = load(content_folder())
    for start, size in ((Start.PULL, Size.BATCH), (Start.PUSH, Size.STREAM)):
        scenario = replace(course.default.scenario, start=start, size=size, transform=size)
        run = simulate(course.pipeline.network, scenario)
        for name in ("Where the time goes", "Queues"):
            took = cpu_s(partial(charts.CHARTS[name], course.pipeline, run, None))
            print(f"{name:20}{size:>7} {took:7.3f} s")


if __name__ == "__main__":
    main()
