"""Where flows that move in different ways meet: each way has a worker of its own there, and all hold at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles.kind import RoleType
from lifecycle.simulation.roles.stream import Stream, merged
from lifecycle.simulation.roles.workplace import Work, Workplace


@dataclass(frozen=True, eq=False)
class Lanes:
    """The ways in which events came to a station, more than one, and the spans in which the worker of each worked.

    `of_rows`, shape (m,), in order of arrival: the place of each event's way in `ways`.
    """

    ways: tuple[Way, ...]
    of_rows: NDArray[np.int8]
    spans_s: tuple[tuple[Seconds, Seconds], ...]

    def of_way(self, way: Way) -> Mask:
        """Which events came in this way."""
        return np.equal(self.of_rows, self.ways.index(way))


def worked_in_lanes(
    role: RoleType, workplace: Workplace, inbound: Sequence[Stream], ways: Sequence[Way]
) -> tuple[Stream, Work, Lanes]:
    """Let a role work on what comes in each way as if nothing else came; `ways`: of each of the `inbound` streams."""
    parts: dict[Way, list[Stream]] = {}
    for stream, way in zip(inbound, ways, strict=True):
        parts.setdefault(way, []).append(stream)
    arriving = {way: merged(streams) for way, streams in parts.items()}
    works = {way: role.work(replace(workplace, way=way), stream) for way, stream in arriving.items()}
    sizes = [stream.ids.size for stream in arriving.values()]
    at_s = np.concatenate([stream.at_s for stream in arriving.values()])
    order = np.argsort(at_s, kind="stable")
    lanes = np.repeat(np.arange(len(sizes), dtype=np.int8), sizes)[order]
    spans_s = tuple(map(_spans, works.values()))
    stream = Stream(np.concatenate([stream.ids for stream in arriving.values()])[order], at_s[order])
    return stream, _together(works, order, spans_s), Lanes(tuple(parts), lanes, spans_s)


def _together(works: Mapping[Way, Work], order: NDArray[np.intp], spans_s: Sequence[tuple[Seconds, Seconds]]) -> Work:
    fates = [
        np.zeros(work.started_s.size, dtype=np.uint8) if work.fate is None else work.fate for work in works.values()
    ]
    return Work(
        started_s=np.concatenate([work.started_s for work in works.values()])[order],
        ended_s=np.concatenate([work.ended_s for work in works.values()])[order],
        fate=None if all(work.fate is None for work in works.values()) else np.concatenate(fates)[order],
        from_s=np.concatenate([from_s for from_s, _ in spans_s]),
        to_s=np.concatenate([to_s for _, to_s in spans_s]),
        servers=sum(work.servers for work in works.values()),
    )


def _spans(work: Work) -> tuple[Seconds, Seconds]:
    return work.started_s if work.from_s is None else work.from_s, work.ended_s if work.to_s is None else work.to_s
