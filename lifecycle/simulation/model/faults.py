"""The kinds of faults: where each can happen, and how bad it may be."""

from __future__ import annotations

from dataclasses import dataclass

from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault


@dataclass(frozen=True)
class Kind:
    """What a fault's `factor` may be, and what it is unless said; `roles` that it can happen to, none for any.

    `unit`: "share" (0 to 1), "times", "s", or "" where a fault of this kind has no factor.
    """

    low: float = 0.0
    high: float = 1.0
    usual: float = 1.0
    unit: str = ""
    roles: tuple[Role, ...] = ()


KINDS: dict[FaultKind, Kind] = {
    FaultKind.DOWN: Kind(),
    FaultKind.SLOW: Kind(0.0001, 1.0, 0.5, "share"),
    FaultKind.CUT: Kind(),
    FaultKind.DRIFT: Kind(0.0, 1.0, 1.0, "share"),
    FaultKind.CONTEND: Kind(0.0, 0.9999, 0.5, "share", (Role.SOURCE, Role.INTERFACE)),
    FaultKind.SPIKE: Kind(1.0, 20.0, 5.0, "times", (Role.SOURCE,)),
    FaultKind.SKEW: Kind(-7200.0, 7200.0, 900.0, "s", (Role.SOURCE,)),
    FaultKind.POISON: Kind(roles=(Role.BUFFER, Role.TRANSFORM)),
    FaultKind.RERUN: Kind(roles=(Role.INGESTION, Role.LAKE, Role.TRANSFORM)),
    FaultKind.FORGET: Kind(60.0, 21_600.0, 600.0, "s", (Role.BUFFER,)),
}


# Work that is run again goes out at one moment; what goes out is drawn on its way for so long.
RERUN_SHOWS_S = 900.0


def shows_s(fault: Fault) -> tuple[float, float]:
    """Return from when to when (seconds of the day) the fault is to be seen.

    Of work that is run again that is when it goes out once more: until then nothing is wrong with it.
    """
    return (fault.end_s, fault.end_s + RERUN_SHOWS_S) if fault.kind == FaultKind.RERUN else (fault.start_s, fault.end_s)


def can_happen(kind: FaultKind, role: Role) -> bool:
    """Whether a fault of this kind does anything to a station of this role."""
    return not KINDS[kind].roles or role in KINDS[kind].roles


def happening(kind: FaultKind, station: str, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the faults of one kind at one station that last any time."""
    return tuple(each for each in faults if each.kind == kind and each.station == station and each.start_s < each.end_s)


def factor_problem(kind: FaultKind, factor: float) -> str | None:
    """Return in words what a fault's factor may be, None if it is that."""
    known = KINDS[kind]
    return None if known.low <= factor <= known.high else f"write a number from {known.low:g} to {known.high:g}"


def place_problem(kind: FaultKind, role: Role) -> tuple[str, str] | None:
    """Return what is wrong with a fault of this kind at a station of this role, and how to mend it; None if nothing."""
    if can_happen(kind, role):
        return None
    roles = [f"{_a(name)} {name}" for name in KINDS[kind].roles]
    return f"{_a(kind)} {kind} does nothing to {_a(role)} {role}", f"put it at {' or '.join(roles)}"


def _a(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
