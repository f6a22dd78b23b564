"""Plain data in a DAG file - texts, numbers, lists, mappings - and what Python's operators and functions make of it.

All of it is pure and bounded: what would be larger than `MOST_ITEMS`, or is not known, is Unknown.
"""

from __future__ import annotations

import ast
import json
import operator
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise, product
from math import prod
from pathlib import PurePosixPath
from typing import Any

from lifecycle.importing.airflow.formats import MOST_TEXT, by_format, by_percent
from lifecycle.importing.airflow.values import MOST_ITEMS, AirflowGroup, AirflowTask, Unknown, items_of, text_of

MOST_NUMBER = 10**9
FACTORIES: dict[str, Callable[[], Any]] = {"list": list, "set": list, "dict": dict, "int": int, "str": str}
FAULTS = (TypeError, ValueError, IndexError, KeyError, AttributeError, ArithmeticError)
ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod, ast.Add: operator.add,
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.In: lambda one, all: one in all, ast.NotIn: lambda one, all: one not in all,
}  # fmt: skip


def operation(left: Any, op: ast.operator, right: Any) -> Any:
    """What an operator makes of two values."""
    unknown = Unknown()
    if isinstance(op, ast.Mod) and isinstance(left, str):
        try:
            return by_percent(left, right)
        except FAULTS:
            return unknown
    if isinstance(op, ast.Add) and isinstance(left, str | Unknown) and isinstance(right, str | Unknown):
        if isinstance(left, str) or isinstance(right, str):
            return (text_of(left) + text_of(right))[:MOST_TEXT]
        return unknown
    if isinstance(op, ast.Div) and isinstance(left, PurePosixPath) and isinstance(right, str):
        return (left / right[:MOST_TEXT]) if len(str(left)) < MOST_TEXT else unknown
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _number(left, op, right, unknown)
    if isinstance(op, ast.Add) and type(left) is type(right) and isinstance(left, list | tuple):
        return left + right if len(left) + len(right) <= MOST_ITEMS else unknown
    if isinstance(op, ast.Mult) and isinstance(left, list | str) and isinstance(right, int):
        return left * right if len(left) * right <= MOST_ITEMS else unknown
    if isinstance(op, ast.BitOr) and isinstance(left, dict) and isinstance(right, dict):
        return {**left, **right}
    return unknown


def _number(left: float, op: ast.operator, right: float, unknown: Unknown) -> Any:
    apply = ARITHMETIC.get(type(op))
    try:
        result = apply(left, right) if apply and max(abs(left), abs(right)) <= MOST_NUMBER else unknown
    except ArithmeticError:
        return unknown
    return result


def truth(value: Any) -> bool | None:
    """Whether a value counts as true; None where only a run knows."""
    if isinstance(value, str | int | float | list | tuple | dict) or value is None:
        return bool(value)
    return True if isinstance(value, AirflowTask | AirflowGroup) else None


def is_small(value: Any) -> bool:
    """Whether a value is gone through in a moment; lists that lie in each other many times count every time."""
    waiting, left = [value], 5 * MOST_ITEMS
    while waiting and left > 0:
        item = waiting.pop()
        if isinstance(item, list | tuple | dict):
            left -= len(item)
            waiting += item.values() if isinstance(item, dict) else item
    return left > 0


def compared(left: Any, op: ast.cmpop, right: Any) -> bool | None:
    """Whether a comparison holds; None where only a run knows."""
    if isinstance(op, ast.Is | ast.IsNot) and not isinstance(left, Unknown) and not isinstance(right, Unknown):
        return (left is right) == isinstance(op, ast.Is)
    if not is_small([left, right]) or any(
        isinstance(item, Unknown) for one in (left, right) for item in (one, *(items_of(one) or ()))
    ):
        return None
    try:
        return bool(COMPARISONS[type(op)](left, right))
    except (*FAULTS, RecursionError):
        return None


def item_of(holder: Any, key: Any) -> Any:
    """An item or a slice of a list, a text or a mapping; of a task's output, the task."""
    if isinstance(holder, AirflowTask):
        return holder
    try:
        return holder[key]
    except FAULTS:
        return Unknown()


def attribute_of(value: Any, name: str) -> Any:
    """An attribute of plain data: the parts of a path, the text of one of a class of texts."""
    if isinstance(value, str) and name == "value":
        return value
    if isinstance(value, PurePosixPath) and name in ("stem", "name", "suffix"):
        return getattr(value, name)
    return Unknown()


def called_on(value: Any, method: str, arguments: list[Any], named: Mapping[str, Any]) -> Any:
    """A method of plain data; Unknown for one that is not known."""
    try:
        match value:
            case dict():
                return _of_mapping(value, method, arguments, named)
            case list():
                return _of_list(value, method, arguments)
            case str():
                return _of_text(value, method, arguments, named)
            case PurePosixPath() if method in ("as_posix", "resolve", "absolute"):
                return value.as_posix() if method == "as_posix" else value
    except FAULTS:
        pass
    return Unknown()


def _of_mapping(value: dict[Any, Any], method: str, arguments: list[Any], named: Mapping[str, Any]) -> Any:
    match method, arguments:
        case "items", []:
            return list(value.items())
        case "keys" | "values", []:
            return list(getattr(value, method)())
        case "get", [key, *default]:
            return value.get(key, *default)
        case "setdefault", [str() | int() as key, *default]:
            return value.setdefault(key, *default)
        case "pop", [key, *default]:
            return value.pop(key, *default)
        case "copy", []:
            return dict(value)
        case "update", [*more] if all(isinstance(one, dict) for one in more):
            for one in (*more, named):
                value.update(one)
            return None
    return Unknown()


def _of_list(value: list[Any], method: str, arguments: list[Any]) -> Any:
    match method, arguments:
        case "append", [item]:
            value.append(item)
            return None
        case "add", [item] if is_small([value, item]):
            if item not in value:
                value.append(item)
            return None
        case "extend", [items] if (more := items_of(items)) is not None and len(value) + len(more) <= MOST_ITEMS:
            value.extend(more)
            return None
        case "insert", [int() as at, item]:
            value.insert(at, item)
            return None
        case "reverse", []:
            value.reverse()
            return None
        case "pop", [*at]:
            return value.pop(*at)
        case "index", [item] if is_small([value, item]):
            return value.index(item)
        case "copy", []:
            return list(value)
    return Unknown()


def _of_text(value: str, method: str, arguments: list[Any], named: Mapping[str, Any]) -> Any:
    text = value[:MOST_TEXT]
    match method, arguments:
        case "format", _:
            return by_format(text, arguments, named)
        case "join", [items] if (parts := items_of(items)) is not None:
            return text.join(map(text_of, parts))[:MOST_TEXT] if len(text) * len(parts) <= 10 * MOST_TEXT else Unknown()
        case "replace", [str() as old, str() as new, *_]:
            return text.replace(old, new[:20] if len(text) > 200 else new[:200])[:MOST_TEXT]
        case "zfill", [int() as width] if width < MOST_TEXT:
            return text.zfill(width)
        case (
            "lower" | "upper" | "strip" | "lstrip" | "rstrip" | "title" | "capitalize" | "swapcase" | "casefold"
            | "removeprefix" | "removesuffix" | "split" | "rsplit" | "splitlines" | "partition" | "rpartition"
            | "startswith" | "endswith" | "isdigit" | "isalpha" | "count" | "find",
            _,
        ) if all(isinstance(one, str | int | tuple) for one in arguments):  # fmt: skip
            return getattr(text, method)(*arguments)
    return Unknown()


def builtin(name: str, arguments: list[Any], named: Mapping[str, Any]) -> Any:
    """A function of Python itself that DAG files loop with; Unknown for another."""
    try:
        if name in ("range", "enumerate", "zip", "product", "pairwise", "chain.from_iterable"):
            return _looped(name, arguments, named)
        if name == "defaultdict" and arguments and isinstance(arguments[0], Unknown):
            return defaultdict(FACTORIES[arguments[0].text])
        if not is_small(arguments):
            return Unknown()
        if name in ("list", "tuple", "sorted", "reversed", "set", "frozenset", "dict", "OrderedDict"):
            return _collected(name, arguments, named)
        return _reckoned(name, arguments)
    except (*FAULTS, RecursionError):
        return Unknown()


def _looped(name: str, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
    if name == "range":
        bounds = range(*arguments)
        return list(bounds) if len(bounds) <= MOST_ITEMS else Unknown()
    lists = [items_of(one) for one in (arguments[:1] if name == "enumerate" else arguments)]
    known = [one for one in lists if one is not None]
    if len(known) < len(lists) or not known:
        return Unknown()
    match name:
        case "enumerate":
            start = named.get("start", arguments[1] if len(arguments) > 1 else 0)
            return list(enumerate(known[0], start))
        case "zip":
            return list(zip(*known, strict=False))
        case "pairwise":
            return list(pairwise(known[0]))
        case "product" if prod(map(len, known)) <= MOST_ITEMS and not named:
            return list(product(*known))
        case "chain.from_iterable":
            return list(islice((item for one in known[0] for item in items_of(one) or ()), MOST_ITEMS))
    return Unknown()


def _collected(name: str, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
    if name in ("dict", "OrderedDict"):
        return {**dict(arguments[0] if arguments else {}), **named}
    items = items_of(arguments[0]) if arguments else []
    if items is None:
        return Unknown()
    match name:
        case "sorted" if not (set(named) - {"reverse"}):
            return sorted(items, reverse=named.get("reverse") is True)
        case "sorted":
            return Unknown()
        case "reversed":
            return items[::-1]
        case "set" | "frozenset":
            return [item for at, item in enumerate(items) if item not in items[:at]] if len(items) < 200 else items
    return tuple(items) if name == "tuple" else items


def _reckoned(name: str, arguments: Sequence[Any]) -> Any:
    match name, arguments:
        case "str", [value]:
            return text_of(value)
        case "int" | "float", [str() | int() | float() as value] if len(str(value)) < 20:
            return int(value) if name == "int" else float(value)
        case "len", [items] if (known := items_of(items)) is not None:
            return len(known)
        case "min" | "max", [*values] if known := items_of(values[0]) if len(values) == 1 else values:
            return (min if name == "min" else max)(known)
        case "any" | "all", [items] if (known := items_of(items)) is not None:
            truths = [truth(item) for item in known]
            return Unknown() if None in truths else (any if name == "any" else all)(truths)
        case "Path" | "PurePath" | "PosixPath", [str() | PurePosixPath() as path]:
            return PurePosixPath(path)
        case "basename", [str() | PurePosixPath() as path]:
            return PurePosixPath(path).name
        case "splitext", [str() | PurePosixPath() as path]:
            return (str(path).removesuffix(PurePosixPath(path).suffix), PurePosixPath(path).suffix)
        case "loads", [str() as text]:
            return json.loads(text)
    return Unknown()
