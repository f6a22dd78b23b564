"""How a flow may move, whatever the switches say: who starts, how much at a time, and what waits where meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lifecycle.simulation.model.kinds import Size, Start, Waits

LEAST_INTERVAL_S, MOST_INTERVAL_S = 60.0, 2 * 86_400.0


@dataclass(frozen=True)
class Way:
    """How events get over a flow: `starts` says who begins a transfer, `size` how much moves at a time.

    `waits`: where events wait that are due while the receiver is down. `interval_s`, `offset_s`: of files and fetches
    the seconds between two and the second of the day of the first, 0 for one interval in; an interval of 0 is the
    receiver's own. `source` says where the defaults come from, and `cite` is the id of the source that states them.
    """

    id: str
    title: str
    starts: Start
    size: Size
    waits: Waits
    interval_s: float = 0.0
    offset_s: float = 0.0
    source: str = ""
    cite: str = ""

    @property
    def streams(self) -> bool:
        """Whether events move one by one, or a few at a time."""
        return self.size == Size.STREAM

    @property
    def pulls(self) -> bool:
        """Whether the receiver asks."""
        return self.starts == Start.PULL

    @property
    def throws(self) -> bool:
        """Whether the source sends each event as it comes."""
        return self.streams and not self.pulls

    @property
    def loses(self) -> bool:
        """Whether nobody has a copy of what comes while the receiver is down."""
        return self.waits is Waits.NOWHERE


def by_switches(start: Start, size: Size) -> Way:
    """Return the way of a flow that does not say: who asks comes back, a file lies where it was put, a call is gone."""
    if start == Start.PULL:
        return Way("", "", start, size, Waits.SENDER)
    return Way("", "", start, size, Waits.RECEIVER if size == Size.BATCH else Waits.NOWHERE)


WAYS: Mapping[str, Way] = {
    way.id: way
    for way in (
        Way("cdc", "CDC", Start.PULL, Size.STREAM, Waits.SENDER,
            source="a replication slot of Postgres keeps every change until its reader has confirmed it; how often it"
                   " is read is the stage's own `poll_interval_s`", cite="debezium-docs-postgres"),
        Way("nightly-file", "nightly file", Start.PUSH, Size.BATCH, Waits.RECEIVER, 86_400.0, 7_200.0,
            source="chosen: once a day at 02:00, when a shop sleeps; the file lies where it was put"),
        Way("hourly-query", "hourly query", Start.PULL, Size.BATCH, Waits.SENDER, 3_600.0,
            source="chosen: hourly is the course's example; Fivetran's scheduled loads run every 6 h by default",
            cite="fivetran-docs"),
        Way("webhook", "webhook", Start.PUSH, Size.STREAM, Waits.NOWHERE,
            source="chosen: sent once; some senders try again for days, which is a way of one's own with"
                   " `waits: sender`", cite="stripe-docs-webhooks"),
        Way("topic", "topic", Start.PULL, Size.STREAM, Waits.SENDER,
            source="a topic keeps its records for 168 h by default (log.retention.hours), longer than the day; how"
                   " often it is read is the stage's own `poll_interval_s`", cite="kafka-docs"),
    )
}  # fmt: skip


def way_problems(way: Way) -> Iterator[str]:
    """What the simulation cannot do of a way, as `what is wrong; how to put it right`."""
    if way.pulls and way.waits is not Waits.SENDER:
        yield (
            f"who pulls asks only while up, so what is due waits at the sender, not {_at(way.waits)}; "
            "write `waits: sender`"
        )
    if not way.pulls and not way.streams and way.loses:
        yield "a file lies where it was put, or its sender keeps it; write `waits: receiver` or `waits: sender`"
    if way.streams and (way.interval_s or way.offset_s):
        yield "a stream has no interval; leave `interval_s` and `offset_s` out, or write `size: batch`"
    elif way.interval_s and not LEAST_INTERVAL_S <= way.interval_s <= MOST_INTERVAL_S:
        yield (
            f"interval_s is {way.interval_s:g}; write {LEAST_INTERVAL_S:g} to {MOST_INTERVAL_S:,.0f} s, "
            "or leave it out for the receiver's own"
        )
    elif not 0.0 <= way.offset_s <= way.interval_s:
        yield f"offset_s is {way.offset_s:g}; write a second within the interval, 0 to {way.interval_s:g}"


def _at(waits: Waits) -> str:
    return waits.value if waits is Waits.NOWHERE else f"at the {waits}"
