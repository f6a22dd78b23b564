"""The form of a sequence diagram, so that a slip in it is told with its line and no page meets it first.

What is taken is a part of Mermaid's own grammar: participants, messages, notes, blocks, activations, numbers, titles
and comments. Whatever passes here, Mermaid draws (tests/course/mermaid_cases.json holds its verdicts); what only
Mermaid takes (boxes, created and destroyed participants, links, half arrows) is refused by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lifecycle.documents import shown

HEAD = "sequenceDiagram"
# A participant without a name of its own.
_BARE = re.compile(r"^([ \t]*(?:participant|actor)[ \t]+)(\S+)[ \t]*$", re.MULTILINE)
_CASELESS = re.IGNORECASE | re.ASCII
# A block, and the word that begins its next part.
BLOCKS = {"loop": "", "rect": "", "opt": "", "break": "", "alt": "else", "par": "and", "critical": "option"}
_PARTS = tuple(filter(None, BLOCKS.values()))
NOT_TAKEN = ("box", "create", "destroy", "links", "link", "properties", "details", "par_over")
_WORDS = (*BLOCKS, *_PARTS, *NOT_TAKEN, "participant", "actor", "activate", "deactivate", "note", "over", "end")
# Where a name may not begin with these, for Mermaid takes them for its own, in whatever case.
_RESERVED = re.compile(
    rf"(?:({'|'.join(_WORDS)}|off|autonumber|{HEAD}|left of|right of)\b|title:?\s|acc(?:title|descr)\s*[:{{]|[\d.]+ )",
    _CASELESS,
)
_ENTITY = re.compile(r"#\w+;", re.ASCII)
# What JavaScript calls a space beyond ASCII's, and what only Python does: such as its fellows in ASCII are read.
_SPACES = str.maketrans(
    dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF), "\t")
    | dict.fromkeys((*range(0x1C, 0x20), 0x85), "·")
)
_ID = r"[^<>:\n,;@]+"
_DECLARED = re.compile(rf"(?:participant|actor)\b\s*(?:(?P<name>[^<>:\n,;@\s]+)\s+as\s.*|{_ID})$", _CASELESS)
_ACTIVATION = re.compile(rf"(?P<word>activate|deactivate)\b\s*(?P<name>{_ID})$", _CASELESS)
_NOTE = re.compile(
    r"note\s+(?:(?P<side>left of|right of)\b|(?P<over>over)\b)(?P<names>[^:]*)(?P<text>:.*)?$", _CASELESS
)
_NUMBERS = re.compile(r"autonumber\b(?:\s*off\b|(?:\s*(?:\d+(?:\.\d{1,2})?|\.\d{1,2})(?= |$)){0,2})\s*$", _CASELESS)
_TITLE = re.compile(r"title:?\s+\S|acc(?:title|descr)\s*:", _CASELESS)
_BLOCK = re.compile(rf"({'|'.join(BLOCKS)}|{'|'.join(_PARTS)})\b", _CASELESS)
_END = re.compile(r"end\s*$", re.IGNORECASE)
# The longest first.
_ARROW = re.compile(r"<<-->>|<<->>|-->>|->>|-->|->|--x|-x|--\)|-\)", re.IGNORECASE)
_HALF = re.compile(r"--?(?:\|[\\/]|\\\\|//)|(?:[/\\]\||//|\\\\)--?|\(\)")
# A hyphen within a name may not begin an arrow: `pre-xy` is a message of `pre` to `y`.
_NAME = re.compile(r"[^/\\+()<>:\n,;-]+(?:(?!--|-[x)])-?[^+<>:\n,;-]+)*\s*$", re.IGNORECASE)
_HOW = "write `A->>B: text`, `Note over A: text`, a participant, or a block such as `loop` … `end`"


class Slip(NamedTuple):
    """What is wrong on a line of the diagram (from 0), and how to put it right."""

    row: int
    what: str
    fix: str


def slips(diagram: str) -> Iterator[Slip]:
    """Everything that keeps the diagram from being drawn, line by line. Its first line is `sequenceDiagram`."""
    rows = _ENTITY.sub("_", diagram).translate(_SPACES).split("\n")
    reader = _SequenceReader()
    head = next((row for row, line in enumerate(rows) if line.strip()), 0)
    for row, line in enumerate(rows[head + 1 :], head + 1):
        statements = _statements(line)
        for nth, statement in enumerate(statements):
            for what, fix in reader.take(row, statement):
                more = "; a semicolon ends a message: write #59; for it" if nth else ""
                yield Slip(row, what, fix + more)
    for row, word in reader.open:
        yield Slip(row, f"`{word}` without its `end`", "write a line `end` below its last message")


def _statements(line: str) -> list[str]:
    """What a line says: a semicolon begins another statement, `#` and `%%` a comment."""
    slips = []
    for part in line.partition("#")[0].split(";"):
        statement = part.strip()
        if statement.lower().startswith("autonumber"):  # only a space or the line's end ends its numbers
            statement = part.lstrip().rstrip(" ")
        if statement.startswith("%"):
            break
        if statement:
            slips.append(statement)
    return slips


class _SequenceReader:
    """The blocks that are open, with their lines, and who is active."""

    def __init__(self) -> None:
        self.open: list[tuple[int, str]] = []
        self.active: Counter[str] = Counter()

    def take(self, row: int, statement: str) -> Iterator[tuple[str, str]]:
        """Read one statement; what is wrong with it and how to put it right."""
        word = re.match(r"\w+", statement, re.ASCII)
        first = word[0].lower() if word else ""
        if first in NOT_TAKEN:
            yield f"`{first}` in a sequence diagram", "write participants, messages, notes and blocks alone"
        elif block := _BLOCK.match(statement):
            yield from self.block(row, block[1].lower())
        elif _END.match(statement):
            if not self.open:
                yield "`end` without a block", "remove it, or write the `loop` or `alt` that it ends"
            else:
                self.open.pop()
        elif first in ("participant", "actor"):
            if not _DECLARED.match(statement):
                yield f"no participant: {shown(statement)}", "write `participant A`, or `participant A as Its name`"
        elif first in ("activate", "deactivate"):
            yield from self.activation(statement)
        elif first == "note":
            yield from _note(statement)
        elif not (_NUMBERS.match(statement) or _TITLE.match(statement)):
            yield from self.message(statement)

    def block(self, row: int, word: str) -> Iterator[tuple[str, str]]:
        if word in BLOCKS:
            self.open.append((row, word))
            return
        whole = next(name for name, part in BLOCKS.items() if part == word)
        if not self.open or self.open[-1][1] != whole:
            yield f"`{word}` outside of `{whole}`", f"write `{whole}` above it, or remove it"

    def activation(self, statement: str) -> Iterator[tuple[str, str]]:
        match = _ACTIVATION.match(statement)
        if not match:
            yield f"nobody is named: {shown(statement)}", "write `activate A`"
        elif match["word"].lower() == "activate":
            self.active[match["name"].strip()] += 1
        else:
            yield from self.rest(match["name"].strip())

    def rest(self, name: str) -> Iterator[tuple[str, str]]:
        if self.active[name] < 1:
            yield f"{shown(name)} is deactivated and was not active", f"write `activate {name}` above, or remove this"
        else:
            self.active[name] -= 1

    def message(self, statement: str) -> Iterator[tuple[str, str]]:
        ends, colon, text = statement.partition(":")
        arrow = _arrow(ends)
        if arrow is None:
            if _HALF.search(ends):
                yield (
                    f"an arrow that is not drawn here: {shown(statement)}",
                    "write one of -> --> ->> -->> -x --x -) --)",
                )
            else:
                yield f"a line that is no part of a sequence diagram: {shown(statement)}", _HOW
            return
        source, target = ends[: arrow.start()], ends[arrow.end() :].lstrip()
        turn = target[:1] if target[:1] in ("+", "-") else ""
        target = target[len(turn) :].lstrip()
        yield from _names([source, target], colon + text)
        if not colon:
            yield f"a message without text: {shown(statement)}", "write `A->>B: text`"
        if turn == "+":
            self.active[target.strip()] += 1
        elif turn:
            yield from self.rest(source.strip())


def _arrow(ends: str) -> re.Match[str] | None:
    """The first arrow behind a name; half arrows are none of ours."""
    arrow = _ARROW.search(ends)
    half = _HALF.search(ends)
    return None if arrow is None or (half and half.start() <= arrow.start()) else arrow


def _note(statement: str) -> Iterator[tuple[str, str]]:
    match = _NOTE.match(statement)
    if not match or not match["text"]:
        yield f"a note that is not placed or says nothing: {shown(statement)}", "write `Note over A,B: text`"
        return
    names = match["names"].split(",")
    if len(names) > (2 if match["over"] else 1):
        yield f"a note at {len(names)} participants", "name one, or two with `over`"
        return
    yield from _names(names, match["text"])


def _names(names: Sequence[str], text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with names; behind the last of them stands `text`, which Mermaid reads on into: `title: x`."""
    for written, behind in zip(names, [*[""] * (len(names) - 1), text], strict=True):
        name = written.strip()
        if not _NAME.match(name) or _HALF.search(name):
            yield f"no participant's name: {shown(name)}", "use letters, digits and spaces; show the rest by an alias"
        elif reserved := _RESERVED.match(written.lstrip() + behind):
            what = f"the name {shown(name)} begins with {shown(reserved[0].strip())}, which Mermaid takes for its own"
            yield what, "give it another name: `participant E as End user`"


def with_labels(mermaid: str, labels: Mapping[str, str]) -> str:
    """The diagram with `participant lake` written as `participant lake as Raw storage`; `labels` by id of the stage.

    So a stage has one name in the picture and in the sequence, whatever its author calls it tomorrow. Participants
    with a name of their own (`participant Drop as Drop bucket`) and those who are no stage stay as they are.
    """

    def named(match: re.Match[str]) -> str:
        lead, id = match.groups()
        return f"{lead}{id} as {_escaped(labels[id])}" if id in labels else match.group()

    return _BARE.sub(named, mermaid)


def _escaped(label: str) -> str:
    """Mermaid ends a statement at `;` and begins an entity at `#`."""
    return re.sub("[#;]", lambda mark: f"#{ord(mark.group())};", label)
