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
from lifecycle.simulation.readings.exposure.clear_rows import clear_rows, feeding
from lifecycle.simulation.roles.buffer import kept_until
from lifecycle.simulation.roles.timetable import next_tick_s


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


def copies(run: Run, event: int, asked_s: float, warehouse: str = "") -> tuple[KeptCopy, ...]:
    """Return the copies of an event that a day makes, stage by stage, where a `warehouse` (the first) erases it.

    A row that comes later than that is there as if nobody had asked, and so is one that a transformation which makes
    its tables anew (`rebuilds`) takes from the lake once more: in the first job that ends after the request. What looks
    at the warehouse shows the row until its next look, and again from the next look after it is back; an index that
    takes in only what is new goes on having it. ValueError in words for an event or a warehouse that is not there.
    """
    if not 0 <= event < run.born_s.size:
        raise ValueError(f"there is no event {event:,}; the day has {run.born_s.size:,}, counted from 0")
    erased_at = warehouse_of(run.network, warehouse)
    clear = clear_rows(run)
    there = _in_warehouse(run, event, asked_s, erased_at)
    kept: list[KeptCopy] = []
    for name, passage in run.passages.items():
        rows = np.flatnonzero(passage.ids == event)
        if not rows.size:
            continue
        named = bool(clear[name].came[rows].any())
        spans = there if name == erased_at else _held(run, passage, event, asked_s, erased_at, there)
        kept += [KeptCopy(name, *span, named) for span in spans]
    return tuple(kept)


def held_at(kept: Iterable[KeptCopy], at_s: float) -> tuple[str, ...]:
    """The stages that hold a copy at a moment."""
    return tuple(dict.fromkeys(copy.stage for copy in kept if copy.there(at_s)))


def warehouse_of(network: Network, name: str = "") -> str:
    """Return the warehouse of that name, by default the first; ValueError in words if there is none."""
    warehouses = [station.id for station in network.stations if station.role == Role.WAREHOUSE]
    if not warehouses:
        raise ValueError("this pipeline has no warehouse, so nothing can be erased there")
    if name and name not in warehouses:
        raise ValueError(f"there is no warehouse {name[:40]!r}; choose {', '.join(warehouses)}")
    return name or warehouses[0]


def _held(
    run: Run, passage: Passage, event: int, asked_s: float, erased_at: str, there: list[_Span]
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
            feeds = [link.source for link in feeding(run, passage.id)]
            seen_s = _first_out(run, passage, event)
            if feeds == [erased_at]:
                yield from _shown(figures, seen_s, asked_s, there, run.horizon_s)
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


def _in_warehouse(run: Run, event: int, asked_s: float, name: str) -> list[_Span]:
    """From when till when the warehouse that was asked has the row."""
    passage = run.passages[name]
    out_s = passage.departed_s[(passage.ids == event) & (passage.departed_s <= run.horizon_s)]
    spans = [_Span(float(out_s.min()), asked_s)] if out_s.size and out_s.min() < asked_s else []
    back_s = [float(moment_s) for moment_s in out_s if moment_s >= asked_s]
    back_s += [_rebuilt_s(run, event, asked_s, link.source, passage) for link in feeding(run, name)]
    again_s = min(back_s, default=np.inf)
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
    loaded_s = warehouse.departed_s[warehouse.arrived_s == done]  # its first new row stands for the table
    return float(np.nanmin(loaded_s)) if loaded_s.size else done + run.figures[warehouse.id]["load_s"]


def _shown(
    figures: Mapping[str, float], seen_s: float | None, asked_s: float, there: list[_Span], horizon_s: float
) -> Iterator[_Span]:
    """From when till when a consumer of the warehouse shows the row, where that has it `there`."""
    interval_s, query_s = figures["interval_s"], figures["query_s"]

    def look_s(at_s: float) -> float:
        return next_tick_s(at_s, interval_s) if interval_s else at_s

    first = next((span for span in there if span.to_s is not None), None)
    back = next((span for span in there if span.to_s is None), None)
    until_s = look_s(asked_s) + (query_s if interval_s else figures["cache_s"])
    again_s = look_s(back.from_s) + query_s if back else np.inf
    if first and seen_s is not None and look_s(first.from_s) < asked_s and seen_s < until_s:
        if interval_s and figures["index_rows"] and figures["index_rebuilds"] != IndexRefresh.REBUILD:
            yield _Span(seen_s, None)  # an index that takes in only what is new does not see what is missing
            return
        if again_s <= until_s:  # it was back before anyone looked
            yield _Span(seen_s, None)
            return
        yield _Span(seen_s, until_s)
    if again_s <= horizon_s:
        yield _Span(again_s, None)
