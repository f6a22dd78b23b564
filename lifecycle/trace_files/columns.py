"""Which column holds the moments: texts and timestamps first, a number only where header and span both say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lifecycle.simulation.scenario import DAY_S
from lifecycle.trace_files.day import listed, shown
from lifecycle.trace_files.headers import elsewhen, names_time, says_time
from lifecycle.trace_files.moments import (
    NUMBER,
    Moments,
    excel_days,
    looks_dated,
    number,
    of_texts,
    rounded_s,
    unit_of,
)

LOOK = 50  # rows by which a column is taken for one of moments
WIDE_LOOK = 10  # the same where there are more columns than MOST
MOST = 200  # columns that are looked at closely; and columns of moments that are chosen among
GLANCE = 5  # cells by which a column of a wide table is passed over
RIVALS = 5  # columns that are read in full because those before them hold one moment alone
_SHORT_OF_A_MOMENT = "a day without a time, or one with a year of two digits"
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

    def glance(self) -> list[str]:
        """The first cells that are filled, enough to pass a column over by."""
        return list(islice(filter(str.strip, self.cells), GLANCE))


class Candidate(NamedTuple):
    """A column that holds moments: its place, its name, and the unit of its numbers ("" for texts)."""

    place: int
    head: str
    unit: str = ""


@dataclass(frozen=True)
class Choice:
    """The columns that hold moments, the best first, and in words what was not looked at ("" where all was)."""

    ranked: tuple[Candidate, ...]
    note: str = ""

    def settled(self, read: Callable[[Sequence[Candidate]], Sequence[Moments]]) -> tuple[Candidate, Moments]:
        """The column to take and its moments: the first, or where all its rows are one moment the next that moves.

        `read` gives the moments of whole columns.
        """
        first = self.ranked[0]
        rivals = [each for each in self.ranked[1 : RIVALS + 1] if elsewhen(each.head) <= elsewhen(first.head)]
        (found,) = read([first])
        if not rivals or len(found.times) < 2 or found.times.isna().any() or found.times.nunique() > 1:
            return first, found
        both = zip(rivals, read(rivals), strict=True)
        return next(((rival, others) for rival, others in both if _moves(others)), (first, found))

    def beside(self, taken: Candidate) -> tuple[str, ...]:
        """The names of the other columns that hold moments."""
        return tuple(each.head for each in self.ranked if each is not taken)


def _moves(found: Moments) -> bool:
    """Whether most rows are moments, and not the same one; those that are none are told once the column is taken."""
    return found.times.nunique() > 1 and float(found.times.notna().mean()) > 0.5


def choose(samples: Sequence[Sample], named: str = "", every: Sequence[str] = (), note: str = "") -> Choice:
    """The columns to read, the named one if one is named; ColumnError in words where none can be taken.

    `every`: the names of all columns, where the samples are of some; `note`: in words, that others were passed over.
    """
    heads = tuple(sample.head for sample in samples)
    every = tuple(every) or heads
    if named:
        place = place_of(heads, named)
        return Choice((_named(samples[place], place, every),))
    looked = _worth_a_look(samples)
    if len(looked) == MOST < len(samples):
        note = passed_over(len(looked), len(every))
    dated = [place for place in looked if _holds_moments(samples[place])]
    if dated:
        dated.sort(key=lambda place: _rank(samples[place]))
        return Choice(tuple(Candidate(place, heads[place]) for place in dated), note)
    counting = [Candidate(place, heads[place], unit) for place in looked if (unit := _unit(samples[place]))]
    if counting:
        counting.sort(key=lambda each: _rank(samples[each.place]))
        return Choice(tuple(counting), note)
    raise ColumnError(_why_not([samples[place] for place in looked] or samples[:MOST], every, note), every)


def passed_over(looked: int, of: int) -> str:
    """In words, that not all columns were looked at."""
    return f"of {of:,} columns only {looked:,} were looked at for moments; name the one you mean if it is another"


def _worth_a_look(samples: Sequence[Sample]) -> list[int]:
    """The places of the columns to look at closely, in order: of a wide table those that a glance speaks for.

    Where these are too many, those go first whose header names a time.
    """
    if len(samples) <= MOST:
        return list(range(len(samples)))
    likely = [place for place, sample in enumerate(samples) if sample.typed or _glance(sample)]
    return sorted(sorted(likely, key=lambda place: not names_time(samples[place].head))[:MOST])


def _glance(sample: Sample) -> bool:
    cells = sample.glance()
    if any(looks_dated(cell) for cell in cells):
        return True
    return any(NUMBER.fullmatch(cell.strip()) or rounded_s(cell) for cell in cells) and says_time(sample.head)


def _rank(sample: Sample) -> tuple[bool, ...]:
    """The first is the best: of events, without gaps, of an order that can be told, with more than one moment."""
    filled = {cell.strip() for cell in sample.cells} - {""}
    gaps = any(not cell.strip() for cell in sample.cells)
    untold = not sample.typed and bool(of_texts(list(sample.cells)).untold)
    return elsewhen(sample.head), gaps, untold, len(filled) < 2 and len(sample.cells) > 1


def place_of(heads: Sequence[str], named: str) -> int:
    """Where the column stands that a person named, by its exact name or by one that differs in capitals alone."""
    for same in (str, str.strip, str.casefold):
        alike: Callable[[str], str] = same
        if found := [place for place, head in enumerate(heads) if alike(head.strip()) == alike(named.strip())]:
            return found[0]
    raise ColumnError(f"there is no column {shown(named)!r}; the file has {listed(tuple(heads))}", tuple(heads))


def _named(sample: Sample, place: int, heads: tuple[str, ...]) -> Candidate:
    """A column that a person named: its header need not say anything, but its cells must be moments."""
    if _holds_moments(sample):
        return Candidate(place, sample.head)
    if unit := unit_of([number(cell) for cell in sample.cells]):
        return Candidate(place, sample.head, unit)
    if coarse := _rounded(sample) or _of_excel(sample):
        raise ColumnError(coarse, heads)
    filled = [cell for cell in sample.cells if cell.strip()]
    first = next((cell for cell in filled if not looks_dated(cell)), "")
    if not filled:
        raise ColumnError(f"the first {len(sample.cells)} rows of {shown(sample.head)} are empty", heads)
    why = _SHORT_OF_A_MOMENT if UNDATED.fullmatch(first) else "no moment"
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
    return len(like) == len(filled) or bool(of_texts(like).times.notna().any())


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


def _of_excel(sample: Sample) -> str:
    days = [cell for cell in sample.cells if excel_days(cell)]
    if 2 * len(days) < max(1, len(sample.cells)):
        return ""
    return (
        f"{shown(sample.head)} holds {days[0].strip()[:40]!r}, as Excel counts days; give its cells the format "
        "yyyy-mm-dd hh:mm:ss and save the table as CSV again"
    )


def _of_a_day(sample: Sample) -> str:
    seconds = [number(cell) for cell in sample.cells]
    if not seconds or not all(0.0 <= second <= DAY_S for second in seconds):
        return ""
    return (
        f"{shown(sample.head)} holds {sample.cells[0].strip()[:40]!r}, seconds without a day; call the column "
        "time_s, and make it the first, if they count from midnight"
    )


def _without_time(sample: Sample) -> str:
    first = next((cell.strip() for cell in sample.cells if cell.strip()), "")
    if not UNDATED.fullmatch(first) or looks_dated(first):
        return ""
    return f"{shown(sample.head)} holds {first[:40]!r}, {_SHORT_OF_A_MOMENT}; write 2024-05-01T12:30:00Z"


def _why_not(samples: Sequence[Sample], heads: tuple[str, ...], note: str) -> str:
    timed = [sample for sample in samples if says_time(sample.head)]
    for fault in (_rounded, _of_excel, _of_a_day, _without_time):
        for sample in samples if fault is _without_time else timed:
            if why := fault(sample):
                return why
    if any(unit_of([number(cell) for cell in sample.cells[:1]]) for sample in samples):
        return (
            f"no column of {listed(heads)} holds moments for certain: a number is taken for seconds since 1970 only "
            "where its column's name says when, such as time or created_at, and not how long, how many or who"
        )
    if note:
        return f"{listed(heads)}: no moments are found; {note}"
    return f"no column of {listed(heads)} holds moments; write 2024-05-01T12:30:00Z, or seconds since 1970"
