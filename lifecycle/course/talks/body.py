"""What stands below a headline, told apart by how its lines begin: text for the hall, points, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lifecycle.documents import Problem

TEXT, POINT, NOTES = 400, 160, 4_000  # characters: beyond these no hall reads, and no speaker either
MOST_POINTS = 8
_POINT = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


@dataclass(frozen=True)
class Body:
    """What the hall reads at once, what it is given point by point, and what only the presenter reads."""

    text: str = ""
    points: tuple[str, ...] = ()
    notes: str = ""


def read_body(markdown: str, file: str, first_line: int) -> tuple[Body, tuple[Problem, ...]]:
    """The three parts of a step's Markdown, and what is wrong with them."""
    text, notes = [""], [""]
    points: list[str] = []
    problems: list[Problem] = []
    goes_on = text  # where a line that begins with no mark belongs: its paragraph's, as in any Markdown
    for number, line in enumerate(markdown.split("\n"), first_line):
        if not line.strip():
            goes_on = text
            for part in (text, notes):
                part.append("")
        elif quote := _QUOTE.match(line):
            goes_on = notes
            notes.append(line[quote.end() :])
        elif point := _POINT.match(line):
            goes_on = points
            points.append(line[point.end() :].strip())
        elif _HEADING.match(line):
            problems.append(Problem(file, number, "a heading within a step", "begin a new step with `##`"))
        elif _FENCE.match(line):
            problems.append(Problem(file, number, "a block of code for the hall", "put it into the notes"))
        elif goes_on is points:
            points[-1] += f" {line.strip()}"
        else:
            goes_on.append(line.strip() if goes_on is text else line)
    body = Body(_joined(text), tuple(points), _joined(notes))
    return body, (*problems, *_too_long(body, file, first_line - 1))


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _too_long(body: Body, file: str, line: int) -> list[Problem]:
    longest = max(map(len, body.points), default=0)
    problems = [
        Problem(file, line, f"{what} of {size:,} characters", f"shorten it to {limit:,}")
        for what, size, limit in (
            ("a text", len(body.text), TEXT),
            ("a point", longest, POINT),
            ("notes", len(body.notes), NOTES),
        )
        if size > limit
    ]
    if len(body.points) > MOST_POINTS:
        problems.append(Problem(file, line, f"{len(body.points):,} points", f"keep them to {MOST_POINTS}"))
    return problems
