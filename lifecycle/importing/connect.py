"""Kafka Connect: connectors, the topics between them, and the systems at their ends.

A configuration may be JSON as the REST interface takes and gives it, a `.properties` file, or the resource that Strimzi
has on Kubernetes. A source connector reads a system and writes topics, a sink reads topics and writes a system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lifecycle.importing.evidence import by_product
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode, ImportProblem, RoleEvidence
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.importing.texts import id_of, name_of
from lifecycle.importing.yaml_texts import yaml_documents
from lifecycle.simulation.model.kinds import Role

CLASS = "connector.class"
_PROPERTY = re.compile(r"\s*([^#!\s=:][^=:\s]*)\s*[=:]\s*(.*)")
_PREFIXES = ("topic.prefix", "database.server.name")  # Debezium's name for it, and the older one
_TABLES = ("table.include.list", "table.whitelist", "collection.include.list", "collection.whitelist", "tables")
_TOPICS = ("topics", "topic", "kafka.topic", "topics.regex", "kafka.topics")


def is_connect_json(value: Any) -> bool:
    """Whether JSON that was read holds the configuration of a connector in one of the forms of the REST interface."""
    return any(True for _ in _configurations(value))


def is_connect_text(text: str) -> bool:
    """Whether the text is a `.properties` file of a connector, or a resource of Strimzi."""
    return (
        re.search(r"^[ \t]*connector\.class[ \t]*[=:]|^kind:\s*[\"']?KafkaConnector\b", text, re.MULTILINE) is not None
    )


def read_connect(contents: Iterable[Any]) -> Imported:
    """The graph of all configurations, each JSON that was read or a text. Raises ImportProblem."""
    nodes: dict[str, ImportedNode] = {}
    edges: dict[ImportedEdge, None] = {}
    notes = []
    for content in contents:
        for name, config in _of_text(content) if isinstance(content, str) else _configurations(content):
            if not _class(config):
                continue
            connector = _connector(name, config)
            nodes[connector.id] = connector
            system, sink = _system(config), _is_sink(config)
            topics = [_topic(topic) for topic in _topics(config)]
            if not topics:
                notes.append(f"{connector.name} names no topic: it is joined to none")
            nodes.update((node.id, node) for node in (system, *topics) if node.id not in nodes)
            before, after = (topics, [system]) if sink else ([system], topics)
            edges.update(dict.fromkeys(ImportedEdge(node.id, connector.id) for node in before))
            edges.update(dict.fromkeys(ImportedEdge(connector.id, node.id) for node in after))
    if not nodes:
        raise ImportProblem("no connector in it", f"give a configuration with its `{CLASS}`")
    return Imported(tuple(nodes.values()), tuple(edges), tuple(notes))


def _configurations(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Names and configurations: one alone, `{name, config}`, a list of these, or by name as `?expand=info` has them."""
    ones = [value, *listed(value)]
    yield from (named for one in ones for named in _one(one))
    if not any(True for _ in _one(value)):
        for name, one in mapping(value).items():
            config = mapping(mapping(mapping(one).get("info")).get("config")) or mapping(one)
            if CLASS in config:
                yield name_of(config.get("name")) or name_of(name), config


def _one(one: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    fields = mapping(one)
    config = mapping(fields.get("config"))
    if CLASS in fields:
        yield name_of(fields.get("name")), fields
    elif CLASS in config and fields.get("name"):
        yield name_of(fields.get("name")), config


def _of_text(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if "kind:" not in text:
        whole = re.sub(r"\\\n[ \t]*", "", text)  # a line that ends in a backslash goes on in the next
        pairs = (match.groups() for line in whole.split("\n") if (match := _PROPERTY.fullmatch(line)))
        config: dict[str, Any] = {key: value.strip() for key, value in pairs}
        yield name_of(config.get("name")), config
        return
    for document in yaml_documents(text):
        if mapping(document).get("kind") == "KafkaConnector":
            spec = mapping(mapping(document).get("spec"))
            config = {**mapping(spec.get("config")), CLASS: spec.get("class")}
            yield name_of(mapping(mapping(document).get("metadata")).get("name")), config


def _class(config: Mapping[str, Any]) -> str:
    return name_of(config.get(CLASS)).rpartition(".")[2]


def _is_sink(config: Mapping[str, Any]) -> bool:
    name = _class(config)
    if re.search(r"sink", name, re.IGNORECASE):
        return True
    return not re.search(r"source", name, re.IGNORECASE) and ("topics" in config or "topics.regex" in config)


def _connector(name: str, config: Mapping[str, Any]) -> ImportedNode:
    name = name or _class(config)
    reason = f"connector `{_class(config)}`"
    return ImportedNode(f"connector:{name}", name, Role.INGESTION, reason, "connectors", moves=_moves(config))


def _moves(config: Mapping[str, Any]) -> str:
    """How a source connector gets what it reads: only where its class says so, since of files nobody knows when."""
    if _is_sink(config):
        return ""
    name = name_of(config.get(CLASS)).lower()
    if "debezium" in name or "cdc" in name:
        return "cdc"
    return "webhook" if "webhook" in name else ""


def _topic(name: str) -> ImportedNode:
    return ImportedNode(f"topic:{name}", name, Role.BUFFER, "topic of Kafka", "topics")


def _system(config: Mapping[str, Any]) -> ImportedNode:
    """The system that a connector reads or writes, called by what of its address the configuration says."""
    sink, name = _is_sink(config), _class(config)
    product = re.sub(r"(Source|Sink|Cdc|Connector|V2|Task|Debezium)+", "", name) or name
    place = next((text for key in _PLACES if (text := name_of(config.get(key)))), "")
    label = f"{product} {_address(place)}".strip()
    evidence = _system_role(sink, name, product)
    return ImportedNode(f"system:{label}", label, evidence.role, evidence.reason, "systems", evidence.certain)


_PLACES = (
    "database.hostname", "connection.url", "s3.bucket.name", "gcs.bucket.name", "mongodb.connection.string",
    "connection.uri", "mongodb.hosts", "snowflake.url.name", "hdfs.url", "bucket", "project", "file", "connection.host",
)  # fmt: skip


def _address(place: str) -> str:
    """Of an address what names the place; never a password, which may stand in it."""
    return re.sub(r"^(?:jdbc:)?[\w+:]*//(?:[^@/]*@)?", "", place).split("?")[0].split(",")[0][:80]


def _system_role(sink: bool, name: str, product: str) -> RoleEvidence:
    reason = f"connector `{name}`"
    if not sink:
        return RoleEvidence(Role.SOURCE, f"{reason} reads it")
    known = by_product(product)
    if known and known not in (Role.SOURCE, Role.INGESTION, Role.TRANSFORM):
        return RoleEvidence(known, f"{reason} writes it")
    return RoleEvidence(Role.WAREHOUSE, f"{reason} writes it", certain=False)


def _topics(config: Mapping[str, Any]) -> Iterator[str]:
    """The topics that are named; of a connector that names them by a prefix, one a table, else the prefix."""
    for key in _TOPICS:
        for topic in str(config.get(key) or "").split(","):
            if name := id_of(topic):
                yield name
    prefix = next((text for key in _PREFIXES if (text := id_of(config.get(key)))), "")
    if prefix and not _is_sink(config):
        tables = next((str(config[key]) for key in _TABLES if config.get(key)), "")
        names = [id_of(table).replace("\\", "") for table in tables.split(",") if table.strip()]
        plain_names = [name for name in names if re.fullmatch(r"[\w.$-]+", name)]
        yield from (f"{prefix}.{name}" for name in plain_names)
        if not plain_names:
            yield f"{prefix}.*"
