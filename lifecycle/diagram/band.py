"""The undercurrents' band in one row: Graphviz stands pills that share a column one above the other, and a picture that
is higher is drawn smaller. Only where they fit; else Graphviz's rows stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GAP = 6.0
"""Points that two pills keep at least between them."""
BELOW_LABEL = 6.0
"""Points from the band's name to its row: Graphviz leaves three times as much."""
_NODE = r'<g id="stage&#45;{name}" class="node">.*?</g>'
_BAND = re.compile(r'(<g id="zone&#45;undercurrents" class="cluster">.*?\bd=")([^"]*)(".*?</g>)', re.DOTALL)
_SIZE = re.compile(r'(<svg width="[\d.]+pt" height=")([\d.]+)(pt"\s+viewBox="[\d.]+ [\d.]+ [\d.]+ )([\d.]+)"')
_PAIR = re.compile(r"(-?[\d.]+),(-?[\d.]+)")


@dataclass(frozen=True)
class _Extent:
    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def in_one_row(svg: str, names: list[str]) -> str:
    """Lay the pills `names` of Graphviz's `svg` beside each other, evenly, and cut what that leaves free."""
    band = _BAND.search(svg)
    nodes = {name: re.search(_NODE.format(name=name.replace("-", "&#45;")), svg, re.DOTALL) for name in names}
    outlines = {name: match.group() for name, match in nodes.items() if match}
    if band is None or not outlines or len(outlines) < len(names):
        return svg
    boxes = {name: _box(text) for name, text in outlines.items()}
    around = _bounds(band.group(2))
    top, bottom = min(box.top for box in boxes.values()), max(box.bottom for box in boxes.values())
    height = max(box.bottom - box.top for box in boxes.values())
    margin = min(box.left for box in boxes.values()) - around.left
    free = around.width - 2 * margin - sum(box.width for box in boxes.values())
    label = re.search(r' y="(-?[\d.]+)"', band.group(3))
    lift = max(0.0, top - float(label[1]) - BELOW_LABEL) if label else 0.0
    cut = bottom - top - height
    if cut <= 0 or free < GAP * (len(names) - 1):
        return svg
    x = around.left + margin
    for name in names:
        box = boxes[name]
        svg = svg.replace(outlines[name], _moved(outlines[name], x - box.left, top - lift - box.top))
        x += box.width + free / max(1, len(names) - 1)
    cut += lift
    middle = (around.top + around.bottom) / 2
    flat = _PAIR.sub(lambda m: m[0] if float(m[2]) < middle else f"{m[1]},{float(m[2]) - cut:.2f}", band.group(2))
    svg = svg.replace(band.group(2), flat)
    return _SIZE.sub(lambda m: f'{m[1]}{float(m[2]) - cut:.0f}{m[3]}{float(m[4]) - cut:.2f}"', svg, count=1)


def _box(node: str) -> _Extent:
    drawn = re.search(r'<path[^>]*\bd="([^"]*)"', node)
    return _bounds(drawn[1] if drawn else "")


def _bounds(path: str) -> _Extent:
    pairs = [(float(x), float(y)) for x, y in _PAIR.findall(path)] or [(0.0, 0.0)]
    xs, ys = zip(*pairs, strict=True)
    return _Extent(min(xs), max(xs), min(ys), max(ys))


def _moved(node: str, dx: float, dy: float) -> str:
    """One pill elsewhere: the points of its outline and the places of its words."""
    node = re.sub(
        r'\bd="([^"]*)"',
        lambda d: f'd="{_PAIR.sub(lambda m: f"{float(m[1]) + dx:.2f},{float(m[2]) + dy:.2f}", d[1])}"',
        node,
    )
    return re.sub(
        r' x="(-?[\d.]+)" y="(-?[\d.]+)"',
        lambda m: f' x="{float(m[1]) + dx:.2f}" y="{float(m[2]) + dy:.2f}"',
        node,
    )
