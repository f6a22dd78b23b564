"""Markdown set for paper: blocks become paragraphs, lists, tables and code, citations become numbers.

Content is untrusted: every word goes through `escaped`, so nothing in it means anything to reportlab's own markup, and
only addresses that lead on from paper become links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, ListFlowable, ListItem, Paragraph, Spacer, Table

from lifecycle.course.sources import Citation, Source, replaced
from lifecycle.documents import Block, Letters, blocks, inline
from lifecycle.outputs.pdf.ink import ACCENT, RULE, SOFT, WIDTH, Styles, address_lines, heading
from lifecycle.outputs.pdf.typefaces import BODY, BOLD, BOLD_ITALIC, CODE, ITALIC, escaped, width

_CITED = "#source-"
_CODE_COLUMNS = 92  # letters of code that a line of the page holds


class PaperReferences:
    """The sources that a paper cites, numbered in the order in which its texts first name them."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._known = sources
        self._places: dict[str, list[str]] = {}

    def marked(self, markdown: str) -> str:
        """The Markdown with its citations as numbers that `prose` sets raised."""
        return replaced(markdown, lambda marks: " ".join(filter(None, map(self._number, marks))))

    def _number(self, citation: Citation) -> str:
        if citation.id not in self._known:
            return ""
        places = self._places.setdefault(citation.id, [])
        if citation.at and citation.at not in places:
            places.append(citation.at)
        number = list(self._places).index(citation.id) + 1
        return f"[{number}]({_CITED}{number})"

    def listed(self, styles: Styles) -> list[Flowable]:
        """The list, with a heading; nothing where nothing was cited."""
        if not self._places:
            return []
        entries = [self._entry(number, id, styles) for number, id in enumerate(self._places, 1)]
        return [*heading("Sources", styles.heading), *entries]

    def _entry(self, number: int, id: str, styles: Styles) -> Paragraph:
        source, places = self._known[id], self._places[id]
        about = ", ".join(filter(None, (source.named, source.where)))
        at = f" See {'; '.join(places)}." if places else ""
        address = _address(source.url, styles.source)
        text = f"<i>{escaped(source.title, ITALIC)}</i>. {escaped(about)}.{escaped(at)} {address}"
        return Paragraph(text, styles.source, bulletText=f"{number}")


def prose(markdown: str, styles: Styles, look: ParagraphStyle | None = None) -> list[Flowable]:
    """The Markdown as flowables; `look` is that of its paragraphs."""
    return [made for block in blocks(markdown) for made in _block(block, styles, look or styles.body)]


def phrase(markdown: str, look: ParagraphStyle) -> Paragraph:
    """A text of one paragraph."""
    return Paragraph(_markup(inline(markdown), look.fontName), look)


def _block(block: Block, styles: Styles, look: ParagraphStyle) -> Iterator[Flowable]:
    match block.kind:
        case "paragraph":
            yield Paragraph(_markup(block.letters, look.fontName), look)
        case "heading":
            yield from (CondPageBreak(60), Paragraph(_markup(block.letters, BOLD), styles.minor))
        case "list":
            yield _list(block, styles, look)
        case "quote":
            yield from (made for inner in block.inside for made in _block(inner, styles, styles.quote))
        case "code":
            yield Paragraph("<br/>".join(map(_code_line, _wrapped(block.text))), styles.code)
        case "table":
            yield from (_table(block, styles), Spacer(1, 8))
        case "rule":
            yield HRFlowable(width="100%", color=RULE, thickness=0.6, spaceBefore=4, spaceAfter=8)


def _list(block: Block, styles: Styles, look: ParagraphStyle) -> Flowable:
    tight = ParagraphStyle("item", parent=look, spaceAfter=2.5)
    items = [
        ListItem([made for inner in item for made in _block(inner, styles, tight)] or [Spacer(1, 1)], leftIndent=16)
        for item in block.items
    ]
    counted = {"bulletType": "1", "start": block.level, "bulletFormat": "%s."}
    dotted = {"bulletType": "bullet", "start": "•"}
    looks = {"bulletFontName": BODY, "bulletFontSize": look.fontSize, "bulletColor": SOFT, "leftIndent": 16}
    return ListFlowable(items, **looks, **(counted if block.level else dotted), spaceAfter=4)


def _table(block: Block, styles: Styles) -> Table:
    """A table with a rule beneath its head; columns as wide as their longest text asks, within the page."""
    wide = max(len(row) for row in block.rows)
    cells = [
        [
            Paragraph(_markup(cell, BODY if at else BOLD), styles.cell if at else styles.head_cell)
            for cell in (*row, *((),) * (wide - len(row)))
        ]
        for at, row in enumerate(block.rows)
    ]
    lengths = [max(_length(row[n]) for row in block.rows if n < len(row)) for n in range(wide)]
    shares = [max(min(length, 260.0), 44.0) for length in lengths]
    room = WIDTH
    widths = [share * min(room / sum(shares), 1.3) for share in shares]
    rules = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, SOFT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
    ]
    return Table(cells, colWidths=widths, style=rules, hAlign="LEFT", repeatRows=1, spaceBefore=4, splitInRow=1)


def _length(cell: Sequence[Letters]) -> float:
    return width("".join(letters.text for letters in cell), BOLD, 8.8) + 16


def _markup(letters: Sequence[Letters], font: str) -> str:
    return "".join(_one(part, font) for part in letters)


def _one(letters: Letters, font: str) -> str:
    if letters.href.startswith(_CITED) and letters.text == letters.href.removeprefix(_CITED):
        return f'<super size="7" rise="4"><font color="{_hex(ACCENT)}">{escaped(letters.text)}</font></super>'
    bold, italic = letters.bold or font in (BOLD, BOLD_ITALIC), letters.italic != (font in (ITALIC, BOLD_ITALIC))
    name = CODE if letters.code else {(0, 0): BODY, (1, 0): BOLD, (0, 1): ITALIC, (1, 1): BOLD_ITALIC}[bold, italic]
    text = "<br/>".join(escaped(part, name) for part in letters.text.split("\n"))
    size = ' size="-1"' if letters.code else ""
    text = f'<font name="{name}"{size}>{text}</font>'
    if letters.struck:
        text = f"<strike>{text}</strike>"
    return _link(letters.href, None, text) if ":" in letters.href else text


def _link(href: str, shown: str | None, markup: str = "") -> str:
    address = escaped(href).replace('"', "&quot;").replace("'", "&#39;")
    return f'<a href="{address}" color="{_hex(ACCENT)}">{markup if shown is None else escaped(shown)}</a>'


def _address(url: str, look: ParagraphStyle) -> str:
    """An address that is linked; one longer than a line is parted where it may be."""
    lines = address_lines(url, look, WIDTH - look.leftIndent - 1)
    return _link(url, None, "<br/>".join(map(escaped, lines)))


def _hex(colour: object) -> str:
    return f"#{colour.hexval()[2:]}"  # type: ignore[attr-defined]


def _wrapped(code: str) -> Iterator[str]:
    """Lines of code, long ones broken where the page ends."""
    for written in code.split("\n"):
        text = written.expandtabs(4)
        yield text[:_CODE_COLUMNS]
        for start in range(_CODE_COLUMNS, len(text), _CODE_COLUMNS - 2):
            yield f"  {text[start : start + _CODE_COLUMNS - 2]}"


def _code_line(text: str) -> str:
    return escaped(text, CODE).replace("  ", "&nbsp;&nbsp;")
