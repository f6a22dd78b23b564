"""What a learner may turn: the figures of each role, with unit, range, default and where the default was read.

The value used is the scenario's override, else the station's own figure, else the default here. `validate` says in
words all that is wrong with a network or a scenario at once, so that an author mends it in one go.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from lifecycle.simulation.model.faults import KINDS, factor_problem
from lifecycle.simulation.model.kinds import Arrivals, Guarantee, OnDrift, OnLate, OnLimit, Role, Size, Start, WhenFull
from lifecycle.simulation.model.network import Network, Station, order
from lifecycle.simulation.model.scenario import MAX_EVENTS, Fault, Scenario

CHOSEN = "chosen for this picture"
WHOLE = ("workers", "consumers", "tries", "slots", "dashboards")  # units that are counted in whole things
DAY, WEEK = 86_400.0, 604_800.0


@dataclass(frozen=True)
class Figure:
    """One number of a role, in the unit named.

    `label` is short, for a slider; `about` one line; `source` where the default comes from, in words, and `cite` the id
    of the source that states it, "" where nothing published does. `options` lists the codes of
    a choice with their names, empty for a plain number. `knob` marks what is worth showing to a learner first, where
    the figure that it `needs` is above 0.
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


def _codes(kind: type[IntEnum], *words: str) -> tuple[tuple[float, str], ...]:
    """The options of a figure that is the code of a kind; ValueError where one of its members has no words."""
    return tuple((member.value, what) for member, what in zip(kind, words, strict=True))


def _per_event_s(default: float, about: str, *, knob: bool = False) -> Figure:
    return Figure("per_event_s", default, "s", 0, 10, "Work per event", about, scale="log", knob=knob)


_EXPONENTIAL = "chosen: exponential, which the simplest queue models assume"


def _spread() -> Figure:
    about = "0: every event takes the same work; 1: the work is exponential, most short and a few long"
    return Figure("spread", 1, "1", 0, 1, "Spread of the work", about, _EXPONENTIAL, cite="harchol-balter-2013")


def _rate(about: str, default: float, source: str) -> Figure:
    return Figure("rate_per_s", default, "events/s", 0, 100_000, "Rate limit", about, source, "log", knob=True)


def _burst(default: float) -> Figure:
    return Figure("burst", default, "events", 1, 1e6, "Burst", "Events that may pass at once after a rest", scale="log")


def _duplicates(about: str) -> Figure:
    return Figure("duplicate_share", 0, "1", 0, 1, "Sent twice", about, knob=True)


def _encryption(about: str) -> Figure:
    return Figure("encrypt_s_per_mb", 0.001, "s/MB", 0, 10, "Encryption", about,
                  "chosen: about 1 GB a second and core, AES with a processor's own instructions", "log")  # fmt: skip


def _tries(about: str) -> Figure:
    return Figure("tries", 0, "tries", 0, 1000, "Tries before the dead letters", about)


def _asked(name: str, unit: str, label: str, who: str) -> Figure:
    about = f"{who}: a second, the day's mean without a rush; 0: none"
    return Figure(name, 0, unit, 0, 10, label, about, scale="log")


_ONCE_MORE_S = Figure(
    "redelivery_s", 5, "s", 0, 3600, "Second copy after", "How long after the first a second copy follows",
    "Kafka consumers commit their offsets every 5 s by default (auto.commit.interval.ms)", "log", cite="kafka-docs",
)  # fmt: skip
_CAPACITY = Figure(
    "capacity", 0, "events", 0, 1e7, "Capacity", "Events that it holds, the one in hand included; 0: no limit",
    scale="log", knob=True,
)  # fmt: skip
_PAGE = Figure(
    "page_events", 100, "events", 1, 1e6, "Records a request", "Events that one round trip fetches",
    "Confluent's JDBC source reads 100 rows a batch by default (batch.max.rows)", "log", cite="confluent-jdbc",
)  # fmt: skip

_TRY_S = Figure("try_s", 10, "s", 0, 3600, "A failed try", "Seconds that one try at a poison record takes", scale="log")

ROLES: dict[Role, tuple[Figure, ...]] = {
    Role.SOURCE: (
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
    ),
    Role.INTERFACE: (
        _rate("Events a second that it lets through; 0: no limit", 0,
              "chosen: none; the API's 1,000 records a minute is the course's example"),
        _burst(100),
        Figure("on_limit", 0, "choice", 0, 1, "Beyond the limit", "What a caller meets who asks too often",
               options=_codes(OnLimit, "it waits its turn", "a 429: it backs off and asks again")),
        Figure("backoff_s", 1, "s", 0.01, 600, "First back-off",
               "Longest wait after a first 429, doubled after each; the wait itself is drawn evenly below that",
               "full jitter as in “Exponential Backoff And Jitter”; 1 s is chosen", "log", cite="brooker-2015"),
        Figure("backoff_max_s", 60, "s", 0.01, 3600, "Longest back-off", "No wait after a 429 is longer", scale="log"),
        Figure("round_trip_s", 0, "s", 0, 60, "Round trip", "Seconds a request spends on the way, there and back",
               scale="log", knob=True),
        _PAGE,
        _per_event_s(0.0005, "Seconds to read one record"),
        Figure("malformed_share", 0, "1", 0, 1, "Malformed", "Share that cannot be parsed and goes to the dead letters",
               knob=True),
        Figure("poll_interval_s", 0, "s", 0, 3600, "Its own poll", "Seconds between polls here; 0: the receiver's",
               "chosen; Confluent's JDBC source polls every 5 s by default (poll.interval.ms)", "log",
               cite="confluent-jdbc"),
        Figure("lateness_s", 300, "s", 0, DAY, "Lateness of a file", "Mean delay of a file that the source pushes",
               scale="log"),
        Figure("own_interval_s", 0, "s", 0, 2 * DAY, "Own schedule",
               "Above 0 it always delivers files at this interval, whatever the switches say", scale="log"),
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
    ),
    Role.INGESTION: (
        Figure("batch_interval_s", 3600, "s", 60, 2 * DAY, "Batch interval", "Seconds between two jobs or files",
               "chosen: hourly is the course's example; Fivetran's scheduled loads run every 6 h by default",
               "log", knob=True, cite="fivetran-docs"),
        Figure("poll_interval_s", 1, "s", 0.05, 3600, "Poll interval",
               "Seconds between two polls when it pulls a stream",
               "chosen: between the 5 s of Confluent's JDBC source and the milliseconds of change capture", "log",
               knob=True, cite="confluent-jdbc"),
        Figure("job_overhead_s", 20, "s", 0, DAY, "Start of a job", "Seconds a batch job takes before its first row",
               scale="log"),
        _per_event_s(0.002, "Seconds to decode and write one event", knob=True),
        _spread(),
        Figure("latency_s", 0.05, "s", 0, 60, "Network delay", "Seconds on the way, beside the work", scale="log"),
        Figure("bandwidth_bytes_per_s", 12.5e6, "B/s", 0, 1e12, "Bandwidth", "Bytes a second on the wire; 0: no limit",
               "chosen: 100 Mbit/s", "log"),
        Figure("decode_s_per_mb", 0.02, "s/MB", 0, 10, "Decoding", "Seconds to make sense of a megabyte",
               "chosen: 50 MB a second and core, a text format like JSON", "log"),
        _encryption("Seconds to encrypt or decrypt a megabyte on the wire"),
        Figure("contract", 0, "choice", 0, 1, "Contract check", "Whether rows must have the agreed columns to come in",
               options=((0, "none: whatever comes is taken"), (1, "checked: a row that breaks it is set aside"))),
        _CAPACITY,
        _duplicates("Share of the events that the sender repeats because an acknowledgement got lost"),
        _ONCE_MORE_S,
    ),
    Role.BUFFER: (
        Figure("retention_s", WEEK, "s", 1, 52 * WEEK, "Retention", "An event not read for so long is gone",
               "Kafka keeps 168 h by default (log.retention.hours)", "log", knob=True, cite="kafka-docs"),
        _CAPACITY,
        Figure("policy", 0, "choice", 0, 3, "When it is full", "What happens to an event that finds no room",
               options=_codes(WhenFull, "refuse the newest", "drop the oldest", "spill to a slower tier",
                              "block the sender")),
        Figure("sender_room", 10_000, "events", 1, 1e7, "Room at the sender",
               "Events that a blocked sender can hold; the next is refused", scale="log"),
        _per_event_s(0.02, "Seconds its consumer takes for one event: 0.02 is 50 events/s", knob=True),
        _spread(),
        Figure("consumers", 1, "consumers", 1, 64, "Consumers", "Each owns its partitions and reads them in order",
               knob=True),
        _encryption("Seconds to encrypt or decrypt a megabyte on its way to the consumer"),
        Figure("delivery", Guarantee.AT_LEAST_ONCE.value, "choice", 0, 2, "Delivery",
               "What it promises when a consumer fails or an answer is lost",
               knob=True,
               options=_codes(Guarantee, "at most once", "at least once", "exactly once")),
        _duplicates("Share whose acknowledgement gets lost: delivered again; at most once: gone instead"),
        _ONCE_MORE_S,
        Figure("transaction_s", 0.1, "s", 0, 3600, "Transactions", "Exactly once: seconds between two commits",
               "Kafka Streams commits every 100 ms when exactly once is asked for (commit.interval.ms)",
               "log", cite="kafka-docs"),
        _tries("A record that crashes its reader is set aside after so many; 0: tried until somebody removes it"),
        _TRY_S,
    ),
    Role.LAKE: (
        Figure("flush_interval_s", 5, "s", 0, 3600, "Flush interval",
               "Seconds of events that make one object; 0: each alone",
               scale="log", knob=True),
        Figure("put_s", 0.1, "s", 0, 60, "Writing an object", "Seconds until an object written can be read",
               "chosen; S3's small requests take tens of milliseconds at the median, in its own words", "log",
               cite="s3-docs-performance"),
    ),
    Role.TRANSFORM: (
        Figure("interval_s", 900, "s", 10, 2 * DAY, "Schedule", "Seconds between two jobs when it works in batches",
               scale="log", knob=True),
        Figure("job_overhead_s", 30, "s", 0, DAY, "Start of a job", "Seconds a job takes before its first row",
               scale="log"),
        _per_event_s(0.004, "Seconds to clean, join and sum one event", knob=True),
        _spread(),
        Figure("workers", 2, "workers", 1, 64, "Workers", "They share the events evenly", knob=True),
        Figure("micro_batch_s", 0, "s", 0, 3600, "Micro-batch",
               "Stream: seconds of events worked on together; 0: each alone",
               "chosen: none; Spark's micro-batches reach latencies down to about 100 ms", "log", cite="spark-docs"),
        Figure("micro_overhead_s", 0.05, "s", 0, 60, "Start of a micro-batch", "Seconds it takes before its first row",
               scale="log"),
        Figure("window_s", 0, "s", 0, DAY, "Window", "Sums over so many seconds of event time; 0: row by row",
               scale="log"),
        Figure("watermark_s", 60, "s", 0, DAY, "Allowed lateness",
               "A window closes when an event so much younger than its end has been seen", scale="log"),
        Figure("on_late", 0, "choice", 0, 1, "Too late for its window", "What happens to an event whose sum is out",
               options=_codes(OnLate, "the sum is corrected", "it is dropped")),
        Figure("on_drift", 0, "choice", 0, 2, "A column it does not know", "What it does with a row it cannot read",
               options=_codes(OnDrift, "sets the row aside", "fills in nothing", "stops until it is repaired")),
        _tries("A record that crashes the job is set aside after so many; 0: tried until somebody removes it"),
        _TRY_S,
        Figure("reject_share", 0, "1", 0, 1, "Rejected", "Share that is not fit for use: test rows, robots"),
        Figure("idempotent", 1, "choice", 0, 1, "Idempotent", "Whether the same event twice counts once", knob=True,
               options=((1, "yes: a second copy is removed"), (0, "no: a second copy counts again"))),
    ),
    Role.WAREHOUSE: (
        Figure("load_s", 1, "s", 0, 3600, "Commit of a load", "Seconds until rows that are written can be queried",
               scale="log"),
        _per_event_s(0.0005, "Seconds to write one row", knob=True),
        _spread(),
        _asked("analysts_per_s", "queries/s", "Analysts' queries", "Queries that no dashboard asks"),
        Figure("query_work_s", 1, "s", 0.001, 3600, "An analyst's query", "Mean seconds that it holds a slot",
               "chosen; nothing published was found for the seconds of a warehouse query", "log"),
        Figure("query_spread", 1, "1", 0, 1, "Spread of the queries",
               "0: all take the same; 1: exponential, most short and a few long; dashboards' queries, too",
               _EXPONENTIAL, cite="harchol-balter-2013"),
        Figure("slots", 8, "slots", 1, 64, "Query slots", "Queries that run at once; the others wait in one line",
               "Snowflake runs 8 at once by default (MAX_CONCURRENCY_LEVEL)", knob=True,
               cite="snowflake-docs-parameters"),
    ),
    Role.ARCHIVE: (
        Figure("after_s", 21_600, "s", 0, 2 * DAY, "Archived after", "Age at which data goes to cold storage",
               "chosen: months in life, six hours here, so that one day shows it", knob=True),
    ),
    Role.CONSUMER: (
        Figure("interval_s", 0, "s", 0, 2 * DAY, "Refresh", "Seconds between two looks at the data; 0: live",
               scale="log", knob=True),
        Figure("query_s", 2, "s", 0, 3600, "A query", "Seconds from asking to seeing",
               "chosen; nothing published was found for the seconds of a warehouse query", "log", knob=True),
        _per_event_s(0.0, "Seconds to take in one event"),
        _rate("Events a second that the tool behind it takes; 0: no limit", 0, CHOSEN),
        _burst(100),
        _asked("views_per_s", "views/s", "Dashboard views", "Looks at a dashboard"),
        Figure("dashboards", 20, "dashboards", 1, 1000, "Dashboards", "Different ones, each looked at as often"),
        Figure("cache_s", 0, "s", 0, DAY, "Cache", "Seconds for which a result is shown again without asking; 0: none",
               "chosen: none, so that every view asks; Looker keeps results for 1 h by default (persist_for)",
               "log", knob=True, needs="views_per_s", cite="looker-docs"),
        Figure("patience_s", 5, "s", 0.1, 600, "Patience", "A viewer who waits longer leaves",
               "chosen: five seconds, the course's own; after ten, attention is gone (Nielsen)", "log",
               cite="nielsen-1993"),
        Figure("rush_factor", 1, "times", 1, 10, "Rush", "Views in the rush, as a multiple of the usual; 1: none"),
        Figure("rush_at_s", 32_400, "s", 0, DAY, "Rush begins at", "Second of the day"),
        Figure("rush_length_s", 3600, "s", 60, 7200, "Length of the rush", "Seconds", scale="log"),
        _asked("reads_per_s", "reads/s", "Feature reads", "A model that asks for the newest features"),
        Figure("age_limit_s", 3600, "s", 1, DAY, "Too old", "Age from which features are too old for the model",
               scale="log"),
    ),
}  # fmt: skip


def figures_of(station: Station, scenario: Scenario) -> Mapping[str, float]:
    """Return every figure of `station` by name: override, else the station's own, else the role's default."""
    return (
        {figure.name: figure.default for figure in ROLES[station.role]}
        | dict(station.figures)
        | {name: value for place, name, value in scenario.overrides if place == station.id}
    )


def validate(network: Network, scenario: Scenario) -> tuple[str, ...]:
    """Return every problem in words, none if `simulate` will run: what is wrong, its value, and what is allowed."""
    return (*_network(network), *_scenario(network, scenario))


def figure_problem(station: Station, name: str, value: float) -> str | None:
    """Return what is wrong with one figure of a station of a known role, None if nothing is."""
    known = {figure.name: figure for figure in ROLES[station.role]}
    if name not in known:
        return f"{station.id}: the role {station.role} has no figure {name!r}; it has {', '.join(known)}"
    figure = known[name]
    if not _is_number(value):
        return f"{station.id}: {name} is {value!r}; write a number in {figure.unit}"
    if not (figure.low <= value <= figure.high):
        return f"{station.id}: {name} is {value:g}; write {figure.low:,g} to {figure.high:,g} {figure.unit}"
    if figure.options and value not in [code for code, _ in figure.options]:
        choices = ", ".join(f"{code:g} ({text})" for code, text in figure.options)
        return f"{station.id}: {name} is {value:g}; choose {choices}"
    if figure.unit in WHOLE and not float(value).is_integer():
        return f"{station.id}: {name} is {value:g}; write a whole number"
    return None


def _network(network: Network) -> Iterator[str]:
    ids = [station.id for station in network.stations]
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{times} stations are called {name!r}; give each its own id"
    for station in network.stations:
        if station.role not in ROLES:
            yield f"{station.id}: unknown role {station.role!r}; choose {', '.join(ROLES)}"
            continue
        for name, value in station.figures:
            problem = figure_problem(station, name, value)
            if problem:
                yield problem
    sound = True
    for link in network.links:
        for end in {link.source, link.target} - set(ids):
            sound = False
            yield f"flow {link.source} → {link.target}: there is no station {end!r}"
        if link.share is not None and not (_is_number(link.share) and 0.0 < link.share <= 1e6):
            yield f"flow {link.source} → {link.target}: share is {link.share!r}; write a number above 0"
    for (source, target), times in Counter((link.source, link.target) for link in network.links).items():
        if times > 1:
            yield f"{times} flows run from {source} to {target}; one is enough"
    if sound:
        try:
            order(network)
        except ValueError as error:
            yield str(error)


def _scenario(network: Network, scenario: Scenario) -> Iterator[str]:
    stations = {station.id: station for station in network.stations}
    switches = (
        ("start", scenario.start, tuple(Start)),
        ("size", scenario.size, tuple(Size)),
        ("transform", scenario.transform, tuple(Size)),
        ("arrivals", scenario.arrivals, tuple(Arrivals)),
    )
    for name, chosen, allowed in switches:
        if chosen not in allowed:
            yield f"{name} is {chosen!r}; choose {', '.join(allowed)}"
    if not (_is_whole(scenario.events) and 0 <= scenario.events <= MAX_EVENTS):
        yield f"events is {scenario.events!r}; write a whole number from 0 to {MAX_EVENTS:,}"
    if not (_is_whole(scenario.seed) and scenario.seed >= 0):
        yield f"seed is {scenario.seed!r}; write a whole number, 0 or more"
    limits = (("spike_at_s", 0.0, 86_400.0), ("spike_length_s", 1.0, 86_400.0), ("spike_factor", 0.0, 1_000.0))
    for name, low, high in limits:
        value = getattr(scenario, name)
        if not (_is_number(value) and low <= value <= high):
            yield f"{name} is {value!r}; write a number from {low:g} to {high:,g}"
    for fault in scenario.faults:
        yield from _fault(fault, stations)
    for place, name, value in scenario.overrides:
        station = stations.get(place)
        if station is None:
            yield f"override of {name}: there is no station {place!r}"
        elif station.role in ROLES:
            problem = figure_problem(station, name, value)
            if problem:
                yield problem


def _fault(fault: Fault, stations: dict[str, Station]) -> Iterator[str]:
    if fault.kind not in KINDS:
        yield f"fault at {fault.station}: unknown kind {fault.kind!r}; choose {', '.join(KINDS)}"
    if fault.station not in stations:
        yield f"fault {fault.kind!r}: there is no station {fault.station!r}"
    if not (_is_number(fault.start_s) and _is_number(fault.end_s) and 0.0 <= fault.start_s <= fault.end_s):
        yield f"fault at {fault.station}: it lasts from {fault.start_s!r} to {fault.end_s!r} s; write 0 ≤ start ≤ end"
    if not _is_number(fault.factor):
        yield f"fault at {fault.station}: factor is {fault.factor!r}; write a number"
    elif fault.kind in KINDS and (mend := factor_problem(fault.kind, fault.factor)):
        yield f"fault at {fault.station}: factor is {fault.factor!r}; {mend}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
