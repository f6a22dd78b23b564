"""What one event waited for at one station, read off the arrays of a run and the timetables of its roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from lifecycle.simulation.day.orchestrating import Orchestration
from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.placing import DaySetting, placed
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.faults.kind import past_midnight
from lifecycle.simulation.kernels.clock import Outages
from lifecycle.simulation.kernels.servers import one_server
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Cause, Fate, FaultKind, OnLimit, Role
from lifecycle.simulation.model.scenario import happening
from lifecycle.simulation.readings.gantt import before_taken, between_jobs
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.simulation.roles.calling import calls_of, stops
from lifecycle.simulation.roles.kind import Hold
from lifecycle.simulation.roles.timetable import at_next_tick
from lifecycle.simulation.roles.workplace import DayEvents, Workplace

# Shorter is rounding.
SHORTEST_S = 1e-6
# Who was lost so never was begun: it ends while it waits.
NEVER_BEGUN = (Fate.REFUSED, Fate.EXPIRED, Fate.DROPPED, Fate.SKIPPED)


@dataclass(frozen=True)
class Wait:
    """So many seconds that an event was held up, and by what."""

    cause: Cause
    seconds: float


@dataclass(frozen=True, eq=False)
class Spot:
    """One row of a passage and where it stands: what a wait there is read from.

    `gathered`: whether a file or fetch brought the event. `copied_s`: when the second copy that is followed was sent.
    `done`: what the schedule did that starts the station's jobs; None at a station that keeps its own time.
    """

    passage: Passage
    row: int
    workplace: Workplace
    horizon_s: float
    gathered: bool
    copied_s: float | None
    done: Orchestration | None = None

    @property
    def begun_s(self) -> float:
        """When it was begun, or lost before it was."""
        times_s = self.passage.finished_s if self.fate in NEVER_BEGUN else self.passage.started_s
        return float(times_s[self.row])

    @property
    def fate(self) -> int:
        """What became of it by midnight."""
        return int(self.passage.fate[self.row])

    @property
    def closed(self) -> Outages:
        """When nothing was done in its lane."""
        if self.passage.role in (Role.SOURCE, Role.INTERFACE):
            return stops(self.workplace)
        return self.workplace.closed_in(self.row % self.passage.servers)

    @property
    def beside(self) -> Mask:
        """Which events came in its way, that is before the same worker."""
        lanes = self.passage.lanes
        return np.ones(self.passage.ids.size, dtype=np.bool_) if lanes is None else lanes.of_way(self.workplace.way)

    @property
    def through_s(self) -> Seconds:
        """When the server was through with each event, without what comes after its work."""
        return self.passage.finished_s - ROLE_TYPES[self.passage.role].trailing_s(self.workplace)


def spot(run: Run, station: str, row: int, gathered: bool, copied_s: float | None) -> Spot:
    """Return where a row of a station's passage stands."""
    roles = {known.id: known.role for known in run.network.stations}
    sizes = np.array([run.figures[source]["event_bytes"] for source in run.sources], dtype=np.float64)
    today = DayEvents(run.born_s, run.born_s, run.source, sizes)  # what a wrong clock stamps on them holds nobody up
    workplace = placed(DaySetting(run.network, roles, run.figures, run.scenario, today), station)
    passage = run.passages[station]
    if passage.lanes is not None:
        workplace = replace(workplace, way=passage.lanes.ways[passage.lanes.of_rows[row]])
    done = run.orchestrated_at(station)
    return Spot(passage, row, replace(workplace, stuck=passage.stuck), run.horizon_s, gathered, copied_s, done)


def waits(at: Spot) -> tuple[Wait, ...]:
    """Return what held the event up, in order, up to midnight; nothing shorter than SHORTEST_S.

    Before its work: what the role's timetable says, then the end of an outage, and those before it. In the work: an
    outage in the middle of it, or a token. After it: the close of a window, the next commit, a cut, the second sending.
    What is left of its time there is work.
    """
    causes = (*_before_work(at), *_in_work(at), *_after_work(at))
    return tuple(wait for wait in causes if wait.seconds > SHORTEST_S)


def _before_work(at: Spot) -> Iterator[Wait]:
    now_s, end_s = float(at.passage.arrived_s[at.row]), min(at.begun_s, at.horizon_s)
    if at.done is not None:
        for held in before_taken(at.done, at.passage.id, now_s, at.begun_s, end_s):
            yield Wait(held.cause, held.seconds)
        return
    for hold in _holds(at, now_s):
        until_s = min(max(hold.until_s, now_s), end_s)
        yield Wait(hold.cause, until_s - now_s)
        now_s = until_s
    down_s = _overlap(at.closed, now_s, end_s)
    yield Wait(Cause.OUTAGE, down_s)
    rest_s = end_s - now_s - down_s
    if at.passage.throttled_s.size:
        backing_off_s = _backing_off(at, now_s, end_s)
        yield Wait(Cause.RETRY, backing_off_s)
        rest_s -= backing_off_s
    limited = _held_by_limit(at, calls_before=1)
    yield Wait(Cause.RATE_LIMIT if limited else Cause.QUEUE, rest_s)


def _holds(at: Spot, arrived_s: float) -> tuple[Hold, ...]:
    """What holds it though nobody is before it."""
    passage = at.passage
    if at.gathered and not at.workplace.way.streams:
        return (Hold(Cause.BATCH, _complete_s(at)),)
    return ROLE_TYPES[passage.role].holds(at.workplace, int(passage.ids[at.row]), arrived_s)


def _complete_s(at: Spot) -> float:
    """When the last event of its file or fetch came: all of them are begun together."""
    passage = at.passage
    together = at.beside & (passage.started_s == passage.started_s[at.row])
    working = at.beside & (passage.started_s <= at.horizon_s) & (passage.finished_s > at.horizon_s)
    if at.begun_s > at.horizon_s and not working.any() and not _overlap(at.closed, at.horizon_s, at.horizon_s + 1.0):
        return at.horizon_s  # nothing else keeps it: some are still to come
    return float(passage.arrived_s[together].max())


def _backing_off(at: Spot, from_s: float, to_s: float) -> float:
    """Seconds in which the one caller read nothing, though it had been let to: it had been met by a 429."""
    begins_s = np.minimum(at.passage.started_s[: at.row + 1], to_s)
    before_s = np.maximum(np.concatenate(([0.0], at.through_s[: at.row])), from_s)
    gaps = np.flatnonzero(begins_s > before_s)
    spans = [(float(before_s[gap]), float(begins_s[gap])) for gap in gaps]
    return sum(end_s - start_s - _overlap(at.closed, start_s, end_s) for start_s, end_s in spans)


def _held_by_limit(at: Spot, calls_before: int = 0) -> bool:
    """Whether its call passed at the moment at which a token came: the bucket was empty; or the call before that."""
    figures = at.workplace.figures
    rate, refused = figures.get("rate_per_s", 0.0), figures.get("on_limit") == OnLimit.REFUSE
    if not rate or refused:
        return False
    through_s, call = _calls(at)
    call -= calls_before
    if call <= 0:
        return False
    token_s = one_server(through_s[:call], 1.0 / rate)[-1] - (figures["burst"] - 1.0) / rate
    return bool(through_s[call] <= token_s + SHORTEST_S)


def _calls(at: Spot) -> tuple[Seconds, int]:
    """When each call was through that took a token, and which of them carried the event."""
    figures, through_s = at.workplace.figures, at.through_s
    if figures.get("bulk_rows", 1.0) == 1.0 or not figures["interval_s"]:
        return through_s, at.row
    first = calls_of(at_next_tick(at.passage.arrived_s, figures["interval_s"]), figures["bulk_rows"])
    return through_s[first], int(np.searchsorted(first, at.row, "right")) - 1


def _in_work(at: Spot) -> Iterator[Wait]:
    begun_s, end_s = at.begun_s, min(float(at.through_s[at.row]), at.horizon_s)
    if at.fate in NEVER_BEGUN or end_s <= begun_s:
        return
    if _held_by_limit(at):
        yield Wait(Cause.RATE_LIMIT, end_s - begun_s)
        return
    gaps = () if at.done is None else between_jobs(at.done, at.passage.id, begun_s, end_s)
    for gap in gaps:
        yield Wait(gap.cause, gap.seconds)
    idle_s = sum(_overlap(at.closed, gap.from_s, gap.to_s) for gap in gaps)
    yield Wait(Cause.OUTAGE, _overlap(at.closed, begun_s, end_s) - idle_s)


def _after_work(at: Spot) -> Iterator[Wait]:
    passage, row = at.passage, at.row
    finished_s, departed_s = float(passage.finished_s[row]), float(passage.departed_s[row])
    if at.fate or not finished_s <= at.horizon_s:
        return
    cuts = [past_midnight(fault) for fault in happening(FaultKind.CUT, at.workplace.scenario.faults, passage.id)]
    end_s = at.horizon_s if np.isnan(departed_s) else min(departed_s, at.horizon_s)
    held = any(departed_s == cut.end_s for cut in cuts)
    cut_s = _overlap([(cut.start_s, cut.end_s) for cut in cuts], finished_s, end_s) if held else 0.0
    yield Wait(Cause.WINDOW if passage.role == Role.TRANSFORM else Cause.TICK, end_s - finished_s - cut_s)
    yield Wait(Cause.OUTAGE, cut_s)
    if at.copied_s is not None:
        yield Wait(Cause.RETRY, at.copied_s - departed_s)


def _overlap(spans: Outages, start_s: float, end_s: float) -> float:
    """Seconds of [start, end) that lie in any of the spans, which may overlap."""
    total_s, now_s = 0.0, start_s
    for begin_s, stop_s in sorted(spans):
        first_s, last_s = max(begin_s, now_s), min(stop_s, end_s)
        if last_s > first_s:
            total_s, now_s = total_s + last_s - first_s, last_s
    return total_s
