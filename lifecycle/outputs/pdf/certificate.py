"""The certificate: one page that says who, what, when, and what kind of certificate this is."""

from __future__ import annotations

import io
from datetime import date

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, KeepInFrame, Spacer

from lifecycle.learning.mastery.certificate import Certificate
from lifecycle.outputs.pdf.ink import ACCENT, INK, SOFT, style
from lifecycle.outputs.pdf.ink import line as set_line
from lifecycle.outputs.pdf.typefaces import BODY, BOLD

_MARGIN = 56


def certificate_pdf(certificate: Certificate, title: str, name: str, on: date) -> bytes:
    """One A4 page: who (as typed), what was mastered, when, and what kind of certificate this is."""
    file = io.BytesIO()
    size = landscape(A4)
    canvas = Canvas(file, pagesize=size, invariant=1, lang="en")
    canvas.setTitle(f"Certificate: {title}")
    canvas.setAuthor("Headwaters")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    width, height = size
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(2)
    canvas.roundRect(28, 28, width - 56, height - 56, 14)
    frame = Frame(_MARGIN, 40, width - 2 * _MARGIN, height - 80)
    frame.addFromList([KeepInFrame(width - 2 * _MARGIN, height - 92, _lines(certificate, title, name, on))], canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def honest_words(certificate: Certificate) -> str:
    """What a certificate of this kind proves, and what it does not."""
    return (
        f"Self-study, unproctored: {certificate.right} of {certificate.answers} answers right over all attempts. Each "
        "idea stands on several different questions answered right, none of them last answered wrong, and most likely "
        "still remembered on this day."
    )


def _lines(certificate: Certificate, title: str, name: str, on: date) -> list[Flowable]:
    def line(text: str, size: float, colour: Color = INK, font: str = BODY, after: float = 8) -> Flowable:
        look = style("line", size, fontName=font, leading=size * 1.3, textColor=colour, alignment=TA_CENTER)
        look.spaceAfter = after
        return set_line(text, look)

    ideas = "  ·  ".join(mastery.idea.label for mastery in certificate.ideas)
    return [
        Spacer(1, 22),
        line("Headwaters", 13, ACCENT, BOLD),
        line("Certificate", 34, INK, BOLD, 18),
        line(name, 24, after=14),
        line(f"has mastered every idea of “{title}”", 14, after=16),
        line(ideas, 10, SOFT, after=16),
        line(f"{on.day} {on:%B %Y}", 12),
        line(honest_words(certificate), 9.5, SOFT),
    ]
