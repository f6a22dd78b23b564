"""Which column holds the moments: texts and timestamps first, a number only where header and span both say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lifecycle.simulation.scenario import DAY_S
from lifecycle.trace_files.day import listed, shown
from lifecycle.trace_files.moments import looks_dated, number, of_texts, rounded_s, unit_of

LOOK = 50  # rows by which a column is taken for one of moments
# A header says that a number is a moment by one of the first words, unless it says by one of the others that it is not.
TIMES = frozenset(
    re.findall(
        r"\S+",
        """
        time times timestamp timestamps ts epoch at when date datetime created updated modified occurred received logged
        started ended finished moment instant unix unixtime utc gmt clock eventtime createdat updatedat
        zeit zeiten zeitpunkt zeitstempel datum uhrzeit wann erstellt heure horodatage horodate temps quand
        tiempo hora fecha momento creado ora orario tempo quando horario horário tijd tijdstip tijdstempel
        czas tid tidpunkt tidsstempel время дата 时间 时间戳 日期 時刻 日時 時間 시간 समय الوقت
        """,
    )
)
OTHERS = frozenset(
    re.findall(
        r"\S+",
        """
        id ids uuid guid key by no nr num number phone tel mobile fax isbn ean gtin upc mmsi imo imei iban zip plz
        bytes size length price amount cost total sum count quantity qty balance duration elapsed taken spent ttl
        timeout uptime latency delay age interval offset zone timezone dauer preis betrag menge nummer prix durée
        precio importe duración prezzo preço duração prijs
        """,
    )
)
UNDATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:,?\s+\d{1,2}:\d{2}.*)?", re.ASCII | re.DOTALL)


class ColumnError(ValueError):
    """No column could be taken for that of the moments; `columns` are those that there are, to choose among."""

    def __init__(self, words: str, columns: tuple[str, ...]) -> None:
        super().__init__(words)
        self.columns = columns


@dataclass(frozen=True)
class Sample:
    """A column's name and its first cells as texts; `typed` where its file says that they are moments."""

    head: str
    cells: Sequence[str]
    typed: bool = False


@dataclass(frozen=True)
class Choice:
    """The place of the column that was chosen, the unit of its numbers ("" for texts), and others with moments."""

    place: int
    unit: str = ""
    others: tuple[str, ...] = ()


def says_time(head: str) -> bool:
    """Whether a header says that the numbers below it are moments."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", head.strip())
    words = {word for word in re.split(r"[\W\d_]+", parted.lower()) if word}
    return bool(words & TIMES) and not words & OTHERS


def choose(samples: Sequence[Sample], named: str = "", every: Sequence[str] = ()) -> Choice:
    """The column to read, the named one if one is named; ColumnError in words where none can be taken.

    `every`: the names of all columns, where not all of them were looked at.
    """
    heads = tuple(sample.head for sample in samples)
    if named:
        place = place_of(heads, named)
        return _named(samples[place], place, tuple(every) or heads)
    dated = [place for place, sample in enumerate(samples) if _holds_moments(sample)]
    if dated:
        full = [place for place in dated if all(cell.strip() for cell in samples[place].cells)]
        taken = (full or dated)[0]
        return Choice(taken, others=tuple(heads[place] for place in dated if place != taken))
    counting = {place: unit for place, sample in enumerate(samples) if (unit := _unit(sample))}
    if counting:
        taken, *others = counting
        return Choice(taken, counting[taken], tuple(heads[place] for place in others))
    raise ColumnError(_why_not(samples, tuple(every) or heads), tuple(every) or heads)


def place_of(heads: Sequence[str], named: str) -> int:
    """Where the column stands that a person named, by its exact name or by one that differs in capitals alone."""
    for same in (str, str.strip, str.casefold):
        alike: Callable[[str], str] = same
        if found := [place for place, head in enumerate(heads) if alike(head.strip()) == alike(named.strip())]:
            return found[0]
    raise ColumnError(f"there is no column {shown(named)!r}; the file has {listed(tuple(heads))}", tuple(heads))


def _named(sample: Sample, place: int, heads: tuple[str, ...]) -> Choice:
    """A column that a person named: its header need not say anything, but its cells must be moments."""
    if _holds_moments(sample):
        return Choice(place)
    if unit := unit_of([number(cell) for cell in sample.cells]):
        return Choice(place, unit)
    if coarse := _rounded(sample):
        raise ColumnError(coarse, heads)
    filled = [cell for cell in sample.cells if cell.strip()]
    first = next((cell for cell in filled if not looks_dated(cell)), "")
    if not filled:
        raise ColumnError(f"the first {len(sample.cells)} rows of {shown(sample.head)} are empty", heads)
    why = "a day without a time, or one in an order that cannot be told" if UNDATED.fullmatch(first) else "no moment"
    raise ColumnError(
        f"{shown(sample.head)} holds {first[:40]!r}, {why}; write 2024-05-01T12:30:00Z, or seconds since 1970", heads
    )


def _holds_moments(sample: Sample) -> bool:
    """Whether half of the cells that are filled, or more, are dates with times; their rows must then all be."""
    if sample.typed:
        return True
    filled = [cell for cell in sample.cells if cell.strip()]
    like = [cell for cell in filled if ":" in cell and looks_dated(cell)]
    if not like or 2 * len(like) < len(filled):
        return False
    return bool(of_texts(like).times.notna().any()) or len(like) == len(filled)


def _unit(sample: Sample) -> str:
    return unit_of([number(cell) for cell in sample.cells]) if says_time(sample.head) else ""


def _rounded(sample: Sample) -> str:
    coarse = [cell for cell in sample.cells if rounded_s(cell)]
    if 2 * len(coarse) < max(1, len(sample.cells)):
        return ""
    return (
        f"{shown(sample.head)} holds {coarse[0].strip()[:40]!r}, a moment that a spreadsheet rounded to "
        f"{rounded_s(coarse[0]):,.0f} s, which is too coarse; export the column as whole numbers"
    )


def _of_a_day(sample: Sample) -> bool:
    seconds = [number(cell) for cell in sample.cells]
    return bool(seconds) and all(0.0 <= second <= DAY_S for second in seconds)


def _why_not(samples: Sequence[Sample], heads: tuple[str, ...]) -> str:
    for sample in samples:
        if says_time(sample.head) and (coarse := _rounded(sample)):
            return coarse
    for sample in samples:
        if says_time(sample.head) and _of_a_day(sample):
            return (
                f"{shown(sample.head)} holds {sample.cells[0].strip()[:40]!r}, seconds without a day; call the column "
                "time_s, and make it the first, if they count from midnight"
            )
    for sample in samples:
        first = next((cell.strip() for cell in sample.cells if cell.strip()), "")
        if UNDATED.fullmatch(first) and not looks_dated(first):
            return (
                f"{shown(sample.head)} holds {first[:40]!r}, a day without a time, or one in an order that cannot be "
                f"told; write 2024-05-01T12:30:00Z"
            )
    if any(unit_of([number(cell) for cell in sample.cells[:1]]) for sample in samples):
        return (
            f"no column of {listed(heads)} holds moments for certain: a number is taken for seconds since 1970 only "
            "where its column's name says so, such as time or created_at"
        )
    if len(samples) < len(heads) and len(samples) > LOOK:
        return f"of {len(heads):,} columns, {listed(heads)}, the {len(samples):,} looked at hold no moments"
    return f"no column of {listed(heads)} holds moments; write 2024-05-01T12:30:00Z, or seconds since 1970"
