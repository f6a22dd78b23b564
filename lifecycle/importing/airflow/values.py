"""What names stand for in an Airflow DAG file: tasks, groups, DAGs, data that they speak of, functions, plain data."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_ITEMS = 2_000  # of a list over which a loop goes


@dataclass(frozen=True)
class Unknown:
    """A value that only running the file would give; `text` is how it is written."""

    text: str = "…"


@dataclass(frozen=True)
class AirflowAsset:
    """Data that tasks write and DAGs wait for: a `Dataset`, in Airflow 3 an `Asset`; its URI or name."""

    name: str

    @property
    def id(self) -> str:
        """The id of its node: the same in each file that names it."""
        return f"dataset:{self.name}"


@dataclass
class AirflowDag:
    """A DAG: its id, schedule as written, owner and tags, and the data that starts it when it is new."""

    id: str
    schedule: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    waits_for: tuple[AirflowAsset, ...] = ()


@dataclass
class AirflowTask:
    """A task: its whole id, what makes it (an operator's class, or `@task`), its DAG and groups, and its texts."""

    id: str
    maker: str
    dag: AirflowDag | None
    groups: tuple[str, ...]
    owner: str = ""
    description: str = ""
    sure: bool = True  # whether the id was read whole


@dataclass
class AirflowGroup:
    """A task group, with the ids of the tasks in it, however deep."""

    path: tuple[str, ...]
    prefixes: bool = True
    tasks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class EdgeLabel:
    """`Label("…")` between two tasks, with those on its left."""

    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class AirflowFunction:
    """A function of the file and what its decorator makes of it: "task", "task_group", "dag" or "" for a plain one."""

    node: ast.FunctionDef | ast.AsyncFunctionDef
    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    waits_for: tuple[str, ...] = ()


def tasks_in(value: Any, depth: int = 0) -> Iterable[str]:
    """The ids of all tasks in a value, in lists and mappings too."""
    match value:
        case AirflowTask(id=id):
            yield id
        case AirflowGroup(tasks=tasks):
            yield from tasks
        case AirflowFunction(waits_for=ids) | EdgeLabel(sources=ids):
            yield from ids
        case list() | tuple() if depth < 20:
            for item in value:
                yield from tasks_in(item, depth + 1)
        case dict() if depth < 20:
            for item in value.values():
                yield from tasks_in(item, depth + 1)


def assets_in(value: Any, depth: int = 0) -> Iterable[AirflowAsset]:
    """All data that a value speaks of, in lists and mappings too."""
    match value:
        case AirflowAsset():
            yield value
        case list() | tuple() if depth < 20:
            for item in value:
                yield from assets_in(item, depth + 1)
        case dict() if depth < 20:
            for item in value.values():
                yield from assets_in(item, depth + 1)


def text_of(value: Any) -> str:
    """A value within an f-string: what is not known stands in braces."""
    if isinstance(value, Unknown):
        return f"{{{value.text}}}"
    return str(value) if isinstance(value, str | int | float | bool) else "{…}"


def items_of(value: Any) -> list[Any] | None:
    """What a loop over the value goes through, or None where that is not known."""
    if isinstance(value, dict):
        return list(value)[:MOST_ITEMS]
    if isinstance(value, list | tuple):
        return list(value)[:MOST_ITEMS]
    return None


def called_on(value: Any, method: str, arguments: list[Any]) -> Any:
    """A method of plain data; Unknown for one that is not known."""
    try:
        match value, method:
            case dict(), "items":
                return [list(pair) for pair in value.items()]
            case dict(), "keys" | "values":
                return list(getattr(value, method)())
            case dict(), "get":
                return value.get(*arguments[:2])
            case list(), "append":
                value.append(arguments[0])
                return None
            case list(), "extend" if isinstance(arguments[0], list) and len(value) < MOST_ITEMS:
                value.extend(arguments[0])
                return None
            case str(), "lower" | "upper" | "strip" | "title" | "capitalize":
                return getattr(value, method)()
            case str(), "replace" | "removeprefix" | "removesuffix" | "split" if all(
                isinstance(argument, str) for argument in arguments
            ):
                return getattr(value, method)(*arguments)[:MOST_ITEMS]
            case str(), "format":
                return value.format(*map(text_of, arguments))[:MOST_ITEMS]
            case str(), "join" if isinstance(arguments[0], list):
                return value.join(map(text_of, arguments[0]))[:MOST_ITEMS]
    except (TypeError, ValueError, IndexError, KeyError, AttributeError):
        pass
    return Unknown()


def builtin(name: str, arguments: list[Any]) -> Any:
    """A function of Python itself that DAG files loop with; Unknown for another."""
    try:
        match name, arguments:
            case "range", [*bounds] if all(isinstance(bound, int) for bound in bounds):
                return list(range(*bounds)[:MOST_ITEMS])
            case "enumerate", [items, *start] if (known := items_of(items)) is not None:
                return [[number, item] for number, item in enumerate(known, *start)]
            case "zip", [*lists] if all(items_of(one) is not None for one in lists):
                return [list(row) for row in zip(*(items_of(one) or [] for one in lists), strict=False)]
            case (("list" | "tuple" | "sorted" | "set"), [items]) if (known := items_of(items)) is not None:
                return known
            case "str", [value]:
                return text_of(value)
            case "len", [items] if (known := items_of(items)) is not None:
                return len(known)
    except (TypeError, ValueError):
        pass
    return Unknown()
