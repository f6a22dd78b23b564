"""The Markdown files of a course read into its types: places, quizzes, transfers."""

from __future__ import annotations

import re
from collections.abc import Collection

from lifecycle.course.course import Place, Transfer
from lifecycle.course.following.artefacts import read_artefact
from lifecycle.course.illustrating.illustration import illustration_faults
from lifecycle.course.quizzes.blocks import without_tags
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.course.sequence import HEAD, slips
from lifecycle.documents import Document, Fields, Problem, markup_problems, sections
from lifecycle.simulation.model.kinds import Size, Start

TITLE, SUMMARY, SENTENCE = 60, 200, 300
TRANSFERS: dict[str, tuple[Start, Size]] = {f"{start}-{size}": (start, size) for start in Start for size in Size}
_FENCE = re.compile(r"^```mermaid[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
# Mermaid's own ways to run or load something: configuration directives, links and click handlers.
_UNSAFE = re.compile(r"%%\{|<[A-Za-z/!?]|^\s*(click|links?|callback)\b|javascript:", re.IGNORECASE)


def read_place(document: Document, id: str, places: Collection[str]) -> tuple[Place, tuple[Problem, ...]]:
    """The explanation of one place, without its questions, and what is wrong with it."""
    problems: list[Problem] = []
    fields = Fields(document.head, document.file, problems, "front matter")
    title = fields.text("title", TITLE, required=True)
    summary = fields.text("summary", SUMMARY, required=True, markup=True)
    artefact, faults = read_artefact(node, document.file) if (node := fields.node("artefact")) else (None, ())
    problems += faults
    fields.done()
    parts, faults = sections(document.body, document.file, document.body_line)
    problems += faults
    problems += markup_problems(document.body, document.file, document.body_line, places)
    problems += illustration_faults(document.body, document.file, document.body_line)
    return Place(id, title, summary, parts, artefact=artefact), tuple(problems)


def read_quiz(
    document: Document, place: str, places: Collection[str]
) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions of one file and what is wrong with it; none where its front matter turns the quiz off."""
    if not quiz_enabled(document):
        return (), ()
    questions, problems = read_questions(document.body, document.file, place, document.body_line)
    return questions, (
        *problems,
        *markup_problems(without_tags(document.body), document.file, document.body_line, places),
    )


def quiz_enabled(document: Document) -> bool:
    """Whether the page's quizzes are on: `quiz: {enabled: false}` in the front matter turns them off."""
    settings = document.meta.get("quiz")
    return not (isinstance(settings, dict) and settings.get("enabled") is False)


def read_transfer(document: Document, id: str, places: Collection[str]) -> tuple[Transfer, tuple[Problem, ...]]:
    """One of the four transfers and what is wrong with it. `id` is one of TRANSFERS."""
    problems: list[Problem] = []
    fields = Fields(document.head, document.file, problems, "front matter")
    title = fields.text("title", TITLE, required=True)
    gives = fields.text("gives", SENTENCE, required=True, markup=True)
    costs = fields.text("costs", SENTENCE, required=True, markup=True)
    fields.done()
    fences = list(_FENCE.finditer(document.body))
    if len(fences) != 1:
        what = f"{len(fences)} sequence diagrams" if fences else "no sequence diagram"
        fix = "write exactly one fence: ```mermaid, sequenceDiagram, the messages, ```"
        problems.append(Problem(document.file, document.body_line, what, fix))
    mermaid = fences[0].group(1).strip("\n") if fences else ""
    if fences:
        first_line = document.body_line + document.body[: fences[0].start(1)].count("\n")
        problems += _mermaid_problems(fences[0].group(1), document.file, first_line)
    problems += markup_problems(document.body, document.file, document.body_line, places)
    text = _FENCE.sub("", document.body).strip()
    if not text:
        problems.append(Problem(document.file, document.body_line, "no text", "say in a few sentences what happens"))
    start, size = TRANSFERS[id]
    return Transfer(start, size, title, gives, costs, text, mermaid), tuple(problems)


def _mermaid_problems(mermaid: str, file: str, first_line: int) -> list[Problem]:
    lines = mermaid.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    problems = []
    if lines[first].strip() != HEAD:
        fix = f"begin it with a line `{HEAD}`"
        problems.append(Problem(file, first_line + first, "a mermaid fence that is no sequence diagram", fix))
    for number, line in enumerate(lines):
        if _UNSAFE.search(line):
            what = "HTML, a link or a directive in the sequence diagram"
            problems.append(Problem(file, first_line + number, what, "write participants, messages and notes as text"))
    if not problems:
        problems += [Problem(file, first_line + slip.row, slip.what, slip.fix) for slip in slips(mermaid)]
    return problems
