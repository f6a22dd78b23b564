"""The faults, one module each: its words, where it can happen, how bad it may be, and what it does.

A new fault is a member of `kinds.FaultKind` and a module: without one `fault_type` does not pass the type checker.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, assert_never

from lifecycle.simulation.faults.contend import Contend
from lifecycle.simulation.faults.cut import Cut
from lifecycle.simulation.faults.down import Down
from lifecycle.simulation.faults.drift import Drift
from lifecycle.simulation.faults.fail import Fail
from lifecycle.simulation.faults.forget import Forget
from lifecycle.simulation.faults.kind import FaultType
from lifecycle.simulation.faults.poison import Poison
from lifecycle.simulation.faults.rerun import Rerun
from lifecycle.simulation.faults.skew import Skew
from lifecycle.simulation.faults.sleep import Sleep
from lifecycle.simulation.faults.slow import Slow
from lifecycle.simulation.faults.spike import Spike
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault


def fault_type(kind: FaultKind) -> FaultType:
    """Return the module of a kind of fault."""
    match kind:
        case FaultKind.DOWN:
            return Down()
        case FaultKind.SLOW:
            return Slow()
        case FaultKind.CUT:
            return Cut()
        case FaultKind.DRIFT:
            return Drift()
        case FaultKind.CONTEND:
            return Contend()
        case FaultKind.SPIKE:
            return Spike()
        case FaultKind.SKEW:
            return Skew()
        case FaultKind.POISON:
            return Poison()
        case FaultKind.RERUN:
            return Rerun()
        case FaultKind.FORGET:
            return Forget()
        case FaultKind.FAIL:
            return Fail()
        case FaultKind.SLEEP:
            return Sleep()
        case _:
            assert_never(kind)


KINDS: Mapping[FaultKind, FaultType] = {kind: fault_type(kind) for kind in FaultKind}


def shows_s(fault: Fault) -> tuple[float, float]:
    """Return from when to when (seconds of the day) the fault is to be seen."""
    return KINDS[fault.kind].shows_s(fault)


class Befallen(Protocol):
    """Where something may go wrong: a station of the simulation, or a stage of a course."""

    @property
    def role(self) -> Role:
        """What it is."""

    @property
    def schedule(self) -> str:
        """The schedule that starts its jobs, "" for none."""


def can_happen(kind: FaultKind, at: Befallen) -> bool:
    """Whether a fault of this kind does anything there."""
    known = KINDS[kind]
    return (not known.roles or at.role in known.roles) and (known.on_schedule if at.schedule else known.elsewhere)


def factor_problem(kind: FaultKind, factor: float) -> str | None:
    """Return in words what a fault's factor may be, None if it is that."""
    known = KINDS[kind]
    return None if known.low <= factor <= known.high else f"write a number from {known.low:g} to {known.high:g}"


def place_problem(kind: FaultKind, at: Befallen) -> tuple[str, str] | None:
    """Return what is wrong with a fault of this kind there, and how to fix it; None if nothing."""
    role = at.role
    if can_happen(kind, at):
        return None
    if not KINDS[kind].roles or role in KINDS[kind].roles:
        has, wants = ("on a", "without") if at.schedule else ("without a", "with")
        what = f"{_a(kind)} {kind} does nothing to {_a(role)} {role} {has} schedule"
        return what, f"put it at a stage {wants} `schedule:`"
    roles = [f"{_a(name)} {name}" for name in KINDS[kind].roles]
    return f"{_a(kind)} {kind} does nothing to {_a(role)} {role}", f"put it at {' or '.join(roles)}"


def _a(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
