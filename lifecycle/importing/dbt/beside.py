"""What lies beside dbt's manifest: the catalog's columns, the runs that really happened, and how old sources were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lifecycle.importing.dbt.entries import age_of_rule, columns_of
from lifecycle.importing.dbt.manifest import all_ids, with_nodes
from lifecycle.importing.graph import Imported, ImportedColumn, ImportedNode, Observation
from lifecycle.importing.json_texts import is_number, listed, mapping
from lifecycle.importing.moments import epoch_s
from lifecycle.importing.texts import id_of, name_of

NO_NODES = frozenset({"test", "unit_test", "operation", "sql_operation", "saved_query", "analysis", "function"})
MOST_THREADS = 1_000  # what is more is a slip, and no number of threads


def with_catalog(imported: Imported, catalog: Any) -> Imported:
    """The graph, its nodes with all columns that the database has, and their types."""
    tables = {**mapping(mapping(catalog).get("nodes")), **mapping(mapping(catalog).get("sources"))}
    changes = {
        node.id: {"columns": _joined(node, columns_of(tables[node.id]))}
        for node in imported.nodes
        if isinstance(tables.get(node.id), dict)
    }
    return with_nodes(imported, changes)


def _joined(node: ImportedNode, in_catalog: tuple[ImportedColumn, ...]) -> tuple[ImportedColumn, ...]:
    """The catalog's columns with the manifest's descriptions, and those that only the manifest has."""
    described = {column.name.casefold(): column for column in node.columns}
    joined = []
    for column in in_catalog:
        known = described.pop(column.name.casefold(), None)
        joined.append(ImportedColumn(column.name, known.description, column.kind) if known else column)
    return (*joined, *described.values())


def observations(run_results: Any) -> Iterable[Observation]:
    """Every run of the file that took time, of tests too: its start, its seconds, how it ended, and its invocation."""
    invocation = id_of(mapping(mapping(run_results).get("metadata")).get("invocation_id"))
    threads, counted = _threads(run_results)
    for result in listed(mapping(run_results).get("results")):
        node = id_of(mapping(result).get("unique_id")) or id_of(mapping(mapping(result).get("node")).get("unique_id"))
        seconds = mapping(result).get("execution_time")
        moments = [mapping(step) for step in listed(mapping(result).get("timing"))]
        starts = [start for step in moments if (start := epoch_s(step.get("started_at"))) is not None]
        if node and starts and is_number(seconds) and seconds >= 0:
            status = name_of(mapping(result).get("status")).lower()
            yield Observation(node, min(starts), float(seconds), status, invocation, threads, counted)


def _threads(run_results: Any) -> tuple[int, bool]:
    """How many threads the invocation had, 0 for not known, and whether they were counted by their names.

    dbt names the number only where somebody gave it on the command line; a profile's is seen by the threads alone.
    """
    given = mapping(mapping(run_results).get("args")).get("threads")
    if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= MOST_THREADS:
        return given, False
    rows = map(mapping, listed(mapping(run_results).get("results")))
    names = {name_of(row.get("thread_id")) for row in rows if _kind(id_of(row.get("unique_id"))) != "operation"}
    names -= {"", "main"}  # in `main` run the hooks, before and after the threads
    return len(names), bool(names)


def without_nodes(observed: Iterable[Observation], manifests: Iterable[Any]) -> int:
    """Of how many nodes there are runs that no manifest has; tests, hooks and the like are left out on purpose."""
    known = {id for manifest in manifests for id in all_ids(manifest)}
    return len({seen.node for seen in observed if seen.node not in known and _kind(seen.node) not in NO_NODES})


def _kind(id: str) -> str:
    return id.partition(".")[0]


def with_freshness(imported: Imported, sources: Any) -> Imported:
    """The graph, its sources with the age that their newest rows had, and the rule that held then."""
    changes: dict[str, Mapping[str, Any]] = {}
    known = {node.id: node for node in imported.nodes}
    for result in listed(mapping(sources).get("results")):
        node = known.get(id_of(mapping(result).get("unique_id")))
        age = mapping(result).get("max_loaded_at_time_ago_in_s")
        if node:
            rule = age_of_rule(mapping(mapping(result).get("criteria")))
            age_s = float(age) if is_number(age) else None
            changes[node.id] = {"age_s": age_s, "freshness_s": node.freshness_s or rule}
    return with_nodes(imported, changes)
