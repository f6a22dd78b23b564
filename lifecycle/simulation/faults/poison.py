"""The first event that reaches it crashes whatever tries to read it, until it is removed at the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.faults.kind import FaultType, Visit, Words, past_midnight
from lifecycle.simulation.model.kinds import Fate, FaultKind, Role
from lifecycle.simulation.model.scenario import happening
from lifecycle.simulation.roles.workplace import Standstill


class Poison(FaultType):
    """The first event that reaches it crashes whatever tries to read it, until it is removed at the end."""

    kind = FaultKind.POISON
    words = Words(
        "A record that crashes its reader",
        "A record at {stage} that crashes its reader",
        "reader crashes",
        "one record crashed whatever tried to read it at {stage}, from {start} until it was removed at {end}",
        "Bad record",
    )
    unit = ""
    roles = (Role.BUFFER, Role.TRANSFORM)

    def during(self, visit: Visit) -> Visit:
        """Tried until it is set aside (after `tries`) or removed by hand at the fault's end; what follows it waits."""
        workplace, arriving = visit.workplace, visit.arriving
        if "tries" not in workplace.figures or workplace.figures.get("direct"):  # where nobody reads
            return visit
        for fault in happening(self.kind, workplace.scenario.faults, workplace.id):
            row = int(np.searchsorted(arriving.at_s, fault.start_s))
            if row < arriving.at_s.size and arriving.at_s[row] < fault.end_s:
                visit = _met(visit, row, past_midnight(fault).end_s)
        return visit


def _met(visit: Visit, row: int, removed_s: float) -> Visit:
    workplace, work = visit.workplace, visit.work
    begun_s, tries = float(work.started_s[row]), workplace.figures["tries"]
    until_s = min(removed_s, begun_s + tries * workplace.figures["try_s"]) if tries else removed_s
    if begun_s < until_s:
        workplace = replace(workplace, stuck=(*workplace.stuck, Standstill(row % work.servers, begun_s, until_s)))
        again = visit.again(workplace)
        work = again if work.fate is None else replace(again, fate=_kept(work.fate, again.fate))
    fate = np.zeros(visit.arriving.ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
    fate[row] = fate[row] or Fate.POISONED
    return replace(visit, workplace=workplace, work=replace(work, fate=fate))


def _kept(before: NDArray[np.uint8], now: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """The fates of the second walk, with the poisoned ones of the first."""
    fate = np.zeros_like(before) if now is None else now
    return np.where((before == Fate.POISONED) & (fate == 0), before, fate)
