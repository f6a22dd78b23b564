"""What is simulated: the switches, the shape of the day, the faults, the overrides and the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Start = Literal["pull", "push"]
Size = Literal["batch", "stream"]
Arrivals = Literal["steady", "daily", "spike", "real-day"]
FaultKind = Literal["down", "slow", "drift", "contend"]

DAY_S = 86_400.0
MAX_EVENTS = 1_000_000


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong at `station` from `start_s` to `end_s` (seconds of the day).

    `down`: the station serves nothing and resumes afterwards. `slow`: it serves at `factor` of its speed. `drift`: the
    share `factor` of the events it meets cannot be read and is dead-lettered. `contend`: other work takes the share
    `factor` of its server (a heavy query on production).
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

    start: Start = "pull"
    size: Size = "batch"
    transform: Size = "batch"
    arrivals: Arrivals = "daily"
    events: int = 120_000
    spike_at_s: float = 12 * 3600.0
    spike_length_s: float = 3600.0
    spike_factor: float = 10.0
    faults: tuple[Fault, ...] = ()
    overrides: tuple[tuple[str, str, float], ...] = ()
    seed: int = 1
    trace: str = ""
