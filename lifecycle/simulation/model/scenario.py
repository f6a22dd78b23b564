"""What is simulated: the switches, the shape of the day, the faults, the overrides and the seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.schedules import Schedule

# The switches: fields of a scenario, and what each may be.
SWITCHES: Mapping[str, type[Start] | type[Size]] = {"start": Start, "size": Size, "transform": Size}

DAY_S = 86_400.0
MAX_EVENTS = 1_000_000


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong at `station` from `start_s` to `end_s` (seconds of the day).

    What a kind does, what its `factor` means, and where it can happen is in its module of `simulation.faults`.
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
    are (station, figure, value) in SI units. `schedules` are there on this day alone, and `on_schedule` says whose jobs
    they start: (station, schedule).
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
    schedules: tuple[Schedule, ...] = ()
    on_schedule: tuple[tuple[str, str], ...] = ()


def happening(kind: FaultKind, faults: tuple[Fault, ...], *stations: str) -> tuple[Fault, ...]:
    """Return the faults of one kind at these stations that last any time."""
    return tuple(
        fault for fault in faults if fault.kind == kind and fault.station in stations and fault.start_s < fault.end_s
    )
