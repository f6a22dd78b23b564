"""A column is renamed in the share `factor` of the events that reach it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lifecycle.simulation.faults.columns import Columns
from lifecycle.simulation.faults.kind import ANYWHERE, FaultType, Visit, Words
from lifecycle.simulation.model.kinds import Fate, FaultKind, OnDrift
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.roles.workplace import Standstill

# What may still be said of a row that turns out to be unreadable: nobody has looked inside before.
UNSEEN = (Fate.OK, Fate.REJECTED, Fate.DUPLICATE)


class Drift(FaultType):
    """A column is renamed in the share `factor` of the events that reach it."""

    kind = FaultKind.DRIFT
    words = Words(
        "A column is renamed",
        "A column renamed at {stage}",
        "column renamed",
        "a column was renamed at {stage} at {start}; until {end} it hit {share} of the events there",
        "Column renamed",
        full="A column is renamed in {share} of its events, {start} to {end}",
        meaning="Share of the events it hits",
    )
    unit = "share"
    roles = ANYWHERE
    low, high, usual = 0.0, 1.0, 1.0

    def after(self, visit: Visit) -> Visit:
        """A station that looks sets such rows aside, fills in nothing, or has stopped until the repair."""
        columns, what = visit.columns, visit.role.reads(visit.workplace.figures)
        if columns is None or what is None:
            return visit
        return _read(_stopped(visit, columns) if what is OnDrift.STOP else visit, columns, what)


def _stopped(visit: Visit, columns: Columns) -> Visit:
    known_from_s = 0.0
    for _ in range(len(visit.workplace.scenario.faults)):
        met = np.flatnonzero(columns.renamed[visit.arriving.ids] & (visit.work.started_s >= known_from_s))
        if met.size == 0:
            break
        begun_s = float(visit.work.started_s[met].min())
        repaired_s = _repaired_s(visit.workplace.scenario, begun_s)
        if repaired_s is None:
            break
        known_from_s = 2 * DAY_S if repaired_s >= DAY_S else repaired_s
        workplace = replace(visit.workplace, stuck=(*visit.workplace.stuck, Standstill(None, begun_s, known_from_s)))
        visit = replace(visit, workplace=workplace, work=visit.again(workplace))
    return visit


def _read(visit: Visit, columns: Columns, what: OnDrift) -> Visit:
    """The visit after the rows have been looked at; who stopped reads them all by the time it goes on."""
    ids, work = visit.arriving.ids, visit.work
    met = columns.renamed[ids]
    if not met.any():
        return visit
    if what is OnDrift.SET_ASIDE:
        fate = np.zeros(ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
        fate[met & np.isin(fate, UNSEEN)] = Fate.DRIFTED
        return replace(visit, work=replace(work, fate=fate))
    renamed = columns.renamed.copy()
    renamed[ids] = False
    empty = columns.empty
    if what is OnDrift.FILL_IN_NOTHING:
        empty = empty.copy()
        empty[ids[met]] = True
    return replace(visit, columns=Columns(renamed, empty))


def _repaired_s(scenario: Scenario, from_s: float) -> float | None:
    """Return when the renaming that is met at `from_s` is repaired, None if it has been."""
    drifts = [fault for fault in scenario.faults if fault.kind == FaultKind.DRIFT and fault.end_s > from_s]
    return min((fault.end_s for fault in drifts if fault.start_s <= from_s), default=None)
