"""A run as it is printed: its settings in words, its state at a moment, its figures and charts, and its link."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from lifecycle.charts.headlines import Headline
from lifecycle.charts.spec import ChartSpec
from lifecycle.course.pipeline import Pipeline
from lifecycle.outputs.pdf.codes import qr
from lifecycle.outputs.pdf.diagram import diagram, signs
from lifecycle.outputs.pdf.ink import RULE, WIDTH, Styles, address_lines, bookmark, line
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.outputs.pdf.prose import phrase
from lifecycle.outputs.pdf.typefaces import BODY, BOLD, escaped, width
from lifecycle.simulation.readings.frames import Frames
from lifecycle.words import DAY_S, clock

CHART = 112.0
NO_ADDRESS = (
    "No address is known at which another machine finds this page. Start the server with HEADWATERS_PUBLIC_URL, and "
    "the paper carries links and codes."
)
_CODE = 78.0
# Figures side by side: more would break their values.
_MOST_ACROSS = 6


@dataclass(frozen=True, eq=False)
class Scene:
    """One state of the app and the run that it shows.

    `link` is an address that leads here from any machine, "" where none is known.
    `settings` are pairs of what and its words, the seed among them. `svg` is the pipeline as `graph` drew it, left to
    right, "" where it could not; `marked` the selected place. `moment_s` is a second of the day; without
    `frames` the picture is at rest. It shows the zones of `frame` alone, or all there is.
    """

    link: str
    settings: tuple[tuple[str, str], ...]
    frames: Frames | None
    moment_s: float
    figures: tuple[Headline, ...]
    charts: tuple[ChartSpec, ...]
    svg: str
    marked: str | None = None
    frame: tuple[str, ...] = ()


def head(over: str, title: str, summary: str, link: str, styles: Styles) -> list[Flowable]:
    """The top of the first page: what it is, in one sentence too, and the way to it as a code and in print."""
    words = [line(over, styles.kicker), bookmark(title, styles.title), phrase(summary, styles.summary)]
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    table = Table([[words, link_code(link, _CODE, styles)]], colWidths=[WIDTH - _CODE, _CODE], style=look)
    return [table, *link_line(link, styles), Spacer(1, 8)]


def picture(pipeline: Pipeline, scene: Scene, wide: float = WIDTH, most: float | None = None) -> Drawing | None:
    """The pipeline with the run's state in its places; None where Graphviz could not draw it."""
    if not scene.svg:
        return None
    at = signs(pipeline, scene.frames, scene.moment_s) if scene.frames else {}
    return diagram(pipeline, scene.svg, wide, marked=scene.marked, at=at, most=most, frame=scene.frame)


def state_line(scene: Scene) -> str:
    """What the picture's figures are the state of."""
    seen = "at the day’s end" if scene.moment_s >= DAY_S else f"at {clock(scene.moment_s)}"
    return f"The state {seen} of the simulated day: what waits or is held, and how old the newest data is."


def settings_lines(scene: Scene, styles: Styles) -> list[Flowable]:
    """The settings of the run, a line each."""
    rows = [[line(what, styles.cell), line(words, styles.head_cell)] for what, words in scene.settings]
    look = [
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return [Table(rows, colWidths=[112, WIDTH - 112], style=look, hAlign="LEFT", spaceAfter=6, splitInRow=1)]


def figures_row(scene: Scene, styles: Styles) -> list[Flowable]:
    """The headline figures, side by side, in two rows where they are many."""
    if not scene.figures:
        return []
    cells = [
        [
            line(figure.label, styles.caption),
            Paragraph(f'<font size="13">{escaped(figure.shown, BOLD)}</font>', styles.finding),
        ]
        for figure in scene.figures
    ]
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, RULE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.6, RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    across = math.ceil(len(cells) / math.ceil(len(cells) / _MOST_ACROSS))
    rows = [cells[first : first + across] for first in range(0, len(cells), across)]
    tables = [
        Table(
            [[cell[part] for cell in row] + [""] * (across - len(row)) for part in (0, 1)],
            colWidths=[WIDTH / across] * across,
            style=look,
            spaceBefore=2,
            spaceAfter=4,
        )
        for row in rows
    ]
    return [KeepTogether(tables)]


def chart_blocks(charts: Sequence[ChartSpec], styles: Styles) -> list[Flowable]:
    """Each chart beneath its finding, the two never parted."""
    return [KeepTogether(chart_block(chart, styles)) for chart in charts]


def chart_block(chart: ChartSpec, styles: Styles, height: float = CHART) -> list[Flowable]:
    """A chart beneath its finding, to be kept together with more: reportlab cannot keep what is kept already."""
    return [line(chart.finding, styles.finding), plot(chart, WIDTH, height), line("", styles.caption)]


def link_code(link: str, size: float, styles: Styles) -> list[Flowable]:
    """The QR code of a link; where it would be too fine to be read, words that say so; nothing without a link."""
    if not link:
        return []
    code = qr(link, size)
    return [code] if code is not None else [line("This link is too long for a QR code.", styles.caption)]


def link_line(link: str, styles: Styles, before: str = "Live: ") -> list[Flowable]:
    """The link in print, which can be clicked too; words where there is none to print."""
    if not link:
        return [line(NO_ADDRESS, styles.caption)]
    look = styles.link
    lines = address_lines(link, look, WIDTH - 1, width(before, BODY, look.fontSize))
    shown = "<br/>".join(escaped(text) for text in lines)
    if link.startswith(("http://", "https://")):
        address = escaped(link).replace('"', "&quot;")
        shown = f'<a href="{address}">{shown}</a>'
    return [Paragraph(f"{escaped(before)}{shown}", look)]
