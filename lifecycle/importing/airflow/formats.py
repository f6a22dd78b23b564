"""Texts made of values as Python makes them: f-strings, `%` and `format`, with none of them given to the file's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from lifecycle.importing.airflow.values import Unknown, text_of

MOST_TEXT = 2_000
_SPEC = re.compile(r"[<>^]?[+-]?0?\d{0,3},?(?:\.\d{1,2})?[sdf]?")
_PERCENT = re.compile(r"%(?:\((\w+)\))?([-0+ #]*\d{0,3}(?:\.\d{1,2})?[sdirf]|%)|%")


def formatted(value: Any, spec: str) -> str:
    """`f"{value:spec}"`; what is not known stands in braces."""
    if not isinstance(value, str | int | float) or not _SPEC.fullmatch(spec):
        return text_of(value) if isinstance(value, Unknown) or not spec else "{…}"
    try:
        return format(value, spec) if spec else text_of(value)
    except ValueError:  # a text as a number
        return "{…}"


def by_percent(text: str, values: Any) -> str | Unknown:
    """`text % values`."""
    listed = list(values) if isinstance(values, tuple) else [values]
    named = values if isinstance(values, dict) else {}
    parts, at = [], 0
    for match in _PERCENT.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
        if match[0] == "%" or (match[2] != "%" and not match[1] and not listed):
            return Unknown()
        if match[2] == "%":
            parts.append("%")
            continue
        value = named.get(match[1], Unknown(match[1])) if match[1] else listed.pop(0)
        parts.append(f"%{match[2]}" % value if isinstance(value, str | int | float) else text_of(value))
    return "".join([*parts, text[at:]])[:MOST_TEXT]


def by_format(text: str, listed: Sequence[Any], named: Mapping[str, Any]) -> str | Unknown:
    """`text.format(…)`, of names and numbers alone."""
    parts, number = [], 0
    for written, name, spec, _ in Formatter().parse(text):
        parts.append(written)
        if name is None:
            continue
        if name == "":
            name, number = str(number), number + 1
        value = (listed[int(name)] if int(name) < len(listed) else None) if name.isdecimal() else named.get(name)
        parts.append(f"{{{name}}}" if value is None else formatted(value, spec or ""))
    return "".join(parts)[:MOST_TEXT]
