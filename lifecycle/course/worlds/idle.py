"""Knobs that do nothing under the present switches and figures, and why, in words.

What is said to do nothing does nothing, which a test holds by simulating; of what only a network's shape or a fault
could tell, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from lifecycle.simulation.model.kinds import FaultKind, Guarantee, OnLimit, Role, Size, Start, WhenFull
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles import ROLES

_Test = Callable[[Scenario, Mapping[str, float]], bool]


# What counts of a transform whose jobs an orchestrator starts; nobody there looks at row by row.
OF_JOBS = ("job_overhead_s", "drawn_s", "drawn_spread", "per_event_s", "workers", "reject_share", "masks", "mask_s")
_DRAWN = ("drawn_s", "drawn_spread")
_COUNTED = ("job_overhead_s", "per_event_s", "workers", "mask_s")


def why_idle(
    role: Role,
    figure: str,
    figures: Mapping[str, float],
    scenario: Scenario,
    schedule: str = "",
    ways: Collection[Way] = (),
    observed_s: Collection[float] = (),
) -> str:
    """Why a figure of a station changes nothing on this day, as a sentence; "" where it does, or may.

    `figures` are the values of all figures of the station, `schedule` is the id of the one that starts its jobs, `ways`
    are those in which events get on from a source or an interface, or come to an ingestion: it idles if it does in all.
    `observed_s`: the durations from which a schedule's jobs draw, where a list gives them.
    """
    if schedule:
        return _why_idle_in_jobs(figure, figures, schedule, observed_s)
    whys = [_why_idle_in(way, role, figure, figures, scenario) for way in ways]
    if whys:
        return " ".join(dict.fromkeys(whys)) if all(whys) else ""
    return _why_idle(role, figure, figures, scenario)


def _why_idle_in(way: Way, role: Role, figure: str, figures: Mapping[str, float], scenario: Scenario) -> str:
    if way.id and figure in ("own_interval_s", "own_offset_s"):
        return f"Does nothing while the flow from it says how it moves: by {way.title}."
    if way.interval_s and figure == "batch_interval_s":
        return f"Does nothing while what comes by {way.title} has an interval of its own."
    timed = {**figures, "own_interval_s": 0.0} if way.id and "own_interval_s" in figures else figures
    return _why_idle(role, figure, timed, replace(scenario, start=way.starts, size=way.size))


def _why_idle(role: Role, figure: str, figures: Mapping[str, float], scenario: Scenario) -> str:
    for named, is_idle, why in _IDLE.get(role, ()):
        if figure in named and is_idle(scenario, figures):
            return f"Does nothing while {why}."
    return ""


def _why_idle_in_jobs(figure: str, figures: Mapping[str, float], schedule: str, observed_s: Collection[float]) -> str:
    if figure not in OF_JOBS:
        return f"Does nothing while the schedule {schedule} starts its jobs."
    if figures["drawn_s"] and figure in _COUNTED:
        return "Does nothing while the duration of its jobs is drawn."
    if figure == "mask_s" and not figures["masks"]:
        return "Does nothing while nothing is masked here."
    if figure == "drawn_spread" and observed_s and figures["drawn_s"]:
        return "Does nothing while each job takes as long as one that was observed."
    if not figures["drawn_s"] and figure == "drawn_spread":
        return "Does nothing while the duration of its jobs follows from their rows."
    return ""


def _none_of(*names: str) -> _Test:
    """Whether one of these figures is 0, which switches off what the others say."""
    return lambda _, figures: any(not figures[name] for name in names)


def _streams(scenario: Scenario, _: Mapping[str, float]) -> bool:
    return scenario.size == Size.STREAM


def _no_poll(scenario: Scenario, _: Mapping[str, float]) -> bool:
    return (scenario.start, scenario.size) != (Start.PULL, Size.STREAM)


def _nothing_expires(scenario: Scenario, figures: Mapping[str, float]) -> bool:
    forgets = any(fault.kind == FaultKind.FORGET for fault in scenario.faults)
    return figures["retention_s"] >= DAY_S and not forgets


def _transforms_as_a_stream(scenario: Scenario, _: Mapping[str, float]) -> bool:
    return scenario.transform == Size.STREAM


def _transforms_in_jobs(scenario: Scenario, _: Mapping[str, float]) -> bool:
    return scenario.transform == Size.BATCH


_OF_A_LOG = tuple(figure.name for figure in ROLES[Role.BUFFER] if figure.name != "direct")
# Figures of a role, when they do nothing, and what holds then; of two the first that holds is said.
_IDLE: Mapping[Role, tuple[tuple[tuple[str, ...], _Test, str], ...]] = {
    Role.SOURCE: ((("late_s",), _none_of("late_share"), "no event is late"),),
    Role.INTERFACE: (
        (("burst", "on_limit", "backoff_s", "backoff_max_s"), _none_of("rate_per_s"), "there is no rate limit"),
        (
            ("backoff_s", "backoff_max_s"),
            lambda _, figures: figures["on_limit"] != OnLimit.REFUSE,
            "a caller beyond the limit waits its turn",
        ),
        (
            ("scan_s", "full_load", "table_rows"),
            lambda scenario, figures: scenario.size == Size.STREAM and not figures["own_interval_s"],
            "data moves as a stream: only a batch begins with a scan",
        ),
        (("table_rows",), _none_of("full_load"), "a batch reads only what is new"),
        (
            ("poll_interval_s",),
            lambda scenario, figures: bool(figures["own_interval_s"]) or _no_poll(scenario, figures),
            "nobody polls: polling only happens when a stream is pulled",
        ),
        (
            ("disk_bytes", "slot_keep_bytes", "slot_idle_s", "change_bytes"),
            lambda scenario, figures: bool(figures["own_interval_s"]) or _no_poll(scenario, figures),
            "nobody reads a log of changes here: that only happens when a stream is pulled",
        ),
        (
            ("change_bytes",),
            lambda _, figures: not (figures["disk_bytes"] or figures["slot_keep_bytes"]),
            "there is no limit to the log in bytes",
        ),
        (
            ("lateness_s",),
            lambda scenario, figures: (
                not figures["own_interval_s"] and (scenario.start, scenario.size) != (Start.PUSH, Size.BATCH)
            ),
            "no files are pushed",
        ),
        (("own_offset_s",), _none_of("own_interval_s"), "it has no schedule of its own"),
        (("reconnects",), _none_of("round_trip_s"), "a request takes no time on the way"),
    ),
    Role.INGESTION: (
        (("batch_interval_s", "job_overhead_s"), _streams, "data moves as a stream: there are no batches"),
        (("poll_interval_s",), _no_poll, "nobody polls: polling only happens when a stream is pulled"),
        (
            ("capacity",),
            lambda scenario, _: (scenario.start, scenario.size) != (Start.PUSH, Size.STREAM),
            "data waits at its source: only a stream that is pushed piles up here",
        ),
        (("mask_s",), _none_of("masks"), "nothing is masked here"),
    ),
    Role.BUFFER: (
        (_OF_A_LOG, lambda _, figures: bool(figures["direct"]), "nothing is held here: data lands without a log"),
        (("on_gone",), _nothing_expires, "nothing expires within a day"),
        (("policy", "sender_room"), _none_of("capacity"), "it has room for everything"),
        (("sender_room",), lambda _, figures: figures["policy"] != WhenFull.BLOCK, "it does not block its sender"),
        (
            ("transaction_s",),
            lambda _, figures: figures["delivery"] != Guarantee.EXACTLY_ONCE,
            "it does not promise exactly once",
        ),
    ),
    Role.TRANSFORM: (
        (_DRAWN, lambda *_: True, "it keeps its own time: a duration is drawn for the jobs of a schedule"),
        (("mask_s",), _none_of("masks"), "nothing is masked here"),
        (
            ("interval_s", "job_overhead_s", "rebuilds"),
            _transforms_as_a_stream,
            "it transforms as a stream: there are no jobs",
        ),
        (("micro_batch_s", "micro_overhead_s"), _transforms_in_jobs, "the transformation runs on its own timetable"),
        (("micro_overhead_s",), _none_of("micro_batch_s"), "it works event by event"),
        (("watermark_s", "on_late"), _none_of("window_s"), "it does not sum over a window"),
    ),
    Role.CONSUMER: (
        (("burst", "bulk_rows"), _none_of("rate_per_s"), "there is no rate limit"),
        (("bulk_rows",), _none_of("interval_s"), "each row is sent as it comes"),
        (("dashboards", "cache_s", "patience_s"), _none_of("views_per_s"), "nobody looks at a dashboard"),
        (
            ("rush_at_s", "rush_length_s"),
            lambda _, figures: figures["rush_factor"] == 1.0,
            "there is no rush",
        ),
        (("age_limit_s",), _none_of("reads_per_s"), "no model reads features"),
        (("index_rows", "index_rebuilds"), _none_of("interval_s"), "it looks live: nothing is refreshed"),
    ),
}  # fmt: skip
