"""What is made to be printed. The only room with reportlab."""

from __future__ import annotations

import io
from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, KeepInFrame, Paragraph, Spacer

from lifecycle.mastery.certificate import Certificate

INK, SOFT, ACCENT = HexColor("#1d2a33"), HexColor("#5b6b75"), HexColor("#0c6e8f")
_MARGIN = 56
# The standard fonts of every PDF reader hold Latin letters; any other becomes a question mark rather than a box.
_CHARSET = "cp1252"


def certificate_pdf(told: Certificate, title: str, name: str, on: date) -> bytes:
    """One A4 page: who (as typed), what was mastered, when, and what kind of certificate this is."""
    file = io.BytesIO()
    size = landscape(A4)
    canvas = Canvas(file, pagesize=size)
    canvas.setTitle(f"Certificate: {_latin(title)}")
    width, height = size
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(2)
    canvas.roundRect(28, 28, width - 56, height - 56, 14)
    frame = Frame(_MARGIN, 40, width - 2 * _MARGIN, height - 80)
    frame.addFromList([KeepInFrame(width - 2 * _MARGIN, height - 92, _lines(told, title, name, on))], canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def honest_words(told: Certificate) -> str:
    """What a certificate of this kind proves, and what it does not."""
    return (
        f"Self-study, unproctored: {told.right} of {told.answers} answers right over all attempts. Each idea stands on "
        "several different questions answered right, none of them last answered wrong, and most likely still "
        "remembered on this day."
    )


def _lines(told: Certificate, title: str, name: str, on: date) -> list[Flowable]:
    def line(text: str, size: float, colour: HexColor = INK, font: str = "Helvetica", after: float = 8) -> Flowable:
        style = ParagraphStyle(
            "line",
            fontName=font,
            fontSize=size,
            leading=size * 1.3,
            textColor=colour,
            alignment=TA_CENTER,
            spaceAfter=after,
        )
        return Paragraph(_escaped(text), style)

    ideas = "  ·  ".join(each.idea.label for each in told.ideas)
    return [
        Spacer(1, 22),
        line("Headwaters", 13, ACCENT, "Helvetica-Bold"),
        line("Certificate", 34, INK, "Helvetica-Bold", 18),
        line(name, 24, after=14),
        line(f"has mastered every idea of “{title}”", 14, after=16),
        line(ideas, 10, SOFT, after=16),
        line(f"{on.day} {on:%B %Y}", 12),
        line(honest_words(told), 9.5, SOFT),
    ]


def _escaped(text: str) -> str:
    return _latin(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _latin(text: str) -> str:
    return text.encode(_CHARSET, "replace").decode(_CHARSET)
