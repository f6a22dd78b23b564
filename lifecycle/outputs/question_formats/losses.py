"""What an export lost, found by reading it back and holding it against what the author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lifecycle.course.quizzes.interactions import Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.questions import Question
from lifecycle.outputs.question_formats.content import GAP_MARK, Event, lost, of_markdown, pieces
from lifecycle.outputs.question_formats.exported import Export, Exported, ExportedPlace, Loss
from lifecycle.outputs.question_formats.readers import READERS, TextsById

# What is lost in words; whatever has none here is told by its own name.
_IN_WORDS = {
    "img": "pictures",
    "a": "links",
    "br": "line breaks",
    "hr": "rules",
    "em": "emphasis",
    "strong": "bold text",
    "code": "code set as code",
    "pre": "blocks of code",
    "blockquote": "quotes",
    "p": "paragraphs",
    **dict.fromkeys(("s", "del"), "struck-out text"),
    **dict.fromkeys(("ul", "ol", "li"), "lists"),
    **dict.fromkeys(("table", "thead", "tbody", "tr", "th", "td"), "tables"),
    **dict.fromkeys((f"h{level}" for level in range(1, 7)), "headings"),
}
_ATTRIBUTES = {
    "href": "where links lead",
    "src": "pictures",
    "title": "titles of links",
    "start": "the first number of a list",
    "style": "alignment",
}
_ELSEWHERE = re.compile(r"(?![a-z][a-z0-9+.-]*:|[?/])", re.IGNORECASE)


def checked(form: str, export: Export) -> Export:
    """The export of a format, read back: what it lost is told beside what the format says itself."""

    def run(questions: Sequence[Question], places: Sequence[ExportedPlace] = ()) -> Exported:
        first: dict[str, Question] = {}
        losses = []
        for question in questions:
            other = first.setdefault(question.id, question)
            if other is not question:
                losses.append(Loss(question, f"{other.file}:{other.line} has the same id", whole=True))
        unlike = tuple(first.values())
        exported = export(unlike, places)
        losses += exported.losses
        left_out = {loss.question.id for loss in losses if loss.whole}
        texts_by_id = READERS[form](exported.files, unlike) if exported.files else {}
        for question in unlike:
            if question.id in left_out:
                continue
            texts = texts_of(question, texts_by_id)
            if texts is None:
                losses.append(Loss(question, "it is not found when the export is read back", whole=True))
                continue
            known = {loss.what for loss in losses if loss.question is question}
            losses += (Loss(question, what) for what in _missing(form, question, texts, known))
        return Exported(exported.files, tuple(losses))

    return run


def written(form: str, files: Mapping[str, bytes], questions: Sequence[Question]) -> int:
    """How many of the questions are in these files, as they are read back."""
    texts_by_id = READERS[form](files, questions) if files else {}
    return sum(texts_of(question, texts_by_id) is not None for question in questions)


def texts_of(question: Question, texts_by_id: TextsById) -> list[list[Event]] | None:
    """What was read back of a question; None where a part of it, or all, is not there."""
    if question.id in texts_by_id:
        return texts_by_id[question.id]
    for mark in ("-", "."):
        parts = [texts_by_id.get(f"{question.id}{mark}{number}") for number in range(1, len(question.answers) + 1)]
        if parts and all(part is not None for part in parts):
            return [text for part in parts for text in part or ()]
    return None


def _missing(form: str, question: Question, texts: Sequence[Sequence[Event]], known: set[str]) -> Iterator[str]:
    """What each text of the question lost, in words, each once."""
    shown = [event for text in texts for event in (*text, ("close", ""))]
    listed = set(known)
    for where, source in _texts(question):
        if where == "feedback" and any(what.startswith("feedback") for what in known):
            continue
        for piece in () if form == "markdown" else pieces(source):  # there, all is as it was, or the whole is lost
            for what in _named(lost(piece, shown), len(piece)):
                if (words := f"{what} in {where}") not in listed:
                    listed.add(words)
                    yield words
        what = f"where relative addresses in {where} lead: the export lies elsewhere"
        if form == "markdown" and what not in listed and any(event[0] == "attr" and _away(event) for event in source):
            listed.add(what)
            yield what


def _away(event: Event) -> bool:
    return event[2] in ("href", "src") and _ELSEWHERE.match(event[3]) is not None


def _texts(question: Question) -> Iterator[tuple[str, list[Event]]]:
    """Every text that the author wrote, by where it stands."""
    yield "the question", of_markdown(question.with_gaps(GAP_MARK))
    for option in question.options:
        if not isinstance(asked_as(question), Point):  # its options are places: they are shown by name
            yield "an option", of_markdown(option.text, inline=True)
        yield "an option", of_markdown(option.pair, inline=True)
        yield "feedback", of_markdown(option.feedback)
    for answer in (text for accepted in question.accepted for text in accepted):
        if accepted_number(answer) is None:
            yield "an answer", [("word", answer)]
    yield "the explanation", of_markdown(question.explanation)


def _named(events: Sequence[Event], whole: int) -> Iterator[str]:
    """Lost marks in words; an attribute of an element that is lost goes without saying."""
    gone = {event[1] for event in events if event[0] == "open"}
    if len(events) == whole and any(event[0] in ("word", "code") for event in events):
        yield "text"
        return
    for event in events:
        match event:
            case ("open", tag):
                yield _IN_WORDS.get(tag, f"<{tag}>")
            case ("attr", tag, name, _) if tag not in gone:
                yield _ATTRIBUTES.get(name, f"`{name}` of <{tag}>")
            case ("mark", name):
                yield f"{name}s"
            case ("comment", text) if not text.startswith("="):  # a drawn number's, told as such
                yield "comments"
            case ("code", _):
                yield "blocks of code"
