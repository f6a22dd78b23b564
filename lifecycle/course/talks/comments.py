"""The comments that steer a step: `<!-- step: view: ?size=stream -->`, `<!-- ask: … -->`, `<!-- predict: … -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lifecycle.documents import Node, Problem, instead, shown

WORDS = ("step", "ask", "predict")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_WORD = re.compile(r"\s*([a-z]+)\s*(:|$)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_SWITCH = {"yes": True, "no": False}


@dataclass(frozen=True)
class Comment:
    """One comment: its word, and what it sets as a mapping with a line for every value."""

    word: str
    settings: Node
    line: int


def read_comments(text: str, file: str, first_line: int) -> tuple[tuple[Comment, ...], tuple[Problem, ...]]:
    """The steering comments of a step, in order, and slips in them; any other comment is the author's own remark."""
    comments: list[Comment] = []
    problems: list[Problem] = []
    for match in _COMMENT.finditer(text):
        word = _WORD.match(match[1])
        line = first_line + text.count("\n", 0, match.start())
        if not word or word[1] == "question":
            continue
        if word[1] not in WORDS:
            fix = instead(word[1], WORDS)
            if fix.startswith("did you mean"):
                problems.append(Problem(file, line, f"a comment {shown(word[1])}", fix))
            continue
        # The word of an ask or a prediction is also its first setting; `step:` only opens a list of them.
        start = word.end() if word[1] == "step" else 0
        settings: dict[str, Node] = {}
        for name, node in _settings(match[1], start, line):
            if name in settings:
                problems.append(Problem(file, node.line, f"{shown(name)} twice in a comment", "remove one"))
            settings[name] = node
        keys = tuple(node.line for node in settings.values())
        comments.append(Comment(word[1], Node("a mapping", line, pairs=tuple(settings.items()), key_lines=keys), line))
    return tuple(comments), tuple(problems)


def without_comments(text: str) -> str:
    """The text without its comments, on the same lines."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def _settings(text: str, start: int, line: int) -> Iterator[tuple[str, Node]]:
    """Each `name: value` between semicolons."""
    for part in re.finditer(r"[^;]+", text[start:]):
        name, _, value = part[0].partition(":")
        if part[0].strip():
            begins = start + part.start() + len(part[0]) - len(part[0].lstrip())
            yield name.strip(), _node(" ".join(value.split()), line + text.count("\n", 0, begins))


def _node(text: str, line: int) -> Node:
    if not text:
        return Node("nothing", line)
    if text in _SWITCH:
        return Node("true or false", line, _SWITCH[text], text)
    if _NUMBER.fullmatch(text):
        return Node("a number", line, float(text), text)
    return Node("text", line, text, text)
