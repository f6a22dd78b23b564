"""All that a run says in figures, as plain dicts that JSON can hold: its flow, its bill, and those who asked.

What `simulate --json` prints, and what a computed question may name: names and units here do not change.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, assert_never

import numpy as np

from lifecycle.simulation import serving
from lifecycle.simulation.costs import Bill, Prices, bill
from lifecycle.simulation.expected import expected
from lifecycle.simulation.inputs import Seconds
from lifecycle.simulation.laws import Expectation, Law, NoLaw
from lifecycle.simulation.report import plain, report, spread
from lifecycle.simulation.run import Run


def run_facts(run: Run, prices: Prices | None = None) -> dict[str, Any]:
    """Return the figures of `report`, the day's `cost`, and how queries, views and reads were served."""
    return {**report(run).as_dict(), "cost": _cost(bill(run, prices)), **plain(_served(run))}


def theory_facts(run: Run) -> dict[str, dict[str, Any]]:
    """Return what theory says of each stage, by id: what matters most there, and `also` the rest.

    `law`: its name, None where none holds; `quantity`, `unit`; `expected` by the law, `simulated` on the day, `within`
    how far they may lie apart; `why` it holds, or why none does. `exact`, `approximate`: see `laws.Law`.
    """
    told = {name: [_law(each) for each in expected(run, name)] for name in run.passages}
    return {name: {**first, "also": also} for name, (first, *also) in told.items()}


def _law(found: Expectation) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "law": None,
        "quantity": found.name,
        "unit": found.unit,
        "expected": found.value,
        "simulated": found.simulated,
        "why": found.why,
    }
    match found:
        case NoLaw():
            return figures
        case Law():
            more = {"law": found.law, "within": found.within, "exact": found.exact, "approximate": found.approximate}
            return figures | more
        case _:
            assert_never(found)


def _cost(day: Bill) -> dict[str, Any]:
    return {
        "total": day.total,
        "currency": day.currency,
        "stages": dict(day.by_station()),
        "items": dict(day.by_item()),
    }


def _served(run: Run) -> dict[str, Any]:
    """`queries` of each warehouse, `views` and `reads` of each consumer, by id; who has none is left out.

    `asked`, `viewed`, `read`: how many. `wait_s`: for a slot; `response_s`: from asking (looking) to the answer.
    `leaves`, `asks`, `too_old`: the share of views that ended before an answer, of those that no cache answered, and
    of reads that found their newest event older than the limit.
    """
    queries, views, reads = {}, {}, {}
    for name, here in run.passages.items():
        if here.role == "warehouse" and (asked := serving.queries(run, name)).asked_s.size:
            queries[name] = {
                "asked": asked.asked_s.size,
                "wait_s": _spread(asked.wait_s),
                "response_s": _spread(asked.response_s),
            }
        if here.role == "consumer" and (seen := serving.views(run, name)).viewed_s.size:
            views[name] = {
                "viewed": seen.viewed_s.size,
                "leaves": float(np.mean(seen.leaves)),
                "asks": float(np.mean(seen.asks)),
                "response_s": _spread(seen.response_s),
            }
        if here.role == "consumer" and (served := serving.reads(run, name)).read_s.size:
            reads[name] = {"read": served.read_s.size, "too_old": served.too_old}
    return {"queries": queries, "views": views, "reads": reads}


def _spread(times_s: Seconds) -> dict[str, float]:
    return asdict(spread(np.sort(times_s)))
