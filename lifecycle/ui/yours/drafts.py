"""The pipelines that a learner brought and edits: which is open, every change of it, and how it is kept.

A draft is known by its name, which stands in the address; the store has it, so that a reload, or another window of the
same learner, finds it as it is. What the store cannot take stays with the session, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from lifecycle.importing import Imported, ImportProblem
from lifecycle.importing.editing import (
    Connect,
    Edit,
    EditRefused,
    Revision,
    graph_from_json,
    graph_to_json,
    revision_from_json,
    steps_to_json,
)
from lifecycle.storage import DraftChanged, DraftHead, DraftRefused, Drafts, StoreError, place
from lifecycle.ui import remembered
from lifecycle.ui.session import addressbar, learner
from lifecycle.ui.session.addressbar import DRAFT

MOST_NAME = 100  # as the store has it
NOT_SAVED = 0


@dataclass(frozen=True)
class OwnDraft:
    """A pipeline that a learner brought: its name, what was read and done to it, and the number of its last save.

    `problem` says why it is not kept as it is now, "" where it is.
    """

    title: str
    revision: Revision
    saves: int = NOT_SAVED
    problem: str = ""


def named() -> str:
    """The name of the draft that the address names, "" for none."""
    return st.query_params.get(DRAFT, "")[:MOST_NAME]


def opened() -> OwnDraft | None:
    """The draft that the address names, None where it names none or one that is not kept."""
    name = named()
    if not name:
        return None
    held = _held()
    if (learner.name(), name) not in held and (draft := _fetched(name)):
        held[learner.name(), name] = draft
    return held.get((learner.name(), name))


def heads() -> tuple[DraftHead, ...]:
    """The drafts that are kept of this learner, the last one first; none while the store cannot be read."""
    try:
        return _store().heads(learner.name())
    except StoreError:
        return ()


def begin(title: str, graph: Imported) -> None:
    """Open a graph as a new draft, and keep it."""
    draft = _kept(OwnDraft(_free(title), Revision(graph)))
    _held()[learner.name(), draft.title] = draft
    go(draft.title)


def go(name: str) -> None:
    """Open another draft, "" for none; only where a click is handled."""
    remembered.DRAFT_NODE.forget()
    remembered.DRAFT_REFUSED.forget()
    addressbar.write({**addressbar.carried(), **({DRAFT: name} if name else {})})


def erase(name: str) -> None:
    """Delete a draft for good."""
    try:
        _store().erase(learner.name(), name)
    except StoreError as error:
        remembered.DRAFT_REFUSED.put(f"{name} is still kept: {error}")
        return
    _held().pop((learner.name(), name), None)
    if named() == name:
        go("")


def change(*edits: Edit) -> None:
    """Do edits to the open draft, as one step; a refusal is remembered in words, and nothing is done."""
    draft = opened()
    if draft is None or not edits:
        return
    try:
        _put(draft, draft.revision.done(*edits))
    except EditRefused as refusal:
        remembered.DRAFT_REFUSED.put(str(refusal))


def connect(source: str, target: str) -> None:
    """Draw a flow in the open draft, from node to node by their ids."""
    change(Connect(source, target))


def undo() -> None:
    """Take the last step of the open draft back."""
    if draft := opened():
        _put(draft, draft.revision.undo())


def redo() -> None:
    """Do the step again that was undone last."""
    if draft := opened():
        _put(draft, draft.revision.redo())


def _put(draft: OwnDraft, revision: Revision) -> None:
    remembered.DRAFT_REFUSED.forget()
    key = learner.name(), draft.title
    try:
        _held()[key] = _kept(replace(draft, revision=revision))
    except DraftChanged as refusal:  # the store's is newer: it is shown from now on
        _held().pop(key)
        remembered.DRAFT_REFUSED.put(f"{refusal}. What you see is how it is kept now")


def _kept(draft: OwnDraft) -> OwnDraft:
    """The draft with its new save, or with the reason why it could not be kept. Raises DraftChanged."""
    steps = steps_to_json(draft.revision)
    try:
        if draft.saves == NOT_SAVED:
            saves = _store().begin(learner.name(), draft.title, graph_to_json(draft.revision.base), steps)
        else:
            saves = _store().save(learner.name(), draft.title, steps, draft.saves)
    except DraftChanged:
        raise
    except (DraftRefused, StoreError) as refusal:
        return replace(draft, problem=str(refusal))
    return replace(draft, saves=saves, problem="")


def _fetched(name: str) -> OwnDraft | None:
    try:
        row = _store().find(learner.name(), name)
        if row is None:
            return None
        revision = revision_from_json(graph_from_json(row.graph), row.steps)
    except (StoreError, ImportProblem) as problem:
        remembered.DRAFT_REFUSED.put(f"{name} cannot be opened: {problem}")
        return None
    return OwnDraft(row.name, revision, row.saves)


def _free(title: str) -> str:
    """The title, or with the first number with which no draft of this learner has it: `The sock shop (2)`."""
    taken = {head.name for head in heads()} | {name for of, name in _held() if of == learner.name()}
    free, number = title, 1
    while free in taken:
        number += 1
        free = f"{title} ({number})"
    return free


def _held() -> dict[tuple[str, str], OwnDraft]:
    return remembered.DRAFTS_OPEN.setdefault({})


def _store() -> Drafts:
    return Drafts(place())
