"""The pipelines that a learner brought and edits: which is open, every change of it, and how it is kept.

A draft is known by its name, which stands in the address; the store has it, so that a reload, or another window of the
same learner, finds it as it is. What the store cannot take stays with the session, and the page says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from lifecycle.importing import Imported, ImportProblem
from lifecycle.importing.drafting.observed import with_earlier_runs
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
from lifecycle.words import enumerated

MOST_NAME = 100  # as the store has it
NOT_SAVED = 0
MOST_NAMED = 4
P = ParamSpec("P")
R = TypeVar("R")
_TURNS = tuple(threading.RLock() for _ in range(64))


@dataclass(frozen=True)
class OwnDraft:
    """A pipeline that a learner brought: its name, what was read and done to it, and the number of its last save.

    `problem` says why it is not kept as it is now, "" where it is; `has_base` whether the store has what was read.
    `read_before`: what it was before newer files were read into it, in this session alone.
    """

    title: str
    revision: Revision
    saves: int = NOT_SAVED
    problem: str = ""
    has_base: bool = False
    read_before: Revision | None = None


def _one_at_a_time(act: Callable[P, R]) -> Callable[P, R]:
    """Let a learner's edits wait for each other.

    Of two clicks in quick succession Streamlit begins to run the second one while the first is still being saved.
    """

    @wraps(act)
    def waited(*args: P.args, **kwargs: P.kwargs) -> R:
        with _TURNS[hash(learner.name()) % len(_TURNS)]:
            return act(*args, **kwargs)

    return waited


def named() -> str:
    """The name of the draft that the address names, "" for none."""
    return st.query_params.get(DRAFT, "")[:MOST_NAME]


def opened() -> OwnDraft | None:
    """The draft that the address names, None where it names none or one that is not kept."""
    name = named()
    if not name:
        return None
    if draft := _held_or_fetched(name):
        return draft
    now = remembered.DRAFTS_RENAMED.get({}).get(name)  # Back leads to what it was called before
    return _held_or_fetched(now) if now else None


def _held_or_fetched(name: str) -> OwnDraft | None:
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


def not_kept() -> tuple[str, ...]:
    """The names of drafts that only this session has, since the store could not take them."""
    return tuple(name for (of, name), draft in _held().items() if of == learner.name() and draft.saves == NOT_SAVED)


@_one_at_a_time
def begin(title: str, graph: Imported) -> None:
    """Open a graph as a new draft, and keep it."""
    draft = _kept(OwnDraft(_free(title), Revision(graph)))
    _held()[learner.name(), draft.title] = draft
    go(draft.title)


def go(name: str) -> None:
    """Open another draft, "" for none; only where a click is handled."""
    choose(None)
    remembered.DRAFT_REFUSED.forget()
    addressbar.write({**addressbar.carried(), **({DRAFT: name} if name else {})})


@_one_at_a_time
def rename(title: str) -> None:
    """Call the open draft something else, in the store and in the address; a refusal is remembered in words."""
    draft, name = opened(), " ".join(title.split())
    if draft is None or name == draft.title:
        return
    remembered.DRAFT_REFUSED.forget()
    try:
        if not name:
            raise DraftRefused("a draft without a name: write one")
        if name in _taken():
            raise DraftRefused(f"you have a draft called {name} already: give this one another name")
        if draft.saves != NOT_SAVED:
            _store().rename(learner.name(), draft.title, name)
    except DraftChanged as refusal:
        _let_go(draft, refusal)
        return
    except (DraftRefused, StoreError) as refusal:
        remembered.DRAFT_REFUSED.put(str(refusal))
        return
    del _held()[learner.name(), draft.title]
    _held()[learner.name(), name] = replace(draft, title=name)
    if (look := remembered.DRAFT_LOOK.get()) and look[0] == draft.title:
        remembered.DRAFT_LOOK.put((name, look[1]))
    before = remembered.DRAFTS_RENAMED.get({})
    renamed = {old: name if now == draft.title else now for old, now in before.items()}
    remembered.DRAFTS_RENAMED.put({**renamed, draft.title: name})
    addressbar.write({**addressbar.carried(), DRAFT: name})


@_one_at_a_time
def read_again(graph: Imported) -> str:
    """Put the project as it is now in the place of what was read, with all edits done to it and all runs kept.

    What came of it as a sentence, "" where another window was first. Raises ImportProblem.
    """
    draft = opened()
    if draft is None:
        return ""
    known, now = ({node.id: node.name for node in one.nodes} for one in (draft.revision.base, graph))
    if not known.keys() & now.keys():
        raise ImportProblem("Not one node of this draft is in it", "open it as another draft")
    graph = with_earlier_runs(graph, draft.revision.base)
    revision = draft.revision.onto(graph)
    _turn()
    _put(replace(draft, has_base=False, read_before=draft.revision), revision)
    if (kept := opened()) is None or kept.revision is not revision:
        return ""
    new, gone = ([one[id] for id in one if id not in other] for one, other in ((now, known), (known, now)))
    came = f"Read again. New: {_first(new)}. Gone: {_first(gone)}."
    if not revision.lost:
        return came
    have = (
        "change has no effect any more: it is"
        if len(revision.lost) == 1
        else "changes have no effect any more: they are"
    )
    return f"{came} {len(revision.lost):,} {have} listed below the picture."


def can_take_back() -> bool:
    """Whether newer files were read into the open draft in this session."""
    draft = opened()
    return draft is not None and draft.read_before is not None


@_one_at_a_time
def take_back() -> None:
    """The open draft as it was before newer files were read into it."""
    draft = opened()
    if draft and draft.read_before:
        _turn()
        _put(replace(draft, has_base=False, read_before=None), draft.read_before)


def _first(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return enumerated([*names[:MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])]) or "nothing"


@_one_at_a_time
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


@_one_at_a_time
def change(*edits: Edit) -> None:
    """Do edits to the open draft, as one step; a refusal is remembered in words, and nothing is done."""
    draft = opened()
    if draft is None or not edits:
        return
    try:
        _put(draft, draft.revision.done(*edits))
    except EditRefused as refusal:
        remembered.DRAFT_REFUSED.put(str(refusal))


def choose(node: str | None) -> None:
    """Choose a node, by its id in the graph; the form is then filled anew."""
    remembered.DRAFT_NODE.put(node)
    _turn()


@_one_at_a_time
def connect(source: str, target: str) -> None:
    """Draw a flow in the open draft, from node to node by their ids; a browser in a hurry may say it twice."""
    edit = Connect(source, target)
    draft = opened()
    if draft and draft.revision.steps and draft.revision.steps[-1] == (edit,):
        return
    choose(source)  # whose ways are lit then, the new flow among them
    change(edit)


@_one_at_a_time
def undo() -> None:
    """Take the last step of the open draft back."""
    _turn()
    if draft := opened():
        _put(draft, draft.revision.undo())


@_one_at_a_time
def redo() -> None:
    """Do the step again that was undone last."""
    _turn()
    if draft := opened():
        _put(draft, draft.revision.redo())


def _put(draft: OwnDraft, revision: Revision) -> None:
    remembered.DRAFT_REFUSED.forget()
    # looked up before: a run may be stopped wherever it asks the session, and what is saved has to be known here, too
    held, key = _held(), (learner.name(), draft.title)
    try:
        held[key] = _kept(replace(draft, revision=revision))
    except DraftChanged as refusal:
        _let_go(draft, refusal)


def _let_go(draft: OwnDraft, why: DraftChanged) -> None:
    """Forget a draft of which the store has a newer one, which is shown from now on, or none any more."""
    del _held()[learner.name(), draft.title]
    _turn()
    now = "What you see is how it is kept now" if opened() else "Your drafts are listed below"
    remembered.DRAFT_REFUSED.put(f"{why}. {now}")


def _kept(draft: OwnDraft) -> OwnDraft:
    """The draft with its new save, or with the reason why it could not be kept. Raises DraftChanged."""
    steps = steps_to_json(draft.revision)
    try:
        if draft.saves == NOT_SAVED:
            saves = _store().begin(learner.name(), draft.title, graph_to_json(draft.revision.base), steps)
        else:
            graph = None if draft.has_base else graph_to_json(draft.revision.base)
            saves = _store().save(learner.name(), draft.title, steps, draft.saves, graph)
    except DraftChanged:
        raise
    except (DraftRefused, StoreError) as refusal:
        return replace(draft, problem=str(refusal))
    return replace(draft, saves=saves, problem="", has_base=True)


def _fetched(name: str) -> OwnDraft | None:
    try:
        row = _store().find(learner.name(), name)
        if row is None:
            return None
        revision = revision_from_json(graph_from_json(row.graph), row.steps)
    except (StoreError, ImportProblem) as problem:
        remembered.DRAFT_REFUSED.put(f"{name} cannot be opened: {problem}")
        return None
    return OwnDraft(row.name, revision, row.saves, has_base=True)


def _turn() -> None:
    remembered.DRAFT_TURN.put(remembered.DRAFT_TURN.get(0) + 1)


def _free(title: str) -> str:
    """The title, or with the first number with which no draft of this learner has it: `The sock shop (2)`."""
    taken, free, number = _taken(), title, 1
    while free in taken:
        number += 1
        free = f"{title} ({number})"
    return free


def _taken() -> set[str]:
    """The names of this learner's drafts, kept or not."""
    return {head.name for head in heads()} | {name for of, name in _held() if of == learner.name()}


def _held() -> dict[tuple[str, str], OwnDraft]:
    return remembered.DRAFTS_OPEN.setdefault({})


def _store() -> Drafts:
    return Drafts(place())
