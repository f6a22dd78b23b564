"""The course as data: what `load` returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from lifecycle.course.briefs import Brief
from lifecycle.course.day import Day
from lifecycle.course.following.artefacts import Artefact
from lifecycle.course.glossary import Marking, Term, anchor
from lifecycle.course.ideas import Idea, Ideas, Misconception
from lifecycle.course.lessons import Lesson, lesson_of
from lifecycle.course.lessons.lesson import OF_TALK
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.quizzes.aliases import new_ids
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.scenarios import NamedScenario
from lifecycle.course.sources import Source
from lifecycle.course.talks import Talk
from lifecycle.documents import Section
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.bill import Prices


@dataclass(frozen=True)
class Place:
    """One stage or undercurrent as the panel shows it; `summary` is one sentence.

    `artefact`: what one event looks like there, where the author says so.
    """

    id: str
    title: str
    summary: str
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()
    artefact: Artefact | None = None


@dataclass(frozen=True)
class Transfer:
    """One of the four ways to move data: what it gives, what it costs, and its sequence diagram (Mermaid source)."""

    start: Start
    size: Size
    title: str
    gives: str
    costs: str
    markdown: str
    mermaid: str


@dataclass(frozen=True)
class Course:
    """A content folder, read and checked. `places` holds every stage, then every undercurrent, by id.

    `overview` is what cuts across the stages, with its own questions. `scenarios` are in the author's order;
    `transfers` has at most one for each (start, size); `traces` are the real days, by id. `prices` is what a
    day's bill is made with; `known` the ideas that it teaches; `sources` what its texts cite, by id;
    `talks` and `lessons` are in the author's order, and so is the `glossary`.
    """

    pipeline: Pipeline
    places: Mapping[str, Place]
    overview: Place | None = None
    scenarios: tuple[NamedScenario, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    traces: Mapping[str, Trace] = field(default_factory=dict)
    prices: Prices = field(default_factory=Prices)
    known: Ideas = field(default_factory=Ideas)
    sources: Mapping[str, Source] = field(default_factory=dict)
    talks: tuple[Talk, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    glossary: tuple[Term, ...] = ()

    @cached_property
    def names_of_places(self) -> frozenset[str]:
        """The ids of terms that name a place: it is a click away and has a page, so texts do not mark it."""
        return frozenset(anchor(self.pipeline.by_id[id].label) for id in self.pipeline.places)

    def marking(self) -> Marking:
        """What marks the terms of one page."""
        return Marking(self.glossary, self.names_of_places)

    @property
    def ideas(self) -> tuple[Idea, ...]:
        """What there is to master, in the author's order; where no file says so, what the questions are tagged with."""
        tagged = dict.fromkeys(question.idea for question in self.questions if question.idea)
        return self.known.ideas or tuple(Idea(id, id.replace("-", " ").capitalize(), "") for id in tagged)

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """The beliefs that wrong options stand for."""
        return self.known.misconceptions

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the course: place by place, then those on the whole."""
        places = (*self.places.values(), *((self.overview,) if self.overview else ()))
        return tuple(question for place in places for question in place.questions)

    def question(self, id: str) -> Question | None:
        """The question with this id, or with this old one: of the bank, or of a talk or lesson, which alone ask it."""
        id = self.new_ids.get(id, id)
        return next((question for question in self.all_questions if question.id == id), None)

    @cached_property
    def new_ids(self) -> Mapping[str, str]:
        """The id of now for every old one under which answers may have been kept."""
        return new_ids(self.all_questions)

    @cached_property
    def all_questions(self) -> tuple[Question, ...]:
        """Every question, those of talks and lessons included."""
        in_scripts = (*(talk.questions for talk in self.talks), *(lesson.questions for lesson in self.lessons))
        return (*self.questions, *(question for questions in in_scripts for question in questions))

    def with_traces(self, traces: Mapping[str, Trace]) -> Course:
        """The same course with other real days; what was worked out of its questions comes along."""
        other = replace(self, traces=traces)
        vars(other).update(questions=self.questions, all_questions=self.all_questions, new_ids=self.new_ids)
        return other

    def talk(self, id: str) -> Talk | None:
        """The talk with this id."""
        return next((talk for talk in self.talks if talk.id == id), None)

    def lesson(self, id: str) -> Lesson | None:
        """The lesson with this id; a talk, too, is one, as `talk-push-or-pull`."""
        if lesson := next((lesson for lesson in self.lessons if lesson.id == id), None):
            return lesson
        talk = self.talk(id.removeprefix(OF_TALK)) if id.startswith(OF_TALK) else None
        return lesson_of(talk) if talk else None

    def named(self, id: str) -> NamedScenario | None:
        """The scenario with this id."""
        return next((named for named in self.scenarios if named.id == id), None)

    def day(self, scenario: Scenario) -> Day:
        """The day of these settings, with the real day that they replay."""
        return Day(self.pipeline, scenario, self.traces.get(scenario.trace))

    @property
    def default(self) -> NamedScenario:
        """The first scenario, or a plain day where the folder has none."""
        return self.scenarios[0] if self.scenarios else NamedScenario("", "A plain day", Brief(), Scenario())
