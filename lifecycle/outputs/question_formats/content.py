"""What a text shows, as a plain run of marks and words: of an author's Markdown, and of the XHTML that was made of it.

The two are read by different parsers, and nothing here knows what an export can hold: a mark of the one that the other
lacks is lost, whatever it is. Markdown is read as mkdocs shows it, with raw HTML and its usual extensions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lifecycle.documents.markup import COMMENT, MAX_NESTING

# ("word", w), ("code", text), ("open", tag), ("close", tag), ("attr", tag, name, value), ("comment", text), ("gap",),
# ("mark", name) for what only an extension shows, ("typed", html) for HTML as it stands in Markdown.
Event = tuple[str, ...]
MOST_PLACES = 200  # at which a short text is looked for: the option "a" stands in many words
GAP_MARK = "\ue001"  # stands for a blank in Markdown that is read here
_VOID = ("br", "hr", "img", "wbr", "input")
_GAPS = re.compile(f"(_____|{GAP_MARK})")
# How mkdocs' usual extensions are written: what they show is no mark of plain Markdown. These begin a line.
_BLOCKS = {
    "admonition": re.compile(r"^(?:!!!|\?\?\?\+?|///)[ \t]+\w", re.MULTILINE),
    "tab": re.compile(r'^===[+!]?[ \t]+"', re.MULTILINE),
    "footnote": re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE),
    "definition list": re.compile(r"^.+\n:[ \t]+\S", re.MULTILINE),
    "abbreviation": re.compile(r"^\*\[[^\]\n]+\]:", re.MULTILINE),
    "snippet": re.compile(r"^-+8<-+", re.MULTILINE),
    "task": re.compile(r"\A\[[ xX]\][ \t]"),
}
_INLINE = re.compile(
    r"""
    (?P<footnote>\[\^[^\]\s]+\])
    |(?P<formula>\$\$.+?\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*[^\s$\\]\$(?![\d$])|\\\(.+?\\\))
    |(?P<edit>\{(?:\+\+|--|==|>>)[^{}\n]+(?:\+\+|--|==|<<)\})
    |(?P<highlight>==(?=\S)[^=\n]+==)
    |(?P<key>\+\+[\w+-]+\+\+)
    |(?P<insertion>\^\^(?=\S)[^^\n]+\^\^)
    |(?P<superscript>(?<!\^)\^[^\s^]+\^(?!\^))
    |(?P<subscript>(?<!~)~[^\s~]+~(?!~))
    |(?P<attribute>\{:[^}\n]*\}|\{[ ]?[.\#][A-Za-z][^}\n]*\})
    |(?P<icon>(?<![\w:]):[a-z][\w+-]*:(?![\w:]))
    """,
    re.VERBOSE,
)
DIAGRAMS = ("mermaid",)  # languages of fences that mkdocs draws


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - a link is a link here
    return parser


_PARSER = _parser()


def of_markdown(markdown: str, *, inline: bool = False) -> list[Event]:
    """What the author's text shows, `GAP_MARK` in it as a gap."""
    environment: dict[str, Any] = {}
    try:
        tokens = (_PARSER.parseInline if inline else _PARSER.parse)(markdown, environment)
    except Exception:  # a fault of the parser on strange input: the exports show the text as it is, too
        return list(_words(markdown))
    notes: list[Event] = [("mark", "footnote") for label in environment.get("references", {}) if label.startswith("^")]
    return [event for token in tokens for event in _token(token)] + notes


def of_html(html: str) -> list[Event]:
    """What a piece of HTML shows."""
    reader = _Html()
    reader.feed(html)
    reader.close()
    return reader.events()


def lost(source: Sequence[Event], shown: Sequence[Event]) -> list[Event]:
    """What of the source is not shown, in order. It may stand anywhere, with anything round it, in one piece.

    HTML of the source may be there as such, or as it was typed: then its text is shown, and its elements are not.
    """
    ways = (_lost(_parted(source, typed=typed), _parted(shown)) for typed in (False, True))
    fewest = min((way for way in ways if way is not None), key=len, default=None)
    return [*source] if fewest is None else fewest


_Parted = tuple[str, list[tuple[int, Event]]]


def _lost(source: _Parted, shown: _Parted) -> list[Event] | None:
    """The marks that are not shown where the letters are; None where these are not there."""
    (text, marks), (other, others) = source, shown
    there: dict[int, Counter[Event]] = defaultdict(Counter)
    for place, mark in others:
        there[place][mark] += 1
    best: list[Event] | None = None
    for start in islice(_places_of(text, other), MOST_PLACES):
        left = {place: Counter(there[place]) for place in {start + place for place, _ in marks}}
        missing = []
        for place, mark in marks:
            if left[start + place][mark]:
                left[start + place][mark] -= 1
            else:
                missing.append(mark)
        if best is None or len(missing) < len(best):
            best = missing
        if not best:
            break
    return best


def _parted(events: Sequence[Event], *, typed: bool = False) -> _Parted:
    """The letters without any space, and each mark with how many letters stand before it."""
    letters: list[str] = []
    marks: list[tuple[int, Event]] = []
    count = 0
    for event in events:
        shows = event[0] in ("word", "code") or (typed and event[0] == "typed")
        text = "".join(event[1].split()) if shows else ""
        if event[0] not in ("word", "typed"):
            marks.append((count, event))
        letters.append(text)
        count += len(text)
    return "".join(letters), marks


def _places_of(text: str, within: str) -> Iterator[int]:
    start = within.find(text)
    while start >= 0:
        yield start
        start = within.find(text, start + 1)


def pieces(events: Sequence[Event]) -> Iterator[list[Event]]:
    """The runs between gaps."""
    piece: list[Event] = []
    for event in events:
        if event == ("gap",):
            yield piece
            piece = []
        else:
            piece.append(event)
    yield piece


def _token(token: Token) -> Iterator[Event]:
    match token.type:
        case "inline":
            for name, written in _BLOCKS.items():
                if written.search(token.content):
                    yield "mark", name
            for child in token.children or ():
                yield from _token(child)
        case "text":
            yield from _text(token.content)
        case "softbreak":
            pass
        case "code_inline":
            yield from (("open", "code"), *_words(token.content), ("close", "code"))
        case "fence" | "code_block":
            yield from (("open", "pre"), ("open", "code"))
            language, *more = token.info.strip().split(maxsplit=1) or [""]
            if language:
                yield "attr", "code", "class", f"language-{language}"
            if language in DIAGRAMS:
                yield "mark", "diagram"
            if more:  # such as `title="pull.py"`
                yield "mark", "attribute"
            yield from (("code", token.content.rstrip("\n")), ("close", "code"), ("close", "pre"))
        case "html_inline" | "html_block":
            events = of_html(token.content)
            if any(event[0] in ("open", "close") for event in events):
                # Its words belong to what is typed: `<b>word</b>` in a block is one text.
                words = [event for event in events if event[0] != "word"]
                yield from words
                yield "typed", COMMENT.sub("", token.content)
            else:
                yield from events
        case "image":
            yield "open", "img"
            yield from _attributes("img", token)
            yield from _words(token.content)
        case _ if not token.hidden and token.tag:
            if token.nesting >= 0:
                yield "open", token.tag
                yield from _attributes(token.tag, token)
            else:
                yield "close", token.tag


def _attributes(tag: str, token: Token) -> Iterator[Event]:
    for name, value in sorted(token.attrs.items()):
        if name != "alt":
            yield "attr", tag, name, str(value)


def _text(text: str) -> Iterator[Event]:
    at = 0
    for mark in _INLINE.finditer(text):
        yield from _words(text[at : mark.start()])
        yield "mark", str(mark.lastgroup)
        yield from _words(mark[0])
        at = mark.end()
    yield from _words(text[at:])


def _words(text: str) -> Iterator[Event]:
    for word in text.split():
        for part in filter(None, _GAPS.split(word)):
            yield ("gap",) if _GAPS.fullmatch(part) else ("word", part)


class _Html(HTMLParser):
    """Elements, attributes, words and comments in their order; a `span` is nothing to see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._events: list[Event] = []
        self._text = ""
        self._within: list[str] = []

    def events(self) -> list[Event]:
        self._end_text()
        return self._events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            return
        self._end_text()
        self._events.append(("open", tag))
        self._events += [("attr", tag, name, value or "") for name, value in sorted(attrs)]
        if tag not in _VOID:
            self._within.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" or tag in _VOID:
            return
        self._end_text()
        self._events.append(("close", tag))
        if tag in self._within:
            self._within.remove(tag)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self._end_text()
        self._events.append(("comment", data.strip()))

    def handle_pi(self, data: str) -> None:
        self._events.append(("comment", data))

    def _end_text(self) -> None:
        text, self._text = self._text, ""
        if "pre" in self._within and text:
            self._events.append(("code", text.rstrip("\n")))
        else:
            self._events += _words(text)
