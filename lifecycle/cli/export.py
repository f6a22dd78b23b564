"""`export`: the course as one HTML file that needs no server."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lifecycle.cli.commands import Command, exit_code
from lifecycle.course import content_folder, load
from lifecycle.diagram.layout import GraphvizError
from lifecycle.outputs import offline


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `export` its options."""
    parser.add_argument("out", type=Path, metavar="FOLDER", help="where to: a new or empty folder, or an earlier copy")
    parser.add_argument("--content", type=Path, metavar="FOLDER", help="a content folder (default: the course)")


def run(options: argparse.Namespace) -> int:
    """Write the copy and say where it is."""
    return exit_code(lambda: _write(options), "nothing was written")


COMMAND = Command(
    "export",
    "Write the course as one HTML file that opens by a double click, without a server or a network.",
    add_options,
    run,
)


def _write(options: argparse.Namespace) -> None:
    offline.refuse(options.out)
    try:
        files = offline.files(load(options.content or content_folder()), _report)
    except GraphvizError as error:
        raise ValueError(str(error)) from error
    offline.save(files, options.out)
    print(f"{options.out / offline.FILE}: {len(files[offline.FILE]) / 1e6:.1f} MB, open it with a double click")


def _report(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)
