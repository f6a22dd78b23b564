"""Where events are born: most may leave at once, a share is late."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.model.draws import exponentials
from lifecycle.simulation.model.figures import DAY, Figure
from lifecycle.simulation.model.kinds import Cause, Role
from lifecycle.simulation.roles.calling import called, due_s
from lifecycle.simulation.roles.kind import Hold, RoleType
from lifecycle.simulation.roles.stream import Stream
from lifecycle.simulation.roles.workplace import Work, Workplace


class SourceRole(RoleType):
    """Where events are born: most may leave at once, a share is late."""

    role = Role.SOURCE
    keeps = False
    queues = False  # it gives birth
    figures = (
        Figure("share", 1, "1", 0, 1e6, "Share of the events", "Its part of all births, relative to the other sources"),
        Figure("event_bytes", 330, "B", 1, 1e9, "Size of an event", "Bytes that an event takes on the wire",
               "chosen: a click with a few fields, as JSON", "log"),
        Figure("late_share", 0, "1", 0, 1, "Late events", "Share of the events that leave late: a phone without signal",
               knob=True),
        Figure("late_s", 600, "s", 0, DAY, "Mean delay of a late event", "Exponential: most minutes, a few hours",
               scale="log"),
        Figure("user_load", 0.4, "1", 0, 0.95, "Users' own load", "Share of the database that users' queries take"),
        Figure("user_query_s", 0.02, "s", 0, 60, "A user's query", "Seconds that a query takes on an idle database",
               scale="log"),
        Figure("extract_share", 0.3, "1", 0, 0.95, "The extract's share",
               "Share of the database that a running extract takes from its users", knob=True),
        Figure("personal", 1, "choice", 0, 1, "Names a person", "Whether its events say whose they are",
               knob=True, exposes=True,
               options=((1, "yes: each says whose it is"), (0, "no: nobody is named"))),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Events are born here. Most may leave at once; a share is late: a telephone without signal.

        A source that feeds an ingestion without an interface between them is called on like an interface.
        """
        late = workplace.coins("late", stream.ids, workplace.figures["late_share"])
        if late is None:
            return called(workplace, stream)
        delays = exponentials(workplace.scenario.seed, workplace.id, "lateness of events", workplace.events)
        rows, ready = np.flatnonzero(late), stream.at_s.copy()
        ready[rows] += delays[stream.ids[rows]] * workplace.figures["late_s"]
        order = np.argsort(ready, kind="stable")
        work = called(workplace, Stream(stream.ids[order], ready[order]))
        back = np.empty_like(order)
        back[order] = np.arange(order.size)
        jobs = None if work.jobs is None else work.jobs[back]
        return Work(work.started_s[back], work.ended_s[back], None, jobs, work.started_s, work.ended_s)

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:
        """Until there is signal; then until it is called for."""
        late = workplace.coins("late", np.array([event], dtype=np.int32), workplace.figures["late_share"])
        ready_s = at_s
        if late is not None and late[0]:
            delays = exponentials(workplace.scenario.seed, workplace.id, "lateness of events", workplace.events)
            ready_s += float(delays[event] * workplace.figures["late_s"])
        return Hold(Cause.LATE, ready_s), Hold(Cause.TICK, due_s(workplace, ready_s))
