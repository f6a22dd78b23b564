"""The course: a content folder loaded, cross-checked and handed out as frozen data."""

from lifecycle.course.course import Course, Place, Transfer
from lifecycle.course.loading import SHIPPED, check, content_folder, load
from lifecycle.course.questions import folder_bank, folder_questions
from lifecycle.documents import ContentError, Problem, Section

__all__ = [
    "SHIPPED",
    "ContentError",
    "Course",
    "Place",
    "Problem",
    "Section",
    "Transfer",
    "check",
    "content_folder",
    "folder_bank",
    "folder_questions",
    "load",
]
