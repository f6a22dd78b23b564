"""Moments as people and machines write them: dates with times and zones, and numbers that count since 1970."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

# What pandas reads as it stands; group 1 is the zone.
_PLAIN = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII
)
_CLOCK = (
    r"(?:T|\s+|,\s*)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9})\d*)?)?"
    r"\s*(?:(?P<half>[AP])\.?M\b\.?\s*)?(?P<zone>.*)"
)
_FLAGS = re.ASCII | re.DOTALL | re.IGNORECASE
_WRITTEN = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + _CLOCK, _FLAGS)
# The year last: whether the day or the month comes first, the whole column has to tell.
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})([-/.])(?P<then>\d{1,2})\2(?P<year>\d{4})" + _CLOCK, _FLAGS)
# As e-mails and browsers write it: Wed, 01 May 2024 08:00:00 +0000 (UTC).
_MONTHS = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
_MAILED = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\s+)?(?P<day>\d{1,2})[\s-]+"
    rf"(?P<name>{_MONTHS}|Nov(?:ember)?|Dec(?:ember)?)\.?[\s-]+(?P<year>\d{{4}})" + _CLOCK,
    _FLAGS,
)
_NAMED = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAY = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4}", re.ASCII)
TIME = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[AP]\.?M\b\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?", _FLAGS
)
DAY_FIRST, MONTH_FIRST = "day, month, year", "month, day, year"
_UNTOLD = "whose day and month cannot be told apart in any row; write 2024-05-01T12:30:00Z"
_MIXED = "and some rows put the day first and others the month; write 2024-05-01T12:30:00Z"
_OFFSET = re.compile(
    r"(?:UTC|GMT)?\s*([+−-])(\d{1,2})(?::?(\d{2}))?(?:\s+(?:UTC|GMT)|\s*\[[\w/+-]+\]|\s*\([A-Za-z ]+\))?", re.ASCII
)
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
UNIT_NAMES = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
EPOCH_S = (315_532_800.0, 4_102_444_800.0)
LONGEST_SPAN_S = 30 * 366 * 86_400.0
COARSE_S = 1.0
LONGEST = 64  # characters
# Excel's count of days since 1900, with a fraction for the time of day: 1980 to 2100.
_EXCEL = re.compile(r"(\d{5})[.,]\d+", re.ASCII)
EXCEL_DAYS = (29_221, 73_051)


@dataclass(frozen=True)
class Moments:
    """A column read: `times` in UTC, NaT for what is no moment; `zoned` says of each whether it names a zone.

    `order`: how dates with the year last were read, DAY_FIRST or MONTH_FIRST; "" where there are none, or where their
    order cannot be told: then `untold` says why, in words that follow a cell.
    """

    times: pd.Series
    zoned: npt.NDArray[np.bool_]
    order: str = ""
    untold: str = ""


def looks_dated(cell: str) -> bool:
    """Whether a cell begins as a date with a time does, whatever stands behind it."""
    cell = cell[:LONGEST].strip()
    return bool(_WRITTEN.match(cell) or _YEAR_LAST.match(cell) or _MAILED.match(cell))


def of_texts(cells: Sequence[str]) -> Moments:
    """The moments in texts."""
    written: list[str | None] = []
    zoned = np.zeros(len(cells), bool)
    year_last: dict[int, re.Match[str]] = {}
    for nth, cell in enumerate(cells):
        match = _PLAIN.fullmatch(cell)
        if not match and cell.endswith((" UTC", " GMT")):  # often enough to be worth a short cut
            match = _PLAIN.fullmatch(f"{cell[:-4]}Z")
        if match:
            written.append(match[0])
            zoned[nth] = match[1] is not None
        else:
            moment = None
            if match := _fitting(_WRITTEN, cell):
                moment = _rewritten(match, match["month"], match["day"])
            elif match := _fitting(_MAILED, cell):
                moment = _rewritten(match, str(_NAMED.index(match["name"][:3].lower()) + 1), match["day"])
            elif match := _fitting(_YEAR_LAST, cell):
                year_last[nth] = match
            written.append(moment[0] if moment else None)
            zoned[nth] = moment is not None and moment[1]
    order, untold = _order(year_last.values())
    for nth, match in year_last.items() if order else ():
        day, month = (match["first"], match["then"]) if order == DAY_FIRST else (match["then"], match["first"])
        if moment := _rewritten(match, month, day):
            written[nth], zoned[nth] = moment
    import pandas as pd  # half a second, which only who brings a day need wait for

    times = pd.to_datetime(pd.Series(written, dtype=object), format="ISO8601", utc=True, errors="coerce")
    return Moments(times, zoned, order, untold)


def _fitting(form: re.Pattern[str], cell: str) -> re.Match[str] | None:
    cell = cell[: LONGEST + 1].strip()
    return form.fullmatch(cell) if len(cell) <= LONGEST else None


def _order(matches: Iterable[re.Match[str]]) -> tuple[str, str]:
    """In which order all these dates are written: a number above 12 is a day. Or "", and why it cannot be told."""
    pairs = {(int(match["first"]), int(match["then"])) for match in matches}
    pairs = {pair for pair in pairs if min(pair) <= 12}
    day_first, month_first = any(first > 12 for first, _ in pairs), any(then > 12 for _, then in pairs)
    if day_first and month_first:
        return "", _MIXED
    if not day_first and not month_first and any(first != then for first, then in pairs):
        return "", _UNTOLD
    return (MONTH_FIRST if month_first else DAY_FIRST if pairs else ""), ""


def _rewritten(match: re.Match[str], month: str, day: str) -> tuple[str, bool] | None:
    """A moment as pandas reads it and whether it names a zone; None where it is none."""
    offset, hour = _offset(match["zone"]), int(match["hour"])
    if half := (match["half"] or "").upper():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "P" else 0)
    if offset is None:
        return None
    second = "59" if match["second"] == "60" else match["second"] or "00"  # a leap second
    clock = f"{match['minute']}:{second}.{match['fraction'] or '0'}"
    date = f"{match['year']}-{int(month):02d}-{int(day):02d}"
    if hour == 24 and not half and not clock.strip("0:."):  # ISO 8601: the midnight at the day's end
        date, hour = _day_after(date), 0
    return f"{date}T{hour:02d}:{clock}{offset}", bool(offset)


def _day_after(date: str) -> str:
    """The next date; "none" where there is none, or where it is none itself."""
    try:
        return (dt.date.fromisoformat(date) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return "none"


def _offset(zone: str) -> str | None:
    """A zone as `+05:30`, "" for none, None for one that cannot be told."""
    if not zone:
        return ""
    if zone.upper() in _HOURS:
        return f"{_HOURS[zone.upper()]:+03d}:00"
    match = _OFFSET.fullmatch(zone)
    if not match or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return None
    return f"{'+' if match[1] == '+' else '-'}{int(match[2]):02d}:{match[3] or '00'}"


def of_numbers(values: npt.NDArray[np.float64], unit: str) -> Moments:
    """The moments in numbers that count a unit of UNITS since 1970."""
    import pandas as pd  # as above

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
    match = ROUNDED.fullmatch(cell.strip())
    if not match:
        return 0.0
    kept, power = len(match[2] or ""), int(match[3])
    value, step = float(f"{match[1]}.{match[2] or 0}e{power}"), 10.0 ** (power - kept)
    per_s = next((per_s for per_s in UNITS.values() if EPOCH_S[0] <= value / per_s < EPOCH_S[1]), 0.0)
    return step / per_s if per_s and step / per_s > COARSE_S else 0.0


def excel_days(cell: str) -> bool:
    """Whether a cell looks like Excel's count of days since 1900 with a time of day: 45413.5."""
    match = _EXCEL.fullmatch(cell.strip())
    return match is not None and EXCEL_DAYS[0] <= int(match[1]) < EXCEL_DAYS[1]


def why_none(cell: str, untold: str = "", unit: str = "") -> str:
    """What is wrong with a cell that is no moment, and how to write it; `untold`, `unit`: of the column it is from."""
    cell, shown = cell.strip(), repr(cell.strip()[:40])
    if not cell:
        return "is empty; fill in or remove the row"
    if step_s := rounded_s(cell):
        return f"is {shown}, which a spreadsheet rounded to {step_s:,.0f} s; export the column as whole numbers"
    if unit and (other := unit_of([number(cell)])):
        return (
            f"is {shown}, {UNIT_NAMES[other]} since 1970 where other rows count {UNIT_NAMES[unit]}; write all moments "
            "in one unit"
        )
    year_last = _fitting(_YEAR_LAST, cell)
    match = _fitting(_WRITTEN, cell) or year_last or _fitting(_MAILED, cell)
    if match and _offset(match["zone"]) is None:
        return f"is {shown}, and {match['zone'][:20]!r} names no zone, or several; write an offset such as +05:30"
    if year_last and untold and min(int(year_last["first"]), int(year_last["then"])) <= 12:
        return f"is {shown}, {untold}"
    return f"is {shown}, which is not a moment; correct or remove the row"
