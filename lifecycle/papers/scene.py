"""A run as it is printed: its settings in words, its state at a moment, its figures and charts, and its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from lifecycle.headlines import Headline
from lifecycle.papers.codes import qr
from lifecycle.papers.diagram import diagram, signs
from lifecycle.papers.ink import RULE, Styles, line
from lifecycle.papers.plotting import Chart, plot
from lifecycle.papers.prose import phrase
from lifecycle.papers.typefaces import BOLD, escaped
from lifecycle.pipeline import Pipeline
from lifecycle.simulation.frames import Frames
from lifecycle.words import DAY_S, clock

WIDTH = 483.0
"""Points between the margins of an A4 page."""
CHART = 112.0
_CODE = 78.0


@dataclass(frozen=True, eq=False)
class Scene:
    """One state of the app and the run that it shows.

    `settings` are pairs of what and its words, the seed among them. `svg` is the pipeline as `graph` drew it, left to
    right, "" where it could not; `marked` the selected place. `moment_s` is a second of the day; without
    `frames` the picture is at rest.
    """

    link: str
    settings: tuple[tuple[str, str], ...]
    frames: Frames | None
    moment_s: float
    figures: tuple[Headline, ...]
    charts: tuple[Chart, ...]
    svg: str
    marked: str | None = None


def head(over: str, title: str, summary: str, link: str, styles: Styles) -> list[Flowable]:
    """The top of the first page: what it is, in one sentence too, and the way to it as a code and in print."""
    words = [line(over, styles.kicker), line(title, styles.title), phrase(summary, styles.summary)]
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    table = Table([[words, link_code(link, _CODE, styles)]], colWidths=[WIDTH - _CODE, _CODE], style=look)
    return [table, link_line(link, styles), Spacer(1, 8)]


def picture(pipeline: Pipeline, scene: Scene, width: float = WIDTH, most: float | None = None) -> Drawing | None:
    """The pipeline with the run's state in its places; None where Graphviz could not draw it."""
    if not scene.svg:
        return None
    at = signs(pipeline, scene.frames, scene.moment_s) if scene.frames else {}
    return diagram(pipeline, scene.svg, width, marked=scene.marked, at=at, most=most)


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
    """The headline figures, side by side."""
    if not scene.figures:
        return []
    told = [
        [
            line(each.label, styles.caption),
            Paragraph(f'<font size="13">{escaped(each.shown, BOLD)}</font>', styles.finding),
        ]
        for each in scene.figures
    ]
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, RULE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.6, RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    across = [[each[0] for each in told], [each[1] for each in told]]
    return [Table(across, colWidths=[WIDTH / len(told)] * len(told), style=look, spaceBefore=2, spaceAfter=4)]


def chart_blocks(charts: Sequence[Chart], styles: Styles, height: float = CHART) -> list[Flowable]:
    """Each chart beneath its finding, the two never parted."""
    return [
        KeepTogether([line(chart.finding, styles.finding), plot(chart, WIDTH, height), line("", styles.caption)])
        for chart in charts
    ]


def link_code(link: str, size: float, styles: Styles) -> list[Flowable]:
    """The QR code of a link; where it would be too fine to be read, words that say so."""
    code = qr(link, size)
    return [code] if code is not None else [line("This link is too long for a QR code.", styles.caption)]


def link_line(link: str, styles: Styles, before: str = "Live: ") -> Paragraph:
    """The link in print, which can be clicked too."""
    address = escaped(link).replace('"', "&quot;")
    shown = f'<a href="{address}">{escaped(link)}</a>' if link.startswith(("http://", "https://")) else escaped(link)
    return Paragraph(f"{escaped(before)}{shown}", styles.link)
