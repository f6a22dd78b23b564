"""What the calls of a DAG file stand for: of Airflow, of functions and classes of the file itself, of plain data."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lifecycle.importing.airflow.calls import STARTED_BY
from lifecycle.importing.airflow.expressions import Expressions
from lifecycle.importing.airflow.plain import builtin, called_on, truth
from lifecycle.importing.airflow.values import (
    AirflowDag,
    AirflowFunction,
    AirflowGroup,
    AirflowTask,
    EdgeLabel,
    FileClass,
    FileObject,
    PartialCall,
    TaskDecorator,
    Unknown,
    assets_in,
    is_maker,
    items_of,
    tasks_in,
    weight_of,
)

MOST_CALLS = 12  # functions of the file within each other


class WayOut(Exception):  # noqa: N818 - a way out of a function or a loop, not a fault
    """`return`, `break` or `continue`, with the value that is returned."""

    def __init__(self, kind: str, value: Any = None) -> None:
        self.kind, self.value = kind, value


class Calling(Expressions):
    """Follows calls."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.calls = 0
        self.called: set[int] = set()
        self.perhaps: list[Any] = []  # what the function returns under conditions that are not known

    def body(self, statements: Iterable[ast.stmt]) -> None:
        """Follow statements in their order."""
        raise NotImplementedError

    def keywords(self, node: ast.Call) -> dict[str, Any]:
        """The named arguments of a call; those of a mapping that is unpacked too."""
        named: dict[str, Any] = {}
        for keyword in node.keywords:
            value = self.value(keyword.value)
            if keyword.arg:
                named[keyword.arg] = value
            elif isinstance(value, dict):
                named.update({str(key): one for key, one in value.items()})
            if keyword.arg in ("schedule", "schedule_interval", "timetable") and not isinstance(value, str):
                named[STARTED_BY] = list(assets_in(value))
                named[keyword.arg] = None if value is None else ast.unparse(keyword.value)[:100]
        return named

    def call(self, node: ast.Call) -> Any:
        """Follow a call: of Airflow, of the file's own, of plain data, or of anything else."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        holder = self.value(node.func.value) if isinstance(node.func, ast.Attribute) else None
        arguments = self.unpacked(node.args)
        named = self.keywords(node)
        self.step(weight_of([arguments, named]) // 4)
        if isinstance(holder, AirflowFunction) and name in ("override", "partial", "expand", "expand_kwargs"):
            return self.method_of_function(holder, name, arguments, named)
        if isinstance(holder, AirflowTask | AirflowGroup | list) and name in ("set_downstream", "set_upstream"):
            ends = (holder, arguments[:1]) if name == "set_downstream" else (arguments[:1], holder)
            self.tasks.link(*ends, line=node.lineno)
            return None
        if isinstance(holder, AirflowTask):
            return self.tasks.method(holder, name, arguments, named)
        function = self.function_of(node.func, holder)
        if isinstance(function, AirflowFunction | FileClass | TaskDecorator | PartialCall) or is_maker(function):
            return self.apply(function, arguments, named)
        if isinstance(holder, AirflowDag) and name == "get_task" and arguments:
            return self.tasks.tasks.get(f"{holder.id}.{arguments[0]}", Unknown())
        if isinstance(holder, list) and self.tasks.loops:
            self.open[id(holder)] = holder
        if name == "len" and any(id(one) in self.open for one in arguments):
            return Unknown()
        if holder is not None and not isinstance(holder, Unknown):
            return called_on(holder, name, arguments, named)
        return self.call_of_airflow(node, arguments, named)

    def function_of(self, node: ast.expr, holder: Any) -> Any:
        """What is called, where the file itself says it."""
        match node:
            case ast.Name(id=name):
                return self.names.get(name)
            case ast.Attribute(attr=name):
                return self.attribute(holder, name, node) if isinstance(holder, FileObject | FileClass) else None
        return self.value(node)

    def apply(self, function: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
        """Call what the file itself makes."""
        match function:
            case AirflowFunction():
                return self.call_function(function, arguments, named)
            case FileClass():
                return self.new_object(function, arguments, named)
            case TaskDecorator(options=options) if arguments and isinstance(arguments[0], AirflowFunction):
                return AirflowFunction(arguments[0].node, "task", options)
            case PartialCall(called=called, arguments=before, named=known):
                return self.apply(called, [*before, *arguments], {**known, **named})
            case Unknown(text=text) if is_maker(function):
                return self.tasks.made(text.rpartition(".")[2], arguments, named) or Unknown()
        return Unknown()

    def call_of_airflow(self, node: ast.Call, arguments: list[Any], named: dict[str, Any]) -> Any:
        """What Airflow's own classes and functions make, and Python's."""
        whole = self.written(node.func)
        name = whole.rpartition(".")[2]
        if whole in ("partial", "functools.partial") and arguments:
            return PartialCall(arguments[0], tuple(arguments[1:]), named)
        if whole.endswith("itertools.chain"):
            return builtin("chain.from_iterable", [arguments], {})
        if name in ("chain", "chain_linear"):
            return self.tasks.chain(arguments, paired=name == "chain", line=node.lineno)
        if name == "cross_downstream":
            values = [*arguments, *named.values()]
            return self.tasks.link(*values[:2], line=node.lineno) if len(values) > 1 else None
        if name == "Label":
            return EdgeLabel()
        if name in ("XComArg", "PlainXComArg"):
            return list(tasks) if (tasks := [one for one in arguments if isinstance(one, AirflowTask)]) else Unknown()
        if name == "task" or ".task." in f".{whole}":
            return self.decorated_here(arguments, named)
        if name in ("map", "filter", "reduce") and len(arguments) > 1:
            return self.mapped(name, arguments)
        made = self.tasks.made(whole.removesuffix(".partial").rpartition(".")[2], arguments, named)
        known = "chain.from_iterable" if whole.endswith("chain.from_iterable") else name
        return builtin(known, arguments, named) if made is None else made

    def decorated_here(self, arguments: list[Any], named: dict[str, Any]) -> Any:
        """`task(function)` and `task(task_id="…")`, called where they stand."""
        if not arguments:
            return TaskDecorator(named)
        return self.apply(TaskDecorator(named), arguments, {})

    def mapped(self, name: str, arguments: list[Any]) -> Any:
        """`map`, `filter` and `reduce` with a function of the file."""
        function, items = arguments[0], items_of(arguments[1])
        if items is None:
            with self.looping():
                made = self.apply(function, [Unknown()], {}) if name == "map" else Unknown()
            return [made] if name == "map" else made
        if name == "reduce":
            result, *rest = [*arguments[2:3], *items] or [None]
            for item in rest:
                result = self.apply(function, [result, item], {})
            return result
        if name == "filter":
            return [one for one in items if truth(self.apply(function, [one], {}) if function else one) is not False]
        rows = zip(*(items_of(one) or () for one in arguments[1:]), strict=False)
        return [self.apply(function, list(row), {}) for row in rows]

    def method_of_function(
        self, function: AirflowFunction, name: str, arguments: list[Any], named: dict[str, Any]
    ) -> Any:
        """TaskFlow's own: other options, some arguments, or the call itself once for every item."""
        if name == "override":
            options = {**function.options, **named}
            return AirflowFunction(function.node, function.kind, options, function.waits_for, function.bound)
        waits_for = (*function.waits_for, *tasks_in([arguments, named]))
        function = AirflowFunction(function.node, function.kind, function.options, waits_for, function.bound)
        return function if name == "partial" else self.call_function(function, [], {})

    def call_function(self, function: AirflowFunction, arguments: list[Any], named: dict[str, Any]) -> Any:
        """Call a function of the file: a task is made, the body of a group, a DAG or a plain function is followed."""
        self.called.add(id(function.node))
        waits_for = (*function.waits_for, *tasks_in([arguments, named]))
        if function.kind == "task":
            return self.tasks.of_function(function, waits_for)
        if self.calls >= MOST_CALLS:
            return Unknown(function.node.name)
        context = self.tasks.context_of(function)
        with self.tasks.within([context] if context else []), self.scope(function, arguments, named):
            returned = self.returned(function.node.body)
        return context if returned is None and context is not None else returned

    def returned(self, body: Iterable[ast.stmt]) -> Any:
        """What a function's body returns."""
        outside, self.perhaps = self.perhaps, []
        try:
            self.body(body)
        except WayOut as way:
            return way.value
        else:
            return self.perhaps[0] if self.perhaps else None
        finally:
            self.perhaps = outside

    @contextmanager
    def scope(self, function: AirflowFunction, arguments: list[Any], named: dict[str, Any]) -> Iterator[None]:
        """The names within a function: those around it, and its parameters."""
        outside, self.calls = self.names, self.calls + 1
        self.names = {**outside, **self.parameters(function, [*function.bound, *arguments], named)}
        try:
            yield
        finally:
            self.names, self.calls = outside, self.calls - 1

    def parameters(self, function: AirflowFunction, arguments: list[Any], named: dict[str, Any]) -> dict[str, Any]:
        """What the parameters of a function stand for in a call."""
        written = function.node.args
        listed = [one.arg for one in (*written.posonlyargs, *written.args)]
        names = [*listed, *(one.arg for one in written.kwonlyargs)]
        bound: dict[str, Any] = {name: Unknown(name) for name in names}
        defaults = dict(zip(listed[len(listed) - len(written.defaults) :], written.defaults, strict=True))
        for name, default in [*defaults.items(), *zip(names[len(listed) :], written.kw_defaults, strict=True)]:
            if default is not None:
                bound[name] = self.value(default)
        bound.update(zip(listed, arguments, strict=False))
        bound.update({name: value for name, value in named.items() if name in bound})
        if written.vararg:
            bound[written.vararg.arg] = tuple(arguments[len(listed) :])
        if written.kwarg:
            bound[written.kwarg.arg] = {name: value for name, value in named.items() if name not in names}
        return bound

    def new_object(self, kind: FileClass, arguments: list[Any], named: Mapping[str, Any]) -> FileObject:
        """An object of a class of the file: by its `__init__`, or by the fields of a record."""
        made = FileObject(kind)
        if isinstance(begin := kind.members.get("__init__"), AirflowFunction):
            bound = AirflowFunction(begin.node, "", {}, (), (made,))
            self.call_function(bound, arguments, dict(named))
        else:
            made.attributes.update(zip(kind.fields, arguments, strict=False))
            made.attributes.update(named)
        return made
