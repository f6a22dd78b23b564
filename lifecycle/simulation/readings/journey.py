"""One event followed through a finished run: each stage on its way, when it came and went, and what it waited for.

Nothing is simulated again and nothing estimated: moments are those of the run's arrays, causes follow from them and
from the timetables of the roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, assert_never

import numpy as np

from lifecycle.simulation.day.passage import REASONS
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Ids
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Cause, Fate, Role
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.readings.endings import leading, outcomes
from lifecycle.simulation.readings.moves import moves
from lifecycle.simulation.readings.series import ON_PURPOSE, passage
from lifecycle.simulation.readings.waits import NEVER_BEGUN, Spot, Wait, spot, waits

# What became of an event, beside the reasons of `day.passage.REASONS`: of the whole of it, and at one stage.
DELIVERED, ON_THE_WAY, ELSEWHERE = "delivered", "on the way", "elsewhere"
WENT_ON, INSIDE = "went on", "still inside"


class Pick(StrEnum):
    """By what an event is chosen."""

    LAST = "last"
    SLOWEST = "slowest"
    LOST = "lost"
    MEDIAN = "median"


@dataclass(frozen=True)
class Stay:
    """An event at one stage. Seconds of the day; None for what was not reached by midnight.

    `arrived_s` <= `started_s` <= `finished_s` <= `left_s`: when it came, when work on it began and was done, and when
    it went on, was seen or was lost. `waits`: what held it up, in order; where it was lost or is still inside, up to
    then. `fate`: WENT_ON, DELIVERED, INSIDE, or why it ends here (`day.passage.REASONS`).
    """

    stage: str
    arrived_s: float
    started_s: float | None
    finished_s: float | None
    left_s: float | None
    fate: str
    waits: tuple[Wait, ...]

    @property
    def cause(self) -> Cause:
        """What held it up longest here."""
        return max(self.waits, key=lambda wait: wait.seconds).cause if self.waits else Cause.NONE

    @property
    def waited_s(self) -> float:
        """How long it was held up here."""
        return sum(wait.seconds for wait in self.waits)

    @property
    def worked_s(self) -> float | None:
        """The rest of its time here: work, transfer and commit; None for one that has not left."""
        return None if self.left_s is None else self.left_s - self.arrived_s - self.waited_s


@dataclass(frozen=True)
class Journey:
    """An event from its birth to where it ends: `event` is its number in order of birth, from 0; `to` a consumer.

    Each stay begins when the one before ends; the first begins at `born_s`. `fate`: DELIVERED, ON_THE_WAY at midnight,
    ELSEWHERE (down a branch that does not lead to the consumer), or why it was lost or removed. It is what
    `endings` counts.
    """

    event: int
    born_s: float
    to: str
    fate: str
    stays: tuple[Stay, ...]

    @property
    def latency_s(self) -> float | None:
        """Seconds from its birth until the consumer saw it: the sum over its stays; None if it never did."""
        seen_s = self.stays[-1].left_s
        return None if self.fate != DELIVERED or seen_s is None else seen_s - self.born_s


class _Row(NamedTuple):
    """A row of a station's passage, and when the second copy that is followed from there was sent, if it is one."""

    station: str
    row: int
    copied_s: float | None


def consumer_of(network: Network, name: str = "") -> str:
    """Return the consumer of that name, by default the first; ValueError in words if there is none."""
    consumers = [station.id for station in network.stations if station.role == Role.CONSUMER]
    if not consumers:
        raise ValueError("this pipeline has no consumer, so nothing is delivered; give a stage the role consumer")
    if name and name not in consumers:
        raise ValueError(f"there is no consumer {name[:40]!r}; choose {', '.join(consumers)}")
    return name or consumers[0]


def follow(run: Run, event: int, consumer: str) -> Journey:
    """Return the journey of an event towards a consumer.

    Events are numbered from 0 in order of birth (`Run.born_s`). Two runs bear the same events, with the same numbers,
    if they have the same sources and shares of the births, arrivals (number, rhythm, rush, trace), faults that bear
    events (a "spike") and seed: whatever the switches, the other figures and the other faults are. An event
    then has the same luck in both wherever luck is drawn by event: work, lateness, what is malformed, rejected, sent
    again, and its branch of a split. Not the same: what is drawn by file or by call (how late a pushed file is, how
    long a caller backs off), and which worker or partition takes it, which is a matter of who comes before it.

    Where a stage hands each event to several others (raw storage to archive and transformation, curated storage to
    each consumer), the journey takes the way on which the consumer first saw it; an event that it never saw is followed
    to where it got on its way there, else to where it was lost, removed, or went instead (the archive, another
    consumer). Of two ways that took equally long it is the first flow's. A second copy that arrived first is followed:
    the stage that sent it is then left when it was sent. ValueError in words for a number that no event has.
    """
    fate, end = _end(run, existing(run, event), passage(run, consumer).id)
    way = [end]
    while (before := _before(run, way[0])) is not None:
        way.insert(0, before)
    roles = [run.passages[at.station].role for at in way]
    stays = []
    for number, at in enumerate(way):
        fed_by = roles[number - 1] if number else None
        gathered = roles[number] == Role.INGESTION and fed_by in (Role.SOURCE, Role.INTERFACE)
        stays.append(_stay(spot(run, at.station, at.row, gathered, at.copied_s), last=number == len(way) - 1))
    return Journey(event, float(run.born_s[event]), consumer, fate, tuple(stays))


def existing(run: Run, event: int) -> int:
    """Return the number itself; ValueError in words where no event of the day has it."""
    if not 0 <= event < run.born_s.size:
        raise ValueError(f"there is no event {event:,}: {_numbers(run.born_s.size)}")
    return event


def choose(run: Run, pick: Pick, consumer: str) -> int:
    """Return the number of an event: which of them `pick` says; ValueError in words where there is none.

    LAST: the last of which the consumer saw anything new. SLOWEST, MEDIAN: of those delivered the one with the greatest
    latency, and the one in the middle (the lower of two); of equal ones the first born. LOST: the one that was lost
    last, on whatever way, and neither arrived nor still may; what was rejected on purpose, and second copies, are not
    lost.
    """
    if run.born_s.size == 0:
        raise ValueError("no event was born on this day; raise its number of events")
    if pick == Pick.LOST:
        return _last_lost(run, consumer)
    ids, seen_s = _first_deliveries(run, consumer)
    if ids.size == 0:
        raise ValueError(f"nothing was delivered at {consumer} on this day; follow an event by its number")
    took_s = seen_s - run.born_s[ids]
    match pick:
        case Pick.LAST:
            return int(ids[np.argmax(seen_s)])
        case Pick.SLOWEST:
            return int(ids[np.argmax(took_s)])
        case Pick.MEDIAN:
            return int(ids[np.argsort(took_s, kind="stable")[(ids.size - 1) // 2]])
        case _:
            assert_never(pick)


def crossing(run: Run, source: str, target: str, moment_s: float) -> int:
    """Return the event that had set off last from one stage to the other by a second of the day, as it is drawn.

    By number; before the first it is that one. ValueError in words for a wire that there is not, or where nothing went
    over it.
    """
    if not any((link.source, link.target) == (source, target) for link in run.network.links):
        raise ValueError(f"no flow leads from {source[:40]} to {target[:40]}; click a dot of the diagram")
    feed = run.passages[source]
    went = np.flatnonzero(np.isin(feed.out_ids, run.passages[target].ids))
    if went.size == 0:
        raise ValueError(f"nothing went from {source} to {target} on this day; choose another order")
    nth = round(moves(run).left((source, target), moment_s)) - 1
    return int(feed.out_ids[went[min(max(nth, 0), went.size - 1)]])


def _numbers(events: int) -> str:
    if events == 0:
        return "none was born on this day"
    return f"the day has {events:,}, numbered 0 to {events - 1:,}" if events > 1 else "the day has one, number 0"


def _first_deliveries(run: Run, consumer: str) -> tuple[Ids, Seconds]:
    """The events delivered, in order of birth, and when each was first seen."""
    at_station = passage(run, consumer)
    came = np.flatnonzero(at_station.departed_s <= run.horizon_s)
    came = came[np.argsort(at_station.departed_s[came], kind="stable")]
    ids, first = np.unique(at_station.ids[came], return_index=True)
    return ids, at_station.departed_s[came[first]]


def _last_lost(run: Run, consumer: str) -> int:
    lost = outcomes(run, consumer).lost
    last: tuple[float, int] | None = None
    for there in run.passages.values():
        rows = np.flatnonzero(there.fate)
        rows = rows[lost[there.ids[rows]] & ~np.isin(there.fate[rows], ON_PURPOSE)]
        if rows.size:
            row = rows[np.argmax(there.finished_s[rows])]
            last = max(last or (-1.0, -1), (float(there.finished_s[row]), int(there.ids[row])))
    if last is None:
        raise ValueError(f"no event was lost on its way to {consumer} on this day; choose another order")
    return last[1]


def _end(run: Run, event: int, consumer: str) -> tuple[str, _Row]:
    """What became of the event, and the row at which its journey ends: as `endings` ranks its copies."""
    towards = leading(run, consumer)
    rows = [(name, int(row)) for name, at in run.passages.items() for row in np.flatnonzero(at.ids == event)]

    def latest(among: list[tuple[str, int]]) -> _Row:
        """The last to come of those on a way to the consumer, else of all."""
        on_way = [way_ for way_ in among if way_[0] in towards]
        name, row = max(on_way or among, key=lambda at: float(run.passages[at[0]].arrived_s[at[1]]))
        return _Row(name, row, None)

    seen = [(float(run.passages[name].departed_s[row]), row) for name, row in rows if name == consumer]
    if seen and (first := min(seen, key=lambda at: (not at[0] <= run.horizon_s, at[0])))[0] <= run.horizon_s:
        return DELIVERED, _Row(consumer, first[1], None)
    fates = {at: int(run.passages[at[0]].fate[at[1]]) for at in rows}
    inside = [
        (name, row)
        for (name, row), fate in fates.items()
        if name in towards and not fate and not run.passages[name].departed_s[row] <= run.horizon_s
    ]
    if inside:
        return ON_THE_WAY, latest(inside)
    lost = [at for at, fate in fates.items() if fate and fate not in ON_PURPOSE]
    removed = [at for at, fate in fates.items() if fate in ON_PURPOSE]
    if lost or removed:
        end = latest(lost or removed)
        return REASONS[Fate(fates[end.station, end.row])], end
    stood = [
        (run.passages[name].arrived_s[row], run.passages[name].role == Role.CONSUMER, name, row) for name, row in rows
    ]
    _, _, name, row = max(stood)
    return ELSEWHERE, _Row(name, row, None)


def _before(run: Run, at: _Row) -> _Row | None:
    """From where an event came: times are handed on unchanged, so its arrival is a departure to the last bit."""
    there = run.passages[at.station]
    event, came_s = there.ids[at.row], there.arrived_s[at.row]
    for link in run.network.links:
        if link.target != at.station or link.loop:
            continue
        feed = run.passages[link.source]
        for row in np.flatnonzero((feed.ids == event) & (feed.departed_s == came_s)):
            return _Row(link.source, int(row), None)
        for copy in np.flatnonzero((feed.copied_ids == event) & (feed.copied_s == came_s)):
            first = np.flatnonzero((feed.ids == event) & (feed.departed_s == feed.copied_from_s[copy]))
            return _Row(link.source, int(first[0]), float(came_s))
    return None


def _stay(at: Spot, last: bool) -> Stay:
    there, row = at.passage, at.row
    begun = at.fate not in NEVER_BEGUN
    left_s = there.finished_s[row] if at.fate else there.departed_s[row] if at.copied_s is None else at.copied_s
    left = _reached(at, left_s)
    if at.fate:
        fate = REASONS[Fate(at.fate)]
    elif left is None:
        fate = INSIDE
    else:
        fate = DELIVERED if last and there.role == Role.CONSUMER else WENT_ON
    return Stay(
        stage=there.id,
        arrived_s=float(there.arrived_s[row]),
        started_s=_reached(at, there.started_s[row]) if begun else None,
        finished_s=_reached(at, there.finished_s[row]) if begun else None,
        left_s=left,
        fate=fate,
        waits=waits(at),
    )


def _reached(at: Spot, moment_s: float) -> float | None:
    """The moment, None for one after midnight or never."""
    return float(moment_s) if moment_s <= at.horizon_s else None
