"""A chart as a step of a talk tells it: about the place that the step names, at the moment that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lifecycle.charts import flow, jobs, serving, stage, time
from lifecycle.charts.spec import Array, ChartSpec
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings import serving as asking
from lifecycle.simulation.readings.summary import fresh_p95_s
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.words import DAY_S, HOUR_S, clock, duration, number

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Subject:
    """What a step tells of: the `place` that it names, None for none, and the second of the day that it shows."""

    pipeline: Pipeline
    place: Stage | None
    moment_s: float | None

    @property
    def hour_s(self) -> tuple[float, float] | None:
        """Begin and end of the hour in which the moment lies."""
        if self.moment_s is None:
            return None
        begin = min(self.moment_s, DAY_S - 1.0) // HOUR_S * HOUR_S
        return begin, begin + HOUR_S

    def within(self, at_s: Array) -> Mask:
        """Which of these moments lie in that hour."""
        begin, end = self.hour_s or (0.0, DAY_S)
        return (at_s >= begin) & (at_s < end)

    @property
    def hour(self) -> str:
        """That hour in words."""
        begin, end = self.hour_s or (0.0, DAY_S)
        return f"From {clock(begin)} to {clock(end)},"


def tell(name: str, about: Subject, run: Run, ghost: Run | None, plain: Callable[[], ChartSpec]) -> ChartSpec:
    """The chart `name` for a talk. Its finding speaks of the step's place and moment, and that place is drawn first.

    `plain` makes the chart as the explorer shows it; it is told as it is where a step names neither.
    """
    if drawer := _DRAWN.get(name):
        return drawer(about, run, ghost) or plain()
    drawn = plain()
    finding = _FINDINGS[name](about, drawn.table, run) if name in _FINDINGS else None
    return drawn if finding is None else replace(drawn, finding=finding)


def _load(about: Subject, run: Run, ghost: Run | None) -> ChartSpec | None:
    if about.place is None:
        return _busiest(about, flow.load(about.pipeline, run, ghost))
    drawn = stage.stage_flow(about.place, run, ghost)
    per_s = drawn.table["load (1/s)"].to_numpy()
    peak = float(per_s.max(initial=0.0))
    if not peak:
        return replace(drawn, finding=f"Nothing passes {about.place.label} on this day")
    times = f"{peak / float(per_s.mean()):.1f}".removesuffix(".0")
    when = drawn.table["from"][int(per_s.argmax())]
    return replace(
        drawn, finding=f"{about.place.label} peaks at {number(peak)} events/s at {when}, {times} times its mean"
    )


def _busiest(about: Subject, drawn: ChartSpec) -> ChartSpec:
    """The load of all, and when the busiest is at its peak, where the step shows a moment."""
    per_s = {
        name: drawn.table[f"{name} (1/s)"]
        for name in (stage.label for stage in about.pipeline.stages)
        if f"{name} (1/s)" in drawn.table
    }
    if about.moment_s is None or not any(values.any() for values in per_s.values()):
        return drawn
    busiest = max(per_s.values(), key=lambda values: float(values.max()))
    when = drawn.table["from"][int(busiest.to_numpy().argmax())]
    return replace(drawn, finding=drawn.finding.replace(" events/s,", f" events/s at {when},"))


def _queues(about: Subject, run: Run, ghost: Run | None) -> ChartSpec | None:
    if about.place is None or not ROLE_TYPES[about.place.role].queues:
        return None
    drawn = stage.stage_waiting(about.place, run, ghost)
    inside = drawn.table["inside (events)"].to_numpy()
    most, label = int(inside.argmax()), about.place.label
    if not inside[most]:
        return replace(drawn, finding=f"Nothing ever waits at {label}")
    top = f"{number(inside[most])} at {drawn.table['from'][most]}"
    if about.moment_s is None:
        return replace(drawn, finding=f"{label}: at most {top}")
    at = _bucket(about.moment_s, run, len(inside))
    ends = clock((at + 1) * run.horizon_s / len(inside))
    now, events = int(inside[at]), "event" if inside[at] == 1 else "events"
    then = f"{label}, {drawn.table['from'][at]} to {ends}"
    finding = f"{then}: at most {number(now)} {events} waiting or in work; of the day, {top}"
    return replace(drawn, finding=finding)


def _freshness(about: Subject, run: Run, ghost: Run | None) -> ChartSpec | None:
    ends = time.consumers(about.pipeline)
    if not ends:
        return None
    end = about.place if about.place in ends and about.place is not None else ends[0]
    drawn = time.freshness(about.pipeline, run, ghost, end)
    if about.moment_s is None:
        return drawn
    # at the very minute, as the diagram beside it has it: the curve is drawn of looks some minutes apart
    (now_s,) = measures.freshness(run, end.id, np.array([about.moment_s // 60 * 60])).tolist()
    if np.isnan(fresh_p95_s(run, end.id)):
        return drawn
    now, share = f"{duration(now_s)} old", f"95 % {time.span_of(run, end)} at most"
    if np.isnan(now_s):
        now, share = "no data yet", "once there is some, 95 % of the time at most"
    day = drawn.finding.removeprefix(f"{end.label}: ").partition(" old for 95 %")[0]
    at_moment = f"{end.label} at {clock(about.moment_s)}: {now}"
    return replace(drawn, finding=f"{at_moment}; {day.replace('at most', share)}")


def _run(about: Subject, run: Run, ghost: Run | None) -> ChartSpec | None:
    return None if about.place is None else jobs.job_gantt(about.place, run, ghost, about.moment_s)


def _losses(about: Subject, table: pd.DataFrame, _run: Run) -> str | None:
    if about.place is None:
        return None
    lost = table[~table["reason"].isin(measures.REMOVED)]
    at_place = lost[(lost["stage"] == about.place.label) & (lost["events"] > 0)]
    elsewhere = int(lost["events"].sum() - at_place["events"].sum())
    why = ", ".join(f"{number(n)} {reason}" for n, reason in zip(at_place["events"], at_place["reason"], strict=True))
    loses = f"{about.place.label} loses {'events: ' + why if why else 'no event'}"
    return f"{loses}; {number(elsewhere)} are lost elsewhere"


def _users(about: Subject, table: pd.DataFrame, run: Run) -> str | None:
    ms = table["response (ms)"].to_numpy()
    if about.moment_s is None or ms.max() <= 1.05 * ms.min():
        return None
    now_s = float(ms[_bucket(about.moment_s, run, len(ms))]) / 1000
    takes = "never come back" if np.isinf(now_s) else f"take {duration(now_s)}"
    calm = duration(float(ms.min()) / 1000)
    return f"Users' queries {takes} at {clock(about.moment_s)}, and {calm} when it is calm"


def _views_then(about: Subject, run: Run) -> tuple[asking.Views, Mask] | None:
    """The views of the place's dashboards and which of them fall into the hour; None where no hour or view is told."""
    if about.place is None or about.hour_s is None:
        return None
    views = asking.views(run, about.place.id)
    then = about.within(views.viewed_s)
    return (views, then) if then.any() else None


def _given_up(about: Subject, _table: pd.DataFrame, run: Run) -> str | None:
    if not (in_hour := _views_then(about, run)) or not in_hour[0].leaves.any():
        return None
    views, then = in_hour
    share, day = serving.percent(views.leaves[then]), serving.percent(views.leaves)
    return f"{about.hour} {share} of the viewers leave after {duration(views.patience_s)}; {day} over the day"


def _views(about: Subject, _table: pd.DataFrame, run: Run) -> str | None:
    if not (in_hour := _views_then(about, run)):
        return None
    views, then = in_hour
    (p95_s,) = measures.percentiles(np.sort(views.response_s[then]), (95.0,))
    answered = f"{about.hour} {number(int(then.sum()))} {serving.answers_said(p95_s, views.leaves[then])}"
    return f"{answered}; {serving.percent(views.asks[then])} ask the warehouse"


def _age_seen(about: Subject, _table: pd.DataFrame, run: Run) -> str | None:
    if not (in_hour := _views_then(about, run)):
        return None
    views, then = in_hour
    seen = then & ~views.leaves & ~np.isnan(views.data_age_s)
    if not seen.any():
        return None
    p50_s, p95_s = measures.percentiles(np.sort(views.data_age_s[seen]), (50.0, 95.0))
    return f"{about.hour} half of what viewers see is older than {duration(p50_s)}; p95 {duration(p95_s)}"


def _bucket(moment_s: float, run: Run, buckets: int) -> int:
    """The bucket of the day in which a moment lies."""
    return min(int(moment_s / run.horizon_s * buckets), buckets - 1)


# Charts that are drawn anew about the place, and those of which only the finding is another.
_DRAWN: dict[str, Callable[[Subject, Run, Run | None], ChartSpec | None]] = {
    "Freshness": _freshness,
    "Load": _load,
    "Flow": _load,
    "Queues": _queues,
    "Waiting": _queues,
    "Run": _run,
}
_FINDINGS: dict[str, Callable[[Subject, pd.DataFrame, Run], str | None]] = {
    "Losses": _losses,
    "Users": _users,
    "Given up": _given_up,
    "Views": _views,
    "Age seen": _age_seen,
}
