"""What a file is, by what is in it: its name may be anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from lifecycle.importing.airflow.dags import is_airflow
from lifecycle.importing.compose import is_compose
from lifecycle.importing.connect import is_connect_json, is_connect_text
from lifecycle.importing.dot import is_dot
from lifecycle.importing.graph import ImportProblem
from lifecycle.importing.json_texts import CutShort, listed, mapping, read_json
from lifecycle.importing.mermaid.diagrams import diagram_type, has_diagrams
from lifecycle.importing.openlineage import is_event
from lifecycle.importing.yaml_texts import yaml_documents


class FileKind(Enum):
    """What a file is; the value says it in words."""

    MANIFEST = "a dbt manifest"
    CATALOG = "a dbt catalog"
    RUN_RESULTS = "dbt run results"
    SOURCES = "dbt source freshness"
    OPENLINEAGE = "OpenLineage events"
    MERMAID = "a Mermaid flowchart"
    DOT = "a Graphviz graph"
    COMPOSE = "a Compose file"
    CONNECT = "a Kafka Connect configuration"
    AIRFLOW = "an Airflow DAG file"


class UnknownFile(ImportProblem):
    """A file of none of the kinds that can be read."""


@dataclass(frozen=True)
class FileContent:
    """A file of a known kind: its text, or what its JSON holds; in which line it is cut off, 0 where it is whole."""

    kind: FileKind
    value: Any
    cut_line: int = 0


READABLE = "dbt artefacts, OpenLineage events, Mermaid, DOT, Compose, Kafka Connect or Airflow files"
ARTEFACTS = {
    "manifest": FileKind.MANIFEST,
    "catalog": FileKind.CATALOG,
    "run-results": FileKind.RUN_RESULTS,
    "sources": FileKind.SOURCES,
}
# Version 1 of Compose: a name, and indented below it an image or what builds one.
_OLD_COMPOSE = re.compile(r"^[\w.-]+:[ \t]*\n(?:[ \t]+\S.*\n|[ \t]*\n)*?[ \t]+(?:image|build):", re.MULTILINE)
NODE_IDS = ("model.", "seed.", "snapshot.", "test.", "analysis.", "operation.")


def content_of(data: bytes) -> FileContent:
    """The kind of a file and its content. Raises UnknownFile, and ImportProblem for one that is broken."""
    text = _text(data)
    if text.lstrip().startswith(("{", "[")):
        try:
            value = read_json(text)
        except CutShort as problem:  # a log of events that is still being written, or was copied in part
            if not any(map(is_event, problem.documents)):
                raise
            return FileContent(FileKind.OPENLINEAGE, list(problem.documents), problem.line)
        return FileContent(_json_kind(value), value)
    return FileContent(_text_kind(text), text)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportProblem("saved as UTF-16, not UTF-8", "save it again as UTF-8", line=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data[:1000]:
            raise UnknownFile("not a text file", f"give {READABLE}") from error
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportProblem(
            f"not UTF-8: byte 0x{data[error.start]:02x}", "save it again as UTF-8", line=line
        ) from error
    if not text.strip():
        raise UnknownFile("an empty file", f"give {READABLE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _json_kind(value: Any) -> FileKind:
    names = mapping(value)
    metadata = mapping(names.get("metadata"))
    artefact = re.search(r"/dbt/([a-z-]+)/v\d+", str(metadata.get("dbt_schema_version") or ""))
    if artefact:
        if kind := ARTEFACTS.get(artefact[1]):
            return kind
        raise UnknownFile(f"the dbt artefact `{artefact[1]}`, which draws no graph", "give manifest.json")
    if any(map(is_event, listed(value) or listed(names.get("events")) or [value])):
        return FileKind.OPENLINEAGE
    if is_connect_json(value):
        return FileKind.CONNECT
    if is_compose(value):
        return FileKind.COMPOSE
    if kind := _undated_artefact(names):
        return kind
    raise UnknownFile("JSON of a kind that is not known", f"give {READABLE}")


def _undated_artefact(names: Any) -> FileKind | None:
    """The artefact of dbt that lost its metadata, or is older than they are."""
    results = [mapping(result) for result in listed(names.get("results"))[:20]]
    if any("execution_time" in result for result in results):
        return FileKind.SOURCES if any("max_loaded_at" in result for result in results) else FileKind.RUN_RESULTS
    if any("max_loaded_at" in result for result in results):
        return FileKind.SOURCES
    entries = [mapping(names.get(section)) for section in ("nodes", "sources", "exposures", "metrics")]
    if any("stats" in mapping(entry) for section in entries for entry in section.values()):
        return FileKind.CATALOG
    if any(
        "resource_type" in mapping(entry) or str(id).startswith((*NODE_IDS, "source.", "exposure.", "metric."))
        for section in entries
        for id, entry in section.items()
    ):
        return FileKind.MANIFEST
    return None


def _is_old_compose(text: str) -> bool:
    """Whether it is a Compose file of version 1: much YAML has an `image` or a `build` somewhere."""
    if not _OLD_COMPOSE.search(text):
        return False
    try:
        return any(map(is_compose, yaml_documents(text)))
    except ImportProblem:
        return False


def _text_kind(text: str) -> FileKind:
    if is_dot(text):
        return FileKind.DOT
    if diagram_type(text) or has_diagrams(text):
        return FileKind.MERMAID
    if is_connect_text(text):
        return FileKind.CONNECT
    if is_airflow(text):
        return FileKind.AIRFLOW
    if re.search(r"^services\s*:", text, re.MULTILINE) or _is_old_compose(text):
        return FileKind.COMPOSE
    raise UnknownFile("a text of a kind that is not known", f"give {READABLE}")
