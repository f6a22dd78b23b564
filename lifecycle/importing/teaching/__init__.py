"""A course made of a project: an ordinary day, days on which something goes wrong, questions with computed answers."""

from lifecycle.importing.teaching.course import teaching_files

__all__ = ["teaching_files"]
