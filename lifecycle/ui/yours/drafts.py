"""The pipelines that a learner brought and edits: which is open, and every change of it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace

import streamlit as st

from lifecycle.importing import Imported
from lifecycle.importing.editing import Edit, EditRefused, Revision
from lifecycle.ui import remembered
from lifecycle.ui.session import addressbar
from lifecycle.ui.session.addressbar import DRAFT

_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class OwnDraft:
    """A pipeline that a learner brought: its id in addresses, its title, and what was read and done to it."""

    id: str
    title: str
    revision: Revision


def named() -> str:
    """The id of the draft that the address names, "" for none."""
    text = st.query_params.get(DRAFT, "")
    return text if _ID.fullmatch(text) else ""


def opened() -> OwnDraft | None:
    """The draft that the address names, None where it names none or one that is not kept."""
    return remembered.DRAFTS_OPEN.setdefault({}).get(named())


def begin(title: str, graph: Imported) -> None:
    """Open a graph as a new draft."""
    draft = OwnDraft(secrets.token_hex(8), title, Revision(graph))
    _put(draft)
    go(draft.id)


def go(id: str) -> None:
    """Open another draft, "" for none; only where a click is handled."""
    remembered.DRAFT_NODE.forget()
    remembered.DRAFT_REFUSED.forget()
    addressbar.write({**addressbar.carried(), **({DRAFT: id} if id else {})})


def change(*edits: Edit) -> None:
    """Do edits to the open draft, as one step; a refusal is remembered in words, and nothing is done."""
    if (draft := opened()) is None or not edits:
        return
    remembered.DRAFT_REFUSED.forget()
    try:
        _put(replace(draft, revision=draft.revision.done(*edits)))
    except EditRefused as refusal:
        remembered.DRAFT_REFUSED.put(str(refusal))


def undo() -> None:
    """Take the last step of the open draft back."""
    if draft := opened():
        remembered.DRAFT_REFUSED.forget()
        _put(replace(draft, revision=draft.revision.undo()))


def redo() -> None:
    """Do the step again that was undone last."""
    if draft := opened():
        remembered.DRAFT_REFUSED.forget()
        _put(replace(draft, revision=draft.revision.redo()))


def _put(draft: OwnDraft) -> None:
    remembered.DRAFTS_OPEN.setdefault({})[draft.id] = draft
