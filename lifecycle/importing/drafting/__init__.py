"""From a graph that was read to the folder of a course: roles that a day can run, ids, pages, and what was decided."""

from lifecycle.importing.drafting.draft import drafted
from lifecycle.importing.drafting.folder import PIPELINE, course_files, pipeline_text, write_course
from lifecycle.importing.drafting.ids import shared_ids, slug
from lifecycle.importing.drafting.stages import SCHEDULE, Draft, DraftFlow, DraftStage, Guess, guess_words, guesses_of
from lifecycle.importing.drafting.todo import todo

__all__ = [
    "PIPELINE",
    "SCHEDULE",
    "Draft",
    "DraftFlow",
    "DraftStage",
    "Guess",
    "course_files",
    "drafted",
    "guess_words",
    "guesses_of",
    "pipeline_text",
    "shared_ids",
    "slug",
    "todo",
    "write_course",
]
