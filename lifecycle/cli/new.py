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
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder for the course")
    about = "make it of files that `import` reads, instead of the bakery to begin with"
    parser.add_argument("--from", dest="files", nargs="+", metavar="FILE", help=about)
    importing.add_selection(parser)
    parser.add_argument("--title", metavar="TEXT", help="with --from: the course's title (default: the folder's name)")


def run(options: argparse.Namespace) -> int:
    """Write the course, or say in a line why not."""
    if options.files:
        return importing.run(_as_import(options))
    if options.select or options.title:
        complain(NOTHING, "--select and --title are for a course made of files; add --from FILE")
        return WRONG_CALL
    return exit_code(lambda: _write(options.folder), NOTHING)


COMMAND = Command("new", "Write a small course to begin with.", add_options, run)


def _as_import(options: argparse.Namespace) -> argparse.Namespace:
    """The call of `import` that does the same."""
    parser = argparse.ArgumentParser()
    importing.add_options(parser)
    more = [*(("--title", options.title) if options.title else ())]
    more += [part for pattern in options.select or () for part in ("--select", pattern)]
    return parser.parse_args([*options.files, "--out", str(options.folder), *more])


def _write(folder: Path) -> None:
    files = {path.relative_to(STARTER).as_posix(): path for path in sorted(STARTER.rglob("*")) if path.is_file()}
    write_course({name: path.read_text(encoding="utf-8") for name, path in files.items()}, folder)
    print(f"{len(files)} files written to {folder}: a bakery with six stages, two days, six questions and a lesson")
    print(f"Look at it:  HEADWATERS_CONTENT={folder} python -m lifecycle serve")
    print(f"Change it:   {folder / 'README.md'} says where to begin")
    print(f"Check it:    python -m lifecycle check {folder}")
