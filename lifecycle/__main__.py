"""The command line: `python -m lifecycle check | simulate | questions | figures`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from lifecycle.course import ContentError, Course, Problem, content_folder, folder_questions, load
from lifecycle.quizzes.questions import Question
from lifecycle.quizzes.reading import as_dict
from lifecycle.scenarios import SWITCHES, NamedScenario
from lifecycle.simulation.figures import ROLES
from lifecycle.simulation.measures import summary
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import MAX_EVENTS, Scenario

WELL, FAULTY = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 something is wrong with the content, 2 a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file name that is no text, a terminal that knows only ASCII
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    command = cast(Callable[[argparse.Namespace], int], options.command)
    try:
        code = command(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lifecycle", description="Headwaters: an explorer of the data lifecycle."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help, description=help)
        found.set_defaults(command=run)
        found.add_argument(
            "folder", nargs="?", type=Path, metavar="FOLDER", help="a content folder (default: the course)"
        )
        return found

    command(
        "check", _check, "Check a content folder and print every problem as file:line: what is wrong, how to mend it."
    )
    listing = command("questions", _questions, "List the questions of any folder of Markdown.")
    listing.add_argument("--json", action="store_true", help="as JSON")
    running = command("simulate", _simulate, "Simulate a day and print its figures.")
    running.add_argument("--json", action="store_true", help="as JSON")
    running.add_argument("--scenario", metavar="ID", help="a scenario of the folder (default: its first)")
    for name, allowed in SWITCHES.items():
        running.add_argument(f"--{name}", choices=allowed, help=f"override the scenario's {name}")
    running.add_argument("--seed", type=_whole(0, 2**63 - 1), help="the seed of the random numbers")
    running.add_argument("--events", type=_whole(0, MAX_EVENTS), help="events expected in the day")
    numbers = commands.add_parser("figures", help="List the roles of stages and the figures of each.")
    numbers.set_defaults(command=_figures)
    return parser


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is out of range: use {low} to {high}")
        return value

    return read


def _check(options: argparse.Namespace) -> int:
    try:
        course = load(options.folder or content_folder())
    except ContentError as error:
        _print_problems(error.problems, sys.stdout)
        return FAULTY
    counts = (len(course.places), "place"), (len(course.questions), "question"), (len(course.scenarios), "scenario")
    print(", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts) + ": all well")
    return WELL


def _print_problems(problems: Iterable[Problem], stream: Any) -> None:
    for problem in problems:
        print(problem, file=stream)


def _questions(options: argparse.Namespace) -> int:
    questions, problems = folder_questions(options.folder or content_folder())
    if options.json:
        print(json.dumps([as_dict(question) for question in questions], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(map(_readable, questions)) or "no questions")
    _print_problems(problems, sys.stderr)
    return FAULTY if problems else WELL


def _readable(question: Question) -> str:
    lines = [
        f"{question.place} / {question.id} ({question.kind}) {question.file}:{question.line}",
        *_indented(question.stem),
    ]
    for option in question.options:
        lines += _indented(f"[{'x' if option.right else ' '}] {option.text}")
        lines += _indented(option.feedback, "      > ")
    lines += [line for answer in question.answers for line in _indented(f"= {answer}")]
    return "\n".join([*lines, *_indented(question.explanation)])


def _indented(text: str, by: str = "  ") -> list[str]:
    return [by + line for line in text.split("\n") if line.strip()]


def _figures(_: argparse.Namespace) -> int:
    for role, figures in ROLES.items():
        print(role)
        for figure in figures:
            span = f"{figure.low:,g} to {figure.high:,g} {figure.unit}, {figure.default:,g} unless said"
            print(f"  {figure.name}: {figure.about} ({span})")
    return WELL


def _simulate(options: argparse.Namespace) -> int:
    try:
        course = load(options.folder or content_folder())
    except ContentError as error:
        _print_problems(error.problems, sys.stderr)
        return FAULTY
    named = course.named(options.scenario) if options.scenario else course.default
    if named is None:
        known = ", ".join(found.id for found in course.scenarios) or "none"
        print(f"no scenario {options.scenario!r}: the folder has {known}", file=sys.stderr)
        return FAULTY
    return _print_run(course, named, _with_options(named.scenario, options), as_json=options.json)


def _with_options(scenario: Scenario, options: argparse.Namespace) -> Scenario:
    chosen = {name: getattr(options, name) for name in (*SWITCHES, "seed", "events")}
    return replace(scenario, **{name: value for name, value in chosen.items() if value is not None})


def _print_run(course: Course, named: NamedScenario, scenario: Scenario, *, as_json: bool) -> int:
    trace = course.traces.get(scenario.trace)
    try:
        run = simulate(course.pipeline.network, scenario, trace)
    except ValueError as error:
        print(f"this day cannot be simulated: {error}", file=sys.stderr)
        return FAULTY
    figures = {"id": named.id, "title": named.title, **summary(run).as_dict()}
    if as_json:
        print(json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print("\n".join(_table(figures)))
    return WELL


def _table(figures: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Nested figures as indented lines."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield f"{'  ' * depth}{name}"
            yield from _table(value, depth + 1)
        else:
            yield f"{'  ' * depth}{name}: {f'{value:,.4g}' if isinstance(value, float) else value}"


if __name__ == "__main__":
    sys.exit(main())
