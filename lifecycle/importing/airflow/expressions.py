"""What the expressions of a DAG file stand for: a small bounded evaluator over what is known, which runs nothing."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from lifecycle.importing.airflow.calls import AirflowTasks
from lifecycle.importing.airflow.formats import MOST_TEXT, formatted
from lifecycle.importing.airflow.plain import attribute_of, compared, item_of, operation, truth
from lifecycle.importing.airflow.values import (
    AirflowAsset,
    AirflowDag,
    AirflowFunction,
    AirflowGroup,
    AirflowTask,
    FileClass,
    FileObject,
    Unknown,
    assets_in,
    is_maker,
    items_of,
    text_of,
)
from lifecycle.importing.graph import ImportProblem

MOST_STEPS = 300_000


class Expressions(ABC):
    """The names of a file, and what its expressions stand for, with all tasks and edges that they make."""

    def __init__(self, name: str) -> None:
        self.tasks = AirflowTasks()
        self.names: dict[str, Any] = {"__file__": PurePosixPath(name) if name else Unknown("__file__")}
        self.aliases: dict[str, str] = {}  # names that an import gives, and what they stand for
        self.open: dict[int, Any] = {}  # lists of which only a run knows how long they are, by their identity
        self.steps = self.unknown_loops = 0

    @abstractmethod
    def call(self, node: ast.Call) -> Any:
        """Follow a call."""

    @abstractmethod
    def call_function(self, function: AirflowFunction, arguments: list[Any], named: dict[str, Any]) -> Any:
        """Call a function of the file."""

    def written(self, node: ast.expr) -> str:
        """The dotted name of what is called, as it is where it comes from."""
        first, dot, rest = ast.unparse(node).partition(".")
        return self.aliases.get(first, first) + dot + rest

    def step(self, count: int = 1) -> None:
        """Count steps; a file that loops without an end in sight is refused."""
        self.steps += count
        if self.steps > MOST_STEPS:
            raise ImportProblem("its loops make too many tasks to be followed", "import a smaller DAG file")

    def value(self, node: ast.expr) -> Any:
        """What an expression stands for."""
        value = self._value(node)
        self.step(1 + len(value) // 100 if isinstance(value, list | tuple | dict) else 1)
        if isinstance(value, Unknown) and value.text == "…":
            return Unknown(written(node))
        return value

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=constant):
                return constant
            case ast.Name(id=name):
                return self.names.get(name, Unknown(name))
            case ast.JoinedStr(values=parts):
                return "".join(text_of(self.value(part)) for part in parts)[:MOST_TEXT]
            case ast.FormattedValue(value=value, format_spec=spec):
                return formatted(self.value(value), self.value(spec) if spec else "")
            case ast.List() | ast.Tuple() | ast.Set() | ast.Dict() | ast.Starred() | ast.Await():
                return self.display(node)
            case ast.BinOp(left=left, op=op, right=right):
                return self.joined(self.value(left), op, self.value(right), node.lineno)
            case ast.UnaryOp() | ast.BoolOp() | ast.Compare() | ast.IfExp():
                return self.decided(node)
            case ast.Call():
                return self.call(node)
            case ast.Lambda(args=args, body=body):
                result = ast.Return(body, lineno=node.lineno)
                return AirflowFunction(ast.FunctionDef("lambda", args, [result], [], lineno=node.lineno), "")
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp() | ast.DictComp():
                return self.comprehension(node)
            case ast.Subscript(value=holder, slice=key):
                return item_of(self.value(holder), self.value(key))
            case ast.Slice(lower=lower, upper=upper, step=step):
                bounds = [self.value(bound) if bound else None for bound in (lower, upper, step)]
                return slice(*bounds) if all(isinstance(one, int | None) for one in bounds) else Unknown()
            case ast.Attribute(value=holder, attr=name):
                return self.attribute(self.value(holder), name, node)
            case ast.NamedExpr(target=target, value=value):
                self.bind(target, result := self.value(value))
                return result
        return Unknown()

    def display(self, node: ast.expr) -> Any:
        """A list, tuple, set or mapping that stands in the file."""
        match node:
            case ast.Dict(keys=keys, values=values):
                made: dict[str | int, Any] = {}
                for key, value in zip(keys, values, strict=True):
                    at, one = self.value(key) if key else None, self.value(value)
                    if key is None and isinstance(one, dict):
                        made.update(one)
                    if isinstance(at, str | int):
                        made[at] = one
                return made
            case ast.List(elts=items) | ast.Set(elts=items):
                return self.unpacked(items)
            case ast.Tuple(elts=items):
                return tuple(self.unpacked(items))
            case ast.Starred(value=value) | ast.Await(value=value):
                return self.value(value)
        return Unknown()

    def unpacked(self, nodes: Sequence[ast.expr]) -> list[Any]:
        """The values of items or arguments, those of `*items` one by one."""
        values: list[Any] = []
        for node in nodes:
            value = self.value(node)
            items = items_of(value) if isinstance(node, ast.Starred) else None
            values += [value] if items is None else items
        return values

    def decided(self, node: ast.expr) -> Any:
        """What a comparison, `and`, `or`, `not`, a sign or a choice gives."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                known = truth(self.value(operand))
                return Unknown() if known is None else not known
            case ast.UnaryOp(op=ast.USub(), operand=operand) if isinstance(value := self.value(operand), int | float):
                return -value
            case ast.BoolOp(op=op, values=values):
                result: Any = None
                for one in values:
                    result = self.value(one)
                    known = truth(result)
                    if known is None or known == isinstance(op, ast.Or):
                        return result
                return result
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self.compared(self.value(left), ops, others)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.value(orelse if truth(self.value(test)) is False else body)
        return Unknown()

    def compared(self, left: Any, ops: Sequence[ast.cmpop], others: Sequence[ast.expr]) -> Any:
        """What a chain of comparisons gives."""
        for op, other in zip(ops, others, strict=True):
            right = self.value(other)
            if not (known := compared(left, op, right)):
                return Unknown() if known is None else False
            left = right
        return True

    def comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp) -> Any:
        """What a comprehension makes; what stands in no filter that is known to fail is in it."""
        before, loops = dict(self.names), self.unknown_loops
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        rows = [[self.value(part) for part in parts] for _ in self.generated(node.generators)]
        self.names = before
        if isinstance(node, ast.DictComp):
            return {at: value for at, value in rows if isinstance(at, str | int)}
        made = [row[0] for row in rows]
        if self.unknown_loops > loops:
            self.open[id(made)] = made
        return made

    def generated(self, generators: Sequence[ast.comprehension]) -> Iterator[None]:
        """Go through the items of all loops of a comprehension, with their names bound."""
        if not generators:
            yield
            return
        first, *others = generators
        for item in self.loop(first.iter):
            self.bind(first.target, item)
            if all(truth(self.value(test)) is not False for test in first.ifs):
                yield from self.generated(others)

    def loop(self, iterable: ast.expr) -> Generator[Any]:
        """Go through the items that are known, else once through one that stands for all."""
        value = self.value(iterable)
        items = items_of(value)
        if items is not None:
            for item in items:
                self.step()
                yield item
            return
        with self.looping():
            yield Unknown(written(iterable))

    @contextmanager
    def looping(self) -> Iterator[None]:
        """What is made within stands for what only a run knows."""
        self.tasks.loops, self.unknown_loops = self.tasks.loops + 1, self.unknown_loops + 1
        try:
            yield
        finally:
            self.tasks.loops -= 1

    def bind(self, target: ast.expr, value: Any) -> None:
        """Give names of an assignment or loop what they stand for."""
        match target:
            case ast.Name(id=name):
                self.names[name] = Unknown(name) if isinstance(value, Unknown) and not is_maker(value) else value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self.bind_each(targets, items_of(value) or [])
            case ast.Starred(value=one):
                self.bind(one, value)
            case ast.Subscript(value=holder, slice=key):
                held, at = self.value(holder), self.value(key)
                in_list = isinstance(held, list) and isinstance(at, int) and -len(held) <= at < len(held)
                if in_list or (isinstance(held, dict) and isinstance(at, str | int)):
                    held[at] = value
            case ast.Attribute(value=holder, attr=name) if isinstance(held := self.value(holder), FileObject):
                held.attributes[name] = value

    def bind_each(self, targets: Sequence[ast.expr], items: Sequence[Any]) -> None:
        """Give each name its item, and one with a star what is left."""
        starred = next((at for at, one in enumerate(targets) if isinstance(one, ast.Starred)), None)
        behind = 0 if starred is None else len(targets) - starred - 1
        if starred is not None:
            end = max(starred, len(items) - behind)
            items = [*items[:starred], list(items[starred:end]), *items[end:]]
        for number, one in enumerate(targets):
            self.bind(one, items[number] if number < len(items) else Unknown())

    def attribute(self, held: Any, name: str, node: ast.Attribute) -> Any:
        """An attribute of a task, of an object of the file, of a path or of anything else."""
        if isinstance(held, AirflowTask) and name in ("task_id", "label"):
            return held.id.removeprefix(f"{held.dag.id}." if held.dag else "")
        if isinstance(held, AirflowTask | AirflowAsset):
            return held
        if isinstance(held, AirflowDag | AirflowGroup) and name in ("dag_id", "group_id"):
            return held.id if isinstance(held, AirflowDag) else ".".join(held.path)
        if isinstance(held, FileObject):
            held_by_class = self.member(held.kind, name, held)
            return held.attributes.get(name, held_by_class)
        if isinstance(held, FileClass):
            return self.member(held, name, held)
        if isinstance(node.value, ast.Name) and node.value.id == "TriggerRule":
            return name.lower()  # as each of Airflow's rules is written
        return attribute_of(held, name)

    def member(self, kind: FileClass, name: str, holder: Any) -> Any:
        """A member of a class; a method is bound to the object, a property is what it gives."""
        member = kind.members.get(name, Unknown(name))
        if not isinstance(member, AirflowFunction):
            return member
        decorators = {ast.unparse(one) for one in member.node.decorator_list}
        if "staticmethod" in decorators or (holder is kind and "classmethod" not in decorators):
            return member
        bound = AirflowFunction(member.node, member.kind, member.options, member.waits_for, (holder,))
        return self.call_function(bound, [], {}) if "property" in decorators else bound

    def joined(self, left: Any, op: ast.operator, right: Any, line: int) -> Any:
        """`a >> b` and `a << b`, which make edges; data that is waited for together; and plain data."""
        if isinstance(op, ast.RShift | ast.LShift):
            ends = (left, right) if isinstance(op, ast.RShift) else (right, left)
            self.tasks.link(*ends, line=line)
            return right
        if isinstance(op, ast.BitAnd | ast.BitOr) and (data := list(assets_in([left, right]))):
            return data
        return operation(left, op, right)


def written(node: ast.expr) -> str:
    """How an expression is written, in one short line."""
    return " ".join(ast.unparse(node).split())[:40]
