"""What a day costs: a price book, and the bill that a run's own counts make of it.

The bill holds what can be counted here and nothing else: hours, bytes, requests and objects. Salaries, discounts, free
tiers and the source systems, which others run, are not in it. Prices are list prices of one cloud and region, and a
course may bring its own.

What is counted at each role (1 GB is 10^9 bytes, an event's bytes are its source's `event_bytes`):

- interface, and a source that feeds an ingestion without one: **requests**. A pull asks on schedule whether there is
  anything new or not, once a page of what there is: a poll a second is 86,400 requests. A pushed file is one request,
  and so is a pushed event. Nobody asks while the interface or its receiver
  is down; what has gathered is asked for after.
- ingestion: as a stream **always on**, 24 hours; in batches only **job hours**.
- buffer: each of its consumers is **always on**, whatever the switches say; its bytes are **stored** for its retention.
- lake: an object written is a **write**; its bytes are **stored**. Warehouse and archive: bytes **stored**.
- transform: as a stream each worker is **always on**; in batches each pays **job hours**.
- consumer: bytes **scanned**, each event once, and no query is billed for less than `least_scan_gb`. With a refresh it
  asks on schedule; live it asks again when there is something new and the last answer is there. What it sends
  back along a loop, out of the platform, is **egress**.

Stored is what one day's data cost in their first 30 days: where 30 days are kept, that is a day's storage bill.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.figures import CHOSEN
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.roles.timetable import ticks

HOUR_S, MONTH_S, GB = 3600.0, 30 * 86_400.0, 1e9
MOST = 1e6  # the highest price that is taken for one


@dataclass(frozen=True)
class Prices:
    """A price book: money a unit, in `currency`. What each field means and where its default was read: see `PRICES`."""

    always_on_per_hour: float = 0.44
    worker_per_hour: float = 0.44
    stored_per_gb_month: float = 0.023
    archived_per_gb_month: float = 0.0036
    scanned_per_gb: float = 0.005
    least_scan_gb: float = 0.01
    request_each: float = 0.0000004
    write_each: float = 0.000005
    egress_per_gb: float = 0.09
    currency: str = "USD"


@dataclass(frozen=True)
class Price:
    """One field of the price book: its unit (of money a …), a short label, one line about it, where it was read.

    `cite` is the id of the source that states the price, "" where none does.
    """

    name: str
    unit: str
    label: str
    about: str
    source: str = CHOSEN
    cite: str = ""


# The vendors' pages show today's prices; these were read in reports of spring 2026.
_S3 = "Amazon S3 list price, US East (N. Virginia), spring 2026"
_GLUE = "AWS Glue list price, 0.44 USD a DPU-hour (4 vCPU, 16 GB), spring 2026"
_ATHENA = "Amazon Athena list price, 5 USD a TB, spring 2026"
PRICES: tuple[Price, ...] = (
    Price("always_on_per_hour", "hour", "Always on", "A worker that waits for events all day and is paid all day",
          f"{_GLUE}; streaming jobs pay it for as long as they are up", "glue-pricing"),
    Price("worker_per_hour", "hour", "Job", "A worker that is paid only while a job runs", _GLUE, "glue-pricing"),
    Price("stored_per_gb_month", "GB-month", "Stored", "Keeping a GB at hand for 30 days", f"{_S3}, first 50 TB",
          "s3-pricing"),
    Price("archived_per_gb_month", "GB-month", "Archived", "Keeping a GB in cold storage for 30 days",
          f"{_S3}, Glacier Flexible Retrieval", "s3-pricing"),
    Price("scanned_per_gb", "GB", "Scanned", "Reading a GB to answer a query", _ATHENA, "athena-pricing"),
    Price("least_scan_gb", "GB a query", "Least scan", "GB that a query is billed for at least: a quantity, no price",
          "Amazon Athena bills each query for 10 MB at least", "athena-pricing"),
    Price("request_each", "request", "Request", "Asking once, whether there is anything new or not",
          f"{CHOSEN}: as a GET, 0.0004 USD a thousand; {_S3}", "s3-pricing"),
    Price("write_each", "write", "Write", "Writing one object", f"A PUT, 0.005 USD a thousand; {_S3}",
          "s3-pricing"),
    Price("egress_per_gb", "GB", "Egress", "Sending a GB out of the cloud",
          f"{_S3}, data out to the internet, first 10 TB a month", "s3-pricing"),
)  # fmt: skip


def price_problem(name: str, value: object) -> str | None:
    """Return what is wrong with one price in words, None if nothing is."""
    known = [price.name for price in PRICES]
    if name not in known:
        return f"the price book has no {name!r}; it has {', '.join(known)}"
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not 0.0 <= value <= MOST:  # type: ignore[operator]  # a number, as just checked
        return f"{name} is {value!r}; write a number from 0 to {MOST:,.0f}"
    return None


@dataclass(frozen=True)
class BillLine:
    """One line of a bill: so much of an item at a station. `price` is money a `unit`."""

    station: str
    item: str
    quantity: float
    unit: str
    price: float

    @property
    def amount(self) -> float:
        """Quantity × price, in the bill's currency."""
        return self.quantity * self.price


@dataclass(frozen=True)
class Bill:
    """What one day costs, line by line, in the order of the network's stations."""

    lines: tuple[BillLine, ...]
    currency: str

    @property
    def total(self) -> float:
        """The sum of all lines."""
        return math.fsum(line.amount for line in self.lines)

    def by_station(self) -> Mapping[str, float]:
        """The sum of each station that has a line."""
        return self._by("station")

    def by_item(self) -> Mapping[str, float]:
        """The sum of each item: what kind of thing the money goes to."""
        return self._by("item")

    def _by(self, field: str) -> Mapping[str, float]:
        sums: dict[str, float] = {}
        for line in self.lines:
            sums[getattr(line, field)] = sums.get(getattr(line, field), 0.0) + line.amount
        return sums


def bill(run: Run, prices: Prices | None = None) -> Bill:
    """Return what the day of `run` costs; ValueError naming every price that cannot be one."""
    prices = prices or Prices()
    problems = [words for price in PRICES if (words := price_problem(price.name, getattr(prices, price.name)))]
    if problems:
        raise ValueError("no bill: " + "; ".join(problems))
    lines = tuple(line for station in run.network.stations for line in _lines(run, station, prices))
    return Bill(lines, prices.currency)


def _lines(run: Run, station: Station, prices: Prices) -> Iterator[BillLine]:
    passage, figures = run.passages[station.id], run.figures[station.id]

    def line(item: str, quantity: float, unit: str, price: float) -> BillLine:
        return BillLine(station.id, item, float(quantity), unit, price)

    def hours(workers: float, stream: bool) -> BillLine:
        if stream:
            return line("always on", workers * run.horizon_s / HOUR_S, "h", prices.always_on_per_hour)
        return line("job hours", workers * _worked_s(run, passage) / HOUR_S, "h", prices.worker_per_hour)

    def stored(ids: Ids, price: float, share: float = 1.0) -> BillLine:
        return line("stored", _bytes(run, ids) / GB * share, "GB-month", price)

    match station.role:
        case Role.SOURCE | Role.INTERFACE:
            if (requests := _requests(run, station.id)) is not None:
                yield line("requests", requests + passage.throttled_s.size, "requests", prices.request_each)
        case Role.INGESTION:
            yield hours(1, run.scenario.size == Size.STREAM)
        case Role.BUFFER:
            yield hours(figures["consumers"], True)
            kept = passage.ids[passage.fate != Fate.REFUSED]
            yield stored(kept, prices.stored_per_gb_month, min(figures["retention_s"], MONTH_S) / MONTH_S)
        case Role.LAKE:
            written = int(np.count_nonzero(passage.work_to_s <= run.horizon_s))
            yield line("writes", written, "writes", prices.write_each)
            yield stored(passage.out_ids, prices.stored_per_gb_month)
        case Role.TRANSFORM:
            yield hours(figures["workers"], run.scenario.transform == Size.STREAM)
        case Role.WAREHOUSE:
            yield stored(passage.out_ids, prices.stored_per_gb_month)
        case Role.ARCHIVE:
            yield stored(passage.out_ids, prices.archived_per_gb_month)
        case Role.CONSUMER:
            yield line("scanned", _scanned_gb(run, station.id, prices.least_scan_gb), "GB", prices.scanned_per_gb)
            outward = sum(link.loop and link.source == station.id for link in run.network.links)
            if outward:
                yield line("egress", outward * _bytes(run, passage.out_ids) / GB, "GB", prices.egress_per_gb)
        case _:
            assert_never(station.role)


def _worked_s(run: Run, passage: Passage) -> float:
    """Seconds of the day that jobs lasted, pauses included: all ends less all begins, in whatever order they are."""
    ended, begun = np.minimum(passage.work_to_s, run.horizon_s), np.minimum(passage.work_from_s, run.horizon_s)
    return float(ended.sum() - begun.sum())


def _bytes(run: Run, ids: Ids) -> float:
    """Bytes of these events, each as often as it stands here."""
    if not run.sources:
        return 0.0
    sizes = np.array([run.figures[name]["event_bytes"] for name in run.sources])
    counts = [np.count_nonzero(run.source.take(ids) == source) for source in range(sizes.size)]
    return float(np.array(counts) @ sizes)


def _requests(run: Run, name: str) -> int | None:
    """How often a source or interface is called on in the day, None where nobody calls: a page is a request."""
    feeds = [link.target for link in run.network.links if link.source == name and not link.loop]
    receivers = [target for target in feeds if run.passages[target].role == Role.INGESTION]
    figures, arrived_s = run.figures[name], run.passages[name].arrived_s
    own_s, pull, batch = (
        figures.get("own_interval_s", 0.0),
        run.scenario.start == Start.PULL,
        run.scenario.size == Size.BATCH,
    )
    if own_s > 0.0:
        return _files(run.horizon_s, own_s, figures["own_offset_s"])
    if not receivers:
        return None
    theirs = run.figures[receivers[0]]
    interval = theirs["batch_interval_s"] if batch else figures.get("poll_interval_s", 0.0) or theirs["poll_interval_s"]
    if not pull:
        return _files(run.horizon_s, interval, 0.0) if batch else arrived_s.size
    calls = math.floor(run.horizon_s / interval * (1 + 1e-12))
    fetched = np.bincount(ticks(arrived_s, interval), minlength=calls)[:calls]
    idle = (fetched == 0) & _up(run, (name, receivers[0]), np.arange(1.0, calls + 1) * interval)
    pages = np.ceil(fetched / figures["page_events"]) if "page_events" in figures else fetched > 0
    return int(pages.sum()) + int(np.count_nonzero(idle))


def _files(horizon_s: float, interval_s: float, offset_s: float) -> int:
    """Files that are due in the day at `interval_s`, the first at the offset or one interval in."""
    first = offset_s or interval_s
    return 0 if first > horizon_s else 1 + math.floor((horizon_s - first) / interval_s * (1 + 1e-12))


def _up(run: Run, names: tuple[str, ...], moments_s: Seconds) -> Mask:
    """At which of the moments none of the stations is down."""
    up = np.ones(moments_s.size, dtype=np.bool_)
    for fault in run.scenario.faults:
        if fault.kind == FaultKind.DOWN and fault.station in names:
            up &= (moments_s < fault.start_s) | (moments_s >= fault.end_s)
    return up


def _scanned_gb(run: Run, name: str, least_gb: float) -> float:
    """GB that a consumer's queries are billed for: each event once, no query below the least."""
    passage, figures = run.passages[name], run.figures[name]
    every, took = figures["interval_s"], figures["query_s"]
    if every > 0.0:
        asks = int(
            np.count_nonzero(_up(run, (name,), np.arange(every, run.horizon_s * (1 + 1e-12), every, dtype=np.float64)))
        )
    elif took > 0.0:  # windows of one answer's length in which anything came
        asks = _different(np.floor(passage.arrived_s / took))
    else:
        asks = _different(passage.arrived_s)
    return max(_bytes(run, passage.ids) / GB, asks * least_gb)


def _different(ascending: Seconds) -> int:
    """How many different ones there are among sorted values."""
    return int(np.count_nonzero(ascending[1:] != ascending[:-1])) + min(ascending.size, 1)
