"""The first drills of the shipped course, one for each level, made beforehand and kept in a file of the program.

A fresh clone with an empty data folder has them at once. `python -m tools.ship_drills` writes the file anew; a test
holds it against what the code makes. For any other course, or this one with a stage changed, it has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lifecycle.learning.drills.making import Drill
from lifecycle.learning.drills.shelf import as_plain, course_digest, from_plain
from lifecycle.simulation.model.network import Network

FILE = Path(__file__).with_name("shipped.json")
SEED = 1


def shipped(network: Network, labels: Mapping[str, str], seed: int, level: int) -> Drill | None:
    """The drill of this seed and level of the shipped course, None where it was not made or the course is another."""
    file = _file()
    if file["course"] != course_digest(network, labels):
        return None
    return next((from_plain(row) for row in file["drills"] if (row["seed"], row["level"]) == (seed, level)), None)


def text(network: Network, labels: Mapping[str, str], drills: Iterable[Drill]) -> str:
    """What stands in the file: the digest of the course, and a line for each drill."""
    lines = ",\n".join(json.dumps(as_plain(drill)) for drill in drills)
    return f'{{"course": "{course_digest(network, labels)}", "drills": [\n{lines}\n]}}\n'


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    file: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return file
