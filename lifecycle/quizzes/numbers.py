"""A blank that asks for a number: `[[50 ± 2 events/s]]` takes what lies within, in any unit of the same kind."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[+-]?\d{1,2})?"
_ACCEPTED = re.compile(rf"({_NUMBER})\s*(?:±|\+-)\s*({_NUMBER})\s*(%)?\s*([^\d\s].*)?", re.IGNORECASE)
_TYPED = re.compile(rf"({_NUMBER})\s*([^\d\s].*)?", re.IGNORECASE)
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


@dataclass(frozen=True)
class Accepted:
    """A number that is right within `tolerance` on either side, in `unit` ("" for none)."""

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
    """What was typed, in `unit`: `90 s` is 1.5 in min, a bare number is taken as it is; None for anything else."""
    typed = _TYPED.fullmatch(text.strip())
    value = _value(typed[1]) if typed else None
    factor = _factor(_plain(typed[2] or ""), unit) if typed else None
    if value is None or factor is None or not math.isfinite(value * factor):
        return None
    return value * factor


def accepted_number(answer: str) -> Accepted | None:
    """Read `50 ± 2 events/s` or `50 ± 4 % events/s`; None for an answer that is compared as text."""
    found = _ACCEPTED.fullmatch(answer.strip())
    if not found:
        return None
    value, tolerance = _value(found[1]), _value(found[2])
    if value is None or tolerance is None or tolerance < 0.0:
        return None
    return Accepted(value, abs(value) * tolerance / 100.0 if found[3] else tolerance, _plain(found[4] or ""))


def _value(text: str) -> float | None:
    try:
        value = float(text.replace(",", "").replace("−", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _plain(unit: str) -> str:
    return " ".join(unit.lower().split())


def _factor(typed: str, wanted: str) -> float | None:
    """By what a number in the typed unit is multiplied to be in the wanted one; None where it cannot be."""
    if typed in ("", wanted):
        return 1.0
    here, there = UNITS.get(typed), UNITS.get(wanted)
    return here[1] / there[1] if here and there and here[0] == there[0] else None
