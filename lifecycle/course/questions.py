"""The questions of any folder of Markdown, ours or one written for mkdocs-quiz."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from lifecycle.course.reading import quiz_enabled
from lifecycle.documents import Folder, Problem, in_order, printable, read_loose
from lifecycle.quizzes.questions import Question
from lifecycle.quizzes.reading import read_questions


def folder_questions(path: Path) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """Every question of the Markdown files below `path` (or of the one file `path`), in the order of the files.

    A question's place is its file's stem. What is wrong with one file does not keep the others' questions back. HTML
    is no problem here: the listing shows text, and the courses of others are theirs to style.
    """
    single = path.is_file()
    folder = Folder(path.parent if single else path)
    files = (path.name,) if single else folder.files()
    questions: list[Question] = []
    problems: list[Problem] = []
    for file in files:
        if PurePosixPath(file).suffix.lower() not in (".md", ".markdown"):
            continue
        text = folder.text(file)
        if text is None:
            continue
        document, faults = read_loose(text, printable(file))
        problems += faults
        if quiz_enabled(document):
            found, faults = read_questions(document.body, document.file, PurePosixPath(file).stem, document.body_line)
            questions += found
            problems += faults
    return tuple(questions), in_order((*folder.problems, *problems))
