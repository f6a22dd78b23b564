"""Who may see what is for teachers: those who know the key that the server was started with.

The key is compared in a time that does not depend on it, wrong tries are counted by sender and in all, and what the
session keeps is a digest, so that a server started with another key lets nobody in on the old one.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable

import streamlit as st

from lifecycle import installed
from lifecycle.classroom.server.limits import Buckets
from lifecycle.installed import Setting
from lifecycle.ui import remembered

SHORTEST = 12
WINDOW_S = 60.0
FROM_ONE, FROM_ALL = 5, 60  # tries in a row, from one address and from all together; as many come back in a window

_turn = threading.Lock()
_of_one, _of_all = (Buckets(tries, tries / WINDOW_S) for tries in (FROM_ONE, FROM_ALL))


def key() -> str:
    """The key that the server was started with; "" where there is none."""
    return Setting.TEACHER.text


def switched_on() -> bool:
    """Whether there is a key that is long enough to be one."""
    return len(key()) >= SHORTEST


def admitted() -> bool:
    """Whether this session has given the key."""
    return switched_on() and hmac.compare_digest(str(remembered.TEACHER.get("")), _digest(key()))


def let_in_or_stop() -> None:
    """Go on for a teacher; for all others say how to become one, and end the page."""
    if admitted():
        return
    if not switched_on():
        _how_to_switch_on()
    else:
        ask()
    st.stop()


def leave() -> None:
    """Forget that this session gave the key."""
    remembered.TEACHER.forget()


def attempt(given: str, sender: str) -> str:
    """Try a key: "" where it is right, else why not, in words.

    The right one is never refused: else a class could lock its teacher out by typing nonsense.
    """
    if switched_on() and hmac.compare_digest(_digest(given.strip()), _digest(key())):
        return ""
    if not _may_try(sender):
        return f"Too many tries. Wait {WINDOW_S:.0f} seconds, then try again."
    return "That is not the key."


def forget_tries() -> None:
    """Count from zero again."""
    with _turn:
        _of_one.forget()
        _of_all.forget()


def _may_try(sender: str) -> bool:
    """Count a wrong try; whether there was room for it. One that is refused costs nothing."""
    with _turn:
        return min(_of_one.left(sender), _of_all.left("")) >= 1.0 and _of_one.take(sender) and _of_all.take("")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _how_to_switch_on() -> None:
    st.info("This page is for authors and teachers, and it is not switched on here.", icon=":material/lock:")
    short = f" The one that is set has fewer than {SHORTEST} characters." if key() else ""
    st.markdown(
        f"Start the server with a key of at least {SHORTEST} characters in `{Setting.TEACHER}`, one that nobody "
        f"guesses, and give it here:{short}"
    )
    st.code(
        f"{Setting.TEACHER}=$(python -c 'import secrets; print(secrets.token_urlsafe())') {installed.SERVE}",
        language="bash",
    )


def ask(name: str = "teacher-key", then: Callable[[], None] = lambda: None) -> None:
    """A field for the key, called `name` among others of the page; once it is given, `then` does what it was for."""
    with st.form(name, border=False):
        given = st.text_input("The key for teachers", type="password", key=f"{name}-given")
        sent = st.form_submit_button("Enter", type="primary", icon=":material/key:")
    if not sent:
        st.caption(f"It is what the server was started with, in `{Setting.TEACHER}`.")
        return
    why_not = attempt(given, str(st.context.ip_address or ""))
    if why_not:
        st.error(why_not, icon=":material/lock:")
    else:
        remembered.TEACHER.put(_digest(key()))
        then()
        st.rerun()
