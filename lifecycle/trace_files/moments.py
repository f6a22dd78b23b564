"""Moments as people and machines write them: dates with times and zones, and numbers that count since 1970."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

# What pandas reads as it stands; group 1 is the zone.
_PLAIN = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII
)
_WRITTEN = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T|\s+|,\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?\s*(.*)",
    re.ASCII | re.DOTALL,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+−-])(\d{1,2})(?::?(\d{2}))?(?:\s+(?:UTC|GMT)|\s*\[[\w/+-]+\])?", re.ASCII)
# Names that mean one zone: those of RFC 822, and of Europe and Japan. IST and BST mean several.
_HOURS = {
    **dict.fromkeys(("Z", "UTC", "GMT", "UT", "ZULU", "WET"), 0),
    **dict.fromkeys(("WEST", "CET"), 1),
    **dict.fromkeys(("CEST", "EET"), 2),
    **dict.fromkeys(("CST", "MDT"), -6),
    **dict.fromkeys(("MST", "PDT"), -7),
    "EEST": 3,
    "JST": 9,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "PST": -8,
}
ROUNDED = re.compile(r"[+-]?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})", re.ASCII)
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE]\+?\d{1,2})?", re.ASCII)
# How many of each unit make a second; and the seconds since 1970 that a number may mean: 1980 to 2100.
UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
EPOCH_S = (315_532_800.0, 4_102_444_800.0)
LONGEST_SPAN_S = 30 * 366 * 86_400.0
COARSE_S = 1.0
LONGEST = 64  # characters


@dataclass(frozen=True)
class Moments:
    """A column read: `times` in UTC, NaT for what is no moment; `zoned` says of each whether it names a zone."""

    times: pd.Series
    zoned: npt.NDArray[np.bool_]


def looks_dated(cell: str) -> bool:
    """Whether a cell begins as a date with a time does, whatever stands behind it."""
    return bool(_WRITTEN.match(cell[:LONGEST].strip()))


def of_texts(cells: Sequence[str]) -> Moments:
    """The moments in texts."""
    written: list[str | None] = []
    zoned = np.zeros(len(cells), bool)
    for nth, cell in enumerate(cells):
        found = _PLAIN.fullmatch(cell)
        if not found and cell.endswith((" UTC", " GMT")):  # often enough to be worth a short cut
            found = _PLAIN.fullmatch(f"{cell[:-4]}Z")
        if found:
            written.append(found[0])
            zoned[nth] = found[1] is not None
        else:
            told = _rewritten(cell[: LONGEST + 1].strip())
            written.append(told[0] if told else None)
            zoned[nth] = told is not None and told[1]
    times = pd.to_datetime(pd.Series(written, dtype=object), format="ISO8601", utc=True, errors="coerce")
    return Moments(times, zoned)


def _rewritten(cell: str) -> tuple[str, bool] | None:
    """A moment as pandas reads it and whether it names a zone; None for anything else."""
    found = _WRITTEN.fullmatch(cell) if len(cell) <= LONGEST else None
    if not found:
        return None
    year, _, month, day, hour, minute, second, fraction, zone = found.groups()
    offset = _offset(zone)
    if offset is None:
        return None
    second = "59" if second == "60" else second or "00"  # a leap second
    told = f"{year}-{int(month):02d}-{int(day):02d}T{int(hour):02d}:{minute}:{second}.{fraction or '0'}{offset}"
    return told, bool(offset)


def _offset(zone: str) -> str | None:
    """A zone as `+05:30`, "" for none, None for one that cannot be told."""
    if not zone:
        return ""
    if zone.upper() in _HOURS:
        return f"{_HOURS[zone.upper()]:+03d}:00"
    found = _OFFSET.fullmatch(zone)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    return f"{'+' if found[1] == '+' else '-'}{int(found[2]):02d}:{found[3] or '00'}"


def of_numbers(values: npt.NDArray[np.float64], unit: str) -> Moments:
    """The moments in numbers that count a unit of UNITS since 1970."""
    seconds = pd.Series(values / UNITS[unit])
    seconds = seconds.where((seconds >= EPOCH_S[0]) & (seconds < EPOCH_S[1]))
    times = pd.to_datetime((seconds * 1e6).round(), unit="us", utc=True)
    return Moments(times, np.ones(len(times), bool))


def number(cell: str) -> float:
    """A cell that is a plain number; NaN for any other, and for one that was rounded to more than a second."""
    return float(cell) if NUMBER.fullmatch(cell.strip()) and len(cell) <= LONGEST and not rounded_s(cell) else math.nan


def unit_of(values: Sequence[float]) -> str:
    """The unit in which numbers count since 1970, "" where their size or their span says that they do not."""
    known = [value for value in values if math.isfinite(value)]
    if not known or 2 * len(known) < len(values):
        return ""
    for unit, per_s in UNITS.items():
        within = [value / per_s for value in known if EPOCH_S[0] <= value / per_s < EPOCH_S[1]]
        if 2 * len(within) > len(values) and max(within) - min(within) <= LONGEST_SPAN_S:
            return unit
    return ""


def rounded_s(cell: str) -> float:
    """To how many seconds a moment such as Excel's 1.71455E+09 was rounded, 0 for any other text."""
    found = ROUNDED.fullmatch(cell.strip())
    if not found:
        return 0.0
    kept, power = len(found[2] or ""), int(found[3])
    value, step = float(f"{found[1]}.{found[2] or 0}e{power}"), 10.0 ** (power - kept)
    per_s = next((per_s for per_s in UNITS.values() if EPOCH_S[0] <= value / per_s < EPOCH_S[1]), 0.0)
    return step / per_s if per_s and step / per_s > COARSE_S else 0.0


def why_none(cell: str) -> str:
    """What is wrong with a cell that is no moment, and how to write it."""
    cell, shown = cell.strip(), repr(cell.strip()[:40])
    if not cell:
        return "is empty; fill in or remove the row"
    if step_s := rounded_s(cell):
        return f"is {shown}, which a spreadsheet rounded to {step_s:,.0f} s; export the column as whole numbers"
    found = _WRITTEN.fullmatch(cell) if len(cell) <= LONGEST else None
    if found and _offset(found[9]) is None:
        return f"is {shown}, and {found[9][:20]!r} names no zone, or several; write an offset such as +05:30"
    return f"is {shown}, which is no moment; correct or remove the row"
