"""Markdown as plain data for anyone who sets it otherwise than HTML does: blocks, and runs of letters in one look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markdown_it.token import Token

from lifecycle.documents.markup import COMMENT, link_fault
from lifecycle.documents.rendering import parsed

BlockKind = Literal["paragraph", "heading", "list", "quote", "code", "table", "rule"]


@dataclass(frozen=True)
class Letters:
    """A run of text in one look.

    `href` is an address that leads on from other programs too, or one within the same text (`#…`).
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    """One block. `letters` of a paragraph or heading (of `level`); `inside` of a quote; `text` of code.

    A list has its `items`, and counts from `level`, or has dots where that is 0. A table has its `rows`, the first of
    which is its head.
    """

    kind: BlockKind
    letters: tuple[Letters, ...] = ()
    level: int = 0
    text: str = ""
    inside: tuple[Block, ...] = ()
    items: tuple[tuple[Block, ...], ...] = ()
    rows: tuple[tuple[tuple[Letters, ...], ...], ...] = ()


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of the text; never raises. HTML stands as it was typed, comments are dropped."""
    try:
        tokens = parsed(markdown)
    except Exception:  # a fault of the parser on strange input: the text as it is
        return (Block("paragraph", (Letters(markdown),)),)
    return tuple(_blocks(tokens))


def inline(markdown: str) -> tuple[Letters, ...]:
    """The letters of a text of one paragraph, or of all its blocks one after the other."""
    return tuple(letters for block in blocks(markdown) for letters in _all(block))


def _all(block: Block) -> Iterator[Letters]:
    yield from block.letters or ((Letters(block.text),) if block.text else ())
    for one in (*block.inside, *(inner for item in block.items for inner in item)):
        yield from _all(one)
    for row in block.rows:
        for cell in row:
            yield from cell


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        token, end = tokens[at], _end(tokens, at)
        inner = tokens[at + 1 : end]
        match token.type:
            case "paragraph_open":
                yield from _paragraph(inner[0])
            case "heading_open":
                yield Block("heading", _letters(inner[0]), level=int(token.tag[1]))
            case "bullet_list_open" | "ordered_list_open":
                first = int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else 0
                yield Block("list", level=first, items=tuple(tuple(_blocks(item)) for item in _parts(inner)))
            case "blockquote_open":
                yield Block("quote", inside=tuple(_blocks(inner)))
            case "fence" | "code_block":
                yield Block("code", text=token.content.rstrip("\n"))
            case "html_block":
                shown = COMMENT.sub("", token.content).strip()
                if shown:
                    yield Block("paragraph", (Letters(shown),))
            case "table_open":
                yield Block("table", rows=tuple(_rows(inner)))
            case "hr":
                yield Block("rule")
        at = end + 1


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where what opens at `at` closes; `at` itself where it does not open."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place
    return len(tokens) - 1


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What lies within each of the things that stand side by side."""
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        yield tokens[at + 1 : end]
        at = end + 1


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[tuple[Letters, ...], ...]]:
    for part in _parts(tokens):  # head and body
        for row in _parts(part):
            yield tuple(_letters(cell[0]) for cell in _parts(row))


def _paragraph(token: Token) -> Iterator[Block]:
    letters = _letters(token)
    if "".join(run.text for run in letters).strip():
        yield Block("paragraph", letters)


def _letters(token: Token) -> tuple[Letters, ...]:
    look = Letters("")
    runs: list[Letters] = []
    for child in token.children or ():
        match child.type:
            case "text" | "image":
                runs.append(replace(look, text=child.content))
            case "code_inline":
                runs.append(replace(look, text=child.content, code=True))
            case "html_inline":
                runs.append(replace(look, text=COMMENT.sub("", child.content)))
            case "softbreak":
                runs.append(replace(look, text=" "))
            case "hardbreak":
                runs.append(replace(look, text="\n"))
            case "strong_open" | "strong_close":
                look = replace(look, bold=child.nesting > 0)
            case "em_open" | "em_close":
                look = replace(look, italic=child.nesting > 0)
            case "s_open" | "s_close":
                look = replace(look, struck=child.nesting > 0)
            case "link_open":
                look = replace(look, href=_leads(str(child.attrs.get("href", ""))))
            case "link_close":
                look = replace(look, href="")
    return tuple(run for run in runs if run.text)


def _leads(href: str) -> str:
    return href if (":" in href or href.startswith("#")) and link_fault(href) is None else ""
