"""A graph written as a course: into a new folder, or over its last import, with all that people changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lifecycle.importing.again import (
    ASIDE,
    MEMORY,
    ImportMemory,
    KeptFiles,
    MergedPipeline,
    SameNodes,
    free,
    kept,
    memory_text,
    merged,
    remembered,
    replace_files,
    same_nodes,
    standing,
)
from lifecycle.importing.drafting import Draft, course_files, drafted, todo, write_course
from lifecycle.importing.drafting.todo import TODO
from lifecycle.importing.graph import Imported
from lifecycle.importing.teaching import teaching_files
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network

PIPELINE = "pipeline.yaml"
# Without these a course is none, or others of its files lead nowhere: where somebody deletes them, they come again.
_NEEDED = ("stages/", "scenarios/ordinary-day.md", "TODO.md")


@dataclass(frozen=True)
class WrittenCourse:
    """What was written. Of a folder that was imported before `same` says which nodes were there, `kept` what stays."""

    draft: Draft
    pipeline: MergedPipeline
    same: SameNodes | None = None
    kept: KeptFiles | None = None


def write_graph(
    graph: Imported, title: str, folder: Path, network_of: Callable[[str], Network], *, taught: bool
) -> WrittenCourse:
    """Write a graph as a course, `taught` with days, questions and a tour; "" for the title of before, or the folder's.

    `network_of` reads the text of a pipeline.yaml as the course will, and raises ValueError where that cannot be.
    ValueError in words, and nothing is written, where the course cannot be.
    """
    memory = remembered(folder)
    same, before, corrected = None, "", None
    if memory:
        before = _now(folder, memory)
        same, corrected = same_nodes(graph, memory), _corrected(memory, before, network_of)
        title, taught = title or memory.title, taught or memory.taught
    draft = drafted(graph, title or folder.absolute().name, same.stages if same else None, corrected)
    made = course_files(draft)[PIPELINE]
    pipeline = merged(memory.pipeline, before, made) if memory else MergedPipeline(made)
    network = network_of(pipeline.text)
    stages = {station.id for station in network.stations}
    files = {path: text for path, text in course_files(draft).items() if PurePosixPath(path).stem in stages}
    news = tuple(_news(same)) if same else ()
    files[TODO] = todo(draft, news=news)
    if taught:
        files |= teaching_files(draft, network, lambda path: standing(folder, memory, path) if memory else None, news)
    remember = memory_text(draft, files, made, taught=taught)
    if memory is None:
        write_course({PIPELINE: pipeline.text, **files, MEMORY: remember}, folder)
        return WrittenCourse(draft, pipeline)
    change = kept(folder, memory, files, [path for path in files if path.startswith(_NEEDED)])
    write = {**change.write, PIPELINE: pipeline.text, MEMORY: remember}
    if pipeline.dropped:
        write[free(folder, f"{ASIDE}/pipeline.txt")] = "".join(pipeline.dropped)
    replace_files(folder, write, change.move, change.remove)
    return WrittenCourse(draft, pipeline, same, change)


def _corrected(memory: ImportMemory, now: str, network_of: Callable[[str], Network]) -> dict[str, Role]:
    """The roles that people have given stages in pipeline.yaml, now or before an earlier import."""
    last, ours = ({one.id: one.role for one in network_of(text).stations} for text in (memory.pipeline, now))
    changed = {id: role for id, role in ours.items() if last.get(id, role) is not role}
    return {**memory.corrected, **changed}


def _now(folder: Path, memory: ImportMemory) -> str:
    """pipeline.yaml as people have it; that of the last import where they deleted it."""
    try:
        return (folder / PIPELINE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return memory.pipeline
    except (OSError, ValueError) as error:
        raise ValueError(f"{folder / PIPELINE} cannot be read; save it as UTF-8 text") from error


def _news(same: SameNodes) -> Iterator[str]:
    yield from (f"{name} is new" for name in same.new)
    yield from (f"{name} is gone" for name in same.gone)
    yield from (f"{old} is called {new} now" for old, new in same.renamed)
