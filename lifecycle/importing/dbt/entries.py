"""What an entry of a dbt manifest says of itself: its group, owner, columns, tags, freshness and tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lifecycle.importing.graph import ImportedColumn
from lifecycle.importing.texts import MOST_VALUES, id_of, name_of, names_of, path_of, plain

PERIODS_S = {"minute": 60.0, "hour": 3600.0, "day": 86_400.0}


def name_of_node(id: str, entry: Mapping[str, Any]) -> str:
    """Its name: of a source `schema.table`'s two names, of a version of a model with that version."""
    name = name_of(entry.get("name")) or name_of(id.rpartition(".")[2]) or id
    if entry["resource_type"] == "source" and (source := name_of(entry.get("source_name"))):
        return f"{source}.{name}"
    version = name_of(entry.get("version"))
    return f"{name}.v{version}" if version else name


def group_of(entry: Mapping[str, Any]) -> str:
    """Package and folder, or package and source: `shop/staging`. Paths of Windows are read as others are."""
    package = entry.get("package_name")
    if entry["resource_type"] == "source":
        return path_of([package, entry.get("source_name")])
    path = entry.get("original_file_path") or entry.get("path")
    folders = path.replace("\\", "/").split("/")[:-1] if isinstance(path, str) else []
    return path_of([package, *folders[1:]])  # the first is `models`, for every one of them


def owner_of(entry: Mapping[str, Any]) -> str:
    """The owner's name, else the address: of an exposure or a group a mapping, in somebody's `meta` a text too."""
    owner = entry.get("owner")
    if isinstance(owner, dict):
        return name_of(owner.get("name")) or ", ".join(names_of(owner.get("email")))
    return ", ".join(names_of(owner)) if owner else ""


def tags_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Its tags, each once; the configuration's where the entry has none."""
    config = entry.get("config")
    return names_of(entry.get("tags") or (config.get("tags") if isinstance(config, dict) else None) or [])


def columns_of(entry: Mapping[str, Any]) -> tuple[ImportedColumn, ...]:
    """The columns that somebody described, or that the catalog lists (which calls their type `type`)."""
    columns = entry.get("columns")
    listed = list(columns.items())[:MOST_VALUES] if isinstance(columns, dict) else []
    return tuple(
        ImportedColumn(
            name_of(column.get("name")) or name_of(key),
            plain(column.get("description") or column.get("comment")),
            name_of(column.get("data_type") or column.get("type")),
        )
        for key, column in listed
        if isinstance(column, dict)
    )


def freshness_of(entry: Mapping[str, Any]) -> float | None:
    """The age in seconds at which a source is late: what is an error, else what is a warning. None without a rule."""
    config = entry.get("config")
    rules = [entry.get("freshness"), config.get("freshness") if isinstance(config, dict) else None]
    return next((age for rule in rules if isinstance(rule, dict) if (age := age_of_rule(rule)) is not None), None)


def age_of_rule(rule: Mapping[str, Any]) -> float | None:
    """The seconds of `{"error_after": {"count": 6, "period": "hour"}}`."""
    for limit in (rule.get("error_after"), rule.get("warn_after")):
        if isinstance(limit, dict):
            count, period_s = limit.get("count"), PERIODS_S.get(str(limit.get("period")).removesuffix("s"))
            if isinstance(count, int | float) and not isinstance(count, bool) and period_s and 0 < count < 1e6:
                return count * period_s
    return None


def tests_by_node(tests: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Of each node what is tested there, as `unique(order_id)`; a test of two nodes is the one's it is attached to."""
    by_node: dict[str, list[str]] = {}
    for test in tests:
        metadata = test.get("test_metadata")
        rule = name_of(metadata.get("name")) if isinstance(metadata, dict) else ""
        column = name_of(test.get("column_name"))
        text = f"{rule or name_of(test.get('name'))}{f'({column})' if column else ''}"
        depends_on = test.get("depends_on")
        listed = depends_on.get("nodes") if isinstance(depends_on, dict) else None
        attached = id_of(test.get("attached_node"))
        # The last of a test's nodes is the one it was written at: `relationships` names the other table first.
        node = attached or (id_of(listed[-1]) if isinstance(listed, list) and listed else "")
        by_node.setdefault(node, []).append(text)
    return {node: tuple(dict.fromkeys(texts))[:MOST_VALUES] for node, texts in by_node.items()}
