"""The price book: money a unit, what each price means and where its default was read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lifecycle.simulation.model.figures import CHOSEN

MOST = 1e6  # the highest price that is taken for one
LEFT_OUT = (
    "Not in the bill: the people who build and run all this, often the largest cost; the source systems; discounts and "
    "free tiers; traffic between zones of one region."
)


@dataclass(frozen=True)
class Prices:
    """A price book: money a unit, in `currency`. What each field means and where its default was read: see `PRICES`."""

    broker_per_hour: float = 0.204
    disk_per_gb_month: float = 0.1
    always_on_per_hour: float = 0.44
    worker_per_hour: float = 0.44
    least_job_s: float = 60.0
    credit_each: float = 2.0
    least_awake_s: float = 60.0
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

    `cite` is the id of the source that states the price, "" where none does. `amount`: a quantity, and no money.
    """

    name: str
    unit: str
    label: str
    about: str
    source: str = CHOSEN
    cite: str = ""
    amount: bool = False


# The vendors' pages show today's prices; these were read in reports of spring 2026, or as dated.
_S3 = "Amazon S3 list price, US East (N. Virginia), spring 2026"
_GLUE = "AWS Glue list price, 0.44 USD a DPU-hour (4 vCPU, 16 GB), spring 2026"
_ATHENA = "Amazon Athena list price, 5 USD a TB, read 2026-11"
_MSK = "Amazon MSK, US East (N. Virginia), from AWS's own sizing script, read 2026-11"
PRICES: tuple[Price, ...] = (
    Price("broker_per_hour", "hour", "Broker", "One machine of the log, up day and night",
          f"{_MSK}: kafka.m7g.large (2 vCPU, 8 GB)", "aws-msk-sizing"),
    Price("disk_per_gb_month", "GB-month", "Broker's disk", "Keeping a GB of one copy of the log for 30 days",
          f"{_MSK}: EBS volumes", "aws-msk-sizing"),
    Price("always_on_per_hour", "hour", "Always on", "A worker that waits for events all day and is paid all day",
          f"{_GLUE}; streaming jobs pay it for as long as they are up", "glue-pricing"),
    Price("worker_per_hour", "hour", "Job", "A worker that is paid only while a job runs", _GLUE, "glue-pricing"),
    Price("least_job_s", "seconds", "Shortest job billed", "Seconds that a job is billed for at least",
          f"{CHOSEN}: a minute, as Glue's Spark jobs are reported to be billed", amount=True),
    Price("credit_each", "credit", "Warehouse credit", "An hour of the smallest warehouse while it is awake",
          "Snowflake Standard, on demand, AWS US East: about 2 USD, as a guide of 2026 reports it, read 2026-11",
          "finout-snowflake"),
    Price("least_awake_s", "seconds", "Shortest time awake",
          "Seconds that a warehouse is billed for at least each time it wakes",
          "Snowflake bills by the second, and at least 60 at each start, read 2026-11", "snowflake-docs-considerations",
          amount=True),
    Price("stored_per_gb_month", "GB-month", "Stored", "Keeping a GB at hand for 30 days", f"{_S3}, first 50 TB",
          "s3-pricing"),
    Price("archived_per_gb_month", "GB-month", "Archived", "Keeping a GB in cold storage for 30 days",
          f"{_S3}, Glacier Flexible Retrieval", "s3-pricing"),
    Price("scanned_per_gb", "GB", "Scanned", "Reading a GB to answer a query, where no warehouse does", _ATHENA,
          "athena-pricing"),
    Price("least_scan_gb", "GB", "Smallest query billed", "GB that a query is billed for at least",
          "Amazon Athena bills each query for 10 MB at least", "athena-pricing", amount=True),
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
