"""What the tests of the readers read, and how they look at what came of it."""

from pathlib import Path

from lifecycle.importing import Imported, ImportedNode, read_brought, read_paths

FIXTURES = Path(__file__).parent / "fixtures"


def read(*names: str) -> Imported:
    return read_paths([FIXTURES / name for name in names])


def of_text(text: str, name: str = "") -> Imported:
    return read_brought([(name, text.encode())])


def edges(graph: Imported) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in graph.edges}


def by_id(graph: Imported) -> dict[str, ImportedNode]:
    return {node.id: node for node in graph.nodes}


def roles(graph: Imported) -> dict[str, tuple[str, str, bool]]:
    return {node.id: (node.role.value, node.reason, node.certain) for node in graph.nodes}
