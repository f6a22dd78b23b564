"""What a drill was about, once it is over: what happened, how it showed, and what would have helped, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from lifecycle.learning.drills.making import Drill, DrillRemedy
from lifecycle.simulation.experiments.remedies import RemedyVerdict
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.scenario import Fault
from lifecycle.words import clock, duration, number

_SAVES: Mapping[RemedyVerdict, str] = {
    "all of it": "would have prevented all of the damage",
    "some of it": "would have prevented {share} of the damage: {saves}",
    "one thing for another": "would have made one thing better ({saves}) and another worse",
    "nothing": "would have changed nothing",
}


def happened(fault: Fault, labels: Mapping[str, str]) -> str:
    """What went wrong, as one sentence."""
    words = KINDS[fault.kind].words.happened.format(
        stage=labels[fault.station],
        start=clock(fault.start_s),
        end=clock(fault.end_s),
        share=f"{100 * fault.factor:.2g} %" if KINDS[fault.kind].unit == "share" else "",
        times=number(fault.factor),
        ahead=duration(fault.factor),
    )
    return f"{words[0].upper()}{words[1:]}."


def helps(remedy: DrillRemedy, labels: Mapping[str, str]) -> str:
    """What one of the remedies would have done, as one sentence."""
    at = f" ({labels[remedy.station]})" if remedy.station else ""
    outcome = _SAVES[remedy.verdict].format(share="most" if remedy.most else "part", saves=remedy.saves)
    return f"“{remedy.what[0].upper()}{remedy.what[1:]}”{at} {outcome}."


def debrief(drill: Drill, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The story of a drill in a few lines, each with its heading."""
    best = max(drill.remedies, key=lambda remedy: remedy.worth)
    return (
        ("What happened", happened(drill.fault, labels)),
        ("How people noticed", " ".join(drill.complaints)),
        ("What helps most", helps(best, labels)),
    )
