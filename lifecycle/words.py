"""Figures in words a tired person understands: durations, counts, changes; and whether two texts have like words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
NO_BREAK = "\u00a0"
WORD_JOINER = "\u2060"  # shows nothing, and parts what would mean something only together
# What becomes a link by itself, whatever marks stand before it: an address with its scheme, `www.`, e-mail.
# Within an address or a shortcode (`:smile:`, `:material/delete:`); a time such as 10:30:45 is none.
_LINKED = re.compile(r"(?<=:)(?=//|[a-z+\-][\w+\-/]*:)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
NO_CHANGE = "no change"
ALIKE = 0.85  # share of words that near-duplicates have in common
MINUTE_S, HOUR_S, DAY_S = 60.0, 3600.0, 86_400.0


def duration(seconds: float) -> str:
    """A duration with the two units that matter: `1.4 s`, `58 min`, `2 h 5 min`, `7 days`; `none yet` for NaN."""
    if math.isnan(seconds):
        return "none yet"
    if math.isinf(seconds):
        return "forever"
    if seconds < 1:
        return f"{seconds * 1000:{'.0f' if seconds >= 0.00995 else '.2g'}} ms" if seconds else "0 s"
    if seconds < 9.95:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    if seconds < HOUR_S - MINUTE_S / 2:
        return f"{seconds / MINUTE_S:.0f} min"
    if seconds < 2 * DAY_S:
        minutes = round(seconds / MINUTE_S)
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{seconds / DAY_S:.1f}".removesuffix(".0") + " days"


def number(value: float) -> str:
    """A count or rate in at most three or four digits: `0.25`, `12`, `3,400`, `120 k`, `1.2 M`."""
    if math.isnan(value):
        return "none"
    if math.isinf(value):
        return "no limit"
    size = abs(value)
    if size >= 999_500:
        return f"{value / 1e6:.3g} M"
    if size >= 9_999.5:
        return f"{value / 1e3:.3g} k"
    if size >= 99.5 or value == int(value):
        return f"{value + 0.0:,.0f}"  # -0.0 is 0 to a reader
    return decimal(value) if size < 1 else f"{value:.3g}"


def counted(value: float) -> str:
    """A count to the last one, so that counts shown together add up: `114,608`; below 100 a mean as in `number`."""
    return number(value) if math.isnan(value) or math.isinf(value) or abs(value) < 99.5 else f"{value:,.0f}"


def plural(value: float, thing: str) -> str:
    """A count with what is counted: `1 row`, `17 rows`, `114,608 rows`."""
    return f"{counted(value)} {thing}{'' if value == 1 else 's'}"


def decimal(value: float, significant: int = 2) -> str:
    """A number in plain digits, never in powers of ten: `0.0000004`, `1,000,000`."""
    if not math.isfinite(value):
        return number(value)
    return format(Decimal(f"{value:.{significant}g}"), ",f")


def tiny(value: float) -> str:
    """A difference too small for plain digits, to one figure: `2 × 10⁻¹³`; as `decimal` from a thousandth on."""
    if not value or abs(value) >= 1e-3 or not math.isfinite(value):
        return decimal(value, 1) if value else "0"
    figure, power = f"{value:.0e}".split("e")
    return f"{figure} × 10{str(int(power)).translate(_RAISED)}"


def percent(share: float, places: int = 0) -> str:
    """A share in percent, held together: `9.1 %`."""
    return f"{100 * share:.{places}f}{NO_BREAK}%"


def with_article(noun: str) -> str:
    """A noun with its article: `a source`, `an archive`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def enumerated(names: Sequence[str]) -> str:
    """Several names as a sentence has them: `A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def capital(text: str) -> str:
    """A name as a heading begins: `Peak load`; what is written with a small letter, `p95 freshness`, stays so."""
    return text if text[:2].strip("0123456789") == "p" else f"{text[:1].upper()}{text[1:]}"


def measured(value: float, unit: str) -> str:
    """A figure with its unit, as every screen and paper says it: `15 min`, `6,341 events`, `0.25`."""
    return f"{number(value)} {unit}".rstrip()


def clock(seconds: float) -> str:
    """A moment of the day as hh:mm; the day's end is 24:00."""
    minutes = int(seconds // MINUTE_S)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def clock_s(seconds: float) -> str:
    """A moment of the day as hh:mm:ss, cut to its second; the day's end is 24:00:00."""
    return f"{clock(seconds)}:{int(seconds % MINUTE_S):02d}"


def change(before: float, after: float) -> str:
    """How a figure changed, in words: `+12 %`, `−99.9 %`, `40 times as much`, `no change`."""
    if before == after or (math.isnan(before) and math.isnan(after)):
        return NO_CHANGE
    if math.isnan(before) or math.isnan(after):
        return "from nothing" if math.isnan(before) else "to nothing"
    if before == 0:
        return "from none"
    ratio = after / before
    if ratio >= 3:
        return f"{number(ratio)} times as much"
    percent = 100 * (ratio - 1)
    if abs(percent) < 0.05:
        return NO_CHANGE
    shown = f"{abs(percent):.1f}" if abs(percent) < 10 or abs(percent) > 99 else f"{abs(percent):.0f}"
    if shown == "100.0" and 0 < after < before:  # not all of it is gone
        shown = "99.9"
    return f"{'+' if percent > 0 else '−'}{shown.removesuffix('.0')} %"


def money(amount: float, currency: str) -> str:
    """An amount with its currency: `24.51 USD`, `0.0034 USD`, `1,200 USD`; `none` for NaN."""
    if math.isnan(amount):
        return "none"
    size = abs(amount)
    if size >= 1000 or amount == 0:
        return f"{amount:,.0f} {currency}"
    return f"{amount:.2f} {currency}" if size >= 0.095 else f"{decimal(amount)} {currency}"


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts have nearly the same words (Jaccard's share); other numbers make another text."""
    a, b = set(one), set(other)
    if {word for word in a ^ b if word[0].isdigit()}:
        return False
    return bool(a and b) and len(a & b) >= ALIKE * len(a | b)


def unlinked(text: str) -> str:
    """The text with a mark that shows nothing within each address and shortcode.

    So no renderer makes a link or a picture of it, which an escape would not stop everywhere.
    """
    return _LINKED.sub(WORD_JOINER, text)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The names by id, each with its id behind it where another has the same."""
    times = Counter(names.values())
    return {id: f"{name} ({id})" if times[name] > 1 else name for id, name in names.items()}
