"""Nodes by what one remembers of them: part of a name, a column, a word of the description."""

from __future__ import annotations

import heapq
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from lifecycle.importing.graph import Imported, ImportedNode

MOST_MATCHES = 20
MOST_SOUGHT = 200  # characters


class MatchPlace(IntEnum):
    """Where what was searched for stands in a node, the best place first."""

    WHOLE_NAME = 0
    NAME_BEGINS = 1
    WORD_BEGINS = 2
    NAME = 3
    ID = 4
    GROUP = 5
    COLUMN = 6
    ABOUT = 7  # description, owner, tags and what else is known of it


@dataclass(frozen=True)
class SearchMatch:
    """A node that was searched for, and where the text stands in it."""

    node: ImportedNode
    place: MatchPlace


def search(graph: Imported, text: str, most: int = MOST_MATCHES) -> tuple[SearchMatch, ...]:
    """The nodes that have each word of a text, at most so many, the best first; capitals and accents do not count.

    Of several words the one that stands in the worst place counts. Among equals the shorter name comes first.
    """
    sought = _folded(text[:MOST_SOUGHT])
    words = sought.split()
    if not words:
        return ()
    matches = (
        (place, len(node.name), order, SearchMatch(node, place))
        for order, node in enumerate(graph.nodes)
        if (place := _place(node, sought.strip(), words)) is not None
    )
    return tuple(match for *_, match in heapq.nsmallest(most, matches, key=lambda ranked: ranked[:3]))


def _place(node: ImportedNode, sought: str, words: list[str]) -> MatchPlace | None:
    name = _folded(node.name)
    if name == sought:
        return MatchPlace.WHOLE_NAME
    if name.startswith(sought):
        return MatchPlace.NAME_BEGINS
    worst = MatchPlace.WHOLE_NAME
    for word in words:
        place = _place_of_word(node, name, word)
        if place is None:
            return None
        worst = max(worst, place)
    return worst


def _place_of_word(node: ImportedNode, name: str, word: str) -> MatchPlace | None:
    if word in name:
        return MatchPlace.WORD_BEGINS if any(part.startswith(word) for part in _parts(name)) else MatchPlace.NAME
    return next((place for place, text in _texts(node) if word in _folded(text)), None)


def _texts(node: ImportedNode) -> Iterator[tuple[MatchPlace, str]]:
    yield MatchPlace.ID, node.id
    yield MatchPlace.GROUP, node.group
    yield MatchPlace.COLUMN, "\n".join(column.name for column in node.columns)
    facts = (text for fact in node.meta for text in fact)
    yield MatchPlace.ABOUT, "\n".join((node.description, node.owner, *node.tags, *node.tests, *facts))


def _parts(name: str) -> Iterator[str]:
    """A name from each of its words on: `stg_orders`, `orders`."""
    yield name
    for at, mark in enumerate(name):
        if not mark.isalnum():
            yield name[at + 1 :]


def _folded(text: str) -> str:
    """A text without capitals and accents."""
    if text.isascii():
        return text.lower()
    return "".join(mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark))
