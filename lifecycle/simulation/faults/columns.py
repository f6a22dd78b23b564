"""A renamed column on its way downstream: which events have one that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.model.draws import Mask, coins
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.roles.stream import Stream


@dataclass(frozen=True, eq=False)
class Columns:
    """Which events of the day, shape (n,), have a column that nobody here knows, and which have lost it unnoticed."""

    renamed: Mask
    empty: Mask


def arriving(scenario: Scenario, name: str, stream: Stream, before: Sequence[Columns], events: int) -> Columns | None:
    """Return the columns of what arrives at a station, those that drift there included; None on a day without drift.

    `before`: of the stations that feed it.
    """
    if not any(fault.kind == FaultKind.DRIFT for fault in scenario.faults):
        return None
    renamed, empty = np.zeros(events, dtype=np.bool_), np.zeros(events, dtype=np.bool_)
    for feed in before:
        renamed |= feed.renamed
        empty |= feed.empty
    for number, fault in enumerate(scenario.faults):
        if fault.kind == FaultKind.DRIFT and fault.station == name:
            first, last = np.searchsorted(stream.at_s, (fault.start_s, fault.end_s))
            ids = stream.ids[first:last]
            met = coins(scenario.seed, name, f"drift {number}", events, ids, fault.factor)
            if met is not None:
                renamed[ids[met]] = True
    return Columns(renamed, empty)
