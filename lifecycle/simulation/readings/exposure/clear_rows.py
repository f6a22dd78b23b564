"""Which rows carry a person in clear: row by row along the way that each really took, from its source to here.

A row comes in clear from a source whose events name a person, and goes on so until a station masks it. Rows keep the
order in which the day merged them, so that each is known by its place and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.day.forks import drawn, split_of
from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.network import Link


@dataclass(frozen=True, eq=False)
class ClearRows:
    """Of one station which rows name a person: of those that `came` (as `Passage.ids`), and that `left` (`out_ids`)."""

    came: Mask
    left: Mask


@dataclass(frozen=True, eq=False)
class LinkRows:
    """What went down one link within the day, in order: event, second of the day, and whether it named a person."""

    ids: Ids
    at_s: Seconds
    clear: Mask


def clear_rows(run: Run) -> Mapping[str, ClearRows]:
    """Return the rows in clear of each station that was simulated."""
    known: dict[str, ClearRows] = {}
    for name, passage in run.passages.items():  # each after all that feed it
        lines = [link_rows(run, link, known) for link in feeding(run, name)]
        if name in run.sources:
            lines.append(_born(run, name))
        came = _merged(lines)
        masks = bool(run.figures[name].get("masks"))
        left = np.zeros(passage.out_ids.size, dtype=np.bool_) if masks else _left(passage, came)
        known[name] = ClearRows(came, left)
    return known


def feeding(run: Run, station: str) -> Iterator[Link]:
    """The links over which events came to a station, in the order in which the day merges them."""
    for link in run.network.links:
        if link.target == station and not link.loop and link.source in run.passages:
            yield link


def link_rows(run: Run, link: Link, known: Mapping[str, ClearRows]) -> LinkRows:
    """Return what went down a link of a station whose rows are `known`."""
    feed, clear = run.passages[link.source], known[link.source].left
    split = split_of(run.network, link.source)
    if link.share is None or len(split) == 1:
        return LinkRows(feed.out_ids, feed.out_s, clear)
    which = drawn(run.scenario.seed, link.source, run.born_s.size, split, feed.out_ids)
    mine = which == split.index(link)
    return LinkRows(feed.out_ids[mine], feed.out_s[mine], clear[mine])


def _born(run: Run, source: str) -> LinkRows:
    """The events of a source, which all name a person or none does."""
    ids = np.flatnonzero(run.source == run.sources.index(source)).astype(np.int32)
    personal = bool(run.figures[source]["personal"])
    return LinkRows(ids, run.born_s[ids], np.full(ids.size, personal, dtype=np.bool_))


def _merged(lines: list[LinkRows]) -> Mask:
    """Which rows are in clear where lines meet: by time and, at the same moment, in the order of the lines."""
    if not lines:
        return np.zeros(0, dtype=np.bool_)
    clear = np.concatenate([line.clear for line in lines])
    if len(lines) == 1 or clear.all() or not clear.any():
        return clear
    return clear[np.argsort(np.concatenate([line.at_s for line in lines]), kind="stable")]


def _left(passage: Passage, came: Mask) -> Mask:
    """Which of the rows that left are in clear where nothing is masked; a second copy is what its first was."""
    if came.all() or not came.any():
        return np.full(passage.out_ids.size, bool(came.any()), dtype=np.bool_)
    rows = np.flatnonzero(passage.departed_s <= passage.out_s.max(initial=0.0))
    firsts = LinkRows(passage.ids[rows], passage.departed_s[rows], came[rows])
    copies = LinkRows(passage.copied_ids, passage.copied_s, _of_firsts(firsts, passage))
    return _merged([firsts, copies])


def _of_firsts(firsts: LinkRows, passage: Passage) -> Mask:
    """Whether the first of each second copy was in clear: the row of the same event that left when it says."""
    copies = passage.copied_ids.size
    ids = np.concatenate((firsts.ids, passage.copied_ids))
    at_s = np.concatenate((firsts.at_s, passage.copied_from_s))
    # Of two firsts of one event at the same moment the one in clear counts, since either may have been sent again.
    kind = np.concatenate((firsts.clear.astype(np.int8), np.full(copies, 2, dtype=np.int8)))
    order = np.lexsort((kind, at_s, ids))
    is_first = kind[order] < 2
    before = np.maximum.accumulate(np.where(is_first, np.arange(order.size), -1))
    clear = np.zeros(copies, dtype=np.bool_)
    nth = order[~is_first] - firsts.ids.size
    clear[nth] = firsts.clear[order[before[~is_first]]]
    return clear
