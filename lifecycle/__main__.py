"""The command line: `headwaters serve | check | simulate | sweep | questions | export | figures`.

`python -m lifecycle` is the same, from a source tree that was not installed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

from lifecycle.classroom import rehearsal
from lifecycle.cli import questions as bank
from lifecycle.cli import serve
from lifecycle.cli import simulate as headless
from lifecycle.course import ContentError, Course, Problem, address, computed, content_folder, load
from lifecycle.course.pipeline_file import FILE as PIPELINE_FILE
from lifecycle.course.quizzes.patterns import weaknesses
from lifecycle.diagram import layout
from lifecycle.diagram.layout import GraphvizError
from lifecycle.outputs import offline
from lifecycle.simulation.roles import ROLES

WELL, FAULTY, WRONG_CALL = 0, 1, 2
MODULE = "python -m lifecycle"


class OneLineParser(argparse.ArgumentParser):
    """A parser that says what is wrong with a call in one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.exit(WRONG_CALL, f"{self.prog}: {message} (see {self.prog} --help)\n")


def headwaters() -> int:
    """The program `headwaters`: the same commands; without one it serves."""
    return main(sys.argv[1:] or ["serve"], program="headwaters")


def main(arguments: Sequence[str] | None = None, program: str = MODULE) -> int:
    """Run one command and return its exit code: 0 well, 1 something is wrong with the content, 2 a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file name that is no text, a terminal that knows only ASCII
            stream.reconfigure(errors="backslashreplace")
    parser = _parser(program)
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command is not _serve:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    command = cast(Callable[[argparse.Namespace], int], options.command)
    try:
        code = command(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    return code


def _parser(program: str) -> argparse.ArgumentParser:
    parser = OneLineParser(prog=program, description="Headwaters: an explorer of the data lifecycle.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help, description=help)
        found.set_defaults(command=run)
        found.add_argument(
            "folder", nargs="?", type=Path, metavar="FOLDER", help="a content folder (default: the course)"
        )
        return found

    about = "Serve the app: open its address in a browser."
    serving = commands.add_parser("serve", help=about, description=about, allow_abbrev=False)
    serving.set_defaults(command=_serve)
    serve.add_options(serving)
    about = "Check a content folder and print every problem as file:line: what is wrong, how to fix it."
    checking = command("check", _check, about)
    checking.add_argument("--strict", action="store_true", help="weak questions are problems, too")
    about = "List the questions of any folder of Markdown, or write them for another program."
    listing = command("questions", _questions, about)
    bank.add_options(listing)
    running = command("simulate", _simulate, "Simulate a day and print its figures.")
    headless.add_options(running)
    sweeping = command("sweep", _sweep, "Simulate every pair of settings of two knobs.")
    headless.add_sweep_options(sweeping)
    about = "Write the course as one HTML file that opens by a double click, without a server or a network."
    copying = commands.add_parser("export", help=about, description=about)
    copying.set_defaults(command=_export)
    copying.add_argument("out", type=Path, metavar="FOLDER", help="where to: a new or empty folder, or an earlier copy")
    copying.add_argument("--content", type=Path, metavar="FOLDER", help="a content folder (default: the course)")
    numbers = commands.add_parser("figures", help="List the roles of stages and the figures of each.")
    numbers.set_defaults(command=_figures)
    return parser


def _serve(options: argparse.Namespace) -> int:
    try:
        return serve.run(options.port, options.rest)
    except ValueError as error:
        serve.complain(str(error))
        return WRONG_CALL


def _check(options: argparse.Namespace) -> int:
    folder = options.folder or content_folder()
    try:
        course = load(folder)
    except ContentError as error:
        _print_problems(error.problems, sys.stdout)
        return FAULTY
    problems = [
        problem
        for file in _linking(course)
        for problem in address.link_problems((folder / file).read_text(encoding="utf-8"), file, course)
    ]
    drawn_from = (folder / PIPELINE_FILE).read_text(encoding="utf-8")
    problems += layout.icon_problems(course.pipeline, drawn_from, PIPELINE_FILE)
    problems += [*address.see_problems(course), *computed.problems(course), *rehearsal.problems(course)]
    if problems:
        _print_problems(problems, sys.stdout)
        return FAULTY
    weak = weaknesses(course.questions, [idea.id for idea in course.known.ideas])
    bank.tell_weak(weak, sys.stdout if options.strict else sys.stderr)
    if weak and options.strict:
        return FAULTY
    counts = [(len(course.places), "place"), (len(course.questions), "question"), (len(course.scenarios), "scenario")]
    if course.talks:
        counts.append((len(course.talks), "talk"))
    own = sum(len(talk.questions) for talk in course.talks)
    apart = f" ({bank.in_talks(own)})" if own else ""
    print(", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts) + f"{apart}: all well")
    return WELL


def _linking(course: Course) -> Iterator[str]:
    """Every file of a course in whose text a link may turn settings."""
    yield from (f"stages/{place}.md" for place in course.places)
    yield from sorted({question.file for question in course.questions})
    if course.overview:
        yield "lifecycle.md"
    yield from (f"scenarios/{named.id}.md" for named in course.scenarios)
    yield from (f"transfers/{each.start}-{each.size}.md" for each in course.transfers)
    yield from (f"talks/{talk.id}.md" for talk in course.talks)


def _print_problems(problems: Iterable[Problem], stream: Any) -> None:
    for problem in problems:
        print(problem, file=stream)


def _questions(options: argparse.Namespace) -> int:
    try:
        problems = bank.run(options)
    except ValueError as error:
        bank.complain(str(error))
        return WRONG_CALL
    _print_problems(problems, sys.stderr)
    return FAULTY if problems else WELL


def _export(options: argparse.Namespace) -> int:
    try:
        offline.refuse(options.out)
        files = offline.files(load(options.content or content_folder()), _tell)
        offline.save(files, options.out)
    except ContentError as error:
        _print_problems(error.problems, sys.stderr)
        return FAULTY
    except (ValueError, GraphvizError) as error:
        bank.complain(str(error))
        return WRONG_CALL
    print(f"{options.out / offline.FILE}: {len(files[offline.FILE]) / 1e6:.1f} MB, open it with a double click")
    return WELL


def _tell(said: str) -> None:
    print(said, file=sys.stderr, flush=True)


def _figures(_: argparse.Namespace) -> int:
    for role, figures in ROLES.items():
        print(role)
        for figure in figures:
            span = f"{figure.low:,g} to {figure.high:,g} {figure.unit}, {figure.default:,g} unless said"
            print(f"  {figure.name}: {figure.about} ({span}; {figure.source})")
    return WELL


def _simulate(options: argparse.Namespace) -> int:
    return _headless(headless.run_simulate, options)


def _sweep(options: argparse.Namespace) -> int:
    return _headless(headless.run_sweep, options)


def _headless(run: Callable[[argparse.Namespace], None], options: argparse.Namespace) -> int:
    try:
        run(options)
    except ContentError as error:
        _print_problems(error.problems, sys.stderr)
        return FAULTY
    except ValueError as error:
        headless.complain(str(error))
        return WRONG_CALL
    return WELL


if __name__ == "__main__":
    sys.exit(main())
