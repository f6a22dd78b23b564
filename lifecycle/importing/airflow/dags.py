"""Airflow: the tasks of DAG files and what waits for what, by the syntax of the file alone.

A task is work, not a place: where its operator or its name says nothing of a role, it is taken for a transformation.
"""

from __future__ import annotations

import ast
import re
import warnings

from lifecycle.importing.airflow.syntax import DagFile
from lifecycle.importing.airflow.values import AirflowAsset, AirflowTask
from lifecycle.importing.evidence import by_scheme, by_words
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode, ImportProblem, RoleEvidence
from lifecycle.importing.texts import id_of, name_of, path_of
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import plural

MOST_CHARACTERS = 2_000_000
_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+airflow\b", re.MULTILINE)
_TRANSFER = re.compile(r"[A-Za-z0-9]To[A-Z]\w*Operator$")
_MESSAGE = re.compile(r"^(?:Email|Slack|Teams|Telegram|Discord|Opsgenie|PagerDuty|SMTP)")


def is_airflow(text: str) -> bool:
    """Whether the text imports Airflow as a Python file does."""
    return _IMPORT.search(text) is not None


def read_dags(text: str) -> Imported:
    """The graph of all DAGs in the file. Raises ImportProblem."""
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
    tasks = DagFile(tree).tasks
    if not tasks.tasks:
        raise ImportProblem("no task of a DAG in it", "give a file whose operators or @task functions stand in it")
    written = {target for _, target in tasks.edges}
    data = (_of_data(asset, produced=asset.id in written) for asset in tasks.assets.values())
    nodes = (*map(_node, tasks.tasks.values()), *data)
    edges = tuple(ImportedEdge(id_of(source), id_of(target)) for source, target in tasks.edges)
    open_ids = [task.id for task in tasks.tasks.values() if not task.sure]
    notes = (
        (f"{plural(len(open_ids), 'task')} made in a loop over what only a run knows: {open_ids[0]}",)
        if open_ids
        else ()
    )
    return Imported(nodes, edges, notes)


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
    if _MESSAGE.match(task.maker):
        return RoleEvidence(Role.CONSUMER, f"operator {operator} tells people")
    if _TRANSFER.search(task.maker):
        return RoleEvidence(Role.INGESTION, f"operator {operator} moves data")
    if task.maker.endswith("Sensor"):
        return RoleEvidence(Role.INGESTION, f"operator {operator} waits for data", certain=False)
    words = by_words(task.id.rpartition(".")[2], "its name")
    if words and words.role in (Role.INGESTION, Role.CONSUMER, Role.ARCHIVE):
        return words
    return RoleEvidence(Role.TRANSFORM, f"task by {operator}", certain=False)
