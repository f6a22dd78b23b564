"""A run's frames made small enough to send, and read back as the JavaScript reads them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lifecycle.course.fault_words import in_short, with_times
from lifecycle.diagram.living.message import PackedFrames
from lifecycle.simulation.faults import shows_s
from lifecycle.simulation.readings.frames import LOOKS, Frames

TRAVEL_S = 900.0
"""Stretch of the day that a dot takes to cross a flow: a quarter of an hour, three seconds at a day in five minutes."""
MOST_DOTS = 200
"""Dots on one flow while the day's largest lump goes over it: a flood, five lanes wide, a few centimetres long."""
USUAL_DOTS = 15
"""Dots on a flow that carries all of the day's events as evenly as they can come."""
BUSY_STEPS = 1000
"""Shares are sent in thousandths."""

_PACKED: dict[int, tuple[Frames, PackedFrames]] = {}
_PACKED_MOST = 32


def pack_frames(frames: Frames) -> PackedFrames:
    """Make frames small enough to send: every series as whole numbers, see `pack`. Packed once for each Frames."""
    known = _PACKED.get(id(frames))
    if known is not None and known[0] is frames:
        return known[1]
    series = {
        (name, field): values
        for name, station in frames.stations.items()
        for field, values in {
            "arrived": station.arrived,
            "departed": station.departed,
            "lost": station.lost,
            "inside": station.inside,
            "level": station.level,
            "busy": np.round(np.nan_to_num(station.busy) * BUSY_STEPS),
            "age_s": _whole(station.age_s),
            "faulty": station.faulty,
            **({"queries": station.queries} if station.queries is not None else {}),
            **({"left": station.left} if station.left is not None else {}),
            **({"ages": _whole(station.ages_s)} if station.ages_s is not None else {}),
        }.items()
    }
    texts = pack([*series.values(), *frames.flows.values()])
    stations: dict[str, dict[str, str]] = {name: {} for name in frames.stations}
    for (name, field), text in zip(series, texts, strict=False):
        stations[name][field] = text
    packed: PackedFrames = {
        "n": len(frames.edges_s) - 1,
        "start": float(frames.edges_s[0]),
        "end": float(frames.edges_s[-1]),
        "travel_s": TRAVEL_S,
        "looks": LOOKS,
        "per_dot": events_per_dot(frames),
        "opening": opening(frames),
        "occasions": [(*occasion,) for occasion in frames.pace.occasions] if frames.pace else [],
        "faults": [(*shows_s(fault), fault.station, with_times(fault), in_short(fault)) for fault in frames.faults],
        "stations": stations,
        "flows": [(*flow, text) for flow, text in zip(frames.flows, texts[len(series) :], strict=True)],
    }
    if len(_PACKED) >= _PACKED_MOST:
        _PACKED.pop(next(iter(_PACKED)), None)
    _PACKED[id(frames)] = (frames, packed)
    return packed


def _whole(age_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ages as whole seconds, -1 before the first event."""
    return np.where(np.isnan(age_s), -1.0, np.round(age_s))


def pack(series: Sequence[NDArray[Any]]) -> list[str]:
    """Whole numbers as base64 of zigzag varints of their first differences, each series of its own.

    A quiet series takes a byte a number, and the zeros at its end, where nothing changes any more, none.
    """
    every = [np.diff(np.asarray(one).astype(np.int64), prepend=np.int64(0)) for one in series]
    moving = [one[: np.flatnonzero(one)[-1] + 1] if one.any() else one[:0] for one in every]
    steps = np.concatenate([*moving, np.empty(0, np.int64)])
    zigzag = ((steps << 1) ^ (steps >> 63)).view(np.uint64)
    width = 1 + np.sum([zigzag >= np.uint64(1 << bits) for bits in range(7, 64, 7)], axis=0)
    ends = np.cumsum(width)
    nth = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - width, width)
    chunks = (np.repeat(zigzag, width) >> (7 * nth).astype(np.uint64)) & np.uint64(127)
    packed = (chunks | np.where(nth < np.repeat(width, width) - 1, np.uint64(128), np.uint64(0))).astype(np.uint8)
    cuts = np.concatenate(([0], ends))[np.cumsum([0, *map(len, moving)])]
    return [base64.b64encode(packed[a:b].tobytes()).decode() for a, b in pairwise(cuts)]


def unpack(text: str, n: int) -> NDArray[np.int64]:
    """Undo `pack` for a series of n numbers: what the JavaScript does, for tests and readers."""
    steps, step, shift = [], 0, 0
    for byte in base64.b64decode(text):
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            steps.append((step >> 1) ^ -(step & 1))
            step, shift = 0, 0
    return np.cumsum(np.array(steps + [0] * (n - len(steps)), dtype=np.int64))


def events_per_dot(frames: Frames) -> int:
    """Events that one dot stands for, a round number: the same for a scenario under every setting of the switches.

    Where nothing is known of the scenario it goes by the busiest flow that there is.
    """
    if frames.pace is None:
        return _round_up(_busiest(list(frames.flows.values()), frames) / MOST_DOTS)
    return _round_up(max(frames.pace.lump / MOST_DOTS, frames.pace.quarter / USUAL_DOTS))


def dots(frames: Frames, flow: tuple[str, str], t_s: float) -> int:
    """Dots on `flow` at second `t_s`: those that set off within the last TRAVEL_S. Each sets off as the running count,
    evenly spread within a bucket, passes a multiple of `events_per_dot`."""
    counts = np.concatenate(([0], np.cumsum(frames.flows[flow])))
    last, first = np.interp([t_s, t_s - TRAVEL_S], frames.edges_s, counts) / events_per_dot(frames)
    return int(np.floor(last + 1e-9) - np.floor(first + 1e-9))


def opening(frames: Frames) -> float:
    """A moment worth seeing first: shortly before what the scenario is about.

    Where nothing is known of the scenario it is that before the busiest half hour of the whole pipeline.
    """
    if frames.pace is not None:
        return frames.pace.opens_s
    total = np.sum([*frames.flows.values()], axis=0, dtype=float) if frames.flows else np.zeros(1)
    step = float(frames.edges_s[1] - frames.edges_s[0])
    window = max(1, round(1800 / step))
    busiest = int(np.argmax(np.convolve(total, np.ones(window), mode="valid"))) if len(total) >= window else 0
    return float(max(frames.edges_s[0], frames.edges_s[min(busiest, len(frames.edges_s) - 1)] - 600))


def _busiest(series: list[NDArray[np.int64]], frames: Frames) -> float:
    """Most events that any of the series counts within TRAVEL_S."""
    step = float(frames.edges_s[1] - frames.edges_s[0])
    window = max(1, int(np.ceil(TRAVEL_S / step)))
    most = 0.0
    for counts in series:
        sums = np.concatenate(([0.0], np.cumsum(counts, dtype=float)))
        wide = min(window, len(counts))
        most = max(most, float(np.max(sums[wide:] - sums[:-wide], initial=0.0)))
    return most


def _round_up(size: float) -> int:
    """The least of 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, … that is not below `size`."""
    scale = 1
    while True:
        for step in (1.0, 2.0, 2.5, 5.0):
            if step * scale >= size and (step * scale).is_integer():
                return int(step * scale)
        scale *= 10
