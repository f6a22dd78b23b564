"""Undo and redo of a draft, each with the words of what it does, and their keys."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lifecycle.importing import Imported
from lifecycle.importing.editing import edit_words
from lifecycle.importing.editing.revision import EditStep, Revision
from lifecycle.ui.components.prose import plain
from lifecycle.ui.yours import drafts

MOST_WORDS = 48
_undoing = st.components.v2.component(
    "headwaters_undoing", js=(Path(__file__).parent / "dist/undoing.js").read_text(encoding="utf-8")
)


def buttons(revision: Revision) -> None:
    """Both buttons, and the keys that press them."""
    last = revision.steps[-1] if revision.steps else None
    next_one = revision.undone[-1] if revision.undone else None
    st.button(
        f"Undo: {_words(last, revision.undo().graph)}" if last else "Undo",
        icon=":material/undo:",
        key="draft-undo",
        disabled=last is None,
        on_click=drafts.undo,
    )
    st.button(
        f"Redo: {_words(next_one, revision.graph)}" if next_one else "Redo",
        icon=":material/redo:",
        key="draft-redo",
        disabled=next_one is None,
        on_click=drafts.redo,
    )

    _undoing(key="draft-keys", height=1)


def _words(step: EditStep, before: Imported) -> str:
    """A step in words, with the names that the graph has before it."""
    names = {node.id: node.name for node in before.nodes}
    words = edit_words(step[0], names) + (f", and {len(step) - 1} more" if len(step) > 1 else "")
    return plain(words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…")
