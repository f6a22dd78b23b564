"""YAML without its dangers: no aliases, no tags, no duplicate keys, bounded depth, and a line for every value.

The only module that imports PyYAML. PyYAML reads YAML 1.1, where `no` is false, `12:00` is 720 and `2024-01-01` is a
date; every scalar therefore remembers how it was written, so that a message can say what to quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from lifecycle.documents.halves import FIX, has_half, joined, lone_half
from lifecycle.documents.problems import Problem, shown

MAX_DEPTH = 12
MAX_NODES = 20_000

Value = str | bool | float | int | None


@dataclass(frozen=True)
class Node:
    """One value of a YAML file with its line: a scalar, a list or a mapping.

    `kind` is what YAML takes it for, in words: "text", "a number", "true or false", "a date", "nothing", "a list",
    "a mapping" or an oddity such as "a number in base sixty". `raw` is how a scalar was written.
    """

    kind: str
    line: int
    value: Value = None
    raw: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[str, Node], ...] = ()
    key_lines: tuple[int, ...] = ()

    @property
    def plain(self) -> Any:
        """The value as ordinary Python: str, bool, int, float, None, list, dict."""
        if self.kind == "a list":
            return [item.plain for item in self.items]
        if self.kind == "a mapping":
            return {key: node.plain for key, node in self.pairs}
        return self.value


class _RefusedError(Exception):
    def __init__(self, line: int, what: str, fix: str) -> None:
        super().__init__(what)
        self.line, self.what, self.fix = line, what, fix


class _Loader(yaml.SafeLoader):
    """PyYAML's scanner, parser and resolver; nothing is ever constructed by it."""


# The same from libyaml, ten times as fast, where PyYAML was built with it. It says less well what is wrong.
_QUICK = getattr(yaml, "CSafeLoader", None)


def read_yaml(
    text: str, file: str, first_line: int = 1, *, foreign: bool = False, most: int = MAX_NODES
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root of the YAML document `text`, or None with the reason. `first_line` is the file's line it begins on.

    It holds at most `most` values.

    In a `foreign` file, one that another program is the master of, anchors, aliases and `<<` are followed, tags passed
    over, and what an alias repeats counts anew, so that no file grows beyond its bound.
    """
    reader = None
    if quick := _quickly(text, first_line, foreign, most):
        return quick[1], tuple(Problem(file, *fault) for fault in quick[0].faults)
    try:
        reader = _Reader(text, first_line, _Loader, foreign, most)
        root = reader.document()
    except _RefusedError as refused:
        return None, (Problem(file, refused.line, refused.what, refused.fix),)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        why = (error.problem or error.context or "cannot be read").replace("\n", " ")
        if "'\\t'" in why:
            return None, (Problem(file, line, "a tab in YAML", "indent with spaces"),)
        if why.startswith("mapping values are not allowed"):
            return None, (
                Problem(
                    file,
                    line,
                    "a colon where none may stand",
                    "quote a text that holds one, or indent it rightly",
                ),
            )
        # The parser stops on the line after the one at fault when a block ends too early; name the line it stopped at.
        fix = "check the indentation, colons and quotes here and on the line above"
        return None, (Problem(file, line, f"not YAML: {why}", fix),)
    except yaml.YAMLError as error:
        return None, (Problem(file, first_line, f"not YAML: {shown(str(error))}", "write plain text"),)
    except (ValueError, OverflowError):  # PyYAML makes a character of any number: `"\\UFFFFFFFF"`
        line = first_line + (int(reader.loader.line) if reader else 0)
        return None, (Problem(file, line, "an escape that names no character", "write the character itself"),)
    return root, tuple(Problem(file, *fault) for fault in reader.faults)


def _quickly(text: str, first_line: int, foreign: bool = False, most: int = MAX_NODES) -> tuple[_Reader, Node] | None:
    """The document by libyaml; None where there is anything to say against it, so that PyYAML says it."""
    if _QUICK is None or "\t" in text or "\\" in text:  # the two do not agree on tabs and on escapes
        return None
    try:
        reader = _Reader(text, first_line, _QUICK, foreign, most)
        root = reader.document()
    except (_RefusedError, yaml.YAMLError, UnicodeError):
        return None
    return None if root.kind == "nothing" else (reader, root)  # nor on the line of what is not there


class _Reader:
    """Events of PyYAML's parser turned into nodes; stops at the first thing that is refused."""

    def __init__(
        self, text: str, first_line: int, loader: type[Any], foreign: bool = False, most: int = MAX_NODES
    ) -> None:
        self.text = text
        self.halves = "\\" in text or has_half(text)  # whether there can be any at all
        self.loader = loader(text)
        self.events: Iterator[yaml.Event] = self._events()
        self.first_line = first_line
        self.count = 0
        self.foreign, self.most = foreign, most
        self.anchored: dict[str, tuple[Node, int]] = {}  # and how many values it holds
        self.faults: list[tuple[int, str, str]] = []

    def _events(self) -> Iterator[yaml.Event]:
        while (event := self.loader.get_event()) is not None:
            yield event

    def document(self) -> Node:
        root = Node("nothing", self.first_line)
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _RefusedError(
                        self.line(event), "a second YAML document", "remove this line `---` and what follows"
                    )
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, 0)
        return root

    def line(self, event: yaml.Event) -> int:
        return self.first_line + (event.start_mark.line if event.start_mark else 0)

    def node(self, event: yaml.Event, depth: int) -> Node:
        line = self.line(event)
        self.count += 1
        if self.foreign and isinstance(event, yaml.AliasEvent):
            return self.repeated(event, line)
        if not self.foreign and (isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)):
            raise _RefusedError(line, "a YAML anchor or alias", "write the value out in each place")
        if not self.foreign and getattr(event, "tag", None):
            raise _RefusedError(
                line, f"the YAML tag {shown(getattr(event, 'tag', ''))}", "write the plain value, without a tag"
            )
        if depth > MAX_DEPTH:
            raise _RefusedError(line, f"nested more than {MAX_DEPTH} deep", "flatten it")
        if self.count > self.most:
            raise _RefusedError(line, f"more than {self.most:,} values", "split the content into more files")
        before = self.count
        node = self.value_of(event, line, depth)
        if anchor := getattr(event, "anchor", None):
            self.anchored[anchor] = node, self.count - before + 1
        return node

    def value_of(self, event: yaml.Event, line: int, depth: int) -> Node:
        if isinstance(event, yaml.SequenceStartEvent):
            return Node("a list", line, items=tuple(self.items(depth)))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(line, depth)
        assert isinstance(event, yaml.ScalarEvent)
        return self.scalar(event, line)

    def repeated(self, event: yaml.AliasEvent, line: int) -> Node:
        if event.anchor not in self.anchored:
            raise _RefusedError(line, f"the alias {shown(event.anchor)} of nothing above", "write the value itself")
        node, size = self.anchored[event.anchor]
        self.count += size
        if self.count > self.most:
            raise _RefusedError(line, f"more than {self.most:,} values", "repeat less by aliases")
        return node

    def items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, depth + 1)

    def mapping(self, line: int, depth: int) -> Node:
        pairs: dict[str, tuple[Node, int]] = {}
        merges: list[Node] = []  # of foreign files: mappings whose pairs fill what is not written
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if self.foreign and key.raw == "<<":
                merges += [value, *value.items]
                continue
            if key.items or key.pairs or key.kind in ("a list", "a mapping"):
                raise _RefusedError(key.line, f"{key.kind} as a key", "use a name as the key")
            if key.kind != "text":
                self.faults.append(
                    (key.line, f"the key {key.raw} is read as {key.kind}", f'write "{key.raw}" in quotes')
                )
            if key.raw in pairs:
                first = pairs[key.raw][1]
                self.faults.append(
                    (key.line, f"the key {shown(key.raw)} stands twice (also on line {first})", "keep one")
                )
            else:
                pairs[key.raw] = (value, key.line)
        for name, node in (pair for merge in merges for pair in merge.pairs):
            pairs.setdefault(name, (node, node.line))
        return Node(
            "a mapping",
            line,
            pairs=tuple((key, value) for key, (value, _) in pairs.items()),
            key_lines=tuple(key_line for _, key_line in pairs.values()),
        )

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Node:
        raw = event.value
        if self.halves and has_half(raw := joined(raw)):
            raise self.half(event, line)
        if event.style:  # quoted or a block: text, whatever it looks like
            return Node("text", line, raw, raw)
        tag = self.loader.resolve(yaml.ScalarNode, raw, event.implicit)
        kind, value = _meaning(str(tag).rpartition(":")[2], raw)
        return Node(kind, line, value, raw)

    def half(self, event: yaml.ScalarEvent, line: int) -> _RefusedError:
        start, end = event.start_mark, event.end_mark
        source = self.text[start.index : end.index] if start and end else ""
        below, escape = lone_half(source) or (0, "")
        what = f"the escape {escape} is half a character" if escape else "half a character"
        return _RefusedError(line + below, what, FIX)


_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"([-+]?)\.(inf|nan)", re.IGNORECASE)


def _meaning(tag: str, raw: str) -> tuple[str, Value]:
    """What a plain scalar means: its kind in words and its value. Where YAML 1.1 is odd, the value stays as written."""
    if tag in ("int", "float") or (tag == "str" and "e" in raw.lower() and _DECIMAL.fullmatch(raw)):
        return _number(raw)
    match tag:
        case "bool":
            return "true or false", raw.lower() in ("true", "yes", "on")
        case "null":
            return "nothing", None
        case "timestamp":
            return "a date", raw
        case _:
            return "text", raw


def _number(raw: str) -> tuple[str, Value]:
    if _WHOLE.fullmatch(raw):
        return "a number", int(raw)
    if ":" in raw:
        return "a number in base sixty", raw
    if endless := _ENDLESS.fullmatch(raw):
        return "a number", float(endless.group(1) + endless.group(2))
    if _DECIMAL.fullmatch(raw) and not re.match(r"[-+]?0[0-9]", raw):
        return "a number", float(raw)
    return "a number that is not written plainly", raw
