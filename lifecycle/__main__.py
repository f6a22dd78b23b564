"""`headwaters new | serve | check | questions | simulate | follow | sweep | export | figures | import`.

`python -m lifecycle` is the same, from a source tree that was not installed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from lifecycle.cli import COMMANDS
from lifecycle.cli.commands import WELL, WRONG_CALL, Command

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
    command: Command = options.command
    if rest and not command.passes_on:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    try:
        code = command.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    return code


def _parser(program: str) -> argparse.ArgumentParser:
    parser = OneLineParser(prog=program, description="Headwaters: an explorer of the data lifecycle.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        subparser = commands.add_parser(command.name, help=command.about, description=command.about)
        subparser.set_defaults(command=command)
        command.add_options(subparser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
