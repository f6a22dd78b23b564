"""What a change came to, in a sentence made from the two runs: age, bill, losses, and what is the slowest step now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lifecycle.charts.headlines import Headline, unchanged
from lifecycle.course.fault_words import with_times
from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.accounts import time_split
from lifecycle.simulation.readings.summary import first_consumer
from lifecycle.simulation.roles import ROLES, figures_of
from lifecycle.words import clock, duration, number

_SWITCHED = {
    ("start", Start.PUSH): "Pushing",
    ("start", Start.PULL): "Pulling",
    ("size", Size.STREAM): "Streaming",
    ("size", Size.BATCH): "Moving data in batches",
    ("transform", Size.STREAM): "Transforming as a stream",
    ("transform", Size.BATCH): "Transforming in batches",
}


@dataclass(frozen=True)
class Slowest:
    """The station at which what is delivered spends most of its time: `spent_s` of `latency_s`, mean seconds."""

    station: str
    spent_s: float
    latency_s: float

    @property
    def share(self) -> float:
        """How much of the way it is, 0 to 1; all of a way that takes no time."""
        return self.spent_s / self.latency_s if self.latency_s else 1.0


def slowest(run: Run) -> Slowest | None:
    """Where events on their way to the first consumer spend most of their time; None where none is delivered."""
    consumer = first_consumer(run.network)
    spent = {name: waiting + working for name, waiting, working in time_split(run, consumer)} if consumer else {}
    if not spent:
        return None
    station = max(spent, key=spent.__getitem__)
    return Slowest(station, spent[station], sum(spent.values()))


def effect(
    pipeline: Pipeline,
    past: Scenario,
    present: Scenario,
    old: Mapping[str, Headline],
    new: Mapping[str, Headline],
) -> str:
    """What changed between two scenarios of a pipeline and what it came to, in a sentence; "" where nothing changed.

    `old` and `new` are the headlines of the run before and of the one now: the sentence says their words, and calls a
    change what they call one (`unchanged`).
    """
    changes = list(_changes(pipeline, past, present))
    if not changes:
        return ""
    cause = changes[0] if len(changes) == 1 else f"These {len(changes)} changes together"
    return f"{cause} {_age(pipeline, old, new)}{_bill(old, new)}{_lost(old, new)}."


def _changes(pipeline: Pipeline, past: Scenario, present: Scenario) -> Iterator[str]:
    """Each change as the subject of a sentence."""
    for (field, value), words in _SWITCHED.items():
        if getattr(present, field) == value != getattr(past, field):
            yield words
    if present.events != past.events:
        yield f"A day of {present.events:,} events"
    labels = pipeline.labels
    yield from _faults(labels, past, present)
    for station in pipeline.network.stations:
        before, now = figures_of(station, past), figures_of(station, present)
        for figure in ROLES[station.role]:
            turned = now[figure.name]
            if turned != before[figure.name]:
                words = dict(figure.options).get(turned) or (duration(turned) if figure.unit == "s" else number(turned))
                yield f"“{figure.label}: {words}” at {labels[station.id]}"


def _faults(labels: Mapping[str, str], past: Scenario, present: Scenario) -> Iterator[str]:
    """Each fault that came or went; one that only ends at another time is one change, and no two."""
    went = [fault for fault in past.faults if fault not in present.faults]
    for fault in present.faults:
        if fault in past.faults:
            continue
        known = next((one for one in went if replace(one, end_s=fault.end_s) == fault), None)
        if known:
            went.remove(known)
        if known and fault.end_s < known.end_s and KINDS[fault.kind].repaired:
            yield f"Repairing “{_named(known, labels)}” at {clock(fault.end_s)}"
        else:
            yield f"“{_named(fault, labels)}”"
    yield from (f"Taking away “{_named(fault, labels)}”" for fault in went)


def _named(fault: Fault, labels: Mapping[str, str]) -> str:
    return with_times(fault).format(stage=labels[fault.station])


def _age(pipeline: Pipeline, old: Mapping[str, Headline], new: Mapping[str, Headline]) -> str:
    past, age = old["freshness"], new["freshness"]
    of = next((stage.label for stage in pipeline.stages if stage.role == Role.CONSUMER), "nobody")
    if unchanged(past, age):
        return f"left the p95 age at {of} at {age.shown}"
    if past.value != past.value:
        return f"brought data to {of}, at p95 {age.shown} old"
    if age.value != age.value:
        return f"left {of} without data"
    return f"{'cut' if age.value < past.value else 'raised'} the p95 age at {of} from {past.shown} to {age.shown}"


def _bill(old: Mapping[str, Headline], new: Mapping[str, Headline]) -> str:
    past, bill = old["cost"], new["cost"]
    if unchanged(past, bill):
        return f", for the same bill of {bill.shown}"
    return f" and {'cut' if bill.value < past.value else 'raised'} the bill from {past.shown} to {bill.shown}"


def _lost(old: Mapping[str, Headline], new: Mapping[str, Headline]) -> str:
    past, lost = old["lost"], new["lost"]
    if unchanged(past, lost):
        return ""
    return f"; {lost.shown} events are lost instead of {past.shown}"
