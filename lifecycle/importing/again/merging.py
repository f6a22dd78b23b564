"""pipeline.yaml of the last import, as people have it now, and of this one, as one: what people changed stays theirs.

The file is taken by its lines: a section is a key at the margin, an entry begins with a dash, and is known by its `id`,
or by its `from` and `to`. However somebody writes an entry, on one line or on several, it is one piece of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_SECTION = re.compile(r"([A-Za-z_]\w*)\s*:")
_DASH = re.compile(r"\s*-\s")
_VALUE = r"""\s*:\s*["']?([^\s"',}]+)"""
_ID, _FROM, _TO = (re.compile(rf"\b{key}{_VALUE}") for key in ("id", "from", "to"))
_ZONE, _SCHEDULE = (re.compile(rf"\b{key}{_VALUE}") for key in ("zone", "schedule"))


@dataclass
class _Section:
    """A key at the margin: what stands with it, and its entries by what they are known by."""

    head: str = ""
    entries: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MergedPipeline:
    """The file that comes of it. `stale`: stages whose entry people edited and the project has changed since.

    `dropped`: what people wrote of stages that are gone, which has no place in the file any more.
    """

    text: str
    stale: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def merged(last: str, now: str, new: str) -> MergedPipeline:
    """Merge what the last import wrote, what people made of it, and what this one writes."""
    if last == now or now == new:
        return MergedPipeline(new)
    base, mine, theirs = (_sections(text) for text in (last, now, new))
    dropped: list[str] = []
    whole: dict[str, _Section] = {}
    for key in dict.fromkeys((*theirs, *mine)):
        one, two, three = (part.get(key, _Section()) for part in (base, mine, theirs))
        head = two.head if two.head and (two.head != one.head or not three.head) else three.head
        entries = dict(_entries(one.entries, two.entries, three.entries, dropped))
        taken_out = key not in mine and key in base and three.entries
        if entries or (not taken_out and (key in theirs or two.head != one.head)):
            whole[key] = _Section(head, entries)
    _without_loose_ends(whole, theirs, dropped)
    _with_named(whole, mine)
    stages = (part.get("stages", _Section()).entries for part in (base, mine, theirs))
    text = "".join(section.head + "".join(section.entries.values()) for section in whole.values())
    return MergedPipeline(text, tuple(_stale(*stages)), tuple(dropped))


def _sections(text: str) -> dict[str, _Section]:
    """The sections of a file by their keys, "" for what stands above the first one."""
    sections: dict[str, _Section] = {"": _Section()}
    key, entry = "", ""
    for line in f"{text.rstrip()}\n".replace("\r\n", "\n").splitlines(keepends=True):
        if match := _SECTION.match(line):
            key, entry = match[1], ""
            sections[key] = _Section(line)
        elif _DASH.match(line) and _depth(line) <= _depth(next(iter(sections[key].entries.values()), line)):
            entry = _free(_known_by(line) or line, sections[key].entries)
            sections[key].entries[entry] = line
        elif entry:
            text_of = sections[key].entries.pop(entry) + line
            entry = _free(_known_by(text_of) or entry, sections[key].entries)
            sections[key].entries[entry] = text_of
        else:
            sections[key].head += line
    return sections


def _free(key: str, entries: Mapping[str, str]) -> str:
    """The key, or one like it that no entry has: what stands twice stays, and the check of the course tells it."""
    while key in entries:
        key += "'"
    return key


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _known_by(entry: str) -> str:
    """The id of an entry, or its two ends; "" where it has neither yet."""
    ends = _FROM.search(entry), _TO.search(entry)
    if ends[0] and ends[1]:
        return f"{ends[0][1]} -> {ends[1][1]}"
    match = _ID.search(entry)
    return match[1] if match else ""


def _entries(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], dropped: list[str]
) -> Iterator[tuple[str, str]]:
    """The entries of one section: as the project has them now, where people changed one theirs, then people's own."""
    for key, text in theirs.items():
        if key in mine:
            yield key, mine[key] if mine[key] != base.get(key) else text
        elif key not in base:
            yield key, text  # else people took it out
    for key, text in mine.items():
        if key not in theirs and key not in base:
            yield key, text
        elif key not in theirs and text != base[key]:
            dropped.append(text)


def _without_loose_ends(whole: Mapping[str, _Section], theirs: Mapping[str, _Section], dropped: list[str]) -> None:
    """Take out flows that lead from or to a stage that is gone; those of people's own are told."""
    flows, stages = whole.get("flows", _Section()), whole.get("stages", _Section())
    made = theirs.get("flows", _Section()).entries
    for key, text in list(flows.entries.items()):
        if not stages.entries.keys() >= {*key.split(" -> ")}:
            del flows.entries[key]
            if made.get(key) != text:
                dropped.append(text)


def _with_named(whole: dict[str, _Section], mine: Mapping[str, _Section]) -> None:
    """Keep the zones and schedules that stages of people's own name, though the project uses them no more."""
    stages = whole.get("stages", _Section()).entries.values()
    for key, names in (("zones", _ZONE), ("schedules", _SCHEDULE)):
        named = {match[1] for text in stages if (match := names.search(text))}
        kept, section = mine.get(key, _Section()), whole.get(key, _Section())
        present = section.entries
        in_order = {id: present.get(id, text) for id, text in kept.entries.items() if id in present or id in named}
        if in_order:
            whole[key] = _Section(section.head or kept.head, in_order | present)


def _stale(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[str]:
    """The stages of which people have an entry of their own, and the project another one than last time."""
    for key, text in theirs.items():
        if key in base and key in mine and mine[key] not in (base[key], text) and text != base[key]:
            yield key
