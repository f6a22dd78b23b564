"""A content folder read whole: every file, cross-checked, all faults at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from lifecycle import installed
from lifecycle.course import address
from lifecycle.course.citing import Citing
from lifecycle.course.course import Course, Place, Transfer
from lifecycle.course.glossary import FILE as GLOSSARY_FILE
from lifecycle.course.glossary import read_glossary
from lifecycle.course.ideas import FILE as IDEAS_FILE
from lifecycle.course.ideas import Ideas, read_ideas
from lifecycle.course.lessons import Lesson, read_lesson
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.pipeline_file import FILE as PIPELINE_FILE
from lifecycle.course.pipeline_file import WHOLE, read_pipeline
from lifecycle.course.prices_file import FILE as PRICES_FILE
from lifecycle.course.prices_file import read_prices
from lifecycle.course.questions import question_problems, twins
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import ids_given
from lifecycle.course.reading import TRANSFERS, read_place, read_quiz, read_transfer
from lifecycle.course.scenarios import NamedScenario, read_scenario
from lifecycle.course.sequence import with_labels
from lifecycle.course.sources import FILE as SOURCES_FILE
from lifecycle.course.talks import Talk, read_talk
from lifecycle.documents import (
    PIPELINE_LIMIT_BYTES,
    TRACE_LIMIT_BYTES,
    ContentError,
    Document,
    Folder,
    Problem,
    in_order,
    instead,
    name_fault,
    printable,
    read_document,
    read_loose,
    shown,
)
from lifecycle.installed import Setting
from lifecycle.simulation.model.traces import Trace, read_trace
from lifecycle.simulation.readings.bill import Prices

SHIPPED = installed.COURSE
STARTER = Path(__file__).parent / "starter"  # a course for authors to begin with
# Folder -> the file endings that belong in it. Files beside the data (a licence, a note) may lie in traces/.
FOLDERS = {
    "stages": (".md",),
    "quizzes": (".md",),
    "scenarios": (".md",),
    "transfers": (".md",),
    "talks": (".md",),
    "lessons": (".md",),
    "traces": (".csv", ".md", ".txt"),
}
ASIDE = "gone"  # where an import lays what people wrote of stages that are gone
FILES = (PIPELINE_FILE, PRICES_FILE, IDEAS_FILE, SOURCES_FILE, GLOSSARY_FILE, "lifecycle.md", "README.md", "TODO.md")


def content_folder() -> Path:
    """The folder of `HEADWATERS_CONTENT`, or the course that comes with the program."""
    named = Setting.CONTENT.text
    return Path(named).expanduser() if named else SHIPPED


def load(folder: Path) -> Course:
    """The course of a content folder; ContentError with every problem, sorted, where it has any."""
    course, problems = _read(folder)
    if course is None or problems:
        raise ContentError(problems)
    return course


def check(folder: Path) -> tuple[Problem, ...]:
    """Every problem of a content folder, sorted; empty where it is well. Never raises."""
    return _read(folder)[1]


def _read(folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    reader = _FolderReader(Folder(folder))
    course = reader.course()
    return course, in_order((*reader.folder.problems, *reader.problems))


class _FolderReader:
    """Reads one folder; `problems` grows as it goes."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.files: tuple[str, ...] = ()
        self.citing = Citing()
        self.given: set[str] = set()  # ids that quizzes give their questions, those that cannot be read among them

    def report(self, file: str, line: int, what: str, fix: str) -> None:
        self.problems.append(Problem(printable(file), line, what, fix))

    def course(self) -> Course | None:
        self.files = self.folder.files()
        self.misplaced()
        text = None if self.unreachable() else self.folder.text(PIPELINE_FILE, PIPELINE_LIMIT_BYTES)
        if text is None:
            return None
        self.sources()
        pipeline, _, faults = read_pipeline(text)
        self.problems += faults
        self.citing.read(text, PIPELINE_FILE)
        if pipeline is None:
            return None
        questions = dict(self.questions(pipeline))
        talks = tuple(sorted(self.talks(pipeline, questions), key=lambda talk: (talk.order, talk.id)))
        lessons = tuple(sorted(self.lessons(pipeline, questions), key=lambda lesson: (lesson.order, lesson.id)))
        everything = {
            **questions,
            **{f"talks/{talk.id}": talk.questions for talk in talks},
            **{f"lessons/{lesson.id}": lesson.questions for lesson in lessons},
        }
        self.same_ids(everything)
        known = self.ideas()
        self.problems += question_problems(everything, pipeline, known)
        places = dict(self.places(pipeline, questions))
        traces = dict(self.traces())
        # A trace that cannot be read has been reported once; the scenarios that replay it are not at fault.
        named = [id for id, _ in self.within("traces", ".csv")]
        scenarios = sorted(self.scenarios(pipeline, named), key=lambda named: (named.order, named.id))
        transfers = tuple(self.transfers(pipeline))
        overview = self.overview(pipeline, questions)
        self.problems += self.citing.problems()
        prices, sources = self.prices(), self.citing.sources
        course = Course(
            pipeline, places, overview, tuple(scenarios), transfers, traces, prices, known, sources, talks, lessons
        )
        return self.with_glossary(course)

    def with_glossary(self, course: Course) -> Course:
        """The course with its glossary, whose terms lead to views of it."""
        text = self.folder.text(GLOSSARY_FILE) if GLOSSARY_FILE in self.files else None
        if text is None:
            return course
        terms, faults = read_glossary(text, lambda view: address.slips(view, course))
        self.problems += faults
        return replace(course, glossary=terms)

    def unreachable(self) -> bool:
        """Whether the folder itself could not be opened: then one problem says it all."""
        return any(problem.file == "." for problem in self.folder.problems)

    def misplaced(self) -> None:
        """Report files that nothing reads: most often a slip in a name."""
        for file in self.files:
            path = PurePosixPath(file)
            top = path.parts[0]
            if len(path.parts) == 1:
                if file not in FILES:
                    self.report(
                        file, 1, "a file that nothing reads", instead(file, FILES, one_of="what may stand here is")
                    )
            elif top == ASIDE:
                continue
            elif top not in FOLDERS:
                fix = instead(top, FOLDERS, one_of="the folders are")
                self.report(file, 1, f"a file in the unknown folder {shown(top)}", fix)
            elif len(path.parts) > 2 or path.suffix not in FOLDERS[top]:
                endings = " or ".join(FOLDERS[top])
                self.report(file, 1, "a file that nothing reads", f"name it {top}/<id>{endings}, or remove it")

    def within(self, folder: str, suffix: str = ".md") -> Iterator[tuple[str, str]]:
        """(id, path) of each file of one kind whose name is an id."""
        for file in self.files:
            path = PurePosixPath(file)
            if len(path.parts) != 2 or path.parts[0] != folder or path.suffix != suffix:
                continue
            if fault := name_fault(path.stem):
                self.report(file, 1, f"the file name {fault[0]}", fault[1])
            else:
                yield path.stem, file

    def document(self, file: str) -> Document | None:
        text = self.folder.text(file)
        if text is None:
            return None
        document, faults = read_document(text, file)
        self.problems += faults
        if document is not None:
            self.citing.document(text, document)
        return document

    def places(self, pipeline: Pipeline, questions: Mapping[str, tuple[Question, ...]]) -> Iterator[tuple[str, Place]]:
        """Every place of the pipeline with its explanation and questions, in the pipeline's order."""
        for id, file in self.within("stages"):
            if id not in pipeline.by_id:
                self.report(file, 1, f"no stage or undercurrent {id} in {PIPELINE_FILE}", instead(id, pipeline.places))
        for id in pipeline.places:
            # A missing file is reported by its absence; the place stays, so that the rest is checked too.
            document = self.document(f"stages/{id}.md")
            if document is not None:
                place, faults = read_place(document, id, pipeline.places)
                self.problems += faults
                yield id, replace(place, questions=questions.get(id, ()))

    def overview(self, pipeline: Pipeline, questions: Mapping[str, tuple[Question, ...]]) -> Place | None:
        whole = questions.get(WHOLE, ())
        if "lifecycle.md" not in self.files:
            if whole:
                self.report(
                    "quizzes/lifecycle.md", 1, "questions on the whole without lifecycle.md", "write lifecycle.md"
                )
            return None
        document = self.document("lifecycle.md")
        if document is None:
            return None
        place, faults = read_place(document, WHOLE, pipeline.places)
        self.problems += faults
        return replace(place, questions=whole)

    def questions(self, pipeline: Pipeline) -> Iterator[tuple[str, tuple[Question, ...]]]:
        for id, file in self.within("quizzes"):
            if id not in pipeline.by_id and id != WHOLE:
                known = (*pipeline.places, WHOLE)
                self.report(file, 1, f"no stage or undercurrent {id} in {PIPELINE_FILE}", instead(id, known))
            text = self.folder.text(file)
            if text is None:
                continue
            document, faults = read_loose(text, file)  # a quiz needs no front matter, as in any course for mkdocs-quiz
            self.problems += faults
            self.given |= ids_given(document.body)
            questions, problems = read_quiz(document, id, pipeline.places)
            self.problems += problems
            yield id, questions

    def same_ids(self, questions: Mapping[str, tuple[Question, ...]]) -> None:
        """An answer is kept by the question's id, so no two may share one anywhere in the folder."""
        self.problems += twins([question for of_place in questions.values() for question in of_place])[1]

    def talks(self, pipeline: Pipeline, questions: Mapping[str, tuple[Question, ...]]) -> Iterator[Talk]:
        for id, file in self.within("talks"):
            document = self.document(file)
            if document is not None:
                talk, faults = read_talk(document, id, _bank(questions), pipeline.places, self.given)
                self.problems += faults
                yield talk

    def lessons(self, pipeline: Pipeline, questions: Mapping[str, tuple[Question, ...]]) -> Iterator[Lesson]:
        for id, file in self.within("lessons"):
            document = self.document(file)
            if document is not None:
                lesson, faults = read_lesson(document, id, _bank(questions), pipeline.places, self.given)
                self.problems += faults
                yield lesson

    def traces(self) -> Iterator[tuple[str, Trace]]:
        for id, file in self.within("traces", ".csv"):
            text = self.folder.text(file, TRACE_LIMIT_BYTES)
            if text is None:
                continue
            try:
                yield id, read_trace(text)
            except ValueError as error:
                self.report(file, *_trace_fault(str(error)))

    def scenarios(self, pipeline: Pipeline, traces: Collection[str]) -> Iterator[NamedScenario]:
        for id, file in self.within("scenarios"):
            document = self.document(file)
            if document is not None:
                named, faults = read_scenario(document, id, pipeline.network, traces, pipeline.places, pipeline.unsure)
                self.problems += faults
                yield named

    def prices(self) -> Prices:
        """The folder's price book, or the one that comes with the program."""
        text = self.folder.text(PRICES_FILE) if PRICES_FILE in self.files else None
        if text is None:
            return Prices()
        prices, faults = read_prices(text)
        self.problems += faults
        return prices

    def ideas(self) -> Ideas:
        text = self.folder.text(IDEAS_FILE) if IDEAS_FILE in self.files else None
        if text is None:
            return Ideas()
        known, faults = read_ideas(text)
        self.problems += faults
        return known

    def sources(self) -> None:
        text = self.folder.text(SOURCES_FILE) if SOURCES_FILE in self.files else None
        if text is not None:
            self.citing.list_of_sources(text)

    def transfers(self, pipeline: Pipeline) -> Iterator[Transfer]:
        labels = pipeline.labels
        for id, file in self.within("transfers"):
            if id not in TRANSFERS:
                self.report(file, 1, f"no transfer is called {id}", instead(id, TRANSFERS))
            elif (document := self.document(file)) is not None:
                transfer, faults = read_transfer(document, id, pipeline.places)
                self.problems += faults
                yield replace(transfer, mermaid=with_labels(transfer.mermaid, labels))


def _bank(questions: Mapping[str, tuple[Question, ...]]) -> dict[str, Question]:
    """Every question of the course's quizzes by its id: what talks and lessons may ask."""
    return {question.id: question for of_place in questions.values() for question in of_place}


def _trace_fault(words: str) -> tuple[int, str, str]:
    """The line, what is wrong and the fix, from the words of `read_trace`: "line 3: what; fix"."""
    line = re.match(r"line (\d+): ", words)
    what, _, fix = words[line.end() if line else 0 :].partition("; ")
    return int(line.group(1)) if line else 1, what, fix or "see content/README.md for the form of a trace"
