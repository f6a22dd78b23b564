"""The files of a course that a draft becomes, and the folder that holds them: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lifecycle.importing.drafting.pages import line, page, quoted
from lifecycle.importing.drafting.stages import LABEL, SCHEDULE, ZONES, Draft, DraftStage
from lifecycle.importing.texts import cut
from lifecycle.simulation.model.kinds import Role

PIPELINE = "pipeline.yaml"
DETAIL = 100
_ICONS = {
    Role.SOURCE: "database", Role.INTERFACE: "plug", Role.INGESTION: "pump", Role.BUFFER: "queue", Role.LAKE: "lake",
    Role.TRANSFORM: "gears", Role.WAREHOUSE: "warehouse", Role.ARCHIVE: "archive", Role.CONSUMER: "chart",
}  # fmt: skip


def course_files(draft: Draft) -> dict[str, str]:
    """The text of pipeline.yaml and of each stage's page, by its path in the folder."""
    stages = {stage.id: stage for stage in draft.stages}
    before: dict[str, list[DraftStage]] = {id: [] for id in stages}
    after: dict[str, list[DraftStage]] = {id: [] for id in stages}
    for flow in draft.flows:
        before[flow.target].append(stages[flow.source])
        after[flow.source].append(stages[flow.target])
    files = {PIPELINE: pipeline_text(draft)}
    for id, stage in stages.items():
        files[f"stages/{id}.md"] = page(stage, before[id], after[id])
    return files


def pipeline_text(draft: Draft) -> str:
    """The text of the draft's pipeline.yaml."""
    return "\n".join(_pipeline(draft)) + "\n"


def write_course(files: Mapping[str, str], folder: Path) -> None:
    """Write a course's files into a new or empty folder, all or nothing; ValueError in words where it cannot be."""
    folder = folder.absolute()
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ValueError(f"{folder} is there already; name a folder that is not, or an empty one")
        _write(files, folder)
    except OSError as error:
        why = error.strerror or error
        raise ValueError(f"nothing can be written to {folder}: {why}; name another folder") from error


def _write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files beside their place, then put them there."""
    fill = folder.exists()  # an empty folder stays the same one: somebody may stand in it, or have mounted it
    if not fill:
        folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".headwaters-", dir=folder if fill else folder.parent))
    try:
        for path, text in files.items():
            target = made / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        if fill:
            _move(made, folder)
        else:
            made.chmod(0o755)
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move(made: Path, folder: Path) -> None:
    """Move what lies in one folder to another; where a part of it cannot be, the others go back."""
    parts = [part.name for part in made.iterdir()]
    try:
        for name in parts:
            (made / name).rename(folder / name)
    except BaseException:
        for name in parts:
            if (folder / name).exists():
                shutil.move(folder / name, made / name)
        raise


def _pipeline(draft: Draft) -> Iterator[str]:
    yield f"title: {line(draft.title, LABEL)}"
    yield "zones:"
    used = {stage.zone for stage in draft.stages}
    yield from (f"  - {{id: {id}, label: {label}}}" for id, label in ZONES.items() if id in used)
    yield "stages:"
    for stage in draft.stages:
        yield f"  - {{{', '.join(_stage(stage))}}}"
    yield "flows:"
    for flow in draft.flows:
        loop = ", loop: true" if flow.loop else ""
        moves = f", moves: {quoted(flow.moves)}" if flow.moves else ""
        yield f"  - {{from: {quoted(flow.source)}, to: {quoted(flow.target)}{loop}{moves}}}"
    if draft.at:
        yield "schedules:"
        slots = f", slots: {draft.slots}" if draft.slots else ""
        yield f"  - {{id: {SCHEDULE}, at: {quoted(draft.at)}{slots}}}"


def _stage(stage: DraftStage) -> Iterator[str]:
    yield f"id: {quoted(stage.id)}"
    yield f"zone: {stage.zone}"
    yield f"label: {line(stage.label, LABEL)}"
    mark = f"({stage.guessed})" if stage.guesses else ""  # whatever has to be cut, the mark stays
    group = cut(stage.node.group, DETAIL - len(mark) - 1) if stage.node.group else ""
    if detail := f"{group} {mark}".strip():
        yield f"detail: {line(detail, DETAIL)}"
    yield f"icon: {_ICONS[stage.role]}"
    yield f"role: {stage.role.value}"
    if stage.scheduled:
        yield f"schedule: {SCHEDULE}"
    if stage.figures:
        yield f"figures: {{{', '.join(f'{name}: {_figure(value)}' for name, value in stage.figures.items())}}}"


def _figure(value: float | tuple[float, ...]) -> str:
    """A number, or several as a list."""
    return f"[{', '.join(map(_figure, value))}]" if isinstance(value, tuple) else f"{value:.6g}"
