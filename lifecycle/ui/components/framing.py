"""Who may show our pages in a frame, such as a learning platform or a wiki, and what cannot be done in one.

`HEADWATERS_FRAME_ANCESTORS` names their origins; without it nobody may but ourselves.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from lifecycle.classroom.server import origins
from lifecycle.installed import Setting
from lifecycle.ui import remembered

_watch = st.components.v2.component(
    "headwaters_framing", js=(Path(__file__).parent / "dist/framing.js").read_text(encoding="utf-8")
)


def ancestors() -> tuple[str, ...]:
    """The origins that may frame us, beside ourselves; those that are none are left out, see `problem`."""
    return tuple(origins.shown(*at) for at in _named(Setting.FRAME_ANCESTORS.raw).values() if at)


def policy() -> str:
    """The content security policy of a page."""
    return " ".join(("frame-ancestors 'self'", *ancestors()))


def problem() -> str:
    """What is wrong with the setting, in a line; "" for nothing."""
    wrong = [text for text, at in _named(Setting.FRAME_ANCESTORS.raw).items() if at is None]
    if not wrong:
        return ""
    return (
        f"{Setting.FRAME_ANCESTORS}: {wrong[0]!r} is not an origin. Write each as https://lms.example.org, with spaces "
        "in between."
    )


@cache
def _named(text: str) -> dict[str, tuple[str, str, int] | None]:
    return {word: origins.origin(word) for word in text.replace(",", " ").split()}


def watch() -> None:
    """Once a run of the page: have the browser tell, once a session, where it shows us in another site's frame."""
    _watch(key=remembered.FRAMING.name, data={"told": foreign()}, on_foreign_change=lambda: None, height=1)


def foreign() -> bool:
    """Whether this session stands in a frame of another site, as far as the browser has told."""
    value = remembered.FRAMING.get()
    return bool(value is not None and value.get("foreign"))
