"""What a day shows that proves a belief wrong, in a sentence made of the two numbers that are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lifecycle.course.quizzes.expressions import Inequality
from lifecycle.words import duration, measured, money, number

_SIGNS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}
_SPREAD = {"mean": "the mean", "p50": "the median", "p95": "p95", "p99": "p99", "max": "the largest"}
_CONSUMED = {"freshness_s": "of the age of the newest data", "latency_s": "of the latency"}
_EVENTS = {
    "born": ("event was born", "events were born"),
    "delivered": ("event was delivered", "events were delivered"),
    "refused": ("event was refused", "events were refused"),
    "expired": ("event expired unread", "events expired unread"),
    "dead_lettered": ("event ended as a dead letter", "events ended as dead letters"),
    "inside": ("event was still on its way at midnight", "events were still on their way at midnight"),
}


def sentence(claim: Inequality, left: float, right: float, labels: Mapping[str, str], currency: str) -> str:
    """The sentence of a comparison with its two sides; `labels` names the stages by id.

    ValueError in words where a figure has none: an author is told of it by `check`.
    """
    value, limit = (_shown(claim.left, side, currency) for side in (left, right))
    if (match := re.fullmatch(r"events\.(\w+)", claim.left)) and match[1] in _EVENTS and _is_number(claim.right):
        one, many = _EVENTS[match[1]]
        if not left:
            return f"On this day no {one}."
        beyond = f": {_SIGNS[claim.sign]} {limit}" if right >= 1 else ""
        return f"On this day {value} {many}{beyond}."
    other = limit if _is_number(claim.right) else f"{_name(claim.right, labels)} ({limit})"
    return f"On this day {_name(claim.left, labels)} is {value}: {_SIGNS[claim.sign]} {other}."


def _is_number(figure: str) -> bool:
    return re.fullmatch(r"[\d.]+", figure) is not None


def _name(figure: str, labels: Mapping[str, str]) -> str:
    """A figure, or so many times one, in words."""
    if match := re.fullmatch(r"([\d.]+) \* (.+)", figure):
        return f"{match[1]} times {_name(match[2], labels)}"
    match = re.fullmatch(r"consumers\.([\w-]+)\.(\w+)\.(\w+)", figure)
    if match and match[1] in labels and match[2] in _CONSUMED and match[3] in _SPREAD:
        return f"{_SPREAD[match[3]]} {_CONSUMED[match[2]]} at {labels[match[1]]}"
    match = re.fullmatch(r"views\.([\w-]+)\.leaves", figure)
    if match and match[1] in labels:
        return f"the share of viewers of {labels[match[1]]} who gave up"
    if match := re.fullmatch(r"cost\.items(?:\.(\w+)|\['([\w ]+)'\])", figure):
        return f"the bill's item “{match[1] or match[2]}”"
    if figure == "cost.total":
        return "the whole bill"
    raise ValueError(f"a sentence has no words for {figure!r}; compare latency, freshness, events, views or the bill")


def _shown(figure: str, value: float, currency: str) -> str:
    if re.search(r"_s(\.\w+)?$", figure):
        return duration(value)
    if figure.endswith(".leaves"):
        return measured(100 * value, "%")
    return money(value, currency) if "cost." in figure else number(value)
