"""What a scenario tells: a story, a question, things to try, and what one then sees."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lifecycle.documents import Document, Problem, Section, instead, markup_problems, sections, shown

HEADINGS = ("Story", "Question", "Try", "See")
FEWEST_TRIES, MOST_TRIES = 2, 5
# A place in the text for what is read from the day on screen: `{events}`, `{buffer.retention_s}`.
PLACE = re.compile(r"\{([a-z][a-z0-9_.-]*)\}")
_ITEM = re.compile(r"^(?:\d+[.)]|[-*+])\s+(?=\S)")


@dataclass(frozen=True)
class Brief:
    """The four sections of a scenario's text, Markdown each; `tries` are 2 to 5 things to do.

    A link such as `[stream](?size=stream)` among them turns the settings that it names and leaves the others alone.
    """

    story: str = ""
    question: str = ""
    tries: tuple[str, ...] = ()
    see: str = ""

    @property
    def markdown(self) -> str:
        """All of it, one after the other."""
        return "\n\n".join((self.story, self.question, *self.tries, self.see))

    @property
    def asks(self) -> tuple[str, ...]:
        """What the text wants to be told of the day on screen, each once."""
        return tuple(dict.fromkeys(PLACE.findall(self.markdown)))


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its places filled from `words`; one that they do not have stays as it is written."""
    return PLACE.sub(lambda place: words.get(place[1], place[0]), text)


def read_brief(document: Document, places: Collection[str] | None = None) -> tuple[Brief, tuple[Problem, ...]]:
    """The brief in a document's body, and what is wrong with it."""
    if not document.body.strip():
        fix = "say what happens: ## Story, ## Question, ## Try and ## See, each with text below it"
        return Brief(), (Problem(document.file, document.body_line, "no text", fix),)
    parts, faults = sections(document.body, document.file, document.body_line)
    problems = [*faults, *markup_problems(document.body, document.file, document.body_line, places)]
    problems += _headings(document, parts)
    by_heading = {section.heading: section for section in parts}
    tries: tuple[str, ...] = ()
    if "Try" in by_heading:
        tries, wrong = _items(by_heading["Try"], document.file)
        problems += wrong
    texts = {name: by_heading[name].markdown if name in by_heading else "" for name in HEADINGS}
    return Brief(texts["Story"], texts["Question"], tries, texts["See"]), tuple(problems)


def _headings(document: Document, parts: Sequence[Section]) -> list[Problem]:
    """What is wrong with the headings: strange ones, missing ones, the order."""
    problems = [
        Problem(
            document.file, section.line, f"unknown section {shown(section.heading)}", instead(section.heading, HEADINGS)
        )
        for section in parts
        if section.heading and section.heading not in HEADINGS
    ]
    names = [section.heading for section in parts if section.heading in HEADINGS]
    for name in HEADINGS:
        if parts and name not in names:
            problems.append(
                Problem(document.file, document.body_line, f"no section {name}", f"write `## {name}` and its text")
            )
    if not problems and names != sorted(names, key=HEADINGS.index):
        fix = f"put them in the order {', '.join(HEADINGS)}"
        problems.append(Problem(document.file, parts[0].line, "sections out of order", fix))
    return problems


def _items(section: Section, file: str) -> tuple[tuple[str, ...], list[Problem]]:
    """The items of a list, each on its line or lines, and what is wrong with the list."""
    items: list[str] = []
    for line in section.markdown.split("\n"):
        if start := _ITEM.match(line):
            items.append(line[start.end() :].rstrip())
        elif line.strip() and items:
            items[-1] += f" {line.strip()}"
        elif line.strip():
            return (), [Problem(file, section.line, "what to try is no list", "begin each thing to try with `1. `")]
    if items and not FEWEST_TRIES <= len(items) <= MOST_TRIES:
        what = f"{len(items)} thing{'s' * (len(items) > 1)} to try"
        return tuple(items), [Problem(file, section.line, what, f"write {FEWEST_TRIES} to {MOST_TRIES}")]
    return tuple(items), []
