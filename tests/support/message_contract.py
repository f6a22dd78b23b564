"""A message that Python sends and JavaScript reads, written down on both sides: TypedDicts and typedefs of JSDoc."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from enum import StrEnum
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

_PLAIN = {str: "string", bool: "boolean", int: "number", float: "number", NoneType: "null"}


def written(script: str) -> dict[str, dict[str, str]]:
    """Each typedef of a script: its fields with their types, `?` after the name of one that may be missing."""
    found = {}
    for block in re.findall(r"/\*\*(.*?)\*/", script, re.DOTALL):
        if named := re.search(r"@typedef \{object\} (\w+)", block):
            fields = re.findall(r"@property \{(.*)\} (\[?\w+\]?)$", block, re.MULTILINE)
            found[named[1]] = {name.strip("[]") + "?" * name.startswith("["): type_ for type_, name in fields}
    return found


def in_javascript(hint: Any) -> str:
    """A Python type as JSDoc writes it."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_typeddict(hint):
        return hint.__name__
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " | ".join(json.dumps(each.value) for each in hint)
    if origin is Literal:
        return " | ".join(json.dumps(each) for each in parts)
    if origin in (Union, UnionType):
        return " | ".join(map(in_javascript, parts))
    if origin is list:
        inner = in_javascript(parts[0])
        return f"({inner})[]" if " | " in inner and get_origin(parts[0]) is not tuple else f"{inner}[]"
    if origin is dict:
        return f"Record<string, {in_javascript(parts[1])}>"
    if origin is tuple:
        return f"[{', '.join(map(in_javascript, parts))}]"
    raise TypeError(hint)


def fields_of(kind: type) -> dict[str, str]:
    hints = get_type_hints(kind, include_extras=True)
    return {
        f"{name}?" if get_origin(hint) is NotRequired else name: in_javascript(
            get_args(hint)[0] if get_origin(hint) is NotRequired else hint
        )
        for name, hint in hints.items()
    }


def messages(module: ModuleType) -> dict[str, type]:
    """The messages of a module by name: its own TypedDicts."""
    return {
        name: each for name, each in vars(module).items() if is_typeddict(each) and each.__module__ == module.__name__
    }


def differences(script: str, modules: Iterable[ModuleType]) -> list[str]:
    """What the typedefs of a script and the messages of the modules do not have in common."""
    theirs = written(script)
    ours = {name: fields_of(kind) for module in modules for name, kind in messages(module).items()}
    both = ours.keys() & theirs.keys()
    lonely = [f"{name} is on one side only" for name in sorted(ours.keys() ^ theirs.keys())]
    return [*lonely, *(f"{name}: {ours[name]} / {theirs[name]}" for name in sorted(both) if ours[name] != theirs[name])]


def fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type, all the way down."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return fits(value, parts[0])
    if is_typeddict(hint):
        if not isinstance(value, dict):
            return False
        hints = get_type_hints(hint, include_extras=True)
        missing = {name for name, each in hints.items() if get_origin(each) is not NotRequired} - set(value)
        return not missing and set(value) <= set(hints) and all(fits(value[name], hints[name]) for name in value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return value in set(hint)
    if origin is Literal:
        return value in parts
    if origin in (Union, UnionType):
        return any(fits(value, each) for each in parts)
    if origin is list:
        return isinstance(value, list) and all(fits(each, parts[0]) for each in value)
    if origin is dict:
        return isinstance(value, dict) and all(isinstance(k, str) and fits(each, parts[1]) for k, each in value.items())
    if origin is tuple:
        return len(value) == len(parts) and all(map(fits, value, parts))
    return isinstance(value, (int, float) if hint is float else hint)
