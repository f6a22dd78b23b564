"""The tasks, groups, DAGs and edges that the calls of a DAG file make."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from lifecycle.importing.airflow.values import (
    AirflowAsset,
    AirflowDag,
    AirflowFunction,
    AirflowGroup,
    AirflowTask,
    EdgeLabel,
    Unknown,
    assets_in,
    tasks_in,
    text_of,
)
from lifecycle.importing.graph import MOST_EDGES, ImportProblem
from lifecycle.importing.texts import id_of, name_of, names_of, plain

STARTED_BY = "started by"  # among a DAG's options: the data in its schedule, which is text otherwise


class AirflowTasks:
    """What was made so far, and the DAG and groups within which the next task is made."""

    def __init__(self) -> None:
        self.tasks: dict[str, AirflowTask] = {}
        self.edges: dict[tuple[str, str], None] = {}
        self.assets: dict[str, AirflowAsset] = {}
        self.waiting: list[AirflowDag] = []  # DAGs that new data starts
        self.dags: list[AirflowDag] = []
        self.groups: list[AirflowGroup] = []

    @contextmanager
    def within(self, opened: Sequence[AirflowDag | AirflowGroup]) -> Iterator[None]:
        """Make what follows within DAGs and groups."""
        dags, groups = len(self.dags), len(self.groups)
        for one in opened:
            if isinstance(one, AirflowDag):
                self.dags.append(one)
            else:
                self.groups.append(one)
        try:
            yield
        finally:
            del self.dags[dags:], self.groups[groups:]

    def made(self, maker: str, arguments: list[Any], named: dict[str, Any]) -> Any:
        """What a class of Airflow makes: a DAG, a group or a task; None for another class."""
        if maker == "DAG":
            return self.dag(named, arguments[0] if arguments else "")
        if maker == "TaskGroup":
            return self.group(named.get("group_id", arguments[0] if arguments else ""), named)
        if maker in ("Dataset", "Asset"):
            name = named.get("uri") or named.get("name") or (arguments[0] if arguments else "")
            return AirflowAsset(id_of(name)) if isinstance(name, str) and id_of(name) else None
        if maker.startswith(("Dataset", "Asset")) and maker.endswith(("All", "Any", "OrTimeSchedule")):
            return list(assets_in([arguments, named]))
        first = arguments[0] if arguments and maker.endswith(("Operator", "Sensor")) else None
        task_id = named.get("task_id", first)
        if not isinstance(task_id, str | Unknown) or not maker[:1].isupper():
            return None
        task = self.task(task_id, maker, named)
        self.wait(task.id, tasks_in([arguments, {key: value for key, value in named.items() if key != "task_group"}]))
        return task

    def dag(self, options: dict[str, Any], id: Any) -> AirflowDag:
        """A DAG by its options."""
        defaults = options.get("default_args")
        schedule = next(
            (options[key] for key in ("schedule", "schedule_interval", "timetable") if options.get(key)), ""
        )
        dag = AirflowDag(
            text_of(options.get("dag_id", id)),
            name_of(schedule),
            name_of(defaults.get("owner")) if isinstance(defaults, dict) else "",
            names_of(options.get("tags") or []),
            tuple(options.get(STARTED_BY, ())),
        )
        if dag.waits_for:
            self.waiting.append(dag)
        return dag

    def started_by_data(self) -> None:
        """The edges from the data that starts a DAG to those of its tasks that wait for no other of them."""
        for dag in self.waiting:
            inside = {task.id for task in self.tasks.values() if task.dag is dag}
            later = {target for source, target in self.edges if source in inside and target in inside}
            for asset in dag.waits_for:
                for id in inside - later:
                    self.flow(asset, id, into=True)

    def flow(self, asset: AirflowAsset, task: str, *, into: bool) -> None:
        """The edge between data and a task that reads it (`into` the task) or writes it."""
        self.assets.setdefault(asset.id, asset)
        self.wait(*((task, [asset.id]) if into else (asset.id, [task])))

    def enclosed(self, last: AirflowTask, made: Sequence[str]) -> None:
        """The edges of tasks made in `with TEARDOWN:`: they come behind its setups and before itself."""
        setups = [source for source, target in self.edges if target == last.id]
        inside = set(made) - {last.id, *setups}
        pairs = [pair for pair in self.edges if pair[0] in inside and pair[1] in inside]
        for id in made:
            if id in inside and id not in {target for _, target in pairs}:
                self.wait(id, setups)
            if id in inside and id not in {source for source, _ in pairs}:
                self.wait(last.id, [id])

    def group(self, id: Any, options: dict[str, Any]) -> AirflowGroup:
        """A group within the groups that are open."""
        return AirflowGroup((*self._path(), text_of(id)), options.get("prefix_group_id") is not False)

    def context_of(self, function: AirflowFunction) -> AirflowDag | AirflowGroup | None:
        """What the body of a function is within: the DAG or group that its decorator makes."""
        options = dict(function.options)
        if function.kind == "dag":
            return self.dag(options, function.node.name)
        return (
            self.group(options.get("group_id", function.node.name), options) if function.kind == "task_group" else None
        )

    def of_function(self, function: AirflowFunction, waits_for: Iterable[str]) -> AirflowTask:
        """The task of TaskFlow; one that is called again is another, with a number."""
        options = dict(function.options)
        wanted = base = text_of(options.get("task_id", function.node.name))
        number = 0
        while self._whole(wanted, options) in self.tasks:
            number += 1
            wanted = f"{base}__{number}"
        options.setdefault("doc_md", ast.get_docstring(function.node) or "")
        task = self.task(wanted, "@task", options)
        self.wait(task.id, waits_for)
        return task

    def of_asset(self, name: str, about: str, options: dict[str, Any], reads: Sequence[AirflowAsset]) -> AirflowAsset:
        """The data that an `@asset` function makes, with the DAG and the task that Airflow names after it."""
        named = next((options[key] for key in ("uri", "name") if isinstance(options.get(key), str)), name)
        asset = AirflowAsset(id_of(named) or name)
        with self.within([self.dag(options, name)]):
            self.task(name, "@asset", {"doc_md": about, "outlets": options.get("outlets", asset), "inlets": reads})
        return asset

    def task(self, id: str | Unknown, maker: str, options: dict[str, Any]) -> AirflowTask:
        """A task, with its id as Airflow makes it of the groups around."""
        whole, dag = self._whole(id, options), self._dag(options)
        groups = self._groups(options)
        task = AirflowTask(
            whole, maker, dag, groups[-1].path if groups else (),
            owner=name_of(options.get("owner")), description=plain(options.get("doc_md")),
            sure="{" not in text_of(id),
        )  # fmt: skip
        if whole not in self.tasks:
            self.tasks[whole] = task
            for group in groups:
                group.tasks.append(whole)
        for asset in assets_in(options.get("outlets")):
            self.flow(asset, whole, into=False)
        for asset in assets_in(options.get("inlets")):
            self.flow(asset, whole, into=True)
        return self.tasks[whole]

    def link(self, left: Any, right: Any) -> Any:
        """The edges of `left >> right`; gives what the next `>>` starts from."""
        sources = self._ends(left, leaving=True)
        if isinstance(right, EdgeLabel):
            return EdgeLabel(tuple(sources))
        for target in self._ends(right, leaving=False):
            self.wait(target, sources)
        return right

    def chain(self, items: Sequence[Any], *, paired: bool) -> None:
        """The edges from each item to the next; `paired`: two lists of one length are joined one by one."""
        for left, right in pairwise(items):
            one_by_one = paired and isinstance(left, list) and isinstance(right, list) and len(left) == len(right)
            for ends in zip(left, right, strict=True) if one_by_one else [(left, right)]:
                self.link(*ends)

    def wait(self, target: str, sources: Iterable[str]) -> None:
        """The edges from tasks to the one that waits for them."""
        self.edges.update(dict.fromkeys((source, target) for source in sources if source != target))
        if len(self.edges) > MOST_EDGES:
            raise ImportProblem(f"more than {MOST_EDGES:,} edges", "import a smaller DAG file")

    def _ends(self, value: Any, *, leaving: bool) -> list[str]:
        """The tasks that an edge joins: of a group those without a successor in it, or without a predecessor."""
        if isinstance(value, list | tuple):
            return [id for item in value for id in self._ends(item, leaving=leaving)]
        if not isinstance(value, AirflowGroup):
            return list(tasks_in(value))
        inside = set(value.tasks)
        joined = {pair[0 if leaving else 1] for pair in self.edges if pair[0] in inside and pair[1] in inside}
        return [id for id in value.tasks if id not in joined] or value.tasks

    def _dag(self, options: dict[str, Any]) -> AirflowDag | None:
        dag = options.get("dag")
        return dag if isinstance(dag, AirflowDag) else self.dags[-1] if self.dags else None

    def _groups(self, options: dict[str, Any]) -> list[AirflowGroup]:
        group = options.get("task_group")
        return [*self.groups, group] if isinstance(group, AirflowGroup) and group not in self.groups else self.groups

    def _path(self) -> tuple[str, ...]:
        return self.groups[-1].path if self.groups else ()

    def _whole(self, id: str | Unknown, options: dict[str, Any]) -> str:
        """`dag.group.task`: a group's own id stands before those of its tasks, unless it says that it does not."""
        dag, groups = self._dag(options), self._groups(options)
        prefix = groups[-1].path if groups and groups[-1].prefixes else ()
        return ".".join(filter(None, (dag.id if dag else "", *prefix, text_of(id).strip() or "task")))
