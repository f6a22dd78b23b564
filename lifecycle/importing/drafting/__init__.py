"""From a graph that was read to the folder of a course: roles that a day can run, ids, pages, and what was decided."""

from lifecycle.importing.drafting.draft import Draft, DraftFlow, DraftStage, drafted
from lifecycle.importing.drafting.folder import course_files, write_course
from lifecycle.importing.drafting.todo import todo

__all__ = ["Draft", "DraftFlow", "DraftStage", "course_files", "drafted", "todo", "write_course"]
