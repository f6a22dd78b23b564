"""A figure of a benchmark beside its goal: one line, which people read and the table of all benchmarks is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

HEAD = "| what | measured | goal | met or missed |\n|---|---|---|---|"
# Missed goals stand out on paper and in a terminal.
MET, MISSED, NONE = "met", "**missed**", "none"
LINE = re.compile(rf"\| .+ \| .+ \| .+ \| (?:{'|'.join(map(re.escape, (MET, MISSED, NONE)))}) \|")


@dataclass(frozen=True)
class Goal:
    """What a figure should come to, in the unit of the figure: the most or the least that it may be."""

    bound: Literal["at most", "at least"]
    value: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.bound} {self.value:,g} {self.unit}".strip()

    def met(self, value: float) -> bool:
        """Whether a figure is within the bound, or just on it; NaN never is."""
        return value <= self.value if self.bound == "at most" else value >= self.value


@dataclass(frozen=True)
class Row:
    """What was measured, the figure in words with its unit, and the same as a number in the unit of its goal.

    A figure that could not be measured has no number, and says why in its words.
    """

    what: str
    measured: str
    value: float | None = None
    goal: Goal | None = None

    @property
    def verdict(self) -> str:
        """Whether the goal is met or missed; none where there is no goal, or no number."""
        if self.goal is None or self.value is None:
            return NONE
        return MET if self.goal.met(self.value) else MISSED

    def __str__(self) -> str:
        return f"| {self.what} | {self.measured} | {self.goal or NONE} | {self.verdict} |"


def say(*rows: Row) -> None:
    """Print each row at once, so that none is lost when what comes later fails."""
    for row in rows:
        print(row, flush=True)


def rows_in(lines: Iterable[str]) -> list[str]:
    """The rows among all the lines that benchmarks print."""
    return [line.strip() for line in lines if LINE.fullmatch(line.strip())]


def span(values: Sequence[float], form: str = ",.0f") -> str:
    """The least and the most of several figures, such as `31 to 45`; one figure where both read the same."""
    least, most = format(min(values), form), format(max(values), form)
    return least if least == most else f"{least} to {most}"
