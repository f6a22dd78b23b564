"""Kafka Connect: connectors, the topics between them, and the systems at their ends.

A configuration may be JSON as the REST interface takes and gives it, a `.properties` file, or the resource that Strimzi
has on Kubernetes. A source connector reads a system and writes topics, a sink reads topics and writes a system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lifecycle.importing.evidence import by_product
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode, ImportProblem, RoleEvidence
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.importing.texts import name_of
from lifecycle.importing.topics import meant, named_topics, pattern_of, renamed
from lifecycle.importing.yaml_texts import yaml_documents
from lifecycle.simulation.model.kinds import Role

CLASS = "connector.class"
_PROPERTY = re.compile(r"\s*([^#!\s=:][^=:\s]*)\s*[=:]\s*(.*)")


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
    notes: list[str] = []
    ones = [one for content in contents for one in _read(content) if _class(one[1])]
    topics_of = _joined(ones, notes)
    for (name, config), names in zip(ones, topics_of, strict=True):
        connector, system, topics = _connector(name, config), _system(config), list(map(_topic, names))
        nodes[connector.id] = connector
        if not topics:
            notes.append(f"{connector.name} names no topic: it is joined to none")
        nodes.update((node.id, node) for node in (system, *topics) if node.id not in nodes)
        before, after = (topics, [system]) if _is_sink(config) else ([system], topics)
        edges.update(dict.fromkeys(ImportedEdge(node.id, connector.id) for node in before))
        edges.update(dict.fromkeys(ImportedEdge(connector.id, node.id) for node in after))
    if not nodes:
        raise ImportProblem("no connector in it", f"give a configuration with its `{CLASS}`")
    return Imported(tuple(nodes.values()), tuple(edges), tuple(notes))


def _read(content: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from _of_text(content) if isinstance(content, str) else _configurations(content)


def _joined(ones: Sequence[tuple[str, Mapping[str, Any]]], notes: list[str]) -> list[list[str]]:
    """The topics of each connector: a source's as its transforms rename them, a sink's by its pattern, too."""
    topics_of: list[list[str]] = []
    for name, config in ones:
        sink = _is_sink(config)
        names = list(named_topics(config, _class(config), is_sink=sink))
        if not sink:
            followed = [renamed(topic, config) for topic in names]
            names = [topic for topic, _ in followed]
            if not all(whole for _, whole in followed):
                notes.append(f"{name or _class(config)} renames its topics by a pattern that was not followed")
        topics_of.append(names)
    known = list(dict.fromkeys(topic for names in topics_of for topic in names))
    for (_, config), names in zip(ones, topics_of, strict=True):
        if _is_sink(config) and (pattern := pattern_of(config)):
            names += meant(pattern, known) or [pattern]
    return topics_of


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
# Of what may hold a password only what can be none is taken: a host, a port, and the name of a database.
_HOST = re.compile(r"(?:\w+/(?=[^/]*:\d))?([\w.-]+(?::\d+(?::\w+)?)?(?:/[\w.$-]+)?)/?")


def _address(place: str) -> str:
    """Of an address what names the place, never a password, which may stand in it; "" where that cannot be told."""
    if not re.search(r"[@:;?]", place):
        return place.split(",")[0][:80]
    text = re.sub(r"^.*?//", "", place, count=1)
    first, _, rest = re.sub("[?;,]", "\n", text, count=1).partition("\n")
    if "@" in rest and not re.match(r"[\w.-]+=", rest):  # what was cut at is a letter of a password
        return ""
    match = _HOST.fullmatch(first.rpartition("@")[2])
    database = re.search(r";databaseName=([\w.$-]+)", place, re.IGNORECASE)
    return f"{match[1]}{f'/{database[1]}' if database else ''}"[:80] if match else ""


def _system_role(sink: bool, name: str, product: str) -> RoleEvidence:
    reason = f"connector `{name}`"
    if not sink:
        return RoleEvidence(Role.SOURCE, f"{reason} reads it")
    known = by_product(product)
    if known and known not in (Role.SOURCE, Role.INGESTION, Role.TRANSFORM):
        return RoleEvidence(known, f"{reason} writes it")
    return RoleEvidence(Role.WAREHOUSE, f"{reason} writes it", certain=False)
