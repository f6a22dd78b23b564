"""The pictures of the figures that stand in texts: each is drawn when the first page that is near it asks."""

from __future__ import annotations

from threading import Lock

from cachetools import LRUCache

from lifecycle.outputs.illustrations import illustrations, name_of, spec_of
from lifecycle.outputs.pdf.illustration import as_fragment
from lifecycle.ui.session import served

_KEPT = 128
_drawn: LRUCache[str, str] = LRUCache(_KEPT)
_drawing = Lock()  # one day after the other: a figure that two pages ask for is drawn once


def fragment(name: str) -> str | None:
    """The figure whose picture has this name, as a piece of HTML; None where the course as it is now has none."""
    if (known := _drawn.get(name)) is not None:
        return known
    course = served.course_without_a_page()
    figure = next((figure for _, figure in illustrations(course) if name_of(course, figure) == name), None)
    if figure is None:
        return None
    with _drawing:
        if name not in _drawn:
            _drawn[name] = as_fragment(spec_of(course, figure))
        return _drawn[name]
