"""The whole view on one page: the diagram with the run's state, the figures and the charts, as PDF or SVG.

And a chart alone, as SVG, with its finding above it.
"""

from __future__ import annotations

import html
import io
import re

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import Drawing, Group, Line, Rect
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from lifecycle.charts.spec import ChartSpec
from lifecycle.course import Course
from lifecycle.outputs.pdf.codes import qr
from lifecycle.outputs.pdf.ink import ACCENT, INK, RULE, SOFT, address_lines, lettering, style
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.outputs.pdf.scene import NO_ADDRESS, Scene, picture, state_line
from lifecycle.outputs.pdf.typefaces import BODY, BOLD, BOLD_ITALIC, CODE, ITALIC, width

_WIDE, _HIGH = landscape(A4)
_SIDE = 32.0
_CODE = 66.0
_SETTING_SIZE, _LINES, _SMALL = 8.2, 3, 7.6
_HEAD = 86.0
_COLUMN = 128.0
_CHARTS_FOOT, _CHARTS_HIGH, _GAP = 46.0, 140.0, 20.0
# A browser has not these fonts: what it takes instead, and how heavy and how slanted.
_SANS = "FiraGO, 'Fira Sans', 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
_FAMILIES = {
    BODY: _SANS,
    BOLD: f"{_SANS}; font-weight: bold",
    ITALIC: f"{_SANS}; font-style: italic",
    BOLD_ITALIC: f"{_SANS}; font-weight: bold; font-style: italic",
    CODE: "'Cascadia Mono', Consolas, monospace",
}
_FAMILY = re.compile(r"font-family: ([\w-]+);")
_LEVEL = re.compile(r'y="(-?[\d.e-]+)"([^>]*)transform="translate\(0,-?\d+\)')


def view_pdf(course: Course, scene: Scene) -> bytes:
    """The view as one landscape page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(_WIDE, _HIGH), invariant=1, lang="en")
    canvas.setTitle(course.pipeline.title)
    canvas.setAuthor("Headwaters")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.bookmarkPage("view")
    canvas.addOutlineEntry(course.pipeline.title, "view")
    renderPDF.draw(view(course, scene), canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def view_svg(course: Course, scene: Scene) -> bytes:
    """The view as an SVG picture."""
    return svg(view(course, scene), course.pipeline.title)


def chart_svg(chart: ChartSpec) -> bytes:
    """A chart beneath its finding, as an SVG picture."""
    high = max(212.0, 0.5 * chart.height)  # as many rows as the page shows have room
    drawing = Drawing(520, high + 38)
    drawing.add(ground(drawing))
    drawing.add(lettering(chart.finding, 12, high + 16, 12, font=BOLD, most=496))
    drawing.add(at(plot(chart, 496, high), 12, 8))
    return svg(drawing, chart.finding)


def view(course: Course, scene: Scene) -> Drawing:
    """The view, drawn."""
    page = Drawing(_WIDE, _HIGH)
    page.add(ground(page))
    _head(page, course, scene)
    _figures(page, scene)
    above = _CHARTS_FOOT + _CHARTS_HIGH + 24
    drawn = picture(course.pipeline, scene, _WIDE - 2 * _SIDE - _COLUMN, _HIGH - _HEAD - above)
    if drawn is not None:
        page.add(at(drawn, _SIDE, above + (_HIGH - _HEAD - above - drawn.height) / 2))
    _charts(page, scene)
    page.add(lettering(state_line(scene), _SIDE, 31, _SMALL, colour=SOFT))
    for nth, text in enumerate(_link_lines(scene.link)):
        page.add(lettering(text, _SIDE, 20 - 9.5 * nth, _SMALL, colour=SOFT, most=_WIDE - 2 * _SIDE))
    return page


def _link_lines(link: str) -> list[str]:
    """The link in two lines at most; one that is longer has its end in the code alone."""
    room = _WIDE - 2 * _SIDE
    if not link:
        return [NO_ADDRESS]
    first, *more = address_lines(link, style("link", _SMALL), room - 1, width("Live: ", BODY, _SMALL))
    rest = [f"{more[0]}…"] if len(more) > 1 else more
    return [f"Live: {first}", *rest]


def ground(drawing: Drawing) -> Rect:
    """White, as large as the drawing."""
    ground = Rect(0, 0, drawing.width, drawing.height)
    ground.fillColor, ground.strokeColor = Color(1, 1, 1), None
    return ground


def _head(page: Drawing, course: Course, scene: Scene) -> None:
    room = _WIDE - 2 * _SIDE - _CODE - 12
    named = f" · {course.places[scene.marked].title}" if scene.marked and scene.marked in course.places else ""
    page.add(lettering(f"{course.pipeline.title}{named}", _SIDE, _HIGH - 44, 17, font=BOLD, most=room))
    for index, text in enumerate(_settings(scene, room)):
        page.add(lettering(text, _SIDE, _HIGH - 59 - 10.5 * index, _SETTING_SIZE, colour=SOFT, most=room))
    if (code := qr(scene.link, _CODE)) is not None:
        page.add(at(code, _WIDE - _SIDE - _CODE + 6, _HIGH - 22 - _CODE))


def _settings(scene: Scene, room: float) -> list[str]:
    """The settings in as many lines as there is room for; the last of them, the seed, is always told."""
    *settings, seed = [f"{what}: {words}" for what, words in scene.settings]
    lines = [""]
    for text in [*settings, seed]:
        longer = f"{lines[-1]} · {text}" if lines[-1] else text
        if width(longer, BODY, _SETTING_SIZE) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(text)
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"… · {seed}"]


def _figures(page: Drawing, scene: Scene) -> None:
    left, up = _WIDE - _SIDE - _COLUMN + 22, _HIGH - 124
    foot = _CHARTS_FOOT + _CHARTS_HIGH + 48  # the last label: its figure stands under it, above the charts
    apart = min(48.0, (up - foot) / max(1, len(scene.figures) - 1))
    size, drop = (16, 19) if apart >= 34 else (12, 14)
    for figure in scene.figures:
        page.add(Line(left, up + 12, _WIDE - _SIDE, up + 12, strokeColor=RULE, strokeWidth=0.6))
        page.add(lettering(figure.label, left, up, 8.2, colour=SOFT))
        page.add(lettering(figure.shown, left, up - drop, size, font=BOLD, colour=INK, most=_COLUMN - 22))
        up -= apart


def _charts(page: Drawing, scene: Scene) -> None:
    shown = scene.charts[:2]
    wide = (_WIDE - 2 * _SIDE - _GAP * (len(shown) - 1)) / max(1, len(shown))
    for place, chart in enumerate(shown):
        left = _SIDE + place * (wide + _GAP)
        page.add(Rect(left, _CHARTS_FOOT + _CHARTS_HIGH + 6, 3, 11, fillColor=ACCENT, strokeColor=None))
        room = wide - 10
        page.add(lettering(chart.finding, left + 8, _CHARTS_FOOT + _CHARTS_HIGH + 8, 9.8, font=BOLD, most=room))
        page.add(at(plot(chart, wide, _CHARTS_HIGH), left, _CHARTS_FOOT))


def at(drawing: Drawing, x: float, y: float) -> Group:
    """The drawing put with its foot's left end there."""
    group = Group(*drawing.contents)
    group.translate(x, y)
    return group


def svg(drawing: Drawing, title: str) -> bytes:
    """The drawing as reportlab writes it, repaired: its title, fonts that a browser has, text where it belongs."""
    written = str(renderSVG.drawToString(drawing))
    written = written[written.index("<svg") :]
    written = written.replace("<title>...</title>", f"<title>{html.escape(title)}</title>", 1)
    written = written.replace("<desc>...</desc>", "", 1)
    written = _FAMILY.sub(lambda family: f"font-family: {_FAMILIES.get(family[1], _SANS)};", written)
    written = _LEVEL.sub(_exact, written)
    return written.encode()


def _exact(match: re.Match[str]) -> str:
    """A text turned upright at its own height, which reportlab rounds to whole points."""
    return f'y="{match[1]}"{match[2]}transform="translate(0,{2 * float(match[1]):g})'
