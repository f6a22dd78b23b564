"""The simulation without a page: `simulate` and `sweep` of the command line, what they print and write."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lifecycle import charts
from lifecycle.course import Course, content_folder, load
from lifecycle.course.fault_words import broken
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.scenarios import NamedScenario
from lifecycle.course.trace_files import ColumnError, RealDay, read_bytes, read_trace_file
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.experiments.sweeps import Axis, Level, Sweep, settings, sweep
from lifecycle.simulation.faults.text import FORM, fault_text, read_fault
from lifecycle.simulation.model.kinds import Arrivals, Role
from lifecycle.simulation.model.scenario import MAX_EVENTS, SWITCHES, Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.costs import Prices
from lifecycle.simulation.roles import ROLES, figure_problem
from lifecycle.simulation.theory.facts import run_facts, theory_facts

MOST_SEEDS = 2**63 - 1
# What `--set` takes beside a stage's figures: fields of the scenario that are numbers.
WHOLE = {"events": MAX_EVENTS, "seed": MOST_SEEDS}
SWEEP_STEPS = 10
NUMBERS = ("spike_at_s", "spike_length_s", "spike_factor")
LAW = ("law", "quantity", "unit", "expected", "simulated", "within", "exact", "approximate", "why")


def add_sweep_options(parser: argparse.ArgumentParser) -> None:
    """Give `sweep` its options."""
    for name, what in (("x", "one knob"), ("y", "the other")):
        span = f"{what}: STAGE.FIGURE=1,2,4 or STAGE.FIGURE=LOW..HIGH or LOW..HIGH/STEPS ({SWEEP_STEPS} steps)"
        parser.add_argument(f"--{name}", metavar="KNOB", required=True, help=span)
    parser.add_argument("--consumer", metavar="ID", help="whose data must be fresh (default: the first consumer)")
    parser.add_argument("--fresh", metavar="SECONDS", default="1800", help="service level: p95 age of at most (1800)")
    parser.add_argument("--lost", metavar="SHARE", default="0.001", help="service level: share lost, at most (0.001)")
    _add_common(parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `simulate` its options."""
    _add_common(parser)


def _add_common(parser: argparse.ArgumentParser) -> None:
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
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument(
        "--csv", metavar="FOLDER", type=Path, help="as CSV files: stages, consumers, and every chart's data"
    )


def run_simulate(options: argparse.Namespace) -> None:
    """Simulate as the options say and print the figures.

    Errors: `ContentError` for a faulty folder; ValueError, one line in words, for options that cannot be used.
    """
    course, named, scenario, trace, real_day = _asked(options)
    start = time.perf_counter()
    run = simulate(course.pipeline.network, scenario, trace)
    figures = {"trace": real_day.facts} if real_day else {}
    figures |= day_figures(named, run, course.prices, time.perf_counter() - start)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False))
    elif options.csv:
        print(
            "\n".join([*_said(real_day), *(f"wrote {path}" for path in write_csv(options.csv, course, run, figures))])
        )
    else:
        print("\n".join(_table(figures)))


def run_sweep(options: argparse.Namespace) -> None:
    """Sweep as the options say and print what came of every setting. Errors as in `run_simulate`."""
    course, named, scenario, trace, real_day = _asked(options)
    consumers = [stage.id for stage in course.pipeline.stages if stage.role == Role.CONSUMER]
    level = Level(_at_least_nought("--fresh", options.fresh), _at_least_nought("--lost", options.lost))
    x, y = _axis(course.pipeline, options.x), _axis(course.pipeline, options.y)
    start = time.perf_counter()
    found = sweep(
        course.pipeline.network,
        scenario,
        x,
        y,
        options.consumer or next(iter(consumers), ""),
        trace,
        prices=course.prices,
    )
    rows = list(_cells(found, level))
    words = _in_words(course, scenario, found, level)
    if options.json:
        told: dict[str, Any] = {
            "scenario": named.id,
            "consumer": found.consumer,
            "x": x.name,
            "y": y.name,
            "settings": _settings_of(scenario),
            "idle": [axis.name for axis in found.idle],
            "cheapest": None if (best := found.cheapest(level)) is None else rows[best[0] * len(y.values) + best[1]],
            "told": words,
            "runs": rows,
        }
        told |= {"trace": real_day.facts} if real_day else {}
        told |= {"elapsed_s": round(time.perf_counter() - start, 6)}
        print(json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False))
    elif options.csv:
        _write_rows(options.csv, "sweep", rows)
        print("\n".join([*_said(real_day), f"wrote {options.csv / 'sweep.csv'}"]))
    else:
        print("\n".join([*_said(real_day), *map(_line, rows)]))
    if not options.json:
        print("\n".join(words), file=sys.stderr)


def _in_words(course: Course, scenario: Scenario, found: Sweep, level: Level) -> list[str]:
    """What the sweep page says: what is broken on the day, what came of it, and what is cheapest or why nothing is."""
    stages = {stage.id: stage for stage in course.pipeline.stages}

    def knob(axis: Axis) -> tuple[str, Callable[[float], str]]:
        stage = stages[axis.station]
        return charts.knob(stage, next(each for each in ROLES[stage.role] if each.name == axis.figure))

    across, up = knob(found.x), knob(found.y)
    ways = (scenario.start, scenario.size, scenario.transform)
    cheapest = charts.cheapest(found, level, across, up, course.prices.currency, ways)
    if found.idle:
        cheapest += " Turn a switch (--start, --size, --transform), or choose another knob."
    faults = broken(scenario, {name: stage.label for name, stage in stages.items()})
    told = [*(f"Broken: {words}" for words in faults), f"{charts.swept(found, level, across, up)}."]
    return [*told, cheapest] if cheapest else told


def _line(row: Mapping[str, Any]) -> str:
    figures = "  ".join(f"{name} {value:,.4g}" for name, value in row.items() if name != "meets")
    return figures + ("  meets the level" if row["meets"] else "")


def _asked(options: argparse.Namespace) -> tuple[Course, NamedScenario, Scenario, Trace | None, RealDay | None]:
    """The course, the scenario that the options name, it with their settings laid over, and the day it replays.

    The last is that day as it was read, where it comes from a file.
    """
    course = load(options.folder or content_folder())
    named = course.named(options.scenario) if options.scenario else course.default
    if named is None:
        known = ", ".join(found.id for found in course.scenarios) or "none"
        raise ValueError(f"no scenario {options.scenario!r}: the folder has {known}")
    faults = tuple(read_fault(text, course.pipeline.network) for text in options.fault)
    faulty = replace(named.scenario, faults=(*named.scenario.faults, *faults))
    if not options.trace:
        if options.column:
            raise ValueError("--column names a column of the file that --trace names; give --trace, too")
        scenario = with_settings(course.pipeline, faulty, _settings(options))
        return course, named, scenario, course.traces.get(scenario.trace), None
    real_day = _real_day(options.trace, options.column or "")
    trace = real_day.trace
    base = replace(
        faulty,
        arrivals=Arrivals.REAL_DAY,
        trace=trace.name or options.trace.name,
        events=min(trace.events, MAX_EVENTS),
    )
    return course, named, with_settings(course.pipeline, base, _settings(options)), trace, real_day


def _said(day: RealDay | None) -> list[str]:
    return [f"replaying {day.trace.name}: {day.trace.source}"] if day else []


def _real_day(path: Path, column: str) -> RealDay:
    """The real day in a file, with its notes on standard error; ValueError in words, with the file and the row."""
    try:
        found = read_trace_file(path.name, read_bytes(path), column)
    except ColumnError as error:
        raise ValueError(f"--trace {path}: {error}; --column NAME says which one to read") from error
    except ValueError as error:
        raise ValueError(f"--trace {path}: {error}") from error
    for note in found.notes:
        print(f"--trace {path}: {note}", file=sys.stderr)
    return found


def _axis(pipeline: Pipeline, text: str) -> Axis:
    """Read `stage.figure=1,2,4`, `stage.figure=0.01..1` or `…=0.01..1/10`, by equal factors where the knob is so."""
    name, _, span = text.partition("=")
    stage, _, figure = name.strip().partition(".")
    low, dots, rest = span.partition("..")
    if not dots:
        return Axis(stage, figure, tuple(_number(name, part) for part in span.split(",") if part.strip()))
    high, _, steps = rest.partition("/")
    if steps and not (steps.isascii() and steps.isdigit() and len(steps) < 6):
        raise ValueError(f"{name} in {steps[:20]!r} steps; write a whole number")
    here = next((station for station in pipeline.network.stations if station.id == stage), None)
    known = next((one for one in ROLES[here.role] if one.name == figure), None) if here else None
    whole, log = (known.unit in ("workers", "consumers"), known.scale == "log") if known else (False, False)
    count = int(steps or SWEEP_STEPS)
    return Axis(stage, figure, settings(_number(name, low), _number(name, high), count, whole=whole, log=log))


def _at_least_nought(name: str, text: str) -> float:
    value = _number(name, text)
    if not value >= 0:
        raise ValueError(f"{name} is {text}; write a number of at least 0")
    return value


def _cells(found: Sweep, level: Level) -> Iterator[dict[str, Any]]:
    meets = found.meets(level)
    for i, x in enumerate(found.x.values):
        for j, y in enumerate(found.y.values):
            yield {
                found.x.name: x,
                found.y.name: y,
                "fresh_p95_s": float(found.fresh_s[i, j]),
                "lost_share": float(found.lost_share[i, j]),
                "peak_per_s": float(found.peak_per_s[i, j]),
                "cost": float(found.cost[i, j]),
                "meets": bool(meets[i, j]),
            }


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
        allowed = SWITCHES[key]
        if text not in tuple(allowed):
            raise ValueError(f"{key} is {text[:40]!r}; choose {' or '.join(allowed)}")
        return allowed(text)
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


def day_figures(named: NamedScenario, run: Run, prices: Prices, elapsed_s: float) -> dict[str, Any]:
    """What `simulate --json` prints of a run: its settings, `run_facts`, and the theory of each stage."""
    scenario = run.scenario
    figures = {
        "scenario": named.id,
        "title": named.title,
        "seed": scenario.seed,
        "settings": _settings_of(scenario),
        **run_facts(run, prices),
        "elapsed_s": round(elapsed_s, 6),
    }
    for name, theory in theory_facts(run).items():
        figures["stages"][name]["theory"] = theory
    return figures


def _settings_of(scenario: Scenario) -> dict[str, Any]:
    """The switches, what arrives, what is broken, and each figure that is not its stage's own."""
    return {
        **{name: getattr(scenario, name) for name in SWITCHES},
        "arrivals": scenario.arrivals,
        **({"trace": scenario.trace} if scenario.trace else {}),
        **({"faults": [fault_text(fault) for fault in scenario.faults]} if scenario.faults else {}),
        **{f"{stage}.{figure}": value for stage, figure, value in scenario.overrides},
    }


def _table(figures: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Nested figures as indented lines."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield f"{'  ' * depth}{name}"
            yield from _table(value, depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{'  ' * depth}{name}"
            for number, each in enumerate(value, 1):
                yield from _table({str(number): each}, depth + 1)
        else:
            yield f"{'  ' * depth}{name}: {f'{value:,.4g}' if isinstance(value, float) else value}"


def write_csv(folder: Path, course: Course, run: Run, figures: Mapping[str, Any]) -> Iterator[Path]:
    """Write the figures and every chart's data as CSV into `folder`, which is made; ValueError if it cannot be."""
    stages = {name: dict(values) for name, values in figures["stages"].items()}
    theory = [(name, values.pop("theory")) for name, values in stages.items()]
    for kind, found in (("stages", stages), ("consumers", figures["consumers"])):
        yield _write_rows(folder, kind, [{"id": name, **_flat(values)} for name, values in found.items()])
    laws = [{"id": name, **dict.fromkeys(LAW), **each} for name, told in theory for each in (told, *told.pop("also"))]
    yield _write_rows(folder, "theory", laws)
    for name, draw in charts.CHARTS.items():
        yield _write(folder, name.lower().replace(" ", "-"), charts.csv(draw(course.pipeline, run, None).table))


def _write_rows(folder: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["id"])
    writer.writeheader()
    writer.writerows(rows)
    return _write(folder, name, text.getvalue())


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ValueError(f"cannot write into {folder}: {error.strerror or error}") from error
    return path


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested figures in one row: `latency_s.p95`."""
    row: dict[str, Any] = {}
    for name, value in values.items():
        row |= _flat(value, f"{before}{name}.") if isinstance(value, Mapping) else {f"{before}{name}": value}
    return row


def complain(problem: str) -> None:
    """Say in one line on standard error why nothing was simulated."""
    print(f"nothing was simulated: {problem}", file=sys.stderr)
