"""A rush: a source bears `factor` times its events."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.faults.kind import FaultType, Words
from lifecycle.simulation.model.draws import sorted_uniforms
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import DAY_S, Fault


class Spike(FaultType):
    """A rush: a source bears `factor` times its events."""

    kind = FaultKind.SPIKE
    words = Words(
        "A rush",
        "{stage} has {times} times its usual traffic",
        "rush",
        "{stage} got {times} times its usual traffic from {start} to {end}",
        "Rush, {times} times",
        full="A rush of {times} times its usual traffic, {start} to {end}",
        meaning="Times the usual traffic",
    )
    unit = "times"
    roles = (Role.SOURCE,)
    low, high, usual = 1.0, 20.0, 5.0
    bears = True
    repaired = False

    def born(self, fault: Fault, number: int, seed: int, usual_s: Seconds, room: int) -> Seconds | None:
        """Spread over its hours as the source's own events are."""
        more = min(round(usual_s.size * (fault.factor - 1.0)), room)
        knots = np.concatenate(([fault.start_s], usual_s, [min(fault.end_s, DAY_S)]))
        draws = sorted_uniforms(seed, fault.station, f"spike {number}", more)
        return np.interp(draws * (knots.size - 1), np.arange(knots.size), knots)
