"""A followed event as the page is sent it: every figure is the journey's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.course import Course
from lifecycle.course.following.artefacts import Artefact, amount_eur, filled
from lifecycle.diagram.following.pace import Beat, beats
from lifecycle.diagram.following.ribbon import Stretch, end_words, lasted_words, stretch_words, stretches
from lifecycle.diagram.journey_words import journey_words, parting_words, run_names
from lifecycle.diagram.living.message import Followed, SentArtefact, SentBeat, SentRibbon, SentStretch
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Cause
from lifecycle.simulation.readings.journey import Journey, Pick, Stay, follow
from lifecycle.simulation.readings.partings import parted
from lifecycle.words import capital, clock_s, duration

PICKS = {
    Pick.MEDIAN: "an order like yours",
    Pick.SLOWEST: "the slowest",
    Pick.LAST: "the last",
    Pick.LOST: "one that was lost",
}
"""What a list calls those whom one can choose to follow."""
# A narrower part of a ribbon carries no words.
SHORT_SHARE = 0.08


@dataclass(frozen=True)
class Beside:
    """The run in which the same event is shown beside the first, and `what` it is: before, or pinned."""

    run: Run
    what: str


@dataclass(frozen=True)
class Wordings:
    """What a course calls its stages, and what an event looks like at some of them."""

    labels: Mapping[str, str]
    artefacts: Mapping[str, Artefact]

    @classmethod
    def of(cls, course: Course) -> Wordings:
        """Return those of a course."""
        return cls(
            course.pipeline.labels,
            {place.id: place.artefact for place in course.places.values() if place.artefact},
        )


def followed(
    run: Run, event: int, consumer: str, wordings: Wordings, beside: Beside | None, *, key: str, digest: str
) -> Followed:
    """Return an event on its way to a consumer; `digest` names the run as the diagram is told it.

    ValueError in words for a number that no event has. Where `beside` has no such event, `parting` says so.
    """
    journey = follow(run, event, consumer)
    other, parting = None, ""
    if beside is not None:
        try:
            other = follow(beside.run, event, consumer)
            parting = parting_words(parted(journey, other), run, beside.run, wordings.labels)
        except ValueError as problem:
            other, parting = None, f"There is no other run to compare with: {problem}."
    scale_s = max(_lasts_s(one, run) for one in (journey, other) if one) or 1.0
    first, second = run_names(run.scenario, beside.run.scenario) if beside else ("this run", "")
    beside_it = None
    if beside is not None and other is not None:
        title = f"{capital(second)}, {beside.what}"
        beside_it = _ribbon(beside.run, other, wordings.labels, scale_s, title)
    artefacts, parts = wordings.artefacts, stretches(journey, run.horizon_s)
    return {
        "key": key,
        "run": digest,
        "tag": f"order {event:,} · {amount_eur(event)} €",
        "ribbon": _ribbon(run, journey, wordings.labels, scale_s, f"{capital(first)}, on screen"),
        "beats": [_beat(beat, parts[beat.stretch]) for beat in beats(run, journey)],
        "artefacts": [
            _artefact(artefacts[stay.stage], journey, stay) for stay in journey.stays if stay.stage in artefacts
        ],
        "other": beside_it,
        "parting": parting,
    }


def _lasts_s(journey: Journey, run: Run) -> float:
    left_s = journey.stays[-1].left_s
    return (run.horizon_s if left_s is None else left_s) - journey.born_s


def _ribbon(run: Run, journey: Journey, labels: Mapping[str, str], scale_s: float, title: str) -> SentRibbon:
    parts = stretches(journey, run.horizon_s)
    return {
        "title": title,
        "words": journey_words(journey, labels),
        "parts": [_stretch(run, part, labels, scale_s) for part in parts],
        "end": end_words(journey),
    }


def _stretch(run: Run, part: Stretch, labels: Mapping[str, str], scale_s: float) -> SentStretch:
    share = part.seconds / scale_s
    return {
        "stage": part.stage,
        "label": labels[part.stage],
        "lasted": lasted_words(run, part),
        "words": stretch_words(run, part, labels),
        "start": part.start_s,
        "end": part.end_s,
        "share": share,
        "waits": part.cause != Cause.NONE,
        "short": share < SHORT_SHARE,
    }


def _beat(beat: Beat, part: Stretch) -> SentBeat:
    gone_s = (beat.end_s - beat.start_s) / beat.watch_s
    return {
        "stage": beat.stage,
        "to": beat.to,
        "start": beat.start_s,
        "end": beat.end_s,
        "watch": beat.watch_s,
        "part": beat.stretch,
        "when": _when(part, handed_over=bool(beat.to)),
        "rate": f"1 s shows {duration(gone_s)}" if gone_s else "clock paused",
    }


def _when(part: Stretch, *, handed_over: bool) -> str:
    """When a part really was: the clock has it later, as it gives each wire two minutes. A handover takes no time."""
    start, end = clock_s(part.start_s), clock_s(part.end_s)
    return f"at {start}" if handed_over or start == end else f"{start} to {end}"


def _artefact(artefact: Artefact, journey: Journey, stay: Stay) -> SentArtefact:
    return {"stage": stay.stage, "title": artefact.title, "text": filled(artefact, journey, stay)}
