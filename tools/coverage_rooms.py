"""Print how much of each room the tests reached, from what SlipCover measured in `make test`.

Run: python -m tools.coverage_rooms [.coverage.json]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOM_DEPTH = 2  # `lifecycle/simulation`: a room of the house; modules beside the rooms stand under `lifecycle`
COLUMNS = ("lines", "reached", "branches", "taken")


def main(file: str = ".coverage.json") -> None:
    """Read the measurement, and print one line a room and one for all of them."""
    print(table(json.loads(Path(file).read_text(encoding="utf-8"))["files"]))


def table(files: Mapping[str, Mapping[str, Any]]) -> str:
    """One line a room, in the order of their names, and the sum: lines, branches, and the share of them reached."""
    rooms: dict[str, Counter[str]] = {}
    for name, measured in files.items():
        rooms.setdefault(room_of(name), Counter()).update(counts(measured["summary"]))
    total = sum(rooms.values(), Counter())
    width = max(map(len, [*rooms, "all rooms"]))
    rows = [*sorted(rooms.items()), ("all rooms", total)]
    head = f"{'':{width}}  {'lines':>6} {'reached':>8}  {'branches':>8} {'taken':>7}"
    return "\n".join([head, *(f"{name:{width}}  {row(each)}" for name, each in rows)])


def room_of(name: str) -> str:
    """The folder in which a module stands, down to the rooms of the house."""
    return "/".join(Path(name).parent.parts[:ROOM_DEPTH])


def counts(summary: Mapping[str, int]) -> dict[str, int]:
    """What was measured of one module, in numbers that can be summed."""
    reached, taken = summary["covered_lines"], summary["covered_branches"]
    every = (reached + summary["missing_lines"], reached, taken + summary["missing_branches"], taken)
    return dict(zip(COLUMNS, every, strict=True))


def row(each: Mapping[str, int]) -> str:
    """The numbers of one room; a share is rounded down, so that 100 % is all of it, and "–" where there is nothing."""
    lines, reached, branches, taken = (each[name] for name in COLUMNS)
    return f"{lines:6,} {share(reached, lines):>8}  {branches:8,} {share(taken, branches):>7}"


def share(part: int, whole: int) -> str:
    """A share in per cent, cut to one digit after the point."""
    return f"{1000 * part // whole / 10:.1f} %" if whole else "–"


if __name__ == "__main__":
    main(*sys.argv[1:])
