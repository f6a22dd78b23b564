"""The face of a system that others own: called on, or pushing; within its limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lifecycle.simulation.model.figures import DAY, LEAST_TICK_S, PAGE, Figure, burst, codes, per_event_s, rate
from lifecycle.simulation.model.kinds import Cause, Fate, OnLimit, Role
from lifecycle.simulation.roles import slot
from lifecycle.simulation.roles.calling import called, due_s, request_s, thrown
from lifecycle.simulation.roles.kind import Hold, RoleType
from lifecycle.simulation.roles.stream import Stream, fates
from lifecycle.simulation.roles.workplace import Work, Workplace


class Interface(RoleType):
    """The face of a system that others own: called on, or pushing; within its limits."""

    role = Role.INTERFACE
    keeps = False
    queues = True
    figures = (
        rate("Events a second that it lets through; 0: no limit", 0,
              "chosen: none; the API's 1,000 records a minute is the course's example"),
        burst(100),
        Figure("on_limit", 0, "choice", 0, 1, "Beyond the limit", "What happens to a caller who asks too often",
               options=codes(OnLimit, "it waits its turn", "a 429: it backs off and asks again")),
        Figure("backoff_s", 1, "s", 0.01, 600, "First back-off",
               "Longest wait after a first 429, doubled after each; the wait itself is drawn evenly below that",
               "full jitter as in “Exponential Backoff And Jitter”; 1 s is chosen", "log", cite="brooker-2015"),
        Figure("backoff_max_s", 60, "s", 0.01, 3600, "Longest back-off", "No wait after a 429 is longer", scale="log"),
        Figure("round_trip_s", 0, "s", 0, 60, "Round trip", "Seconds a request travels, there and back",
               scale="log", knob=True),
        PAGE,
        per_event_s(0.0005, "Seconds to read one record"),
        Figure("malformed_share", 0, "1", 0, 1, "Malformed", "Share that cannot be parsed and goes to the dead letters",
               knob=True),
        Figure("poll_interval_s", 0, "s", 0, 3600, "Its own poll", "Seconds between polls here; 0: the receiver's",
               "chosen; Confluent's JDBC source polls every 5 s by default (poll.interval.ms)", "log",
               cite="confluent-jdbc", least=LEAST_TICK_S),
        Figure("lateness_s", 300, "s", 0, DAY, "Lateness of a file", "Mean delay of a file that the source pushes",
               scale="log"),
        Figure("own_interval_s", 0, "s", 0, 2 * DAY, "Own schedule",
               "Above 0 it always delivers files at this interval, whatever the switches say",
               scale="log", least=LEAST_TICK_S),
        Figure("own_offset_s", 0, "s", 0, DAY, "First file at", "Second of the day; 0: one interval in"),
        Figure("scan_s", 0, "s", 0, DAY, "Scan before a batch", "Seconds a batch spends finding its first record",
               scale="log", knob=True),
        Figure("full_load", 0, "choice", 0, 1, "What a batch reads", "Whether it asks for changes or reads all again",
               options=((0, "only what is new"), (1, "the whole table, and keeps what is new"))),
        Figure("table_rows", 100_000, "rows", 0, 1e8, "Rows at midnight", "Rows of the table before the day's own",
               scale="log"),
        Figure("same_server", 1, "choice", 0, 1, "Runs on its source's server",
               "Whether what slows or stops the source slows or stops the reading",
               options=((1, "yes: it shares the server"), (0, "no: it is decoupled"))),
        Figure("tls", 1, "choice", 0, 1, "Encryption on the wire", "Whether others on the network can read along",
               knob=True, exposes=True, options=((1, "TLS: nobody can"), (0, "plain text: anyone who listens can"))),
        Figure("reconnects", 0, "choice", 0, 1, "Connections",
               "A new one takes a round trip before its request, and with TLS two",
               "chosen: kept open; the handshake of TLS 1.3 takes one round trip", knob=True, cite="rfc8446",
               options=((0, "one that is kept open"), (1, "a new one for each request"))),
        *slot.FIGURES,
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """The face of a system that others own: read at its own pace and limits; some lines cannot be parsed."""
        malformed = workplace.coins("malformed", stream.ids, workplace.figures["malformed_share"])
        unread = fates(stream.ids.size, (malformed, Fate.MALFORMED))
        if not slot.reads_a_log(workplace):
            return replace(called(workplace, stream), fate=unread, from_s=None, to_s=None)
        work = slot.read_through_slot(workplace, stream)
        if unread is None or work.fate is None:
            return work
        return replace(work, fate=np.where(work.fate > 0, work.fate, unread))

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:  # noqa: ARG002 - as every role
        """Until it is called for, or its file is dropped."""
        return (Hold(Cause.TICK, due_s(workplace, at_s)),)

    def trailing_s(self, workplace: Workplace) -> float:
        """The round trip of what is thrown as it comes; what is called for spends it in the call."""
        return request_s(workplace.figures) if thrown(workplace) else 0.0
