"""The looks that all papers share: colours, sizes, paragraph styles, and text on a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from reportlab.graphics.shapes import Group, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from lifecycle.outputs.pdf.typefaces import BODY, BOLD, CODE, ITALIC, coverage, escaped, spans, width

INK, SOFT, RULE = HexColor("#1d2a33"), HexColor("#55646e"), HexColor("#c9d2d8")
ACCENT, TINT, GROUND = HexColor("#0b6e8f"), HexColor("#e3f1f6"), HexColor("#f3f6f8")
ALARM = HexColor("#b3261e")
Anchor = Literal["start", "middle", "end"]
WIDTH = 483.0
"""Points between the margins of an A4 page."""
# The smallest type of a picture on paper, in points: what an eye reads at arm's length.
LEAST = 7.0


def style(name: str, size: float, **more: object) -> ParagraphStyle:
    """A paragraph style in the house's letters; the rest of it by name."""
    coverage()
    plain = {"fontName": BODY, "fontSize": size, "leading": size * 1.38, "textColor": INK, "bulletFontName": BODY}
    plain |= {"allowWidows": 0, "allowOrphans": 0}
    return ParagraphStyle(name, **(plain | more))


class Styles:
    """Every paragraph style of a hand-out, made once."""

    def __init__(self) -> None:
        self.title = style("title", 24, fontName=BOLD, leading=28, spaceAfter=2)
        self.kicker = style("kicker", 8.5, textColor=ACCENT, fontName=BOLD, leading=12)
        self.summary = style("summary", 11.5, leading=16, textColor=SOFT, spaceAfter=8)
        self.heading = style("heading", 13, fontName=BOLD, leading=17, spaceBefore=11, spaceAfter=3)
        self.minor = style("minor", 10.5, fontName=BOLD, leading=14, spaceBefore=7, spaceAfter=2)
        self.body = style("body", 9.8, leading=14, spaceAfter=5)
        self.large = style("large", 12, leading=17, spaceAfter=6)
        self.step = style("step", 16, fontName=BOLD, leading=20, spaceAfter=3)
        self.option = style("option", 9.8, leading=14, leftIndent=26, firstLineIndent=-14, spaceAfter=2)
        self.quote = style("quote", 9.8, leading=14, spaceAfter=5, leftIndent=12, textColor=SOFT)
        self.cell = style("cell", 8.8, leading=12)
        self.head_cell = style("head-cell", 8.8, leading=12, fontName=BOLD)
        self.code = style("code", 8.2, fontName=CODE, leading=11.5, backColor=GROUND, borderPadding=(4, 6, 5, 6))
        self.code.spaceBefore, self.code.spaceAfter = 6, 11
        self.code.leftIndent = self.code.rightIndent = 6
        self.finding = style("finding", 9.8, fontName=BOLD, leading=13, spaceBefore=8, spaceAfter=2)
        self.caption = style("caption", 8, textColor=SOFT, leading=11, spaceAfter=6)
        self.source = style("source", 8.6, leading=12, leftIndent=18, bulletIndent=0, spaceAfter=2)
        self.notes = style("notes", 9.4, fontName=ITALIC, leading=13.4)
        self.link = style("link", 9, textColor=SOFT, leading=12)


def line(text: str, look: ParagraphStyle, **more: object) -> Paragraph:
    """A paragraph that shows exactly this text."""
    return Paragraph(escaped(text, look.fontName), look, **more)


class Heading(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A line that the reader's bookmarks name, too."""

    named = ""  # what they call it; "" for the rest of one that a page's end has parted

    def split(self, wide: float, high: float) -> list[Flowable]:
        """The first part keeps the bookmark."""
        parts: list[Flowable] = super().split(wide, high)
        for part in parts[:1]:
            part.named = self.named
        return parts

    def draw(self) -> None:
        """Draw it, and have the page note where it stands."""
        super().draw()
        if self.named:
            self.canv.bookmarked(self.named, self.canv.absolutePosition(0, self.height)[1])


def bookmark(text: str, look: ParagraphStyle) -> Heading:
    """A line that shows exactly this text, and is found by it."""
    made = Heading(escaped(text, look.fontName), look)
    made.named = text
    return made


def heading(text: str, look: ParagraphStyle) -> list[Flowable]:
    """A heading with room for some lines of what it heads: kept with all of that, a long table would leave a hole."""
    return [CondPageBreak(5.5 * look.leading), line(text, look) if look.name == "minor" else bookmark(text, look)]


def address_lines(link: str, look: ParagraphStyle, room: float, first: float = 0.0) -> list[str]:
    """An address in lines of at most `room` points, `first` less for the first: parted at its signs, in no number."""
    lines, left = [""], room - first
    for piece in _pieces(link, look, room):
        if lines[-1] and width(lines[-1] + piece, look.fontName, look.fontSize) > left:
            lines.append("")
            left = room
        lines[-1] += piece
    return lines


def _pieces(link: str, look: ParagraphStyle, room: float) -> Iterator[str]:
    """Where an address may be parted: before ? and &, after / and commas; a piece that is no line, between letters."""
    for piece in re.findall(r"[?&#]?[^?&#,/]*[,/]*", link):
        if width(piece, look.fontName, look.fontSize) <= room:
            yield piece
            continue
        for token in re.findall(r"[0-9][0-9.]*|[^0-9]", piece):
            yield from (token,) if width(token, look.fontName, look.fontSize) <= room else token


def lettering(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    font: str = BODY,
    colour: Color = INK,
    anchor: Anchor = "start",
    most: float | None = None,
    least: float = LEAST,
    narrow: float = 1.0,
) -> Group:
    """A line of text on a drawing; one wider than `most` points is set smaller, down to `least`, then cut.

    Where letters may be as `narrow` as a share of their width, they are before anything is cut.
    """
    squeeze = 1.0
    if most is not None:
        whole, full = text, size
        text, size = fitted(whole, font, full, most, least)
        if text != whole and narrow < 1.0:
            text, size = fitted(whole, font, full, most / narrow, least)
            squeeze = min(1.0, most / max(width(text, font, size), 0.01))
    total = width(text, font, size)
    at = -{"start": 0.0, "middle": total / 2, "end": total}[anchor]
    group = Group()
    group.translate(x, 0)
    group.scale(squeeze, 1)
    for name, part in spans(text, font):
        string = String(at, y, part, fontName=name, fontSize=size, fillColor=colour)
        wide = width(part, name, size)
        # a browser that lacks the font sets another one to the same length
        string._svgAttrs = {"textLength": f"{wide:.2f}", "lengthAdjust": "spacingAndGlyphs"}
        group.add(string)
        at += wide
    return group


def fitted(text: str, font: str, size: float, most: float, least: float = LEAST) -> tuple[str, float]:
    """The text and size at which a line fits `most` points: no smaller than `least`, nor than three quarters."""
    small = min(size, max(0.75 * size, least, size * most / max(width(text, font, size), 0.01)))
    if width(text, font, small) <= most + 0.01:
        return text, small
    while text and width(f"{text}…", font, small) > most:
        text = text[:-1]
    return f"{text.rstrip()}…", small
