"""What theory says of a station's day, beside what the day says: which closed form holds, or why none does."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.moving import ways_at
from lifecycle.simulation.readings.series import passage
from lifecycle.simulation.theory.expected_askers import expected_of_askers
from lifecycle.simulation.theory.expected_paths import archived, called_for, flushed, jobs, looked_at
from lifecycle.simulation.theory.expected_queues import served
from lifecycle.simulation.theory.laws import Expectation, Law, Laws, NoLaw
from lifecycle.simulation.theory.randomness import ArrivalLaw, arrivals_of

ROUNDING = 1e-6  # of a figure that many small ones add up to


def expected(run: Run, station: str) -> Laws:
    """Return what theory says of a station on this day, from the day's own arrivals, figures and faults.

    First what matters most there, then of those who ask, last Little's law, which holds whatever comes. ValueError
    naming the stations there are if `station` is none of them.
    """
    at_station = passage(run, station)
    if at_station.arrived_s.size == 0:
        return (NoLaw("Mean number inside", "events", 0.0, "nothing arrives here on this day"),)
    laws = _of_role(at_station.role, run, at_station, arrivals_of(at_station.arrived_s, run.horizon_s))
    others: tuple[Expectation, ...] = (*laws[1:], *expected_of_askers(run, station), _little(run, at_station))
    return (laws[0], *others)


def _of_role(role: Role, run: Run, at_station: Passage, arrivals: ArrivalLaw) -> Laws:
    """What holds at a station of a role. A new role without an answer does not pass the type checker."""
    match role:
        case Role.SOURCE | Role.INTERFACE:
            return called_for(run, at_station, arrivals)
        case Role.INGESTION:
            return _ingested(run, at_station, arrivals)
        case Role.BUFFER | Role.WAREHOUSE:
            return served(run, at_station, arrivals)
        case Role.LAKE:
            return flushed(run, at_station, arrivals)
        case Role.TRANSFORM:
            return jobs(run, at_station, arrivals) or served(run, at_station, arrivals)
        case Role.ARCHIVE:
            return archived(run, at_station)
        case Role.CONSUMER:
            return looked_at(run, at_station, arrivals)
        case _:
            assert_never(role)


def _ingested(run: Run, at_station: Passage, arrivals: ArrivalLaw) -> Laws:
    """An ingestion: a queue where events stream; of jobs, and of ways that meet, no law speaks."""
    way = ways_at(run.network, run.scenario, at_station.id)[0]
    if at_station.lanes is None and way.streams:
        return served(run, at_station, arrivals)
    kept = at_station.fate == 0
    waited = float((at_station.started_s - at_station.arrived_s)[kept].mean()) if kept.any() else None
    files = "each fetches what has gathered since the last" if way.pulls else "its files come when the sender lets them"
    why = f"it works in jobs, and {files}: no closed form"
    if at_station.lanes is not None:
        why = "its flows move in different ways, each with a worker of its own: no closed form for all of them together"
    return (NoLaw("Mean wait before service", "s", waited, why),)


def _seconds(value_s: float) -> str:
    return f"{value_s:,.0f} s" if value_s >= 100.0 else f"{value_s:.3g} s"


def _little(run: Run, at_station: Passage) -> Law:
    """L = λW on the day itself: the mean number inside is what each event's own time there adds up to."""
    ups, downs = (
        np.concatenate((at_station.arrived_s, at_station.copied_s)),
        np.concatenate((at_station.out_s, at_station.lost_s)),
    )
    area = float((run.horizon_s - ups).sum() - (run.horizon_s - downs).sum())
    left = np.where(np.isnan(at_station.departed_s), run.horizon_s, np.minimum(at_station.departed_s, run.horizon_s))
    spent = float((left - at_station.arrived_s)[at_station.fate == 0].sum())
    spent += float(at_station.lost_s.sum() - at_station.arrived_s[at_station.fate > 0].sum())
    value, simulated = spent / run.horizon_s, area / run.horizon_s
    within = ROUNDING * (1.0 + max(value, simulated))
    per_s = (at_station.arrived_s.size + at_station.copied_s.size) / run.horizon_s
    inside_s = spent / (at_station.arrived_s.size + at_station.copied_s.size)
    why = (
        f"Little's law, L = λW: λ is {per_s:.3g} arrivals a second, and W, the mean time inside with the wait and all "
        f"that follows it, is {_seconds(inside_s)}; it holds whatever comes"
    )
    return Law("Mean number inside", "events", "Little", value, simulated, within, why, exact=True)
