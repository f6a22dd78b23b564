"""Files of one pipeline to one graph: a reader for every kind of file, and what lies beside dbt's manifest.

A file that cannot be meant is refused where somebody named it, else passed over (`passing`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from lifecycle.documents import printable
from lifecycle.importing.airflow.dags import read_dags
from lifecycle.importing.compose import read_compose
from lifecycle.importing.connect import read_connect
from lifecycle.importing.dbt.beside import observations, with_catalog, with_freshness, without_nodes
from lifecycle.importing.dbt.manifest import read_manifest, version_words
from lifecycle.importing.dot import read_dot
from lifecycle.importing.graph import Imported, ImportProblem
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.importing.merging import merged, with_cycle_noted
from lifecycle.importing.mermaid.flowcharts import read_mermaid
from lifecycle.importing.opening import NamedBytes, open_named, open_paths
from lifecycle.importing.openlineage import read_events
from lifecycle.importing.passing import GivenFile, PassedOver
from lifecycle.importing.telling import FileKind, content_of
from lifecycle.words import plural

Contents = dict[FileKind, list[GivenFile]]

# The kinds of which each file is a graph by itself.
READERS: dict[FileKind, Callable[[Any], Imported]] = {
    FileKind.MERMAID: read_mermaid,
    FileKind.DOT: read_dot,
    FileKind.COMPOSE: read_compose,
}
BESIDE = (FileKind.CATALOG, FileKind.RUN_RESULTS, FileKind.SOURCES)


def read_paths(paths: Sequence[Path]) -> Imported:
    """The one graph of files, folders and zip archives. Raises ImportProblem: one line, and nothing is half read."""
    return read_files(open_paths(paths))


def read_brought(files: Sequence[tuple[str, bytes]]) -> Imported:
    """The one graph of files that somebody brought, each a name and its bytes. Raises ImportProblem."""
    return read_files(open_named(files))


def read_files(files: Iterable[NamedBytes]) -> Imported:
    """The one graph of the files. Raises ImportProblem."""
    passed = PassedOver()
    contents = _sorted_out(files, passed)
    graphs = _dbt(contents, passed)
    with_manifest = bool(graphs)
    graphs += [*_events(contents, passed), *_connect(contents, passed)]
    for kind, reader in READERS.items():
        for file in contents[kind]:
            graphs += _of_file(file, kind, reader, passed)
    for file in contents[FileKind.AIRFLOW]:
        graphs += _of_file(file, FileKind.AIRFLOW, partial(read_dags, name=file.name), passed)
    passed.refuse_empty(with_manifest=with_manifest)
    union = with_cycle_noted(merged(graphs))
    return replace(union, notes=(*passed.notes(), *union.notes))


def _sorted_out(files: Iterable[NamedBytes], passed: PassedOver) -> Contents:
    """The contents by kind; where there is a manifest, of those that nobody named what is dbt's alone."""
    contents: Contents = defaultdict(list)
    beside: list[tuple[FileKind, GivenFile]] = []
    for file in files:
        try:
            content = content_of(file.data)
        except ImportProblem as problem:
            passed.fault(file.name, file.within, problem)
            continue
        if content.cut_line:
            passed.cut_off(file.name, content.cut_line)
        given = GivenFile(file.name, file.within, content.value)
        if not file.within or content.kind in (FileKind.MANIFEST, *BESIDE):
            contents[content.kind].append(given)
        else:
            beside.append((content.kind, given))
    for kind, given in beside:
        if contents[FileKind.MANIFEST]:  # a project's own notes and set-up are no part of its graph
            passed.beside_manifest(given)
        else:
            contents[kind].append(given)
    return contents


def _of_file(
    file: GivenFile, kind: FileKind, read: Callable[[Any], Imported], passed: PassedOver, detail: str = ""
) -> list[Imported]:
    """The file's graph, or none where it is passed over."""
    try:
        graph = _read(read, file.value)
    except ImportProblem as problem:
        passed.fault(file.name, file.within, problem)
        return []
    passed.read(file)
    return [_with_origin(graph, file.name, kind, detail)]


def _read(read: Callable[[Any], Imported], value: Any) -> Imported:
    try:
        return read(value)
    except RecursionError as error:
        raise ImportProblem("nested too deep to be read", "check that the file is what its tool wrote") from error


def _with_origin(graph: Imported, name: str, kind: FileKind, detail: str = "") -> Imported:
    what = f"{printable(name) or 'the file'}: {kind.value}{f' ({detail})' if detail else ''}"
    size = f"{plural(len(graph.nodes), 'node')} and {plural(len(graph.edges), 'edge')}"
    return replace(graph, origins=(f"{what}, {size}",))


def _of_files(
    files: Sequence[GivenFile], kind: FileKind, read: Callable[[Sequence[Any]], Imported], passed: PassedOver
) -> list[Imported]:
    """One graph of all the files, none where there are no files. Raises ImportProblem."""
    if not files:
        return []
    name = files[0].name if len(files) == 1 else plural(len(files), "file")
    try:
        graph = _read(read, [file.value for file in files])
    except ImportProblem as problem:
        raise problem.of(name) from problem
    for file in files:
        passed.read(file)
    return [_with_origin(graph, name, kind)]


def _dbt(contents: Contents, passed: PassedOver) -> list[Imported]:
    graphs: list[Imported] = []
    for file in contents[FileKind.MANIFEST]:
        graphs += _of_file(file, FileKind.MANIFEST, read_manifest, passed, version_words(file.value))
    for kind in BESIDE:
        for file in contents[kind]:
            if graphs:
                passed.read(file)
            else:
                problem = ImportProblem(f"{kind.value}, which draws no graph alone", "give manifest.json with it")
                passed.fault(file.name, file.within, problem)
    return [_with_beside(graph, contents) for graph in graphs]


def _with_beside(graph: Imported, contents: Contents) -> Imported:
    for file in contents[FileKind.CATALOG]:
        graph = with_catalog(graph, file.value)
    for file in contents[FileKind.SOURCES]:
        graph = with_freshness(graph, file.value)
    known = {node.id for node in graph.nodes}
    runs = [seen for file in contents[FileKind.RUN_RESULTS] for seen in observations(file.value)]
    strange = without_nodes(runs, [file.value for file in contents[FileKind.MANIFEST]])
    notes = (f"runs of {plural(strange, 'node')} that the graph does not have",) if strange else ()
    observed = tuple(seen for seen in runs if seen.node in known)
    origins = (f"{printable(file.name)}: {kind.value}" for kind in BESIDE for file in contents[kind])
    return replace(graph, observed=observed, notes=(*graph.notes, *notes), origins=(*graph.origins, *origins))


def _events(contents: Contents, passed: PassedOver) -> list[Imported]:
    """One graph of all events, since the files of a folder hold one each, and a run's events lie in several."""

    def read(values: Sequence[Any]) -> Imported:
        lists = (listed(value) or listed(mapping(value).get("events")) or [value] for value in values)
        return read_events([event for events in lists for event in events])

    return _of_files(contents[FileKind.OPENLINEAGE], FileKind.OPENLINEAGE, read, passed)


def _connect(contents: Contents, passed: PassedOver) -> list[Imported]:
    """One graph of all connectors: what one writes to a topic another reads from it."""
    files = [file for file in contents[FileKind.CONNECT] if _has_connector(file, passed)]
    return _of_files(files, FileKind.CONNECT, read_connect, passed)


def _has_connector(file: GivenFile, passed: PassedOver) -> bool:
    try:
        _read(read_connect, [file.value])
    except ImportProblem as problem:
        passed.fault(file.name, file.within, problem)
        return False
    return True
