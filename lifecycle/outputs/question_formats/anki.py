"""An Anki package by `genanki`: a card for each question, its answer with all that is said of it on the back.

A card's GUID comes from the question's id alone, so importing a newer export updates the cards and keeps when each is
due.
"""

from __future__ import annotations

import html
import re
import string
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from lifecycle.course.quizzes.interactions import Arrange, Choose, Fill, Pair, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.questions import Option, Question
from lifecycle.documents import as_html
from lifecycle.outputs.question_formats.exported import Exported, ExportedPlace, Loss, choices, common_losses, with_gaps
from lifecycle.outputs.question_formats.xhtml import words

if TYPE_CHECKING:
    import genanki

DECK = "Headwaters"
MODEL_ID = 1_730_411_206  # drawn once, as genanki asks: Anki knows the kind of card by it
STYLE = """
.card { font-family: system-ui, sans-serif; font-size: 18px; text-align: left; max-width: 42rem; margin: 0 auto; }
ol { padding-left: 1.6rem; } li { margin: .35rem 0; } .why { opacity: .8; } .right { font-weight: 600; }
"""
# What Anki acts on wherever it stands in a field: sounds and speech, LaTeX, typed answers, clozes and fields; and what
# MathJax takes for a formula, which an empty element parts.
_ACTIVE = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\]|\[type:)|\{(?=\{)", re.IGNORECASE)
_FORMULA = re.compile(r"\\(?=[()\[\]])")


def export(questions: Sequence[Question], places: Sequence[ExportedPlace] = ()) -> Exported:
    """One `.apkg`, a deck for each place below the deck Headwaters."""
    import genanki  # only here, so that nothing else waits for it

    model = genanki.Model(
        MODEL_ID,
        "Headwaters question",
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}],
        css=STYLE,
    )
    decks: dict[str, genanki.Deck] = {}
    losses: list[Loss] = []
    for question in questions:
        losses += _losses(question)
        name = f"{DECK}::{question.place.replace('::', ':').replace('/', '::')}"
        deck = _deck(decks, name)
        fields = [inert(front(question, places)), inert(back(question, places))]
        deck.add_note(genanki.Note(model, fields, guid=guid(question), tags=_tags(question)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions.apkg"
        genanki.Package(list(decks.values())).write_to_file(path)
        return Exported({"": path.read_bytes()}, tuple(losses))


def inert(html: str) -> str:
    """The HTML of a field with nothing in it that Anki would play, typeset or fill in; it looks the same."""
    parts = re.split(r"(<[^>]*>)", words(html))
    parts[::2] = (_FORMULA.sub(r"\g<0><span></span>", text) for text in parts[::2])
    return _ACTIVE.sub(lambda mark: f"&#{ord(mark[0])};", "".join(parts))


def _deck(decks: dict[str, genanki.Deck], name: str) -> genanki.Deck:
    """The deck of this name. Anki takes two names that differ in capitals alone for one, and so does this."""
    import genanki

    folded = name.casefold()
    if folded not in decks:
        taken = {deck.deck_id for deck in decks.values()}
        id = _deck_id(name)
        while id in taken:
            id += 1
        decks[folded] = genanki.Deck(id, name)
    return decks[folded]


def guid(question: Question) -> str:
    """The card's name in every export: whatever the wording becomes, it stays, and that of an older export, too."""
    import genanki

    return str(genanki.guid_for("headwaters", question.aliases[0] if question.aliases else question.id))


def front(question: Question, places: Sequence[ExportedPlace]) -> str:
    """The question and what there is to choose from, as HTML."""
    stem = as_html(with_gaps(question))
    hint = f'<p class="why">{_hint(question)}</p>'
    return f"{stem}\n{hint}\n{_offered(question, places)}"


def back(question: Question, places: Sequence[ExportedPlace]) -> str:
    """What is right, what is said of each option, and the explanation, as HTML."""
    parts = [_answer(question, places)]
    if question.explanation:
        parts.append(as_html(question.explanation))
    return "\n".join(parts)


def _hint(question: Question) -> str:
    match asked_as(question):
        case Choose(_, several):
            return "Choose all that are right." if several else "One is right."
        case Fill():
            return "Fill in."
        case Arrange():
            return "Put them in order."
        case Pair():
            return "Match each with what belongs to it."
        case Point():
            return "Point at one place of the diagram."
        case never:
            assert_never(never)


def _offered(question: Question, places: Sequence[ExportedPlace]) -> str:
    match asked_as(question):
        case Choose(options):
            return f'<ol type="A">{_items([as_html(option.text, inline=True) for option in options])}</ol>'
        case Point():  # all places are too many for a card, and to name a few would give it away
            return "" if len(places) else f"<ul>{_items(_sorted(choices(question, places)))}</ul>"
        case Arrange(steps):
            return f"<ul>{_items(_sorted(steps))}</ul>"
        case Pair(lefts, options):
            rights = sorted({as_html(option.pair, inline=True) for option in options})
            shown = [as_html(left.text, inline=True) for left in lefts]
            return f"<ol>{_items(shown)}</ol>\n<ul>{_items(rights)}</ul>"
        case Fill():
            return ""
        case never:
            assert_never(never)


def _answer(question: Question, places: Sequence[ExportedPlace]) -> str:
    match asked_as(question):
        case Choose(options):
            letters = zip(string.ascii_uppercase * 2, options, strict=False)
            return "\n".join(_option(option, letter) for letter, option in letters)
        case Fill(_, accepted):
            shown = (html.escape(first + (f" (or {', '.join(more)})" if more else "")) for first, *more in accepted)
            return f'<p class="right">{"; ".join(shown)}</p>'
        case Pair(lefts):
            return f"<ol>{_items([as_html(f'{left.text} → {left.pair}', inline=True) for left in lefts])}</ol>"
        case Arrange(steps):
            return f"<ol>{_items([as_html(step.text, inline=True) for step in steps])}</ol>"
        case Point(options):
            named = choices(question, places)[: len({option.text for option in options})]
            return "\n".join(_option(option, "") for option in named if option.right or option.feedback)
        case never:
            assert_never(never)


def _option(option: Option, letter: str) -> str:
    mark = "✓" if option.right else "✗"
    text = f"{mark} {letter + '. ' if letter else ''}{as_html(option.text, inline=True)}"
    why = f'\n<div class="why">{as_html(option.feedback)}</div>' if option.feedback else ""
    return f'<p class="{"right" if option.right else "wrong"}">{text}</p>{why}'


def _items(shown: Sequence[str]) -> str:
    return "".join(f"<li>{text}</li>" for text in shown)


def _sorted(options: Sequence[Option]) -> list[str]:
    """The options in an order that says nothing: that of the alphabet."""
    return sorted(as_html(option.text, inline=True) for option in options)


def _tags(question: Question) -> list[str]:
    named = {"place": question.place, "level": question.level, "idea": question.idea}
    return [f"{name}::{'-'.join(value.split())}" for name, value in named.items() if value]


def _deck_id(name: str) -> int:
    """The same for the same name, within what genanki asks for (a number of about 31 bits)."""
    return (1 << 30) + zlib.crc32(name.encode()) % (1 << 30)


def _losses(question: Question) -> list[Loss]:
    lost = common_losses(question)
    if isinstance(asked_as(question), Arrange | Pair) and any(option.feedback for option in question.options):
        lost.append(Loss(question, "feedback on single steps or pairs"))
    return lost
