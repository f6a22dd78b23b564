"""`new`: a course to begin with, in a folder of its own: a small one that works, or one made of somebody's pipeline."""

from __future__ import annotations

import argparse
from pathlib import Path

from lifecycle.cli import importing
from lifecycle.cli.commands import WRONG_CALL, Command, complain, exit_code
from lifecycle.course.loading import STARTER
from lifecycle.importing.drafting import write_course

NOTHING = "nothing was written"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `new` its options."""
    where = "a new or empty folder for the course, or, with --from, the last import of it"
    parser.add_argument("out", type=Path, metavar="FOLDER", help=where)
    about = "make it of files that `import` reads, instead of the bakery to begin with"
    parser.add_argument("--from", dest="files", nargs="+", type=Path, metavar="FILE", help=about)
    importing.add_selection(parser)
    parser.add_argument("--title", metavar="TEXT", help="with --from: the course's title (default: the folder's name)")
    parser.set_defaults(course=False, json=False)  # with them, and by their names, its options are those of `import`


def run(options: argparse.Namespace) -> int:
    """Write the course, or say in a line why not."""
    if options.files:
        return importing.run(options)
    if options.select or options.title:
        complain(NOTHING, "--select and --title are for a course made of files; add --from FILE")
        return WRONG_CALL
    return exit_code(lambda: _write(options.out), NOTHING)


COMMAND = Command("new", "Write a small course to begin with.", add_options, run)


def _write(folder: Path) -> None:
    files = {path.relative_to(STARTER).as_posix(): path for path in sorted(STARTER.rglob("*")) if path.is_file()}
    write_course({name: path.read_text(encoding="utf-8") for name, path in files.items()}, folder)
    print(f"{len(files)} files written to {folder}: a bakery with six stages, two days, six questions and a lesson")
    print(f"Look at it:  HEADWATERS_CONTENT={folder} python -m lifecycle serve")
    print(f"Change it:   {folder / 'README.md'} says where to begin")
    print(f"Check it:    python -m lifecycle check {folder}")
