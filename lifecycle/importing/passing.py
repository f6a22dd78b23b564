"""Files that cannot be meant: one that somebody named is refused; what lies in a folder or a zip is passed over.

A folder or a zip in which nothing can be read is refused with the first reason, and so is whatever is too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lifecycle.documents import printable
from lifecycle.importing.graph import ImportProblem, TooMuch
from lifecycle.importing.telling import UnknownFile
from lifecycle.importing.texts import cut
from lifecycle.words import plural

MOST_NAMED = 5
MOST_REASON = 120


@dataclass(frozen=True)
class GivenFile:
    """A file of a known kind: its name, the folder or archive that it lies in ("" where it was named), its content."""

    name: str
    within: str
    value: Any


class PassedOver:
    """What was passed over and why, and in which folders and archives something could be read."""

    def __init__(self) -> None:
        self._problems: list[tuple[str, ImportProblem]] = []
        self._beside: list[GivenFile] = []
        self._readable: set[str] = set()
        self._cut: list[str] = []

    def read(self, file: GivenFile) -> None:
        """A file that was read."""
        self._readable.add(file.within)

    def fault(self, name: str, within: str, problem: ImportProblem) -> None:
        """A file that cannot be meant, and why. Raises that where somebody named the file, or it is too much."""
        problem = problem.of(name)
        if not within or isinstance(problem, TooMuch):
            raise problem
        self._problems.append((within, problem))

    def cut_off(self, name: str, line: int) -> None:
        """A file of which all was read but its last line."""
        self._cut.append(f"{printable(name) or 'the file'} (line {line})")

    def beside_manifest(self, file: GivenFile) -> None:
        """A file that draws a graph, but lies in the folder of a dbt project."""
        self._beside.append(file)

    def refuse_empty(self, *, with_manifest: bool) -> None:
        """Raise the first reason of a folder in which nothing was read; one `with_manifest` may hold other files."""
        readable = self._readable | {file.within for file in self._beside if with_manifest}
        for within, _ in self._problems:
            if within not in readable:
                raise self._reason(within)

    def _reason(self, within: str) -> ImportProblem:
        """Of what broke in a file of a known kind, if any: that is more likely meant than one of another kind."""
        problems = [problem for place, problem in self._problems if place == within]
        broken = [problem for problem in problems if not isinstance(problem, UnknownFile)]
        if broken or len(problems) == 1:
            return (broken or problems)[0]
        what = f"{plural(len(problems), 'file')}, none of a kind that is known"
        return ImportProblem(what, "name the files themselves")

    def notes(self) -> Iterator[str]:
        """A note on all of them, which names the first few, those that broke before those of another kind."""
        problems = sorted((problem for _, problem in self._problems), key=lambda one: isinstance(one, UnknownFile))
        reasons = [(problem.file, problem.line, problem.what) for problem in problems]
        reasons += [(file.name, 0, "no part of the dbt project beside it") for file in self._beside]
        if reasons:
            named = [
                f"{printable(name)} ({f'line {line}: ' if line > 1 else ''}{cut(what, MOST_REASON)})"
                for name, line, what in reasons[:MOST_NAMED]
            ]
            yield f"{plural(len(reasons), 'file')} passed over: {_listed(named, len(reasons))}"
        if self._cut:
            files = _listed(self._cut[:MOST_NAMED], len(self._cut))
            yield f"{plural(len(self._cut), 'file')} cut off at the end, read up to there: {files}"


def _listed(named: list[str], count: int) -> str:
    return ", ".join([*named, f"and {count - len(named):,} more"] if count > len(named) else named)
