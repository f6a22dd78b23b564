"""What a page is given to look up: `message.js` beside it has the same fields and types, which a test holds."""

from __future__ import annotations

from typing import Literal, TypedDict

SearchKind = Literal["stage", "undercurrent", "term", "idea", "scenario", "section", "question", "lesson", "talk"]


class TermCard(TypedDict):
    """A term as its card shows it; `view` is an address that shows it, or ""."""

    name: str
    about: str
    view: str


class SearchEntry(TypedDict):
    """One thing that the search finds, and the address that leads to it.

    `shown` stands below its name; `text` is searched besides, and shown nowhere. `question` is the id of a question,
    `heading` the heading of a section on the page of the address.
    """

    kind: SearchKind
    name: str
    synonyms: list[str]
    shown: str
    text: str
    address: str
    question: str
    heading: str


class Lookup(TypedDict):
    """The cards by the ids of their terms, and all that the search finds, in the order of the course."""

    terms: dict[str, TermCard]
    entries: list[SearchEntry]
