"""Frozen dataclasses as JSON and back, by the types that their fields declare; whatever does not fit is refused."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from typing import Any, get_args, get_origin, get_type_hints

from lifecycle.documents import instead, shown
from lifecycle.importing.graph import ImportProblem
from lifecycle.importing.json_texts import is_number
from lifecycle.importing.texts import MOST_TEXT, is_clean

JsonReading = Callable[[Any], Any]


def plain_of(value: Any) -> Any:
    """The value as JSON holds it: objects without what is as usual, lists, texts and numbers."""
    if isinstance(value, tuple):
        return [plain_of(part) for part in value]
    if is_dataclass(value):
        parts = ((name, getattr(value, name), usual) for name, usual in _usual(value.__class__))
        return {name: plain_of(part) for name, part, usual in parts if part != usual}
    return value


def typed(kind: Any, value: Any, where: str) -> Any:
    """What JSON holds as a value of a type; `where` names the place. Raises ImportProblem."""
    with _placed(where):
        return _reading(kind)(value)


def object_at(value: Any, where: str, known: Iterable[str]) -> Mapping[str, Any]:
    """The value as an object of JSON that has no other keys than the known ones. Raises ImportProblem."""
    with _placed(where):
        return _object(value, frozenset(known))


def list_at(value: Any, where: str) -> list[Any]:
    """The value as an array of JSON. Raises ImportProblem."""
    with _placed(where):
        return _list(value)


class _Misfit(Exception):  # noqa: N818 - not yet a problem that somebody reads
    """What is wrong with a value; where it stands is put together on the way up, so that what fits costs nothing."""

    def __init__(self, what: str, fix: str = "bring it as it was kept") -> None:
        super().__init__(what)
        self.place, self.what, self.fix = "", what, fix

    def within(self, place: str) -> _Misfit:
        self.place = place + self.place
        return self


@contextmanager
def _placed(where: str) -> Iterator[None]:
    try:
        yield
    except _Misfit as misfit:
        raise ImportProblem(f"{where}{misfit.place} {misfit.what}", misfit.fix) from misfit


@cache
def _usual(kind: type) -> tuple[tuple[str, Any], ...]:
    """Of each field of a dataclass the value that it has where none is given; MISSING where there is none."""
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _reading(kind: Any) -> JsonReading:
    """How a value of a type is read from JSON; it raises _Misfit."""
    if isinstance(kind, type):
        return _reading_of_class(kind)
    parts = get_args(kind)
    if get_origin(kind) is types.UnionType:  # of one type and None, as everywhere in a graph
        return partial(_optional, _reading(parts[0]))
    if parts[-1] is ...:
        return partial(_many, _reading(parts[0]))
    return partial(_row, tuple(map(_reading, parts)))


def _reading_of_class(kind: type) -> JsonReading:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        needed = [name for name, usual in _usual(kind) if usual is MISSING]
        return partial(_instance, kind, {name: _reading(hints[name]) for name, _ in _usual(kind)}, needed)
    if issubclass(kind, StrEnum):
        return partial(_member, kind)
    return _SIMPLE[kind]


def _optional(reading: JsonReading, value: Any) -> Any:
    return None if value is None else reading(value)


def _many(reading: JsonReading, value: Any) -> tuple[Any, ...]:
    parts = _list(value)
    read: list[Any] = []
    try:
        read.extend(map(reading, parts))
    except _Misfit as misfit:
        raise misfit.within(f"[{len(read)}]") from None
    return tuple(read)


def _row(readings: tuple[JsonReading, ...], value: Any) -> tuple[Any, ...]:
    parts = _list(value)
    if len(parts) != len(readings):
        raise _Misfit(f"has {len(parts)} parts, not {len(readings)}")
    return tuple(reading(part) for reading, part in zip(readings, parts, strict=True))


def _instance(kind: type, readings: Mapping[str, JsonReading], needed: list[str], value: Any) -> Any:
    given = _object(value, readings.keys())
    for name in needed:
        if name not in given:
            raise _Misfit(f"has no {name}")
    parts = {}
    for name, part in given.items():
        try:
            parts[name] = readings[name](part)
        except _Misfit as misfit:
            raise misfit.within(f".{name}") from None
    return kind(**parts)


def _member(kind: type[StrEnum], value: Any) -> StrEnum:
    if not isinstance(value, str) or value not in kind.__members__.values():
        raise _Misfit(f"is {shown(value)}", instead(str(value), [*kind]))
    return kind(value)


def _object(value: Any, known: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Misfit(f"should be an object, not {shown(value)}")
    for key in value.keys() - known:
        raise _Misfit(f"has an unknown key {shown(key)}")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Misfit(f"should be a list, not {shown(value)}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Misfit(f"is {shown(value)}, no text")
    if len(value) > MOST_TEXT:
        raise _Misfit(f"has {len(value):,} characters", f"keep it to {MOST_TEXT:,}")
    if not is_clean(value):
        raise _Misfit("has a character that is no text")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Misfit(f"is {shown(value)}, no truth")
    return value


def _number(value: Any) -> float:
    if not is_number(value):
        raise _Misfit(f"is {shown(value)}, no number")
    return float(value)


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Misfit(f"is {shown(value)}, no whole number")
    return value


_SIMPLE: Mapping[type, JsonReading] = {str: _text, bool: _truth, float: _number, int: _whole}
