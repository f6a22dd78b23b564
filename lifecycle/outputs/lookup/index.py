"""The index of a course: every stage with the headings of its page, every term, idea, scenario, question, lesson, talk.

Each has the address that leads there. A pure function of the course. Nothing in it answers a question: of those it
holds what is asked, and no more.
Who adds a kind writes a function such as `_talks` and its part in `lookup`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import get_args
from urllib.parse import urlencode

from lifecycle.course import Course, Place
from lifecycle.course.address import State, View, write
from lifecycle.course.briefs import filled
from lifecycle.course.day_words import day_words
from lifecycle.course.glossary import Term, anchor
from lifecycle.course.glossary.marking import marked
from lifecycle.course.illustrating.illustration import without_pictures
from lifecycle.course.pipeline import Stage
from lifecycle.course.sources import replaced
from lifecycle.documents import as_text
from lifecycle.outputs.lookup.message import Lookup, SearchEntry, SearchKind, TermCard

KINDS: tuple[SearchKind, ...] = get_args(SearchKind)
_GAP = "…"
# The page of the whole: an address without parameters would open the opening.
_WHOLE = "?view=explain"
# The words in bold with which a paragraph or an entry of a list begins: a heading of its own.
_RUN_IN = re.compile(r"^(?:- )?\*\*(.+?)[.:]?\*\*", re.MULTILINE)


def lookup(course: Course) -> Lookup:
    """All that a reader of the course can look up."""
    entries = (*_places(course), *_terms(course), *_ideas(course), *_scenarios(course))
    entries += (*_sections(course), *_questions(course), *_lessons(course), *_talks(course))
    cards = {term.id: TermCard(name=term.name, about=term.about, view=term.view) for term in course.glossary}
    return {"terms": cards, "entries": list(entries)}


def _places(course: Course) -> Iterator[SearchEntry]:
    """Each stage and undercurrent by its one name; what others call it stands in the glossary."""
    terms = {term.id: term for term in course.glossary}
    for id in course.pipeline.places:
        part = course.pipeline.by_id[id]
        place, term = course.places.get(id), terms.get(anchor(part.label))
        synonyms = [*(term.synonyms if term else ()), *filter(None, (part.detail,)), id]
        summary = _plain(place.summary) if place else part.detail
        headings = " ".join(section.heading for section in place.sections) if place else ""
        text = f"{headings} {term.about if term else ''}"
        kind: SearchKind = "stage" if isinstance(part, Stage) else "undercurrent"
        yield _entry(kind, part.label, f"?stage={id}", synonyms=synonyms, shown=summary, text=text)


def _terms(course: Course) -> Iterator[SearchEntry]:
    for term in course.glossary:
        if term.id not in course.names_of_places:
            where = term.view or _first_use(course, term)
            yield _entry("term", term.name, where, synonyms=list(term.synonyms), shown=term.about)


def _first_use(course: Course, term: Term) -> str:
    """The address of the first place whose text uses a term, "" where none does."""
    uses = (place.id for place in course.places.values() if _is_used(term, place))
    return next((f"?stage={id}" for id in uses), "")


def _is_used(term: Term, place: Place) -> bool:
    return any(term.id in marked(without_pictures(section.markdown), (term,))[1] for section in place.sections)


def _scenarios(course: Course) -> Iterator[SearchEntry]:
    """Each scenario with the switches that its author set, as the menu opens it."""
    for named in course.scenarios:
        where = f"?{urlencode({'scenario': named.id, **named.own_switches})}"
        words = day_words(course.pipeline.network, named.scenario, named.brief.asks)
        question, story = (_plain(filled(text, words)) for text in (named.brief.question, named.brief.story))
        yield _entry("scenario", named.title, where, shown=question, text=story)


def _ideas(course: Course) -> Iterator[SearchEntry]:
    """Each idea leads to the page of the place where most questions ask about it, none to nowhere."""
    for idea in course.ideas:
        counts = Counter(question.place for question in course.questions if question.idea == idea.id)
        where = _page(course, counts.most_common(1)[0][0]) if counts else ""
        yield _entry("idea", idea.label, where, shown=_plain(idea.about))


def _sections(course: Course) -> Iterator[SearchEntry]:
    """The headings of each page, with what its paragraphs are headed by."""
    pages = (*(course.places[id] for id in course.pipeline.places if id in course.places), course.overview)
    for place in filter(None, pages):
        for section in place.sections:
            within = ", ".join(map(_plain, _RUN_IN.findall(section.markdown)))
            shown = f"{place.title}: {within}" if within else place.title
            where = _page(course, place.id)
            yield _entry("section", section.heading, where, shown=shown, text=place.id, heading=section.heading)


def _page(course: Course, place: str) -> str:
    return f"?stage={place}" if place in course.pipeline.places else _WHOLE


def _plain(markdown: str) -> str:
    return " ".join(as_text(replaced(markdown, lambda _: "")).split())


def _questions(course: Course) -> Iterator[SearchEntry]:
    labels = {id: course.pipeline.by_id[id].label for id in course.pipeline.places}
    for question in course.questions:
        place = question.place if question.place in labels else None
        where = f"?{urlencode(write(State(stage=place, view=View.QUIZ)))}"
        of = labels.get(place or "", course.pipeline.title)
        yield _entry("question", _plain(question.with_gaps(_GAP)), where, shown=of, question=question.id)


def _lessons(course: Course) -> Iterator[SearchEntry]:
    for lesson in course.lessons:
        headlines = " ".join(step.headline for step in lesson.steps)
        yield _entry("lesson", lesson.title, f"?lesson={lesson.id}", shown=_plain(lesson.summary), text=headlines)


def _talks(course: Course) -> Iterator[SearchEntry]:
    for talk in course.talks:
        headlines = " ".join(step.headline for step in talk.steps)
        yield _entry("talk", talk.title, f"?talk={talk.id}", shown=_plain(talk.summary), text=headlines)


def _entry(
    kind: SearchKind,
    name: str,
    address: str,
    *,
    synonyms: list[str] | None = None,
    shown: str = "",
    text: str = "",
    question: str = "",
    heading: str = "",
) -> SearchEntry:
    return {
        "kind": kind,
        "name": name,
        "synonyms": synonyms or [],
        "shown": shown,
        "text": text,
        "address": address,
        "question": question,
        "heading": heading,
    }
