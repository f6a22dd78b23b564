"""What a course cites, held against what it lists: every citation has its source, every source is cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lifecycle.course.sources import FILE, Source, citation_problems, cited, read_sources
from lifecycle.documents import Document, Problem
from lifecycle.simulation.model.ways import WAYS
from lifecycle.simulation.readings.bill import PRICES
from lifecycle.simulation.roles import ROLES

# The defaults of the simulation and of the price book cite as well; a course that lists their sources shows them.
_CITES = (
    *(figure.cite for figures in ROLES.values() for figure in figures),
    *(price.cite for price in PRICES),
    *(way.cite for way in WAYS.values()),
)
DEFAULTS = frozenset(filter(None, _CITES))


class Citing:
    """Takes the list of sources and each text that may cite, and tells what does not fit."""

    def __init__(self) -> None:
        self.sources: Mapping[str, Source] = {}
        self._lines: Mapping[str, int] = {}
        self._faults: tuple[Problem, ...] = ()
        self._texts: list[tuple[str, str, int]] = []
        self._heads: list[Problem] = []

    def list_of_sources(self, text: str) -> None:
        """The text of `sources.yaml`."""
        self.sources, self._lines, self._faults = read_sources(text)

    def read(self, text: str, file: str, first_line: int = 1) -> None:
        """A text that may cite; `first_line` is the file's line that it begins on."""
        self._texts.append((text, file, first_line))

    def document(self, text: str, document: Document) -> None:
        """A Markdown file: its body may cite, its front matter may not, since that is shown without a list."""
        self.read(document.body, document.file, document.body_line)
        head = "\n".join(text.split("\n")[: document.body_line - 1])
        for line, mark, _ in cited(head):
            self._heads.append(Problem(document.file, line, f"{mark} in the front matter", "cite in the text below it"))

    def problems(self) -> Iterator[Problem]:
        """Faults of the list, unknown or unreadable citations, and sources that nothing cites."""
        yield from self._faults
        yield from self._heads
        used = set(DEFAULTS)
        for text, file, first_line in self._texts:
            yield from citation_problems(text, file, self.sources, first_line)
            used |= {citation.id for _, _, citations in cited(text) for citation in citations or ()}
        for id, line in self._lines.items():
            if id not in used:
                yield Problem(FILE, line, f"nothing cites {id}", f"write [@{id}] beside what it says, or remove it")
