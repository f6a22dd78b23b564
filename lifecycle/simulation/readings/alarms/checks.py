"""Checks of the data, and those that a pipeline has unless somebody chooses others.

All limits are chosen for this course; they are not published figures:

- job: no job may fail for good, in the last hour.
- schema: no row with unknown columns, in the last hour; at those who look into rows.
- loss: no row refused, dropped, expired, skipped, late, lost in handover or crashed upon, in the last hour; where rows
  can get lost. Rows that are left out on purpose do not count, nor do unreadable lines, of which an interface has its
  usual share, nor what the schema check counts.
- lag: the oldest unread row has waited no more than a quarter of an hour; at logs.
- distribution: no more than 5 % of the rows have an empty column; in the stores behind a transformation.
- volume: half to one and a half times the rows of the same window on the same day without its faults; in stores. A
  real check has to guess what is usual from the days before, this one knows: it rings when such a check could at best.
- freshness: the newest row is at most half an hour older than the timetable of its way lets it become; in stores, and
  at consumers.

Rows are counted in a window of an hour or, where batches come more seldom, in one that holds the last batch. A volume's
holds three of them: one batch that lands a minute late must not ring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import CheckKind, Role, Size
from lifecycle.simulation.model.lineage import downstream
from lifecycle.simulation.model.moving import unsaid, ways_in
from lifecycle.simulation.model.network import Station, receiver
from lifecycle.simulation.model.scenario import DAY_S
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.simulation.roles.calling import Calls, calls_at, gathered_every_s, poll_s

EVERY_S, HOUR_S = 300.0, 3600.0
LAG_S, SLACK_S = 900.0, 1800.0
NULL_SHARE, VOLUME_SHARE = 0.05, 0.5
BATCHES = 3.0
# Where rows get lost: the others keep all that they are given.
LOSING = (Role.INTERFACE, Role.INGESTION, Role.BUFFER, Role.TRANSFORM)
STORES = (Role.LAKE, Role.WAREHOUSE)


@dataclass(frozen=True)
class Check:
    """A check of one kind at a place, looked at every `every_s` seconds.

    `limit` by kind: seconds (lag, freshness), rows (schema, loss), jobs (job), a share (distribution), or by what share
    the rows may differ from the usual ones (volume). Above it, it rings. `window_s`: how far back rows and jobs count.
    """

    kind: CheckKind
    place: str
    limit: float
    every_s: float = EVERY_S
    window_s: float = HOUR_S


def usual_checks(run: Run) -> tuple[Check, ...]:
    """Return the checks of a day's pipeline, kind by kind, each kind along the flow: limits follow its timetables."""
    roles = {station.id: station for station in run.network.stations}
    along = [roles[name] for name in run.passages]
    waits_s, cleaned = _waits_s(run), _cleaned(run)
    return tuple(
        check
        for kind in CheckKind
        for station in along
        for check in _at(station, kind, run.figures[station.id], waits_s[station.id], cleaned)
    )


def _at(
    station: Station,
    kind: CheckKind,
    figures: Mapping[str, float],
    waits_s: tuple[float, ...],
    cleaned: Collection[str],
) -> Iterator[Check]:
    """The check of a kind at a station, where it makes sense there."""
    id, role, batch_s = station.id, station.role, max(waits_s)
    match kind:
        case CheckKind.JOB if station.schedule:
            # It stays loud from one failed run to the next, however long each takes to fail.
            yield Check(kind, id, 0.0, window_s=_window_s(batch_s + SLACK_S))
        case CheckKind.SCHEMA if not station.schedule and ROLE_TYPES[role].reads(figures) is not None:
            yield Check(kind, id, 0.0)
        case CheckKind.LOSS if role in LOSING:
            yield Check(kind, id, 0.0)
        case CheckKind.LAG if role == Role.BUFFER and not figures["direct"]:
            yield Check(kind, id, LAG_S)
        case CheckKind.DISTRIBUTION if id in cleaned:
            yield Check(kind, id, NULL_SHARE, window_s=_window_s(batch_s))
        case CheckKind.VOLUME if role in STORES:
            yield Check(kind, id, VOLUME_SHARE, window_s=_window_s(BATCHES * batch_s))
        case CheckKind.FRESHNESS if role in (*STORES, Role.CONSUMER):
            yield Check(kind, id, sum(waits_s) + SLACK_S)


def _window_s(batches_s: float) -> float:
    return min(max(HOUR_S, batches_s), DAY_S)


def _cleaned(run: Run) -> set[str]:
    """The stores behind a transformation; where there are none, the consumers behind one."""
    transforms = [station.id for station in run.network.stations if station.role == Role.TRANSFORM]
    behind = {name for transform in transforms for name in downstream(run.network, transform)}
    roles = {station.id: station.role for station in run.network.stations}
    stores = {name for name in behind if roles[name] in STORES}
    return stores or {name for name in behind if roles[name] == Role.CONSUMER}


def _waits_s(run: Run) -> dict[str, tuple[float, ...]]:
    """For each station the longest wait at each timetable on the quickest way to it, its own included; seconds."""
    stations = {station.id: station for station in run.network.stations}
    waits_s: dict[str, tuple[float, ...]] = {}
    for name in run.passages:  # each after all that feed it
        feeds = [link.source for link in run.network.links if link.target == name and not link.loop]
        if stations[name].role == Role.INGESTION:
            ways = ways_in(run.network, run.scenario, name)
            by_feed = [(*waits_s[feed], _job_s(run, name, ways[feed])) for feed in feeds]
            waits_s[name] = min(by_feed, key=sum, default=(_job_s(run, name, unsaid(run.scenario)),))
            continue
        before = min((waits_s[feed] for feed in feeds), key=sum, default=())
        waits_s[name] = (*before, _timetable_s(run, stations[name]))
    return waits_s


def _job_s(run: Run, ingestion: str, way: Way) -> float:
    """The longest that a row waits for the job of an ingestion that takes what comes in one way; seconds."""
    return 0.0 if way.streams else gathered_every_s(way, run.figures[ingestion])


def _timetable_s(run: Run, station: Station) -> float:
    """The longest that a row waits for the timetable of one station; seconds."""
    figures, scenario = run.figures[station.id], run.scenario
    match station.role:
        case Role.SOURCE | Role.INTERFACE:
            return _call_s(run, station)
        case Role.LAKE:
            return figures["flush_interval_s"]
        case Role.TRANSFORM if station.schedule:
            (ticks_s,) = (one.ticks_s for one in run.network.schedules if one.id == station.schedule)
            return max(after - before for before, after in pairwise((*ticks_s, ticks_s[0] + DAY_S)))
        case Role.TRANSFORM:
            interval_s = figures["interval_s" if scenario.transform == Size.BATCH else "micro_batch_s"]
            return interval_s + (figures["window_s"] + figures["watermark_s"] if figures["window_s"] else 0.0)
        case Role.CONSUMER:
            return figures["interval_s"]
        case Role.ARCHIVE:
            return figures["after_s"]
        case _:
            return 0.0


def _call_s(run: Run, station: Station) -> float:
    """The longest wait at a source or interface; what jobs fetch waits by the timetable of their ingestion."""
    figures, fed = run.figures[station.id], receiver(run.network, station.id)
    match calls_at(run.network, run.scenario, figures, station.id):
        case Calls.OWN_SCHEDULE:
            return figures["own_interval_s"]
        case Calls.POLL if fed is not None:
            return poll_s(figures, run.figures[fed])
        case _:
            return 0.0
