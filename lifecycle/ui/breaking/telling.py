"""What a day's faults did, in words: who is stale, what is gone, when the backlog is worked off."""

from __future__ import annotations

from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.readings.consequence import Consequence
from lifecycle.ui.components.prose import plain
from lifecycle.words import duration, number


def consequence_words(pipeline: Pipeline, done: Consequence, *, beside_others: bool = False) -> str:
    """What faults of a day did, a line each, beside the same day without them; Markdown.

    `beside_others`: the day has further faults, which both days have, so these are called the learner's.
    """
    without, last = ("yours", "your last fault") if beside_others else ("the faults", "the last fault")
    worst = "at its worst from then on" if beside_others else "at its worst"
    labels = pipeline.labels
    lines = [
        f"**{plain(labels[late.consumer])}** is {duration(late.oldest_s)} behind {worst}; without {without} "
        f"{duration(late.calm_s)}."
        for late in done.stale
    ] or ["Nobody's data gets older because of it."]
    counts = ((done.lost, "lost"), (done.set_aside, "set aside"), (done.twice, "counted twice"),
              (done.empty, "delivered with an empty column, and no error is raised"))  # fmt: skip
    lines += [f"{number(abs(events))} {'more' if events > 0 else 'fewer'} {what}." for events, what in counts if events]
    if not any(events for events, _ in counts):
        lines.append("Nothing is lost because of it.")
    if done.drained_s is None:
        lines.append("The backlog is still there at midnight.")
    elif done.drained_s:
        lines.append(f"The backlog is worked off {duration(done.drained_s)} after {last} ends.")
    return "\n".join(f"- {line}" for line in lines)
