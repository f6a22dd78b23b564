"""The body of a choice question: its stem, its options with their feedback, and the explanation below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from lifecycle.course.quizzes.blocks import BlockFault
from lifecycle.course.quizzes.questions import Option

_OPTION = re.compile(r"[-*] \[(.?)\] (.*)$")
_FEEDBACK = re.compile(r"\s*>\s?(.*)$")
# What an author may have meant as an option: another list mark, no space, an indentation, a longer mark.
_MEANT = re.compile(r"\s*(?:[-*+]|(\d{1,9}[.)]))\s*\[([^\]]{0,3})\](?![(\[:])")
_MARKS = ("x", "X", " ", "")
# What stands behind an option for us alone: `<!-- misconception: retention-is-time-to-mend; see: ?stage=buffer -->`.
_NOTE = re.compile(r"\s*<!--\s*((?:misconception|see|within)\s*:.*?)-->\s*$")
_SPAN = re.compile(r"([+-]?[\d.]+(?:e[+-]?\d+)?)\s*\.\.\s*([+-]?[\d.]+(?:e[+-]?\d+)?)", re.IGNORECASE)
_HOW = "write `- [x] text` for a right option and `- [ ] text` for a wrong one, no deeper than the question"


class ListLine(NamedTuple):
    """A line of a block without its end, and its number in the file (1-based)."""

    number: int
    text: str


class Choice(NamedTuple):
    """What a block of options says; `cut_off` is the line of a `>` that a blank line parts from the last option."""

    stem: str
    options: tuple[Option, ...]
    explanation: str
    cut_off: int | None = None


def last_option(lines: Sequence[ListLine]) -> int:
    """The index of the last line that is an option in its exact form; -1 where there is none."""
    exact = (n for n in range(len(lines) - 1, -1, -1) if (match := _OPTION.match(lines[n].text)) and match[1] in _MARKS)
    return next(exact, -1)


def read_choice(lines: Sequence[ListLine], block_line: int) -> tuple[Choice, tuple[BlockFault, ...]]:
    """Read a dedented block, and say what is wrong with it. `block_line` is the line of its `<quiz>`."""
    first = next((index for index, line in enumerate(lines) if _OPTION.match(line.text)), None)
    stem = "\n".join(line.text for line in lines[:first]).strip()
    if first is None:
        return Choice(stem, (), ""), (_no_option(lines, block_line),)
    options, after, cut_off, faults = _options(lines, first)
    if not stem:
        faults.insert(0, BlockFault(block_line, "a <quiz> without a question", "ask something above the first option"))
    if not any(option.right for option in options) and not faults:
        faults.append(BlockFault(block_line, "a <quiz> without a right option", "mark what is right with [x]"))
    explanation = trimmed([line.text for line in lines[after:]])
    return Choice(stem, tuple(options), explanation, cut_off), tuple(faults)


def trimmed(lines: Sequence[str]) -> str:
    """The lines as one text without blank lines at either end; the first keeps its indentation, which may be code."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]).rstrip() if filled else ""


def _options(lines: Sequence[ListLine], first: int) -> tuple[list[Option], int, int | None, list[BlockFault]]:
    """The options from line `first` on, the index behind the last, a `>` cut off from it, and the faults."""
    options: list[Option] = []
    faults: list[BlockFault] = []
    marks: dict[str, bool] = {}
    last = max(n for n, line in enumerate(lines) if _OPTION.match(line.text))
    index = after = first
    while index < len(lines):
        number, text = lines[index]
        if option := _OPTION.match(text):
            right = option[1] in ("x", "X")
            words, notes, wrong = _notes(option[2], number)
            faults += wrong
            if option[1] not in _MARKS:
                faults.append(BlockFault(number, f"an option with the unknown mark [{option[1]}]", _HOW))
            elif marks.setdefault(words, right) != right:
                faults.append(
                    BlockFault(number, "the same option both right and wrong", "reword or remove one of the two")
                )
            feedback, after = _feedback(lines, index + 1)
            options.append(Option(words, right, feedback, **notes))
            index = after
        elif not text.strip():
            index += 1
        elif _FEEDBACK.match(text):
            if index > last:
                return options, after, number, faults
            what = "feedback that a blank line parts from its option"
            faults.append(BlockFault(number, what, "remove the blank line above the `>`"))
            after = index = _feedback(lines, index)[1]
        else:
            if (meant := _MEANT.match(text)) and meant[2].strip() in ("", "x", "X"):
                faults.append(_not_an_option(lines[index]))
            break
    return options, after, None, faults


def _notes(text: str, number: int) -> tuple[str, dict[str, Any], list[BlockFault]]:
    """The text of an option without the comment behind it, what the comment says, and what is wrong with it."""
    match = _NOTE.search(text)
    if not match:
        return text.strip(), {}, []
    notes: dict[str, Any] = {}
    faults = []
    for part in filter(str.strip, match[1].split(";")):
        name, _, value = (piece.strip() for piece in part.partition(":"))
        if name not in ("misconception", "see", "within") or not value or name in notes:
            what = f"the note {name!r} behind an option"
            faults.append(
                BlockFault(number, what, "write misconception, see and within at most once, as `name: value`")
            )
        elif name == "within":
            span = _SPAN.fullmatch(value)
            if span is None or (low := _number(span[1])) is None or (high := _number(span[2])) is None or low >= high:
                faults.append(BlockFault(number, f"the span {value!r} behind an option", "write it as `within: 0..60`"))
            else:
                notes["within"] = (low, high)
        else:
            notes[name] = value
    return text[: match.start()].strip(), notes, faults


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _feedback(lines: Sequence[ListLine], start: int) -> tuple[str, int]:
    """The `>` lines from `start` on as one text, and the index behind them."""
    texts = []
    while start < len(lines) and (match := _FEEDBACK.match(lines[start].text)):
        texts.append(match[1])
        start += 1
    return "\n".join(texts).rstrip(), start


def _no_option(lines: Sequence[ListLine], block_line: int) -> BlockFault:
    meant = next((line for line in lines if _MEANT.match(line.text)), None)
    if meant:
        return _not_an_option(meant)
    fix = f"{_HOW}; or write a blank as [[answer]], outside of code"
    return BlockFault(block_line, "a <quiz> without an option", fix)


def _not_an_option(line: ListLine) -> BlockFault:
    match = _MEANT.match(line.text)
    if match and match[1]:
        return BlockFault(line.number, f"an option in a numbered list ({match[1]})", _HOW)
    if match and match[2] not in _MARKS:
        return BlockFault(line.number, f"an option with the unknown mark [{match[2]}]", _HOW)
    return BlockFault(line.number, "a line that looks like an option and is none", _HOW)
