"""A talk along the busiest way through the pipeline, a step for each stage, in the project's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from lifecycle.importing.drafting.pages import NOBODY, SUMMARY, as_markdown
from lifecycle.importing.teaching.days import TaughtDays
from lifecycle.importing.teaching.drawing import ProjectQuestion
from lifecycle.importing.teaching.scenarios import ORDINARY
from lifecycle.importing.teaching.subject import safe
from lifecycle.importing.texts import cut
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import order
from lifecycle.words import counted, plural

FILE = "talks/tour.md"
MOST_STAGES, MOST_QUESTIONS = 60, 3  # of the eighty steps that a talk may have
QUOTED, NOTED, OWNER = 180, 1_800, 60  # letters of a description and of an owner; marks may double them


def busiest_way(days: TaughtDays) -> tuple[str, ...]:
    """From the consumer behind which most rows are born back to a source, each time along the flow with most of them.

    Where nobody consumes, from what nothing reads. Of equals the one with the longest way behind it, then by id.
    """
    taught = days.taught
    born = dict(
        zip(days.run.sources, map(int, np.bincount(days.run.source, minlength=len(days.run.sources))), strict=True)
    )
    feeds: dict[str, list[str]] = {id: [] for id in taught.stages}
    behind: dict[str, set[str]] = {id: {id} & born.keys() for id in taught.stages}
    steps = dict.fromkeys(taught.stages, 0)
    for id in (id for id in order(taught.network) if id in taught.stages):
        for target in taught.flows_to[id]:
            feeds[target].append(id)
            behind[target] |= behind[id]
            steps[target] = max(steps[target], steps[id] + 1)

    def rank(id: str) -> tuple[int, int, str]:
        return -sum(born[source] for source in behind[id]), -steps[id], id

    at = min(taught.of(Role.CONSUMER) or [id for id in taught.stages if not taught.flows_to[id]], key=rank)
    way = [at]
    while feeds[at]:
        at = min(feeds[at], key=rank)
        way.append(at)
    return tuple(reversed(way))


def tour(days: TaughtDays, questions: Sequence[ProjectQuestion]) -> str:
    """The Markdown of the talk; it ends with questions on the stages of the way, where there are any."""
    way = busiest_way(days)
    shown = way[:MOST_STAGES]
    asked_at = [question for question in questions if question.place in way][:MOST_QUESTIONS]
    start, end = (cut(days.taught.names[id], 30) for id in (way[0], way[-1]))
    lines = ["---", 'title: "The busiest way"']
    summary = f"From {start} to {end}: along the flows behind which most rows are born."
    lines.append(f"summary: {as_markdown(summary, SUMMARY)}")
    lines += [f"minutes: {1 + len(shown) + len(asked_at)}", "order: 1", "---", ""]
    lines += _opening(days, way)
    for number, id in enumerate(shown):
        lines += _step(days, id, way[number - 1] if number else "")
    for number, question in enumerate(asked_at, 1):
        lines += [f"## What do you know now? ({number})", f"<!-- step: view: ?scenario={ORDINARY}; minutes: 1 -->"]
        lines += [f"<!-- ask: {question.id} -->", ""]
    return "\n".join(lines)


def _opening(days: TaughtDays, way: Sequence[str]) -> Iterator[str]:
    taught = days.taught
    yield f"## From {_headline(days, way[0])} to {_headline(days, way[-1])}"
    yield f"<!-- step: view: ?scenario={ORDINARY}; minutes: 1 -->"
    yield ""
    yield f"This pipeline has {plural(len(taught.stages), 'stage')}. We follow {len(way):,} of them to the end,"
    yield "from a source on, each time along the flow behind which most rows are born."
    yield ""
    if (left := len(way) - MOST_STAGES) > 0:
        yield f"- The last {left:,} of them are left out of this tour"
    yield "- The words about a stage are the project's own"
    yield "- Where it has none, the step says so"
    yield ""


def _step(days: TaughtDays, id: str, before: str) -> Iterator[str]:
    taught, node = days.taught, days.taught.stages[id].node
    yield f"## {_headline(days, id)}"
    yield f"<!-- step: view: ?scenario={ORDINARY}&stage={id}; show: diagram, panel; minutes: 1 -->"
    yield ""
    yield safe(cut(node.description or NOBODY, QUOTED))
    yield ""
    if before:
        rows = days.run.carried[before, id].size
        yield f"- {counted(rows)} rows come this way on the ordinary day"
    if taught.after[id]:
        yield f"- Its rows reach {plural(len(taught.after[id]), 'stage')}"
    yield f"- Its owner: {safe(cut(node.owner, OWNER))}" if node.owner else "- Nobody is named as its owner"
    yield (
        f"- {plural(len(node.tests), 'test')} {'guards' if len(node.tests) == 1 else 'guard'} it"
        if node.tests
        else "- No test guards it yet"
    )
    yield ""
    if len(" ".join(node.description.split())) > QUOTED:
        yield f"> {safe(cut(node.description, NOTED))}"
        yield ""


def _headline(days: TaughtDays, id: str) -> str:
    """A stage's name as a headline, which is no Markdown, has."""
    return cut(days.taught.names[id], 34).strip("# ") or id
