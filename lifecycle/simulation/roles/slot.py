"""The changes that an interface reads through a slot: what becomes of those that are made while nobody reads."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lifecycle.simulation.kernels.slots import while_away
from lifecycle.simulation.model.figures import Figure
from lifecycle.simulation.model.inputs import spans
from lifecycle.simulation.roles.calling import Calls, called, calls, stops
from lifecycle.simulation.roles.stream import Stream, chosen
from lifecycle.simulation.roles.workplace import Work, Workplace

LIMITS = ("disk_bytes", "slot_keep_bytes", "slot_idle_s")
FIGURES = (
    Figure("disk_bytes", 0, "B", 0, 1e12, "Room for the log", "Bytes of log for which the source's disk has room while"
           " nobody reads; then it refuses writes; 0: no limit", scale="log", knob=True, needs="disk_bytes"),
    Figure("slot_keep_bytes", 0, "B", 0, 1e12, "A slot keeps", "Bytes of log from which the slot of a reader that is"
           " away is cut off; 0: never", "Postgres never does by default (max_slot_wal_keep_size)", "log",
           knob=True, needs="disk_bytes", cite="postgres-docs-replication"),
    Figure("slot_idle_s", 0, "s", 0, 604_800, "A slot may rest", "Seconds after which the slot of a reader that is away"
           " is cut off; 0: never", "Postgres 18 never does by default (idle_replication_slot_timeout)", "log",
           knob=True, needs="disk_bytes", cite="postgres-docs-replication", least=60),
    Figure("change_bytes", 8_192, "B", 1, 1e9, "Log a change", "Bytes that a change writes into the source's log",
           "chosen: one page of 8 kB, which Postgres writes whole on its first change after a checkpoint", "log"),
)  # fmt: skip


def reads_a_log(workplace: Workplace) -> bool:
    """Whether a slot with a limit stands between this interface and its source: only a pulled stream reads changes."""
    figures = workplace.figures
    polls = calls(figures, workplace.way, workplace.receiver is not None) is Calls.POLL
    return polls and any(figures[name] for name in LIMITS)


def read_through_slot(workplace: Workplace, stream: Stream) -> Work:
    """Read what is kept, and lose what is not, outage by outage."""
    times = stream.at_s
    fate, lost_s = np.zeros(times.size, dtype=np.uint8), np.full(times.size, np.nan)
    for start_s, end_s in spans("away", stops(workplace)):
        rows = np.flatnonzero((fate == 0) & (times < end_s))
        read_s = called(workplace, Stream(stream.ids[rows], times[rows])).ended_s
        rows = rows[read_s > start_s]
        unread = int(np.count_nonzero(times[rows] < start_s))
        fate[rows], lost_s[rows] = while_away(times[rows], unread, end_s, **_limits(workplace.figures, start_s))
    kept = fate == 0
    work = called(workplace, chosen(stream, kept))
    started, ended = lost_s.copy(), lost_s
    started[kept], ended[kept] = work.started_s, work.ended_s
    return replace(work, started_s=started, ended_s=ended, fate=fate, from_s=work.from_s, to_s=work.to_s)


def _limits(figures: Mapping[str, float], start_s: float) -> Mapping[str, float]:
    """The limits of a slot whose reader leaves at `start_s`, in changes and seconds of the day."""
    change = figures["change_bytes"]
    return {
        "room": figures["disk_bytes"] // change if figures["disk_bytes"] else math.inf,
        "keeps": figures["slot_keep_bytes"] // change if figures["slot_keep_bytes"] else math.inf,
        "cut_off_s": start_s + figures["slot_idle_s"] if figures["slot_idle_s"] else math.inf,
    }
