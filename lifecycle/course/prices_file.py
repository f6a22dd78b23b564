"""`prices.yaml` read into a price book and checked; a price that is not there keeps its default."""

from __future__ import annotations

import re
from dataclasses import replace

from lifecycle.documents import Fields, Problem, read_yaml, shown
from lifecycle.simulation.readings.bill import MOST, PRICES, Prices

FILE = "prices.yaml"
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_prices(text: str) -> tuple[Prices, tuple[Problem, ...]]:
    """The price book of the file and what is wrong with it; what is wrong is left at its default."""
    root, faults = read_yaml(text, FILE)
    plain = Prices()
    if root is None:
        return plain, faults
    problems = list(faults)
    if root.kind == "nothing":  # only comments: every price is the default
        return plain, tuple(problems)
    fields = Fields(root, FILE, problems, "price book")
    amounts = {price.name: fields.number(price.name, 0.0, MOST, getattr(plain, price.name)) for price in PRICES}
    currency = fields.text("currency", 3) or plain.currency
    if not _CURRENCY.fullmatch(currency):
        fields.report(fields.at("currency"), f"{shown(currency)} is no currency", "write its three letters, as in EUR")
        currency = plain.currency
    fields.done()
    return replace(plain, currency=currency, **amounts), tuple(problems)
