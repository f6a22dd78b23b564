"""What moves, made by hand: counts of each minute of the day, a packet's negative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lifecycle.simulation.readings.frames import Moves, Sending, StationMoves, WireMoves
from lifecycle.simulation.readings.moves import HOP_S, MINUTES


def evenly(counts: np.ndarray) -> np.ndarray:
    """Counts of equal buckets of the day, minute by minute."""
    each = MINUTES // len(counts)
    minutes = np.repeat(counts // each, each)
    minutes[::each] += counts % each
    return minutes


def at_its_end(counts: np.ndarray) -> np.ndarray:
    """Counts of equal buckets of the day as packets, which set off as each bucket ends."""
    each = MINUTES // len(counts)
    minutes = np.zeros(MINUTES, np.int64)
    minutes[each - 1 :: each] = -counts
    return minutes


def _day(counts: np.ndarray | None) -> np.ndarray:
    return np.zeros(MINUTES + 1, np.int64) if counts is None else np.append(counts, 0).astype(np.int64)


def sending(counts: np.ndarray | None) -> Sending:
    signed = _day(counts)
    return Sending(np.maximum(signed, 0), np.maximum(-signed, 0))


def by_hand(stations: Mapping[str, Mapping[str, Any]], wires: Mapping[tuple[str, str], Mapping[str, Any]]) -> Moves:
    """Of a station `sent`, `born`, `lost`, `keeps`, `timetable`; of a wire `pulled`, `loop`, `refused`; or nothing."""
    made = {
        name: StationMoves(
            born=_day(said.get("born")),
            copies=_day(None),
            lost=_day(said.get("lost")),
            removed=_day(None),
            unreadable=_day(None),
            sent=sending(said.get("sent")),
            keeps=said.get("keeps", False),
            timetable=said.get("timetable"),
        )
        for name, said in stations.items()
    }
    return Moves(
        86_400.0 / MINUTES,
        HOP_S,
        made,
        {
            wire: WireMoves(
                made[wire[0]].sent, _day(said.get("refused")), said.get("pulled", False), said.get("loop", False)
            )
            for wire, said in wires.items()
        },
    )
