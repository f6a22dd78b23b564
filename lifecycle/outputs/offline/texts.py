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
from lifecycle.course.pipeline import Undercurrent
from lifecycle.course.scenarios import NamedScenario
from lifecycle.course.sources import IN_WORDS, Citation, Numbering, Source, replaced
from lifecycle.documents import as_html

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
    '<p class="other-day" hidden>The text tells of the scenario\'s own day. On screen are other events, other luck or '
    "other faults.</p>"
)


class Cited:
    """Markdown with citations as HTML: a number beside each claim, and at the end the list that it leads to.

    `name` tells the lists of the page apart, as the ids of their entries do.
    """

    def __init__(self, course: Course, name: str) -> None:
        self._numbering = Numbering(course.sources)
        self._name = name

    def html(self, markdown: str, *, inline: bool = False) -> str:
        """The Markdown, its citations as numbers."""
        linked = replaced(markdown, lambda marks: " ".join(filter(None, map(self._number, marks))))
        made = as_html(linked, inline=inline, own_links=True)
        return made.replace('<a href="#source-', '<a class="cite" href="#source-')

    def _number(self, citation: Citation) -> str:
        entry = self._numbering.number(citation)
        return f"[{entry[0]}](#source-{self._name}-{entry[0]})" if entry else ""

    def sources(self) -> str:
        """The list, folded; nothing where nothing was cited."""
        entries = enumerate(self._numbering.entries(), 1)
        items = "".join(f'<li id="source-{self._name}-{n}">{_entry(*entry)}</li>' for n, entry in entries)
        return f'<details class="sources"><summary>Sources</summary><ol>{items}</ol></details>' if items else ""


def _entry(source: Source, places: tuple[str, ...]) -> str:
    about = ", ".join(filter(None, (source.named, IN_WORDS[source.kind], source.where)))
    where = f". See {'; '.join(places)}" if places else ""
    return f'<a href="{escape(source.url)}">{escape(source.title)}</a>. {escape(about + where)}.'


def place(course: Course, place: Place) -> str:
    """The explanation of one place: summary, first section, the others folded, where an undercurrent acts, sources."""
    cited = Cited(course, place.id)
    parts = [f'<p class="lead">{as_html(place.summary, inline=True)}</p>']
    for section in place.sections[:1]:
        parts.append(f"<h3>{escape(section.heading)}</h3>{cited.html(section.markdown)}")
    for section in place.sections[1:]:
        parts.append(_folded(section.heading, cited.html(section.markdown)))
    known = course.pipeline.by_id.get(place.id)
    if isinstance(known, Undercurrent) and known.acts:
        labels = {stage.id: stage.label for stage in course.pipeline.stages}
        acts = (
            f"<li><b>{escape(labels[act.stage])}</b>: {cited.html(act.text, inline=True)}</li>" for act in known.acts
        )
        parts.append(_folded("Where it acts", f"<ul>{''.join(acts)}</ul>", "open"))
    return "\n".join([*parts, cited.sources()])


def _folded(heading: str, html: str, state: str = "") -> str:
    return f"<details {state}><summary><h3>{escape(heading)}</h3></summary>{html}</details>"


def story(course: Course, named: NamedScenario) -> str:
    """What a scenario tells, asks, has one try, and, folded, what one sees.

    What it is told of the day on screen stands in marked places, which the page fills anew with every run.
    """
    cited, brief = Cited(course, f"day-{named.id}"), named.brief
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
    cited = Cited(course, f"way-{way.start}-{way.size}")
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
