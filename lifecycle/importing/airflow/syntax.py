"""An Airflow DAG file by its syntax tree: statements are followed in order, and nothing of the file is ever run.

What is followed: operators in and out of `with DAG`, `>>` and `<<`, `set_upstream` and `set_downstream`, `chain`,
`cross_downstream`, labels, task groups, TaskFlow (`@dag`, `@task`, `@task_group`, `override`, `partial`, `expand`),
functions of the file itself, data (`Dataset`, `Asset`, `@asset`) that tasks write and DAGs wait for, setups with
their teardowns, and loops over lists that stand in it. A loop over anything else is gone through once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from lifecycle.importing.airflow.calls import STARTED_BY, AirflowTasks
from lifecycle.importing.airflow.values import (
    AirflowAsset,
    AirflowDag,
    AirflowFunction,
    AirflowGroup,
    AirflowTask,
    EdgeLabel,
    Unknown,
    assets_in,
    builtin,
    called_on,
    items_of,
    tasks_in,
    text_of,
)
from lifecycle.importing.graph import ImportProblem

MOST_STEPS = 300_000
NO_DATA = ("self", "context")  # parameters of an `@asset` function that name no data
MOST_CALLS = 12  # functions of the file within each other


class _Returned(Exception):  # noqa: N818 - a way out of a function, not a fault
    def __init__(self, value: Any) -> None:
        self.value = value


class DagFile:
    """The walk through one file; afterwards `tasks` holds its tasks and edges."""

    def __init__(self, tree: ast.Module) -> None:
        self.tasks = AirflowTasks()
        self.names: dict[str, Any] = {}
        self.steps = self.calls = 0
        self.called: set[int] = set()
        self.body(tree.body)
        for function in [one for one in self.names.values() if isinstance(one, AirflowFunction)]:
            if function.kind == "dag" and id(function.node) not in self.called:
                self.call_function(function, [], {})
        self.tasks.started_by_data()

    def body(self, statements: Iterable[ast.stmt]) -> None:
        """Follow statements in their order."""
        for statement in statements:
            self.step()
            self.statement(statement)

    def step(self) -> None:
        """Count a step; a file that loops without an end in sight is refused."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise ImportProblem("its loops make too many tasks to be followed", "import a smaller DAG file")

    def statement(self, node: ast.stmt) -> None:
        """Follow one statement."""
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.names[node.name] = self.decorated(node)
            case ast.Assign(targets=targets, value=value):
                result = self.value(value)
                for target in targets:
                    self.bind(target, result)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.bind(target, self.value(value))
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                before, added = self.names.get(name), self.value(value)
                self.names[name] = (
                    [*before, *added] if isinstance(before, list) and isinstance(added, list) else Unknown(name)
                )
            case ast.Expr(value=value):
                self.value(value)
            case ast.Return(value=value):
                raise _Returned(self.value(value) if value else None)
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                self.with_contexts(items, body)
            case ast.For(target=target, iter=iterable, body=body):
                for item in self.loop(iterable):
                    self.bind(target, item)
                    self.body(body)
            case ast.If(test=test, body=body, orelse=orelse):
                if "__main__" not in ast.unparse(test)[:60]:
                    self.body(body)
                self.body(orelse)
            case ast.Try(body=body, orelse=orelse, finalbody=finalbody):
                self.body([*body, *orelse, *finalbody])
            case ast.While(body=body):
                self.body(body)

    def loop(self, iterable: ast.expr) -> list[Any]:
        """What a loop goes through: the items that are known, else one that stands for all."""
        value = self.value(iterable)
        items = items_of(value)
        return [Unknown(ast.unparse(iterable)[:40])] if items is None else items

    def bind(self, target: ast.expr, value: Any) -> None:
        """Give names of an assignment or loop what they stand for."""
        match target:
            case ast.Name(id=name):
                self.names[name] = Unknown(name) if isinstance(value, Unknown) else value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                items = items_of(value) or []
                for number, one in enumerate(targets):
                    self.bind(one, items[number] if number < len(items) else Unknown())
            case ast.Subscript(value=ast.Name(id=name), slice=key):
                if isinstance(held := self.names.get(name), dict) and isinstance(at := self.value(key), str | int):
                    held[at] = value

    def with_contexts(self, items: Sequence[ast.withitem], body: Iterable[ast.stmt]) -> None:
        """Follow a `with` of a DAG or a task group, or of anything else."""
        opened, closing, before = [], [], len(self.tasks.tasks)
        for item in items:
            value = self.value(item.context_expr)
            if item.optional_vars:
                self.bind(item.optional_vars, value)
            if isinstance(value, AirflowDag | AirflowGroup):
                opened.append(value)
            if isinstance(value, AirflowTask):
                closing.append(value)
                before = len(self.tasks.tasks)
        with self.tasks.within(opened):
            self.body(body)
        for teardown in closing:
            self.tasks.enclosed(teardown, list(self.tasks.tasks)[before:])

    def decorated(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> AirflowFunction | AirflowAsset:
        """A function, and what its decorators make of it; with `@asset` it is the data that it makes."""
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            *holders, kind = ast.unparse(call.func if call else decorator).split(".")
            kind = "task" if "task" in holders else kind  # `@task.bash`, `@sdk.task.branch`
            if kind == "asset" or "asset" in holders:  # `@asset`, `@asset.multi`, `@sdk.asset`
                return self.asset(node, self.keywords(call) if call else {})
            if kind in ("task", "dag", "task_group", "setup", "teardown"):
                options = self.keywords(call) if call else {}
                if call and call.args and isinstance(first := self.value(call.args[0]), str):
                    options.setdefault({"dag": "dag_id", "task_group": "group_id"}.get(kind, "task_id"), first)
                return AirflowFunction(node, kind if kind in ("dag", "task_group") else "task", options)
        return AirflowFunction(node, "")

    def asset(self, node: ast.FunctionDef | ast.AsyncFunctionDef, options: dict[str, Any]) -> AirflowAsset:
        """The data of an `@asset` function, whose parameters name the data that it reads."""
        names = [parameter.arg for parameter in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        held = {name: self.names.get(name) for name in names if name not in NO_DATA}
        reads = [one if isinstance(one, AirflowAsset) else AirflowAsset(name) for name, one in held.items()]
        return self.tasks.of_asset(node.name, ast.get_docstring(node) or "", options, reads)

    def value(self, node: ast.expr) -> Any:
        """What an expression stands for, with all tasks and edges that it makes."""
        self.step()
        match node:
            case ast.Constant(value=constant):
                return constant
            case ast.Name(id=name):
                return self.names.get(name, Unknown(name))
            case ast.JoinedStr(values=parts):
                return "".join(text_of(self.value(part)) for part in parts)
            case ast.FormattedValue(value=value):
                return self.value(value)
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return [self.value(item.value if isinstance(item, ast.Starred) else item) for item in items]
            case ast.Dict(keys=keys, values=values):
                pairs = [
                    (self.value(key) if key else None, self.value(value))
                    for key, value in zip(keys, values, strict=True)
                ]
                return {key: value for key, value in pairs if isinstance(key, str | int)}
            case ast.BinOp(left=left, op=op, right=right):
                return self.joined(self.value(left), op, self.value(right))
            case ast.Call():
                return self.call(node)
            case ast.ListComp(elt=result, generators=[one]) | ast.GeneratorExp(elt=result, generators=[one]):
                return [self.of_item(one.target, item, result) for item in self.loop(one.iter)]
            case ast.DictComp(key=key, value=result, generators=[one]):
                made = [self.of_item(one.target, item, ast.Tuple([key, result])) for item in self.loop(one.iter)]
                return {at: value for at, value in made if isinstance(at, str | int)}
            case ast.Subscript(value=holder, slice=key):
                return self.item(self.value(holder), self.value(key), node)
            case ast.Attribute(value=holder):
                held = self.value(holder)
                return held if isinstance(held, AirflowTask | AirflowAsset) else Unknown(ast.unparse(node)[:40])
            case ast.IfExp(body=body):
                return self.value(body)
            case ast.NamedExpr(target=target, value=value):
                self.bind(target, result := self.value(value))
                return result
            case ast.Starred(value=value) | ast.Await(value=value):
                return self.value(value)
        return Unknown(type(node).__name__)

    def of_item(self, target: ast.expr, item: Any, result: ast.expr) -> Any:
        """The result of a comprehension for one item."""
        self.bind(target, item)
        return self.value(result)

    def item(self, holder: Any, key: Any, node: ast.Subscript) -> Any:
        """An item of a list or mapping; of a task's output, the task."""
        if isinstance(holder, AirflowTask):
            return holder
        try:
            return holder[key]
        except (TypeError, KeyError, IndexError):
            return Unknown(ast.unparse(node)[:40])

    def joined(self, left: Any, op: ast.operator, right: Any) -> Any:
        """`a >> b` and `a << b`, which make edges; and texts or lists that are added."""
        if isinstance(op, ast.RShift):
            return self.tasks.link(left, right)
        if isinstance(op, ast.LShift):
            self.tasks.link(right, left)
            return right
        if isinstance(op, ast.BitAnd | ast.BitOr) and (data := list(assets_in([left, right]))):
            return data
        if isinstance(op, ast.Add) and type(left) is type(right) and isinstance(left, str | list):
            return left + right
        if isinstance(op, ast.Add) and isinstance(left, str | Unknown) and isinstance(right, str | Unknown):
            return text_of(left) + text_of(right)
        return Unknown("…")

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
        """Follow a call: of Airflow, of a function of the file, of plain data, or of anything else."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        holder = self.value(node.func.value) if isinstance(node.func, ast.Attribute) else None
        arguments = [self.value(argument) for argument in node.args]
        named = self.keywords(node)
        if isinstance(holder, AirflowFunction) and name in ("override", "partial", "expand", "expand_kwargs"):
            return self.method_of_function(holder, name, arguments, named)
        if isinstance(holder, AirflowTask | AirflowGroup | list) and name in ("set_downstream", "set_upstream"):
            ends = (holder, arguments[:1]) if name == "set_downstream" else (arguments[:1], holder)
            self.tasks.link(*ends)
            return None
        if isinstance(holder, AirflowTask):  # `.expand(…)` of a task that `.partial(…)` made, `.output`, `.as_setup()`
            self.tasks.wait(holder.id, tasks_in([arguments, named]))
            return holder
        function = self.value(node.func) if isinstance(node.func, ast.Call) else self.names.get(name)
        if isinstance(function, AirflowFunction) and holder is None:
            return self.call_function(function, arguments, named)
        if holder is not None and not isinstance(holder, Unknown):
            return called_on(holder, name, arguments)
        return self.call_of_airflow(node, name, arguments, named)

    def call_of_airflow(self, node: ast.Call, name: str, arguments: list[Any], named: dict[str, Any]) -> Any:
        """What Airflow's own classes and functions make."""
        if name in ("chain", "chain_linear"):
            return self.tasks.chain(_unpacked(node, arguments), paired=name == "chain")
        if name == "cross_downstream":
            values = [*arguments, *named.values()]
            return self.tasks.link(*values[:2]) if len(values) > 1 else None
        if name == "Label":
            return EdgeLabel()
        maker = ast.unparse(node.func).removesuffix(".partial").rpartition(".")[2]
        made = self.tasks.made(maker, arguments, named)
        return builtin(name, arguments) if made is None else made

    def method_of_function(
        self, function: AirflowFunction, name: str, arguments: list[Any], named: dict[str, Any]
    ) -> Any:
        """TaskFlow's own: other options, some arguments, or the call itself once for every item."""
        if name == "override":
            return AirflowFunction(function.node, function.kind, {**function.options, **named}, function.waits_for)
        waits_for = (*function.waits_for, *tasks_in([arguments, named]))
        function = AirflowFunction(function.node, function.kind, function.options, waits_for)
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
            try:
                self.body(function.node.body)
            except _Returned as returned:
                if returned.value is not None or context is None:
                    return returned.value
        return context

    @contextmanager
    def scope(self, function: AirflowFunction, arguments: list[Any], named: dict[str, Any]) -> Iterator[None]:
        """The names within a function: those around it, and its parameters."""
        outside, self.calls = self.names, self.calls + 1
        self.names = dict(outside)
        parameters = [*function.node.args.posonlyargs, *function.node.args.args]
        defaults = function.node.args.defaults
        for parameter, default in zip(parameters[len(parameters) - len(defaults) :], defaults, strict=True):
            self.names[parameter.arg] = self.value(default)
        for parameter, value in zip(parameters, arguments, strict=False):
            self.names[parameter.arg] = value
        self.names.update(named)
        for parameter in parameters:
            if parameter.arg not in named and parameter.arg not in self.names:
                self.names[parameter.arg] = Unknown(parameter.arg)
        try:
            yield
        finally:
            self.names, self.calls = outside, self.calls - 1


def _unpacked(node: ast.Call, arguments: Sequence[Any]) -> list[Any]:
    """The arguments of a call, those of `*items` one by one."""
    unpacked: list[Any] = []
    for written, value in zip(node.args, arguments, strict=True):
        unpacked += value if isinstance(written, ast.Starred) and isinstance(value, list) else [value]
    return unpacked
