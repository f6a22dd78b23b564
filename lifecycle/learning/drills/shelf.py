"""Drills that were made before anybody asked for them, kept as files: to make one takes seconds, to read it none.

A shelf belongs to one pipeline and one version of the code that makes and simulates drills, by a digest in its folder's
name: after either has changed, nothing old is found on it. A file that cannot be read or written is as if it were not
there, since every drill can be made again from its seed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from lifecycle import installed
from lifecycle.learning.drills.making import Drill, DrillRemedy
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Overlap
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import SWITCHES, Fault, Scenario
from lifecycle.simulation.model.schedules import Schedule


class Shelf:
    """The kept drills of one pipeline, in a folder beneath `place`."""

    def __init__(self, place: Path, network: Network, labels: Mapping[str, str]) -> None:
        name = f"{course_digest(network, labels)}/{_code()}"
        self._folder = place / hashlib.sha256(name.encode()).hexdigest()[:16]

    def get(self, seed: int, level: int) -> Drill | None:
        """The drill of this seed and level, None where it has not been kept."""
        try:
            return from_plain(json.loads(self._file(seed, level).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, drill: Drill) -> None:
        """Keep a drill; what is written at the same time by another process is the same."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(as_plain(drill), file)
            Path(name).replace(self._file(drill.seed, drill.level))

    def has(self, seed: int, level: int) -> bool:
        """Whether the drill of this seed and level is kept."""
        return self._file(seed, level).is_file()

    def _file(self, seed: int, level: int) -> Path:
        return self._folder / f"{seed}-{level}.json"


def course_digest(network: Network, labels: Mapping[str, str]) -> str:
    """A digest of all of a course that decides what its drills are."""
    whole = repr((network, sorted(labels.items())))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def as_plain(drill: Drill) -> dict[str, Any]:
    """The drill as JSON can hold it."""
    return asdict(drill)


def from_plain(plain: dict[str, Any]) -> Drill:
    """The drill that `as_plain` made this of; TypeError or KeyError where it made it of none."""
    remedies = tuple(
        DrillRemedy(**{**remedy, "scenario": _scenario(remedy["scenario"])}) for remedy in plain["remedies"]
    )
    return Drill(
        **{
            **plain,
            "scenario": _scenario(plain["scenario"]),
            "fault": _fault(plain["fault"]),
            "causes": tuple(map(FaultKind, plain["causes"])),
            "remedies": remedies,
            "complaints": tuple(plain["complaints"]),
        }
    )


def _scenario(plain: dict[str, Any]) -> Scenario:
    switches = {name: known(plain[name]) for name, known in SWITCHES.items()}
    return Scenario(
        **{
            **plain,
            **switches,
            "arrivals": Arrivals(plain["arrivals"]),
            "faults": tuple(map(_fault, plain["faults"])),
            "overrides": tuple(map(tuple, plain["overrides"])),
            "schedules": tuple(map(_schedule, plain["schedules"])),
            "on_schedule": tuple(map(tuple, plain["on_schedule"])),
        }
    )


def _schedule(plain: dict[str, Any]) -> Schedule:
    return Schedule(**{**plain, "ticks_s": tuple(plain["ticks_s"]), "overlap": Overlap(plain["overlap"])})


def _fault(plain: dict[str, Any]) -> Fault:
    return Fault(**{**plain, "kind": FaultKind(plain["kind"])})


@lru_cache(maxsize=1)
def _code() -> str:
    """A digest of everything that decides what a drill is: the simulation, the drills and their words."""
    return installed.code_digest("simulation", "learning/drills", "words.py")
