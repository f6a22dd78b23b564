"""Orders that the page can follow without a server: recorded on each scenario's own day, and under its other size."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle.course import Course
from lifecycle.diagram.following.note import Beside, Wordings, followed
from lifecycle.diagram.living.message import Followed
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings.journey import Pick, choose, consumer_of

Named = tuple[str, Run]
"""A run, and the name by which the page finds it."""


def recorded(course: Course, scenario: str, one: Named, other: Named) -> dict[str, dict[str, Followed]]:
    """Return by run, and there by `Pick`, orders chosen in `one` run of a scenario, followed there and in the `other`.

    Whom the day does not have, because nothing was lost, is left out.
    """
    wordings = Wordings.of(course)
    result: dict[str, dict[str, Followed]] = {one[0]: {}, other[0]: {}}
    for pick, event, consumer in _chosen(course, one[1]):
        for (name, run), (_, beside) in ((one, other), (other, one)):
            result[name][pick] = followed(
                run,
                event,
                consumer,
                wordings,
                Beside(beside, "under the other size"),
                key=f"{scenario} {event}",
                digest=f"{scenario} {name}",
            )
    return result


def _chosen(course: Course, run: Run) -> Iterator[tuple[Pick, int, str]]:
    for pick in Pick:
        try:
            consumer = consumer_of(course.pipeline.network)
            yield pick, choose(run, pick, consumer), consumer
        except ValueError:
            continue
