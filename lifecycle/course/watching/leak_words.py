"""What of persons could be read by more than those who run the pipeline, in words."""

from __future__ import annotations

from collections.abc import Mapping

from lifecycle.simulation.model.figures import READ_BY
from lifecycle.simulation.readings.exposure import Exposure, StageExposure
from lifecycle.words import capital, clock, counted, enumerated, plural


def leak_rows(day: Exposure, labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Each stage that leaks as a row of a table, along the flow."""
    return [
        {
            "Place": labels[name],
            "Who can read": capital(READ_BY[day.stages[name].readers]),
            "Events that name a person": counted(day.stages[name].leaked),
            "Since": _since(day.stages[name]),
        }
        for name in day.leaks
    ]


def leak_sentence(day: Exposure, labels: Mapping[str, str]) -> str:
    """Where names can be read by whom, and how many by the day's end, as a sentence; "" where nothing leaks."""
    if not day.leaks:
        return ""
    first = min(day.leaks, key=lambda name: day.stages[name].since_s or 0.0)
    at = day.stages[first]
    others = [labels[name] for name in day.leaks if name != first]
    also = f" They leak at {enumerated(others)}, too." if others else ""
    return (
        f"Names leak at {labels[first]}. {capital(READ_BY[at.readers])} can read them from {_since(at)} on, "
        f"by the day's end those on {plural(at.leaked, 'event')}.{also}"
    )


def _since(stage: StageExposure) -> str:
    return clock(stage.since_s or 0.0)
