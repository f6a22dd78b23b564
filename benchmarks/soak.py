"""Whether the server stays as large as it was over many actions: memory, files and threads after a warm-up, at the end.

    python -m benchmarks.soak [--minutes 30]

The session is real (websocket and Streamlit's own messages): switches are turned and stages chosen, again and again;
now and then it leaves and another comes, as learners do. In the warm-up, half of the time, what is kept for others
fills up: Streamlit keeps a session that left, with three files, for two minutes, so the goals count from six minutes
on. The server is looked at between two sessions, when it has tidied; of the looks of each half the largest counts,
since how many sessions that left stand beside each other at one of them is chance.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from benchmarks import arguments
from benchmarks.page import STAGES, serve
from benchmarks.rows import Goal, Row, say
from benchmarks.sessions import NO_ERRORS, ROOT, Visit, resident_bytes, run, session
from lifecycle.simulation.model.kinds import Size, Start

MINUTES = 6.0
STAYS = 100  # actions of a session, at most
LOOKS, WARM_UP = 10, 5
TIDIES_S = 3.0  # a pause for thought, in which the server tidies
MEMORY, MORE = Goal("at most", 1.1, "times"), Goal("at most", 12.0, "more")
SETTINGS = [
    f"start={start}&size={size}&transform={transform}"
    for start, size, transform in itertools.product(Start, Size, Size)
]


class Held(NamedTuple):
    """What a process holds at a moment; files and threads are counted on Linux alone."""

    memory_bytes: int
    files: int | None
    threads: int | None


def held_by(process_id: int) -> Held:
    """What a process holds now."""
    counts = Path(f"/proc/{process_id}")
    if not counts.is_dir():
        return Held(resident_bytes(process_id), None, None)
    return Held(resident_bytes(process_id), *(len(list((counts / part).iterdir())) for part in ("fd", "task")))


async def soak(url: str, process_id: int, minutes: float) -> tuple[list[Held], list[float], list[str]]:
    """What was held at the end of each tenth of the time, the seconds of each action, and errors that were shown."""
    looks: list[Held] = []
    waits_s: list[float] = []
    told = Visit()
    queries = itertools.cycle(f"stage={stage}&{each}&moment=43200" for each in SETTINGS for stage in STAGES)
    start_s = time.monotonic()
    while len(looks) < LOOKS:
        look_s = start_s + 60.0 * minutes * (len(looks) + 1) / LOOKS
        async with session(url) as wire:
            for _ in range(STAYS):
                waits_s.append(await run(wire, next(queries), told))
                if time.monotonic() >= look_s:
                    break
        if time.monotonic() >= look_s:
            await asyncio.sleep(TIDIES_S)
            looks.append(held_by(process_id))
            memory_bytes, files, threads = looks[-1]
            print(
                f"{len(waits_s):,} actions: {memory_bytes / 2**20:.0f} MiB, files {files}, threads {threads}",
                flush=True,
            )
    return looks, waits_s, told.errors


def rows(looks: Sequence[Held], waits_s: Sequence[float], errors: Sequence[str], minutes: float) -> list[Row]:
    """How much larger the server grew after the warm-up than in it."""
    warm, end = largest(looks[:WARM_UP]), largest(looks[WARM_UP:])
    ratio, mib = end.memory_bytes / warm.memory_bytes, [held.memory_bytes / 2**20 for held in (warm, end)]
    halves = f"{minutes * (1 - WARM_UP / LOOKS):g} minutes after {minutes * WARM_UP / LOOKS:g} of warm-up"
    what = f"the server's most in {halves}, without a pause, beside its most in them"
    of_goal = minutes >= MINUTES
    return [
        Row(
            f"{what}: memory",
            f"{ratio:.3f} times, {mib[0]:.0f} to {mib[1]:.0f} MiB",
            ratio,
            MEMORY if of_goal else None,
        ),
        _counted(f"{what}: open files", warm.files, end.files, MORE if of_goal else None),
        _counted(f"{what}: threads", warm.threads, end.threads, MORE if of_goal else None),
        Row(f"errors shown in these {len(waits_s):,} actions", f"{len(errors)}", len(errors), NO_ERRORS),
        Row("each of these actions, one after the other", f"{1000 * statistics.median(waits_s):.0f} ms in the middle"),
    ]


def largest(looks: Sequence[Held]) -> Held:
    """The most that was held at any of these moments, each figure by itself."""
    files, threads = [held.files for held in looks], [held.threads for held in looks]
    return Held(max(held.memory_bytes for held in looks), _most(files), _most(threads))


def _most(counts: Sequence[int | None]) -> int | None:
    """The largest; None where one of them was not counted."""
    counted = [count for count in counts if count is not None]
    return max(counted) if len(counted) == len(counts) else None


def _counted(what: str, warm: int | None, end: int | None, goal: Goal | None) -> Row:
    if warm is None or end is None:
        return Row(what, "not measured: this system has no /proc", goal=goal)
    return Row(what, f"{end - warm:+d}, {warm} to {end}", end - warm, goal)


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    parser = arguments.parser("soak", __doc__)
    parser.add_argument(
        "--minutes", type=arguments.number(0.0, above=True), default=MINUTES, help=f"how long; {MINUTES:g} unless said"
    )
    minutes = parser.parse_args(called_with).minutes
    with ExitStack() as stack:
        url, process = serve(stack, ROOT / "app.py")
        looks, waits_s, errors = asyncio.run(soak(url, process.pid, minutes))
    for error in sorted(set(errors))[:3]:
        print(error)
    say(*rows(looks, waits_s, errors, minutes))


if __name__ == "__main__":
    main()
