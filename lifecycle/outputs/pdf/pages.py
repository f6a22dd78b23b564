"""A4 pages: the frame that text flows through, with what it is and the page's number at the foot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from lifecycle.outputs.pdf.ink import RULE, SOFT, WIDTH, lettering

_SIDE = (A4[0] - WIDTH) / 2
_TOP, _FOOT = 48.0, 58.0


def paper(story: Sequence[Flowable], title: str, foot: str) -> bytes:
    """The story as a PDF called `title`; `foot` stands on every page. Equal stories give equal bytes."""
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=title, author="Headwaters", invariant=1, lang="en")
    frame = Frame(
        _SIDE, _FOOT, WIDTH, A4[1] - _TOP - _FOOT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build(list(story), canvasmaker=_numbered(foot))
    return file.getvalue()


def _numbered(foot: str) -> type[Canvas]:
    """A canvas that writes the foot of each page when it knows how many there are, and bookmarks what was noted."""

    class Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            self._pages: list[dict[str, Any]] = []
            self._noted: list[tuple[int, str, float]] = []
            self.setViewerPreference("DisplayDocTitle", "true")

        def bookmarked(self, named: str, top: float) -> None:
            """A place of this page that the bookmarks name; pages are made at the end, and so are these."""
            self._noted.append((len(self._pages) + 1, named, top))

        def showPage(self) -> None:  # noqa: N802 - the name is reportlab's
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                for nth, (at, named, top) in enumerate(self._noted):
                    if at == number:
                        self.bookmarkPage(f"place-{nth}", fit="XYZ", left=0, top=top + 6, zoom=0)
                        self.addOutlineEntry(named, f"place-{nth}")
                _foot(self, foot, f"{number} of {len(self._pages)}")
                Canvas.showPage(self)
            Canvas.save(self)

    return Numbered


def _foot(canvas: Canvas, foot: str, number: str) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(_SIDE, _FOOT - 16, A4[0] - _SIDE, _FOOT - 16)
    drawing = Drawing(WIDTH, 10)
    drawing.add(lettering(foot, 0, 0, 8, colour=SOFT, most=WIDTH - 60))
    drawing.add(lettering(number, WIDTH, 0, 8, colour=SOFT, anchor="end"))
    renderPDF.draw(drawing, canvas, _SIDE, _FOOT - 28)
