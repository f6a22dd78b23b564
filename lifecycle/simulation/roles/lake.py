"""Cheap room for all, for ever: events gather into one object and are written together."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.model.figures import LEAST_TICK_S, Figure, expiry, readers
from lifecycle.simulation.model.kinds import Cause, Readers, Role
from lifecycle.simulation.roles.kind import Hold, RoleType
from lifecycle.simulation.roles.stream import Stream
from lifecycle.simulation.roles.timetable import at_next_tick, next_tick_s
from lifecycle.simulation.roles.workplace import Work, Workplace


class Lake(RoleType):
    """Cheap room for all, for ever: events gather into one object and are written together."""

    role = Role.LAKE
    keeps = True
    queues = True
    figures = (
        Figure("flush_interval_s", 5, "s", 0, 3600, "Flush interval",
               "Seconds of events that make one object; 0: each alone",
               scale="log", knob=True, least=LEAST_TICK_S),
        Figure("put_s", 0.1, "s", 0, 60, "Writing an object", "Seconds until an object written can be read",
               "chosen; S3's small requests take tens of milliseconds at the median, in its own words", "log",
               cite="s3-docs-performance"),
        expiry("Age at which a rule deletes an object; 0: never"),
        readers(Readers.OPERATORS, "Who has a grant on its files"),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Events gather into one object and are written together; there is room for all, and for ever."""
        times, flush = stream.at_s, workplace.figures["flush_interval_s"]
        due = times if flush == 0.0 else at_next_tick(times, flush)
        started = workplace.opens(due)
        ended = started + workplace.figures["put_s"]
        objects = np.ones(times.size, dtype=np.bool_)
        objects[1:] = started[1:] != started[:-1]
        return Work(started, ended, from_s=started[objects], to_s=ended[objects])

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:  # noqa: ARG002 - as every role
        """Until its object is complete."""
        flush = workplace.figures["flush_interval_s"]
        return (Hold(Cause.TICK, next_tick_s(at_s, flush)),) if flush else ()

    def trailing_s(self, workplace: Workplace) -> float:
        """The writing: what has begun is done, even where the store then stops."""
        return workplace.figures["put_s"]
