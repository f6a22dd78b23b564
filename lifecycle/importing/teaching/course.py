"""All that is taught about a project, as the files of its course's folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lifecycle.importing.drafting.stages import Draft
from lifecycle.importing.drafting.todo import TODO, todo
from lifecycle.importing.teaching import tour
from lifecycle.importing.teaching.days import TaughtDays
from lifecycle.importing.teaching.questions import project_questions, question_files
from lifecycle.importing.teaching.scenarios import scenario_files, unasked_sources
from lifecycle.importing.teaching.subject import TaughtPipeline
from lifecycle.simulation.model.network import Network

_ID = re.compile(r"<!--\s*question:\s*([a-z0-9-]+)")


def teaching_files(
    draft: Draft,
    network: Network,
    standing: Callable[[str], str | None] = lambda _: None,
    news: Sequence[str] = (),
) -> dict[str, str]:
    """The text of each file by its path: scenarios, questions, a tour, and what the team has to look at.

    `network` is what the course simulates, read from its own `pipeline.yaml`: whatever a text says is true of that.
    `standing`: the text that people have at a path and that stays there, "" where they deleted it, None where what is
    made now will stand. `news`: what has changed since the last import. ValueError in words where no day of it can be
    simulated.
    """
    known = {station.id for station in network.stations}
    days = TaughtDays(TaughtPipeline({stage.id: stage for stage in draft.stages if stage.id in known}, network))
    texts = {id: text for id in days.taught.stages if (text := standing(f"quizzes/{id}.md")) is not None}
    theirs = {id for text in texts.values() for id in _ID.findall(text)}
    # A question of theirs keeps its id to itself, and the tour asks only what there is.
    questions = tuple(one for one in project_questions(days) if one.place in texts or one.id not in theirs)
    asked_for = tuple(one for one in questions if one.place not in texts or one.id in theirs)
    return {
        **scenario_files(days),
        **question_files(questions),
        tour.FILE: tour.tour(days, asked_for),
        TODO: todo(draft, unasked_sources(days), news),
    }
