"""Which nodes of a project are those of its last import, whatever they are called now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from lifecycle.importing.again.memory import ImportMemory, RememberedNode
from lifecycle.importing.graph import Imported, ImportedNode


@dataclass(frozen=True)
class SameNodes:
    """The stage's id for each node that was there before; names of what is `new` and `gone`, and (old, new) names."""

    stages: Mapping[str, str]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]


def same_nodes(graph: Imported, memory: ImportMemory) -> SameNodes:
    """Match the nodes of a graph with those that are remembered.

    A node is the one with its id. Of those that are left it is the one with its name and role, else the one with its
    role, its columns and all its neighbours, where only one on either side is like that. When in doubt it is new.
    """
    joined = {end for edge in graph.edges if edge.source != edge.target for end in (edge.source, edge.target)}
    nodes = {node.id: node for node in graph.nodes if node.id in joined}
    stages = {id: memory.nodes[id].stage for id in nodes if id in memory.nodes}
    before, after = _neighbours(graph)

    def named(node: ImportedNode) -> Hashable:
        return node.name, str(node.role)

    def was_named(node: RememberedNode) -> Hashable:
        return node.name, node.role

    def placed(node: ImportedNode) -> Hashable:
        near = tuple(frozenset(stages[n] for n in ends.get(node.id, ()) if n in stages) for ends in (before, after))
        columns = frozenset(column.name for column in node.columns)
        return (str(node.role), columns, near) if any(near) else None

    def was_placed(node: RememberedNode) -> Hashable:
        alive = set(stages.values())
        near = tuple(frozenset(alive.intersection(ends)) for ends in (node.before, node.after))
        return (node.role, frozenset(node.columns), near) if any(near) else None

    renamed = {}
    for sign, sign_before in ((named, was_named), (placed, was_placed)):
        left = [node for id, node in nodes.items() if id not in stages]
        lost = {id: node for id, node in memory.nodes.items() if node.stage not in stages.values()}
        for node, old in _pairs(left, lost.values(), sign, sign_before):
            stages[node.id] = old.stage
            renamed[node.id] = old.name
    renamed |= {id: memory.nodes[id].name for id in nodes if id in memory.nodes}
    gone = tuple(sorted(node.name for node in memory.nodes.values() if node.stage not in stages.values()))
    return SameNodes(
        stages,
        tuple(node.name for id, node in nodes.items() if id not in stages),
        gone,
        tuple((old, nodes[id].name) for id, old in renamed.items() if old != nodes[id].name),
    )


def _neighbours(graph: Imported) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for edge in graph.edges:
        if edge.source != edge.target:
            before.setdefault(edge.target, set()).add(edge.source)
            after.setdefault(edge.source, set()).add(edge.target)
    return before, after


def _pairs(
    left: Iterable[ImportedNode],
    lost: Iterable[RememberedNode],
    sign: Callable[[ImportedNode], Hashable],
    sign_before: Callable[[RememberedNode], Hashable],
) -> list[tuple[ImportedNode, RememberedNode]]:
    """Those of either side that bear the same sign, where nobody else on their side does."""
    now, then = [(sign(node), node) for node in left], [(sign_before(node), node) for node in lost]
    times, times_before = Counter(key for key, _ in now), Counter(key for key, _ in then)
    only = {key: node for key, node in then if key is not None and times_before[key] == 1}
    return [(node, only[key]) for key, node in now if key in only and times[key] == 1]
