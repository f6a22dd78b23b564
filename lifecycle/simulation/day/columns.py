"""A renamed column on its way downstream: who cannot read the row, who fills in nothing, who stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lifecycle.simulation.day.passage import Stream
from lifecycle.simulation.day.place import Place, Work
from lifecycle.simulation.model.draws import Ids, Mask, coins
from lifecycle.simulation.model.kinds import Fate, FaultKind, OnDrift, Role
from lifecycle.simulation.model.scenario import Scenario

# What may still be said of a row that turns out to be unreadable: nobody has looked inside before.
UNSEEN = (Fate.OK, Fate.REJECTED, Fate.DUPLICATE)


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
    for each in before:
        renamed |= each.renamed
        empty |= each.empty
    for number, fault in enumerate(scenario.faults):
        if fault.kind == FaultKind.DRIFT and fault.station == name:
            first, last = np.searchsorted(stream.at_s, (fault.start_s, fault.end_s))
            ids = stream.ids[first:last]
            met = coins(scenario.seed, name, f"drift {number}", events, ids, fault.factor)
            if met is not None:
                renamed[ids[met]] = True
    return Columns(renamed, empty)


def behaviour(role: Role, figures: Mapping[str, float]) -> OnDrift | None:
    """Return what a station does with a row whose columns it does not know; None where it does not look."""
    if role == Role.CONSUMER or (role == Role.INGESTION and figures["contract"]):
        return OnDrift.SET_ASIDE
    return OnDrift(int(figures["on_drift"])) if role == Role.TRANSFORM else None


def read(place: Place, role: Role, ids: Ids, work: Work, columns: Columns | None) -> tuple[Work, Columns | None]:
    """Return the work and the columns after a station has looked at its rows: some set aside, some filled with nothing.

    A station that stops (see `mishaps`) has had its mapping mended by the time it goes on, and reads them all.
    """
    what = None if columns is None else behaviour(role, place.figures)
    if columns is None or what is None or not columns.renamed[ids].any():
        return work, columns
    met = columns.renamed[ids]
    if what == OnDrift.SET_ASIDE:
        fate = np.zeros(ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
        fate[met & np.isin(fate, UNSEEN)] = Fate.DRIFTED
        return replace(work, fate=fate), columns
    renamed = columns.renamed.copy()
    renamed[ids] = False
    empty = columns.empty
    if what == OnDrift.FILL_IN_NOTHING:
        empty = empty.copy()
        empty[ids[met]] = True
    return work, Columns(renamed, empty)


def mended_s(scenario: Scenario, from_s: float) -> float | None:
    """Return when the renaming that is met at `from_s` is mended, None if it has been."""
    drifts = [fault for fault in scenario.faults if fault.kind == FaultKind.DRIFT and fault.end_s > from_s]
    return min((fault.end_s for fault in drifts if fault.start_s <= from_s), default=None)
