"""From a graph that was read to the folder of a course: roles that a day can run, ids, pages, and what was decided."""

from lifecycle.importing.drafting.draft import SCHEDULE, Draft, DraftFlow, DraftStage, drafted
from lifecycle.importing.drafting.folder import course_files, write_course
from lifecycle.importing.drafting.ids import shared_ids
from lifecycle.importing.drafting.todo import todo

__all__ = [
    "SCHEDULE",
    "Draft",
    "DraftFlow",
    "DraftStage",
    "course_files",
    "drafted",
    "shared_ids",
    "todo",
    "write_course",
]
