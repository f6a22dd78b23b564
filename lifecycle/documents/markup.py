"""Markdown checked for what must not reach a page, and cut into its sections.

Pages never render HTML from content; this check tells the author before a learner sees a bare `<b>`. Nothing is loaded
from the internet, so pictures are refused too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lifecycle.documents.problems import Problem, instead, shown

MAX_NESTING = 20
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LINKS = ("http:", "https:", "mailto:")
_PLACE = re.compile(r"\?(?:[^#]*&)?stage=([^&#]*)")


@dataclass(frozen=True)
class Section:
    """One `##` section: its heading as plain text and its Markdown; `line` is the file's line of the heading."""

    heading: str
    markdown: str
    line: int = 1


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    # The parser would leave a dangerous link as text, and another renderer might not: take every link, judge it here.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser.disable(["inline", "text_join"])  # see `_parse`


_PARSER = _parser()
_BRACKET = re.compile(r"[\[\]]")


def markup_problems(
    markdown: str, file: str, first_line: int = 1, places: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """HTML other than comments, dangerous links, pictures, and nesting too deep to read. `first_line` is the file's.

    Where `places` are given, a link `?stage=…` must name one of them.
    """
    lines = markdown.split("\n")
    if deep := _deep_brackets(lines):
        return (Problem(file, first_line + deep - 1, "brackets nested too deep", f"nest at most {MAX_NESTING}"),)
    if _is_harmless(markdown, places):
        return ()
    tokens = _parse_once(markdown)
    if tokens is None:
        return (Problem(file, first_line, "cannot be read as Markdown", "simplify it"),)
    problems: set[Problem] = set()
    for block in _blocks(tokens):
        start, end = block.map or (0, len(lines))
        if block.level >= MAX_NESTING - 1:
            what = f"quotes or lists nested {MAX_NESTING} deep"
            problems.add(Problem(file, first_line + start, what, "flatten them"))
        for needle, what, fix in _faults(block, places):
            numbers = [n for n in range(start, min(end, len(lines))) if needle in lines[n]] or [start]
            problems.update(Problem(file, first_line + number, what, fix) for number in numbers)
    return tuple(sorted(problems))


# A comment that any reading of the text takes for one, or for words: it holds neither `<` nor a bracket, so that no
# code span that begins before it lays a fault of it bare. It stands at the end of its line, or behind a word; over
# several lines only from the beginning of a line, where no list ends before it.
_WITHIN = r"(?!-?>)(?:[^<\[\]-]|-(?!-))*-->"
_IN_A_LINE = _WITHIN.replace("[^<", "[^\\n<")
_BEHIND_A_WORD = "|".join(rf"(?<=\w{between}<!--)" for between in ("", " ", r"\*\*", r"\*\* "))
_COMMENTS = re.compile(
    rf"<!--(?:(?:(?<=^<!--){_WITHIN}|{_IN_A_LINE})[ \t]*$|(?:{_BEHIND_A_WORD}){_IN_A_LINE})", re.MULTILINE
)
# The target of a link as nearly all are written: nothing to escape, no title.
_TARGET = re.compile(r"\]\(((?:https?://|\?)[^\s()<>\[\]\\;]*)\)")
# What a text must hold for any link or HTML; and, besides, for any fault: a picture, or a line that begins deep in.
_LINKED = re.compile(r"<[A-Za-z/!?]|\]\(|\]:")
_SUSPECT = re.compile(rf"{_LINKED.pattern}|!\[|^[\s>*+.)0-9-]{{{MAX_NESTING - 2}}}", re.MULTILINE)


def _is_harmless(markdown: str, places: Collection[str] | None = None) -> bool:
    """Whether a look at the text is enough: parsing takes most of the time of reading a course."""
    bare = _COMMENTS.sub("\0", markdown)
    if any(link_fault(match[1], places) for match in _TARGET.finditer(bare)):
        return False
    return not _SUSPECT.search(_TARGET.sub("\0", bare))


@lru_cache(maxsize=4)
def _parse_once(markdown: str) -> list[Token] | None:
    """The tokens of a text that is asked for its sections and for its faults."""
    return _parse(markdown)


def _parse(markdown: str, environment: dict[str, Any] | None = None) -> list[Token] | None:
    """The blocks of a text, and what stands within those where a link or HTML can be."""
    environment = {} if environment is None else environment
    try:
        tokens = _PARSER.parse(markdown, environment)
        named = bool(environment.get("references"))
        for token in tokens:
            if token.type == "inline" and (_LINKED.search(token.content) or (named and "]" in token.content)):
                token.children = _PARSER.inline.parse(token.content, _PARSER, environment, [])
    except Exception:  # a fault of the parser on strange input is the author's text at fault, not the app's end
        return None
    return tokens


def _blocks(tokens: Iterable[Token]) -> Iterator[Token]:
    """Every block token, each with the lines of the nearest block around it that knows them."""
    lines: list[int] | None = None
    for token in tokens:
        if token.map:
            lines = token.map
        elif lines:
            token.map = lines
        yield token


def _deep_brackets(lines: list[str]) -> int:
    """The first line (from 1) on which a paragraph has more open `[` than the parser follows, or 0."""
    if sum(line.count("[") for line in lines) <= MAX_NESTING:
        return 0
    depth = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            depth = 0
        for bracket in _BRACKET.findall(line):
            depth = depth + 1 if bracket == "[" else max(0, depth - 1)
            if depth > MAX_NESTING:
                return number
    return 0


def _faults(token: Token, places: Collection[str] | None) -> Iterator[tuple[str, str, str]]:
    """(what to look for in the lines, what is wrong, how to fix it) of a token and those within it."""
    if token.type in ("html_block", "html_inline"):
        html = COMMENT.sub("", token.content).strip()
        if html:
            first = html.split("\n")[0]
            yield first, f"HTML in Markdown: {shown(first)}", "write it in Markdown, or in `backticks` to show it"
    elif token.type == "image":
        source = str(token.attrs.get("src", ""))
        yield source, f"a picture: {shown(source)}", "describe it in words: nothing is loaded from outside"
    elif token.type == "link_open" and (fault := link_fault(str(token.attrs.get("href", "")), places)):
        yield str(token.attrs.get("href", "")), *fault
    for child in token.children or ():
        yield from _faults(child, places)


def link_fault(href: str, places: Collection[str] | None = None) -> tuple[str, str] | None:
    """What is wrong with a link's target, or None. The web, mail and places of this app (`?stage=lake`) are fine."""
    target = href.strip().lower()
    scheme = _SCHEME.match(target)
    if scheme and scheme.group() not in _LINKS:
        return f"a link to {shown(scheme.group())}", "link to an http or https address"
    if not scheme and not target.startswith(("?", "#")):
        return f"a link to the file {shown(href)}", "link to a place as ?stage=its-id, or to a web address"
    named = _PLACE.match(href)
    if named and places is not None and named.group(1) not in places:
        return f"a link to the unknown place {shown(named.group(1))}", instead(named.group(1), places)
    return None


def links(markdown: str, first_line: int = 1) -> tuple[tuple[int, str], ...]:
    """(line of the file, target) of every link that a page shows, in order: with a title, by reference, or an address.

    What stands in code is no link. `first_line` is the file's line that the text begins on.
    """
    lines = markdown.split("\n")
    environment: dict[str, Any] = {}
    if not _LINKED.search(markdown) or _deep_brackets(lines):
        return ()
    tokens = _parse(markdown, environment) or []
    defined: dict[str, int] = {}
    for reference in environment.get("references", {}).values():
        defined.setdefault(str(reference["href"]), reference["map"][0])
    targets = []
    for block in _blocks(tokens):
        start, end = block.map or (0, len(lines))
        places: Counter[str] = Counter()
        for child in block.children or ():
            if child.type == "link_open":
                href = str(child.attrs.get("href", ""))
                rows = [n for n in range(start, min(end, len(lines))) for _ in range(lines[n].count(href)) if href]
                # The same target twice in a paragraph: the second one stands where its words stand for the second time.
                place = rows[min(places[href], len(rows) - 1)] if rows else defined.get(href, start)
                places[href] += 1
                targets.append((first_line + place, href))
    return tuple(targets)


# Where none of these stands, each line that begins with `##` is a heading of its own, and there is no other: code, HTML
# or a definition that goes on over lines, the other ways to write a heading, the head of a table.
_UNPLAIN = re.compile(r"```|~~~|<|\]:|^[ \t]*-+[ \t]*$|^ +##|^##.*\n[-:| \t]+$", re.MULTILINE)


def _heads_at_a_look(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """As `_heads`, without parsing."""
    for number, line in enumerate(lines):
        if line.startswith("##") and line[2:3] in ("", " ", "\t"):
            words = line[2:].rstrip(" \t")
            closed = words.rstrip("#")
            yield number, number + 1, (closed if closed.endswith((" ", "\t")) else words).strip()


def _heads(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Each `##` heading: its first line, the line after its last, its words."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map:
            yield token.map[0], token.map[1], tokens[place + 1].content.strip()


def sections(markdown: str, file: str, first_line: int = 1) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The `##` sections of a body. Text before the first, an empty section and a heading twice are problems."""
    lines = markdown.split("\n")
    heads = list(_heads_at_a_look(lines) if _UNPLAIN.search(markdown) is None else _heads(_parse_once(markdown) or []))
    problems: list[Problem] = []
    parts: list[Section] = []
    lead = lines[: heads[0][0]] if heads else lines
    if COMMENT.sub("", "\n".join(lead)).strip():
        at = next(number for number, line in enumerate(lead) if line.strip())
        what = "text before the first `##` heading" if heads else "text without a `##` heading"
        problems.append(Problem(file, first_line + at, what, "begin a section with `## Its heading`"))
    elif not heads:
        problems.append(Problem(file, first_line, "no section", "write at least one `## Heading` with text below it"))
    ends = [*(start for start, _, _ in heads[1:]), len(lines)]
    for (start, body, heading), end in zip(heads, ends, strict=False):
        text = "\n".join(lines[body:end]).strip()
        line = first_line + start
        if not heading:
            problems.append(Problem(file, line, "a heading without words", "name the section"))
        if not COMMENT.sub("", text).strip():
            problems.append(Problem(file, line, f"the section {shown(heading)} is empty", "write it or remove it"))
        if any(section.heading == heading for section in parts):
            problems.append(Problem(file, line, f"the section {shown(heading)} stands twice", "join the two"))
        parts.append(Section(heading, text, line))
    return tuple(parts), tuple(problems)
