"""The most events that were inside a station at once: over the day, and in each bucket of it.

Someone has to arrive for a station to be as full as it gets, so the arrivals are what is looked at; but a look for each
of them among all that left is most of the time of a chart, and few of them can be the fullest.
"""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.readings.frames import Counts
from lifecycle.simulation.readings.series import by_segment, depth, passage

# Up to so many inside, each further one is a comparison of two rows; beyond, a search is cheaper.
FEW = 8


def max_depth(run: Run, station: str) -> int:
    """Return the most events that were inside `station` at once (leaving counts before arriving)."""
    return int(_fullest(passage(run, station))[1].max(initial=0))


def crest(run: Run, station: str, edges_s: Seconds) -> Counts:
    """Return the most events that were inside `station` at once within each bucket, its edges included, shape (n,).

    Where `depth` looks at the edges alone, this misses nothing between them: its maximum over the day is `max_depth`.
    """
    at_station = passage(run, station)
    row, inside = _fullest(at_station)
    came = np.searchsorted(at_station.arrived_s, edges_s, "right")
    came[0] = np.searchsorted(at_station.arrived_s, edges_s[0], "left")
    began, *ends = np.searchsorted(row, came, "left")
    rose = by_segment(np.maximum, inside[began:], np.asarray(ends) - began, nothing=0)
    at_edges = depth(run, station, edges_s)
    most: Counts = np.maximum(rose, np.maximum(at_edges[:-1], at_edges[1:]))
    return most


def _fullest(at_station: Passage) -> tuple[Counts, Counts]:
    """Rows of arrivals, ascending, and how many were inside after each (at least, where others left before the next).

    Every arrival after which someone leaves before the next arrives is among them, and so is the last of all.
    """
    arrived_s, left_s = at_station.arrived_s, _left_s(at_station)
    if not _more_than(FEW, arrived_s, left_s).any():
        inside = np.zeros(arrived_s.size, dtype=np.intp)
        for others in range(FEW):
            more = _more_than(others, arrived_s, left_s)
            if not more.any():
                break
            inside[others:] += more
        return np.arange(arrived_s.size), inside
    last_to_come = np.flatnonzero(np.append(arrived_s[1:] != arrived_s[:-1], True))
    first_to_leave = np.flatnonzero(np.append(True, left_s[1:] != left_s[:-1])) if left_s.size else np.empty(0, np.intp)
    if last_to_come.size <= first_to_leave.size:
        return last_to_come, last_to_come + 1 - np.searchsorted(left_s, arrived_s[last_to_come], "right")
    came = np.searchsorted(arrived_s, left_s[first_to_leave], "left")
    some = came > 0
    row, inside = came[some] - 1, (came - first_to_leave)[some]
    gone = np.searchsorted(left_s, arrived_s[-1], "right")
    return np.append(row, arrived_s.size - 1), np.append(inside, arrived_s.size - gone)


def _more_than(others: int, arrived_s: Seconds, left_s: Seconds) -> Mask:
    """For each arrival from the `others`-th on whether more than so many are inside with it.

    They are where so many came before as had not left by then: where the one who leaves `others` places before the
    newcomer's own has still to leave. Who never leaves in the day leaves last.
    """
    size = arrived_s.size - others
    if size <= 0:
        return np.zeros(0, dtype=np.bool_)
    known = min(size, left_s.size)
    more = np.ones(size, dtype=np.bool_)
    more[:known] = left_s[:known] > arrived_s[others : others + known]
    return more


def _left_s(at_station: Passage) -> Seconds:
    """When arrivals went on or were lost, sorted; second copies, which never arrived, left out."""
    left_s = at_station.out_s
    if at_station.copied_s.size:
        nth = np.arange(at_station.copied_s.size) - np.searchsorted(at_station.copied_s, at_station.copied_s, "left")
        left_s = np.delete(left_s, np.searchsorted(left_s, at_station.copied_s, "left") + nth)
    if at_station.lost_s.size:
        left_s = np.insert(left_s, np.searchsorted(left_s, at_station.lost_s), at_station.lost_s)
    return left_s
