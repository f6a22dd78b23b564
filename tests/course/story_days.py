"""The days that scenarios tell of, and what is read off them to hold their stories true."""

from dataclasses import fields
from typing import Any

import numpy as np

from lifecycle.charts.headlines import headlines
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.day.rounds import RunsOfDay
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.readings import measures, serving
from tests.support.days import kept
from tests.support.narrow import not_none

HOUR_S, MINUTE_S = 3600.0, 60.0
COURSE = load(SHIPPED)


@kept
def day(scenario: str, start: str = "pull", size: str = "batch", transform: str = "batch", *knobs) -> Run:
    state = State(
        scenario=scenario, start=Start(start), size=Size(size), transform=Size(transform), knobs=knobs, seed=1
    )
    full = scenario_of(state, COURSE)
    return simulate(COURSE.pipeline.network, full, COURSE.traces.get(full.trace))


def shown(run: Run, name: str) -> float:
    return headlines(COURSE.pipeline, run)[name].value


def lost(run: Run) -> dict[tuple[str, str], int]:
    """By stage and reason, without what is removed on purpose."""
    return {
        (stage.id, reason): events
        for stage in COURSE.pipeline.stages
        for reason, events in measures.losses(run, stage.id).items()
        if reason not in measures.REMOVED
    }


def minutes(run: Run) -> np.ndarray:
    return measures.edges(run, 1440)


def depth_at(run: Run, stage: str, hour: float) -> int:
    return int(measures.depth(run, stage, minutes(run))[round(hour * 60)])


@kept
def rush(*knobs: tuple[str, str, float], way: tuple[str, ...] = ("pull", "batch", "batch")) -> serving.Views:
    """The views of the Monday, with only the hour from nine left in."""
    views = serving.views(day("monday-dashboards", *way, *knobs), "bi")
    hour = (views.viewed_s >= 9 * HOUR_S) & (views.viewed_s < 10 * HOUR_S)
    rows = {field.name: getattr(views, field.name) for field in fields(views)}
    cut: dict[str, Any] = {name: row[hour] if isinstance(row, np.ndarray) else row for name, row in rows.items()}
    return serving.Views(**cut)


def worst_age_s(run: Run) -> float:
    return float(np.nanmax(measures.freshness(run, "bi", minutes(run))))


def empty_after(run: Run, stage: str, hour: float, few: int = 50) -> float:
    """The hour of the day at which the queue at `stage` is first shorter than `few`, from `hour` on."""
    edges_s = minutes(run)
    short = (measures.depth(run, stage, edges_s) < few) & (edges_s >= hour * HOUR_S)
    return float(edges_s[short][0] / HOUR_S)


def ends_of_jobs(run: Run, hour: int, minute: int = 10) -> list[float]:
    """When each try of the transformation's run that was due then ended, one after the other."""
    due_s = hour * HOUR_S + minute * MINUTE_S
    return sorted(one.end_s for one in rounds_at(run).attempts if one.tick_s == due_s)


def rounds_at(run: Run, stage: str = "transform") -> RunsOfDay:
    return not_none(run.orchestrated_at(stage)).rounds
