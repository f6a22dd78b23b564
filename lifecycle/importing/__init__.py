"""Pipelines that other tools know as one graph: dbt, OpenLineage, Mermaid, DOT, Compose, Kafka Connect, Airflow.

Files come from strangers: nothing in them is run, fetched or believed beyond what it says, and every fault is one line
(`ImportProblem`). Nothing here knows courses, pages or the store.
"""

from lifecycle.importing.graph import (
    Imported,
    ImportedColumn,
    ImportedEdge,
    ImportedNode,
    ImportProblem,
    Observation,
)
from lifecycle.importing.reading import read_brought, read_files, read_paths

__all__ = [
    "ImportProblem",
    "Imported",
    "ImportedColumn",
    "ImportedEdge",
    "ImportedNode",
    "Observation",
    "read_brought",
    "read_files",
    "read_paths",
]
