"""`diff`: two versions of a pipeline side by side, for the pull request that leads from one to the other."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from lifecycle.cli.commands import FAULTY, WELL, Command, exit_code
from lifecycle.outputs import comparing


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `diff` its options."""
    about = "a content folder, or anything that `import` reads: a dbt target/, its manifest.json, a zip, a flowchart …"
    parser.add_argument("before", type=Path, metavar="BEFORE", help=about)
    parser.add_argument("after", type=Path, metavar="AFTER", help="the same, as it is to become")
    parser.add_argument(
        "--fresh",
        metavar="CONSUMER=SECONDS",
        action="append",
        default=[],
        help="service level: p95 age of at most so many seconds at this consumer of AFTER; may be given again",
    )
    parser.add_argument(
        "--scenario", metavar="ID", help="a scenario of both folders (default: the first that both have)"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Compare as the options say: 1 where a service level is broken."""
    broken: list[str] = []
    code = exit_code(lambda: broken.extend(_diff(options)), "nothing was compared")
    for line in broken:
        print(line, file=sys.stderr)
    return code or (FAULTY if broken else WELL)


COMMAND = Command(
    "diff", "Compare two versions of a pipeline: what changed, and what that does to a day.", add_options, run
)


def _diff(options: argparse.Namespace) -> list[str]:
    """Print the comparison; a line for each service level that is broken."""
    before, after = comparing.read_sides(options.before, options.after)
    levels = comparing.read_levels(after, options.fresh)
    comparison = comparing.compared(before, after, options.scenario)
    promises = comparing.promised(comparison, levels)
    if options.json:
        facts = comparing.as_dict(comparison) | {"levels": [promise.facts for promise in promises]}
        print(json.dumps(facts, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print(comparing.as_markdown(comparison, promises), end="")
    return [f"--fresh {promise.consumer.name}: {promise.words}" for promise in promises if promise.broken]
