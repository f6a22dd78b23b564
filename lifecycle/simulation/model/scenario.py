"""What is simulated: the switches, the shape of the day, the faults, the overrides and the seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start

# The switches: fields of a scenario, and what each may be.
SWITCHES: Mapping[str, type[Start] | type[Size]] = {"start": Start, "size": Size, "transform": Size}

DAY_S = 86_400.0
MAX_EVENTS = 1_000_000


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong at `station` from `start_s` to `end_s` (seconds of the day).

    `down`: the station serves nothing and resumes afterwards. `slow`: it serves at `factor` of its speed. `drift`: a
    column is renamed in the share `factor` of the events that reach it. `contend`: other work takes the share `factor`
    of its server (a heavy query on production). `spike`: a source bears `factor` times its events. `poison`: the first
    event that reaches it crashes whatever tries to read it, until it is removed at the end. `rerun`: at the end
    everything that left it in that time is sent once more. `cut`: its way out is cut, what is done waits for the end.
    `forget`: a log keeps events for `factor` seconds at most. `skew`: a source's clock is `factor` seconds ahead.
    What `factor` may be, and where each kind can happen, is in `faults.KINDS`.
    """

    kind: FaultKind
    station: str
    start_s: float
    end_s: float
    factor: float = 1.0


@dataclass(frozen=True)
class Scenario:
    """One run's settings: frozen and hashable, so that a run can be cached by it.

    `start` says who starts the transfer, `size` how much moves at a time, `transform` how the transformation works.
    `events` is the number expected in the day; `trace` names the trace that "real-day" arrivals replay. `overrides`
    are (station, figure, value) in SI units.
    """

    start: Start = Start.PULL
    size: Size = Size.BATCH
    transform: Size = Size.BATCH
    arrivals: Arrivals = Arrivals.DAILY
    events: int = 120_000
    spike_at_s: float = 12 * 3600.0
    spike_length_s: float = 3600.0
    spike_factor: float = 10.0
    faults: tuple[Fault, ...] = ()
    overrides: tuple[tuple[str, str, float], ...] = ()
    seed: int = 1
    trace: str = ""
