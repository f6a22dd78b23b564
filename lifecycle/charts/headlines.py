"""The few figures that sum up a run: what the page shows first, compares, and asks the learner to predict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.readings.bill import Bill, Prices
from lifecycle.simulation.readings.endings import Endings
from lifecycle.simulation.readings.summary import DaySummary, day_summary, first_consumer
from lifecycle.words import NO_BREAK, NO_CHANGE, change, counted, duration, money, number


@dataclass(frozen=True)
class Headline:
    """One figure: what it is called, its value (s, 1/s or events), the value in words, and what it means.

    A `quiet` one is nothing on most days, and is shown where it is something. One that is a `count` is said to the last
    event.
    """

    label: str
    value: float
    shown: str
    about: str
    quiet: bool = False
    count: bool = False


def worth_telling(now: Headline, before: Headline | None = None) -> bool:
    """Whether a figure is shown: all but the quiet ones that are nothing, now and before."""
    return not now.quiet or bool(now.value) or (before is not None and bool(before.value))


def unchanged(before: Headline, now: Headline) -> bool:
    """Whether a figure counts as the same: said in the same words, or, but for a count, nearer than is called a change.

    What is said of a change, beside the figure or in a sentence, goes by this.
    """
    if before.shown == now.shown:
        return True
    return not now.count and change(before.value, now.value) == NO_CHANGE


def change_in_words(before: Headline, now: Headline) -> str:
    """What stands beside a figure of the change in it: `no change`, `was 1 h 13 min (−79 %)`.

    A count that changed by next to nothing has no percentage: `was 114,608`.
    """
    if unchanged(before, now):
        return NO_CHANGE
    by = change(before.value, now.value)
    return f"was {before.shown}" if by == NO_CHANGE else f"was {before.shown} ({by.replace(' ', NO_BREAK)})"


def beside(before: Headline, now: Headline) -> tuple[float, float]:
    """How long two bars of one scale are, the run before's and this one's, as shares of the longer, 0 to 1.

    A figure that is none (an age where nothing arrives) has no bar.
    """
    old, new = (max(0.0, figure.value) if math.isfinite(figure.value) else 0.0 for figure in (before, now))
    longer = max(old, new)
    return (old / longer, new / longer) if longer else (0.0, 0.0)


def headlines(pipeline: Pipeline, run: Run, prices: Prices | None = None) -> dict[str, Headline]:
    """Freshness at the first consumer, peak load on the wire, what became of what was born, and the bill, by name.

    Delivered, on the way, removed, lost and elsewhere, less what counts twice, are the events born (`Endings`).
    """
    return spoken(pipeline, day_summary(run, first_consumer(run.network), prices))


def spoken(pipeline: Pipeline, day: DaySummary) -> dict[str, Headline]:
    """The headlines of a day that is summed up already, for the pipeline's first consumer."""
    labels = pipeline.labels
    consumer = next((stage.label for stage in pipeline.stages if stage.role == Role.CONSUMER), "nobody")
    return {
        "freshness": Headline(
            "p95 freshness",
            day.fresh_p95_s,
            duration(day.fresh_p95_s),
            f"For 95 % {spanned(day.fresh_p95_s, day.since_midnight_p95_s)}, {consumer} sees data no older than this.",
        ),
        "load": _load(day, labels),
        **_ends(day.ends, consumer),
        "cost": _cost(day.bill, labels),
    }


def spanned(fresh_s: float, since_midnight_s: float) -> str:
    """Return of what 95 % are that `fresh_s` is the age of, in words: of the whole day where it is the same for that.

    It counts from the first delivery on, `since_midnight_s` from midnight.
    """
    same = duration(since_midnight_s) == duration(fresh_s)
    return "of the day" if same else "of the time from its first data on"


def _load(day: DaySummary, labels: Mapping[str, str]) -> Headline:
    if not day.busiest:
        return Headline("Peak load", 0.0, "0/s", "There is no stage.")
    name, peak = labels[day.busiest], day.peak_per_s
    about = f"The busiest five minutes at {name}, in events a second. Other stages may have a higher peak."
    return Headline(f"Peak load at {name}", peak, f"{number(peak)}/s", about)


def _ends(ends: Endings, end: str) -> dict[str, Headline]:
    born, again = counted(ends.born), counted(ends.removed_again)
    copies = (
        f" Another {again} that were removed are second copies of events already counted." if ends.removed_again else ""
    )
    figures = {
        "delivered": ("Delivered", ends.delivered, f"Of {born} events born, how many {end} can see."),
        "on_the_way": ("On the way", ends.on_the_way, f"Not yet at {end} when the day ends, but not lost."),
        "removed": ("Removed", ends.removed, f"Left out on purpose by a transformation.{copies}"),
        "lost": ("Lost", ends.lost, "Events refused, expired, dropped or unreadable, at all stages."),
        "twice": (
            "Counted twice",
            ends.twice,
            "Deliveries and losses of second copies, or on a second branch. Without these, the other figures add up to "
            f"the {born} events born.",
        ),
        "elsewhere": ("Elsewhere", ends.elsewhere, f"Events that went down a branch which does not lead to {end}."),
    }
    quiet = ("twice", "elsewhere")
    return {
        name: Headline(label, value, counted(value), about, quiet=name in quiet, count=True)
        for name, (label, value, about) in figures.items()
    }


def _cost(bill: Bill, labels: Mapping[str, str]) -> Headline:
    costliest = max(bill.by_station(), key=bill.by_station().__getitem__, default="")
    return Headline(
        "Cost a day",
        bill.total,
        money(bill.total, bill.currency),
        f"Hours, bytes and requests at the course's prices; most of it at {labels.get(costliest, 'no stage')}. "
        "People, discounts and the sources are not included.",
    )
