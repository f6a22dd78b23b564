"""Which alarm rings first: checks that look now and then, and what each saw when it rang."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.readings.alarms.checks import Check, usual_checks
from lifecycle.simulation.readings.alarms.seen import outside, stopped, values
from lifecycle.simulation.readings.series import passage


@dataclass(frozen=True)
class Ring:
    """A check that rang: first at `rang_s`, a second of the day, when it saw `value`.

    `until_s`: the first look after that at which it was quiet; None if there was none on that day. `stopped`: whether
    the stage stood still then, over a column that it does not know.
    """

    check: Check
    rang_s: float
    value: float
    until_s: float | None
    stopped: bool = False


def rings(run: Run, calm: Run) -> tuple[Ring, ...]:
    """Return the first ring of each of the usual checks that rings on a day, in order of time.

    `calm`: the same day without its faults, the usual to which volumes are compared. Of those that ring at the same
    moment the first of the usual checks stands first.
    """
    rung = [ring for check in usual_checks(run) if (ring := ring_of(check, run, calm))]
    return tuple(sorted(rung, key=lambda ring: ring.rang_s))


def first(rung: Sequence[Ring]) -> Ring | None:
    """Return the ring that came first, None where none did."""
    return min(rung, key=lambda ring: ring.rang_s, default=None)


def looks_s(check: Check, horizon_s: float) -> Seconds:
    """Return the seconds of the day at which a check looks, ascending."""
    return check.every_s * np.arange(1.0, np.floor(horizon_s / check.every_s * (1 + 1e-12)) + 1.0)


def ring_of(check: Check, run: Run, calm: Run) -> Ring | None:
    """Return the first ring of a check, which looks at `every_s`, 2 × `every_s`, … to the day's end; None for none."""
    moments_s = looks_s(check, run.horizon_s)
    seen = values(check, run, calm, moments_s)
    loud = outside(check, seen)
    if not loud.any():
        return None
    at = int(np.argmax(loud))
    quiet = np.flatnonzero(~loud[at:])
    until_s = float(moments_s[at + quiet[0]]) if quiet.size else None
    still = check.kind is CheckKind.SCHEMA and stopped(passage(run, check.place), moments_s[at : at + 1]).any()
    return Ring(check, float(moments_s[at]), float(seen[at]), until_s, stopped=bool(still))
