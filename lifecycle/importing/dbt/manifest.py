"""dbt: the graph of a `manifest.json` of any schema version, with what catalog, runs and freshness say of it.

Nodes are what dbt builds or what stands at the ends of its graph: sources, seeds, models, snapshots, exposures,
semantic models and metrics. No nodes are tests (kept as texts of what they test), what is disabled, and what never
becomes anything in the warehouse: ephemeral models, analyses (which dbt compiles and never runs), saved queries (a way
to ask for metrics that exist already), functions, hooks and operations. Where one of these stands between two nodes,
its parents become the parents of its children. Versions of the schema differ in small ways, so nothing is taken for
granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lifecycle.importing.dbt.entries import (
    columns_of,
    freshness_of,
    group_of,
    name_of_node,
    owner_of,
    tags_of,
    tests_by_node,
)
from lifecycle.importing.graph import (
    MOST_EDGES,
    Imported,
    ImportedEdge,
    ImportedNode,
    ImportProblem,
    RoleEvidence,
    TooMuch,
    cycle_in,
    cycle_words,
)
from lifecycle.importing.json_texts import mapping
from lifecycle.importing.texts import id_of, name_of, pairs_of, plain
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import plural

SECTIONS = ("nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries", "functions", "unit_tests")
KEPT = frozenset({"source", "seed", "model", "snapshot", "exposure", "semantic_model", "metric"})
# What is written where a section's entries do not say it themselves, as in the oldest manifests.
KIND_OF_SECTION = {
    "sources": "source",
    "exposures": "exposure",
    "metrics": "metric",
    "semantic_models": "semantic_model",
    "saved_queries": "saved_query",
    "functions": "function",
    "unit_tests": "unit_test",
}
PASSED_OVER = {
    "saved_query": ("saved query", "saved queries"),
    "analysis": ("analysis", "analyses"),
    "function": ("function", "functions"),
    "operation": ("operation", "operations"),
    "ephemeral": ("ephemeral model", "ephemeral models"),
}


def read_manifest(manifest: Any) -> Imported:
    """The graph of a manifest that was read as JSON. Raises ImportProblem, also for a graph that comes round."""
    entries = dict(_entries(manifest))
    kept = {id: entry for id, entry in entries.items() if entry["resource_type"] in KEPT and not _ephemeral(entry)}
    parents = _parents(manifest, entries)
    edges = _edges(kept, parents, entries)
    tests = tests_by_node(entry for entry in entries.values() if entry["resource_type"] == "test")
    owners = _group_owners(manifest)
    nodes = tuple(_node(id, entry, tests.get(id, ()), owners) for id, entry in kept.items())
    imported = Imported(nodes, edges, tuple(_notes(entries, parents)))
    if cycle := cycle_in(imported):
        raise ImportProblem(
            f"the graph comes round: {cycle_words(imported, cycle)}",
            "dbt refuses such a project: run `dbt parse` again",
        )
    return imported


def version_words(manifest: Any) -> str:
    """The version of an artefact's schema as dbt numbers it, `v12`; "" where it is not written."""
    metadata = mapping(mapping(manifest).get("metadata"))
    return name_of(metadata.get("dbt_schema_version")).rpartition("/")[2].removesuffix(".json")


def all_ids(manifest: Any) -> Iterator[str]:
    """The id of whatever the manifest has, what is disabled and what is no node of its graph too."""
    for section in (*SECTIONS, "disabled"):
        for key, entry in mapping(mapping(manifest).get(section)).items():
            yield id_of(mapping(entry).get("unique_id")) or id_of(key)


def _entries(manifest: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every entry that is not disabled, by id; its kind stands in `resource_type`, also where the file does not say."""
    for section in SECTIONS:
        for key, entry in mapping(mapping(manifest).get(section)).items():
            if isinstance(entry, dict) and mapping(entry.get("config")).get("enabled") is not False:
                id = id_of(entry.get("unique_id")) or id_of(key)
                kind = id_of(entry.get("resource_type")) or KIND_OF_SECTION.get(section) or id.partition(".")[0]
                if id:
                    yield id, entry if entry.get("resource_type") == kind else {**entry, "resource_type": kind}


def _ephemeral(entry: Mapping[str, Any]) -> bool:
    return entry["resource_type"] == "model" and mapping(entry.get("config")).get("materialized") == "ephemeral"


def _parents(manifest: Any, entries: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Of each entry the ids that it depends on: by the manifest's map, else by the entry itself."""
    by_map = mapping(mapping(manifest).get("parent_map"))
    parents = {}
    for id, entry in entries.items():
        listed = by_map.get(id) or mapping(entry.get("depends_on")).get("nodes") or ()
        parents[id] = tuple(dict.fromkeys(filter(None, map(id_of, listed)))) if isinstance(listed, list) else ()
    return parents


def _edges(
    kept: Mapping[str, Any], parents: Mapping[str, tuple[str, ...]], entries: Mapping[str, Any]
) -> tuple[ImportedEdge, ...]:
    folded: dict[str, tuple[str, ...]] = {}
    edges: list[ImportedEdge] = []
    for id in kept:
        sources: dict[str, None] = {}
        for parent in parents[id]:
            if parent in kept:
                sources[parent] = None
            elif parent in entries:
                sources.update(dict.fromkeys(_through(parent, kept, parents, entries, folded)))
        edges.extend(ImportedEdge(source, id) for source in sources)
        if len(edges) > MOST_EDGES:
            raise TooMuch(f"more than {MOST_EDGES:,} edges", "import a part of the project")
    return tuple(edges)


def _through(
    id: str,
    kept: Mapping[str, Any],
    parents: Mapping[str, tuple[str, ...]],
    entries: Mapping[str, Any],
    folded: dict[str, tuple[str, ...]],
) -> tuple[str, ...]:
    """The nodes that stand behind an entry that is none itself; `folded` remembers those of every entry it passed."""
    pending, size = [id], 0
    entered: set[str] = set()
    while pending:
        at = pending[-1]
        hidden = [parent for parent in parents[at] if parent in entries and parent not in kept]
        if at not in entered:
            entered.add(at)
            pending += [parent for parent in hidden if parent not in folded and parent not in entered]
            continue
        pending.pop()
        if at not in folded:
            behind = (p for parent in parents[at] for p in ((parent,) if parent in kept else folded.get(parent, ())))
            folded[at] = tuple(dict.fromkeys(behind))
            size += len(folded[at])
            if size > MOST_EDGES:
                raise TooMuch(f"more than {MOST_EDGES:,} edges", "import a part of the project")
    return folded[id]


def _group_owners(manifest: Any) -> dict[str, str]:
    groups = mapping(mapping(manifest).get("groups")).values()
    return {name_of(group.get("name")): owner_of(group) for group in groups if isinstance(group, dict)}


def _node(id: str, entry: Mapping[str, Any], tests: tuple[str, ...], owners: Mapping[str, str]) -> ImportedNode:
    evidence = _role(entry)
    meta = {**mapping(entry.get("meta")), **mapping(mapping(entry.get("config")).get("meta"))}
    return ImportedNode(
        id=id,
        name=name_of_node(id, entry),
        role=evidence.role,
        reason=evidence.reason,
        group=group_of(entry),
        certain=evidence.certain,
        description=plain(entry.get("description")),
        owner=owner_of(entry) or owner_of(meta) or owners.get(name_of(entry.get("group")), ""),
        columns=columns_of(entry),
        tags=tags_of(entry),
        freshness_s=freshness_of(entry),
        tests=tests,
        meta=pairs_of(meta),
    )


def _role(entry: Mapping[str, Any]) -> RoleEvidence:
    """What dbt itself says of an entry; only where the two vocabularies do not meet is it a guess."""
    kind = entry["resource_type"]
    if kind == "source":
        schema = name_of(entry.get("schema")) or name_of(entry.get("source_name"))
        return RoleEvidence(Role.SOURCE, f"source in schema `{schema}`" if schema else "source")
    if kind == "exposure":
        sort = name_of(entry.get("type"))
        return RoleEvidence(Role.CONSUMER, f"exposure of type {sort}" if sort else "exposure")
    if kind == "model":
        way = name_of(mapping(entry.get("config")).get("materialized"))
        return RoleEvidence(Role.TRANSFORM, f"model, built as {way}" if way else "model")
    return {
        "seed": RoleEvidence(Role.SOURCE, "seed: a CSV file of the project"),
        "snapshot": RoleEvidence(Role.TRANSFORM, "snapshot"),
        "semantic_model": RoleEvidence(Role.WAREHOUSE, "semantic model, which consumers query", certain=False),
        "metric": RoleEvidence(Role.WAREHOUSE, "metric, which consumers query", certain=False),
    }[kind]


def _notes(entries: Mapping[str, Mapping[str, Any]], parents: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    kinds = Counter("ephemeral" if _ephemeral(entry) else entry["resource_type"] for entry in entries.values())
    for kind, (one, many) in PASSED_OVER.items():
        if kinds[kind]:
            outcome = "folded into what reads it" if kind == "ephemeral" else "no node"
            yield f"{kinds[kind]:,} {one if kinds[kind] == 1 else many}: {outcome}"
    lost = {parent for id, listed in parents.items() for parent in listed if parent not in entries}
    lost = {id for id in lost if id.partition(".")[0] in KEPT}
    if lost:
        yield f"{plural(len(lost), 'parent')} not in the manifest, such as {min(lost)}"


def with_nodes(imported: Imported, changes: Mapping[str, Mapping[str, Any]]) -> Imported:
    """The graph, with fields of some nodes changed: by id, the field and its new value."""
    return replace(imported, nodes=tuple(replace(node, **changes.get(node.id, {})) for node in imported.nodes))
