"""Where a Markdown text is code: fences, indented blocks, `code spans` and `<code>`, as places in the source.

What stands there is shown as it was typed, so no mark of ours (a blank, a tag) means anything within it. Blocks are
told apart by the parser's own rules, what stands within a line in one walk, so that time grows with the text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lifecycle.documents.markup import MAX_NESTING

Span = tuple[int, int]
# A mark that backslash takes its meaning from, a run of backticks, a comment, an element that shows code.
_MARK = re.compile(r"\\[!-/:-@\[-`{-~]|(`+)|<!--|<(code|pre|samp|kbd|tt)\b[^<>]*>", re.IGNORECASE)
# Without any of these nothing is code: a fence, a span, an element, or a deep indentation.
_SIGN = re.compile(r"[`\t]|~~~| {4}|<(?:code|pre|samp|kbd|tt)\b", re.IGNORECASE)
_IN_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
_BLOCKS = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable("inline")


def without_code(markdown: str) -> str:
    """The text with every character of code but the line ends replaced, so that all else keeps its place."""
    parts, after = [], 0
    for start, end in code_spans(markdown):
        parts += [markdown[after:start], re.sub(r"[^\n]", "\0", markdown[start:end])]
        after = end
    return "".join([*parts, markdown[after:]])


def prose_only(markdown: str) -> str:
    """The text with all but paragraphs, list items and cells replaced, so that what is left keeps its place.

    Headings, those of tables among them, code, HTML and the definitions of links are no prose.
    """
    lines = without_code(markdown).split("\n")
    try:
        tokens = _BLOCKS.parse(markdown)
    except Exception:  # as above
        tokens = []
    kept: set[int] = set()
    rows = (0, 0)
    for before, token in pairwise(tokens):
        rows = (token.map[0], token.map[1]) if token.map else rows
        if token.type == "inline" and before.type not in ("heading_open", "th_open"):
            kept.update(range(*rows))
    return "\n".join(line if number in kept else "\0" * len(line) for number, line in enumerate(lines))


def code_spans(markdown: str) -> tuple[Span, ...]:
    """Where the text is code, from start up to end, in order and apart."""
    if not _SIGN.search(markdown):
        return ()
    try:
        tokens = _BLOCKS.parse(markdown)
    except Exception:  # a fault of the parser on strange input: nothing of it is code
        return ()
    spans = sorted(_spans(tokens, markdown.split("\n")))
    apart: list[Span] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            start = apart[-1][1]
        if start < end:
            apart.append((start, end))
    return tuple(apart)


def inline_code(text: str, *, backticks: bool = True) -> Iterator[Span]:
    """Where one paragraph has code: a run of backticks up to the next of the same length, or what `<code>` holds."""
    runs: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text) if backticks else ():
        runs[run.end() - run.start()].append(run.start())
    lowered = text.translate(_IN_SMALL)
    missing: set[str] = set()  # what was looked for up to the end, in vain
    at = 0
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark[1] and backticks:
            starts = runs[len(mark[1])]
            nth = bisect_left(starts, at)
            if nth < len(starts):
                at = starts[nth] + len(mark[1])
                yield mark.start(), at
        elif mark[2] or mark[0] == "<!--":
            closing = f"</{mark[2].lower()}>" if mark[2] else "-->"
            end = -1 if closing in missing else lowered.find(closing, at)
            if end < 0:
                missing.add(closing)
            else:
                if mark[2]:
                    yield at, end
                at = end + len(closing)


def _spans(tokens: Sequence[Token], lines: list[str]) -> Iterator[Span]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    rows = (0, 0)
    cursors: dict[int, int] = {}  # of a row of a table: where its next cell may begin
    for token in tokens:
        if token.map:
            rows = (token.map[0], min(token.map[1], len(lines)))
        first, end = rows
        if token.type in ("fence", "code_block"):
            yield starts[first], starts[end]
        elif token.type == "html_block":
            whole = "\n".join(lines[first:end])
            yield from ((starts[first] + a, starts[first] + b) for a, b in inline_code(whole, backticks=False))
        elif token.type == "inline" and ("`" in token.content or "<" in token.content):
            yield from _in_lines(token.content, first, lines, starts, cursors)


def _in_lines(content: str, row: int, lines: list[str], starts: list[int], cursors: dict[int, int]) -> Iterator[Span]:
    """The code in a paragraph's text, each part of it where it stands in the source, behind the marks of its lines."""
    pieces = []
    at = 0
    for nth, piece in enumerate(content.split("\n"), row):
        column = lines[nth].find(piece, cursors.get(nth, 0)) if nth < len(lines) else -1
        if column >= 0:
            cursors[nth] = column + len(piece)
            pieces.append((at, at + len(piece), starts[nth] + column))
        at += len(piece) + 1
    for start, end in inline_code(content):
        for low, high, source in pieces:
            a, b = max(start, low), min(end, high)
            if a < b:
                yield source + a - low, source + b - low
