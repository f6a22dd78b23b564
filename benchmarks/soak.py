"""Whether the server's memory stays flat over many actions: switches turned and stages chosen, again and again.

    python -m benchmarks.soak [ACTIONS]

The session is real (websocket and Streamlit's own messages); now and then it leaves and another comes, as learners do.
Prints what the server's memory came to after each tenth of the actions, and how much the second half added.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import time
from contextlib import ExitStack

from benchmarks.page import STAGES, serve
from benchmarks.sessions import ROOT, Visit, resident_bytes, run, session
from lifecycle.simulation.model.kinds import Size, Start

ACTIONS = 5_000
STAYS = 100  # actions of a session
TENTHS = 10
SETTINGS = [
    f"start={start}&size={size}&transform={transform}"
    for start, size, transform in itertools.product(Start, Size, Size)
]


async def soak(url: str, process_id: int, actions: int) -> tuple[list[int], list[float], list[str]]:
    """The bytes held after each tenth, the seconds of each action, and errors that were shown."""
    held, waits_s, told = [], [], Visit()
    queries = itertools.cycle(f"stage={stage}&{each}&moment=43200" for each in SETTINGS for stage in STAGES)
    done = 0
    while done < actions:
        async with session(url) as wire:
            for _ in range(min(STAYS, actions - done)):
                waits_s.append(await run(wire, next(queries), told))
                done += 1
                if done * TENTHS % actions < TENTHS:
                    await asyncio.sleep(3.0)  # a pause for thought, in which the server tidies
                    held.append(resident_bytes(process_id))
                    middle_ms = 1000 * statistics.median(waits_s[-actions // TENTHS :])
                    print(f"{done:6,} actions: {held[-1] / 2**20:.0f} MiB, {middle_ms:.0f} ms each", flush=True)
    return held, waits_s, told.errors


def main(actions: int) -> None:
    """Measure and print."""
    with ExitStack() as stack:
        url, process = serve(stack, ROOT / "app.py")
        start = time.perf_counter()
        held, waits_s, errors = asyncio.run(soak(url, process.pid, actions))
        took_s = time.perf_counter() - start
    middle = held[len(held) // 2]
    print(f"{actions:,} actions in {took_s:.0f} s, {statistics.median(waits_s) * 1000:.0f} ms in the middle")
    print(f"memory from the middle to the end: {(held[-1] - middle) / 2**20:+.0f} MiB, {held[-1] / middle:.3f} times")
    print(f"{len(errors)} errors {errors[:3]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ACTIONS)
