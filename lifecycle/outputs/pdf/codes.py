"""The link to the live state as a QR code, drawn as vectors."""

from __future__ import annotations

import segno
from reportlab.graphics.shapes import Drawing, Path
from reportlab.lib.colors import Color

QUIET = 4
"""Modules of white round the code, as the standard asks."""
# A QR code holds 2,953 bytes at most; one of more than this is too fine to be read from paper.
LONGEST = 1_200


def matrix(link: str) -> tuple[tuple[int, ...], ...] | None:
    """The modules of the code, a row each, 1 for dark; None where the link is too long to be read from paper."""
    if not 0 < len(link.encode()) <= LONGEST:
        return None
    return tuple(tuple(row) for row in segno.make_qr(link, error="m" if len(link) < 300 else "l").matrix)


def qr(link: str, size: float) -> Drawing | None:
    """The code in a square of `size` points, its quiet zone within; None as for `matrix`."""
    modules = matrix(link)
    if modules is None:
        return None
    step = size / (len(modules) + 2 * QUIET)
    drawing = Drawing(size, size)
    dark = Path(fillColor=Color(0, 0, 0), strokeColor=None)
    for row, line in enumerate(modules):
        foot = size - (QUIET + row + 1) * step
        for start, end in _stretches(line):
            left, right = (QUIET + start) * step, (QUIET + end) * step
            dark.moveTo(left, foot)
            dark.lineTo(right, foot)
            dark.lineTo(right, foot + step)
            dark.lineTo(left, foot + step)
            dark.closePath()
    drawing.add(dark)
    return drawing


def _stretches(line: tuple[int, ...]) -> list[tuple[int, int]]:
    """Where dark modules stand side by side, from and up to."""
    edges = [0, *(1 if module else 0 for module in line), 0]
    turns = [at for at in range(len(line) + 1) if edges[at] != edges[at + 1]]
    return list(zip(turns[::2], turns[1::2], strict=True))
