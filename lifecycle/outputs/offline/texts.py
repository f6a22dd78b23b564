"""What a course says in words, as HTML: places, stories of scenarios, ways to move data, and their sources.

Everything here comes out of an author's file. Markdown goes through `as_html`, every other text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lifecycle.course import Course, Place, Transfer
from lifecycle.course.briefs import filled
from lifecycle.course.day_words import day_words
from lifecycle.course.illustrating.illustration import Illustration
from lifecycle.course.scenarios import NamedScenario
from lifecycle.documents import as_html
from lifecycle.outputs.explanations import Cited, place_html
from lifecycle.outputs.illustrations import spec_of
from lifecycle.outputs.pdf.illustration import as_fragment

# A step of a sequence diagram: `A->>B: words`, `Note over A: words`, and the frames round some of them.
_STEP = re.compile(r"(\w+)\s*--?>>?\+?-?\s*(\w+)\s*:\s*(.*)")
_NOTE = re.compile(r"Note\s+(?:over|left of|right of)\s+([\w, ]+?)\s*:\s*(.*)", re.IGNORECASE)
_NAMED = re.compile(r"(?:participant|actor)\s+(\w+)(?:\s+as\s+(.*))?")
_FRAME = re.compile(r"(alt|else|opt|loop|par|and|critical|option|break)\b\s*(.*)")
_FRAMES = {
    "alt": "If",
    "opt": "If",
    "else": "Otherwise, if",
    "loop": "Again and again:",
    "par": "At the same time:",
    "and": "And at the same time:",
    "critical": "Without fail:",
    "option": "Or, if",
    "break": "And then no more:",
}


_OTHER_DAY = (
    '<p class="other-day" hidden>The story describes the scenario\'s own day. On screen are other events, other luck '
    "or other faults.</p>"
)


def cited_in(course: Course, name: str) -> Cited:
    """Texts of the offline copy, whose script follows a link to a place as `#?stage=lake`."""
    return Cited(course, name, own_links="#")


def place(course: Course, place: Place) -> str:
    """The explanation of one place, its list of sources named for it, with its figures drawn."""

    def drawn(figure: Illustration) -> str:
        return f'<div class="drawn">{as_fragment(spec_of(course, figure))}</div>'

    return place_html(course, place, Cited(course, place.id, own_links="#", drawn=drawn))


def story(course: Course, named: NamedScenario) -> str:
    """What a scenario tells, asks, has one try, and, folded, what one sees.

    What it is told of the day on screen stands in marked places, which the page fills anew with every run.
    """
    cited, brief = cited_in(course, f"day-{named.id}"), named.brief
    if not brief.story:
        return ""
    tries = "".join(f"<li>{cited.html(attempt, inline=True)}</li>" for attempt in brief.tries)
    seen = f"<details><summary>What you will see</summary>{cited.html(brief.see)}</details>"
    question = f"<p><b>{cited.html(brief.question, inline=True)}</b></p>"
    words = day_words(course.pipeline.network, named.scenario, brief.asks)
    marked = {name: f'<span data-told="{name}">{escape(text)}</span>' for name, text in words.items()}
    text = f"{cited.html(brief.story)}{question}<ol>{tries}</ol>{seen}"
    return f"{_OTHER_DAY}{filled(text, marked)}{cited.sources()}"


def transfer(course: Course, way: Transfer) -> str:
    """One way to move data: what it gives and costs, its text, and its sequence as a list of steps."""
    cited = cited_in(course, f"way-{way.start}-{way.size}")
    gives, costs = (as_html(text, inline=True) for text in (way.gives, way.costs))
    head = f"<h3>{escape(way.title)}</h3><p>{gives} {costs}</p>"
    steps = "".join(f"<li>{escape(step)}</li>" for step in sequence(way.mermaid))
    listed = f'<h4>Step by step</h4><ol class="steps">{steps}</ol>' if steps else ""
    return f"{head}{cited.html(way.markdown)}{listed}{cited.sources()}"


def sequence(mermaid: str) -> Iterator[str]:
    """The steps of a Mermaid sequence diagram in words; a line of another kind stands as it is written."""
    names: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in mermaid.splitlines())):
        if line in ("sequenceDiagram", "end", "autonumber") or line.startswith(("%%", "activate ", "deactivate ")):
            continue
        if named := _NAMED.fullmatch(line):
            names[named[1]] = named[2] or named[1]
        elif step := _STEP.fullmatch(line):
            yield f"{names.get(step[1], step[1])} → {names.get(step[2], step[2])}: {step[3]}"
        elif note := _NOTE.fullmatch(line):
            who = " and ".join(names.get(name.strip(), name.strip()) for name in note[1].split(","))
            yield f"({who}) {note[2]}"
        elif frame := _FRAME.fullmatch(line):
            yield f"{_FRAMES[frame[1]]} {frame[2]}{'' if _FRAMES[frame[1]].endswith(':') else ':'}"
        else:
            yield line
