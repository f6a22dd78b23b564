"""A figure of a text: its chart small, as a piece of HTML for pages, and as a block for paper."""

from __future__ import annotations

import re
from html import escape

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, KeepTogether

from lifecycle.charts.spec import ChartSpec
from lifecycle.outputs.pdf.ink import INK, RULE, SOFT, Styles, line
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.outputs.pdf.scene import chart_block
from lifecycle.outputs.pdf.view import at, svg

# A text's column in a browser is some one and a half times as wide in pixels: the type of the axes is then 11 to 12 px.
_WIDE, _HIGH, _ON_PAPER = 320.0, 150.0, 118.0
_NO_PART = re.compile(
    r"""<clipPath.*?</clipPath>| id="group"| style="clip-path: url\(#clip\)"|<title>.*?</title>""", re.DOTALL
)
_EXACT = re.compile(r"(\d\.\d)\d+")


def as_fragment(spec: ChartSpec) -> str:
    """Its finding in words and the chart as SVG in the colours of the page round it; nothing of it has an id."""
    drawing = Drawing(_WIDE, _HIGH)
    drawing.add(at(plot(spec, _WIDE, _HIGH), 0, 0))
    picture = _EXACT.sub(r"\1", _NO_PART.sub("", svg(drawing, spec.finding).decode()))
    for ink in (INK, SOFT):
        picture = picture.replace(_rgb(ink), "currentColor")
    picture = picture.replace(_rgb(RULE), "color-mix(in srgb, currentColor 22%, transparent)")
    picture = re.sub(r"<svg[^>]*>", f'<svg viewBox="0 0 {_WIDE:g} {_HIGH:g}" aria-hidden="true">', picture, count=1)
    return f'<p class="finding">{escape(spec.finding)}</p>{picture}'


def on_paper(spec: ChartSpec, caption: str, styles: Styles) -> Flowable:
    """Its finding, the chart and what one should see in it, never parted."""
    return KeepTogether([*chart_block(spec, styles, _ON_PAPER)[:2], line(caption, styles.caption)])


def _rgb(colour: Color) -> str:
    """A colour as reportlab writes it."""
    red, green, blue = (int(100 * part) for part in colour.rgb())
    return f"rgb({red}%,{green}%,{blue}%)"
