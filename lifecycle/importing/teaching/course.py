"""All that is taught about a project, as the files of its course's folder."""

from __future__ import annotations

from lifecycle.importing.drafting.draft import Draft
from lifecycle.importing.teaching import tour
from lifecycle.importing.teaching.days import TaughtDays
from lifecycle.importing.teaching.questions import project_questions, question_files
from lifecycle.importing.teaching.scenarios import scenario_files, unasked_sources
from lifecycle.importing.teaching.subject import TaughtPipeline
from lifecycle.importing.teaching.todo import FILE as TODO_FILE
from lifecycle.importing.teaching.todo import todo
from lifecycle.simulation.model.network import Network


def teaching_files(draft: Draft, network: Network) -> dict[str, str]:
    """The text of each file by its path: scenarios, questions, a tour, and what the team has to look at.

    `network` is what the course simulates, read from its own `pipeline.yaml`: whatever a text says is true of that.
    ValueError in words where no day of it can be simulated.
    """
    known = {station.id for station in network.stations}
    days = TaughtDays(TaughtPipeline({stage.id: stage for stage in draft.stages if stage.id in known}, network))
    questions = project_questions(days)
    return {
        **scenario_files(days),
        **question_files(questions),
        tour.FILE: tour.tour(days, questions),
        TODO_FILE: todo(draft, days.taught.roles, unasked_sources(days)),
    }
