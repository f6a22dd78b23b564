"""Where the course has its facts from: the list of sources, and the citations in its texts that name them.

A citation is written as in Pandoc: `[@id]`, with a place in the source `[@id, chapter 11]`, several `[@one; @other]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from lifecycle.documents import Fields, Problem, instead, read_yaml, shown

FILE = "sources.yaml"
SourceKind = Literal["book", "paper", "standard", "article", "docs", "data"]
KINDS: tuple[str, ...] = get_args(SourceKind)
IN_WORDS: Mapping[str, str] = {
    "book": "book",
    "paper": "paper",
    "standard": "standard or law",
    "article": "article",
    "docs": "documentation",
    "data": "data",
}
DATED = ("book", "paper", "standard", "article")  # documentation and price lists are kept up to date, these are not
TITLE, BY, WHERE, ADDRESS = 160, 120, 120, 300
MOST = 500

# Code is shown, not obeyed: what looks like a citation within it is none.
CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]*`)", re.DOTALL)
# `[@handle](https://…)` and, where a line begins, `[@handle]: …` are links of plain Markdown.
_MARK = re.compile(r"(?!^\[@[^\]\n]*\]:) ?\[@([^\]\n]*)\](?!\()", re.MULTILINE)
_ONE = re.compile(r"@?([a-z0-9-]+)(?:,\s*(\S.*))?")
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A book, a paper, a standard or law, an article, a page of documentation (or list prices), or a data set.

    `by` is who wrote it or whose it is, `where` its publisher or number (ISBN, RFC, DOI); `year` 0 is for what is kept
    up to date. `url` opens in the reader's browser; nothing here ever fetches it.
    """

    id: str
    title: str
    by: str
    url: str
    kind: SourceKind
    year: int = 0
    where: str = ""

    @property
    def named(self) -> str:
        """Who and when, short: "Kleppmann, 2017"."""
        return f"{self.by}, {self.year}" if self.year else self.by


@dataclass(frozen=True)
class Citation:
    """One source as a text names it; `at` is the place in it, "" for the whole."""

    id: str
    at: str = ""


def read_sources(text: str) -> tuple[Mapping[str, Source], Mapping[str, int], tuple[Problem, ...]]:
    """The sources of `sources.yaml` by id, the line of each, and what is wrong with the file."""
    root, faults = read_yaml(text, FILE)
    problems = list(faults)
    if root is None or root.kind == "nothing":
        return {}, {}, tuple(problems)
    top = Fields(root, FILE, problems, "file")
    sources: dict[str, Source] = {}
    lines: dict[str, int] = {}
    addresses: dict[str, str] = {}
    for node in top.items("sources", MOST, required=True):
        fields = Fields(node, FILE, problems, "source")
        source = _source(fields)
        if source.id in sources:
            fields.report(fields.at("id"), f"the id {source.id} again", "give each an id of its own")
        elif source.id:
            sources[source.id], lines[source.id] = source, fields.at("id")
            if source.url and (other := addresses.setdefault(source.url, source.id)) != source.id:
                fields.report(fields.at("url"), f"the address of {other} again", f"cite {other} instead")
    top.done()
    return sources, lines, tuple(problems)


def _source(fields: Fields) -> Source:
    kind = cast(SourceKind, fields.choice("kind", KINDS, "docs", required=True))
    year = fields.whole("year", 1500, 2200, 0) if "year" in fields else 0
    if kind in DATED and not year and "year" not in fields:
        fields.report(fields.line, f"a {kind} without `year`", "say when it appeared, as year: 2017")
    url = fields.text("url", ADDRESS, required=True)
    if url and (fault := url_fault(url)):
        fields.report(fields.at("url"), *fault)
    source = Source(
        id=fields.name(),
        title=fields.text("title", TITLE, required=True),
        by=fields.text("by", BY, required=True),
        url=url,
        kind=kind,
        year=year,
        where=fields.text("where", WHERE),
    )
    fields.done()
    return source


def url_fault(url: str) -> tuple[str, str] | None:
    """What is wrong with the address of a source and how to fix it, or None."""
    fix = "copy it from the browser: https://host/page"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return f"{shown(url)} is no web address", fix
    strange = bool(re.search(r"[\s<>\"'()\[\]{}\\^`|]", url))
    if parts.scheme != "https" or strange or not _HOST.fullmatch(host) or port or "@" in parts.netloc:
        return f"{shown(url)} is no web address", fix
    return None


def citations(mark: str) -> tuple[Citation, ...] | None:
    """What stands between `[@` and `]` as citations, None where it cannot be read."""
    citations_read = []
    for part in f"@{mark}".split(";"):
        one = _ONE.fullmatch(part.strip())
        if one is None or not part.strip().startswith("@"):
            return None
        citations_read.append(Citation(one[1], (one[2] or "").strip()))
    return tuple(citations_read)


def cited(text: str) -> Iterator[tuple[int, str, tuple[Citation, ...] | None]]:
    """Each citation mark of a text: its line from 1, how it is written, and what it names (None: unreadable)."""
    if "[@" not in text:
        return
    line = 1
    for number, part in enumerate(CODE.split(text)):
        if number % 2 == 0:
            for mark in _MARK.finditer(part):
                yield line + part.count("\n", 0, mark.start()), mark[0].strip(), citations(mark[1])
        line += part.count("\n")


def replaced(text: str, by: Callable[[tuple[Citation, ...]], str]) -> str:
    """The text with each citation mark, and the space before it, replaced; code and unreadable marks stay."""

    def one(mark: re.Match[str]) -> str:
        read = citations(mark[1])
        return mark[0] if read is None else by(read)

    parts = CODE.split(text)
    parts[::2] = [_MARK.sub(one, part) for part in parts[::2]]
    return "".join(parts)


def without(text: str) -> str:
    """The text without its citations, for where no list of sources can stand."""
    return replaced(text, lambda _: "")


class Numbering:
    """The sources that texts cite, numbered in the order in which they are first cited.

    `known` are the sources of the course; what it does not list has no number, `check` tells of it.
    """

    def __init__(self, known: Mapping[str, Source]) -> None:
        self._known = known
        self._places: dict[str, list[str]] = {}

    def number(self, citation: Citation) -> tuple[int, Source] | None:
        """The number of the cited source, and the source; its place is remembered for the list."""
        source = self._known.get(citation.id)
        if source is None:
            return None
        places = self._places.setdefault(source.id, [])
        if citation.at and citation.at not in places:
            places.append(citation.at)
        return list(self._places).index(source.id) + 1, source

    def entries(self) -> tuple[tuple[Source, tuple[str, ...]], ...]:
        """Each numbered source in order, with the places in it that were cited."""
        return tuple((self._known[id], tuple(places)) for id, places in self._places.items())


def citation_problems(text: str, file: str, known: Mapping[str, Source], first_line: int = 1) -> Iterator[Problem]:
    """What is wrong with the citations of a text: marks that cannot be read, and sources that there are not."""
    for number, mark, named in cited(text):
        line = first_line + number - 1
        if named is None:
            yield Problem(file, line, f"a citation that cannot be read: {shown(mark)}", "write [@id] or [@id, page 7]")
        for citation in named or ():
            if citation.id not in known:
                fix = instead(citation.id, known) if known else f"list it in {FILE}"
                yield Problem(file, line, f"no source is called {citation.id}", fix)
