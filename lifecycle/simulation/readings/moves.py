"""What moves in a run, minute by minute, as it can be watched: each event at one station or on one wire.

In a run an event is handed over in no time. So that this can be seen it is on a wire for HOP_S here, and what follows
waits: it leaves a station when it did in the run, or as soon as it has arrived there. The lag is taken from its next
wait: whatever waits longer than that leaves when it really did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, Role, Size
from lifecycle.simulation.model.moving import CALLED, way_out
from lifecycle.simulation.model.network import Link, receiver
from lifecycle.simulation.readings.frames import Counts, Moves, Sending, StationMoves, WireMoves
from lifecycle.simulation.readings.series import ON_PURPOSE
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.simulation.roles.calling import Calls, calls, calls_at, gathered_every_s

MINUTES = 1440
HOP_S = 120.0
"""Seconds of the day that an event is on a wire: about the least that can be seen at a day in five minutes."""
_HOP = 2  # minutes
# A batch: so many events at least, in so few minutes at most, with as many quiet minutes on either side.
BATCH_EVENTS, _BATCH_MINUTES, _QUIET_MINUTES = 10, 3, 2
# What sets off in one minute is a backlog that is let go, if it is so many times what the busiest minute has born.
FLOOD = 2.0
# A shorter interval is over before a ring could be seen to fill.
_LEAST_TICK_S = 300.0

_Wires = dict[tuple[str, str], WireMoves]
_Totals = NDArray[np.int64]
"""Events so far at each edge of a minute, the first of them 0, and after midnight; shape (MINUTES + 2,)."""


class _Kind(Enum):
    """What leaves a station without being sent for the first time."""

    COPY = auto()
    LOST = auto()
    REMOVED = auto()
    REFUSED = auto()


@lru_cache(maxsize=2)
def moves(run: Run) -> Moves:
    """Return what moves in a run; see `frames.Moves`. The sums hold to the event at every moment."""
    edges_s = np.append(np.linspace(0.0, run.horizon_s, MINUTES + 1), run.horizon_s)
    births = {name: _until(run.born_s[run.source == k], edges_s) for k, name in enumerate(run.sources)}
    flood = FLOOD * float(np.diff(_until(run.born_s, edges_s)).max(initial=0))
    nothing = np.zeros(MINUTES + 2, np.int64)
    stations: dict[str, StationMoves] = {}
    wires: _Wires = {}
    for name, passage in run.passages.items():
        born = births.get(name, nothing)
        inbound = [link for link in run.network.links if link.target == name and not link.loop]
        carried = [_arrived(wires[link.source, name].sent) for link in inbound]
        before = born + sum((steady for steady, _ in carried), nothing)
        at_edge = before + sum((packets for _, packets in carried), nothing)
        pulled = _pulled(run, name)
        line = _line(passage, edges_s, _HOP if pulled else 0)
        ended, upto = _upto(line, before, at_edge, flood)
        copies, *_ = totals = [line.among(kind, upto) for kind in _Kind]
        sent = packed(np.diff(upto - sum(totals[1:])), flood, upto[1:] > ended[1:])
        lost, removed, refused = (line.among(kind, ended) for kind in (_Kind.LOST, _Kind.REMOVED, _Kind.REFUSED))
        stations[name] = StationMoves(
            born=np.diff(born),
            copies=np.diff(copies),
            lost=np.diff(lost + refused),
            removed=np.diff(removed),
            unreadable=np.diff(np.searchsorted(line.unreadable, ended, "left")),
            sent=sent,
            keeps=ROLE_TYPES[passage.role].keeps,
            timetable=_as_drawn(timetable(run, name), sent, run.horizon_s / MINUTES),
        )
        wires |= _forked(run, name, sent, pulled)
        wires |= _thrown_back(run, passage, inbound, np.diff(refused), wires)
    return Moves(run.horizon_s / MINUTES, HOP_S, stations, wires)


def setting_off_s(run: Run, station: str, left_s: float) -> float:
    """Return when what left a station at a second of the day in the run, the first of it, sets off as it is drawn."""
    sent = moves(run).stations[station].sent
    nth = int(np.searchsorted(run.passages[station].out_s, left_s, "left"))
    upto = _so_far(sent.steady + sent.packets)
    minute = int(np.searchsorted(upto, nth, "right")) - 1
    if minute >= MINUTES:
        return run.horizon_s
    among = (nth + 1 - upto[minute]) / sent.steady[minute] if sent.steady[minute] else 1.0
    return float((minute + among) * run.horizon_s / MINUTES)


def packed(counts: Counts, flood: float, together: Mask | None = None) -> Sending:
    """What sets off in each minute, in packets where it goes `together`.

    A batch goes when it is complete, at the end of its last minute. A minute with more than `flood` events is a packet,
    too: as dots they could not be told apart. What comes after midnight is no minute.
    """
    counts = counts.copy()
    large = counts > max(flood, float(BATCH_EVENTS))
    together = large if together is None else large | together
    together[-1] = False
    busy = np.flatnonzero(counts[:-1])
    cuts = np.flatnonzero(np.diff(busy) > _QUIET_MINUTES) + 1
    for burst in np.split(busy, cuts) if busy.size else ():
        first, last = int(burst[0]), int(burst[-1])
        size = counts[first : last + 1].sum()
        if last - first < _BATCH_MINUTES and size >= BATCH_EVENTS:
            counts[first : last + 1] = 0
            counts[last], together[first : last + 1] = size, False
            together[last] = True
    return Sending(np.where(together, 0, counts), np.where(together, counts, 0))


def timetable(run: Run, station: str) -> tuple[float, float] | None:
    """Return the seconds between two ticks for which events wait at a station, and the second of one of them."""
    role, figures = run.passages[station].role, run.figures[station]
    every_s, at_s = 0.0, 0.0
    if role in CALLED:
        fed, way = receiver(run.network, station), way_out(run.network, run.scenario, station)
        how = calls(figures, way, fed is not None)
        if how is Calls.OWN_SCHEDULE:
            every_s, at_s = figures["own_interval_s"], figures["own_offset_s"]
        elif how in (Calls.FETCH, Calls.FILES) and fed is not None:
            every_s, at_s = gathered_every_s(way, run.figures[fed]), way.offset_s
    elif by := run.orchestrated_at(station):
        every_s, at_s = _evenly(by.schedule.ticks_s)
    elif role == Role.TRANSFORM:
        every_s = figures["interval_s" if run.scenario.transform == Size.BATCH else "micro_batch_s"]
    elif role == Role.LAKE:
        every_s = figures["flush_interval_s"]
    elif role == Role.CONSUMER:
        every_s = figures["interval_s"]
    return (every_s, at_s) if every_s >= _LEAST_TICK_S else None


def _evenly(ticks_s: Sequence[float]) -> tuple[float, float]:
    """Return the seconds between ticks, and the first of them; (0, 0) where they do not come evenly."""
    gaps_s = np.diff(ticks_s)
    return (float(gaps_s[0]), ticks_s[0]) if gaps_s.size and np.ptp(gaps_s) == 0.0 else (0.0, 0.0)


def _as_drawn(known: tuple[float, float] | None, sent: Sending, minute_s: float) -> tuple[float, float] | None:
    """A timetable whose ticks are where they are seen: what leaves at one sets off later by the hops in front of it."""
    set_off_s = (np.flatnonzero(sent.packets[:MINUTES]) + 1) * minute_s
    if known is None or not set_off_s.size:
        return known
    every_s, at_s = known
    return every_s, at_s + float(np.median((set_off_s - at_s) % every_s))


def _pulled(run: Run, station: str) -> bool:
    """Whether what a station hands on is asked for."""
    if run.passages[station].role not in CALLED:
        return False
    return calls_at(run.network, run.scenario, run.figures[station], station) in (Calls.FETCH, Calls.POLL)


def _until(times_s: Seconds, edges_s: Seconds) -> _Totals:
    """How many of the sorted times there are up to each edge."""
    totals = np.searchsorted(times_s, edges_s, "right").astype(np.int64)
    totals[0] = 0
    return totals


def _arrived(sent: Sending) -> tuple[_Totals, _Totals]:
    """How many have arrived at each edge but for a packet that arrives at that moment, and how many with that packet.

    The latter beside the former. After midnight all.
    """
    steady, packets = _so_far(sent.steady), _so_far(sent.packets)
    before, more = np.zeros(MINUTES + 2, np.int64), np.zeros(MINUTES + 2, np.int64)
    before[_HOP:-1] = steady[: -1 - _HOP]
    before[_HOP + 1 : -1] += packets[: -2 - _HOP]
    before[-1] = steady[-1] + packets[-1]
    more[_HOP + 1 : -1] = sent.packets[: -1 - _HOP]
    return before, more


def _so_far(counts: Counts) -> _Totals:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))


@dataclass(frozen=True, eq=False)
class _Queue:
    """What leaves a station in the order of the run: `real`, how much of it by each edge, and where in line the copies
    and the losses stand, by kind; `unreadable`: where the losses stand that could not be parsed. The rest of it is what
    is sent for the first time.
    """

    real: _Totals
    places: dict[_Kind, NDArray[np.intp]]
    unreadable: NDArray[np.intp]

    def among(self, kind: _Kind, first: _Totals) -> _Totals:
        """How many of a kind are among so many `first` in line."""
        return np.searchsorted(self.places[kind], first, "left").astype(np.int64)

    def without_copies(self, events: _Totals) -> _Totals:
        """How many are first in line if so many `events` may leave: a copy goes with the one before it."""
        copies = self.places[_Kind.COPY]
        return events + np.searchsorted(copies - np.arange(copies.size), events, "right")


def _line(passage: Passage, edges_s: Seconds, answer: int) -> _Queue:
    """What leaves a station; `answer`: the minutes that the request takes which calls for it."""
    out_s, lost_s, copied_s = passage.out_s, passage.lost_s, passage.copied_s
    real = _until(out_s, edges_s) + _until(lost_s, edges_s)
    if answer:
        real[answer:-1] = real[: -1 - answer].copy()
        real[:answer] = 0
    lost = np.searchsorted(out_s, lost_s, "right") + np.arange(lost_s.size)
    nth = np.arange(copied_s.size) - np.searchsorted(copied_s, copied_s, "left")  # of those that left together
    copies = np.searchsorted(out_s, copied_s, "left") + nth
    copies += np.searchsorted(lost_s, out_s[copies], "left")
    refused, removed = passage.lost_fate == Fate.REFUSED, np.isin(passage.lost_fate, ON_PURPOSE)
    places = {
        _Kind.COPY: copies,
        _Kind.LOST: lost[~removed & ~refused],
        _Kind.REMOVED: lost[removed],
        _Kind.REFUSED: lost[refused],
    }
    return _Queue(real, places, lost[passage.lost_fate == Fate.MALFORMED])


def _upto(line: _Queue, before: _Totals, at_edge: _Totals, flood: float) -> tuple[_Totals, _Totals]:
    """How many of a line have ended by each edge, and how many have left: as in the run, but only what has come.

    A batch leaves as a whole, so it waits until all of it is there; it may leave at the edge `at_edge` which its last
    packet comes, all else only what has come `before`.
    """
    real = packed(np.diff(line.real), flood)
    after = _so_far(real.steady + real.packets)
    ends = np.concatenate(([0], after[1:][real.packets > 0]))
    starts = np.append(after[:-1][real.packets > 0], line.real[-1] + 1)
    ended = np.minimum(after, line.without_copies(before))
    batch = np.searchsorted(ends, ended, "right") - 1  # the last that has left
    ended = np.where(ended > starts[batch], starts[batch], ended)
    whole = np.minimum(after, line.without_copies(at_edge))
    return ended, np.maximum(ended, ends[np.searchsorted(ends, whole, "right") - 1])


def _forked(run: Run, station: str, sent: Sending, pulled: bool) -> _Wires:
    """What sets off on each wire: all of it where it is handed to several, its own part where they share it."""
    links = [link for link in run.network.links if link.source == station]
    shares = [link for link in links if link.share is not None]
    times_s = [run.carried[link.source, link.target] for link in shares]
    which = np.repeat(np.arange(len(shares)), [times.size for times in times_s])
    which = which[np.argsort(np.concatenate([*times_s, np.empty(0)]), kind="stable")]
    upto, together = _so_far(sent.steady + sent.packets), sent.packets > 0
    wires: _Wires = {}
    for link in links:
        part = sent
        if len(shares) > 1 and link in shares:
            counts = _marked(which == shares.index(link), upto)
            part = Sending(np.where(together, 0, counts), np.where(together, counts, 0))
        wires[link.source, link.target] = WireMoves(part, np.zeros(MINUTES + 1, np.int64), pulled, link.loop)
    return wires


def _thrown_back(run: Run, passage: Passage, inbound: list[Link], refused: Counts, wires: _Wires) -> _Wires:
    """What came back from a station's closed door, on the wires on which it came; what is asked for is not refused."""
    pushed = [link for link in inbound if not wires[link.source, link.target].pulled]
    if not refused.any() or not pushed:
        return {}
    lost = np.flatnonzero(passage.fate == Fate.REFUSED)
    ids = passage.ids[lost[np.argsort(passage.finished_s[lost], kind="stable")]]
    back: _Wires = {}
    for link in pushed:
        mine = np.isin(ids, run.passages[link.source].out_ids)
        wire = wires[link.source, link.target]
        back[link.source, link.target] = replace(wire, refused=_marked(mine, _so_far(refused)))
    return back


def _marked(marks: NDArray[np.bool_], upto: _Totals) -> Counts:
    """How many of a line are marked in each minute, if so many of it have gone by each edge."""
    return np.diff(np.concatenate(([0], np.cumsum(marks)))[upto]).astype(np.int64)
