"""A blank that asks for a number: `[[50 ± 2 events/s]]` takes what lies within, in any unit of the same kind.

Authors and learners write numbers as they learned to, on the page, on a phone and in the offline copy alike: a decimal
comma or point, groups parted by a space, an apostrophe or a low line. `1,500` is the one form that means two numbers,
so a learner is asked which one is meant, and an author is told so. All cases: tests/course/quizzes/typed_numbers.json.
The offline copy gets TYPED, DOUBTFUL and DOUBT from here (offline/page/typing.js).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_WITHIN = re.compile(r"±|\+-")
# What a person types, in a form that JavaScript reads, too: sign, digits, exponent, unit. Digits: groups parted by
# what is no point or comma; by one of the two with the other before the decimals, or twice; or digits without groups.
_GAPS = " \\u00a0\\u2009\\u202f'’_"
TYPED = (
    rf"([+-]?)([0-9]{{1,3}}(?:[{_GAPS}][0-9]{{3}})+(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}"
    r"|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}"
    r"|[0-9]*[.,][0-9]+|[0-9]+)(e[+-]?[0-9]{1,2})?\s*([^0-9\s].*)?"
)
DOUBTFUL = r"[1-9][0-9]{0,2},[0-9]{3}"
DOUBT = "{typed} can mean {one} or {other}: write it without the comma as {one}, or with a point as {other}."
# Signs that stand for others: full-width ones, and what people's programs make of a hyphen.
SIGNS = dict(zip("０１２３４５６７８９．，＋－−–‒‐", "0123456789.,+-----", strict=True))
_TYPED = re.compile(TYPED, re.IGNORECASE)
_GAP = re.compile(f"[{_GAPS}]")
# What a unit measures, and how many of the first of its kind it is.
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), ("time", 1.0)),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), ("time", 1e-3)),
    **dict.fromkeys(("min", "minute", "minutes"), ("time", 60.0)),
    **dict.fromkeys(("h", "hour", "hours"), ("time", 3600.0)),
    **dict.fromkeys(("d", "day", "days"), ("time", 86_400.0)),
    **dict.fromkeys(("b", "byte", "bytes"), ("size", 1.0)),
    "kb": ("size", 1e3),
    "mb": ("size", 1e6),
    "gb": ("size", 1e9),
    "tb": ("size", 1e12),
}


# Two ways to write one amount, by what a unit measures.
_OTHERS = {"time": "90 min or 1.5 h", "size": "1500 MB or 1.5 GB"}


@dataclass(frozen=True)
class Accepted:
    """A number that is right within `tolerance` on either side, in `unit` as its author writes it ("" for none)."""

    value: float
    tolerance: float
    unit: str

    def __str__(self) -> str:
        """As an author writes it, exactly enough to be read back."""
        return f"{self.value:.12g} ± {self.tolerance:.12g} {self.unit}".rstrip()

    def fits(self, text: str) -> bool:
        """Whether what a learner typed is within; a unit may be left out, and one of the same kind is converted."""
        value = number_in(text, self.unit)
        room = self.tolerance + 1e-9 * abs(self.value)  # what is typed as the very bound is within
        return value is not None and abs(value - self.value) <= room


def number_in(text: str, unit: str) -> float | None:
    """What was typed, in `unit`: `90 s` is 1.5 in min, a bare number is taken as it is; None for anything else.

    `1,5` is one and a half; `1,500` is None, and `doubt_in` says why.
    """
    typed = _typed(text, unit)
    value = _value(typed[0]) if typed else None
    return None if typed is None or value is None or not math.isfinite(value * typed[1]) else value * typed[1]


def taken_in(unit: str) -> str:
    """Which unit a number has that is typed without one, and which others are read, as a sentence."""
    if not unit:
        return "Write a number."
    others = f"; you may write another one, such as {_OTHERS[UNITS[_plain(unit)][0]]}" if _plain(unit) in UNITS else ""
    return f"A number without a unit is taken in {unit}{others}."


def is_bare(text: str) -> bool:
    """Whether what was typed is a number without a unit."""
    parts = _parts(text)
    return parts is not None and not parts[4]


def doubt_in(text: str, unit: str) -> str:
    """A sentence where what was typed can mean two numbers, "" otherwise."""
    typed = _typed(text, unit)
    return _doubt(typed[0]) if typed else ""


def _doubt(parts: re.Match[str]) -> str:
    if not re.fullmatch(DOUBTFUL, parts[2]):
        return ""
    one, other = parts[2].replace(",", ""), f"{float(parts[2].replace(',', '.')):g}"
    return DOUBT.format(typed=parts[2], one=one, other=other)


def _parts(text: str) -> re.Match[str] | None:
    """Sign, digits, exponent and unit of a number; None where it is none."""
    return _TYPED.fullmatch("".join(SIGNS.get(sign, sign) for sign in text).strip())


def _typed(text: str, unit: str) -> tuple[re.Match[str], float] | None:
    """The parts of a typed number, and by what it is multiplied to be in `unit`; None where it is no number of it."""
    parts = _parts(text)
    factor = _factor(_plain(parts[4] or ""), unit) if parts else None
    return (parts, factor) if parts and factor is not None else None


def _pointed(digits: str) -> str:
    """The digits without groups and with a decimal point."""
    digits = _GAP.sub("", digits)
    if "," in digits and "." in digits:  # the last of the two is the decimal one
        group = "," if digits.rindex(".") > digits.rindex(",") else "."
        return digits.replace(group, "").replace(",", ".")
    for sign in ",.":
        if digits.count(sign) > 1:
            return digits.replace(sign, "")
    return digits.replace(",", ".")


def accepted_number(answer: str) -> Accepted | None:
    """Read `50 ± 2 events/s` or `50 ± 4 % events/s`; None for an answer that is compared as text.

    Its numbers are read as those that learners type, so `1,500 ± 5` is None, too: `unread_number` says so.
    """
    sides = _sides(answer)
    number, within = (_parts(side) for side in sides) if sides else (None, None)
    if number is None or within is None or number[4]:
        return None
    value, tolerance = _value(number), _value(within)
    # The unit in the author's own letters: the signs that stand for others are one for one.
    unit = " ".join(sides[1].strip()[within.start(4) :].split()) if sides and within[4] else ""
    share, unit = unit.startswith("%"), unit.removeprefix("%").lstrip()
    if value is None or tolerance is None or tolerance < 0.0 or unit[:1].isdigit():
        return None
    return Accepted(value, abs(value) * tolerance / 100.0 if share else tolerance, unit)


def unread_number(answer: str) -> tuple[str, str] | None:
    """What is wrong with an answer that its author can only have meant as a number, and how to fix it; else None."""
    sides = _sides(answer)
    if not sides or not re.search(r"(?<!\w)\d", sides[0]) or accepted_number(answer):
        return None
    doubts = [doubt for parts in map(_parts, sides) if parts and (doubt := _doubt(parts))]
    if doubts:
        return "a number that can mean two", doubts[0].rstrip(".")
    return "no number with a tolerance", "write it as [[1.5 ± 0.1 h]] or [[1.5 ± 5 % h]], with the unit last"


def _sides(answer: str) -> tuple[str, str] | None:
    """What stands before and behind the sign of a tolerance."""
    parts = _WITHIN.split(answer, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) > 1 else None


def _value(parts: re.Match[str]) -> float | None:
    """The number in a match of TYPED; None where it can mean two, or is none that can be computed with."""
    if re.fullmatch(DOUBTFUL, parts[2]):
        return None
    value = float(parts[1] + _pointed(parts[2]) + (parts[3] or ""))
    return value if math.isfinite(value) else None


def _plain(unit: str) -> str:
    return " ".join(unit.lower().split())


def _factor(typed: str, wanted: str) -> float | None:
    """By what a number in the typed unit is multiplied to be in the wanted one; None where it cannot be."""
    if typed in ("", _plain(wanted)):
        return 1.0
    typed_unit, wanted_unit = UNITS.get(typed), UNITS.get(_plain(wanted))
    return typed_unit[1] / wanted_unit[1] if typed_unit and wanted_unit and typed_unit[0] == wanted_unit[0] else None
