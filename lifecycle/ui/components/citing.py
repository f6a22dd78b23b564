"""Citations on the page: a small number beside the claim, and the list of sources that it leads to."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.sources import IN_WORDS, Citation, Numbering, Source, replaced
from lifecycle.ui.components.prose import plain, prose


class References:
    """One list of sources, numbered in the order in which the texts above it first cite them.

    `name` tells the lists of a page apart: the numbers link to `#source-<name>-<number>`, which `links.js` follows.
    """

    def __init__(self, course: Course, name: str) -> None:
        self._numbering = Numbering(course.sources)
        self._marking = course.marking()
        self._name = name

    def prose(self, markdown: str) -> str:
        """Content's Markdown made ready for Streamlit: citations as numbers that link to the list, terms marked."""
        return replaced(
            prose(self._marking.mark(markdown)), lambda marks: " ".join(filter(None, map(self._number, marks)))
        )

    def _number(self, citation: Citation) -> str:
        numbered = self._numbering.number(citation)
        if numbered is None:  # `check` has said so
            return ""
        number, source = numbered
        title = ", ".join(filter(None, (source.title, source.named, citation.at))).replace('"', "”")
        return f'[{number}](#source-{self._name}-{number} "{plain(title)}")'

    def show(self) -> None:
        """The list, folded; nothing where nothing was cited."""
        entries = self._numbering.entries()
        if not entries:
            return
        with st.container(key=f"sources-{self._name}"), st.expander("Sources", icon=":material/library_books:"):
            lines = (f"{number}. {entry(source, places)}" for number, (source, places) in enumerate(entries, 1))
            st.markdown("\n".join(lines))


def entry(source: Source, places: Sequence[str]) -> str:
    """One source as Markdown: a link to it, whose it is, its kind, and where in it to look."""
    about = ", ".join(filter(None, (plain(source.named), IN_WORDS[source.kind], plain(source.where))))
    where = f". See {plain('; '.join(places))}" if places else ""
    return f"[{plain(source.title)}]({source.url}). {about}{where}."


def inline(course: Course, text: str, cite: str = "") -> str:
    """A short text for a control's help: each citation, and `cite` at its end, as a link to the source itself."""

    def links(marks: tuple[Citation, ...]) -> str:
        known = [(course.sources[mark.id], mark.at) for mark in marks if mark.id in course.sources]
        named = (f"[{plain(source.title)}]({source.url}){f', {plain(at)}' * bool(at)}" for source, at in known)
        return f" ({'; '.join(named)})" if known else ""

    return replaced(prose(f"{text} [@{cite}]" if cite else text), links)
