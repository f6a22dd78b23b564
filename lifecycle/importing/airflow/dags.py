"""Airflow: the tasks of DAG files and what waits for what, by the syntax of the file alone.

A task is work, not a place: where its operator or its name says nothing of a role, it is taken for a transformation.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator

from lifecycle.importing.airflow.calls import AirflowTasks
from lifecycle.importing.airflow.syntax import DagFile
from lifecycle.importing.airflow.values import AirflowAsset, AirflowTask
from lifecycle.importing.evidence import by_scheme, by_words
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode, ImportProblem, RoleEvidence
from lifecycle.importing.texts import id_of, name_of, path_of
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import plural

MOST_CHARACTERS = 2_000_000
MOST_BITS = 64  # of a number
MOST_LINES = 5  # that are named in notes
_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+airflow\b", re.MULTILINE)
_TRANSFER = re.compile(r"[A-Za-z0-9]To[A-Z]\w*Operator$")
_ENDS = re.compile(r"^(?P<source>[A-Za-z0-9]+?)To(?P<target>[A-Z]\w*?)(?:Async)?Operator$")
_STORES = {
    "BigQuery",
    "Redshift",
    "Snowflake",
    "Databricks",
    "Teradata",
    "Vertica",
    "Synapse",
    "Trino",
    "Presto",
    "Hive",
}
_FILES = {"S3", "GCS", "AzureBlob", "AzureBlobStorage", "ADLS", "LocalFilesystem", "SFTP", "GoogleSheets", "GSheets"}
_TO_PEOPLE = re.compile(
    r"To(?:Slack|Email|Telegram|Teams|MSTeams|Discord|GoogleChat|Smtp|SMTP|Opsgenie|PagerDuty)\w*Operator$"
)
_MESSAGE = re.compile(r"^(?:Email|Slack|Teams|Telegram|Discord|Opsgenie|PagerDuty|SMTP)")


def is_airflow(text: str) -> bool:
    """Whether the text imports Airflow as a Python file does."""
    return _IMPORT.search(text) is not None


def read_dags(text: str, name: str = "") -> Imported:
    """The graph of all DAGs in the file of the name, by which some DAGs are called. Raises ImportProblem."""
    if len(text) > MOST_CHARACTERS:
        raise ImportProblem(f"a DAG file of {len(text):,} characters", f"keep it below {MOST_CHARACTERS:,}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # escapes that a later Python refuses are none of our business
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            raise ImportProblem(f"not Python: {error.msg}", "check this line", line=error.lineno or 1) from error
        except (ValueError, MemoryError) as error:
            raise ImportProblem("not Python that can be read", "check the file") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value.bit_length() > MOST_BITS:
            node.value = ...  # a number of thousands of digits has no text
    tasks = DagFile(tree, name).tasks
    if not tasks.tasks:
        raise ImportProblem("no task of a DAG in it", "give a file whose operators or @task functions stand in it")
    written = {target for _, target in tasks.edges}
    data = (_of_data(asset, produced=asset.id in written) for asset in tasks.assets.values())
    nodes = (*map(_node, tasks.tasks.values()), *data)
    edges = tuple(ImportedEdge(id_of(source), id_of(target)) for source, target in tasks.edges)
    return Imported(nodes, edges, tuple(_notes(tasks)))


def _notes(tasks: AirflowTasks) -> Iterator[str]:
    """What was left open, in a sentence for each kind of it."""
    unsure = [task for task in tasks.tasks.values() if not task.sure]
    looped = [task.id for task in unsure if task.looped]
    if looped:
        yield f"{plural(len(looped), 'task')} made in a loop over what only a run knows: {looped[0]}"
    others = [task.id for task in unsure if not task.looped]
    if others:
        yield f"{plural(len(others), 'task')} with a name that only a run knows: {others[0]}"
    dags = {task.dag.id: None for task in tasks.tasks.values() if task.dag and "{" in task.dag.id}
    if dags:
        yield f"{plural(len(dags), 'DAG')} with a name that only a run knows: {next(iter(dags))}"
    if tasks.stand_ins:
        yield f"{plural(len(tasks.stand_ins), 'node')} standing for tasks that only a run knows: {tasks.stand_ins[0]}"
    if tasks.passed:
        passed = list(dict.fromkeys(tasks.passed.values()))
        places, (line, text) = plural(len(passed), "place"), passed[0]
        yield f"{places} in the order where only a run knows what stands; it leads past them: `{text}`, line {line}"
    if tasks.ways:
        conditions, lines = plural(len(tasks.ways), "condition"), _lines(tasks.ways)
        yield f"tasks of all ways are drawn at {conditions} that only a run knows: {lines}"
    if tasks.rounds:
        loops, lines = plural(len(tasks.rounds), "loop"), _lines(tasks.rounds)
        yield f"{loops} of which only a run knows how often it goes round: {lines}"


def _lines(lines: Iterable[int]) -> str:
    listed = sorted(lines)
    return ", ".join(f"line {line}" for line in listed[:MOST_LINES]) + (", …" if len(listed) > MOST_LINES else "")


def _node(task: AirflowTask) -> ImportedNode:
    evidence = _role(task)
    name = task.id.removeprefix(f"{task.dag.id}.") if task.dag else task.id
    return ImportedNode(
        id_of(task.id), name_of(name) or id_of(task.id), evidence.role, evidence.reason,
        path_of([task.dag.id if task.dag else "", *task.groups]), evidence.certain and task.sure, task.description,
        task.owner or (task.dag.owner if task.dag else ""), tags=task.dag.tags if task.dag else (),
        schedule=task.dag.schedule if task.dag else "",
    )  # fmt: skip


def _of_data(asset: AirflowAsset, *, produced: bool) -> ImportedNode:
    """Data that a task writes or a DAG waits for."""
    guess = Role.WAREHOUSE if produced else Role.SOURCE
    why = "data that a task writes" if produced else "data that no task writes"
    evidence = by_scheme(asset.name, produced=produced) if ":" in asset.name else None
    evidence = evidence or RoleEvidence(guess, why, certain=False)
    return ImportedNode(id_of(asset.id), name_of(asset.name), evidence.role, evidence.reason, certain=evidence.certain)


def _role(task: AirflowTask) -> RoleEvidence:
    operator = f"`{task.maker}`"
    if _MESSAGE.match(task.maker) or _TO_PEOPLE.search(task.maker):
        return RoleEvidence(Role.CONSUMER, f"operator {operator} tells people")
    if ends := _ENDS.search(task.maker):
        if ends["source"] == ends["target"]:
            return RoleEvidence(Role.TRANSFORM, f"operator {operator} copies within one store")
        if ends["source"] in _STORES and ends["target"] in _FILES:
            return RoleEvidence(Role.CONSUMER, f"operator {operator} exports data", certain=False)
    if _TRANSFER.search(task.maker):
        return RoleEvidence(Role.INGESTION, f"operator {operator} moves data")
    if task.maker.endswith("Sensor"):
        return RoleEvidence(Role.INGESTION, f"operator {operator} waits for data", certain=False)
    words = by_words(task.id.rpartition(".")[2], "its name")
    if words and words.role in (Role.INGESTION, Role.CONSUMER, Role.ARCHIVE):
        return words
    return RoleEvidence(Role.TRANSFORM, f"task by {operator}", certain=False)
