"""From a graph that was read to the folder of a course: roles that a day can run, ids, pages, and what was decided."""

from lifecycle.importing.drafting.draft import drafted
from lifecycle.importing.drafting.folder import course_files, write_course
from lifecycle.importing.drafting.ids import shared_ids
from lifecycle.importing.drafting.stages import SCHEDULE, Draft, DraftFlow, DraftStage, Guess, guess_words, guesses_of
from lifecycle.importing.drafting.todo import todo

__all__ = [
    "SCHEDULE",
    "Draft",
    "DraftFlow",
    "DraftStage",
    "Guess",
    "course_files",
    "drafted",
    "guess_words",
    "guesses_of",
    "shared_ids",
    "todo",
    "write_course",
]
