"""Where copies of one event lie after somebody asked for it to be erased, and from when till when.

The request is carried out at one warehouse and nowhere else, as a `DELETE` does. What a log, a lake or an archive holds
stays until it expires there. What a model has learned, and what a tool downstream was sent, is not followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, assert_never

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.faults.kind import past_midnight
from lifecycle.simulation.model.kinds import Fate, IndexRefresh, Role, Size
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.readings.exposure.clear_rows import ClearRows, clear_rows, feeding, link_rows
from lifecycle.simulation.roles.buffer import kept_until
from lifecycle.simulation.roles.timetable import at_next_tick, next_tick_s


@dataclass(frozen=True)
class KeptCopy:
    """A copy of the event at one stage: from which second of the day till which, on a later day for a large one.

    `to_s` None: nobody ends it. `in_clear`: whether it names the person there.
    """

    stage: str
    from_s: float
    to_s: float | None
    in_clear: bool

    def there(self, at_s: float) -> bool:
        """Whether it is there at a moment."""
        return self.from_s <= at_s and (self.to_s is None or at_s < self.to_s)


class _Span(NamedTuple):
    """From when till when something is there; None for no end."""

    from_s: float
    to_s: float | None


def copies(run: Run, event: int, asked_s: float) -> tuple[KeptCopy, ...]:
    """Return the copies of an event that a day makes, stage by stage, where the first warehouse erases it.

    A row that comes later than that is there as if nobody had asked, and so is one that a transformation which makes
    its tables anew (`rebuilds`) takes from the lake once more: in the first job that ends after the request. What looks
    at the warehouse shows the row until its next look, and again from the next look after it is back; an index that
    takes in only what is new goes on having it. ValueError in words for an event that is not there, and
    where no warehouse is.
    """
    if not 0 <= event < run.born_s.size:
        raise ValueError(f"there is no event {event:,}; the day has {run.born_s.size:,}, counted from 0")
    erased_at = erasing_warehouse(run.network)
    clear = clear_rows(run)
    there = _in_warehouse(run, event, asked_s, erased_at)
    kept: list[KeptCopy] = []
    for name, passage in run.passages.items():
        rows = np.flatnonzero(passage.ids == event)
        if not rows.size:
            continue
        named = bool(clear[name].came[rows].any())
        spans = there if name == erased_at else _held(run, passage, event, asked_s, erased_at, there, clear)
        kept += [KeptCopy(name, *span, named) for span in spans]
    return tuple(kept)


def held_at(kept: Iterable[KeptCopy], at_s: float) -> tuple[str, ...]:
    """The stages that hold a copy at a moment."""
    return tuple(dict.fromkeys(copy.stage for copy in kept if copy.there(at_s)))


def erasing_warehouse(network: Network) -> str:
    """Return the warehouse in which an event is erased: the first. ValueError in words if there is none."""
    first = next((station.id for station in network.stations if station.role == Role.WAREHOUSE), None)
    if first is None:
        raise ValueError("this pipeline has no warehouse, so nothing can be erased there")
    return first


def _held(
    run: Run,
    passage: Passage,
    event: int,
    asked_s: float,
    erased_at: str,
    there: list[_Span],
    known: Mapping[str, ClearRows],
) -> Iterator[_Span]:
    """From when till when a stage other than the warehouse that was asked holds a copy."""
    figures = run.figures[passage.id]
    match passage.role:
        case Role.SOURCE | Role.INTERFACE | Role.INGESTION | Role.TRANSFORM:
            return  # it passes through, or belongs to the application
        case Role.BUFFER:
            yield from _in_log(run, passage, event)
        case Role.LAKE | Role.ARCHIVE:
            if (written_s := _first_out(run, passage, event)) is not None:
                yield _Span(written_s, written_s + figures["expires_s"] if figures["expires_s"] else None)
        case Role.WAREHOUSE:
            if (written_s := _first_out(run, passage, event)) is not None:
                yield _Span(written_s, None)
        case Role.CONSUMER:
            seen_s = _first_out(run, passage, event)
            if _feeds_of(run, passage.id, event, known) == [erased_at]:
                yield from _shown(run, passage, event, asked_s, there)
            elif seen_s is not None:
                yield _Span(seen_s, None)
        case _:
            assert_never(passage.role)


def _first_out(run: Run, passage: Passage, event: int) -> float | None:
    """When the event was first written or shown at a station within the day; None for never."""
    out_s = passage.departed_s[(passage.ids == event) & (passage.departed_s <= run.horizon_s)]
    return float(out_s.min()) if out_s.size else None


def _in_log(run: Run, passage: Passage, event: int) -> Iterator[_Span]:
    """A log keeps what it took for its retention, read or unread; what expired or was dropped was gone then."""
    figures = run.figures[passage.id]
    rows = np.flatnonzero((passage.ids == event) & (passage.fate != Fate.REFUSED))
    if figures["direct"] or not rows.size:
        return
    shortened = [
        span
        for fault in run.scenario.faults
        if fault.station == passage.id and fault.start_s < fault.end_s
        for span in KINDS[fault.kind].shortens(past_midnight(fault))
    ]
    until_s = kept_until(passage.arrived_s, figures["retention_s"], shortened)[rows]
    gone = np.isin(passage.fate[rows], (Fate.EXPIRED, Fate.DROPPED))
    until_s[gone] = passage.finished_s[rows][gone]
    yield _Span(float(passage.arrived_s[rows[0]]), float(until_s.max()))


def _feeds_of(run: Run, station: str, event: int, known: Mapping[str, ClearRows]) -> list[str]:
    """From which stages an event came to a station."""
    return [link.source for link in feeding(run, station) if event in link_rows(run, link, known).ids]


def _in_warehouse(run: Run, event: int, asked_s: float, name: str) -> list[_Span]:
    """From when till when the warehouse that was asked has the row."""
    passage = run.passages[name]
    out_s = passage.departed_s[(passage.ids == event) & (passage.departed_s <= run.horizon_s)]
    if not out_s.size:
        return []
    if out_s.min() >= asked_s:  # a later row, as if nobody had asked: the job that makes all anew is its own
        return [_Span(float(out_s.min()), None)]
    back_s = [float(moment_s) for moment_s in out_s if moment_s >= asked_s]
    back_s += [_rebuilt_s(run, event, asked_s, link.source, passage) for link in feeding(run, name)]
    again_s = min(back_s, default=np.inf)
    spans = [_Span(float(out_s.min()), asked_s)]
    return [*spans, _Span(again_s, None)] if again_s <= run.horizon_s else spans


def _rebuilt_s(run: Run, event: int, asked_s: float, transform: str, warehouse: Passage) -> float:
    """When a transformation that makes the tables anew has put the row back; infinity where it does not that day."""
    passage, figures = run.passages[transform], run.figures[transform]
    anew = passage.role == Role.TRANSFORM and figures["rebuilds"] and run.scenario.transform == Size.BATCH
    from_lake = any(
        run.passages[link.source].role == Role.LAKE and event in run.passages[link.source].out_ids
        for link in feeding(run, transform)
    )
    mine = np.flatnonzero((passage.ids == event) & (passage.fate == Fate.OK))
    if not anew or not from_lake or not mine.size or run.orchestrated_at(transform):
        return np.inf
    begun_s, done_s = passage.spans_s
    taken = (begun_s >= passage.arrived_s[mine[0]]) & (done_s > asked_s)
    if not taken.any():
        return np.inf
    done = float(done_s[taken].min())
    return _taken_in_s(warehouse, event, done, done + run.figures[warehouse.id]["load_s"])


def _taken_in_s(passage: Passage, event: int, came_s: float, usual_s: float) -> float:
    """When what came to a station at a moment was written or shown there: the event's own row, infinity if it never is.

    Of an event that comes once more the day has no row. The first new one of that moment stands for it, and where there
    is none, `usual_s`.
    """
    came = passage.arrived_s == came_s
    of_event = came & (passage.ids == event)
    if of_event.any():
        return float(np.nan_to_num(passage.departed_s[of_event], nan=np.inf).min())
    through_s = passage.departed_s[came & ~np.isnan(passage.departed_s)]
    return float(through_s.min()) if through_s.size else usual_s


def _shown(run: Run, passage: Passage, event: int, asked_s: float, there: list[_Span]) -> Iterator[_Span]:
    """From when till when a consumer of the warehouse shows the row, where that has it `there`."""
    figures, seen_s = run.figures[passage.id], _first_out(run, passage, event)
    interval_s, query_s = figures["interval_s"], figures["query_s"]
    indexed = bool(interval_s and figures["index_rows"])
    anew = indexed and figures["index_rebuilds"] == IndexRefresh.REBUILD

    def look_s(at_s: float) -> float:
        return next_tick_s(at_s, interval_s) if interval_s else at_s

    first = next((span for span in there if span.to_s is not None), None)
    back = next((span for span in there if span.to_s is None), None)
    until_s = look_s(asked_s) + (query_s if interval_s else figures["cache_s"])
    usual_s = look_s(back.from_s) + query_s if back else np.inf
    if anew:  # the index of before answers until the new one is in place
        until_s = _next_index_s(passage, look_s(asked_s), interval_s, until_s)
        usual_s = _next_index_s(passage, look_s(back.from_s), interval_s, usual_s) if back else np.inf
    again_s = _taken_in_s(passage, event, back.from_s, usual_s) if back else np.inf
    if first and seen_s is not None and look_s(first.from_s) < asked_s and seen_s < until_s:
        if indexed and not anew:
            yield _Span(seen_s, None)  # an index that takes in only what is new does not see what is missing
            return
        if again_s <= until_s:  # it was back before anyone looked
            yield _Span(seen_s, None)
            return
        yield _Span(seen_s, until_s)
    if again_s <= run.horizon_s:
        yield _Span(again_s, None)


def _next_index_s(passage: Passage, look_s: float, interval_s: float, usual_s: float) -> float:
    """When an index made anew at a look, or after it, is in place; `usual_s` where no new row brings one about."""
    later_s = passage.departed_s[at_next_tick(passage.arrived_s, interval_s) >= look_s]
    later_s = later_s[~np.isnan(later_s)]
    return float(later_s.min()) if later_s.size else usual_s
