"""`simulate`: one day, and its figures as a table, as JSON or as CSV files."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lifecycle import charts
from lifecycle.cli._csv_files import write_rows, write_text
from lifecycle.cli._days import add_day_options, asked_day, settings_of
from lifecycle.cli.commands import Command, exit_code
from lifecycle.course import Course
from lifecycle.course.scenarios import NamedScenario
from lifecycle.course.watching import first_alarm, fresher_rows, fresher_sentence, leak_rows
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.experiments.fresher import FreshnessRanking, fresher
from lifecycle.simulation.readings.alarms import Ring, rings
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.readings.exposure import exposure
from lifecycle.simulation.roles.calling import gathered_every_s
from lifecycle.simulation.theory.facts import alarm_facts, run_facts, theory_facts

LAW = ("law", "quantity", "unit", "expected", "simulated", "within", "exact", "approximate", "why")


def run(options: argparse.Namespace) -> int:
    """Simulate as the options say and print the figures."""
    return exit_code(lambda: _simulate(options), "nothing was simulated")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `simulate` its options."""
    add_day_options(parser)
    parser.add_argument(
        "--fresher", action="store_true", help="and rank what would make it fresher: each change tried on the same day"
    )


COMMAND = Command("simulate", "Simulate a day and print its figures.", add_options, run)


def _simulate(options: argparse.Namespace) -> None:
    day_asked = asked_day(options)
    network, scenario, trace = day_asked.course.pipeline.network, day_asked.scenario, day_asked.trace
    start = time.perf_counter()
    day = simulate(network, scenario, trace)
    elapsed_s = time.perf_counter() - start
    calm = simulate(network, replace(scenario, faults=()), trace) if scenario.faults else day
    figures = {"trace": day_asked.real_day.facts} if day_asked.real_day else {}
    rung = rings(day, calm)
    figures |= day_figures(day_asked.named, day, rung, day_asked.course.prices, elapsed_s)
    ranking = fresher(day, trace) if options.fresher else None
    if ranking:
        figures["fresher"] = ranking.as_dict()
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False))
    elif options.csv:
        wrote = [f"wrote {path}" for path in _write_csv(options.csv, day_asked.course, day, figures)]
        print("\n".join([*day_asked.replayed, *wrote]))
    else:
        print("\n".join(_in_words(figures, day, rung, day_asked.course)))
        if ranking:
            print(_ranked(ranking, day_asked.course))


def day_figures(
    named: NamedScenario, run: Run, rung: Sequence[Ring], prices: Prices, elapsed_s: float
) -> dict[str, Any]:
    """What `simulate --json` prints of a run: its settings, `run_facts`, the alarms that rang, the theory of stages."""
    scenario = run.scenario
    figures = {
        "scenario": named.id,
        "title": named.title,
        "seed": scenario.seed,
        "settings": settings_of(scenario),
        **({"ways": ways} if (ways := _ways(run)) else {}),
        **run_facts(run, prices),
        "alarms": alarm_facts(rung),
        "elapsed_s": round(elapsed_s, 6),
    }
    for name, theory in theory_facts(run).items():
        figures["stages"][name]["theory"] = theory
    return figures


def _ways(run: Run) -> dict[str, Any]:
    """How those flows move that say so, whatever the switches say."""
    return {
        f"{link.source}->{link.target}": {
            "way": way.id,
            "title": way.title,
            "starts": way.starts,
            "size": way.size,
            "waits": way.waits,
            **({} if way.streams else {"interval_s": gathered_every_s(way, run.figures[link.target])}),
            **({"offset_s": way.offset_s} if way.offset_s else {}),
        }
        for link in run.network.links
        if (way := link.way)
    }


def _in_words(figures: Mapping[str, Any], run: Run, rung: Sequence[Ring], course: Course) -> Iterator[str]:
    """The figures under the names that the page uses, beside the ids that settings are written with.

    Of the alarms only the first, in a sentence; of what is exposed only the leaks.
    """
    names = {id: f"{id}, {label}" for id, label in course.pipeline.labels.items()}
    for part, value in figures.items():
        if part in ("stages", "consumers"):
            yield from _table({part: {names[id]: of_stage for id, of_stage in value.items()}})
        elif part not in ("alarms", "exposure", "fresher"):
            yield from _table({part: value})
    if leaks := {row.pop("Place"): row for row in leak_rows(exposure(run), names)}:
        yield from _table({"leaks": leaks})
    yield first_alarm(rung, names) or "No alarm rings on this day."


def _ranked(ranking: FreshnessRanking, course: Course) -> str:
    """What would make it fresher: the best change in a sentence, then each with what it wins where."""
    names = {id: f"{id}, {label}" for id, label in course.pipeline.labels.items()}
    rows = {row.pop("Change"): row for row in fresher_rows(ranking, names)}
    return "\n".join([fresher_sentence(ranking, names), *_table(rows, 1)])


def _table(figures: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Nested figures as indented lines."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield f"{'  ' * depth}{name}"
            yield from _table(value, depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{'  ' * depth}{name}"
            for number, entry in enumerate(value, 1):
                yield from _table({str(number): entry}, depth + 1)
        else:
            yield f"{'  ' * depth}{name}: {f'{value:,.4g}' if isinstance(value, float) else value}"


def _write_csv(folder: Path, course: Course, run: Run, figures: Mapping[str, Any]) -> Iterator[Path]:
    """Write the figures and every chart's data as CSV into `folder`, which is made; ValueError if it cannot be."""
    stages = {name: dict(values) for name, values in figures["stages"].items()}
    theory = [(name, values.pop("theory")) for name, values in stages.items()]
    tables = {"stages": stages, "consumers": figures["consumers"], "exposure": figures["exposure"]}
    for kind, rows in tables.items():
        yield write_rows(folder, kind, [{"id": name, **_flat(values)} for name, values in rows.items()])
    laws = [{"id": name, **dict.fromkeys(LAW), **law} for name, main in theory for law in (main, *main.pop("also"))]
    yield write_rows(folder, "theory", laws)
    if "fresher" in figures:
        yield write_rows(folder, "fresher", [_flat(gain) for gain in figures["fresher"]["gains"]])
    for name, draw in charts.CHARTS.items():
        yield write_text(folder, name.lower().replace(" ", "-"), charts.csv(draw(course.pipeline, run, None).table))


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested figures in one row: `latency_s.p95`."""
    row: dict[str, Any] = {}
    for name, value in values.items():
        row |= _flat(value, f"{before}{name}.") if isinstance(value, Mapping) else {f"{before}{name}": value}
    return row
