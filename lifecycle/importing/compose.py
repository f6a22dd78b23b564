"""Compose files: services as nodes, by what their images are known for; `depends_on` and `links` as edges.

Compose says who waits for whom, not who sends to whom: an edge leads from the service that is waited for to the one
that waits, and a note says that this is a guess. A service without a known image is judged by its name and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lifecycle.importing.evidence import by_product, by_words, placed
from lifecycle.importing.graph import Imported, ImportedEdge, ImportedNode, ImportProblem, RoleEvidence
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.importing.texts import id_of, name_of, path_of, plain
from lifecycle.importing.yaml_texts import yaml_documents
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import plural

# What stands beside a product and is none: `kafka-exporter` holds no topic.
_AIDES = re.compile(
    r"(?:^|[-_.])(?:exporter|ui|rest|backup|tools|client|cli|manager|operator|proxy|init|setup|zookeeper|console|"
    r"dashboard|monitor|lag|topics|schema|adapter|shell|dump|restore|mock|bridge)(?![a-z0-9])"
)
# What is called after the one who makes it: `debezium/connect`.
_GENERIC = frozenset({"connect", "connect-base", "server", "core", "worker"})
_LABELS = ("org.opencontainers.image.description", "description")


def is_compose(value: Any) -> bool:
    """Whether JSON or YAML that was read has services as a Compose file has them."""
    services = services_of(value)
    return bool(services) and all(isinstance(service, dict) or service is None for service in services.values())


def services_of(value: Any) -> Mapping[str, Any]:
    """The services of a Compose file; one of version 1 has them at the top, and in each an image or a build."""
    names = mapping(value)
    if "services" in names:
        return mapping(names["services"])
    oldest = all("image" in mapping(service) or "build" in mapping(service) for service in names.values())
    return names if oldest else {}


def read_compose(content: Any) -> Imported:
    """The graph of a Compose file's text, or of what its JSON holds. Raises ImportProblem."""
    documents = yaml_documents(content) if isinstance(content, str) else (content,)
    files = [document for document in documents if is_compose(document)]
    if not files:
        raise ImportProblem("no service in it", "give a Compose file with its `services`")
    services = {id_of(id): mapping(service) for file in files for id, service in services_of(file).items()}
    services.pop("", None)
    project = next((name for file in files if (name := name_of(mapping(file).get("name")))), "")
    edges, lost = _edges(services)
    nodes = placed((_node(id, service, project) for id, service in services.items()), edges)
    notes = []
    if edges:
        notes.append("`depends_on` says who waits for whom, not who sends to whom: look at the directions")
    if lost:
        notes.append(f"{plural(len(lost), 'service')} that others wait for and the file does not have: {lost[0]}")
    if any(file.get("include") for file in files):
        notes.append("`include` was not followed: give those files too")
    if extended := [id for id, service in services.items() if service.get("extends")]:
        notes.append(f"`extends` was not followed, in {plural(len(extended), 'service')}: {extended[0]}")
    return Imported(nodes, edges, tuple(notes))


def _edges(services: Mapping[str, Mapping[str, Any]]) -> tuple[tuple[ImportedEdge, ...], list[str]]:
    edges: dict[ImportedEdge, None] = {}
    lost: dict[str, None] = {}
    for id, service in services.items():
        for other in _waited_for(service):
            if other in services:
                edges[ImportedEdge(other, id)] = None
            else:
                lost[other] = None
    return tuple(edges), list(lost)


def _waited_for(service: Mapping[str, Any]) -> Iterator[str]:
    depends_on = service.get("depends_on")
    yield from filter(None, map(id_of, depends_on if isinstance(depends_on, list | dict) else ()))
    for link in listed(service.get("links")):
        if name := id_of(link).partition(":")[0]:
            yield name


def _node(id: str, service: Mapping[str, Any], project: str) -> ImportedNode:
    evidence = _role(id, service)
    labels = mapping(service.get("labels"))
    description = next((text for label in _LABELS if (text := plain(labels.get(label)))), "")
    if not evidence:
        return ImportedNode(id, name_of(id) or id, Role.TRANSFORM, "", path_of([project]), description=description)
    return ImportedNode(
        id, name_of(id) or id, evidence.role, evidence.reason, path_of([project]), evidence.certain, description
    )


def _role(id: str, service: Mapping[str, Any]) -> RoleEvidence | None:
    """By the image's name, the last part of its path: `docker.io/bitnami/kafka:3.7`; else a guess by all names."""
    image = re.sub(r"\$\{[^{}]*?:?-([^{}]*)\}", r"\1", str(service.get("image") or ""))  # ${IMAGE:-apache/airflow}
    repository = re.sub(r"(?<!/)[:@][^/]*$", "", image)
    *makers, last = repository.lower().split("/")
    role = by_product(makers[-1] if makers and last in _GENERIC else last)
    if role and (role is Role.CONSUMER or not _AIDES.search(last)):
        return RoleEvidence(role, f"image `{name_of(repository)}`")
    return by_words(f"{id} {repository}", "its name")
