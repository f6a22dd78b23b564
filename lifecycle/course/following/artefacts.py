"""What an order looks like at a stage: a template that an author wrote, filled with the event's own values.

Text all the way: it is set as text wherever it is shown, so nothing in it is ever markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lifecycle.documents import CONTROL, Fields, Node, Problem, instead, shown
from lifecycle.simulation.readings.journey import Journey, Stay
from lifecycle.words import clock_s

TITLE, MOST_LINES, WIDEST = 60, 6, 100
# A field stands in braces alone; braces of JSON and SQL hold more than one plain word.
_FIELD = re.compile(r"\{([a-z_]+)\}")
# Stand for a moment that the event did not reach by midnight, and for its age then.
NOT_REACHED = "--:--:--"
NO_AGE = "--"
PARTITIONS = 12

FIELDS = {
    "order": "its number in order of birth",
    "amount": "what was paid, in whole euros",
    "customer": "who bought, by number",
    "partition": f"its partition of {PARTITIONS}, from 0",
    "born": "when it was born, hh:mm:ss",
    "came": "when it came to the stage",
    "begun": "when work on it began there",
    "left": "when it went on from there",
    "age_s": "how old it was when it went on from there, or was seen there, in seconds",
}
"""What a template may name in braces, and what that says."""


@dataclass(frozen=True)
class Artefact:
    """What is found at a stage: what kind of thing, and its template."""

    title: str
    template: str


def read_artefact(node: Node, file: str) -> tuple[Artefact, tuple[Problem, ...]]:
    """The artefact of a stage's front matter, and what is wrong with it."""
    problems: list[Problem] = []
    fields = Fields(node, file, problems, "artefact")
    title = fields.text("title", TITLE, required=True)
    text = fields.require("text")
    fields.done()
    if text is None:
        return Artefact(title, ""), tuple(problems)
    if text.kind != "text":
        fields.report(text.line, f"`text` should be text, not {text.kind}", "write `text: |` and lines below it")
        return Artefact(title, ""), tuple(problems)
    template = str(text.value).rstrip("\n")
    # Lines of a block begin below its key.
    first = text.line + ("\n" in str(text.value))
    problems += _problems(template.split("\n"), file, first)
    return Artefact(title, template), tuple(problems)


def _problems(lines: list[str], file: str, first: int) -> list[Problem]:
    problems = []
    if len(lines) > MOST_LINES:
        problems.append(Problem(file, first, f"an artefact of {len(lines)} lines", f"shorten it to {MOST_LINES}"))
    for number, line in enumerate(lines, first):
        if control := CONTROL.search(line):
            problems.append(Problem(file, number, f"the control character U+{ord(control[0]):04X}", "delete it"))
        if len(line) > WIDEST:
            problems.append(Problem(file, number, f"a line of {len(line)} characters", f"shorten it to {WIDEST}"))
        for name in _FIELD.findall(line):
            if name not in FIELDS:
                problems.append(Problem(file, number, f"unknown field {shown(name)}", instead(name, FIELDS)))
    return problems


def amount_eur(event: int) -> int:
    """What an order came to: 5 to 99 euros, the same on every day; the course's own order, 48,213, came to 42."""
    return 5 + (event * 7_919 + 20) % 95


def _customer(event: int) -> int:
    """Who placed an order, 1000 to 9999: the same on every day; the course's own order, 48,213, is customer 9041's."""
    return 1_000 + (event * 7 + 3_550) % 9_000


def filled(artefact: Artefact, journey: Journey, stay: Stay) -> str:
    """The template with the event's own values at the stage of `stay`."""
    values = _values(journey, stay)
    return _FIELD.sub(lambda field: values[field[1]], artefact.template)


def _values(journey: Journey, stay: Stay) -> dict[str, str]:
    def moment(at_s: float | None) -> str:
        return NOT_REACHED if at_s is None else clock_s(at_s)

    return {
        "order": str(journey.event),
        "amount": str(amount_eur(journey.event)),
        "customer": str(_customer(journey.event)),
        "partition": str(journey.event % PARTITIONS),
        "born": moment(journey.born_s),
        "came": moment(stay.arrived_s),
        "begun": moment(stay.started_s),
        "left": moment(stay.left_s),
        "age_s": NO_AGE if stay.left_s is None else f"{stay.left_s - journey.born_s:.0f}",
    }
