"""A graph written as a course: into a new folder, or over its last import, with all that people changed in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
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
from lifecycle.importing.drafting import PIPELINE, Draft, course_files, drafted, pipeline_text, todo, write_course
from lifecycle.importing.drafting.todo import TODO
from lifecycle.importing.graph import Imported
from lifecycle.importing.teaching import teaching_files
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network
from lifecycle.words import with_article

NetworkReading = Callable[[str], Network]
# Without these a course is none, or others of its files lead nowhere: where somebody deletes them, they come again.
_NEEDED = ("stages/", "scenarios/ordinary-day.md", "TODO.md")


@dataclass(frozen=True)
class WrittenCourse:
    """What was written. Of a folder that was imported before `same` says which nodes were there, `kept` what stays.

    `otherwise` says what both imports have and is not what it was.
    """

    draft: Draft
    pipeline: MergedPipeline
    same: SameNodes | None = None
    kept: KeptFiles | None = None
    otherwise: tuple[str, ...] = ()


def new_files(
    draft: Draft, network_of: NetworkReading, *, taught: bool, read: Imported | None = None
) -> dict[str, str]:
    """The text of each file of a new course by its path: all that `write_graph` writes into an empty folder.

    `network_of` reads the text of a pipeline.yaml as the course will, and raises ValueError where that cannot be.
    `taught`: with days, questions and a tour. `read`: the graph as the files have it, where a person has changed it
    since; the next import then keeps these changes like any that are made in the folder. ValueError in words where the
    course cannot be.
    """
    made = course_files(draft)
    network = network_of(made[PIPELINE])
    others = teaching_files(draft, network) if taught else {TODO: todo(draft)}
    files = {PIPELINE: made[PIPELINE], **_pages(made, network), **others}
    before = _as_read(read, draft, network_of) if read else draft
    made = course_files(before) if before is not draft else made
    return {**files, MEMORY: memory_text(before, made | others, made[PIPELINE], taught=taught)}


def _as_read(read: Imported, draft: Draft, network_of: NetworkReading) -> Draft:
    """The course of the graph as it was read, under the ids of the draft; the draft itself where that makes none."""
    try:
        before = drafted(read, draft.title, {stage.node.id: stage.id for stage in draft.stages})
        network_of(pipeline_text(before))
    except ValueError:
        return draft
    return before


def write_graph(
    graph: Imported, title: str, folder: Path, network_of: NetworkReading, *, taught: bool
) -> WrittenCourse:
    """Write a graph as a course, `taught` as in `new_files`; "" for the title of before, or the folder's.

    ValueError in words, and nothing is written, where the course cannot be.
    """
    memory = remembered(folder)
    if memory:
        return _written_again(graph, title, folder, memory, network_of, taught=taught)
    draft = drafted(graph, title or folder.absolute().name)
    files = new_files(draft, network_of, taught=taught)
    write_course(files, folder)
    return WrittenCourse(draft, MergedPipeline(files[PIPELINE]))


def _written_again(
    graph: Imported, title: str, folder: Path, memory: ImportMemory, network_of: NetworkReading, *, taught: bool
) -> WrittenCourse:
    """The same project once more, over its last import; what was taught then is taught again."""
    before = _now(folder, memory)
    same, corrected = same_nodes(graph, memory), _corrected(memory, before, network_of)
    draft = drafted(graph, title or memory.title or folder.absolute().name, same.stages, corrected)
    made = course_files(draft)
    pipeline = merged(memory.pipeline, before, made[PIPELINE])
    otherwise = tuple(_otherwise(network_of(memory.pipeline), network_of(made[PIPELINE]), corrected))
    news = (*_news(same), *otherwise)
    network, taught = network_of(pipeline.text), taught or memory.taught
    files = _pages(made, network)
    if taught:
        files |= teaching_files(draft, network, lambda path: standing(folder, memory, path), news)
    else:
        files[TODO] = todo(draft, news=news)
    remember = memory_text(draft, files, made[PIPELINE], taught=taught)
    change = kept(folder, memory, files, [path for path in files if path.startswith(_NEEDED)])
    write = {**change.write, PIPELINE: pipeline.text, MEMORY: remember}
    if pipeline.dropped:
        write[free(folder, f"{ASIDE}/pipeline.txt")] = "".join(pipeline.dropped)
    replace_files(folder, write, change.move, change.remove)
    return WrittenCourse(draft, pipeline, same, change, otherwise)


def _otherwise(last: Network, made: Network, corrected: Collection[str]) -> Iterator[str]:
    """What both readings have and is not what it was, a line each: roles, and what was observed.

    `corrected` are the stages whose role people have set: theirs is no news.
    """
    before = {station.id: station for station in last.stations}
    for station in made.stations:
        if not (old := before.get(station.id)):
            continue
        if station.role is not old.role and station.id not in corrected:
            yield f"{station.id} is {with_article(station.role)} now, and was {with_article(old.role)}"
        timed, was_timed = ("drawn_s" in dict(one.figures) or bool(one.observed_s) for one in (station, old))
        if timed is not was_timed:
            yield f"{station.id} has {'its observed times now' if timed else 'no observed times any more'}"
    timetables = {schedule.id: schedule for schedule in last.schedules}
    for schedule in made.schedules:
        if (old_one := timetables.get(schedule.id)) and schedule != old_one:
            yield f"the schedule {schedule.id} has other starts or another number of slots"


def _pages(made: Mapping[str, str], network: Network) -> dict[str, str]:
    """The pages of the stages that the course has: people may have taken some out of pipeline.yaml."""
    stages = {station.id for station in network.stations}
    return {path: text for path, text in made.items() if path != PIPELINE and PurePosixPath(path).stem in stages}


def _corrected(memory: ImportMemory, now: str, network_of: NetworkReading) -> dict[str, Role]:
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
