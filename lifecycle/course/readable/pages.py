"""What makes a page hard to read, found by counting: sentences, paragraphs, and abbreviations that nobody explains.

Twenty words a sentence is what guides of plain language ask for on average; what is told here is far beyond that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lifecycle.course.course import Course, Place
from lifecycle.course.illustrating.illustration import without_pictures
from lifecycle.course.quizzes.weakness import Weakness
from lifecycle.documents import Problem, Section, as_text, prose_only, shown

LONG_SENTENCE, LONG_PARAGRAPH = 40, 120  # words
Paragraph: TypeAlias = tuple[int, str]  # the file's line on which it begins, and its words
_CITATION = re.compile(r"\s*\[@[^\]]*\]")
_BLOCK_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s|\|)")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}\b")
# What nobody who reads such a course needs to be told, and names that are no abbreviation any more.
_EVERYDAY = frozenset(
    """AI AWS CPU CSV EU GB HTTP ID IP JSON KB MB OK PC PDF SQL TB UK URL US USD EUR UTC XML ZIP""".split()  # noqa: SIM905 - a row of words
)


def hard_to_read(course: Course) -> tuple[Weakness, ...]:
    """Long sentences and paragraphs of the course's pages, and abbreviations that several of them leave unexplained."""
    pages = [(f"stages/{id}.md", place) for id, place in course.places.items()]
    if course.overview:
        pages.append(("lifecycle.md", course.overview))
    glossary = {word.casefold() for term in course.glossary for word in (term.name, *term.synonyms)}
    texts = {file: _paragraphs_of(place) for file, place in pages}
    slips = [slip for file, paragraphs in texts.items() for slip in _long(file, paragraphs)]
    unexplained = {file: dict(_unexplained(paragraphs, glossary)) for file, paragraphs in texts.items()}
    often = Counter(word for words in unexplained.values() for word in words)
    slips += [
        Weakness("abbreviation", Problem(file, line, f"{word} is explained neither here nor in the glossary", _EXPLAIN))
        for file, words in unexplained.items()
        for word, line in words.items()
        if often[word] > 1  # one page's name of a product, or of a protocol it tells of, does no harm
    ]
    return tuple(sorted(slips, key=lambda slip: slip.problem))


_EXPLAIN = (
    "write it out where the page first uses it, with the letters in brackets, or give it an entry in glossary.yaml"
)


def _long(file: str, paragraphs: Sequence[Paragraph]) -> Iterator[Weakness]:
    for line, paragraph in paragraphs:
        if (words := len(paragraph.split())) > LONG_PARAGRAPH:
            what, fix = f"a paragraph of {words} words", f"part it where its idea changes; {LONG_PARAGRAPH} at most"
            yield Weakness("paragraph", Problem(file, line, what, fix))
        for sentence in _SENTENCE_END.split(paragraph):
            if (words := len(sentence.split())) > LONG_SENTENCE:
                what = f"a sentence of {words} words, {shown(sentence)}"
                yield Weakness("sentence", Problem(file, line, what, f"make it two; {LONG_SENTENCE} at most"))


def _paragraphs_of(place: Place) -> list[Paragraph]:
    return [paragraph for section in place.sections for paragraph in _paragraphs(section)]


def _paragraphs(section: Section) -> Iterator[Paragraph]:
    """The paragraphs, list items and rows of a section as plain words, each with the file's line that it begins on."""
    text, after = prose_only(without_pictures(section.markdown)).replace("\0", ""), 0
    for end in [*(match.start() for match in _BLOCK_END.finditer(text)), len(text)]:
        part = text[after:end]
        line = section.line + 1 + text.count("\n", 0, after + len(part) - len(part.lstrip()))
        after = end
        if words := as_text(_CITATION.sub("", part.strip())):
            yield line, words


def _unexplained(paragraphs: Sequence[Paragraph], glossary: set[str]) -> Iterator[tuple[str, int]]:
    """Abbreviations of a page that it does not write out, each with the line of its first use."""
    whole = " ".join(paragraph for _, paragraph in paragraphs)
    known: set[str] = set()
    for line, paragraph in paragraphs:
        for word in _ABBREVIATION.findall(paragraph):
            if word in known or word in _EVERYDAY or word.casefold() in glossary:
                continue
            known.add(word)
            if f"({word}" not in whole and f"{word} (" not in whole:
                yield word, line
