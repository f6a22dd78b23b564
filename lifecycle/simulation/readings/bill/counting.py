"""What a day costs, counted at each role: hours, bytes, requests, objects, and a warehouse's waking seconds.

The bill holds what can be counted here and nothing else; `prices.LEFT_OUT` says what is missing, people above all.
Prices are list prices of one cloud and region, and a course may bring its own.

What is counted at each role (1 GB is 10^9 bytes, an event's bytes are its source's `event_bytes`):

- interface, and a source that feeds an ingestion without one: **requests**. A pull asks on schedule whether there is
  anything new or not, once a page of what there is: a poll a second is 86,400 requests. A pushed file is one request,
  and so is a pushed event. Nobody asks while the interface, the server
  on which it runs, or its receiver is down; what has gathered is asked for after.
- ingestion: as a stream **always on**, 24 hours; in batches only **job hours**, no job below `least_job_s`. Where its
  flows move in different ways, each way has a worker, and is billed so.
- buffer: its **brokers** run day and night, whatever the switches say, and each copy of its bytes lies on their
  **disks** for its retention. Its consumers are always on where events stream; of batches they are a job that begins
  with the first event and ends with the last. A log that is passed by (`direct`) costs nothing.
- lake: an object written is a **write**; its bytes are **stored**. Warehouse and archive: bytes **stored**.
- transform: as a stream each worker is always on, or **autoscaled**; in batches each pays job hours, and of a stage on
  a schedule each try at each of its jobs.
- warehouse: **credits**. It wakes for a load, a query, a refresh, and sleeps after `suspend_s` with nothing to do.
- consumer: what it asks of a warehouse is in that one's credits. Where none feeds it, bytes **scanned**, each event
  once, and no query is billed for less than `least_scan_gb`. What it sends back along a loop, out of the platform, is
  **egress**.

Stored is what one day's data cost in their first 30 days: where 30 days are kept, that is a day's storage bill.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import assert_never

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Ids
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, Role, Size
from lifecycle.simulation.model.moving import in_force, unsaid, ways_at
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.readings.bill import spans
from lifecycle.simulation.readings.bill.asking import refreshes_s, requests
from lifecycle.simulation.readings.bill.lines import Bill, BillLine
from lifecycle.simulation.readings.bill.prices import PRICES, Prices, price_problem
from lifecycle.simulation.readings.bill.waking import awake_hours
from lifecycle.simulation.readings.serving import warehouse_of

HOUR_S, MONTH_S, GB = 3600.0, 30 * 86_400.0, 1e9


def bill(run: Run, prices: Prices | None = None) -> Bill:
    """Return what the day of `run` costs; ValueError naming every price that cannot be one."""
    prices = prices or Prices()
    problems = [words for price in PRICES if (words := price_problem(price.name, getattr(prices, price.name)))]
    if problems:
        raise ValueError("no bill: " + "; ".join(problems))
    lines = tuple(line for station in run.network.stations for line in _lines(run, station, prices))
    return Bill(lines, prices.currency)


def job_line(station: str, workers: float, worked_s: float, prices: Prices) -> BillLine:
    """So many workers, paid by the hour for as long as their jobs lasted (seconds)."""
    return BillLine(station, "job hours", workers * worked_s / HOUR_S, "h", prices.worker_per_hour)


def credit_line(station: str, hours: float, credits_per_h: float, prices: Prices) -> BillLine:
    """A warehouse of a size (credits an hour) that was awake for so many hours."""
    return BillLine(station, "credits", hours * credits_per_h, "credits", prices.credit_each)


def scan_line(station: str, read_gb: float, asks: int, prices: Prices) -> BillLine:
    """So many queries that read so many GB among them, none billed for less than the least."""
    return BillLine(station, "scanned", max(read_gb, asks * prices.least_scan_gb), "GB", prices.scanned_per_gb)


def _lines(run: Run, station: Station, prices: Prices) -> Iterator[BillLine]:
    passage, name = run.passages[station.id], station.id
    match station.role:
        case Role.SOURCE | Role.INTERFACE:
            if (calls := requests(run, name)) is not None:
                count = float(calls + passage.throttled_s.size)
                yield BillLine(name, "requests", count, "requests", prices.request_each)
        case Role.INGESTION:
            yield from _ingesting(run, name, prices)
        case Role.BUFFER:
            if not run.figures[name].get("direct", 0.0):
                yield from _log(run, name, prices)
        case Role.LAKE:
            written = float(np.count_nonzero(passage.work_to_s <= run.horizon_s))
            yield BillLine(name, "writes", written, "writes", prices.write_each)
            yield _stored(run, name, prices.stored_per_gb_month)
        case Role.TRANSFORM:
            yield _transforming(run, station, prices)
        case Role.WAREHOUSE:
            yield credit_line(name, awake_hours(run, name, prices), run.figures[name]["credits_per_h"], prices)
            yield _stored(run, name, prices.stored_per_gb_month)
        case Role.ARCHIVE:
            yield _stored(run, name, prices.archived_per_gb_month)
        case Role.CONSUMER:
            yield from _consuming(run, name, prices)
        case _:
            assert_never(station.role)


def _ingesting(run: Run, name: str, prices: Prices) -> Iterator[BillLine]:
    """Each way in which flows come has a worker of its own."""
    passage = run.passages[name]
    ways = ways_at(run.network, run.scenario, name) or (unsaid(run.scenario),)
    spans_s = (passage.spans_s,) if passage.lanes is None else passage.lanes.spans_s
    if streams := sum(way.streams for way in ways):
        yield _always_on(run, name, float(streams), prices)
    jobs_s = [_jobs_s(run, worked, prices) for way, worked in zip(ways, spans_s, strict=True) if not way.streams]
    if jobs_s:
        yield job_line(name, 1.0, math.fsum(jobs_s), prices)


def _log(run: Run, name: str, prices: Prices) -> Iterator[BillLine]:
    passage, figures = run.passages[name], run.figures[name]
    yield BillLine(name, "brokers", figures["brokers"] * run.horizon_s / HOUR_S, "h", prices.broker_per_hour)
    kept = _bytes(run, passage.ids[passage.fate != Fate.REFUSED]) / GB * figures["replicas"]
    share = min(figures["retention_s"], MONTH_S) / MONTH_S
    yield BillLine(name, "disks", kept * share, "GB-month", prices.disk_per_gb_month)
    if any(way.streams for way in in_force(run.network, run.scenario)):
        yield _always_on(run, name, figures["consumers"], prices)
    else:
        # a consumer of batches stays for a moment after the last event, as a job does that has asked once more
        yield job_line(name, figures["consumers"], _jobs_s(run, passage.spans_s, prices, prices.least_job_s), prices)


def _transforming(run: Run, station: Station, prices: Prices) -> BillLine:
    name, figures, spans_s = station.id, run.figures[station.id], run.passages[station.id].spans_s
    if done := run.orchestrated_at(name):
        tries = (one for one in done.attempts[name] if one.start_s < run.horizon_s)
        lasted_s = (max(min(one.end_s, run.horizon_s) - one.start_s, prices.least_job_s) for one in tries)
        return job_line(name, figures["workers"], math.fsum(lasted_s), prices)
    if run.scenario.transform == Size.BATCH:
        return job_line(name, figures["workers"], _jobs_s(run, spans_s, prices), prices)
    if not figures["autoscaled"]:
        return _always_on(run, name, figures["workers"], prices)
    hours = spans.scaled_worker_s(*spans_s, int(figures["workers"]), run.horizon_s) / HOUR_S
    return BillLine(name, "autoscaled", hours, "h", prices.always_on_per_hour)


def _consuming(run: Run, name: str, prices: Prices) -> Iterator[BillLine]:
    passage = run.passages[name]
    if warehouse_of(run, name) is None:
        yield scan_line(name, _bytes(run, passage.ids) / GB, refreshes_s(run, name).size, prices)
    outward = sum(link.loop and link.source == name for link in run.network.links)
    if outward:
        yield BillLine(name, "egress", outward * _bytes(run, passage.out_ids) / GB, "GB", prices.egress_per_gb)


def _jobs_s(run: Run, worked_s: tuple[Seconds, Seconds], prices: Prices, idle_s: float = 0.0) -> float:
    """Seconds that jobs are billed for which worked in these spans; one that begins as another ends is the same job."""
    return float(spans.awake_s(*worked_s, idle_s, prices.least_job_s, run.horizon_s).sum())


def _always_on(run: Run, name: str, workers: float, prices: Prices) -> BillLine:
    return BillLine(name, "always on", workers * run.horizon_s / HOUR_S, "h", prices.always_on_per_hour)


def _stored(run: Run, name: str, price: float) -> BillLine:
    return BillLine(name, "stored", _bytes(run, run.passages[name].out_ids) / GB, "GB-month", price)


def _bytes(run: Run, ids: Ids) -> float:
    """Bytes of these events, each as often as it stands here."""
    if not run.sources:
        return 0.0
    sizes = np.array([run.figures[name]["event_bytes"] for name in run.sources])
    counts = [np.count_nonzero(run.source.take(ids) == source) for source in range(sizes.size)]
    return float(np.array(counts) @ sizes)
