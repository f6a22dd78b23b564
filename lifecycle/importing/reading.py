"""Files of one pipeline to one graph: a reader for every kind of file, and what lies beside dbt's manifest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from lifecycle.documents import printable
from lifecycle.importing.airflow.dags import read_dags
from lifecycle.importing.compose import read_compose
from lifecycle.importing.connect import read_connect
from lifecycle.importing.dbt.beside import observations, with_catalog, with_freshness
from lifecycle.importing.dbt.manifest import read_manifest, version_words
from lifecycle.importing.dot import read_dot
from lifecycle.importing.graph import Imported, ImportProblem
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.importing.merging import merged, with_cycle_noted
from lifecycle.importing.mermaid.flowcharts import read_mermaid
from lifecycle.importing.opening import NamedBytes, open_named, open_paths
from lifecycle.importing.openlineage import read_events
from lifecycle.importing.telling import FileContent, FileKind, UnknownFile, content_of
from lifecycle.words import plural

Contents = dict[FileKind, list[tuple[str, Any]]]

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
    contents, notes = _sorted_out(files)
    graphs = [*_dbt(contents), *_events(contents), *_connect(contents)]
    for kind, reader in READERS.items():
        graphs += [_of_file(name, kind, reader, value) for name, value in contents[kind]]
    for name, value in contents[FileKind.AIRFLOW]:
        graphs.append(_of_file(name, FileKind.AIRFLOW, partial(read_dags, name=name), value))
    union = with_cycle_noted(merged(graphs))
    return replace(union, notes=(*notes, *union.notes))


def _sorted_out(files: Iterable[NamedBytes]) -> tuple[Contents, tuple[str, ...]]:
    """The contents by kind, and notes on files that were passed over because nobody named them."""
    contents: Contents = defaultdict(list)
    unknown: list[str] = []
    beside: list[tuple[str, FileContent]] = []
    for file in files:
        try:
            content = content_of(file.data)
        except UnknownFile as problem:
            if file.alone:
                raise problem.of(file.name) from problem
            unknown.append(file.name)
        except ImportProblem as problem:
            raise problem.of(file.name) from problem
        else:
            if file.alone or content.kind in (FileKind.MANIFEST, *BESIDE):
                contents[content.kind].append((file.name, content.value))
            else:
                beside.append((file.name, content))
    if contents[FileKind.MANIFEST]:  # a project's own notes and set-up are no part of its graph
        unknown += [name for name, _ in beside]
    else:
        for name, content in beside:
            contents[content.kind].append((name, content.value))
    if unknown and not any(contents.values()):
        raise ImportProblem(
            f"{plural(len(unknown), 'file')}, none of a kind that is known", "name the files themselves"
        )
    return contents, (f"{plural(len(unknown), 'file')} passed over, such as {unknown[0]}",) if unknown else ()


def _of_file(name: str, kind: FileKind, read: Callable[[Any], Imported], value: Any, detail: str = "") -> Imported:
    try:
        graph = read(value)
    except RecursionError as error:
        raise ImportProblem("nested too deep to be read", "check that the file is what its tool wrote", name) from error
    except ImportProblem as problem:
        raise problem.of(name) from problem
    what = f"{printable(name) or 'the file'}: {kind.value}{f' ({detail})' if detail else ''}"
    size = f"{plural(len(graph.nodes), 'node')} and {plural(len(graph.edges), 'edge')}"
    return replace(graph, origins=(f"{what}, {size}",))


def _dbt(contents: Contents) -> list[Imported]:
    manifests = contents[FileKind.MANIFEST]
    if not manifests:
        for kind in BESIDE:
            for name, _ in contents[kind]:
                raise ImportProblem(f"{kind.value}, which draws no graph alone", "give manifest.json with it", name)
        return []
    graphs = [
        _of_file(name, FileKind.MANIFEST, read_manifest, value, version_words(value)) for name, value in manifests
    ]
    return [_with_beside(graph, contents) for graph in graphs]


def _with_beside(graph: Imported, contents: Contents) -> Imported:
    for _, catalog in contents[FileKind.CATALOG]:
        graph = with_catalog(graph, catalog)
    for _, sources in contents[FileKind.SOURCES]:
        graph = with_freshness(graph, sources)
    known = {node.id for node in graph.nodes}
    runs = [seen for _, results in contents[FileKind.RUN_RESULTS] for seen in observations(results)]
    strange = Counter(seen.node for seen in runs if seen.node not in known and not seen.node.startswith("test."))
    notes = (f"runs of {plural(len(strange), 'node')} that the graph does not have",) if strange else ()
    observed = tuple(seen for seen in runs if seen.node in known)
    origins = (f"{printable(name)}: {kind.value}" for kind in BESIDE for name, _ in contents[kind])
    return replace(graph, observed=observed, notes=(*graph.notes, *notes), origins=(*graph.origins, *origins))


def _events(contents: Contents) -> list[Imported]:
    """One graph of all events, since the files of a folder hold one each, and a run's events lie in several."""
    files = contents[FileKind.OPENLINEAGE]
    if not files:
        return []
    documents = [
        event for _, value in files for event in listed(value) or listed(mapping(value).get("events")) or [value]
    ]
    name = files[0][0] if len(files) == 1 else plural(len(files), "file")
    return [_of_file(name, FileKind.OPENLINEAGE, read_events, documents)]


def _connect(contents: Contents) -> list[Imported]:
    """One graph of all connectors: what one writes to a topic another reads from it."""
    files = contents[FileKind.CONNECT]
    if not files:
        return []
    name = files[0][0] if len(files) == 1 else plural(len(files), "file")
    return [_of_file(name, FileKind.CONNECT, read_connect, [value for _, value in files])]
