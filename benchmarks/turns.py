"""One state of the engine, which simulates when it is told to: so that two states can be measured in turns.

Started by `benchmarks.simulate` in each checkout, with that checkout alone on the path. Reads a line of JSON (switches
and events), simulates once, and answers with a line: seconds by the clock and of CPU, and bytes an event, those of the
run alone and those of the draws that are kept for the next one.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import IO, Any, NamedTuple

import numpy as np


class Took(NamedTuple):
    """One run: seconds by the clock, seconds of CPU, bytes an event."""

    wall_s: float
    cpu_s: float
    bytes_an_event: float


class Engine:
    """A checkout's engine in a process of its own."""

    def __init__(self, checkout: Path, command: IO[str], answer: IO[str]) -> None:
        self.checkout, self._command, self._answer = checkout, command, answer

    def run(self, events: int, **switches: str) -> Took:
        """Simulate once."""
        print(json.dumps({"events": events, **switches}), file=self._command, flush=True)
        return Took(**json.loads(self._answer.readline()))


@contextmanager
def engine(checkout: Path) -> Iterator[Engine]:
    """Start the engine of a checkout, and stop it at the end."""
    started = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve())],
        cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdin is not None
    assert started.stdout is not None
    try:
        yield Engine(checkout, started.stdin, started.stdout)
    finally:
        started.stdin.close()
        started.wait()


def kept_bytes(run: Any) -> int:
    """Bytes of all arrays of a run of which all was read, one that stands in several places counted once."""
    rows = [run.born_s, run.source, *run.carried.values()]
    for passage in run.passages.values():
        _ = passage.work_from_s, passage.work_to_s  # sorted when they are first read
        for value in vars(passage).values():
            rows += value if isinstance(value, tuple) else [value]
    owners = {}
    for row in rows:
        while isinstance(row, np.ndarray) and isinstance(row.base, np.ndarray):
            row = row.base
        if isinstance(row, np.ndarray):
            owners[id(row)] = row.nbytes
    return sum(owners.values())


def main() -> None:
    """Answer until nobody asks any more."""
    # The other checkout's modules are on the path, so a parser of our own may not be there.
    argparse.ArgumentParser(description=__doc__).parse_args()
    sys.path[0] = str(Path.cwd())
    from benchmarks.simulate import default_network
    from lifecycle.simulation.day.run import simulate
    from lifecycle.simulation.model.scenario import Scenario

    network = default_network()
    for line in sys.stdin:
        scenario = Scenario(**json.loads(line))
        gc.collect()
        wall_s, cpu_s = perf_counter(), process_time()
        run = simulate(network, scenario)
        took = perf_counter() - wall_s, process_time() - cpu_s, kept_bytes(run) / max(scenario.events, 1)
        del run
        print(json.dumps(Took(*took)._asdict()), flush=True)


if __name__ == "__main__":
    main()
