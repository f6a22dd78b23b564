"""The questions of any folder of Markdown, ours or one written for mkdocs-quiz, and how they hang in a course."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from lifecycle.course.ideas import Ideas
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.pipeline_file import FILE as PIPELINE_FILE
from lifecycle.course.quizzes.aliases import settled
from lifecycle.course.quizzes.interactions import Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import count_of_questions, read_questions
from lifecycle.course.reading import quiz_enabled
from lifecycle.documents import Folder, Problem, in_order, instead, printable, read_loose, shown

MARKDOWN = (".md", ".markdown")


def folder_questions(path: Path) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions and the problems of `folder_bank`."""
    questions, problems, _ = folder_bank(path)
    return questions, problems


def folder_bank(path: Path) -> tuple[tuple[Question, ...], tuple[Problem, ...], int]:
    """Every question of the Markdown files below `path` (or of the one file `path`), in the order of the files.

    A question's place is the path of its file without the ending (in the quizzes/ of a course, from there on). Of two
    questions with one id only the first is there, and both are told. What is wrong with one file does not keep the
    others' questions back, and a line that no page can show only its own question. HTML is no problem here: the listing
    shows text, and others' courses are theirs to style. Last comes how many questions the files hold, those among them
    that cannot be read.
    """
    single = path.is_file()
    folder = Folder(path.parent if single else path)
    files = (path.name,) if single else folder.files()
    questions: list[Question] = []
    problems: list[Problem] = []
    held = 0
    for file in files:
        if not file.lower().endswith(MARKDOWN):
            continue
        text, unfit = folder.text_with_unfit(file)
        if text is None:
            continue
        document, faults = read_loose(text, printable(file))
        problems += faults
        if quiz_enabled(document):
            place = str(PurePosixPath(document.file).with_suffix(""))
            if PIPELINE_FILE in files:
                place = place.removeprefix("quizzes/")
            own_questions, faults = read_questions(document.body, document.file, place, document.body_line, unfit)
            held += count_of_questions(document.body)
            questions += own_questions
            problems += faults
    if single and not files[0].lower().endswith(MARKDOWN):
        problems.append(Problem(printable(path.name), 1, "no file of Markdown", "name a file that ends in .md"))
    unlike, same = twins(questions)
    return settled(unlike), in_order((*folder.problems, *problems, *same)), held


def twins(questions: Iterable[Question]) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions without those whose id an earlier one has, and a problem for each of these."""
    first: dict[str, Question] = {}
    problems = []
    for question in questions:
        other = first.setdefault(question.id, question)
        if other is not question:
            what = f"two questions with the id {shown(question.id)} (also {other.file}:{other.line})"
            fix = "write another id above one of them: `<!-- question: its-own-id -->`"
            problems.append(Problem(question.file, question.line, what, fix))
    return tuple(first.values()), tuple(problems)


def question_problems(
    questions: Mapping[str, tuple[Question, ...]], pipeline: Pipeline, known: Ideas
) -> Iterator[Problem]:
    """What questions name that the course does not have: ideas, misconceptions, places and flows of the diagram."""
    ideas = [idea.id for idea in known.ideas]
    wrong = [misconception.id for misconception in known.misconceptions]
    pointed = (*pipeline.places, *(f"{flow.source}->{flow.target}" for flow in pipeline.flows))
    for question in (known_question for of_place in questions.values() for known_question in of_place):
        if ideas:  # where the course names none, a tag may say anything
            yield from _unknown(question, "idea", question.idea, ideas)
        interaction = asked_as(question)
        for option in question.options:
            yield from _unknown(question, "misconception", option.misconception, wrong)
            if isinstance(interaction, Point):
                yield from _unknown(question, "place or flow", option.text, pointed)


def _unknown(question: Question, what: str, id: str, known: Collection[str]) -> Iterator[Problem]:
    if id and id not in known:
        yield Problem(question.file, question.line, f"no {what} is called {id}", instead(id, known))
