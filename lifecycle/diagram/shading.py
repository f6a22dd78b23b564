"""Shares laid on the drawn pipeline: each place in a shade, with the share in words, as one SVG."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
# ColorBrewer's five-class YlOrBr, safe for colour-blind eyes and readable in grey: up to a share, its shade, its ink.
SHADES = (
    (0.1, "#ffffd4", "#000000"),
    (0.2, "#fed98e", "#000000"),
    (0.3, "#fe9929", "#000000"),
    (0.45, "#d95f0e", "#000000"),
    (1.0, "#993404", "#ffffff"),
)
UNKNOWN = "too few"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def percent(share: float) -> str:
    """A share as a whole number of per cent: `38 %`."""
    return f"{100 * share:.0f} %"


def shaded(svg: str, shares: Mapping[str, float | None]) -> str:
    """The picture with every place of `shares` shaded and its share written into it; None stands for too few.

    `svg` is one of `graph.Picture`; a place that it does not show is passed over. The shade never stands alone: the
    number is written in each, and what is not known has a dashed frame.
    """
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    root.attrib["style"] = "background:#ffffff"
    for place, share in shares.items():
        group = root.find(f".//*[@id='stage-{place}']")
        frame = None if group is None else group.find(f"{{{SVG}}}path")
        if group is not None and frame is not None:
            _shade(group, frame, share)
    return ElementTree.tostring(root, encoding="unicode")


def _shade(group: ElementTree.Element, frame: ElementTree.Element, share: float | None) -> None:
    fill, ink = next(
        ((fill, ink) for most, fill, ink in SHADES if share is not None and share <= most), ("none", "#444444")
    )
    frame.attrib["fill"] = fill
    if share is None:
        frame.attrib["stroke-dasharray"] = "4 3"
    drawn = [float(number) for number in _NUMBERS.findall(frame.attrib.get("d", ""))]
    xs, ys = drawn[::2], drawn[1::2]
    for label in group.iter(f"{{{SVG}}}text"):
        label.attrib["fill"] = ink
    if not ys:
        return
    low = max(ys) - min(ys) < 50  # an undercurrent's flat box
    text = ElementTree.SubElement(
        group,
        f"{{{SVG}}}text",
        {
            "text-anchor": "middle",
            "x": f"{(min(xs) + max(xs)) / 2:.2f}",
            "y": f"{max(ys) - (2.5 if low else 5):.2f}",
            "font-family": "Helvetica,sans-Serif",
            "font-size": "8.5" if low else "11",
            "font-weight": "bold",
            "fill": ink,
        },
    )
    text.text = UNKNOWN if share is None else percent(share)


def image(svg: str, alt: str) -> str:
    """The SVG as an HTML image, which can run nothing, with its words for who cannot see it; a phone scrolls it."""
    data = base64.b64encode(svg.encode()).decode()
    shown = f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{data}" style="width:100%;min-width:42rem">'
    return f'<div style="overflow-x:auto">{shown}</div>'
