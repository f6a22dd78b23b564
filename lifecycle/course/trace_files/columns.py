"""Which column holds the moments: texts and timestamps first, a number only where header and span both say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

from lifecycle.course.trace_files.day import listed, shown
from lifecycle.course.trace_files.headers import names_time, remoteness, says_time
from lifecycle.course.trace_files.moments import (
    NUMBER,
    UNIT_NAMES,
    Moments,
    excel_days,
    looks_dated,
    number,
    of_numbers,
    of_texts,
    rounded_s,
    unit_of,
)
from lifecycle.simulation.model.scenario import DAY_S

LOOK = 50  # rows by which a column is taken for one of moments
WIDE_LOOK = 10  # the same where there are more columns than MOST
MOST = 200  # columns that are looked at closely; and columns of moments that are chosen among
GLANCE = 5  # cells by which a column of a wide table is passed over
FEW = 0.5  # of the rows on one day, beside another column of which all are
RIVALS = 5  # columns that are read in full because those before them hold one moment alone
UNDATED = re.compile(r"(\d{1,4})[-/.]\d{1,2}[-/.](\d{1,4})(,?\s+\d{1,2}:\d{2}.*)?", re.ASCII | re.DOTALL)


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
class ColumnChoice:
    """The columns that hold moments, the best first, and in words what was not looked at ("" where all was)."""

    ranked: tuple[Candidate, ...]
    note: str = ""

    def settled(self, read: Callable[[Sequence[Candidate]], Sequence[Moments]]) -> tuple[Candidate, Moments]:
        """The column to take and its moments: the first, or where all its rows are one moment the next that moves.

        `read` gives the moments of whole columns.
        """
        first = self.ranked[0]
        rivals = [other for other in self.ranked[1 : RIVALS + 1] if remoteness(other.head) <= remoteness(first.head)]
        (moments,) = read([first])
        if not rivals or len(moments.times) < 2 or moments.times.isna().any() or moments.times.nunique() > 1:
            return first, moments
        both = zip(rivals, read(rivals), strict=True)
        return next(((rival, others) for rival, others in both if _moves(others)), (first, moments))

    def beside(self, taken: Candidate) -> tuple[str, ...]:
        """The names of the other columns that hold moments."""
        return tuple(other.head for other in self.ranked if other is not taken)


def _moves(moments: Moments) -> bool:
    """Whether most rows are moments, and not the same one; those that are none are told once the column is taken."""
    return moments.times.nunique() > 1 and float(moments.times.notna().mean()) > 0.5


def choose(samples: Sequence[Sample], named: str = "", every: Sequence[str] = (), note: str = "") -> ColumnChoice:
    """The columns to read, the named one if one is named; ColumnError in words where none can be taken.

    `every`: the names of all columns, where the samples are of some; `note`: in words, that others were passed over.
    """
    heads = tuple(sample.head for sample in samples)
    every = tuple(every) or heads
    if named:
        place = place_of(heads, named)
        return ColumnChoice((_named(samples[place], place, every),))
    looked = _worth_a_look(samples)
    if len(looked) == MOST < len(samples):
        note = passed_over(len(looked), len(every))
    candidates = [Candidate(place, heads[place]) for place in looked if _holds_moments(samples[place])]
    if all(remoteness(candidate.head) for candidate in candidates):  # also where there are none
        candidates += [Candidate(place, heads[place], unit) for place in looked if (unit := _unit(samples[place]))]
    if candidates:
        return ColumnChoice(_ranked(candidates, samples), note)
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


def _ranked(candidates: Sequence[Candidate], samples: Sequence[Sample]) -> tuple[Candidate, ...]:
    """The best first: of events, without gaps, of an order that can be told, with more than one moment.

    Where the rows of one of these lie all on one day, those that lie all over go behind.
    """
    ranks = {candidate: _rank(samples[candidate.place], candidate.unit) for candidate in candidates}
    one_day = {rank for rank, share in ranks.values() if share == 1.0}

    def key(candidate: Candidate) -> tuple[tuple[int, ...], bool]:
        rank, share = ranks[candidate]
        return rank, share < FEW and rank in one_day

    return tuple(sorted(candidates, key=key))


def _rank(sample: Sample, unit: str) -> tuple[tuple[int, ...], float]:
    """What speaks against a column, the worst first; and which share of its rows lies on the fullest day."""
    filled = [cell for cell in sample.cells if cell.strip()]
    read = of_numbers(np.array([number(cell) for cell in filled]), unit) if unit else of_texts(filled)
    days = read.times.dropna().dt.floor("D").value_counts()
    gaps, untold = len(filled) < len(sample.cells), not sample.typed and bool(read.untold)
    alone = len({cell.strip() for cell in filled}) < 2 and len(sample.cells) > 1
    share = float(days.max()) / len(filled) if len(days) else 0.0
    return (remoteness(sample.head), gaps, untold, alone), share


def place_of(heads: Sequence[str], named: str) -> int:
    """Where the column stands that a person named, by its exact name or by one that differs in capitals alone."""
    if places := _places_of(heads, named):
        return places[0]
    raise ColumnError(f"there is no column {shown(named)!r}; the file has {listed(tuple(heads))}", tuple(heads))


def twins(heads: Sequence[str], named: str, taken: int) -> tuple[str, ...]:
    """In words, that the column at `taken`, or what a person named, is not alone in its name; nothing where it is."""
    for called in filter(None, (heads[taken], named)):
        places = [str(place + 1) for place in _places_of(heads, called)]
        if len(places) > 1:
            both = "both" if len(places) == 2 else "all"
            return (
                f"columns {', '.join(places[:-1])} and {places[-1]} are {both} called {shown(called.strip())}, and "
                f"column {taken + 1} was taken; give them different names to take another",
            )
    return ()


def _places_of(heads: Sequence[str], named: str) -> list[int]:
    for same in (str, str.casefold):
        alike: Callable[[str], str] = same
        if places := [place for place, head in enumerate(heads) if alike(head.strip()) == alike(named.strip())]:
            return places
    return []


def _named(sample: Sample, place: int, heads: tuple[str, ...]) -> Candidate:
    """A column that a person named: its header need not say anything, but its cells must be moments."""
    if _holds_moments(sample):
        return Candidate(place, sample.head)
    if unit := unit_of([number(cell) for cell in sample.cells]):
        return Candidate(place, sample.head, unit)
    if wrong := _rounded(sample) or _of_excel(sample) or _unsure(sample):
        raise ColumnError(wrong, heads)
    filled = [cell for cell in sample.cells if cell.strip()]
    first = next((cell for cell in filled if not looks_dated(cell)), "")
    if not filled:
        raise ColumnError(f"the first {len(sample.cells)} rows of {shown(sample.head)} are empty", heads)
    why = _short_of_a_moment(first) or "no moment"
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


def _mostly(sample: Sample, is_so: Callable[[str], object]) -> str:
    """The first cell that is so, where at least half of them are; else ""."""
    cells = [cell for cell in sample.cells if is_so(cell)]
    return cells[0] if cells and 2 * len(cells) >= len(sample.cells) else ""


def _rounded(sample: Sample) -> str:
    coarse = _mostly(sample, rounded_s)
    return coarse and (
        f"{shown(sample.head)} holds {coarse.strip()[:40]!r}, a moment that a spreadsheet rounded to "
        f"{rounded_s(coarse):,.0f} s, which is too coarse; export the column as whole numbers"
    )


def _of_excel(sample: Sample) -> str:
    day = _mostly(sample, excel_days)
    return day and (
        f"{shown(sample.head)} holds {day.strip()[:40]!r}, as Excel counts days; give its cells the format "
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
    why = "" if looks_dated(first) else _short_of_a_moment(first)
    return why and f"{shown(sample.head)} holds {first[:40]!r}, {why}; write 2024-05-01T12:30:00Z"


def _short_of_a_moment(cell: str) -> str:
    """What a day lacks to be a moment, "" for a text that is no day."""
    match = UNDATED.fullmatch(cell.strip())
    if not match:
        return ""
    digits = max(len(match[1]), len(match[2]))
    year = "" if digits == 4 else "a year of two digits" if digits == 2 else "no year of four digits"
    if match[3]:
        return f"a day with {year}" if year else "no moment"
    return f"a day without a time, and with {year}" if year else "a day without a time"


def _unsure(sample: Sample) -> str:
    """Why numbers are not taken that could each be a moment: units mixed, what is no number between, gaps, the span."""
    filled = [cell.strip() for cell in sample.cells if cell.strip()]
    units = {cell: unit_of([number(cell)]) for cell in filled}
    firsts: dict[str, str] = {}
    for cell, unit in units.items():
        firsts.setdefault(unit, cell)
    odd, head = firsts.pop("", ""), shown(sample.head)
    if not firsts:
        return ""
    if len(firsts) > 1:
        mixed = " and ".join(f"{UNIT_NAMES[unit]} ({cell[:40]!r})" for unit, cell in firsts.items())
        return f"{head} mixes {mixed} since 1970; write all its moments in one unit"
    (unit, cell), *_ = firsts.items()
    if odd:
        return f"{head} holds {odd[:40]!r} beside {UNIT_NAMES[unit]} since 1970 such as {cell[:40]!r}; correct the rows"
    if 2 * len(filled) <= len(sample.cells):
        return (
            f"{head} is empty in {len(sample.cells) - len(filled)} of the first {len(sample.cells)} rows; fill them in"
        )
    years = of_numbers(np.array([number(cell) for cell in filled]), unit).times.dt.year
    return f"{head} would reach from {years.min()} to {years.max()}, which no file of events does; correct its numbers"


def _why_not(samples: Sequence[Sample], heads: tuple[str, ...], note: str) -> str:
    timed = [sample for sample in samples if says_time(sample.head)]
    for fault in (_rounded, _of_excel, _of_a_day, _unsure, _without_time):
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
