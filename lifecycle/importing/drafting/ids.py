"""Ids of a course for the nodes of a graph: short, readable, and the same each time the project is read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from lifecycle.documents import NO_IDS
from lifecycle.importing.graph import ImportedNode

MOST = 64
_TAIL = 6  # hexadecimal digits that tell two nodes of one name apart
_TAKEN = {"lifecycle", *NO_IDS}  # the first names the course as a whole


def course_ids(nodes: Sequence[ImportedNode], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The id of each node in the course, by its id in the graph.

    It is made of the node's own name and, where another has the same or it is cut short, of its id: what else the
    project holds, and in which order, changes an id only where a name is no longer its own. Those that are `known` from
    the last time stay as they are, and nobody else gets them.
    """
    known = {node: id for node, id in (known or {}).items() if id not in NO_IDS}
    wanted = {node.id: slug(node.name) or slug(node.id) for node in nodes if node.id not in known}
    times = Counter([*wanted.values(), *known.values()])
    made = {id: _told_apart(slug, id) if _ambiguous(slug, times) else slug for id, slug in wanted.items()}
    return {node.id: known.get(node.id) or made[node.id] for node in nodes}


def shared_ids(one: Sequence[ImportedNode], other: Sequence[ImportedNode]) -> dict[str, str]:
    """The ids of two versions of a project: a node has the same in both, though its name may have changed.

    Which version comes first makes no difference.
    """
    nodes: dict[str, ImportedNode] = {}
    for node in (*one, *other):
        nodes[node.id] = min(nodes.get(node.id, node), node, key=lambda version: version.name)
    return course_ids(tuple(nodes.values()))


def _ambiguous(slug: str, times: Counter[str]) -> bool:
    return not slug or times[slug] > 1 or len(slug) > MOST or slug in _TAKEN


def slug(text: str) -> str:
    """Lower-case letters and digits in words joined by hyphens; accents are dropped, other letters left out."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower()))


def _told_apart(slug: str, id: str) -> str:
    tail = hashlib.sha256(id.encode()).hexdigest()[:_TAIL]
    head = slug[: MOST - _TAIL - 1].rstrip("-") or "node"
    return f"{head}-{tail}"
