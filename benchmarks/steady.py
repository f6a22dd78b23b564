"""Learners who think: each opens the explorer, then acts every ten seconds in the middle, and nobody is spared a wait.

    python -m benchmarks.steady [--sessions 80] [--think 10] [--seconds 60] [--within 5]
        [--processes 1] [--server ROOT]

Sessions are real (websocket and Streamlit's own messages), browsers are not. Of the actions 80 % are a click on another
stage, whichever tab is open, and 20 % a switch; half of the learners look at ten runs of other days than the usual one.
Rows are the waits for the page, for a stage and for a switch, the server's processor time an action, child processes
counted, its memory, and what this generator itself took of the same cores; the goal of the first is for 80 sessions on
one process that act every ten seconds, that of the waits for a stage for 300 on two. `--within` is the time in which
all of them open the page. `--processes` serves by several behind their proxy, over PostgreSQL. `--server` serves
another checkout, to measure one beside the other.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import websockets

from benchmarks import arguments
from benchmarks.page import serve
from benchmarks.rows import Goal, Row, say
from benchmarks.sessions import NO_ERRORS, PATIENCE_S, ROOT, Visit, click, nearly_all, run, session
from lifecycle.cli.processes import free_ports
from lifecycle.course import SHIPPED, load
from lifecycle.simulation.model.kinds import Size, Start
from tools import postgres

SWITCHES = [
    f"start={start}&size={size}&transform={transform}"
    for start, size, transform in itertools.product(Start, Size, Size)
]
VIEWS = ("explain", "explain", "watch", "quiz")
STAGE_SHARE, OTHER_DAYS = 0.8, 5
SESSIONS, THINK_S = 80, 10.0
CPU, CPU_WANTED, STAGE = Goal("at most", 60.0, "ms"), Goal("at most", 40.0, "ms"), Goal("at most", 1_000.0, "ms")
STAGE_SESSIONS, STAGE_PROCESSES = 300, 2  # of which the goal for a stage is


@dataclass
class Waits:
    """Seconds waited by kind of action (`page`, `stage`, `switch`), and what went wrong."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    before: int = 0  # answered until the last one had its page
    cpu_s: float = 0.0  # of the server from then on

    @property
    def actions(self) -> int:
        """How many were answered."""
        return sum(map(len, self.of.values()))


@dataclass(frozen=True)
class Load:
    """How many sessions open within how many seconds, think how long, and act for how long, in seconds."""

    sessions: int
    think_s: float
    seconds: float
    within_s: float
    processes: int = 1  # that serve them

    def __str__(self) -> str:
        served = f" on {self.processes} processes" if self.processes > 1 else ""
        return f"{self.sessions} learners{served} who act every {self.think_s:g} s"


async def learner(url: str, number: int, load: Load, stages: Sequence[str], waits: Waits) -> None:
    """One session, the same actions at every run of this program."""
    luck = random.Random(number)
    day = f"&seed={2 + number // 2 % OTHER_DAYS}" if number % 2 else ""
    switches = SWITCHES[::7] if day else SWITCHES  # two settings of five days make ten runs
    switch = luck.choice(switches)
    told = Visit()

    stage, view = luck.choice(stages), luck.choice(VIEWS)

    def query() -> str:
        return f"stage={stage}&view={view}&{switch}{day}&moment=43200"

    await asyncio.sleep(luck.uniform(0, load.within_s))
    end_s = time.monotonic() + load.seconds
    try:
        cookie = await asyncio.to_thread(opened, url)
        async with session(url, cookie) as wire:
            waits.of["page"].append(await run(wire, query(), told))
            while True:
                await asyncio.sleep(luck.expovariate(1 / load.think_s))
                if time.monotonic() > end_s:
                    break
                if luck.random() < STAGE_SHARE:
                    before, stage = query(), luck.choice(stages)
                    waits.of["stage"].append(await click(wire, before, stage, told))
                else:
                    switch = luck.choice(switches)
                    waits.of["switch"].append(await run(wire, query(), told))
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        waits.errors.append(f"{type(error).__name__}: {error}")
    waits.errors += told.errors


def opened(url: str) -> str:
    """Get the page, as a browser does first, and return the cookie of a new learner: it leads to one process."""
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
        return str(answer.headers["set-cookie"]).partition(";")[0]


async def crowd(url: str, load: Load, stages: Sequence[str], process_id: int) -> Waits:
    """All of them at once; the processor time is read when the last one has its page, and at the end."""
    waits = Waits()
    learning = asyncio.gather(*(learner(url, number, load, stages, waits) for number in range(load.sessions)))
    while len(waits.of["page"]) + len(waits.errors) < load.sessions and not learning.done():
        await asyncio.sleep(0.1)
    waits.before = waits.actions
    waits.cpu_s = -used(process_id)[0]
    await learning
    waits.cpu_s += used(process_id)[0]
    return waits


def serve_many(stack: ExitStack, processes: int) -> tuple[str, subprocess.Popen[bytes]]:
    """Our own `serve --processes` over a PostgreSQL that waits for its disk: its address, and the program."""
    programs = postgres.found()
    if programs is None:
        raise SystemExit("Several processes need PostgreSQL: python -m tools.postgres installs one.")
    short = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hw-")))  # a socket's path may not be long
    short.chmod(0o755)
    cluster = postgres.Cluster(programs, short / "pg", durable=True)
    cluster.start()
    stack.callback(cluster.stop)
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "lifecycle", "serve", "--processes", str(processes), "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "HEADWATERS_DATABASE_URL": cluster.url, "HEADWATERS_DATA": str(short / "data")},
        stdout=subprocess.PIPE,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    for line in process.stdout or ():
        if b"URL:" in line:
            break
    return f"http://127.0.0.1:{port}", process


def family(process_id: int) -> list[int]:
    """A process and its children, and theirs."""
    rows = [line.split() for line in subprocess.check_output(["ps", "-eo", "pid=,ppid="], text=True).splitlines()]
    known = [process_id]
    for parent in known:
        known += [int(child) for child, of in rows if int(of) == parent]
    return known


def used(process_id: int) -> tuple[float, int]:
    """Seconds of processor time that a process and its children took, and the bytes they hold."""
    chosen = ",".join(map(str, family(process_id)))
    rows = subprocess.check_output(["ps", "-o", "cputimes=,rss=", "-p", chosen], text=True).splitlines()
    return sum(float(row.split()[0]) for row in rows), sum(1024 * int(row.split()[1]) for row in rows)


def rows(waits: Waits, load: Load, generator_s: float, held: int) -> list[Row]:
    """What was measured; a goal counts for the load that it is for, since a lighter one says nothing about it."""
    measured = [_waited(kind, took_s, load) for kind, took_s in waits.of.items() if took_s]
    what, actions = f"the server's processor time an action, {load}", waits.actions - waits.before
    cost_ms = 1000 * waits.cpu_s / actions if actions else None
    words = "not measured: nobody acted once all had their page" if cost_ms is None else f"{cost_ms:.0f} ms"
    wanted = load.sessions == SESSIONS and load.think_s == THINK_S and load.processes == 1
    measured.append(Row(what, words, cost_ms, CPU if wanted else None))
    if wanted:
        measured.append(Row(f"{what}, as wanted", words, cost_ms, CPU_WANTED))
    for error in sorted(set(waits.errors))[:3]:
        print(error)
    return [
        *measured,
        Row(f"errors met by {load}", f"{len(waits.errors)}", len(waits.errors), NO_ERRORS),
        Row(
            f"memory of the server, {load}",
            f"{held / 2**20:.0f} MiB; the learners took {generator_s:.1f} s of its cores",
        ),
    ]


def _waited(kind: str, took_s: Sequence[float], load: Load) -> Row:
    late_ms, middle_ms = 1000 * nearly_all(took_s), 1000 * statistics.median(took_s)
    if kind == "page":
        what = f"the page, which {load} open within {load.within_s:g} s"
    else:
        what = f"a {'click on a stage' if kind == 'stage' else kind}, {load}"
    of_goal = kind == "stage" and (load.sessions, load.processes) == (STAGE_SESSIONS, STAGE_PROCESSES)
    words = f"{late_ms:.0f} ms, in the middle of {len(took_s)} {middle_ms:.0f} ms"
    return Row(f"{what}, 95 of 100 within", words, late_ms, STAGE if of_goal else None)


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    parser = arguments.parser("steady", __doc__)
    some = arguments.number(0.0, above=True)
    parser.add_argument("--sessions", type=arguments.whole(), default=SESSIONS, help="how many learners")
    parser.add_argument("--think", type=some, default=THINK_S, help="seconds between two actions of one, in the middle")
    parser.add_argument("--seconds", type=some, default=60.0, help="for how long they act")
    parser.add_argument("--within", type=arguments.number(0.0), default=5.0, help="seconds in which all open the page")
    parser.add_argument("--processes", type=arguments.whole(), default=1, help="how many serve, behind their proxy")
    parser.add_argument("--server", type=arguments.checkout, default=ROOT, metavar="ROOT", help="serve this checkout")
    options = parser.parse_args(called_with)
    if options.processes > 1 and options.server != ROOT:
        parser.error("--processes serves this checkout alone: leave out --server, or run that one's own benchmark")
    stages = list(load(SHIPPED).pipeline.places)
    with ExitStack() as stack:
        url, process = (
            serve_many(stack, options.processes) if options.processes > 1 else serve(stack, options.server / "app.py")
        )
        warm = Load(1, 1.0, 1.0, 0.0)
        asyncio.run(crowd(url, warm, stages, process.pid))  # the server's own first time is not the learners'
        generator_s = time.process_time()
        wanted = Load(options.sessions, options.think, options.seconds, options.within, options.processes)
        waits = asyncio.run(crowd(url, wanted, stages, process.pid))
        say(*rows(waits, wanted, time.process_time() - generator_s, used(process.pid)[1]))


if __name__ == "__main__":
    main()
