"""The two versions, read: courses from their folders, what another tool knows drafted in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lifecycle.course import Course, load
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.pipeline_file import FILE as PIPELINE_FILE
from lifecycle.course.pipeline_file import pipeline_of
from lifecycle.course.scenarios import NamedScenario
from lifecycle.importing import Imported, read_paths
from lifecycle.importing.drafting import drafted, pipeline_text, shared_ids
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.bill import Prices


@dataclass(frozen=True)
class PipelineSide:
    """One version. `scenarios`: its days, none for what was drafted; `prices` None where it has no price book.

    `notes` say what was decided while it was drafted.
    """

    name: str
    pipeline: Pipeline
    scenarios: tuple[NamedScenario, ...] = ()
    traces: Mapping[str, Trace] = field(default_factory=dict)
    prices: Prices | None = None
    notes: tuple[str, ...] = ()


def read_sides(before: Path, after: Path) -> tuple[PipelineSide, PipelineSide]:
    """Read both; of two imports a node has one id in both, whatever it is called.

    Errors: `ContentError` for a faulty course; ValueError, one line in words, for what cannot be read or is too large.
    """
    graphs = {path: read_paths([path]) for path in (before, after) if not _is_course(path)}
    ids = shared_ids(graphs[before].nodes, graphs[after].nodes) if before in graphs and after in graphs else None
    one, other = (
        _drafted_side(path, graphs[path], ids) if path in graphs else _course_side(path) for path in (before, after)
    )
    return one, other


def _is_course(path: Path) -> bool:
    return (path / PIPELINE_FILE).is_file()


def _course_side(path: Path) -> PipelineSide:
    course: Course = load(path)
    return PipelineSide(str(path), course.pipeline, course.scenarios, course.traces, course.prices)


def _drafted_side(path: Path, graph: Imported, ids: Mapping[str, str] | None) -> PipelineSide:
    draft = drafted(graph, path.name or "Pipeline", ids)
    return PipelineSide(str(path), pipeline_of(pipeline_text(draft)), notes=draft.notes)
