"""Which topics of Kafka a connector reads or writes, by the names that its configuration gives, patterns followed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lifecycle.importing.texts import id_of, name_of

PATTERN = "topics.regex"
_PREFIXES = ("topic.prefix", "database.server.name")  # Debezium's name for it, and the older one
_TABLES = ("table.include.list", "table.whitelist", "collection.include.list", "collection.whitelist", "tables")
_TOPICS = ("topics", "topic", "kafka.topic", "kafka.topics")
# The patterns of strangers that are followed: nothing in them can take long.
_PLAIN = re.compile(r"(?:[\w\- ]|\\[.\-]|\.[*+]?|\[\^?\\?\.\]\+|\||\((?:\?:)?|\))+(?<![*+])[*+]?\$?")
_MOST_OPEN = 3  # of `.*`, `.+` and `[^.]+`
_ROUTERS = {  # how a transform that renames topics calls its pattern and what comes in its place
    "RegexRouter": ("regex", "replacement"),
    "ByLogicalTableRouter": ("topic.regex", "topic.replacement"),
}


def named_topics(config: Mapping[str, Any], kind: str, *, is_sink: bool) -> Iterator[str]:
    """The topics that are named; of a source that names them by a prefix one a table, else the prefix.

    `kind`: the connector's class, without its package. JDBC sources put a prefix right before a table's bare name, all
    others before a point.
    """
    for key in _TOPICS:
        for topic in str(config.get(key) or "").split(","):
            if name := id_of(topic):
                yield name
    prefix = next((text for key in _PREFIXES if (text := id_of(config.get(key)))), "")
    if not prefix or is_sink:
        return
    by_jdbc = "jdbc" in kind.lower()
    if by_jdbc and config.get("query"):
        yield prefix
        return
    tables = next((str(config[key]) for key in _TABLES if config.get(key)), "")
    names = [id_of(table).replace("\\", "") for table in tables.split(",") if table.strip()]
    plain_names = [name for name in names if re.fullmatch(r"[\w.$-]+", name)]
    yield from (f"{prefix}{name.rpartition('.')[2]}" if by_jdbc else f"{prefix}.{name}" for name in plain_names)
    if not plain_names:
        yield f"{prefix}*" if by_jdbc else f"{prefix}.*"


def pattern_of(config: Mapping[str, Any]) -> str:
    """The pattern by which a sink names its topics; "" where it has none."""
    return id_of(config.get(PATTERN))


def meant(pattern: str, topics: Collection[str]) -> list[str]:
    """Those of the topics that a pattern means; none where it is one that is not followed."""
    followed = _followed(pattern)
    return [topic for topic in topics if followed.fullmatch(topic)] if followed else []


def renamed(topic: str, config: Mapping[str, Any]) -> tuple[str, bool]:
    """The topic as a source's transforms call it, and whether all of them were followed."""
    whole = True
    for alias in str(config.get("transforms") or "").split(","):
        kind = name_of(config.get(f"transforms.{alias.strip()}.type")).rpartition(".")[2]
        if kind not in _ROUTERS:
            continue
        pattern, replacement = (str(config.get(f"transforms.{alias.strip()}.{key}") or "") for key in _ROUTERS[kind])
        followed = _followed(pattern)
        if followed is None:
            whole = False
        elif match := followed.fullmatch(topic):
            topic = id_of(re.sub(r"\$(\d)", lambda one: _group(match, int(one[1])), replacement)) or topic
    return topic, whole


def _group(match: re.Match[str], number: int) -> str:
    return (match[number] or "") if number <= (match.re.groups or 0) else ""


def _followed(pattern: str) -> re.Pattern[str] | None:
    """A pattern that is plain enough to be followed, else None."""
    opened = len(re.findall(r"[*+]", pattern))
    if not pattern or len(pattern) > 300 or opened > _MOST_OPEN or not _PLAIN.fullmatch(pattern):
        return None
    try:
        return re.compile(pattern)
    except re.error:
        return None
