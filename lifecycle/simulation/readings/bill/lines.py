"""A bill and its lines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class BillLine:
    """One line of a bill: so much of an item at a station. `price` is money a `unit`."""

    station: str
    item: str
    quantity: float
    unit: str
    price: float

    @property
    def amount(self) -> float:
        """Quantity × price, in the bill's currency."""
        return self.quantity * self.price


@dataclass(frozen=True)
class Bill:
    """What one day costs, line by line, in the order of the network's stations."""

    lines: tuple[BillLine, ...]
    currency: str

    @property
    def total(self) -> float:
        """The sum of all lines."""
        return math.fsum(line.amount for line in self.lines)

    def by_station(self) -> Mapping[str, float]:
        """The sum of each station that has a line."""
        return self._by("station")

    def by_item(self) -> Mapping[str, float]:
        """The sum of each item: what kind of thing the money goes to."""
        return self._by("item")

    def _by(self, field: str) -> Mapping[str, float]:
        sums: dict[str, float] = {}
        for line in self.lines:
            sums[getattr(line, field)] = sums.get(getattr(line, field), 0.0) + line.amount
        return sums
