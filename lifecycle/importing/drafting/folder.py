"""The files of a course that a draft becomes, and the folder that holds them: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lifecycle.importing.drafting.draft import ZONES, Draft, DraftStage
from lifecycle.importing.drafting.pages import cut, page, quoted
from lifecycle.simulation.model.kinds import Role

LABEL, DETAIL = 60, 100
SCHEDULE = "jobs"
_ICONS = {
    Role.SOURCE: "database", Role.INTERFACE: "plug", Role.INGESTION: "pump", Role.BUFFER: "queue", Role.LAKE: "lake",
    Role.TRANSFORM: "gears", Role.WAREHOUSE: "warehouse", Role.ARCHIVE: "archive", Role.CONSUMER: "chart",
}  # fmt: skip


def course_files(draft: Draft) -> dict[str, str]:
    """The text of each file of the course, by its path in the folder."""
    stages = {stage.id: stage for stage in draft.stages}
    before: dict[str, list[DraftStage]] = {id: [] for id in stages}
    after: dict[str, list[DraftStage]] = {id: [] for id in stages}
    for flow in draft.flows:
        before[flow.target].append(stages[flow.source])
        after[flow.source].append(stages[flow.target])
    files = {"pipeline.yaml": "\n".join(_pipeline(draft)) + "\n"}
    for id, stage in stages.items():
        files[f"stages/{id}.md"] = page(stage, before[id], after[id])
    return files


def write_course(draft: Draft, folder: Path) -> None:
    """Write the course into a new or empty folder, all of it or nothing; ValueError in words where it cannot be."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder} is there already; name a folder that is not, or an empty one")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".headwaters-", dir=folder.parent))
    except OSError as error:
        raise ValueError(f"nothing can be written to {folder.parent}: {error.strerror}; name another folder") from error
    try:
        for path, text in course_files(draft).items():
            target = made / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        made.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _pipeline(draft: Draft) -> Iterator[str]:
    yield f"title: {quoted(cut(draft.title, LABEL))}"
    yield "zones:"
    used = {stage.zone for stage in draft.stages}
    yield from (f"  - {{id: {id}, label: {label}}}" for id, label in ZONES.items() if id in used)
    yield "stages:"
    for stage in draft.stages:
        yield f"  - {{{', '.join(_stage(stage))}}}"
    yield "flows:"
    for flow in draft.flows:
        loop = ", loop: true" if flow.loop else ""
        moves = f", moves: {flow.moves}" if flow.moves else ""
        yield f"  - {{from: {quoted(flow.source)}, to: {quoted(flow.target)}{loop}{moves}}}"
    if draft.at:
        yield "schedules:"
        yield f"  - {{id: {SCHEDULE}, at: {quoted(draft.at)}}}"


def _stage(stage: DraftStage) -> Iterator[str]:
    yield f"id: {quoted(stage.id)}"
    yield f"zone: {stage.zone}"
    yield f"label: {quoted(cut(stage.node.name, LABEL))}"
    detail = stage.node.group if stage.certain else f"{stage.node.group} (role guessed)".strip()
    if detail:
        yield f"detail: {quoted(cut(detail, DETAIL))}"
    yield f"icon: {_ICONS[stage.role]}"
    yield f"role: {stage.role.value}"
    if stage.scheduled:
        yield f"schedule: {SCHEDULE}"
    if stage.scheduled and stage.drawn_s is not None:
        yield f"figures: {{drawn_s: {stage.drawn_s:.6g}, drawn_spread: {max(1.0, stage.drawn_spread):.4g}}}"
