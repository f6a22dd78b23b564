"""What is counted while the program serves, for who watches over it: read at `/metrics` in Prometheus' text format.

A count is a few hundred nanoseconds where the thing happens. Nothing in it says who did what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client import ProcessCollector as ProcessFigures
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

# A registry of our own, so that another program's figures in the same Python stay out of it.
REGISTRY = CollectorRegistry()
ProcessFigures(registry=REGISTRY)  # memory, CPU time and open files of this process

_WAITS_S = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

PAGE_SECONDS = Histogram(
    "headwaters_page_seconds",
    "What a learner waited for a page to be made, and for its diagram and panel, in it or alone after a click.",
    ["part"],
    buckets=_WAITS_S,
    registry=REGISTRY,
)
PAGE_ERRORS = Counter("headwaters_page_errors", "Pages that failed, with words in their place.", registry=REGISTRY)
SESSIONS = Gauge("headwaters_sessions", "Pages of learners that are open.", registry=REGISTRY)
STORE_ERRORS = Counter("headwaters_store_errors", "Calls of the store that failed.", registry=REGISTRY)
EVENT_STREAMS = Gauge("headwaters_event_streams", "Phones, halls and desks that listen.", registry=REGISTRY)
VOTES = Counter("headwaters_votes", "Votes that were kept.", registry=REGISTRY)
VOTE_SECONDS = Histogram(
    "headwaters_vote_seconds", "What a phone waited until its vote was kept.", buckets=_WAITS_S, registry=REGISTRY
)


class CacheFigures(NamedTuple):
    """Results that were kept from before, and days that had to be simulated."""

    hits: int
    misses: int


class RunsCache(Collector):
    """How many days were simulated, and how often a page had what it plays of one from before.

    The caches count by themselves; they are asked when the figures are read.
    """

    def __init__(self, figures: Callable[[], CacheFigures]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Both counts, under the names by which Prometheus knows them."""
        figures = self._figures()
        yield CounterMetricFamily("headwaters_runs", "Days that were simulated.", figures.misses)
        yield CounterMetricFamily("headwaters_run_cache_hits", "Pages whose day was kept from before.", figures.hits)


CONTENT_TYPE = CONTENT_TYPE_LATEST


def text() -> bytes:
    """All of them as Prometheus reads them."""
    return generate_latest(REGISTRY)
