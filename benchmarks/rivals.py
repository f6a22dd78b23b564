"""Beside compiled code, in one run: a plain C loop over the same recursion, and the engine Cimba on the pipeline.

    python -m benchmarks.rivals [EVENTS]

Prints seconds (medians of five, taken in turn, so that all see the same machine), ratios, memory per event, and the
profile of the day. Where there is no C compiler, or no Cimba, it says so and goes on.
"""

from __future__ import annotations

import cProfile
import ctypes
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks import arguments
from benchmarks.rows import Goal, Row, say
from benchmarks.simulate import default_network
from benchmarks.turns import kept_bytes
from lifecycle.simulation.day.arrivals import births
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.kernels import fifo
from lifecycle.simulation.model import draws
from lifecycle.simulation.model.kinds import Arrivals, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import Scenario

ROUNDS = 5
BESIDE_C, BESIDE_CIMBA = Goal("at most", 2.0, "times"), Goal("at least", 10.0, "times")
LEAST = 1_000  # fewer are over before a clock sees them

# A straight line of the pipeline's stages, one server each: what one C loop can walk without sorting.
LINE = Network(
    (
        Station("source", Role.SOURCE),
        Station("ingestion", Role.INGESTION),
        Station("buffer", Role.BUFFER),
        Station("lake", Role.LAKE),
        Station("transform", Role.TRANSFORM, (("workers", 1.0),)),
        Station("warehouse", Role.WAREHOUSE),
        Station("bi", Role.CONSUMER),
    ),
    (
        Link("source", "ingestion"), Link("ingestion", "buffer"), Link("buffer", "lake"), Link("lake", "transform"),
        Link("transform", "warehouse"), Link("warehouse", "bi"),
    ),
)  # fmt: skip

C_SOURCE = r"""
#include <math.h>
#include <stddef.h>

void queue(size_t n, const double *arrivals, const double *work, double *departures) {
    double free = -1.0;
    for (size_t i = 0; i < n; i++) {
        free = (arrivals[i] > free ? arrivals[i] : free) + work[i];
        departures[i] = free;
    }
}

/* figures: latency, flush, put, load, query, seconds of an event's bytes at ingestion and at the buffer; means:
   of the work at ingestion, buffer, transform, warehouse;
   unit: exponential draws with mean 1 for each of those; out: departures from each of the six stages, a row each. */
void line(size_t n, const double *arrivals, const double *unit, const double *means, const double *figures,
          double *out) {
    double ingested = -1.0, read = -1.0, transformed = -1.0, written = -1.0;
    for (size_t i = 0; i < n; i++) {
        ingested = (arrivals[i] > ingested ? arrivals[i] : ingested) + unit[i] * means[0] + figures[5];
        double at = ingested + figures[0];
        out[i] = at;
        read = (at > read ? at : read) + unit[n + i] * means[1] + figures[6];
        out[n + i] = read;
        double stored = ceil(read / figures[1]) * figures[1] + figures[2];
        out[2 * n + i] = stored;
        transformed = (stored > transformed ? stored : transformed) + unit[2 * n + i] * means[2];
        out[3 * n + i] = transformed;
        written = (transformed > written ? transformed : written) + unit[3 * n + i] * means[3];
        out[4 * n + i] = written + figures[3];
        out[5 * n + i] = written + figures[3] + figures[4];
    }
}
"""


def bytes_s(figures: Mapping[str, Mapping[str, float]], name: str) -> float:
    """Seconds that the bytes of one event of `LINE` take at a stage: wire, decoding, encryption."""
    here = figures[name]
    wire = 1.0 / here["bandwidth_bytes_per_s"] if "bandwidth_bytes_per_s" in here else 0.0
    per_mb_s = here.get("decode_s_per_mb", 0.0) + here["encrypt_s_per_mb"]
    return figures["source"]["event_bytes"] * (wire + per_mb_s / 1e6)


def in_turn(rounds: int, **ways: Callable[[], object]) -> dict[str, float]:
    """Return the median seconds of each way, taken in turn."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            took[name].append(time.perf_counter() - begun)
    return {name: statistics.median(each) for name, each in took.items()}


@contextmanager
def compiled() -> Iterator[ctypes.CDLL | None]:
    """The C loops, compiled here and now; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "loop.c", Path(folder) / "loop.so"
        source.write_text(C_SOURCE, encoding="utf-8")
        subprocess.run([compiler, "-O3", "-shared", "-fPIC", str(source), "-o", str(library), "-lm"], check=True)
        yield ctypes.CDLL(str(library))


def queue_by_c(loops: ctypes.CDLL, arrivals: np.ndarray, work: np.ndarray) -> np.ndarray:
    """Departures from one server, by the C loop."""
    departures = np.empty(arrivals.size)
    loops.queue(ctypes.c_size_t(arrivals.size), pointer(arrivals), pointer(work), pointer(departures))
    return departures


def pointer(row: np.ndarray) -> ctypes.c_void_p:
    """Where an array lies; keep it alive in a name of its own while C works on it."""
    assert row.flags.c_contiguous
    assert row.dtype == np.float64
    return ctypes.c_void_p(row.ctypes.data)


def tell(name: str, events: int, took: dict[str, float]) -> None:
    """Print every way's seconds, and how many times ours they are."""
    print(f"\n{name}, {events:,} events")
    ours = next(iter(took.values()))
    for way, seconds in took.items():
        each = f"{seconds:9.4f} s {1e9 * seconds / events:9.1f} ns an event"
        print(f"  {way.replace('_', ' '):34} {each} {seconds / ours:9.2f} × ours")


def against_c(events: int) -> list[Row]:
    """One stage and a whole line, each beside the C loop."""
    queue, line = (
        f"{what}, {events:,} events, beside a plain C loop" for what in ("one queue", "a line of seven stations")
    )
    with compiled() as loops:
        if loops is None:
            why = "not measured: no C compiler (cc, gcc, clang)"
            return [Row(queue, why, goal=BESIDE_C), Row(line, why, goal=BESIDE_C)]
        random = np.random.default_rng(1)
        arrivals, work = np.cumsum(random.exponential(1.0, events)), random.exponential(0.8, events)
        count, out = ctypes.c_size_t(events), np.empty(events)
        np.testing.assert_allclose(fifo(arrivals, work), queue_by_c(loops, arrivals, work), rtol=1e-9)
        one = in_turn(
            ROUNDS,
            kernel=lambda: fifo(arrivals, work),
            plain_C_loop=lambda: queue_by_c(loops, arrivals, work),
            # What bounds the kernel: a running sum and a running maximum cannot be had for less in NumPy.
            its_two_NumPy_scans_alone=lambda: (np.cumsum(work, out=out), np.maximum.accumulate(arrivals, out=out)),
        )
        tell("One stage, M/M/1", events, one)

        day = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, events)
        run = simulate(LINE, day)
        of = run.figures
        busy = ("ingestion", "buffer", "transform", "warehouse")
        means = np.array([of[name]["per_event_s"] for name in busy])
        figures = np.array(
            [of["ingestion"]["latency_s"], of["lake"]["flush_interval_s"], of["lake"]["put_s"],
             of["warehouse"]["load_s"], of["bi"]["query_s"], *(bytes_s(of, name) for name in ("ingestion", "buffer"))]
        )  # fmt: skip

        def by_c() -> np.ndarray:
            """From the kept draws, as `simulate` does: births, then the recursion."""
            born, _ = births(day, [("source", 1.0)])
            unit = np.concatenate([draws.exponentials(day.seed, name, "work", events) for name in busy])
            left = np.empty((len(LINE.stations) - 1, events))
            loops.line(count, pointer(born), pointer(unit), pointer(means), pointer(figures), pointer(left))
            return left

        left = by_c()
        for row, name in zip(left, [station.id for station in LINE.stations[1:]], strict=True):
            here = run.passages[name].departed_s
            np.testing.assert_allclose(here, row[: here.size], atol=1e-6)
        whole = in_turn(ROUNDS, simulate=lambda: simulate(LINE, day), plain_C_loop=by_c)
        tell("A line of seven stations, event for event the same", events, whole)
    ratios = one["kernel"] / one["plain_C_loop"], whole["simulate"] / whole["plain_C_loop"]
    passes = one["its_two_NumPy_scans_alone"] / one["plain_C_loop"]
    return [
        Row(queue, f"{ratios[0]:.1f} times slower; NumPy's two passes alone {passes:.1f}", ratios[0], BESIDE_C),
        Row(line, f"{ratios[1]:.1f} times slower", ratios[1], BESIDE_C),
    ]


def against_cimba(network: Network, events: int) -> Row:
    """The default pipeline, all numbers drawn anew, beside Cimba."""
    stages = f"{len(network.stations)} stages, of which Cimba has no AI assistant"
    what = f"a day of {events:,} events through all {stages}, beside the compiled engine Cimba"
    try:
        from benchmarks import cimba_pipeline
    except ImportError as error:
        print(f"\nCimba is left out ({error}): `pip install cimba`, best in an environment of its own.")
        return Row(what, "not measured: Cimba is not installed", goal=BESIDE_CIMBA)
    day = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, events, overrides=cimba_pipeline.OFF)
    made = cimba_pipeline.model(network, events)
    totals = cimba_pipeline.run(made, 1)  # compiles
    run = simulate(network, day)
    buffer = run.passages["buffer"]
    np.testing.assert_allclose(
        totals["waited"] / totals["served"], (buffer.started_s - buffer.arrived_s).mean(), rtol=0.1
    )
    print(
        f"\nCimba: {totals['born']:,.0f} born, {totals['seen']:,.0f} seen, mean wait at the buffer "
        f"{totals['waited'] / totals['served']:.5f} s; ours: {run.born_s.size:,} born, "
        f"{run.passages['bi'].out_s.size:,} seen, {(buffer.started_s - buffer.arrived_s).mean():.5f} s"
    )
    seeds = iter(range(2, 1_000))
    took = in_turn(
        3,
        simulate=lambda: simulate(network, day),
        simulate_drawing_all_anew=lambda: simulate_anew(network, day),
        Cimba=lambda: cimba_pipeline.run(made, next(seeds)),
    )
    tell(f"The default pipeline, {len(network.stations)} stations", events, took)
    ratio = took["Cimba"] / took["simulate_drawing_all_anew"]
    return Row(what, f"{ratio:.1f} times faster", ratio, BESIDE_CIMBA)


def forget() -> None:
    """Let go of all kept draws, so that a run draws every number anew, as Cimba does."""
    from lifecycle.simulation.day import arrivals

    for kept in (draws.uniforms, draws.exponentials, draws.sorted_uniforms, arrivals._births):
        kept.cache_clear()


def simulate_anew(network: Network, day: Scenario) -> object:
    """A run that draws every number anew."""
    forget()
    return simulate(network, day)


def memory(network: Network, events: int) -> Row:
    """Bytes that a run keeps, and that it takes at most while it is made."""
    forget()
    tracemalloc.start()
    run = simulate(network, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, events=events))
    kept_draws, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    results = kept_bytes(run)
    passed = sum(here.arrived_s.size for here in run.passages.values())
    return Row(
        f"memory of a day of {events:,} events",
        f"{results / events:.0f} bytes an event, {results / passed:.0f} an arrival; with the draws kept for the next "
        f"{kept_draws / events:.0f}, at most while it is made {peak / events:.0f} an event",
    )


def profile(network: Network, events: int) -> None:
    """Where the time of a day goes."""
    day = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, events)
    simulate(network, day)
    watch = cProfile.Profile()
    watch.runcall(simulate, network, day)
    print(f"\nWhere the time of a day of {events:,} events goes (own time, draws kept):")
    pstats.Stats(watch, stream=sys.stdout).strip_dirs().sort_stats("tottime").print_stats(12)


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure, and the profile."""
    parser = arguments.parser("rivals", __doc__)
    parser.add_argument("events", type=arguments.whole(LEAST), nargs="?", default=1_000_000, help="events of a day")
    events, network = parser.parse_args(called_with).events, default_network()
    say(*against_c(events))
    say(against_cimba(network, events))
    say(memory(network, events))
    profile(network, events)


if __name__ == "__main__":
    main()
