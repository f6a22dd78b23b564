"""What a counterexample shows, in a sentence made of its own two numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lifecycle.course.quizzes.expressions import Inequality
from lifecycle.course.worlds.beliefs import Counterexample
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


def sentence(claim: Inequality, example: Counterexample, labels: Mapping[str, str], currency: str) -> str:
    """The sentence; `labels` names the stages by id. What has no name of its own is said as its author wrote it."""
    left, right = (_shown(claim.left, value, currency) for value in (example.left, example.right))
    if (match := re.fullmatch(r"events\.(\w+)", claim.left)) and match[1] in _EVENTS:
        one, many = _EVENTS[match[1]]
        if not example.left:
            return f"On this day no {one}."
        beyond = f": {_SIGNS[claim.sign]} {right}" if example.right >= 1 else ""
        return f"On this day {left} {many}{beyond}."
    return f"On this day {_name(claim.left, labels)} is {left}: {_SIGNS[claim.sign]} {_other(claim, right, labels)}."


def _other(claim: Inequality, shown: str, labels: Mapping[str, str]) -> str:
    """The other side: a number alone, or what it is a number of with it."""
    plain = re.fullmatch(r"[\d.]+", claim.right)
    return shown if plain else f"{_name(claim.right, labels)}, which is {shown}"


def _name(figure: str, labels: Mapping[str, str]) -> str:
    match = re.fullmatch(r"(?:([\d.]+) \* )?consumers\.([\w-]+)\.(\w+)\.(\w+)", figure)
    if match and match[2] in labels and match[3] in _CONSUMED and match[4] in _SPREAD:
        times = f"{match[1]} times " if match[1] else ""
        return f"{times}{_SPREAD[match[4]]} {_CONSUMED[match[3]]} at {labels[match[2]]}"
    match = re.fullmatch(r"views\.([\w-]+)\.leaves", figure)
    if match and match[1] in labels:
        return f"the share of viewers of {labels[match[1]]} who gave up"
    return "the whole bill" if figure == "cost.total" else f"`{figure}`"


def _shown(figure: str, value: float, currency: str) -> str:
    if re.search(r"_s(\.\w+)?$", figure):
        return duration(value)
    if figure.endswith(".leaves"):
        return measured(100 * value, "%")
    return money(value, currency) if figure.startswith("cost.") else number(value)
