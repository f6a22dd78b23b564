"""A log with consumers behind it: it takes all that comes, hands on what they can take, and forgets."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

import numpy as np

from lifecycle.simulation.kernels import buffered
from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.servers import begun
from lifecycle.simulation.model.figures import (
    CAPACITY,
    LEAST_TICK_S,
    ONCE_MORE_S,
    TRY_S,
    WEEK,
    Figure,
    codes,
    duplicates,
    encryption,
    per_event_s,
    readers,
    spread,
    tries,
)
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, Guarantee, OnGone, Policy, Readers, Role, WhenFull
from lifecycle.simulation.roles.kind import Again, RoleType
from lifecycle.simulation.roles.stream import Codes, Stream, all_of, fates
from lifecycle.simulation.roles.workplace import Work, Workplace


class Buffer(RoleType):
    """A log with consumers behind it: it takes all that comes, hands on what they can take, and forgets."""

    role = Role.BUFFER
    keeps = False
    queues = True
    figures = (
        Figure("retention_s", WEEK, "s", 1, 52 * WEEK, "Retention", "An event that nobody reads for this long is gone",
               "Kafka keeps 168 h by default (log.retention.hours)", "log", knob=True, cite="kafka-docs"),
        Figure("on_gone", OnGone.LATEST.value, "choice", 0, 1, "When its place is gone",
               "Where a consumer goes on whose next event has expired",
               "Kafka's consumer jumps to the newest by default (auto.offset.reset=latest)", knob=True,
               cite="kafka-docs", options=codes(OnGone, "jump to the newest", "go on at the oldest there is")),
        CAPACITY,
        Figure("policy", 0, "choice", 0, 3, "When it is full", "What happens to an event that finds no room",
               options=codes(WhenFull, "refuse the newest", "drop the oldest", "spill to a slower tier",
                              "block the sender")),
        Figure("sender_room", 10_000, "events", 1, 1e7, "Room at the sender",
               "Events that a blocked sender can hold; the next is refused", scale="log"),
        per_event_s(0.02, "Seconds its consumer takes for one event: 0.02 is 50 events/s", knob=True),
        spread(),
        Figure("consumers", 1, "consumers", 1, 64, "Consumers", "Each owns its partitions and reads them in order",
               knob=True),
        Figure("brokers", 3, "brokers", 1, 64, "Brokers", "Machines of the log, in the bill alone",
               "chosen: one in each of three zones of a region"),
        Figure("replicas", 3, "copies", 1, 8, "Copies", "How often each event lies on the brokers' disks, for the bill",
               "chosen: three; Kafka itself makes one unless told (default.replication.factor)", cite="kafka-docs"),
        encryption("Seconds to encrypt or decrypt a megabyte on its way to the consumer"),
        Figure("delivery", Guarantee.AT_LEAST_ONCE.value, "choice", 0, 2, "Delivery",
               "What it promises when a consumer fails or an answer is lost",
               knob=True,
               options=codes(Guarantee, "at most once", "at least once", "exactly once")),
        duplicates("Share whose acknowledgement gets lost: delivered again; at most once: gone instead"),
        ONCE_MORE_S,
        Figure("transaction_s", 0.1, "s", 0, 3600, "Transactions", "Exactly once: seconds between two commits",
               "Kafka Streams commits every 100 ms when exactly once is asked for (commit.interval.ms)",
               "log", cite="kafka-docs", least=LEAST_TICK_S),
        tries("A record that crashes its reader is set aside after this many tries; 0: until somebody removes it"),
        TRY_S,
        readers(Readers.OPERATORS, "Who has rights on its topics"),
        Figure("direct", 0, "choice", 0, 1, "Without a log", "Whether a log stands here, or what comes lands directly",
               knob=True,
               options=((0, "no: a log holds what comes"), (1, "yes: nothing is held here"))),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """A log with consumers behind it: it takes all that comes, hands on what its consumers can take, and forgets.

        Faults here are the consumers': down, they read nothing and the backlog grows. A full log that blocks its sender
        has the sender's room as well: who finds no room there either is refused.
        """
        if workplace.figures["direct"]:
            return _landed_directly(workplace, stream)
        work, consumers = workplace.work(stream.ids), int(workplace.figures["consumers"])
        if consumers == 1:
            started, ended, fate = _read_by(workplace, 0, stream.at_s, work)
        else:
            started, ended = np.empty(stream.at_s.size), np.empty(stream.at_s.size)
            fate = np.zeros(stream.at_s.size, dtype=np.uint8)
            for partition in range(consumers):
                mine = slice(partition, None, consumers)
                share = work if isinstance(work, float) else work[mine]
                started[mine], ended[mine], fate[mine] = _read_by(workplace, partition, stream.at_s[mine], share)
        if not fate.any():
            return Work(started, ended, servers=consumers)
        kept = fate == 0
        return Work(started, ended, fate, None, np.sort(started[kept]), np.sort(ended[kept]), consumers)

    def handed_over(self, workplace: Workplace, stream: Stream, work: Work) -> Work:
        """Return the work of a log after its promise of delivery: who is gone for good, who waits for a commit.

        At most once: the offset is committed before the work, so an answer that got lost, and what a consumer had in
        hand when it crashed, is gone. Exactly once: what was done is seen at the next commit of its transaction.
        """
        if workplace.figures["delivery"] == Guarantee.AT_LEAST_ONCE or workplace.figures["direct"]:
            return work
        if workplace.figures["delivery"] == Guarantee.EXACTLY_ONCE:
            if not (every := workplace.figures["transaction_s"]):
                return work
            seen_s = np.maximum(np.ceil(work.ended_s / every) * every, work.ended_s)
            if work.fate is not None:
                seen_s = np.where(work.fate > 0, work.ended_s, seen_s)
            return work.seen(seen_s, work.fate)
        gone = np.zeros(stream.ids.size, dtype=np.bool_)
        lost = workplace.coins("sent again", stream.ids, workplace.figures["duplicate_share"])
        if lost is not None:
            gone |= lost
        for start_s, _ in workplace.closed:
            gone |= (work.started_s < start_s) & (work.ended_s > start_s)
        fate = np.zeros(stream.ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
        fate[gone & (fate == 0)] = Fate.UNCONFIRMED
        return replace(work, fate=fate)

    def repeated(self, workplace: Workplace, left: Stream) -> list[Again]:
        """Copies for lost answers; and what a consumer that crashed did since its last commit, once it is back."""
        if workplace.figures["direct"]:
            return []
        copies = super().repeated(workplace, left)
        every = workplace.figures["redelivery_s"]
        if every and workplace.figures["delivery"] == Guarantee.AT_LEAST_ONCE:
            for start_s, end_s in workplace.closed:
                copies.append(all_of(left.at_s, np.floor(start_s / every) * every, start_s, end_s))
        return copies


def _landed_directly(workplace: Workplace, stream: Stream) -> Work:
    """Without a log what comes goes straight on, while there is somewhere to land.

    Otherwise it depends on who can send it again: a job or a poll finds it at its source, and a file lies where it was
    dropped, so these land as soon as they can; of what is pushed event by event nobody has a copy.
    """
    lands_s = workplace.opens(stream.at_s)
    if workplace.copyless is None and not workplace.way.loses:
        return Work(lands_s, lands_s)
    late = lands_s > stream.at_s
    gone = late if workplace.copyless is None else late & workplace.copyless[stream.ids]
    ended_s = np.where(gone, stream.at_s, lands_s)
    return Work(ended_s, ended_s, fates(stream.ids.size, (gone, Fate.REFUSED)))


def _read_by(
    workplace: Workplace, partition: int, times: Seconds, work: float | Seconds
) -> tuple[Seconds, Seconds, Codes]:
    """When the consumer of a partition begins and ends each of its events, and which are lost."""
    figures, closed = workplace.figures, workplace.closed_in(partition)
    patience, policy = _kept_for(workplace, times), _turned_away(WhenFull(int(figures["policy"])))
    gone = OnGone(int(figures["on_gone"]))
    inside = buffered(times, work, room_of(figures), patience, policy, closed, workplace.slowed, gone)
    served = work if not inside.losses.any() else np.where(inside.losses == 0, work, 0.0)
    started = begun(times, inside.left_s, served, Clock(closed, workplace.slowed))
    return started, inside.left_s, inside.losses.view(np.uint8)


def room_of(figures: Mapping[str, float]) -> float:
    """Events that a log holds for each of its consumers before it must do what its policy says; infinity: no limit."""
    policy = WhenFull(int(figures["policy"]))
    if not figures["capacity"] or policy is WhenFull.SPILL:
        return math.inf
    room = figures["capacity"] + (figures["sender_room"] if policy is WhenFull.BLOCK else 0.0)
    return max(1, math.ceil(room / figures["consumers"]))


def _turned_away(policy: WhenFull) -> Policy:
    """How the kernel treats who finds no room: blocking is refusing with more room, the sender's (see `room_of`)."""
    match policy:
        case WhenFull.REFUSE | WhenFull.BLOCK:
            return Policy.REFUSE
        case WhenFull.DROP_OLDEST:
            return Policy.DROP_OLDEST
        case WhenFull.SPILL:
            return Policy.SPILL
        case _:
            assert_never(policy)


def _kept_for(workplace: Workplace, times: Seconds) -> float | Seconds:
    """Seconds that each event is kept for: the retention, less where somebody cut it short for a while."""
    retention = workplace.figures["retention_s"]
    return kept_until(times, retention, workplace.keeps) - times if workplace.keeps else retention


def kept_until(times: Seconds, retention: float, shortened: Sequence[tuple[float, float, float]]) -> Seconds:
    """When a log forgets each of the events that come at these times; `shortened` as `Workplace.keeps`."""
    deadline = times + retention
    for start, end, briefly in shortened:
        sooner = np.maximum(times + min(briefly, retention), start)
        deadline = np.where(sooner < end, np.minimum(sooner, deadline), deadline)
    return np.maximum.accumulate(deadline)
