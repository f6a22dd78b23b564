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
from lifecycle.simulation.readings.frames import LOOKS, Frames, Sending, StationMoves, so_far
from lifecycle.simulation.readings.moves import FLOOD, MINUTES

MOST_DOTS = 200
"""Dots on one flow at once: a flood, five lanes wide. What is more sets off in packets."""
USUAL_DOTS = 3
"""Dots that set off in a minute on a flow that carries all of the day's events, in the day's mean."""
# A shorter run of zeros takes no more room than its count.
_LEAST_RUN = 3
BUSY_STEPS = 1000
"""Shares are sent in thousandths."""

_PACKED: dict[int, tuple[Frames, PackedFrames]] = {}
_PACKED_MOST = 32


def pack_frames(frames: Frames) -> PackedFrames:
    """Make frames small enough to send: every series as whole numbers, see `pack`. Packed once for each Frames."""
    known = _PACKED.get(id(frames))
    if known is not None and known[0] is frames:
        return known[1]
    assert frames.moves is not None, "a diagram plays what moves"
    moves = frames.moves
    series = {
        (name, field): values
        for name, station in frames.stations.items()
        for field, values in {
            "busy": np.round(np.nan_to_num(station.busy) * BUSY_STEPS),
            **({"age_s": _whole(station.age_s)} if station.ages_s is None else {"ages": _whole(station.ages_s)}),
            "came": station.arrived,
            "went": station.departed,
            "faulty": station.faulty,
            **({"queries": station.queries} if station.queries is not None else {}),
            **({"left": station.left} if station.left is not None else {}),
            **_moving(moves.stations[name]),
        }.items()
    }
    alone = {
        wire: _signed(moved.sent)
        for wire, moved in moves.wires.items()
        if moved.sent is not moves.stations[wire[0]].sent
    }
    back = {wire: moved.refused for wire, moved in moves.wires.items()}
    texts = iter(pack([*series.values(), *alone.values(), *back.values()]))
    stations: dict[str, dict[str, str]] = {name: {} for name in frames.stations}
    for (name, field), text in zip(series, texts, strict=False):
        stations[name][field] = text
    parts = dict(zip(alone, texts, strict=False))
    refused = dict(zip(back, texts, strict=True))
    packed: PackedFrames = {
        "n": len(frames.edges_s) - 1,
        "start": float(frames.edges_s[0]),
        "end": float(frames.edges_s[-1]),
        "minutes": MINUTES,
        "hop_s": moves.hop_s,
        "looks": LOOKS,
        "per_dot": events_per_dot(frames),
        "opening": opening(frames),
        "occasions": [(*occasion,) for occasion in frames.pace.occasions] if frames.pace else [],
        "faults": [
            (*shows_s(fault), fault.station, with_times(fault), in_short(fault), fault.kind) for fault in frames.faults
        ],
        "stations": stations,
        "keeps": [name for name, moved in moves.stations.items() if moved.keeps],
        "ticks": {name: moved.timetable for name, moved in moves.stations.items() if moved.timetable},
        "flows": [
            {
                "source": wire[0],
                "target": wire[1],
                "sent": parts.get(wire),
                "refused": refused[wire],
                "pulled": moved.pulled,
                "loop": moved.loop,
            }
            for wire, moved in moves.wires.items()
        ],
    }
    if len(_PACKED) >= _PACKED_MOST:
        _PACKED.pop(next(iter(_PACKED)), None)
    _PACKED[id(frames)] = (frames, packed)
    return packed


def _moving(moved: StationMoves) -> dict[str, NDArray[np.int64]]:
    """What comes to be, ends and leaves at a station, without what never happens there."""
    counts = {"born": moved.born, "copies": moved.copies, "lost": moved.lost, "removed": moved.removed}
    counts |= {"unreadable": moved.unreadable}
    return {name: values for name, values in (counts | {"sent": _signed(moved.sent)}).items() if values.any()}


def _signed(sent: Sending) -> NDArray[np.int64]:
    """What sets off in each minute as one series: a packet is a negative number."""
    return sent.steady - sent.packets


def _whole(age_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ages as whole seconds, -1 before the first event."""
    return np.where(np.isnan(age_s), -1.0, np.round(age_s))


def pack(series: Sequence[NDArray[Any]]) -> list[str]:
    """Whole numbers as base64 of varints of their first differences (zigzag, plus 1), each series of its own.

    A 0, and a number after it, stand for so many differences of none; at the end of a series they are left out. So a
    quiet series takes a byte a number, and a still one next to nothing.
    """
    every = [_shortened(np.asarray(one).astype(np.int64)) for one in series]
    tokens = np.concatenate([*every, np.empty(0, np.uint64)])
    width = 1 + np.sum([tokens >= np.uint64(1 << bits) for bits in range(7, 64, 7)], axis=0)
    ends = np.cumsum(width)
    nth = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - width, width)
    chunks = (np.repeat(tokens, width) >> (7 * nth).astype(np.uint64)) & np.uint64(127)
    packed = (chunks | np.where(nth < np.repeat(width, width) - 1, np.uint64(128), np.uint64(0))).astype(np.uint8)
    cuts = np.concatenate(([0], ends))[np.cumsum([0, *map(len, every)])]
    return [base64.b64encode(packed[a:b].tobytes()).decode() for a, b in pairwise(cuts)]


def _shortened(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The steps of one series as `pack` writes them: runs of three zeros and more are counted."""
    steps: NDArray[np.int64] = np.diff(values, prepend=np.int64(0))
    steps = steps[: np.flatnonzero(steps)[-1] + 1] if steps.any() else steps[:0]
    tokens = ((steps << 1) ^ (steps >> 63)).view(np.uint64) + np.uint64(1)
    turns = np.flatnonzero(np.diff(np.concatenate(([False], steps == 0, [False]))))
    starts, stops = turns[::2], turns[1::2]
    long = stops - starts >= _LEAST_RUN
    starts, stops = starts[long], stops[long]
    left = np.ones(tokens.size, dtype=np.bool_)
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        tokens[start : start + 2] = 0, stop - start
        left[start + 2 : stop] = False
    return tokens[left]


def unpack(text: str, n: int) -> NDArray[np.int64]:
    """Undo `pack` for a series of n numbers: what the JavaScript does, for tests and readers."""
    steps, token, shift, run = [], 0, 0, False
    for byte in base64.b64decode(text):
        token |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            if run:
                steps += [0] * token
            elif token:
                steps.append(((token - 1) >> 1) ^ -((token - 1) & 1))
            run = not run and token == 0
            token, shift = 0, 0
    return np.cumsum(np.array(steps + [0] * (n - len(steps)), dtype=np.int64))


def events_per_dot(frames: Frames) -> int:
    """Events that one dot stands for, a round number: the same for a scenario under every setting of the switches.

    Where nothing is known of the scenario it goes by the busiest flow that there is.
    """
    if frames.pace is None:
        flows = frames.moves.wires.values() if frames.moves else ()
        most = max((int(wire.sent.steady.max(initial=0)) for wire in flows), default=0)
        return _round_up(2 * most / MOST_DOTS)
    return _round_up(max(2 * FLOOD * frames.pace.most / MOST_DOTS, frames.pace.mean / USUAL_DOTS))


def dots(frames: Frames, flow: tuple[str, str], t_s: float) -> int:
    """Dots on `flow` at second `t_s`: those that set off within the last hop.

    Each sets off as the running count of what is steady passes a multiple of `events_per_dot`.
    """
    assert frames.moves is not None, "only of what moves there are dots"
    steady, size = frames.moves.wires[flow].sent.steady, events_per_dot(frames)
    since_s = t_s - frames.moves.hop_s
    last, first = (so_far(steady, at_s / frames.moves.step_s) / size for at_s in (t_s, since_s))
    return 0 if t_s >= frames.edges_s[-1] else int(np.floor(last + 1e-9) - np.floor(first + 1e-9))


def packets(frames: Frames, flow: tuple[str, str], t_s: float) -> list[int]:
    """How many events each packet on `flow` holds at second `t_s`, the one that set off last first."""
    assert frames.moves is not None, "only of what moves there are packets"
    sent, step_s = frames.moves.wires[flow].sent.packets, frames.moves.step_s
    edges_s = step_s * np.arange(1, len(sent) + 1)
    under_way = (edges_s <= t_s) & (edges_s + frames.moves.hop_s > t_s) & (sent > 0)
    return [] if t_s >= frames.edges_s[-1] else sent[under_way][::-1].tolist()


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


def _round_up(size: float) -> int:
    """The least of 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, … that is not below `size`."""
    scale = 1
    while True:
        for step in (1.0, 2.0, 2.5, 5.0):
            if step * scale >= size and (step * scale).is_integer():
                return int(step * scale)
        scale *= 10
