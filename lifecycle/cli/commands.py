"""What every command is made of: its name, its options, its run, and how it says that something is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from lifecycle.course import ContentError, Problem

WELL, FAULTY, WRONG_CALL = 0, 1, 2


@dataclass(frozen=True)
class Command:
    """A command of the program: `run` gets what was read by `add_options` and returns an exit code."""

    name: str
    about: str
    add_options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    passes_on: bool = False  # whether options that it does not know are another program's: they are in `rest`


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Let a command be given a content folder."""
    about = "a content folder (default: the course)"
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=about)


def print_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """Print each problem on a line of its own."""
    for problem in problems:
        print(problem, file=stream)


def complain(outcome: str, problem: str) -> None:
    """Say in one line on standard error what was not done, and why."""
    print(f"{outcome}: {problem}", file=sys.stderr)


def exit_code(work: Callable[[], None], outcome: str) -> int:
    """The exit code of work that may raise: `ContentError` for a faulty folder, ValueError for a wrong call."""
    try:
        work()
    except ContentError as error:
        print_problems(error.problems, sys.stderr)
        return FAULTY
    except ValueError as error:
        complain(outcome, str(error))
        return WRONG_CALL
    return WELL
