"""The tasks, groups, DAGs and edges that the calls of a DAG file make."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
    leaves_of,
    tasks_in,
    text_of,
    weight_of,
)
from lifecycle.importing.graph import MOST_EDGES, ImportProblem
from lifecycle.importing.texts import id_of, name_of, names_of, plain

AROUND = "around"  # among a task's options: "setup" or "teardown"
MOST_WORK = 20_000_000
STARTED_BY = "started by"  # among a DAG's options: the data in its schedule, which is text otherwise


@dataclass
class Waypoint:
    """What the order passes through: a label, or what is not known; with the tasks before and behind it."""

    value: Unknown | EdgeLabel
    before: dict[str, None] = field(default_factory=dict)
    behind: dict[str, None] = field(default_factory=dict)


class AirflowTasks:
    """What was made so far, and the DAG and groups within which the next task is made."""

    def __init__(self) -> None:
        self.tasks: dict[str, AirflowTask] = {}
        self.edges: dict[tuple[str, str], None] = {}
        self.assets: dict[str, AirflowAsset] = {}
        self.waiting: list[AirflowDag] = []  # DAGs that new data starts
        self.dags: list[AirflowDag] = []
        self.groups: list[AirflowGroup] = []
        self.loops = 0  # that are open, over what only a run knows
        self.stand_ins: list[str] = []  # tasks that stand for those of a class that makes its tasks in a run
        self.unknown_dags: list[tuple[AirflowDag, str]] = []  # and the classes that make them
        self.passes: dict[int, Waypoint] = {}
        self.passed: dict[int, tuple[int, str]] = {}  # where what is not known stands in the order: line and text
        self.rounds: dict[int, None] = {}  # lines of loops that were gone through a few times only
        self.ways: dict[int, None] = {}  # lines of conditions of which all ways were followed
        self.work = 0
        self.uris: dict[str, str] = {}  # of data that has a name of its own
        self.group_ids: set[tuple[str, ...]] = set()

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
        if maker.endswith(("Dag", "DAG")) and isinstance(named.get("dag_id"), str):
            dag = self.dag(named, "")
            self.unknown_dags.append((dag, maker))
            return dag
        if maker == "TaskGroup":
            return self.group(named.get("group_id", arguments[0] if arguments else ""), named)
        if maker in ("Dataset", "Asset", "DatasetAlias", "AssetAlias"):
            return self.data(arguments, named)
        if maker.startswith(("Dataset", "Asset")) and maker.endswith(("All", "Any", "OrTimeSchedule")):
            return list(assets_in([arguments, named]))
        first = arguments[0] if arguments and maker.endswith(("Operator", "Sensor")) else None
        task_id = named.get("task_id", first)
        if not maker[:1].isupper():
            return None
        if isinstance(named.get("group_id"), str) and "task_id" not in named:
            return self.stand_in(named["group_id"], maker, named)
        if not isinstance(task_id, str | Unknown):
            return None
        task = self.task(task_id, maker, named)
        if maker == "ExternalTaskSensor":
            awaited = ".".join(text_of(named.get(key)) for key in ("external_dag_id", "external_task_id"))
            self.wait(task.id, [awaited] if awaited in self.tasks else [])
        self.wait(task.id, tasks_in([arguments, {key: value for key, value in named.items() if key != "task_group"}]))
        return task

    def data(self, arguments: list[Any], named: dict[str, Any]) -> AirflowAsset | None:
        """A `Dataset` or an `Asset`, which one may call by its URI or by its name."""
        name = named.get("name", arguments[0] if arguments else None)
        uri = named.get("uri", arguments[1] if len(arguments) > 1 else None)
        if isinstance(name, str) and isinstance(uri, str) and id_of(name) and id_of(uri):
            self.uris[id_of(name)] = id_of(uri)
        text = uri or name
        return AirflowAsset(id_of(text)) if isinstance(text, str) and id_of(text) else None

    def completed(self) -> None:
        """What can be known at the end of the file alone: what stands for the tasks of a DAG, what new data starts."""
        for dag, maker in self.unknown_dags:
            if not any(task.dag is dag for task in self.tasks.values()):
                with self.within([dag]):
                    self.stand_in(dag.id, maker, {})
        self.started_by_data()
        self.with_one_name()

    def with_one_name(self) -> None:
        """Data that is called by its name in one place and by its URI in another is one."""
        renamed = {AirflowAsset(name).id: AirflowAsset(uri) for name, uri in self.uris.items() if name != uri}
        if not any(id in self.assets for id in renamed):
            return
        ids = {id: asset.id for id, asset in renamed.items()}
        self.edges = {(ids.get(source, source), ids.get(target, target)): None for source, target in self.edges}
        kept = [renamed.get(id, asset) for id, asset in self.assets.items()]
        self.assets = {asset.id: asset for asset in kept}

    def stand_in(self, id: str, maker: str, options: dict[str, Any]) -> AirflowTask:
        """The one task that stands for those which a class makes in a run."""
        task = self.task(id, maker, {**options, "doc_md": ""})
        self.stand_ins.append(task.id)
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
        around = {id for id in made if self.tasks[id].around}
        inside = set(made) - {last.id, *setups}
        pairs = [pair for pair in self.edges if pair[0] in inside and pair[1] in inside]
        for id in made:
            if id in inside - around and id not in {target for _, target in pairs}:
                self.wait(id, setups)
            if id in inside - around and id not in {source for source, _ in pairs}:
                self.wait(last.id, [id])

    def group(self, id: Any, options: dict[str, Any], *, again: bool = False) -> AirflowGroup:
        """A group within that which is open; one that may come `again` is another then, with a number."""
        parent = options.get("parent_group")
        outer = parent if isinstance(parent, AirflowGroup) else self.groups[-1] if self.groups else AirflowGroup(())
        around = (self.dags[-1].id if self.dags else "", *outer.prefix)
        wanted, number = text_of(id), 0
        while (again or options.get("add_suffix_on_collision") is True) and (*around, wanted) in self.group_ids:
            number += 1
            wanted = f"{text_of(id)}__{number}"
        self.group_ids.add((*around, wanted))
        prefix = () if options.get("prefix_group_id") is False else (*outer.prefix, wanted)
        return AirflowGroup((*outer.path, wanted), prefix, parent=outer if outer.path else None)

    def context_of(self, function: AirflowFunction) -> AirflowDag | AirflowGroup | None:
        """What the body of a function is within: the DAG or group that its decorator makes."""
        options = dict(function.options)
        if function.kind == "dag":
            return self.dag(options, function.node.name)
        if function.kind == "task_group":
            return self.group(options.get("group_id", function.node.name), options, again=True)
        return None

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
            sure="{" not in text_of(id), looped=self.loops > 0, around=str(options.get(AROUND, "")),
        )  # fmt: skip
        if whole not in self.tasks:
            self.tasks[whole] = task
            for group in dict.fromkeys(group for one in groups for group in one.with_parents()):
                group.tasks.append(whole)
        for asset in assets_in(options.get("outlets")):
            self.flow(asset, whole, into=False)
        for asset in assets_in(options.get("inlets")):
            self.flow(asset, whole, into=True)
        return self.tasks[whole]

    def link(self, left: Any, right: Any, *, line: int = 0) -> None:
        """The edges of `left >> right`; through labels and what is not known, the order passes."""
        self.charge(5 * weight_of([left, right]))
        before = [*self._ends(left, leaving=True)]
        behind = [*self._ends(right, leaving=False)]
        into, out_of = self._waypoints(right), self._waypoints(left)
        self.charge((1 + len(before)) * (1 + len(behind)) + 20 * (len(before) * len(into) + len(behind) * len(out_of)))
        for waypoint in into:
            waypoint.before.update(dict.fromkeys(before))
        for waypoint in out_of:
            waypoint.behind.update(dict.fromkeys(behind))
        if before or behind:
            for one in (*out_of, *into):
                if isinstance(one.value, Unknown):
                    self.passed.setdefault(id(one.value), (line, one.value.text))
        for target in behind:
            self.wait(target, before)

    def chain(self, items: Sequence[Any], *, paired: bool, line: int) -> None:
        """The edges from each item to the next; `paired`: two lists of one length are joined one by one."""
        for left, right in pairwise(items):
            rows = paired and isinstance(left, list | tuple) and isinstance(right, list | tuple)
            for ends in zip(left, right, strict=True) if rows and len(left) == len(right) else [(left, right)]:
                self.link(*ends, line=line)

    def method(self, task: AirflowTask, name: str, arguments: list[Any], named: dict[str, Any]) -> Any:
        """A method of a task or its output: `expand` after `partial`, `as_setup`, `zip` with another output, `map`."""
        if name in ("zip", "concat"):
            return [task, *arguments]
        if name in ("as_setup", "as_teardown"):
            task.around = name.removeprefix("as_")
            for one in leaves_of(named.get("setups")):
                if isinstance(one, AirflowTask):
                    one.around = "setup"
        self.wait(task.id, tasks_in([arguments, named]))
        return task

    def opened(self, stand_in: AirflowTask) -> AirflowGroup:
        """The group of a class that is not known, in whose `with` its tasks are made."""
        self.stand_ins = [id for id in self.stand_ins if id != stand_in.id]
        if not any(stand_in.id in pair for pair in self.edges):
            del self.tasks[stand_in.id]
            for group in self.groups:
                group.tasks = [id for id in group.tasks if id != stand_in.id]
        return self.group(stand_in.id.rpartition(".")[2], {})

    def charge(self, work: int) -> None:
        """Count what the order takes to follow."""
        self.work += work
        if self.work > MOST_WORK:
            raise ImportProblem("its order is said too many times to be followed", "import a smaller DAG file")

    def wait(self, target: str, sources: Iterable[str]) -> None:
        """The edges from tasks to the one that waits for them."""
        self.edges.update(dict.fromkeys((source, target) for source in sources if source != target))
        if len(self.edges) > MOST_EDGES:
            raise ImportProblem(f"more than {MOST_EDGES:,} edges", "import a smaller DAG file")

    def _waypoints(self, value: Any) -> list[Waypoint]:
        """Labels and what is not known, in a value."""
        between = [one for one in leaves_of(value) if isinstance(one, Unknown | EdgeLabel)]
        return [self.passes.setdefault(id(one), Waypoint(one)) for one in between]

    def _ends(self, value: Any, *, leaving: bool) -> Iterator[str]:
        """The tasks that an edge joins: of a group those without a successor in it, or without a predecessor."""
        for item in leaves_of(value):
            if isinstance(item, AirflowGroup):
                yield from self._ends_of_group(item, leaving=leaving)
            elif isinstance(item, Unknown | EdgeLabel) and id(item) in self.passes:
                yield from self.passes[id(item)].before if leaving else self.passes[id(item)].behind
            else:
                yield from tasks_in(item)

    def _ends_of_group(self, group: AirflowGroup, *, leaving: bool) -> list[str]:
        """A teardown is no end of its group: what comes behind the group does not wait for it."""
        self.charge(len(self.edges))
        inside = {id for id in group.tasks if not (leaving and self.tasks[id].around == "teardown")}
        joined = {pair[0 if leaving else 1] for pair in self.edges if pair[0] in inside and pair[1] in inside}
        return [id for id in group.tasks if id in inside and id not in joined] or group.tasks

    def _dag(self, options: dict[str, Any]) -> AirflowDag | None:
        dag = options.get("dag")
        return dag if isinstance(dag, AirflowDag) else self.dags[-1] if self.dags else None

    def _groups(self, options: dict[str, Any]) -> list[AirflowGroup]:
        group = options.get("task_group")
        return [*self.groups, group] if isinstance(group, AirflowGroup) and group not in self.groups else self.groups

    def _whole(self, id: str | Unknown, options: dict[str, Any]) -> str:
        """`dag.group.task`: a group's own id stands before those of its tasks, unless it says that it does not."""
        dag, groups = self._dag(options), self._groups(options)
        prefix = groups[-1].prefix if groups else ()
        return ".".join(filter(None, (dag.id if dag else "", *prefix, text_of(id).strip() or "task")))
