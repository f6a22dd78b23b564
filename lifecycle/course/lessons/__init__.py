"""Lessons: what a learner is led through alone, step by step, told in a Markdown file as a talk is."""

from lifecycle.course.lessons.lesson import (
    OPENING,
    SETS,
    Control,
    Lesson,
    LessonStep,
    Until,
    UntilKind,
    lesson_of,
    talk_of,
)
from lifecycle.course.lessons.reading import read_lesson

__all__ = [
    "OPENING",
    "SETS",
    "Control",
    "Lesson",
    "LessonStep",
    "Until",
    "UntilKind",
    "lesson_of",
    "read_lesson",
    "talk_of",
]
