"""Where the `<quiz>` blocks of a page are: tags outside code, matched in pairs, each with its comment.

One walk over the lines and one over the tags, so that the time grows with the length of the page whatever it holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lifecycle.documents import inline_code

_OPENED = re.compile(r"([ \t]*)<quiz>")
_TAGS = re.compile(r"</?quiz>[ \t]*")
_TAG = re.compile(r"<(/?)quiz>|<\?/?quiz\?>")
# CommonMark's fences, at any indentation (they stand in tabs and admonitions); no backtick after opening backticks.
_FENCE_OPENS = re.compile(r"[ \t]*(?:(`{3,})[^`]*|(~{3,}).*)$")
_FENCE_CLOSES = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*$")
MOST_ROWS = 12  # of one comment


class BlockFault(NamedTuple):
    """What is wrong on a line of the file (1-based) and how to fix it."""

    line: int
    what: str
    fix: str


@dataclass(frozen=True)
class QuizBlock:
    """The text between `<quiz>` and `</quiz>`, the line of the opening tag, and the comment above with its line."""

    body: str
    line: int
    comment: str | None = None
    comment_line: int = 0

    @property
    def last_line(self) -> int:
        """The line of the closing tag."""
        return self.line + self.body.count("\n")


class _Tag(NamedTuple):
    row: int
    start: int
    end: int
    kind: Literal["open", "close", "old"]


def find_blocks(text: str, first_line: int = 1) -> tuple[tuple[QuizBlock, ...], tuple[BlockFault, ...]]:
    r"""Every well-formed block of the page in order, and a fault for every tag or comment that belongs to none.

    `text` has line ends `\n` and begins on line `first_line` of its file. As in mkdocs-quiz,
    the first `</quiz>` after a `<quiz>` ends the block, even in code.
    """
    rows = text.split("\n")
    tags, comments = _walk(rows)
    faults = [
        BlockFault(tag.row + first_line, "a tag of mkdocs-quiz before version 1", "write <quiz> and </quiz>")
        for tag in tags
        if tag.kind == "old"
    ]
    tags = [tag for tag in tags if tag.kind != "old"]
    above = {index: _comment_above(rows, tags, index, comments) for index, tag in enumerate(tags) if tag.kind == "open"}
    faults += [
        BlockFault(
            row + first_line, "a question's comment that stands above no <quiz>", "put it on the line above its <quiz>"
        )
        for row in comments.keys() - above.values()
    ]
    blocks = []
    ends = _matched(tags)
    index = 0
    while index < len(tags):
        tag, end = tags[index], ends.get(index)
        if end == index + 1:
            row = above[index]
            body = _between(rows, tag, tags[end])
            comment = None if row is None else comments[row]
            blocks.append(QuizBlock(body, tag.row + first_line, comment, 0 if row is None else row + first_line))
        else:
            faults.append(_tag_fault(tags, index, end, first_line))
        index = (index if end is None else end) + 1
    return tuple(blocks), tuple(faults)


def count_of_tags(text: str) -> int:
    """How many opening tags a page has that count, in matched pairs or not."""
    return sum(tag.kind == "open" for tag in _walk(text.split("\n"))[0])


def _walk(rows: list[str]) -> tuple[list[_Tag], dict[int, str]]:
    """The tags that count, and the comments `<!-- question: … -->` outside of blocks and code by row."""
    tags: list[_Tag] = []
    comments: dict[int, str] = {}
    longest = _longest_closing_fences(rows)
    fence, inside = "", False
    for row, line in enumerate(rows):
        fenced = bool(fence)
        if fence:
            if (closes := _FENCE_CLOSES.match(line)) and closes[1].startswith(fence):
                fence = ""
        elif opens := _FENCE_OPENS.match(line):
            marks = opens[1] or opens[2]
            # A fence that nothing closes hides nothing. In a block no look ahead is needed: it ends with the block.
            if inside or len(marks) <= longest[marks[0]][row + 1]:
                fence, fenced = marks, True
        if not fenced and not inside and (comment := _comment_ending(rows, row)) is not None:
            comments[row] = comment
        if "quiz" not in line:
            continue
        quoted = list(inline_code(line)) if "`" in line else []
        for tag in _TAG.finditer(line):
            kind: Literal["open", "close", "old"]
            kind = "old" if tag[1] is None else "close" if tag[1] else "open"
            ends_block = kind == "close" and inside
            if (fenced or _within(quoted, tag.start())) and not ends_block:
                continue
            tags.append(_Tag(row, tag.start(), tag.end(), kind))
            if kind != "old":
                inside = kind == "open"
            if ends_block:
                fence, fenced = "", False
    return tags, comments


def _longest_closing_fences(rows: list[str]) -> dict[str, list[int]]:
    """For each kind of fence the length of the longest closing fence at or after each row."""
    longest = {"`": [0] * (len(rows) + 1), "~": [0] * (len(rows) + 1)}
    for row in range(len(rows) - 1, -1, -1):
        for lengths in longest.values():
            lengths[row] = lengths[row + 1]
        if closes := _FENCE_CLOSES.match(rows[row]):
            lengths = longest[closes[1][0]]
            lengths[row] = max(lengths[row], len(closes[1]))
    return longest


def _within(spans: list[tuple[int, int]], column: int) -> bool:
    before = bisect_right(spans, (column, 0)) - 1
    return before >= 0 and column < spans[before][1]


def without_tags(body: str) -> str:
    """The body without its `<quiz>` tags and each block dedented: plain Markdown on the same lines."""
    lines, indent = [], ""
    for line in body.split("\n"):
        if opened := _OPENED.match(line):
            indent = opened.group(1)
        bare = line.removeprefix(indent)
        lines.append(_TAGS.sub("", bare) if "quiz>" in bare else bare)
        if "</quiz>" in line:
            indent = ""
    return "\n".join(lines)


def question_comment(line: str) -> str | None:
    """What a line `<!-- question: who-starts; level: explain -->` says between its marks; None for any other line."""
    line = line.strip()
    if len(line) < len("<!---->") or not (line.startswith("<!--") and line.endswith("-->")):
        return None
    inner = line[4:-3].strip()
    return inner if re.match(r"question\s*:", inner) else None


def _comment_ending(rows: list[str], row: int) -> str | None:
    """What a question's comment says that ends on this row, on which or some rows above it began."""
    line = rows[row]
    if not line.rstrip().endswith("-->") or "<!--" in line:
        return question_comment(line)
    for first in range(row - 1, max(row - MOST_ROWS, -1), -1):
        if "-->" in rows[first]:
            return None
        if "<!--" in rows[first]:
            return question_comment(" ".join(part.strip() for part in rows[first : row + 1]))
    return None


def _comment_above(rows: list[str], tags: list[_Tag], index: int, comments: dict[int, str]) -> int | None:
    """The row of the comment that belongs to an opening tag: the last row above it that is not blank."""
    tag = tags[index]
    if (index and tags[index - 1].row == tag.row) or rows[tag.row][: tag.start].strip():
        return None
    row = tag.row - 1
    while row >= 0 and not rows[row].strip():
        row -= 1
    return row if row in comments else None


def _matched(tags: list[_Tag]) -> dict[int, int]:
    """For each opening tag that is closed, as brackets are, the index of its closing tag."""
    open_ones: list[int] = []
    ends = {}
    for index, tag in enumerate(tags):
        if tag.kind == "open":
            open_ones.append(index)
        elif open_ones:
            ends[open_ones.pop()] = index
    return ends


def _between(rows: list[str], start: _Tag, end: _Tag) -> str:
    if start.row == end.row:
        return rows[start.row][start.end : end.start]
    return "\n".join([rows[start.row][start.end :], *rows[start.row + 1 : end.row], rows[end.row][: end.start]])


def _tag_fault(tags: list[_Tag], index: int, end: int | None, first_line: int) -> BlockFault:
    tag = tags[index]
    if tag.kind == "close":
        fix = "remove it, or write <quiz> (lower case, nothing else between < and >) where its question begins"
        return BlockFault(tag.row + first_line, "a </quiz> without its <quiz>", fix)
    if end is not None:
        what = f"a <quiz> inside the <quiz> of line {tag.row + first_line}"
        return BlockFault(tags[index + 1].row + first_line, what, "close the first with </quiz> before the next begins")
    where = (
        f"before the <quiz> on line {tags[index + 1].row + first_line}" if index + 1 < len(tags) else "where it ends"
    )
    fix = f"write </quiz> (lower case, alone on its line) {where}"
    return BlockFault(tag.row + first_line, "a <quiz> that is not closed", fix)
