"""A learner's own data: out as a file, in from one, erased at a click and undone at another; who is signed in."""

from __future__ import annotations

import json

import streamlit as st

from lifecycle.documents import lone_half
from lifecycle.storage import KEPT_HOURS, MOST_BYTES, StoreError
from lifecycle.ui import toasts
from lifecycle.ui.components import framing
from lifecycle.ui.remembered import DATA_NOTE, ERASED
from lifecycle.ui.session import addressbar, layers, learner, uploads


def show() -> None:
    """Everything that a learner may do with what is kept of them."""
    _account()
    with st.expander("My data", icon=":material/database:"):
        st.caption(
            "What is kept: your answers, predictions, drills and lessons, and the pipelines that you brought, with all "
            "that you changed of them, under a random name. Nobody else can read them, and no link carries them. If "
            "you replay a day of your own, its moments and the names of its time columns are kept for "
            f"{KEPT_HOURS} hours after they were last used, for anyone who has the link to it; the file and its name "
            "are not kept."
        )
        try:
            exported, days = learner.exported(), learner.days_brought() + uploads.unsaved(learner.name())
        except StoreError as error:
            st.warning(f"Your data cannot be read just now: {error}", icon=":material/warning:")
            return
        rows = sum(len(part) for part in exported.values() if isinstance(part, list))
        with st.container(horizontal=True):
            st.download_button(
                "Export my data",
                json.dumps(exported, ensure_ascii=False, indent=1),
                "headwaters-progress.json",
                "application/json",
                icon=":material/download:",
                on_click="ignore",
            )
            st.button("Erase my data", icon=":material/delete:", disabled=not rows + days, on_click=_erase)
        if ERASED.is_set:
            st.info(
                "Erased. You can undo this until you leave the page, except for days of your own: bring those again.",
                icon=":material/delete:",
            )
            st.button("Undo", icon=":material/undo:", on_click=_undo)
        brought = st.file_uploader("Import an export", "json", max_upload_size=MOST_BYTES // 2**20)
        if brought is not None and st.button("Add it to my data", icon=":material/upload:", type="primary"):
            _bring_in(brought.getvalue())
        if note := DATA_NOTE.take():
            st.success(note, icon=":material/check_circle:")


def remembered() -> None:
    """Say so where the browser forgets the learner, quietly."""
    if not learner.is_remembered():
        st.caption("Your browser keeps no cookie of this page, so a reload will not find what you answered.")


def _account() -> None:
    if not learner.can_sign_in():
        return
    if framing.foreign():
        st.caption(
            "You cannot sign in inside another site: your browser keeps that to pages of its own. "
            f"[Open this page in a window of its own]({addressbar.site()}/practice) and sign in there."
        )
        return
    if not learner.is_signed_in():
        st.button("Sign in", icon=":material/login:", on_click=st.login)
        return
    st.button("Sign out", icon=":material/logout:", on_click=st.logout)
    try:
        left = learner.left_behind() + uploads.unsaved(learner.anonymous())
    except StoreError:
        return
    if left:
        what = "answers, predictions, drills, lessons, days or pipelines"
        st.info(f"Before you signed in you left {left} {what} in this browser.")
        st.button("Take them along", icon=":material/move_up:", on_click=_take_along)


def _erase() -> None:
    try:
        ERASED.put(learner.exported())
        learner.erase()
        uploads.forget(learner.name())
        layers.forget()
    except StoreError as error:
        ERASED.forget()
        toasts.say(f"Nothing was erased: {error}", icon=":material/warning:")


def _undo() -> None:
    try:
        learner.bring_in(ERASED.value)
    except (ValueError, StoreError) as error:
        toasts.say(f"Not yet undone: {error}", icon=":material/warning:")
        return
    ERASED.forget()


def _take_along() -> None:
    try:
        learner.take_along()
        uploads.hand_over(learner.anonymous(), learner.name())
    except (ValueError, StoreError) as error:  # there may be no room for all drafts of both
        toasts.say(f"They stay where they are for now: {error}", icon=":material/warning:")


def _bring_in(data: bytes) -> None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        st.error("This file is not JSON: bring the one that “Export my data” gave you.", icon=":material/error:")
        return
    if half := lone_half(data.decode("utf-8", "replace")):
        line, escape = half
        st.error(
            f"Nothing was added: line {line + 1} of the file has half a character ({escape}). "
            "Bring the file as “Export my data” gave it.",
            icon=":material/error:",
        )
        return
    try:
        new = learner.bring_in(document)
    except (ValueError, StoreError) as error:
        st.error(f"Nothing was added: {error}.", icon=":material/error:")
        return
    rows = f"{new} row{'' if new == 1 else 's'}"
    DATA_NOTE.put(f"{rows} added." if new else "All of it was here already, so nothing was added.")
    st.rerun()
