"""What a day's faults do to a station: when it is closed or slow, what stands still, waits, or is sent once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day import columns
from lifecycle.simulation.day.columns import Columns
from lifecycle.simulation.day.passage import Stream
from lifecycle.simulation.day.place import Place, Standstill, Work
from lifecycle.simulation.kernels.clock import Outages, Slowdowns
from lifecycle.simulation.model.draws import Ids
from lifecycle.simulation.model.faults import happening
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, FaultKind, Guarantee, OnDrift, Role
from lifecycle.simulation.model.network import Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario

Stage = Callable[[Place, Stream], Work]


def hosts(
    name: str, network: Network, stations: Mapping[str, Station], figures: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """Return the sources on whose servers an interface runs: what befalls them befalls it."""
    if not figures[name].get("same_server"):
        return []
    feeds = [link.source for link in network.links if link.target == name and not link.loop]
    return [feed for feed in feeds if stations[feed].role == Role.SOURCE]


def outages(scenario: Scenario, *names: str) -> tuple[Outages, Slowdowns]:
    """Return the outages of stations, and the spells in which they have only a part of their speed.

    What lasts until midnight lasts beyond it: nobody is back at work for the last instant of the day.
    """
    here = [_past_midnight(each) for each in scenario.faults if each.station in names and each.start_s < each.end_s]
    closed = [(fault.start_s, fault.end_s) for fault in here if fault.kind == FaultKind.DOWN]
    slowed = [(fault.start_s, fault.end_s, fault.factor) for fault in here if fault.kind == FaultKind.SLOW]
    slowed += [(fault.start_s, fault.end_s, 1.0 - fault.factor) for fault in here if fault.kind == FaultKind.CONTEND]
    return tuple(closed), tuple(slowed)


def _past_midnight(fault: Fault) -> Fault:
    return replace(fault, end_s=2 * DAY_S) if fault.end_s >= DAY_S else fault


def keeps(scenario: Scenario, name: str) -> tuple[tuple[float, float, float], ...]:
    """Return the spans in which a log keeps its events only briefly: (start, end, how long), seconds each."""
    forgets = [_past_midnight(each) for each in happening(FaultKind.FORGET, name, scenario.faults)]
    return tuple((fault.start_s, fault.end_s, fault.factor) for fault in forgets)


def worked(stage: Stage, place: Place, role: Role, stream: Stream, here: Columns | None) -> Work:
    """Return a station's work, walked again with a standstill for every record that it could not get past.

    A poison record is tried until it is set aside (after `tries`) or removed by hand at the fault's end; a column that
    it does not know stops a transformation that is set to stop until the renaming is mended.
    """
    work = stage(place, stream)
    for fault in happening(FaultKind.POISON, place.id, place.scenario.faults) if "tries" in place.figures else ():
        row = int(np.searchsorted(stream.at_s, fault.start_s))
        if row < stream.at_s.size and stream.at_s[row] < fault.end_s:
            place, work = _poisoned(stage, place, stream, work, row, _past_midnight(fault).end_s)
    if here is not None and columns.behaviour(role, place.figures) == OnDrift.STOP:
        work = _stopped(stage, place, stream, work, here)
    return work


def _poisoned(stage: Stage, place: Place, stream: Stream, work: Work, row: int, removed_s: float) -> tuple[Place, Work]:
    begun_s, tries = float(work.started_s[row]), place.figures["tries"]
    until_s = min(removed_s, begun_s + tries * place.figures["try_s"]) if tries else removed_s
    if begun_s < until_s:
        place = replace(place, stuck=(*place.stuck, Standstill(row % work.servers, begun_s, until_s)))
        again = stage(place, stream)
        work = again if work.fate is None else replace(again, fate=_kept(work.fate, again.fate))
    fate = np.zeros(stream.ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
    fate[row] = fate[row] or Fate.POISONED
    return place, replace(work, fate=fate)


def _kept(before: NDArray[np.uint8], now: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """The fates of the second walk, with the poisoned ones of the first."""
    fate = np.zeros_like(before) if now is None else now
    return np.where((before == Fate.POISONED) & (fate == 0), before, fate)


def _stopped(stage: Stage, place: Place, stream: Stream, work: Work, here: Columns) -> Work:
    known_from_s = 0.0
    for _ in range(len(place.scenario.faults)):
        met = np.flatnonzero(here.renamed[stream.ids] & (work.started_s >= known_from_s))
        if met.size == 0:
            break
        begun_s = float(work.started_s[met].min())
        mended_s = columns.mended_s(place.scenario, begun_s)
        if mended_s is None:
            break
        known_from_s = 2 * DAY_S if mended_s >= DAY_S else mended_s
        place = replace(place, stuck=(*place.stuck, Standstill(None, begun_s, known_from_s)))
        work = stage(place, stream)
    return work


def cut_off(scenario: Scenario, name: str, departed: Seconds) -> Seconds:
    """Return when events that were done at `departed` (NaN: lost) get out, where the way is cut for a while."""
    for fault in map(_past_midnight, happening(FaultKind.CUT, name, scenario.faults)):
        departed = np.where((departed >= fault.start_s) & (departed < fault.end_s), fault.end_s, departed)
    return departed


def handed_over(place: Place, role: Role, stream: Stream, work: Work) -> Work:
    """Return the work of a log after its promise of delivery: who is gone for good, who waits for a commit.

    At most once: the offset is committed before the work, so an answer that got lost, and what a consumer had in hand
    when it crashed, is gone. Exactly once: what was done is seen at the next commit of its transaction.
    """
    if role != Role.BUFFER or place.figures["delivery"] == Guarantee.AT_LEAST_ONCE:
        return work
    if place.figures["delivery"] == Guarantee.EXACTLY_ONCE:
        if not (every := place.figures["transaction_s"]):
            return work
        seen_s = np.maximum(np.ceil(work.ended_s / every) * every, work.ended_s)
        if work.fate is not None:
            seen_s = np.where(work.fate > 0, work.ended_s, seen_s)
        return work.seen(seen_s, work.fate)
    gone = np.zeros(stream.ids.size, dtype=np.bool_)
    lost = place.coins("sent again", stream.ids, place.figures["duplicate_share"])
    if lost is not None:
        gone |= lost
    for start_s, _ in place.closed:
        gone |= (work.started_s < start_s) & (work.ended_s > start_s)
    fate = np.zeros(stream.ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
    fate[gone & (fate == 0)] = Fate.UNCONFIRMED
    return replace(work, fate=fate)


@dataclass(frozen=True, eq=False)
class Copies:
    """Second copies, in order of sending: the event, when the first left, when the copy was sent. Seconds."""

    ids: Ids
    first_s: Seconds
    sent_s: Seconds


def copies(place: Place, role: Role, stream: Stream) -> Copies:
    """Return the second copies of what left a station (`stream`, sorted by time).

    An acknowledgement that got lost: the copy follows `redelivery_s` later. A log's consumer that crashes has forgotten
    what it did since its last commit, every `redelivery_s`, and does it again when it is back. A job that is run twice
    sends all again at the end of the second run, unless it is a transformation that is idempotent.
    """
    figures = place.figures
    found = []
    if "duplicate_share" in figures and figures.get("delivery", Guarantee.AT_LEAST_ONCE) == Guarantee.AT_LEAST_ONCE:
        again = place.coins("sent again", stream.ids, figures["duplicate_share"])
        if again is not None:
            rows = np.flatnonzero(again)
            found.append((rows, stream.at_s[rows] + figures["redelivery_s"]))
        if role == Role.BUFFER and (every := figures["redelivery_s"]):
            for start_s, end_s in place.closed:
                found.append(_all_of(stream.at_s, np.floor(start_s / every) * every, start_s, end_s))
    if not figures.get("idempotent"):
        for fault in happening(FaultKind.RERUN, place.id, place.scenario.faults):
            found.append(_all_of(stream.at_s, fault.start_s, fault.end_s, fault.end_s))
    if not found:
        none = np.empty(0)
        return Copies(np.empty(0, dtype=np.int32), none, none)
    rows, sent_s = np.concatenate([r for r, _ in found]), np.concatenate([s for _, s in found])
    order = np.argsort(sent_s, kind="stable")
    return Copies(stream.ids[rows[order]], stream.at_s[rows[order]], sent_s[order])


def _all_of(left_s: Seconds, from_s: float, to_s: float, sent_s: float) -> tuple[NDArray[np.intp], Seconds]:
    """The rows that left in (from, to], all sent again at one moment."""
    first, last = np.searchsorted(left_s, (from_s, to_s), "right")
    return np.arange(first, last), np.full(last - first, sent_s)
