"""What an import remembers in the folder that it wrote, so that the next one knows what people have edited."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lifecycle.importing.drafting.draft import CORRECTED
from lifecycle.importing.drafting.stages import Draft
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.simulation.model.kinds import Role

FILE = ".headwaters-import.json"
VERSION = 1
_ID = re.compile(r"[a-z0-9-]{1,64}")
# What an import writes: whatever else the file of its memory names is nothing that it may touch.
_WRITTEN = re.compile(r"(?:stages|quizzes|scenarios|talks)/[a-z0-9-]{1,64}\.md|TODO\.md")


@dataclass(frozen=True)
class RememberedNode:
    """A node as it was: its id in the course, its name and role, its columns, and its neighbours by their ids there."""

    stage: str
    name: str
    role: str
    columns: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class ImportMemory:
    """The last import of a folder. `taught`: whether it wrote scenarios and questions, too.

    `pipeline` is pipeline.yaml as it was written then, `digests` say the same of each other file; `nodes` are by id.
    `corrected`: roles that people have given stages.
    """

    title: str
    taught: bool
    pipeline: str
    digests: Mapping[str, str]
    nodes: Mapping[str, RememberedNode]
    corrected: Mapping[str, Role]


def remembered(folder: Path) -> ImportMemory | None:
    """What the last import of the folder left, None where there was none; ValueError in words where it is broken."""
    try:
        value = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"{folder / FILE} cannot be read, so nobody can tell what was edited; {_FIX}") from error
    top = mapping(value)
    if top.get("version") != VERSION or not isinstance(top.get("pipeline"), str):
        raise ValueError(f"{folder / FILE} is of another version; {_FIX}")
    digests = {path: str(digest) for path, digest in mapping(top.get("digests")).items() if _WRITTEN.fullmatch(path)}
    nodes = {id: _node(mapping(node)) for id, node in mapping(top.get("nodes")).items()}
    known = {id: node for id, node in nodes.items() if _ID.fullmatch(node.stage)}
    corrected = {id: Role(role) for id, role in mapping(top.get("corrected")).items() if role in tuple(Role)}
    return ImportMemory(
        str(top.get("title") or ""), bool(top.get("taught")), top["pipeline"], digests, known, corrected
    )


_FIX = "bring it back from your version control, or name a new folder"


def _node(node: Mapping[str, Any]) -> RememberedNode:
    columns, before, after = (tuple(map(str, listed(node.get(key)))) for key in ("columns", "before", "after"))
    return RememberedNode(str(node.get("stage")), str(node.get("name")), str(node.get("role")), columns, before, after)


def memory_text(draft: Draft, files: Mapping[str, str], pipeline: str, *, taught: bool) -> str:
    """The text of the memory's file: `files` as they were made, `pipeline` before anything of people's came to it."""
    value = {
        "version": VERSION,
        "about": "The import writes this file to know what was edited since. Keep it with the course.",
        "title": draft.title,
        "taught": taught,
        "pipeline": pipeline,
        "digests": {path: digest(text.encode()) for path, text in sorted(files.items()) if _WRITTEN.fullmatch(path)},
        "nodes": {id: asdict(node) for id, node in _nodes(draft)},
        "corrected": {stage.id: str(stage.role) for stage in draft.stages if stage.why == CORRECTED},
    }
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _nodes(draft: Draft) -> Iterator[tuple[str, RememberedNode]]:
    before: dict[str, list[str]] = {stage.id: [] for stage in draft.stages}
    after: dict[str, list[str]] = {stage.id: [] for stage in draft.stages}
    for flow in draft.flows:
        before[flow.target].append(flow.source)
        after[flow.source].append(flow.target)
    for stage in draft.stages:
        node, columns = stage.node, tuple(column.name for column in stage.node.columns)
        neighbours = tuple(before[stage.id]), tuple(after[stage.id])
        yield node.id, RememberedNode(stage.id, node.name, str(node.role), columns, *neighbours)


def digest(content: bytes) -> str:
    """The name of a file's content; line ends that a version control turns make no difference."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
