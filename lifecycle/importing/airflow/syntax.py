"""An Airflow DAG file by its syntax tree: statements are followed in order, and nothing of the file is ever run.

What is followed: operators in and out of `with DAG`, `>>` and `<<`, `set_upstream` and `set_downstream`, `chain`,
`cross_downstream`, labels, task groups, TaskFlow (`@dag`, `@task`, `@task_group`, `override`, `partial`, `expand`),
functions and plain classes of the file itself, data (`Dataset`, `Asset`, `@asset`) that tasks write and DAGs wait for,
setups with their teardowns, conditions that are known, and loops over what stands in the file. A loop over anything
else is gone through once, and of a condition that only a run knows both ways are followed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from contextlib import closing, nullcontext
from typing import Any

from lifecycle.importing.airflow.calling import Calling, WayOut
from lifecycle.importing.airflow.calls import AROUND
from lifecycle.importing.airflow.plain import called_on, truth
from lifecycle.importing.airflow.values import (
    AirflowAsset,
    AirflowDag,
    AirflowFunction,
    AirflowGroup,
    AirflowTask,
    FileClass,
    FileObject,
)

KNOWN_MODULES = ("airflow", "functools", "itertools")
NO_DATA = ("self", "context")  # parameters of an `@asset` function that name no data
MOST_ROUNDS = 1_000  # of a `while`
PLAIN_BASES = ("object", "ABC", "abc.ABC", "NamedTuple", "typing.NamedTuple", "BaseModel")


class DagFile(Calling):
    """The walk through one file; afterwards `tasks` holds its tasks and edges."""

    def __init__(self, tree: ast.Module, name: str = "") -> None:
        super().__init__(name)
        self.unsure = False  # whether a loop is perhaps left in this round
        self.body(tree.body)
        for function in [one for one in self.names.values() if isinstance(one, AirflowFunction)]:
            if function.kind == "dag" and id(function.node) not in self.called:
                self.call_function(function, [], {})
        self.tasks.completed()

    def body(self, statements: Iterable[ast.stmt]) -> None:
        """Follow statements in their order."""
        for statement in statements:
            self.step()
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        """Follow one statement."""
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.names[node.name] = self.decorated(node)
            case ast.ImportFrom(module=str(module), names=names) if module.partition(".")[0] in KNOWN_MODULES:
                root = "" if module.startswith("airflow") else f"{module}."
                self.aliases.update({one.asname or one.name: root + one.name for one in names})
            case ast.ClassDef():
                self.class_of_file(node)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self.assignment(node)
            case ast.Expr(value=value):
                self.value(value)
            case ast.Return(value=value):
                raise WayOut("return", self.value(value) if value else None)
            case ast.Break() | ast.Continue():
                raise WayOut("break" if isinstance(node, ast.Break) else "continue")
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                self.with_contexts(items, body)
            case ast.For() | ast.While() | ast.If() | ast.Try() | ast.Match():
                self.compound(node)

    def compound(self, node: ast.stmt) -> None:
        """Follow a loop, or the ways of a condition."""
        match node:
            case ast.For(target=target, iter=iterable, body=body, orelse=orelse):
                with closing(self.loop(iterable)) as items:
                    for item in items:
                        self.bind(target, item)
                        if not self.round(body):
                            return
                self.body(orelse)
            case ast.While():
                self.while_known(node)
            case ast.If(test=test, body=body, orelse=orelse):
                known = False if "__main__" in ast.unparse(test)[:60] else truth(self.value(test))
                if known is None:
                    self.either(node.lineno, [body, orelse])
                else:
                    self.body(body if known else orelse)
            case ast.Try(body=body, orelse=orelse, finalbody=finalbody):
                self.body([*body, *orelse, *finalbody])
            case ast.Match(cases=cases):
                self.either(node.lineno, [case.body for case in cases])

    def assignment(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        """Follow an assignment."""
        match node:
            case ast.Assign(targets=targets, value=value):
                result = self.value(value)
                for target in targets:
                    self.bind(target, result)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.bind(target, self.value(value))
            case ast.AugAssign(target=target, op=op, value=value):
                before, added = self.value(target), self.value(value)
                if isinstance(before, list) and isinstance(op, ast.Add):
                    called_on(before, "extend", [added], {})
                else:
                    self.bind(target, self.joined(before, op, added, node.lineno))

    def round(self, body: Sequence[ast.stmt]) -> bool:
        """One round of a loop; whether another may follow."""
        try:
            self.body(body)
        except WayOut as way:
            if way.kind == "return":
                raise
            return way.kind == "continue"
        return True

    def while_known(self, node: ast.While) -> None:
        """A `while` goes round as long as its condition is known, else once."""
        for _ in range(MOST_ROUNDS):
            known, self.unsure = truth(self.value(node.test)), False
            if known is False:
                return
            with self.looping() if known is None else nullcontext():
                again = self.round(node.body)
            if known is None or self.unsure:
                break
            if not again:
                return
        self.tasks.rounds[node.lineno] = None

    def either(self, line: int, branches: Sequence[Sequence[ast.stmt]]) -> None:
        """Follow all ways of a condition that is not known; it is left where each of them leaves it."""
        ways, before = [], len(self.tasks.tasks)
        for branch in branches:
            try:
                self.body(branch)
            except WayOut as way:
                ways.append(way)
        if len(self.tasks.tasks) > before:
            self.tasks.ways[line] = None
        if ways and len(ways) == len(branches):
            raise ways[0]
        self.perhaps += [way.value for way in ways if way.kind == "return"]
        self.unsure = self.unsure or bool(ways)

    def with_contexts(self, items: Sequence[ast.withitem], body: Iterable[ast.stmt]) -> None:
        """Follow a `with` of a DAG or a task group, or of anything else."""
        opened, ending, before = [], [], len(self.tasks.tasks)
        for item in items:
            value = self.value(item.context_expr)
            if isinstance(value, AirflowTask) and value.id in self.tasks.stand_ins:
                value = self.tasks.opened(value)
            if item.optional_vars:
                self.bind(item.optional_vars, value)
            if isinstance(value, AirflowDag | AirflowGroup):
                opened.append(value)
            if isinstance(value, AirflowTask):
                ending.append(value)
                before = len(self.tasks.tasks)
        with self.tasks.within(opened):
            self.body(body)
        for teardown in ending:
            self.tasks.enclosed(teardown, list(self.tasks.tasks)[before:])

    def decorated(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> AirflowFunction | AirflowAsset:
        """A function, and what its decorators make of it; with `@asset` it is the data that it makes."""
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            *holders, kind = self.written(call.func if call else decorator).split(".")
            kind = "task" if "task" in holders else kind  # `@task.bash`, `@sdk.task.branch`
            if kind == "asset" or "asset" in holders:  # `@asset`, `@asset.multi`, `@sdk.asset`
                return self.asset(node, self.keywords(call) if call else {})
            if kind in ("task", "dag", "task_group", "setup", "teardown"):
                options = self.keywords(call) if call else {}
                if call and call.args and isinstance(first := self.value(call.args[0]), str):
                    options.setdefault({"dag": "dag_id", "task_group": "group_id"}.get(kind, "task_id"), first)
                if kind in ("setup", "teardown"):
                    options[AROUND] = kind
                return AirflowFunction(node, kind if kind in ("dag", "task_group") else "task", options)
        return AirflowFunction(node, "")

    def asset(self, node: ast.FunctionDef | ast.AsyncFunctionDef, options: dict[str, Any]) -> AirflowAsset:
        """The data of an `@asset` function, whose parameters name the data that it reads."""
        names = [parameter.arg for parameter in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        held = {name: self.names.get(name) for name in names if name not in NO_DATA}
        reads = [one if isinstance(one, AirflowAsset) else AirflowAsset(name) for name, one in held.items()]
        return self.tasks.of_asset(node.name, ast.get_docstring(node) or "", options, reads)

    def class_of_file(self, node: ast.ClassDef) -> None:
        """A class of which the file says everything; any other is taken for an operator."""
        members: dict[str, Any] = {}
        fields: list[str] = []
        bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
        if bases and bases[-1].endswith("Enum"):
            self.names[node.name] = self.listed(node, texts="str" in bases or bases[-1] == "StrEnum")
            return
        for base in map(ast.unparse, node.bases):
            known = self.names.get(base)
            if isinstance(known, FileClass):
                members, fields = {**members, **known.members}, [*fields, *known.fields]
            elif base not in PLAIN_BASES:
                return
        inside = self.made_in(node)
        annotated = [
            one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        ]
        self.names[node.name] = FileClass(node.name, {**members, **inside}, (*fields, *annotated))

    def made_in(self, node: ast.ClassDef) -> dict[str, Any]:
        """The names that the body of a class gives."""
        outside, self.names = self.names, dict(self.names)
        try:
            self.body(node.body)
            return {name: one for name, one in self.names.items() if outside.get(name) is not one}
        finally:
            self.names = outside

    def listed(self, node: ast.ClassDef, *, texts: bool) -> FileClass:
        """An `Enum`: its members with their names and values, or the texts that they are."""
        made = self.made_in(node)
        kind = FileClass(node.name, {})
        members = {
            name: one if texts else FileObject(kind, {"name": name, "value": one})
            for name, one in made.items()
            if isinstance(one, str | int)
        }
        return FileClass(node.name, members, listed=True)
