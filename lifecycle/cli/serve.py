"""`serve`: the app as a web page. Streamlit runs as a program of its own and is not imported here."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from lifecycle import installed
from lifecycle.cli import several
from lifecycle.cli.commands import WRONG_CALL, Command, complain

MOST_PROCESSES = 64


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `serve` its options; every other `--option value` is Streamlit's, and none of ours may be shortened."""
    parser.allow_abbrev = False
    parser.add_argument("--port", type=_port, metavar="N", help="the port to serve on (8501 unless said)")
    parser.add_argument(
        "--processes",
        type=_processes,
        default=1,
        metavar="N",
        help="how many processes serve behind the port (1 unless said); more than one need HAProxy and PostgreSQL",
    )
    parser.epilog = "Every other option is passed on to Streamlit: see `streamlit run --help`."


def command(port: int | None, options: Sequence[str]) -> list[str]:
    """The program that serves the app, with its arguments. ValueError where `options` begin with no option.

    Its settings are in `.streamlit/config.toml`, which Streamlit finds beside `app.py` from any folder.
    """
    if options and not options[0].startswith("-"):
        raise ValueError(f"serve takes no folder: name it in HEADWATERS_CONTENT={options[0]} instead")
    # -P: what lies in the folder in which the server is started is not taken for a module.
    serving = [sys.executable, "-P", "-m", "streamlit", "run", str(installed.APP), "--server.headless", "true"]
    return [*serving, *(["--server.port", str(port)] if port else []), *options]


def run(options: argparse.Namespace) -> int:
    """Serve until the server is stopped."""
    try:
        if options.processes > 1:
            return several.run(options.processes, options.port, options.rest, command)
        called = command(options.port, options.rest)
    except ValueError as error:
        complain("nothing is served", str(error))
        return WRONG_CALL
    return become(called)


def become(program: list[str]) -> int:
    """Run the program in our place; where that cannot be, beside us, with its exit code."""
    if os.name != "nt":
        os.execv(program[0], program)  # the server takes our place, so that anyone who stops us stops it
    return subprocess.call(program)  # Windows would have the server run on in the background


def _port(text: str) -> int:
    return _number(text, 65_535, "a port")


def _processes(text: str) -> int:
    return _number(text, MOST_PROCESSES, "a count of processes")


def _number(text: str, most: int, what: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not {what}: choose a number from 1 to {most}")
    return int(text)


COMMAND = Command(
    "serve",
    "Serve the app: open its address in a browser.",
    add_options,
    run,
    passes_on=True,
)
