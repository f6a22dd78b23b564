"""The simulation without a page: `python -m lifecycle simulate`, its options, and what it prints and writes."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lifecycle import charts
from lifecycle.course import Course, content_folder, load
from lifecycle.pipeline import Pipeline
from lifecycle.scenarios import SWITCHES, NamedScenario
from lifecycle.simulation.figures import figure_problem
from lifecycle.simulation.report import report
from lifecycle.simulation.run import Run, simulate
from lifecycle.simulation.scenario import MAX_EVENTS, Scenario

MOST_SEEDS = 2**63 - 1
# What `--set` takes beside a stage's figures: fields of the scenario that are numbers.
WHOLE = {"events": MAX_EVENTS, "seed": MOST_SEEDS}
NUMBERS = ("spike_at_s", "spike_length_s", "spike_factor")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `simulate` its options."""
    parser.add_argument("--scenario", metavar="ID", help="a scenario of the folder (default: its first)")
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="a figure of a stage in SI units (buffer.consumers=4), or a switch (start=push); may be given again",
    )
    for name, allowed in SWITCHES.items():
        parser.add_argument(f"--{name}", choices=allowed, help=f"override the scenario's {name}")
    parser.add_argument("--seed", help="the seed of the random numbers")
    parser.add_argument("--events", help=f"events expected in the day, 0 to {MAX_EVENTS:,}")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument(
        "--csv", metavar="FOLDER", type=Path, help="as CSV files: stages, consumers, and every chart's data"
    )


def run_simulate(options: argparse.Namespace) -> None:
    """Simulate as the options say and print the figures.

    Errors: `ContentError` for a faulty folder; ValueError, one line in words, for options that cannot be used.
    """
    course = load(options.folder or content_folder())
    named = course.named(options.scenario) if options.scenario else course.default
    if named is None:
        known = ", ".join(found.id for found in course.scenarios) or "none"
        raise ValueError(f"no scenario {options.scenario!r}: the folder has {known}")
    scenario = with_settings(course.pipeline, named.scenario, _settings(options))
    start = time.perf_counter()
    run = simulate(course.pipeline.network, scenario, course.traces.get(scenario.trace))
    figures = _figures(named, run, time.perf_counter() - start)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False))
    elif options.csv:
        print("\n".join(f"wrote {path}" for path in write_csv(options.csv, course, run, figures)))
    else:
        print("\n".join(_table(figures)))


def _settings(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Every setting of the command line as key and text, `--set` last, so that it wins."""
    for name in (*SWITCHES, *WHOLE):
        if getattr(options, name) is not None:
            yield name, getattr(options, name)
    for text in options.set:
        key, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"--set {text[:60]!r} has no value; write KEY=VALUE, such as buffer.consumers=4")
        yield key.strip(), value.strip()


def with_settings(pipeline: Pipeline, scenario: Scenario, settings: Iterable[tuple[str, str]]) -> Scenario:
    """Lay settings given as text over a scenario; ValueError with everything that is wrong with them, in one line."""
    overrides = {(stage, figure): value for stage, figure, value in scenario.overrides}
    fields: dict[str, Any] = {}
    problems: list[str] = []
    for key, text in settings:
        try:
            if "." in key:
                stage, _, figure = key.partition(".")
                overrides[stage, figure] = _stage_figure(pipeline, stage, figure, text)
            else:
                fields[key] = _field(key, text)
        except ValueError as problem:
            problems.append(str(problem))
    if problems:
        raise ValueError("; ".join(problems))
    return replace(scenario, overrides=tuple((*place, value) for place, value in overrides.items()), **fields)


def _stage_figure(pipeline: Pipeline, stage_id: str, figure: str, text: str) -> float:
    stations = {station.id: station for station in pipeline.network.stations}
    if stage_id not in stations:
        raise ValueError(f"there is no stage {stage_id[:40]!r}; choose {', '.join(stations)}")
    value = _number(f"{stage_id}.{figure}", text)
    problem = figure_problem(stations[stage_id], figure, value)
    if problem:
        raise ValueError(problem)
    return value


def _field(key: str, text: str) -> str | int | float:
    if key in SWITCHES:
        if text not in SWITCHES[key]:
            raise ValueError(f"{key} is {text[:40]!r}; choose {' or '.join(SWITCHES[key])}")
        return text
    if key in WHOLE:
        if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= WHOLE[key]):
            raise ValueError(f"{key} is {text[:40]!r}; write a whole number from 0 to {WHOLE[key]:,}")
        return int(text)
    if key in NUMBERS:
        return _number(key, text)
    raise ValueError(
        f"there is no setting {key[:40]!r}; choose {', '.join((*SWITCHES, *WHOLE, *NUMBERS))} or STAGE.FIGURE"
    )


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{name} is {text[:40]!r}; write a number") from None


def _figures(named: NamedScenario, run: Run, elapsed_s: float) -> dict[str, Any]:
    scenario = run.scenario
    return {
        "scenario": named.id,
        "title": named.title,
        "seed": scenario.seed,
        "settings": {
            **{name: getattr(scenario, name) for name in SWITCHES},
            "arrivals": scenario.arrivals,
            **{f"{stage}.{figure}": value for stage, figure, value in scenario.overrides},
        },
        **report(run).as_dict(),
        "elapsed_s": round(elapsed_s, 6),
    }


def _table(figures: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Nested figures as indented lines."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield f"{'  ' * depth}{name}"
            yield from _table(value, depth + 1)
        else:
            yield f"{'  ' * depth}{name}: {f'{value:,.4g}' if isinstance(value, float) else value}"


def write_csv(folder: Path, course: Course, run: Run, figures: Mapping[str, Any]) -> Iterator[Path]:
    """Write the figures and every chart's data as CSV into `folder`, which is made; ValueError if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in ("stages", "consumers"):
            rows = [{"id": name, **_flat(values)} for name, values in figures[kind].items()]
            with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]) if rows else ["id"])
                writer.writeheader()
                writer.writerows(rows)
            yield folder / f"{kind}.csv"
        for name, draw in charts.CHARTS.items():
            path = folder / f"{name.lower().replace(' ', '-')}.csv"
            path.write_text(charts.csv(draw(course.pipeline, run, None).table), encoding="utf-8")
            yield path
    except OSError as error:
        raise ValueError(f"cannot write into {folder}: {error.strerror or error}") from error


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested figures in one row: `latency_s.p95`."""
    row: dict[str, Any] = {}
    for name, value in values.items():
        row |= _flat(value, f"{before}{name}.") if isinstance(value, Mapping) else {f"{before}{name}": value}
    return row


def complain(problem: str) -> None:
    """Say in one line on standard error why nothing was simulated."""
    print(f"nothing was simulated: {problem}", file=sys.stderr)
