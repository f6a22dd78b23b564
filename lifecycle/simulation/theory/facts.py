"""All that a run says in figures, as plain dicts that JSON can hold: its flow, its bill, who asked, who could read.

What `simulate --json` prints, and what a computed question may name: names and units here do not change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, assert_never

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.readings import serving
from lifecycle.simulation.readings.alarms import Ring
from lifecycle.simulation.readings.bill import Bill, Prices, bill
from lifecycle.simulation.readings.exposure import exposure
from lifecycle.simulation.readings.report import consumer_figures, events, plain, report, spread, stage_figures
from lifecycle.simulation.theory.expected import expected
from lifecycle.simulation.theory.laws import Expectation, Law, NoLaw


def run_facts(run: Run, prices: Prices | None = None) -> dict[str, Any]:
    """Return the figures of `report`, the day's `cost`, how queries, views and reads were served, and `exposure`."""
    return {
        **report(run).as_dict(),
        "cost": _cost(bill(run, prices)),
        **plain(_served(run)),
        "exposure": _exposed(run),
    }


class LazyFacts(Mapping[str, Any]):
    """The same figures, each made when it is asked for, and kept; a run is asked for anew for each that is not.

    `run` makes the run of a day as far as one station (see `simulate`), "" for all. It should keep the last ones, not
    this: what it gives weighs some ten megabytes, its figures a kilobyte or two.
    """

    def __init__(self, network: Network, run: Callable[[str], Run], prices: Prices) -> None:
        def of_role(role: str, make: Callable[[Run, str], Any]) -> Mapping[str, Any]:
            named = [station.id for station in network.stations if role in ("", station.role)]
            return _Made(named, lambda name: plain(asdict(make(run(name), name))))

        def made(name: str) -> Any:
            match name:
                case "events":
                    return plain(asdict(events(run(""))))
                case "stages":
                    return of_role("", stage_figures)
                case "consumers":
                    return of_role(Role.CONSUMER, consumer_figures)
                case "cost":
                    return _cost(bill(run(""), prices))
                case "exposure":
                    return _exposed(run(""))
                case _:
                    return plain(_served(run("")))[name]

        self._made = _Made(("events", "stages", "consumers", "cost", "queries", "views", "reads", "exposure"), made)

    def __getitem__(self, name: str) -> Any:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class _Made(Mapping[str, Any]):
    """Values by name, each made when it is first asked for."""

    def __init__(self, names: Sequence[str], make: Callable[[str], Any]) -> None:
        self._names, self._make, self._kept = names, make, dict[str, Any]()

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._kept:
            self._kept[name] = self._make(name)
        return self._kept[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def theory_facts(run: Run) -> dict[str, dict[str, Any]]:
    """Return what theory says of each stage, by id: what matters most there, and `also` the rest.

    `law`: its name, None where none holds; `quantity`, `unit`; `expected` by the law, `simulated` on the day, `within`
    how far they may lie apart; `why` it holds, or why none does. `exact`, `approximate`: see `laws.Law`.
    """
    laws = {name: [_law(law) for law in expected(run, name)] for name in run.passages}
    return {name: {**first, "also": also} for name, (first, *also) in laws.items()}


def alarm_facts(rung: Sequence[Ring]) -> list[dict[str, Any]]:
    """Return what the checks of a day's data said that rang, in their order.

    `check`: its kind; `value`: what it saw at `rang_s`, in the unit of its `limit` (see `readings.alarms.Check`).
    """
    return [
        {
            "check": ring.check.kind.value,
            "place": ring.check.place,
            "rang_s": ring.rang_s,
            "value": ring.value,
            "limit": ring.check.limit,
        }
        for ring in rung
    ]


def _law(law: Expectation) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "law": None,
        "quantity": law.name,
        "unit": law.unit,
        "expected": law.value,
        "simulated": law.simulated,
        "why": law.why,
    }
    match law:
        case NoLaw():
            return figures
        case Law():
            more = {"law": law.law, "within": law.within, "exact": law.exact, "approximate": law.approximate}
            return figures | more
        case _:
            assert_never(law)


def _cost(day: Bill) -> dict[str, Any]:
    return {
        "total": day.total,
        "currency": day.currency,
        "stages": dict(day.by_station()),
        "items": dict(day.by_item()),
    }


def _exposed(run: Run) -> dict[str, dict[str, Any]]:
    """By stage how many events name a person there `in_clear`, who its `readers` are, and how many `leaked` since when.

    `readers` as the members of `Readers` in small letters; `since_s`: second of the day, None where nothing leaked.
    """
    return {
        name: {
            "in_clear": stage.in_clear,
            "readers": stage.readers.name.lower(),
            "leaked": stage.leaked,
            "since_s": stage.since_s,
        }
        for name, stage in exposure(run).stages.items()
    }


def _served(run: Run) -> dict[str, Any]:
    """`queries` of each warehouse, `views` and `reads` of each consumer, by id; who has none is left out.

    `asked`, `viewed`, `read`: how many. `wait_s`: for a slot; `response_s`: from asking (looking) to the answer.
    `leaves`, `asks`, `too_old`: the share of views that ended before an answer, of those that no cache answered, and
    of reads that found their newest event older than the limit.
    """
    queries, views, reads = {}, {}, {}
    for name, passage in run.passages.items():
        if passage.role == Role.WAREHOUSE and (queried := serving.queries(run, name)).asked_s.size:
            queries[name] = {
                "asked": queried.asked_s.size,
                "wait_s": _spread(queried.wait_s),
                "response_s": _spread(queried.response_s),
            }
        if passage.role == Role.CONSUMER and (seen := serving.views(run, name)).viewed_s.size:
            views[name] = {
                "viewed": seen.viewed_s.size,
                "leaves": float(np.mean(seen.leaves)),
                "asks": float(np.mean(seen.asks)),
                "response_s": _spread(seen.response_s),
            }
        if passage.role == Role.CONSUMER and (served := serving.reads(run, name)).read_s.size:
            reads[name] = {"read": served.read_s.size, "too_old": served.too_old}
    return {"queries": queries, "views": views, "reads": reads}


def _spread(times_s: Seconds) -> dict[str, float]:
    return asdict(spread(np.sort(times_s)))
