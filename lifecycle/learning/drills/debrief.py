"""What a drill was about, once it is over: what happened, how it showed, and what would have helped, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from lifecycle.learning.drills.making import Drill, DrillRemedy
from lifecycle.simulation.experiments.remedies import Verdict
from lifecycle.simulation.model.faults import KINDS
from lifecycle.simulation.model.scenario import Fault, FaultKind
from lifecycle.words import clock, duration, number

_HAPPENED: Mapping[FaultKind, str] = {
    "down": "{stage} stopped working at {start} and came back at {end}",
    "slow": "{stage} worked at {share} of its usual speed from {start} to {end}",
    "cut": "{stage} could pass nothing on from {start} to {end}",
    "drift": "a column was renamed at {stage} at {start}; until {end} it hit {share} of the events there",
    "contend": "other work took {share} of the server at {stage} from {start} to {end}",
    "spike": "{stage} got {times} times its usual traffic from {start} to {end}",
    "skew": "the clock at {stage} was {ahead} ahead from {start} to {end}",
    "poison": "one record crashed whatever tried to read it at {stage}, from {start} until it was removed at {end}",
    "rerun": "at {end} everything that {stage} had sent since {start} was sent once more",
    "forget": "{stage} kept events for only {ahead} from {start} to {end}",
}
_SAVES: Mapping[Verdict, str] = {
    "all of it": "would have prevented all of the damage",
    "some of it": "would have prevented {share} of the damage: {saves}",
    "one thing for another": "would have made one thing better ({saves}) and another worse",
    "nothing": "would have changed nothing",
}


def happened(fault: Fault, labels: Mapping[str, str]) -> str:
    """What went wrong, as one sentence."""
    said = _HAPPENED[fault.kind].format(
        stage=labels[fault.station],
        start=clock(fault.start_s),
        end=clock(fault.end_s),
        share=f"{100 * fault.factor:.2g} %" if KINDS[fault.kind].unit == "share" else "",
        times=number(fault.factor),
        ahead=duration(fault.factor),
    )
    return f"{said[0].upper()}{said[1:]}."


def helps(remedy: DrillRemedy, labels: Mapping[str, str]) -> str:
    """What one of the remedies would have done, as one sentence."""
    at = f" ({labels[remedy.station]})" if remedy.station else ""
    told = _SAVES[remedy.verdict].format(share="most" if remedy.most else "part", saves=remedy.saves)
    return f"“{remedy.what[0].upper()}{remedy.what[1:]}”{at} {told}."


def debrief(drill: Drill, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The story of a drill in a few lines, each with its heading."""
    best = max(drill.remedies, key=lambda remedy: remedy.worth)
    return (
        ("What happened", happened(drill.fault, labels)),
        ("How people noticed", " ".join(drill.complaints)),
        ("What helps most", helps(best, labels)),
    )
