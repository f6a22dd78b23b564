"""What names stand for in an Airflow DAG file: tasks, groups, DAGs, data that they speak of, functions, plain data."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

MOST_ITEMS = 2_000  # of a list over which a loop goes


@dataclass(frozen=True)
class Unknown:
    """A value that only running the file would give; `text` is how it is written."""

    text: str = "…"


def is_maker(value: Any) -> bool:
    """Whether a name stands for a class that makes tasks, by its ending."""
    return isinstance(value, Unknown) and value.text.endswith(("Operator", "Sensor"))


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
    looped: bool = False  # made in a loop over what only a run knows
    around: str = ""  # "setup" or "teardown"


@dataclass(eq=False)
class AirflowGroup:
    """A task group: its path, the prefix of the ids in it, and the ids of the tasks in it, however deep."""

    path: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    tasks: list[str] = field(default_factory=list)
    parent: AirflowGroup | None = None

    def with_parents(self) -> Iterator[AirflowGroup]:
        """The group and all around it."""
        yield self
        if self.parent:
            yield from self.parent.with_parents()


@dataclass(frozen=True)
class EdgeLabel:
    """`Label("…")` between two tasks, through which the order passes."""


@dataclass(frozen=True)
class TaskDecorator:
    """`task(task_id="…")`, which makes a task of the function that it is given."""

    options: Mapping[str, Any]


@dataclass(frozen=True)
class PartialCall:
    """`functools.partial(…)`: what is called, and the arguments that it has already."""

    called: Any
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]


@dataclass(frozen=True)
class AirflowFunction:
    """A function of the file and what its decorator makes of it: "task", "task_group", "dag" or "" for a plain one."""

    node: ast.FunctionDef | ast.AsyncFunctionDef
    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    waits_for: tuple[str, ...] = ()
    bound: tuple[Any, ...] = ()  # arguments that stand before those of a call: the object of a method


@dataclass(frozen=True)
class FileClass:
    """A class of the file that is no operator: its members, and its fields in their order if it is a record."""

    name: str
    members: Mapping[str, Any]
    fields: tuple[str, ...] = ()
    listed: bool = False  # an `Enum`, of whose members a loop may go through all


@dataclass(eq=False)
class FileObject:
    """An object of a class of the file, with its attributes."""

    kind: FileClass
    attributes: dict[str, Any] = field(default_factory=dict)


def leaves_of(value: Any) -> Iterator[Any]:
    """All that lies in a value, in lists and mappings too; a list that lies in it twice is gone through once."""
    waiting, known = [value], set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, list | tuple | dict | FileObject):
            yield item
        elif id(item) not in known:
            known.add(id(item))
            held = item.attributes if isinstance(item, FileObject) else item
            waiting += reversed(list(held.values() if isinstance(held, dict) else held))


def weight_of(value: Any, most: int = 1_000_000) -> int:
    """How many items one goes through to see all that lies in a value; counted no further than `most`."""
    waiting, known, weight = [value], set(), 0
    while waiting and weight < most:
        item = waiting.pop()
        if isinstance(item, list | tuple | dict) and id(item) not in known:
            known.add(id(item))
            weight += len(item)
            waiting += item.values() if isinstance(item, dict) else item
    return weight


def tasks_in(value: Any) -> Iterable[str]:
    """The ids of all tasks in a value."""
    for item in leaves_of(value):
        match item:
            case AirflowTask(id=id):
                yield id
            case AirflowGroup(tasks=ids) | AirflowFunction(waits_for=ids):
                yield from ids


def assets_in(value: Any) -> Iterable[AirflowAsset]:
    """All data that a value speaks of."""
    return (item for item in leaves_of(value) if isinstance(item, AirflowAsset))


def text_of(value: Any) -> str:
    """A value within a text: what is not known stands in braces."""
    if isinstance(value, Unknown):
        return f"{{{value.text}}}"
    return str(value) if isinstance(value, str | int | float | bool | PurePosixPath) else "{…}"


def items_of(value: Any) -> list[Any] | None:
    """What a loop over the value goes through, or None where that is not known."""
    if isinstance(value, FileClass) and value.listed:
        return list(value.members.values())
    return list(value) if isinstance(value, dict | list | tuple | str) else None
