"""The fields of one YAML mapping, asked for one by one: what does not fit, and what nobody asked for, is reported."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import TypeVar

from lifecycle.documents.markup import markup_problems
from lifecycle.documents.problems import CONTROL, Problem, instead, shown
from lifecycle.documents.yaml_tree import Node

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_ID_CHARACTERS = 64
NO_IDS = ("constructor",)
"""What every object of a browser has by this name would be taken for what a course says of it."""
# A tag, a comment or a processing instruction: `<b`, `</b`, `<!--`, `<?`. A lone `<`, as in `a < b`, is text.
_TAG = re.compile(r"<[A-Za-z/!?]")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?")
_NOTHING = Node("a mapping", 1)

FieldKind = TypeVar("FieldKind", bound=StrEnum)


class Fields:
    """One mapping. Every getter returns a usable value even after reporting a problem, so that all faults are found.

    `what` names the mapping in messages ("stage", "front matter").
    """

    def __init__(self, node: Node, file: str, problems: list[Problem], what: str) -> None:
        self.file, self.problems, self.what, self.line = file, problems, what, node.line
        self._void = node.kind not in ("a mapping", "nothing")
        if node.kind != "a mapping":
            kind = (
                "nothing" if node.kind == "nothing" else f"{node.kind} ({shown(node.raw)})" if node.raw else node.kind
            )
            self.report(node.line, f"{what} should be a mapping, not {kind}", "write `name: value` pairs")
            node = _NOTHING
        self._nodes = dict(node.pairs)
        self._lines = dict(zip(self._nodes, node.key_lines, strict=True))
        self._read: set[str] = set()

    def report(self, line: int, what: str, fix: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(self.file, line, what, fix))

    def at(self, key: str) -> int:
        """The line of a key, or the mapping's own where the key is missing."""
        return self._lines.get(key, self.line)

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def node(self, key: str) -> Node | None:
        """The value of a key as it stands; None where it is missing or says nothing."""
        self._read.add(key)
        node = self._nodes.get(key)
        return None if node is None or node.kind == "nothing" else node

    def require(self, key: str) -> Node | None:
        """The same, and a missing key is a problem."""
        node = self.node(key)
        if node is None and not self._void:
            self.report(self.at(key), f"{self.what} without `{key}`", f"add `{key}: …`")
        return node

    def text(self, key: str, limit: int, *, required: bool = False, markup: bool = False) -> str:
        """One line of text; "" where it is missing. Folded lines are joined. HTML is refused.

        `markup` says that the text is shown as Markdown: then its links and pictures are checked too.
        """
        node = self.require(key) if required else self.node(key)
        if node is None:
            return ""
        return self.text_of(node, key, limit, required=required, markup=markup)

    def text_of(self, node: Node, key: str, limit: int, *, required: bool = False, markup: bool = False) -> str:
        """The text of a node that was found under `key`."""
        if node.kind != "text":
            self._not_text(node, key)
            return ""
        # Line breaks of a folded or quoted value are its author's line length, not part of the text.
        text = " ".join(str(node.value).split())
        if not text and required:
            self.report(node.line, f"`{key}` is empty", "write a text")
        if control := CONTROL.search(text):
            self.report(node.line, f"`{key}` holds the control character U+{ord(control.group()):04X}", "delete it")
            return ""
        if len(text) > limit:
            self.report(node.line, f"`{key}` has {len(text):,} characters", f"shorten it to {limit}")
        if _TAG.search(text):
            self.report(node.line, f"HTML in `{key}`: {shown(text)}", "write plain text")
        elif markup:
            self.problems += markup_problems(text, self.file, node.line)
        return text

    def _not_text(self, node: Node, key: str) -> None:
        if node.raw:
            what = f"`{key}: {shown(node.raw)[1:-1]}` is read as {node.kind}"
            self.report(node.line, what, f'quote it: {key}: "{shown(node.raw)[1:-1]}"')
        else:
            self.report(node.line, f"`{key}` should be text, not {node.kind}", f"write `{key}: some text`")

    def name(self, key: str = "id", *, required: bool = True) -> str:
        """An id: lower-case words joined by hyphens; "" where it does not fit."""
        node = self.require(key) if required else self.node(key)
        if node is None:
            return ""
        if node.kind != "text":
            self._not_text(node, key)
            return ""
        if fault := name_fault(str(node.value)):
            self.report(node.line, f"`{key}` {fault[0]}", fault[1])
            return ""
        return str(node.value)

    def choice(self, key: str, allowed: Collection[str], default: str = "", *, required: bool = False) -> str:
        """One of the allowed words."""
        node = self.require(key) if required else self.node(key)
        if node is None:
            return default
        if node.kind != "text":
            self._not_text(node, key)
        elif node.value in allowed:
            return str(node.value)
        else:
            self.report(node.line, f"unknown {key} {shown(node.raw)}", instead(node.raw, allowed))
        return default

    def kind(self, key: str, default: FieldKind, *, required: bool = False) -> FieldKind:
        """One of the kinds that `default` is of, by its spelling."""
        known = type(default)
        return known(self.choice(key, tuple(known), default, required=required))

    def kind_of(self, key: str, known: type[FieldKind]) -> FieldKind | None:
        """One of the kinds by its spelling; None, for which no default can stand, where it is missing or unknown."""
        spelled = self.choice(key, tuple(known), required=True)
        return known(spelled) if spelled else None

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A finite number between `low` and `high`; without a default it must be there."""
        node = self.require(key) if default is None else self.node(key)
        fallback = low if default is None else default
        if node is None:
            return fallback
        value = self.number_of(node, key)
        if value is None:
            return fallback
        if not low <= value <= high:
            self.report(node.line, f"`{key}: {value:g}` is out of range", f"use a number from {low:g} to {high:g}")
            return fallback
        return value

    def number_of(self, node: Node, key: str) -> float | None:
        """The finite number of a node that was found under `key`, or None."""
        written = node.raw or node.kind
        if node.kind != "a number" or isinstance(node.value, bool) or not isinstance(node.value, int | float):
            self.report(
                node.line, f"`{key}` is not a number: {shown(written)}", "write a plain number such as 0.5 or 60"
            )
        elif not math.isfinite(node.value):
            self.report(node.line, f"`{key}` is not finite: {shown(written)}", "write a plain number such as 0.5 or 60")
        else:
            return node.value
        return None

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number between `low` and `high`."""
        value = self.number(key, low, high, default)
        if value != int(value):
            self.report(self.at(key), f"`{key}: {value:g}` is not a whole number", "round it")
        return int(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        node = self.node(key)
        if node is None:
            return default
        if isinstance(node.value, bool):
            return node.value
        self.report(node.line, f"`{key}` is {shown(node.raw or node.kind)}", "write true or false")
        return default

    def clock_s(self, key: str, default_s: float | None = None) -> float:
        """A time of the day or a length, written "hh:mm" or "hh:mm:ss" in quotes, as seconds; at most "24:00"."""
        node = self.require(key) if default_s is None else self.node(key)
        fallback = default_s or 0.0
        if node is None:
            return fallback
        if node.kind != "text":
            written = shown(node.raw)[1:-1]
            fix = f'quote it: {key}: "{written}"' if ":" in written else f'write hh:mm in quotes, as {key}: "12:00"'
            self.report(node.line, f"`{key}: {written}` is read as {node.kind}", fix)
            return fallback
        if clock := _CLOCK.fullmatch(node.raw.strip()):
            hours, minutes, seconds = (int(part or 0) for part in clock.groups())
            if (total_s := hours * 3600 + minutes * 60 + seconds) <= 86_400:
                return float(total_s)
        self.report(
            node.line, f"`{key}` is not a time of the day: {shown(node.raw)}", 'write hh:mm from "00:00" to "24:00"'
        )
        return fallback

    def items(self, key: str, limit: int, *, required: bool = False) -> Iterator[Node]:
        """The items of a list, at most `limit`."""
        node = self.require(key) if required else self.node(key)
        if node is None:
            return
        if node.kind != "a list":
            self.report(
                node.line, f"`{key}` should be a list, not {node.kind}", f"write one `- …` line for each of the {key}"
            )
            return
        if required and not node.items:
            self.report(node.line, f"`{key}` is empty", "add at least one")
        if len(node.items) > limit:
            self.report(node.line, f"{len(node.items):,} {key}", f"keep them to {limit:,}")
        yield from node.items[:limit]

    def entries(self, key: str) -> Iterator[tuple[str, Node]]:
        """The pairs of a mapping whose keys the author chooses."""
        node = self.node(key)
        if node is None:
            return
        if node.kind != "a mapping":
            self.report(node.line, f"`{key}` should be a mapping, not {node.kind}", "write `name: value` pairs")
            return
        yield from node.pairs

    def done(self) -> None:
        """Report every key that was never asked for."""
        for key, line in self._lines.items():
            if key not in self._read:
                fix = instead(key, sorted(self._read), one_of="what may stand here is")
                self.report(line, f"unknown key {shown(key)} in the {self.what}", fix)


def name_fault(name: str) -> tuple[str, str] | None:
    """What is wrong with an id and how to fix it, or None."""
    if not ID.fullmatch(name):
        return (
            f"{shown(name)} is not an id",
            "use lower-case letters and digits joined by single hyphens, as in raw-storage",
        )
    if name in NO_IDS:
        return f"{shown(name)} is a name that browsers keep for themselves", "call it otherwise, such as constructors"
    if len(name) > MAX_ID_CHARACTERS:
        return f"{shown(name)} is longer than {MAX_ID_CHARACTERS} characters", "shorten it"
    return None
