"""Who could read a person's data on a day: where it lies or passes in clear, who may look, and how it came there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.inputs import Seconds, is_sorted
from lifecycle.simulation.model.kinds import Fate, Readers, Role
from lifecycle.simulation.model.network import Link
from lifecycle.simulation.readings.exposure.clear_rows import ClearRows, clear_rows, feeding, link_rows

Wire = tuple[str, str]
"""A flow: from which station to which."""

# Who may read a person's data without being let in on purpose: more than those who run the pipeline.
TOO_MANY = Readers.ANALYSTS


@dataclass(frozen=True, eq=False)
class StageExposure:
    """What of persons lies at, or passes, one stage. Counts are different events: a second copy tells nothing new.

    `in_clear`: how many name a person there by the day's end. `readers`: who may read it. `leaked_s`: when each of them
    could first be read by more than those who run the pipeline, seconds, sorted; empty where that is no leak. `path`:
    the flows along which they came there in clear, from their sources; of an interface also the wire on which it sends.
    """

    in_clear: int
    readers: Readers
    leaked_s: Seconds
    path: tuple[Wire, ...]

    @property
    def leaked(self) -> int:
        """How many events have leaked by the day's end."""
        return int(self.leaked_s.size)

    @property
    def since_s(self) -> float | None:
        """When the first leaked; None where none did."""
        return float(self.leaked_s[0]) if self.leaked_s.size else None


@dataclass(frozen=True, eq=False)
class Exposure:
    """The stages of a day by id, each after all that feed it."""

    stages: Mapping[str, StageExposure]

    @property
    def leaks(self) -> tuple[str, ...]:
        """The stages that leak, each after all that feed it."""
        return tuple(name for name, stage in self.stages.items() if stage.leaked)


def exposure(run: Run) -> Exposure:
    """Return who could read what of a day: exact, by the timestamps of its events.

    In clear is what comes from a source whose events name a person (`personal`) and has met no station that masks on
    the way that it took. It leaks where more than those who run the pipeline may read it (`readers`), and on a wire
    without TLS (`tls`), where anyone on the network reads along.
    """
    known = clear_rows(run)
    return Exposure({name: _stage(run, name, known) for name in run.passages})


def _readers_of(role: Role, figures: Mapping[str, float]) -> Readers:
    """Who may read what lies at a station with these figures, or passes it."""
    match role:
        case Role.SOURCE | Role.INGESTION | Role.TRANSFORM:
            return Readers.JOBS  # an application and its database, a job and its memory: nobody is let in
        case Role.INTERFACE:
            return Readers.JOBS if figures["tls"] else Readers.NETWORK
        case Role.BUFFER | Role.LAKE | Role.WAREHOUSE | Role.ARCHIVE | Role.CONSUMER:
            return Readers(int(figures["readers"]))
        case _:
            assert_never(role)


def _stage(run: Run, name: str, known: Mapping[str, ClearRows]) -> StageExposure:
    passage = run.passages[name]
    ids, at_s = _readable(run, passage, known[name])
    there, readers = _among(run, ids), _readers_of(passage.role, run.figures[name])
    if readers < TOO_MANY or not ids.size:
        return StageExposure(int(np.count_nonzero(there)), readers, np.empty(0), ())
    leaked_s = np.sort(_first_s(run, ids, at_s)[there])
    return StageExposure(leaked_s.size, readers, leaked_s, _path(run, name, there, known))


def _readable(run: Run, passage: Passage, clear: ClearRows) -> tuple[Ids, Seconds]:
    """The rows in clear that can be read at a station, and from when: events and seconds, in no order."""
    match passage.role:
        case Role.INTERFACE:  # as it sends them; one that nothing leads on from has no wire to read along
            sent = clear.left if _wires_from(run, passage.id) else np.zeros_like(clear.left)
            return passage.out_ids[sent], passage.out_s[sent]
        case Role.SOURCE | Role.INGESTION | Role.TRANSFORM:  # as they come
            return passage.ids[clear.came], passage.arrived_s[clear.came]
        case Role.BUFFER:  # as they are appended, whatever becomes of them
            there = clear.came & (passage.fate != Fate.REFUSED)
            if run.figures[passage.id]["direct"]:
                there = np.zeros_like(there)
            return passage.ids[there], passage.arrived_s[there]
        case Role.LAKE | Role.WAREHOUSE | Role.ARCHIVE | Role.CONSUMER:  # once they are written, or shown
            there = clear.came & (passage.departed_s <= run.horizon_s)
            return passage.ids[there], passage.departed_s[there]
        case _:
            assert_never(passage.role)


def _first_s(run: Run, ids: Ids, at_s: Seconds) -> Seconds:
    """The first of each event's moments, by event; NaN for one that has none."""
    if not is_sorted(at_s):
        by_time = np.argsort(at_s, kind="stable")
        ids, at_s = ids[by_time], at_s[by_time]
    first_s = np.full(run.born_s.size, np.nan)
    first_s[ids[::-1]] = at_s[::-1]  # of several assignments the last stays
    return first_s


def _path(run: Run, stage: str, events: Mask, known: Mapping[str, ClearRows]) -> tuple[Wire, ...]:
    """The flows along which these events came to a stage in clear, in the order in which they are passed."""
    wanted: dict[str, Mask] = {stage: events}
    path: list[Wire] = []
    for name in reversed(tuple(run.passages)):  # each before all that feed it
        if name not in wanted:
            continue
        for link in feeding(run, name):
            went = link_rows(run, link, known)
            came = went.ids[went.clear & wanted[name][went.ids]]
            if came.size:
                path.insert(0, (link.source, link.target))
                wanted[link.source] = wanted.get(link.source, False) | _among(run, came)
    if run.passages[stage].role == Role.INTERFACE:
        wires = _wires_from(run, stage)
        path += [(link.source, link.target) for link in wires if link_rows(run, link, known).clear.any()]
    return tuple(path)


def _wires_from(run: Run, station: str) -> list[Link]:
    return [link for link in run.network.links if link.source == station and not link.loop]


def _among(run: Run, ids: Ids) -> Mask:
    """Which of the day's events these are."""
    among = np.zeros(run.born_s.size, dtype=np.bool_)
    among[ids] = True
    return among
