"""The small drawings of places, and what is wrong with those that a pipeline names."""

from __future__ import annotations

import math
import re

from lifecycle.course.pipeline import Pipeline, Stage, Undercurrent
from lifecycle.documents import Problem


def icon_problems(pipeline: Pipeline, text: str, file: str) -> tuple[Problem, ...]:
    """Icons of a pipeline that nobody has drawn, with those that there are. `text` is the file, for the lines."""
    problems = []
    for place in pipeline.by_id.values():
        if place.icon and place.icon not in ICONS:
            number = next((n for n, line in enumerate(text.split("\n"), 1) if _names_icon(line, place.icon)), 1)
            what = f"{place.label} has the icon {place.icon}, which nobody has drawn"
            problems.append(Problem(file, number, what, f"use one of {', '.join(sorted(ICONS))}, or leave it out"))
    return tuple(problems)


def _names_icon(line: str, icon: str) -> bool:
    return re.search(rf"\bicon:\s*[\"']?{re.escape(icon)}\b", line) is not None


def icon(place: Stage | Undercurrent) -> str:
    """The drawing of a place: path data in a box of 24 x 24, to be stroked."""
    return ICONS.get(place.icon, ICONS["dot"])


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0"


def _cog(x: float, y: float, r: float, teeth: int) -> str:
    """A wheel with `teeth` spokes that stand out of its rim."""
    turns = [2 * math.pi * i / teeth for i in range(teeth)]
    ends = [(x + k * math.cos(a), y + k * math.sin(a)) for a in turns for k in (r, r + 2.2)]
    spokes = "".join(
        f"M{a[0]:.2f} {a[1]:.2f}L{b[0]:.2f} {b[1]:.2f}" for a, b in zip(ends[::2], ends[1::2], strict=True)
    )
    return _circle(x, y, r) + spokes


ICONS: dict[str, str] = {
    "dot": _circle(12, 12, 4),
    "database": "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3z"
    "M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
    "pulse": "M2 12h4l3-8 5 16 3-8h5",
    "globe": _circle(12, 12, 9) + "M3 12h18M12 3c3 2.6 4 5.6 4 9s-1 6.4-4 9c-3-2.6-4-5.6-4-9s1-6.4 4-9",
    "plug": "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
    "cable": "M3 5h5v5H3zM16 14h5v5h-5zM5.500 10v3a4 4 0 0 0 4 4h1a2 2 0 0 0 2-2V8a3 3 0 0 1 3-3h0a3 3 0 0 1 3 3v6",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7",
    "pump": _circle(11, 13, 6) + "M11 7h9v5M2 13h3M11 13V9.500M11 13l3 1.800M11 13l-3 1.800",
    "queue": "M3 7h4v10H3zM10 7h4v10h-4zM17 7h4v10h-4z",
    "lake": "".join(f"M2 {y}c2.5-2 4.5-2 6.7 0s4.300 2 6.600 0 4.200-2 6.700 0" for y in (7, 12, 17)),
    "gears": _cog(9, 9.5, 4, 8) + _cog(17.5, 17, 2.5, 6),
    "warehouse": "M3 21V9l9-5 9 5v12M7 21v-8h10v8M7 17h10",
    "archive": "M3 4h18v5H3zM5 9v11h14V9M10 13h4",
    "chart": "M4 3v18h17M8 17v-5M13 17V7M18 17v-8",
    "model": _circle(5, 6, 2)
    + _circle(5, 18, 2)
    + _circle(12, 12, 2)
    + _circle(19, 12, 2)
    + "M6.600 7.200l3.800 3.400M6.600 16.800l3.800-3.400M14 12h3",
    "return": "M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 11h-4",
    "speech": "M4 4h16v12H11l-5 4v-4H4zM8 8.500h8M8 12h5",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M9 15l2 2 4-4",
    "gauge": "M4 17a8.500 8.500 0 1 1 16 0M12 15l4-5" + _circle(12, 16, 1.5),
    "check": "M12 3l8 3v6c0 4.500-3.500 7.500-8 9-4.500-1.500-8-4.500-8-9V6zM8.500 12l2.500 2.500 4.500-5",
    "branch": _circle(6, 5, 2) + _circle(6, 19, 2) + _circle(18, 12, 2) + "M6 7v10M6 12h10",
    "key": _circle(8, 15, 4.5) + "M11.200 11.800L20 3M16 7l3 3M18.500 4.500l2 2",
    "lock": "M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2.500",
    "mask": "M3 8c6-3 12-3 18 0 0 7-3 10-6 10-1.500 0-2-2-3-2s-1.500 2-3 2c-3 0-6-3-6-10z"
    "M7 11.500c1.200-1 2.500-1 3.500.5M13.500 12c1-1.500 2.300-1.500 3.500-.5",
}
