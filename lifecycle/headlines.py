"""The few figures that sum up a run: what the page shows first, compares, and asks the learner to predict."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lifecycle.pipeline import Pipeline
from lifecycle.simulation import measures
from lifecycle.simulation.costs import Prices, bill
from lifecycle.simulation.run import Run
from lifecycle.words import duration, money, number


@dataclass(frozen=True)
class Headline:
    """One figure: what it is called, its value (s, 1/s or events), the value in words, and what it means."""

    label: str
    value: float
    shown: str
    about: str


def headlines(pipeline: Pipeline, run: Run, prices: Prices | None = None) -> dict[str, Headline]:
    """Freshness and delivery at the first consumer, peak load on the wire, losses, and the day's bill, by name."""
    day = bill(run, prices)
    costliest = max(day.by_station(), key=day.by_station().__getitem__, default="")
    labels = {stage.id: stage.label for stage in pipeline.stages}
    ends = [stage for stage in pipeline.stages if stage.role == "consumer"]
    wires = [stage for stage in pipeline.stages if stage.role == "ingestion"] or list(pipeline.stages)
    fresh_s, delivered = math.nan, 0
    if ends:
        (fresh_s,) = measures.percentiles(measures.ages(run, ends[0].id), (95.0,))
        delivered = measures.latency(run, ends[0].id).size
    edges_s = measures.edges(run)
    peaks = {stage.label: float(measures.load(run, stage.id, edges_s).max()) for stage in wires}
    wire = max(peaks, key=peaks.__getitem__, default="")
    peak = peaks.get(wire, 0.0)
    end = ends[0].label if ends else "nobody"
    lost = sum(
        events
        for stage in pipeline.stages
        for reason, events in measures.losses(run, stage.id).items()
        if reason not in measures.REMOVED
    )
    return {
        "freshness": Headline(
            "p95 freshness",
            fresh_s,
            duration(fresh_s),
            f"For 95 % of the day, {end} sees data no older than this.",
        ),
        "load": Headline(
            f"Peak load at {wire}" if wire else "Peak load",
            peak,
            f"{number(peak)}/s",
            f"The busiest five minutes at {wire}, in events a second. Other stages may have a higher peak.",
        ),
        "delivered": Headline(
            "Delivered",
            delivered,
            number(delivered),
            f"Of {number(run.born_s.size)} events born, how many {end} can see.",
        ),
        "lost": Headline(
            "Lost",
            lost,
            number(lost),
            "Events refused, expired, dropped or unreadable, at all stages. Events removed on purpose do not count.",
        ),
        "cost": Headline(
            "Cost a day",
            day.total,
            money(day.total, day.currency),
            f"Hours, bytes and requests at the course's prices; most of it at {labels.get(costliest, 'no stage')}. "
            "Salaries, discounts and the sources are not included.",
        ),
    }
