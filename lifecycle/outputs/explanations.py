"""What a course says of each place, as HTML: the explorer's panel and the offline copy show it.

Everything here comes out of an author's file. Markdown goes through `as_html`, every other text is escaped. Questions
and their answers have no part in it: a page may be given all of it before anybody has answered anything.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from html import escape

from lifecycle.course.course import Course, Place
from lifecycle.course.glossary import MARK
from lifecycle.course.illustrating.illustration import Illustration, parted
from lifecycle.course.pipeline import Undercurrent
from lifecycle.course.sources import IN_WORDS, Citation, Numbering, Source, replaced
from lifecycle.documents import as_html
from lifecycle.outputs.illustrations import name_of

VERSION_LETTERS = 20
# The list of sources in the explorer's panel, which shows one place at a time.
_IN_PANEL = "explain"


class Cited:
    """Markdown with citations and marked terms as HTML.

    A number stands beside each claim, and at the end the list that it leads to; a term is a link to its card.

    `name` tells the lists of the page apart, as the ids of their entries do; `own_links` is as for `as_html`. `drawn`
    makes HTML of a figure's picture.
    """

    def __init__(
        self, course: Course, name: str, *, own_links: str = "", drawn: Callable[[Illustration], str] | None = None
    ) -> None:
        self._numbering = Numbering(course.sources)
        self._marking = course.marking()
        self._name = name
        self._own_links = own_links
        self._drawn = drawn

    def section(self, markdown: str) -> str:
        """The Markdown of a place's section as `html`, with its figures."""
        parts = (self.html(part) if isinstance(part, str) else self._figure(part) for part in parted(markdown))
        return "\n".join(parts)

    def _figure(self, figure: Illustration) -> str:
        picture = self._drawn(figure) if self._drawn else ""
        return (
            f'<figure class="day">{picture}<figcaption>{self.html(figure.in_words, inline=True)}</figcaption></figure>'
        )

    def html(self, markdown: str, *, inline: bool = False) -> str:
        """The Markdown, its citations as numbers, and each term marked where it comes first."""
        marked = self._marking.mark(markdown)
        linked = replaced(marked, lambda marks: " ".join(filter(None, map(self._number, marks))))
        made = as_html(linked, inline=inline, own_links=self._own_links)
        made = made.replace('<a href="#source-', '<a class="cite" href="#source-')
        return made.replace(f'<a href="{MARK}', f'<a class="term" href="{MARK}')

    def _number(self, citation: Citation) -> str:
        numbered = self._numbering.number(citation)
        if numbered is None:  # `check` has said so
            return ""
        number, source = numbered
        title = ", ".join(filter(None, (source.title, source.named, citation.at)))
        quoted = re.sub(r"([\\&|])", r"\\\1", title).replace('"', "”")
        return f'[{number}](#source-{self._name}-{number} "{quoted}")'

    def sources(self) -> str:
        """The list, folded; nothing where nothing was cited."""
        entries = enumerate(self._numbering.entries(), 1)
        items = "".join(f'<li id="source-{self._name}-{n}">{_entry(*entry)}</li>' for n, entry in entries)
        return f'<details class="sources"><summary>Sources</summary><ol>{items}</ol></details>' if items else ""


def _entry(source: Source, places: tuple[str, ...]) -> str:
    about = ", ".join(filter(None, (source.named, IN_WORDS[source.kind], source.where)))
    where = f". See {'; '.join(places)}" if places else ""
    return f'<a href="{escape(source.url)}">{escape(source.title)}</a>. {escape(about + where)}.'


def place_html(course: Course, place: Place, cited: Cited) -> str:
    """The explanation of one place: summary, first section, the others folded, where an undercurrent acts, sources."""
    parts = [f'<p class="lead">{cited.html(place.summary, inline=True)}</p>']
    for section in place.sections[:1]:
        parts.append(f"<h3>{escape(section.heading)}</h3>{cited.section(section.markdown)}")
    for section in place.sections[1:]:
        parts.append(_folded(section.heading, cited.section(section.markdown)))
    known = course.pipeline.by_id.get(place.id)
    if isinstance(known, Undercurrent) and known.acts:
        labels = course.pipeline.labels
        acts = (
            f"<li><b>{escape(labels[act.stage])}</b>: {cited.html(act.text, inline=True)}</li>" for act in known.acts
        )
        parts.append(_folded("Where it acts", f"<ul>{''.join(acts)}</ul>", "open"))
    return "\n".join([*parts, cited.sources()])


def _folded(heading: str, html: str, state: str = "") -> str:
    return f"<details {state}><summary><h3>{escape(heading)}</h3></summary>{html}</details>"


@dataclass(frozen=True)
class Explanation:
    """What the panel shows of a place: its title as plain text, all below it as HTML."""

    title: str
    html: str


@dataclass(frozen=True)
class Explanations:
    """Those of a course by place, and of the whole; the `version` is another one where what is sent is."""

    by_place: Mapping[str, Explanation]
    overview: Explanation | None
    version: str

    def as_json(self, place: str | None = None) -> bytes:
        """What a page is sent: all places, or one of them."""
        return _as_json(self.by_place if place is None else {place: self.by_place[place]})


def _as_json(by_place: Mapping[str, Explanation]) -> bytes:
    sent = {id: asdict(one) for id, one in by_place.items()}
    return json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()


def explanation(course: Course, place: Place) -> Explanation:
    """What the panel shows of a place."""

    def coming(figure: Illustration) -> str:
        """The name of its picture, for which the page asks when it is near."""
        return f'<div class="drawn" data-figure="{name_of(course, figure)}"></div>'

    return Explanation(place.title, place_html(course, place, Cited(course, _IN_PANEL, drawn=coming)))


def explanations(course: Course) -> Explanations:
    """What the panel shows of each stage and undercurrent, and of the whole where the course says something of it."""
    by_place = {id: explanation(course, place) for id, place in course.places.items()}
    overview = explanation(course, course.overview) if course.overview else None
    return Explanations(by_place, overview, hashlib.sha256(_as_json(by_place)).hexdigest()[:VERSION_LETTERS])
