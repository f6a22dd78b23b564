"""Those who look, those who come late, and those who come twice: laws beyond the queue."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.draws import uniforms
from lifecycle.simulation.model.kinds import Arrivals, Fate, FaultKind, OnLate, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.series import freshness
from lifecycle.simulation.readings.serving import Views, queries, reads, views
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.trials.trial import Trial

ASKED_PER_S, WORK_S, SLOTS = 0.1, 16.0, 2
VIEWS_PER_S, CACHE_S = 0.05, 60.0
WARM_S = DAY_S / 5.0
LATE_SHARE, LATE_S, WINDOW_S, ALLOWED_S, SUMMED_EVENTS = 0.2, 300.0, 600.0, 120.0, 20_000
PER_S, COMMIT_S, CRASHES = 0.25, 100.0, 20


def _line(*stations: Station) -> Network:
    links = (Link(before.id, after.id) for before, after in pairwise(stations))
    return Network(stations, tuple(links))


LOOKED_AT = _line(
    Station("shop", Role.SOURCE),
    Station(
        "store", Role.WAREHOUSE, (("slots", float(SLOTS)), ("query_work_s", WORK_S), ("analysts_per_s", ASKED_PER_S))
    ),
)
CACHED = _line(
    Station("shop", Role.SOURCE),
    Station("store", Role.WAREHOUSE, (("slots", 64.0), ("query_work_s", 0.001), ("analysts_per_s", 0.0))),
    Station("desk", Role.CONSUMER, (("views_per_s", VIEWS_PER_S), ("cache_s", CACHE_S), ("dashboards", 1.0))),
)
READ = _line(
    Station("shop", Role.SOURCE),
    Station("desk", Role.CONSUMER, (("reads_per_s", 0.2), ("interval_s", 3_600.0))),
)
SUMMED = _line(
    Station("phone", Role.SOURCE, (("late_share", LATE_SHARE), ("late_s", LATE_S))),
    Station(
        "sums",
        Role.TRANSFORM,
        (("per_event_s", 0.0), ("window_s", WINDOW_S), ("watermark_s", ALLOWED_S), ("on_late", float(OnLate.DROP))),
    ),
)
LOGGED = _line(
    Station("shop", Role.SOURCE),
    Station("log", Role.BUFFER, (("per_event_s", 0.0), ("redelivery_s", COMMIT_S), ("encrypt_s_per_mb", 0.0))),
)


def slot_wait(seed: int) -> float:
    """Return the mean wait (seconds) for one of a warehouse's slots, on a steady day."""
    answered = queries(
        simulate(LOOKED_AT, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, 0, seed=seed)), "store"
    )
    return float(answered.wait_s[answered.asked_s >= WARM_S].mean())


def cached_share(seed: int) -> float:
    """Return the share of a day's views that a dashboard's cache answers."""
    seen = _seen(seed)
    return float(1.0 - seen.asks[seen.viewed_s >= WARM_S].mean())


def cached_age(seed: int) -> float:
    """Return the mean time (seconds) since the answer that a view shows was asked for."""
    seen = _seen(seed)
    return float((seen.viewed_s - seen.asked_s)[seen.viewed_s >= WARM_S].mean())


def _seen(seed: int) -> Views:
    return views(
        simulate(CACHED, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, 0, seed=seed)), "desk"
    )


def reads_against_the_clock(seed: int) -> float:
    """Return by how much (seconds) reads at random find features older, on the mean, than a clock finds them."""
    run = simulate(READ, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, 2_000, seed=seed))
    by_clock = freshness(run, "desk", np.arange(0.5, DAY_S))  # every second: a jump of an hour's age costs 0.02 s
    return float(np.nanmean(reads(run, "desk").age_s) - np.nanmean(by_clock))


def too_late(seed: int) -> float:
    """Return the share of a day's events that come after their window was closed."""
    run = simulate(SUMMED, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, SUMMED_EVENTS, seed=seed))
    passage = run.passages["sums"]
    # by birth: of those that came by a moment, few were delayed for long just before it
    came = run.born_s[passage.ids] < DAY_S - 3_600.0
    return float(np.count_nonzero(passage.fate[came] == Fate.LATE) / np.count_nonzero(came))


def copies_a_crash(seed: int) -> float:
    """Return how many events a log's consumer repeats after a crash, mean over one crash an hour at random moments."""
    # a whole number of commit intervals, so that a crash finds each moment of one as often as any other
    starts_s = 3_600.0 * (1 + np.arange(CRASHES)) + uniforms(seed, "trial", "crashes", CRASHES) * 32.0 * COMMIT_S
    faults = tuple(Fault(FaultKind.DOWN, "log", float(start_s), float(start_s) + 60.0) for start_s in starts_s)
    events = int(PER_S * DAY_S)
    run = simulate(
        LOGGED, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, events, seed=seed, faults=faults)
    )
    return run.passages["log"].copied_s.size / CRASHES


VISITS = (
    Trial(
        "slots", "Queries in line for a slot", "Erlang's C: the wait of those who find all slots taken",
        "Erlang (1917)", (("queries", f"{ASKED_PER_S:g}/s of {WORK_S:g} s"), ("slots", str(SLOTS))), "s",
        theory.mmc_wait(ASKED_PER_S, WORK_S, SLOTS), slot_wait,
    ),
    Trial(
        "cache", "Views that a cache answers", "λT/(1 + λT): each answer serves those of the next T seconds",
        "Jung, Berger, Balakrishnan (2003)", (("views", f"{VIEWS_PER_S:g}/s"), ("kept for", f"{CACHE_S:g} s")),
        "of views", theory.cache_hits(VIEWS_PER_S, CACHE_S), cached_share,
    ),
    Trial(
        "cache-age", "Age that a cache adds", "T/2 for each view that it answers, 0 for the others",
        "renewal theory; Cox (1962)", (("views", f"{VIEWS_PER_S:g}/s"), ("kept for", f"{CACHE_S:g} s")), "s",
        theory.cache_age(VIEWS_PER_S, CACHE_S), cached_age,
    ),
    Trial(
        "pasta", "Reads at random see the day's mean age", "by read as by clock: no difference on the mean",
        "Wolff (1982), PASTA", (("reads", "0.2/s"), ("refresh", "hourly")), "s", 0.0, reads_against_the_clock,
    ),
    Trial(
        "late", "Events too late for their window",
        "delayed by more than what is left of the window, the time allowed, and the wait for the event that closes it",
        "by integration over a window", (("delayed", "20 %, by 300 s"), ("window", "600 s"), ("allowed", "120 s")),
        "of events",
        theory.too_late_share(LATE_SHARE, LATE_S, WINDOW_S, ALLOWED_S, SUMMED_EVENTS / DAY_S), too_late,
    ),
    Trial(
        "crash", "Events repeated after a crash", "λ × commit interval / 2: a crash falls anywhere between two commits",
        "by symmetry", (("events", f"{PER_S:g}/s"), ("commit", f"every {COMMIT_S:g} s")), "events",
        theory.crash_copies(PER_S, COMMIT_S), copies_a_crash,
    ),
)  # fmt: skip
