"""A figure: one number of a role, with unit, range, default and where the default was read; those that several have."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from lifecycle.simulation.model.kinds import Readers

CHOSEN = "chosen for this picture"
# Units that are counted in whole things.
WHOLE = ("workers", "consumers", "brokers", "copies", "tries", "slots", "dashboards")
DAY, WEEK = 86_400.0, 604_800.0
# The least seconds between two ticks of a timetable: a day has fewer than two million then.
LEAST_TICK_S = 0.05
EXPONENTIAL = "chosen: exponential, which the simplest queue models assume"


@dataclass(frozen=True)
class Figure:
    """One number of a role, in the unit named.

    `label` is short, for a slider; `about` one line; `source` where the default comes from, in words, and `cite` the id
    of the source that states it, "" where nothing published does. `options` lists the codes of
    a choice with their names, empty for a plain number. `knob` marks what is worth showing to a learner first, where
    the figure that it `needs` is above 0. Where `low` switches something off, `least` is the least that switches it on.
    One that `exposes` changes, as long as no other is turned with it, only who could read what, and no moment.
    """

    name: str
    default: float
    unit: str
    low: float
    high: float
    label: str
    about: str
    source: str = CHOSEN
    scale: Literal["linear", "log"] = "linear"
    knob: bool = False
    options: tuple[tuple[float, str], ...] = ()
    needs: str = ""
    cite: str = ""
    least: float = 0.0
    exposes: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value is in the range; NaN is not."""
        return self.low <= value <= self.high and (value >= self.least or value == self.low)

    @property
    def span(self) -> str:
        """The range in words: `60 to 172,800`, or `0, or 0.05 to 172,800`."""
        if not self.least:
            return f"{self.low:,.12g} to {self.high:,.12g}"
        return f"{self.low:,.12g}, or {self.least:,.12g} to {self.high:,.12g}"


def codes(kind: type[IntEnum], *words: str) -> tuple[tuple[float, str], ...]:
    """The options of a figure that is the code of a kind; ValueError where one of its members has no words."""
    return tuple((member.value, what) for member, what in zip(kind, words, strict=True))


def per_event_s(default: float, about: str, *, knob: bool = False) -> Figure:
    """Seconds of work per event, as a figure."""
    return Figure("per_event_s", default, "s", 0, 10, "Work per event", about, scale="log", knob=knob)


def spread() -> Figure:
    """How much the work of events differs, as a figure."""
    about = "0: every event takes the same work; 1: the work is exponential, most short and a few long"
    return Figure("spread", 1, "1", 0, 1, "Spread of the work", about, EXPONENTIAL, cite="harchol-balter-2013")


def rate(about: str, default: float, source: str) -> Figure:
    """A limit on events a second, as a figure."""
    return Figure("rate_per_s", default, "events/s", 0, 100_000, "Rate limit", about, source, "log", knob=True)


def burst(default: float) -> Figure:
    """How many may pass at once after a rest, as a figure."""
    return Figure("burst", default, "events", 1, 1e6, "Burst", "Events that may pass at once after a rest", scale="log")


def duplicates(about: str) -> Figure:
    """The share that is sent twice, as a figure."""
    return Figure("duplicate_share", 0, "1", 0, 1, "Sent twice", about, knob=True)


def encryption(about: str) -> Figure:
    """Seconds to encrypt a megabyte, as a figure."""
    return Figure("encrypt_s_per_mb", 0.001, "s/MB", 0, 10, "Encryption", about,
                  "chosen: about 1 GB a second and core, AES with a processor's own instructions", "log")  # fmt: skip


def masking(default: float) -> tuple[Figure, Figure]:
    """Whether names are masked here, and what that takes, as figures."""
    return (
        Figure("masks", default, "choice", 0, 1, "Masking", "Whether what names a person is replaced before it goes on",
               knob=True, exposes=True,
               options=((1, "yes: only pseudonyms go on"), (0, "no: names go on in clear"))),
        Figure("mask_s", 0, "s", 0, 1, "Work of masking",
               "Seconds for each row: about a microsecond for a keyed hash, milliseconds for a call to a token vault",
               "chosen: a keyed hash, too little to see in a day", "log", knob=True, needs="masks"),
    )  # fmt: skip


# Who reads, in the words of a choice and of what is said of a leak.
READ_BY: dict[Readers, str] = {
    Readers.JOBS: "the jobs alone",
    Readers.OPERATORS: "those who run the pipeline",
    Readers.ANALYSTS: "all analysts",
    Readers.EVERYBODY: "everybody in the company",
    Readers.NETWORK: "anyone on the network",
}


def readers(default: Readers, about: str) -> Figure:
    """Who may read what lies here, as a figure; nobody chooses to let the network read."""
    let_in = tuple((float(one), words) for one, words in READ_BY.items() if one is not Readers.NETWORK)
    return Figure("readers", default.value, "choice", 0, 3, "Who may read it", about, knob=True, exposes=True,
                  options=let_in)  # fmt: skip


def expiry(about: str) -> Figure:
    """When what is kept is deleted, as a figure; a day at least, so that nothing within the day misses it."""
    return Figure("expires_s", 0, "s", 0, 10 * 52 * WEEK, "Deleted after", about,
                  "chosen: never; S3 keeps objects until a rule or somebody deletes them", "log", least=DAY,
                  cite="s3-docs-lifecycle")  # fmt: skip


def tries(about: str) -> Figure:
    """How often a record that crashes its reader is tried, as a figure."""
    return Figure("tries", 0, "tries", 0, 1000, "Tries before the dead letters", about)


def asking_rate(name: str, unit: str, label: str, who: str) -> Figure:
    """How often somebody asks, as a figure."""
    about = f"{who}: a second, the day's mean without a rush; 0: none"
    return Figure(name, 0, unit, 0, 10, label, about, scale="log")


ONCE_MORE_S = Figure(
    "redelivery_s", 5, "s", 0, 3600, "Second copy after", "How long after the first a second copy follows",
    "Kafka consumers commit their offsets every 5 s by default (auto.commit.interval.ms)", "log", cite="kafka-docs",
)  # fmt: skip
CAPACITY = Figure(
    "capacity", 0, "events", 0, 1e7, "Capacity", "Events that it holds, the one in hand included; 0: no limit",
    scale="log", knob=True,
)  # fmt: skip
PAGE = Figure(
    "page_events", 100, "events", 1, 1e6, "Records a request", "Events that one round trip fetches",
    "Confluent's JDBC source reads 100 rows a batch by default (batch.max.rows)", "log", cite="confluent-jdbc",
)  # fmt: skip

TRY_S = Figure("try_s", 10, "s", 0, 3600, "A failed try", "Seconds that one try at a poison record takes", scale="log")


def is_number(value: object) -> bool:
    """Whether this is a finite number; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
