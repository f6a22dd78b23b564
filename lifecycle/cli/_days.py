"""The day that `simulate`, `follow` and `sweep` are asked for: their shared options, and the scenario of these."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lifecycle.cli.commands import add_folder
from lifecycle.course import Course, content_folder, load
from lifecycle.course.day_words import fewer_events
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.scenarios import NamedScenario
from lifecycle.course.trace_files import ColumnError, RealDay, read_bytes, read_trace_file
from lifecycle.simulation.faults.text import FORM, fault_text, read_fault
from lifecycle.simulation.model.kinds import Arrivals
from lifecycle.simulation.model.scenario import MAX_EVENTS, SWITCHES, Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.roles import figure_problem

MOST_SEEDS = 2**63 - 1
# What `--set` takes beside a stage's figures: fields of the scenario that are numbers.
WHOLE = {"events": MAX_EVENTS, "seed": MOST_SEEDS}
NUMBERS = ("spike_at_s", "spike_length_s", "spike_factor")


def add_day_options(parser: argparse.ArgumentParser) -> None:
    """Give a command the options that say which day is simulated, and in which form its figures are wanted."""
    add_setting_options(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument(
        "--csv", metavar="FOLDER", type=Path, help="as CSV files: stages, consumers, and every chart's data"
    )


def add_setting_options(parser: argparse.ArgumentParser) -> None:
    """Give a command the options that say which day is simulated."""
    add_folder(parser)
    parser.add_argument("--scenario", metavar="ID", help="a scenario of the folder (default: its first)")
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="a figure of a stage in SI units (buffer.consumers=4), or a switch (start=push); may be given again",
    )
    parser.add_argument(
        "--fault",
        metavar="FAULT",
        action="append",
        default=[],
        help=f"break a stage: {FORM}, such as buffer.down@10:00-11:00; may be given again",
    )
    parser.add_argument(
        "--trace",
        metavar="FILE",
        type=Path,
        help="replay the fullest day of a CSV, Parquet or access log, all its events unless --events says otherwise",
    )
    parser.add_argument("--column", metavar="NAME", help="with --trace: the column of moments (default: it is found)")
    for name, allowed in SWITCHES.items():
        parser.add_argument(
            f"--{name}", choices=[str(word) for word in allowed], help=f"override the scenario's {name}"
        )
    parser.add_argument("--seed", help="the seed of the random numbers")
    parser.add_argument("--events", help=f"events expected in the day, 0 to {MAX_EVENTS:,}")


@dataclass(frozen=True)
class AskedDay:
    """The day that the options name: a scenario of the course with their settings laid over it."""

    course: Course
    named: NamedScenario
    scenario: Scenario
    trace: Trace | None
    real_day: RealDay | None  # as it was read, where the day that is replayed comes from a file

    @property
    def replayed(self) -> list[str]:
        """Which file is replayed, in words; nothing where none is."""
        return [f"replaying {self.real_day.trace.name}: {self.real_day.trace.source}"] if self.real_day else []


def asked_day(options: argparse.Namespace) -> AskedDay:
    """The day that the options name; on standard error whether it has fewer events than they ask for.

    Errors: `ContentError` for a faulty folder; ValueError, one line in words, for options that cannot be used.
    """
    day = _named_day(options, load(options.folder or content_folder()))
    if fewer := fewer_events(day.course.pipeline.network, day.scenario):
        print(fewer, file=sys.stderr)
    return day


def _named_day(options: argparse.Namespace, course: Course) -> AskedDay:
    named = course.named(options.scenario) if options.scenario else course.default
    if named is None:
        known = ", ".join(scenario.id for scenario in course.scenarios) or "none"
        raise ValueError(f"no scenario {options.scenario!r}: the folder has {known}")
    network = course.pipeline.on_day(named.scenario).network
    faults = tuple(read_fault(text, network) for text in options.fault)
    faulty = replace(named.scenario, faults=(*named.scenario.faults, *faults))
    if not options.trace:
        if options.column:
            raise ValueError("--column names a column of the file that --trace names; give --trace, too")
        scenario = _with_settings(course.pipeline, faulty, _settings(options))
        return AskedDay(course, named, scenario, course.traces.get(scenario.trace), None)
    real_day = _real_day(options.trace, options.column or "")
    trace = real_day.trace
    base = replace(
        faulty,
        arrivals=Arrivals.REAL_DAY,
        trace=trace.name or options.trace.name,
        events=min(trace.events, MAX_EVENTS),
    )
    return AskedDay(course, named, _with_settings(course.pipeline, base, _settings(options)), trace, real_day)


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """The switches, what arrives, what is broken, and each figure that is not its stage's own."""
    return {
        **{name: getattr(scenario, name) for name in SWITCHES},
        "arrivals": scenario.arrivals,
        **({"trace": scenario.trace} if scenario.trace else {}),
        **({"on_schedule": dict(scenario.on_schedule)} if scenario.on_schedule else {}),
        **({"faults": [fault_text(fault) for fault in scenario.faults]} if scenario.faults else {}),
        **{f"{stage}.{figure}": value for stage, figure, value in scenario.overrides},
    }


def number(name: str, text: str) -> float:
    """Read a number; ValueError in words, with the name of what it is."""
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{name} is {text[:40]!r}; write a number") from None


def _real_day(path: Path, column: str) -> RealDay:
    """The real day in a file, with its notes on standard error; ValueError in words, with the file and the row."""
    try:
        day = read_trace_file(path.name, read_bytes(path), column)
    except ColumnError as error:
        raise ValueError(f"--trace {path}: {error}; --column NAME says which one to read") from error
    except ValueError as error:
        raise ValueError(f"--trace {path}: {error}") from error
    for note in day.notes:
        print(f"--trace {path}: {note}", file=sys.stderr)
    return day


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


def _with_settings(pipeline: Pipeline, scenario: Scenario, settings: Iterable[tuple[str, str]]) -> Scenario:
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
    value = number(f"{stage_id}.{figure}", text)
    problem = figure_problem(stations[stage_id], figure, value)
    if problem:
        raise ValueError(problem)
    return value


def _field(key: str, text: str) -> str | int | float:
    if key in SWITCHES:
        allowed = SWITCHES[key]
        if text not in tuple(allowed):
            raise ValueError(f"{key} is {text[:40]!r}; choose {' or '.join(allowed)}")
        return allowed(text)
    if key in WHOLE:
        if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= WHOLE[key]):
            raise ValueError(f"{key} is {text[:40]!r}; write a whole number from 0 to {WHOLE[key]:,}")
        return int(text)
    if key in NUMBERS:
        return number(key, text)
    raise ValueError(
        f"there is no setting {key[:40]!r}; choose {', '.join((*SWITCHES, *WHOLE, *NUMBERS))} or STAGE.FIGURE"
    )
