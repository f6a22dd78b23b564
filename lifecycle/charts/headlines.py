"""The few figures that sum up a run: what the page shows first, compares, and asks the learner to predict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.costs import Prices, bill
from lifecycle.simulation.readings.endings import Endings, endings
from lifecycle.simulation.readings.outcomes import wire
from lifecycle.words import counted, duration, money, number


@dataclass(frozen=True)
class Headline:
    """One figure: what it is called, its value (s, 1/s or events), the value in words, and what it means.

    A `quiet` one is nothing on most days, and is shown where it is something.
    """

    label: str
    value: float
    shown: str
    about: str
    quiet: bool = False


def worth_telling(now: Headline, before: Headline | None = None) -> bool:
    """Whether a figure is shown: all but the quiet ones that are nothing, now and before."""
    return not now.quiet or bool(now.value) or (before is not None and bool(before.value))


def headlines(pipeline: Pipeline, run: Run, prices: Prices | None = None) -> dict[str, Headline]:
    """Freshness at the first consumer, peak load on the wire, what became of what was born, and the bill, by name.

    Delivered, on the way, removed, lost and elsewhere, less what counts twice, are the events born (`Endings`).
    """
    labels = {stage.id: stage.label for stage in pipeline.stages}
    ends = [stage for stage in pipeline.stages if stage.role == Role.CONSUMER]
    fresh_s = measures.percentiles(measures.ages(run, ends[0].id), (95.0,))[0] if ends else math.nan
    return {
        "freshness": Headline(
            "p95 freshness",
            fresh_s,
            duration(fresh_s),
            f"For 95 % of the day, {ends[0].label if ends else 'nobody'} sees data no older than this.",
        ),
        "load": _load(pipeline, run, labels),
        **_ends(endings(run, ends[0].id if ends else None), ends[0].label if ends else "nobody"),
        "cost": _cost(run, prices, labels),
    }


def _load(pipeline: Pipeline, run: Run, labels: Mapping[str, str]) -> Headline:
    if not pipeline.stages:
        return Headline("Peak load", 0.0, "0/s", "There is no stage.")
    name, peak = wire(run)
    about = f"The busiest five minutes at {labels[name]}, in events a second. Other stages may have a higher peak."
    return Headline(f"Peak load at {labels[name]}", peak, f"{number(peak)}/s", about)


def _ends(ends: Endings, end: str) -> dict[str, Headline]:
    born, again = counted(ends.born), counted(ends.removed_again)
    copies = (
        f" Beside them {again} second copies were removed, of events that count already." if ends.removed_again else ""
    )
    told = {
        "delivered": ("Delivered", ends.delivered, f"Of {born} events born, how many {end} can see."),
        "on_the_way": ("On the way", ends.on_the_way, f"Not yet at {end} when the day ends, and not lost either."),
        "removed": ("Removed", ends.removed, f"Left out on purpose by a transformation.{copies}"),
        "lost": ("Lost", ends.lost, "Events refused, expired, dropped or unreadable, at all stages."),
        "twice": (
            "Counted twice",
            ends.twice,
            "Deliveries and losses of second copies, or on a second branch: take them off, and the others are the "
            f"{born} events born.",
        ),
        "elsewhere": ("Elsewhere", ends.elsewhere, f"Events that went down a branch which does not lead to {end}."),
    }
    quiet = ("twice", "elsewhere")
    return {
        name: Headline(label, value, counted(value), about, name in quiet)
        for name, (label, value, about) in told.items()
    }


def _cost(run: Run, prices: Prices | None, labels: Mapping[str, str]) -> Headline:
    day = bill(run, prices)
    costliest = max(day.by_station(), key=day.by_station().__getitem__, default="")
    return Headline(
        "Cost a day",
        day.total,
        money(day.total, day.currency),
        f"Hours, bytes and requests at the course's prices; most of it at {labels.get(costliest, 'no stage')}. "
        "Salaries, discounts and the sources are not included.",
    )
