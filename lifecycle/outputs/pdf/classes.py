"""What a class leaves on paper: its results, and before it a slip with a code to scan for every seat."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from lifecycle.classroom import DELETED, ResultLine, Round
from lifecycle.outputs.pdf.codes import qr
from lifecycle.outputs.pdf.ink import ACCENT, GROUND, RULE, WIDTH, Styles, address_lines, heading, line
from lifecycle.outputs.pdf.pages import paper
from lifecycle.outputs.pdf.typefaces import escaped
from lifecycle.words import measured

_BAR, _COUNT = 150.0, 84.0
_COLUMNS, _CODE, _INSET = 3, 78.0, 8.0
_BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def class_pdf(title: str, code: str, rounds: Sequence[Round], erased: str) -> bytes:
    """The results of a class as a PDF; `erased` says when the server deletes them."""
    styles = Styles()
    story: list[Flowable] = [
        line(f"Results of the class {code}", styles.kicker),
        line(title, styles.title),
        line(
            f"No names were asked. On the server the class {DELETED} on {erased}; this paper is yours.", styles.summary
        ),
    ]
    if not rounds:
        story.append(line("Nobody has voted yet.", styles.body))
    for round_ in rounds:
        story += _round(round_, styles)
    return paper(story, f"Results: {title}", f"{title} · class {code}")


def _round(round_: Round, styles: Styles) -> list[Flowable]:
    where = f"Step {round_.step}: {round_.headline}" if round_.step else round_.headline
    right = "" if round_.right is None else f", {round_.right} right"
    people = "1 person" if round_.voters == 1 else f"{round_.voters} people"
    nth = " · second vote" if round_.round == 2 else ""
    shown = [line(f"{where}{nth}", styles.kicker), *heading(round_.question, styles.minor)]
    truth = f" {round_.truth}." if round_.truth else ""
    shown.append(line(f"{people} answered{right}.{truth}", styles.caption))
    return [CondPageBreak(90), Spacer(1, 8), *shown, *(_texts if round_.kind == "open" else _table)(round_, styles)]


def _table(round_: Round, styles: Styles) -> list[Flowable]:
    rows = [_row(round_, answer, styles) for answer in round_.lines]
    return [Table(rows, colWidths=[WIDTH - _BAR - _COUNT, _BAR, _COUNT], style=_BARE)]


def _texts(round_: Round, styles: Styles) -> list[Flowable]:
    """Short texts as a list: nearly all are written once, and a bar for each would say nothing."""
    texts = [f"{text.answer} ({text.count} times)" if text.count > 1 else str(text.answer) for text in round_.lines]
    return [line(f"• {text}", styles.option) for text in texts]


def _row(round_: Round, answer: ResultLine, styles: Styles) -> list[Flowable | str]:
    words = answer.answer if isinstance(answer.answer, str) else measured(answer.answer, round_.unit)
    share = answer.count / round_.voters
    sign = "✓ " if answer.right else ""
    bar = Drawing(_BAR, 11)
    bar.add(Rect(0, 1, _BAR - 8, 9, fillColor=GROUND, strokeColor=None))
    bar.add(Rect(0, 1, (_BAR - 8) * share, 9, fillColor=ACCENT, strokeColor=None))
    return [line(f"{sign}{words}", styles.cell), bar, line(f"{answer.count} ({100 * share:.0f} %)", styles.cell)]


def slips_pdf(title: str, code: str, slips: Sequence[tuple[int, str]]) -> bytes:
    """A slip for each seat, `slips` pairs of a number and the address that takes it; to be cut along the lines."""
    styles = Styles()
    cells: list[list[Flowable] | str] = [_slip(title, code, seat, link, styles) for seat, link in slips]
    cells += [""] * (-len(cells) % _COLUMNS)
    rows = [cells[at : at + _COLUMNS] for at in range(0, len(cells), _COLUMNS)]
    look = [
        ("GRID", (0, 0), (-1, -1), 0.6, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), _INSET),
        ("RIGHTPADDING", (0, 0), (-1, -1), _INSET),
        ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    table = Table(rows, colWidths=[WIDTH / _COLUMNS] * _COLUMNS, style=look)
    return paper([table], f"Seats: {title}", f"{title} · class {code} · one slip for each seat, for one phone")


def _slip(title: str, code: str, seat: int, link: str, styles: Styles) -> list[Flowable]:
    drawn = qr(link, _CODE)
    lines = address_lines(link, styles.caption, WIDTH / _COLUMNS - 2 * _INSET - 1)
    return [
        line(f"Seat {seat}", styles.step),
        *([drawn] if drawn is not None else []),
        line(f"To vote in “{title}”, scan it or type:", styles.cell),
        Paragraph("<br/>".join(map(escaped, lines)), styles.caption),
        line(f"Class {code}, for one phone", styles.caption),
    ]
