"""`import`: the graph of somebody's own pipeline, with the role of each node and what spoke for it."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lifecycle.cli.commands import Command, exit_code
from lifecycle.course.pipeline_file import network_of
from lifecycle.importing import Imported, ImportedNode, read_paths
from lifecycle.importing.again import KeptFiles, SameNodes
from lifecycle.importing.selecting import selected
from lifecycle.importing.writing import WrittenCourse, write_graph
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import plural, with_article

MOST_LISTED = 40  # nodes of which a line each is read with pleasure


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `import` its options."""
    about = "files of dbt, OpenLineage, Mermaid, DOT, Compose, Kafka Connect or Airflow, their folder, or a zip of it"
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=about)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="write it as a course into this new folder, or over the last import of it",
    )
    add_selection(parser)
    parser.add_argument(
        "--course", action="store_true", help="with scenarios, questions and a tour made of it (needs --out)"
    )
    parser.add_argument(
        "--title", metavar="TEXT", help="the course's title (default: that of the last import, else the folder's name)"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Let a command be told which nodes it shall take."""
    about = (
        "only nodes whose id or name matches (stg_*); +PATTERN with all that feeds them, PATTERN+ with all they feed"
    )
    parser.add_argument("--select", action="append", metavar="PATTERN", help=f"{about}; may be given again")


def run(options: argparse.Namespace) -> int:
    """Read the files and print their graph."""
    return exit_code(lambda: _import(options), "nothing was imported")


COMMAND = Command("import", "Read a pipeline that another tool knows.", add_options, run)


def _import(options: argparse.Namespace) -> None:
    if options.course and not options.out:
        raise ValueError("--course writes a course, and nobody says where; add --out FOLDER")
    graph = read_paths(options.files)
    if options.select:
        graph = selected(graph, options.select)
    course = None
    if options.out:
        course = write_graph(graph, options.title or "", options.out, network_of, taught=options.course)
    if options.json:
        print(json.dumps(_as_json(graph), ensure_ascii=False, indent=2, allow_nan=False))
        return
    print("\n".join([*_in_words(graph), *(_written(course, graph, options.out) if course else ())]))


def _written(course: WrittenCourse, graph: Imported, folder: Path) -> Iterator[str]:
    """What was written, what was decided on the way, and what the team has to look at."""
    draft = course.draft
    yield from (f"Decided: {note}" for note in draft.notes if note not in graph.notes)
    changed = [stage for stage in draft.stages if stage.role is not stage.node.role]
    yield from (
        f"  {stage.node.name} is {with_article(stage.role)} here: {stage.reason}" for stage in changed[:MOST_LISTED]
    )
    silent = sum(not stage.node.description for stage in draft.stages)
    fitted = sum(stage.drawn_s is not None and stage.scheduled for stage in draft.stages)
    yield f"{plural(len(draft.stages), 'stage')} and {plural(len(draft.flows), 'flow')} written to {folder}"
    if fitted:
        yield f"Times as they were observed: of {plural(fitted, 'job')}; all others are the course's own"
    if silent:
        yield f"{silent:,} of the stages nobody has described yet"
    if course.same and course.kept:
        yield from _since(course, course.same, course.kept)
    yield f"See it: HEADWATERS_CONTENT={folder} python -m lifecycle serve"


def _since(course: WrittenCourse, same: SameNodes, kept: KeptFiles) -> Iterator[str]:
    """What has changed since the last import, and what of people's became of it."""
    pipeline, renamed = course.pipeline, [f"{old} is {new} now" for old, new in same.renamed]
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("New", same.new),
        ("Gone", same.gone),
        ("Renamed", renamed),
        ("Otherwise than before", course.otherwise),
        ("Kept as somebody edited it", kept.edited),
        ("Kept as somebody edited it, while the project has changed", (*kept.stale, *pipeline.stale)),
        ("Kept, and names a stage that is gone", kept.dangling),
        ("Kept aside, for what is gone", [f"{path} is {place} now" for path, place in kept.move.items()]),
        ("Kept aside from pipeline.yaml", [text.strip() for text in pipeline.dropped]),
    )
    if not any(names for _, names in lists):
        yield "Nothing has changed since the last import"
    for what, names in lists:
        yield from (f"{what}: {name}" for name in names[:MOST_LISTED])
        if len(names) > MOST_LISTED:
            yield f"  … and {len(names) - MOST_LISTED:,} more"


def _as_json(graph: Imported) -> dict[str, Any]:
    return {
        "nodes": [
            {
                "id": node.id,
                "name": node.name,
                "role": node.role,
                "reason": node.reason,
                "group": node.group,
                "certain": node.certain,
            }
            for node in graph.nodes
        ],
        "edges": [{"from": edge.source, "to": edge.target} for edge in graph.edges],
        "notes": list(graph.notes),
    }


def _in_words(graph: Imported) -> Iterator[str]:
    """What was read, what each node was taken for, what was guessed, and what was not understood."""
    yield from graph.origins
    guessed = [node for node in graph.nodes if not node.certain]
    roles = Counter(node.role for node in graph.nodes)
    yield f"{plural(len(graph.nodes), 'node')} and {plural(len(graph.edges), 'edge')}: " + ", ".join(
        f"{roles[role]:,} {role}" for role in Role if roles[role]
    )
    if len(graph.nodes) <= MOST_LISTED:
        yield from _table(graph.nodes)
    elif guessed:
        yield f"Roles that are guesses ({len(guessed):,}):"
        yield from _table(guessed[:MOST_LISTED])
        if len(guessed) > MOST_LISTED:
            yield f"  … and {len(guessed) - MOST_LISTED:,} more"
    if graph.observed:
        runs = Counter(seen.node for seen in graph.observed)
        yield f"{plural(len(graph.observed), 'run')} observed, of {plural(len(runs), 'node')}"
    yield from (f"Note: {note}" for note in graph.notes)


def _table(nodes: tuple[ImportedNode, ...] | list[ImportedNode]) -> Iterator[str]:
    wide = max(len(node.name) for node in nodes)
    for node in nodes:
        guess = "" if node.certain else " (a guess)"
        yield f"  {node.role:<9}  {node.name:{wide}}  {node.reason}{guess}"
