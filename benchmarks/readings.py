"""What is read off a course and a run, in CPU seconds: to compare two states of the program, run it in each, in turns.

python -m benchmarks.readings
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from benchmarks import arguments
from benchmarks.rows import Goal, Row, say
from lifecycle import charts
from lifecycle.__main__ import main as command
from lifecycle.course import content_folder, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start

CHECK, LOADING = Goal("at most", 5.0, "s"), Goal("at most", 0.25, "s")
CHART = Goal("at most", 15.0, "ms")


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


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    arguments.parser("readings", __doc__).parse_args(called_with)
    check_s, loading_s = cpu_s(check, 1), cpu_s(lambda: load(content_folder()), 3)
    say(
        Row("`check content`", f"{check_s:.1f} s of CPU", check_s, CHECK),
        Row("loading the course", f"{loading_s:.2f} s of CPU", loading_s, LOADING),
    )
    course = load(content_folder())
    days = {
        word: replace(course.default.scenario, start=start, size=size, transform=size)
        for word, start, size in (
            ("pulled in batches", Start.PULL, Size.BATCH),
            ("pushed as a stream", Start.PUSH, Size.STREAM),
        )
    }
    runs = {word: simulate(course.pipeline.network, day) for word, day in days.items()}
    for name, chart in charts.CHARTS.items():
        took_ms = {word: 1000 * cpu_s(partial(chart, course.pipeline, run, None)) for word, run in runs.items()}
        words = ", ".join(f"{each_ms:.1f} ms {word}" for word, each_ms in took_ms.items())
        say(Row(f"the chart *{name}*, default day", f"{words}, of CPU", max(took_ms.values()), CHART))


if __name__ == "__main__":
    main()
